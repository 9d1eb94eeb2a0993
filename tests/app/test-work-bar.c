/* test-work-bar.c - what takes its time is shown, and only that
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "strata-work-bar.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* A bar in a window, with the parts of it that a person sees. */
typedef struct
{
  GtkWidget     *window;  /* (unowned): the toolkit's */
  StrataWorkBar *bar;     /* (unowned): the window's */
} Desk;

static void
desk_clear (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (void)
{
  Desk desk = { gtk_window_new (), g_object_new (STRATA_TYPE_WORK_BAR, NULL) };

  gtk_window_set_child (GTK_WINDOW (desk.window), GTK_WIDGET (desk.bar));
  gtk_window_present (GTK_WINDOW (desk.window));

  return desk;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_shown (Desk *desk)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (find (GTK_WIDGET (desk->bar), GTK_TYPE_REVEALER)));
}

static const char *
get_label (Desk *desk)
{
  return gtk_label_get_label (GTK_LABEL (find (GTK_WIDGET (desk->bar), GTK_TYPE_LABEL)));
}

static double
get_fraction (Desk *desk)
{
  return gtk_progress_bar_get_fraction (
    GTK_PROGRESS_BAR (find (GTK_WIDGET (desk->bar), GTK_TYPE_PROGRESS_BAR)));
}

static void
wait_until_shown (Desk *desk)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!is_shown (desk) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_shown (desk));
}

static void
wait_for_fraction (Desk   *desk,
                   double  fraction)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (get_fraction (desk) != fraction && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (get_fraction (desk), ==, fraction);
}

static void
test_a_moment_is_not_shown (void)
{
  g_auto(Desk) desk = open_desk ();
  g_autoptr(StrataWork) work = strata_work_new ("Saving");

  strata_work_bar_add (desk.bar, work);
  g_assert_false (is_shown (&desk));
  strata_work_bar_remove (desk.bar, work);

  g_autoptr(StrataWork) longer = strata_work_new ("Importing");
  strata_work_bar_add (desk.bar, longer);
  wait_until_shown (&desk);
  g_assert_cmpstr (get_label (&desk), ==, "Importing");
}

static void
test_says_how_far_it_is (void)
{
  g_auto(Desk) desk = open_desk ();
  g_autoptr(StrataWork) work = strata_work_new ("Importing");

  g_assert_cmpfloat (strata_work_get_fraction (work), <, 0.0);
  strata_work_set_progress (work, 1, 4);
  strata_work_bar_add (desk.bar, work);
  wait_until_shown (&desk);
  g_assert_cmpfloat (get_fraction (&desk), ==, 0.25);
  strata_work_set_progress (work, 3, 4);
  wait_for_fraction (&desk, 0.75);
}

/* One after the other, until nothing is left. */
static void
test_shows_what_is_left (void)
{
  g_auto(Desk) desk = open_desk ();
  g_autoptr(StrataWork) first = strata_work_new ("First");
  g_autoptr(StrataWork) second = strata_work_new ("Second");

  strata_work_set_progress (second, 1, 2);
  strata_work_bar_add (desk.bar, first);
  strata_work_bar_add (desk.bar, second);
  wait_until_shown (&desk);
  g_assert_cmpstr (get_label (&desk), ==, "First");
  strata_work_bar_remove (desk.bar, first);
  wait_for_fraction (&desk, 0.5);
  g_assert_cmpstr (get_label (&desk), ==, "Second");
  strata_work_bar_remove (desk.bar, first);
  g_assert_true (is_shown (&desk));
  strata_work_bar_remove (desk.bar, second);
  g_assert_false (is_shown (&desk));
}

static void
test_cancel (void)
{
  g_auto(Desk) desk = open_desk ();
  g_autoptr(StrataWork) work = strata_work_new ("Importing");
  GtkWidget *cancel = find (GTK_WIDGET (desk.bar), GTK_TYPE_BUTTON);

  strata_work_bar_add (desk.bar, work);
  wait_until_shown (&desk);
  g_assert_true (gtk_widget_is_sensitive (cancel));
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_true (g_cancellable_is_cancelled (strata_work_get_cancellable (work)));
  g_assert_false (gtk_widget_is_sensitive (cancel));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/work-bar/a-moment-is-not-shown", test_a_moment_is_not_shown);
  g_test_add_func ("/app/work-bar/says-how-far-it-is", test_says_how_far_it_is);
  g_test_add_func ("/app/work-bar/shows-what-is-left", test_shows_what_is_left);
  g_test_add_func ("/app/work-bar/cancel", test_cancel);

  return g_test_run ();
}
