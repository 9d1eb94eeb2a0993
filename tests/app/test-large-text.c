/* test-large-text.c - of a text with a problem in each of many lines only what is seen is marked and listed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "store-fixture.h"
#include "strata-editor-page.h"
#include "strata-editor-view.h"
#include "strata-problem-row.h"
#include "strata-problems-page.h"
#include "strata-source-pane.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define N_LINES 900

typedef struct
{
  StrataWorkspace  *workspace;  /* (owned) */
  GtkWidget        *window;     /* (unowned): the toolkit's */
  StrataEditorPage *page;       /* (unowned): the window's */
} Desk;

typedef gboolean (* Condition) (Desk *desk);

static void
desk_clear (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->workspace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static void
wait_for (Desk      *desk,
          Condition  condition)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (desk) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);

  g_assert_true (condition (desk));
}

/* Every line names a variable that there is not. */
static char *
save_profile (StoreFixture *fixture)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (text, "key-%u: '{{.spectro.var.nobody}}'\n", i);

  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) edited = store_fixture_edit (made, text->str);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, edited, STRATA_REASON_SAVE);

  return g_strdup (strata_profile_get_id (saved));
}

static Desk
open_desk (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = save_profile (fixture);
  Desk desk = { strata_workspace_new (fixture->path, &error), adw_window_new (), NULL };

  g_assert_no_error (error);
  desk.page = g_object_new (STRATA_TYPE_EDITOR_PAGE, "workspace", desk.workspace, NULL);
  adw_window_set_content (ADW_WINDOW (desk.window), GTK_WIDGET (desk.page));
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 1280, 820);
  gtk_window_present (GTK_WINDOW (desk.window));
  strata_editor_page_open (desk.page, id);

  return desk;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static StrataEditing *
get_editing (Desk *desk)
{
  GtkWidget *view = find (GTK_WIDGET (desk->page), STRATA_TYPE_EDITOR_VIEW);

  return view != NULL ? strata_editor_view_get_editing (STRATA_EDITOR_VIEW (view)) : NULL;
}

static gboolean
is_open (Desk *desk)
{
  return get_editing (desk) != NULL;
}

static void
show_values (Desk *desk)
{
  wait_for (desk, is_open);
  strata_editing_select (get_editing (desk), 0, STRATA_VALUES_DOCUMENT);
}

static guint
count (GtkWidget *widget,
       GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);

  return n;
}

static GtkTextView *
get_text (Desk *desk)
{
  return GTK_TEXT_VIEW (find (GTK_WIDGET (desk->page), GTK_SOURCE_TYPE_VIEW));
}

/* What a mark beside line @line says, from 0. */
static gboolean
has_mark (Desk *desk,
          int   line)
{
  GtkTextView *text = get_text (desk);

  if (text == NULL)
    return FALSE;

  g_autoptr(GSList) marks =
    gtk_source_buffer_get_source_marks_at_line (GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (text)), line, NULL);

  return marks != NULL;
}

static gboolean
is_top_marked (Desk *desk)
{
  return has_mark (desk, 0);
}

static gboolean
is_bottom_marked (Desk *desk)
{
  return has_mark (desk, N_LINES - 1) && !has_mark (desk, 0);
}

static guint
count_rows (Desk *desk)
{
  return count (GTK_WIDGET (desk->page), STRATA_TYPE_PROBLEM_ROW);
}

static gboolean
are_some_listed (Desk *desk)
{
  return count_rows (desk) > 2;
}

static gboolean
are_all_listed (Desk *desk)
{
  return count_rows (desk) >= 50;
}

static void
scroll_to_end (GtkAdjustment *adjustment)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
test_marks_what_is_seen (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  show_values (&desk);
  wait_for (&desk, is_top_marked);
  g_assert_false (has_mark (&desk, N_LINES - 1));
  g_assert_false (has_mark (&desk, N_LINES / 2));

  strata_source_pane_scroll_to (STRATA_SOURCE_PANE (find (GTK_WIDGET (desk.page), STRATA_TYPE_SOURCE_PANE)), N_LINES);
  wait_for (&desk, is_bottom_marked);
}

static void
test_lists_what_is_seen (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  show_values (&desk);
  wait_for (&desk, are_some_listed);

  GtkWidget *list = find (find (GTK_WIDGET (desk.page), STRATA_TYPE_PROBLEMS_PAGE), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (list));

  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (count_rows (&desk), <, 50);
  g_signal_connect (vertical, "changed", G_CALLBACK (scroll_to_end), NULL);
  scroll_to_end (vertical);
  wait_for (&desk, are_all_listed);
}

static gboolean
has_color (Desk *desk,
           int   line)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_offset (gtk_text_view_get_buffer (get_text (desk)), &iter, line, 1);

  g_autoptr(GSList) tags = gtk_text_iter_get_tags (&iter);

  return tags != NULL;
}

static gboolean
is_colored (Desk *desk)
{
  return has_color (desk, 0);
}

/* Puts @text in place of the values and shows them anew. Returns: what colours them, which %NULL is us for */
static GtkSourceLanguage *
show_text (Desk       *desk,
           const char *text)
{
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (get_text (desk)));

  strata_editing_apply_text (get_editing (desk), text, "Paste");
  strata_editing_select (get_editing (desk), 0, "namespace; a:b");
  show_values (desk);

  return gtk_source_buffer_get_language (buffer);
}

/* A text that GtkSourceView would take long for has its colours from us, a small one from GtkSourceView. */
static void
test_colors_of_a_large_text (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GString) text = g_string_new (NULL);

  show_values (&desk);
  g_assert_nonnull (show_text (&desk, "key: value\n"));

  while (text->len < 300 * 1024)
    g_string_append (text, "key: value\n");

  g_assert_null (show_text (&desk, text->str));
  wait_for (&desk, is_colored);
}

/* A line that is laid out slowly enough has none, and does not keep GtkSourceView busy either. */
static void
test_colors_of_a_long_line (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autofree char *many = g_strnfill (20000, '1');
  g_autofree char *text = g_strdup_printf ("key: value\nlong: %s", many);

  show_values (&desk);
  g_assert_null (show_text (&desk, text));
  wait_for (&desk, is_colored);
  g_assert_false (has_color (&desk, 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  store_fixture_add ("/app/large-text/marks-what-is-seen", test_marks_what_is_seen);
  store_fixture_add ("/app/large-text/lists-what-is-seen", test_lists_what_is_seen);
  store_fixture_add ("/app/large-text/colors", test_colors_of_a_large_text);
  store_fixture_add ("/app/large-text/colors-of-a-long-line", test_colors_of_a_long_line);

  return g_test_run ();
}
