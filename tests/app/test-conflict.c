/* test-conflict.c - a profile that is trashed while it is open, here or elsewhere: no tab, no loss, fitting words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtksourceview/gtksource.h>

#include "store-fixture.h"
#include "strata-window.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define TYPED       "# typed\n"

/* A window on a store of its own, with one profile open. */
typedef struct
{
  StoreFixture    *fixture;    /* (unowned) */
  StrataWorkspace *workspace;  /* (owned) */
  StrataWindow    *window;     /* (unowned): the toolkit's */
  char            *id;         /* (owned) */
  GtkTextBuffer   *buffer;     /* (unowned) */
} Desk;

static void
desk_clear (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->workspace);
  g_clear_pointer (&desk->id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

typedef gboolean (*Condition) (Desk *desk);

static void
wait_until (Condition  condition,
            Desk      *desk)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (desk))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static GtkWidget *
find_mapped (GtkWidget *widget,
             GType      type)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (gtk_widget_get_mapped (widget) && G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_mapped (Desk *desk)
{
  return gtk_widget_get_mapped (GTK_WIDGET (desk->window));
}

static gboolean
shows_text (Desk *desk)
{
  GtkWidget *view = find_mapped (GTK_WIDGET (desk->window), GTK_SOURCE_TYPE_VIEW);

  desk->buffer = view != NULL ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)) : NULL;

  return view != NULL;
}

static Desk
open_desk (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  Desk desk = { .fixture = fixture, .workspace = strata_workspace_new (fixture->path, &error) };

  g_assert_no_error (error);
  desk.id = g_strdup (strata_profile_get_id (profile));
  desk.window = strata_window_new (NULL, desk.workspace);
  gtk_window_present (GTK_WINDOW (desk.window));
  wait_until (is_mapped, &desk);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "win.open-profile", "s", desk.id);
  wait_until (shows_text, &desk);

  return desk;
}

static guint
count_tabs (Desk *desk)
{
  return strata_editor_page_get_n_open (strata_window_peek_editor (desk->window));
}

static gboolean
has_no_tab (Desk *desk)
{
  return count_tabs (desk) == 0;
}

static gboolean
is_listed (Desk *desk)
{
  return strata_profile_list_find (strata_workspace_get_profiles (desk->workspace), desk->id) != NULL;
}

static gboolean
is_in_trash (Desk *desk)
{
  return !is_listed (desk)
         && strata_profile_list_find (strata_workspace_get_trash (desk->workspace), desk->id) != NULL;
}

static gboolean
is_nowhere (Desk *desk)
{
  return !is_listed (desk) && !is_in_trash (desk);
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static gboolean
asks (Desk *desk)
{
  return find_dialog () != NULL;
}

/* What the disk has of the one layer, %NULL where the profile is not there. */
static char *
read_text (Desk       *desk,
           const char *id)
{
  g_autoptr(StrataStore) store = store_fixture_open (desk->fixture);
  g_autoptr(StrataProfile) saved = strata_store_load (store, id, NULL, NULL);

  return saved != NULL ? g_strdup (strata_layer_get_text (strata_profile_get_layer (saved, 0))) : NULL;
}

static gboolean
is_saved (Desk *desk)
{
  g_autofree char *text = read_text (desk, desk->id);

  return text != NULL && g_str_has_prefix (text, TYPED);
}

static void
type (Desk *desk)
{
  gtk_text_buffer_insert_interactive_at_cursor (desk->buffer, TYPED, -1, TRUE);
}

/* Another program does it. */
static void
trash_elsewhere (Desk *desk)
{
  g_autoptr(GError) error = NULL;

  strata_store_trash (desk->fixture->store, desk->id, &error);
  g_assert_no_error (error);
}

/* What was typed is found to be in the way of what somebody else did; answers the question. */
static void
answer (Desk       *desk,
        const char *heading,
        const char *response)
{
  gtk_widget_activate_action (find_mapped (GTK_WIDGET (desk->window), STRATA_TYPE_EDITOR_PAGE),
                              "editor.save", NULL);
  wait_until (asks, desk);
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==, heading);
  g_assert_true (adw_message_dialog_has_response (find_dialog (), response));
  adw_message_dialog_response (find_dialog (), response);
}

static void
test_trash_closes_the_tab (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  type (&desk);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "win.trash-profile", "s", desk.id);
  g_assert_cmpuint (count_tabs (&desk), ==, 0);
  g_assert_cmpstr (strata_window_get_place (desk.window), ==, "profiles");
  wait_until (is_in_trash, &desk);

  gtk_widget_activate_action (GTK_WIDGET (desk.window), "win.restore-profile", "s", desk.id);
  wait_until (is_listed, &desk);
  g_assert_true (is_saved (&desk));
  g_assert_null (find_dialog ());
}

static void
test_trash_elsewhere_closes_the_tab (StoreFixture  *fixture,
                                     gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  trash_elsewhere (&desk);
  wait_until (has_no_tab, &desk);
  g_assert_null (find_dialog ());
}

static void
test_restore_and_save (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  wait_until (is_listed, &desk);
  type (&desk);
  trash_elsewhere (&desk);
  wait_until (is_in_trash, &desk);
  g_assert_cmpuint (count_tabs (&desk), ==, 1);
  answer (&desk, "“edge-site” Is in the Trash", "restore");
  wait_until (is_saved, &desk);
  wait_until (is_listed, &desk);
  g_assert_cmpuint (count_tabs (&desk), ==, 1);
}

static gboolean
has_copy (Desk *desk)
{
  g_autoptr(GPtrArray) entries = strata_store_list (desk->fixture->store, NULL, NULL);

  return entries->len == 1 && g_str_equal (strata_entry_get_name (entries->pdata[0]), "edge-site-copy");
}

static gboolean
shows_the_copy (Desk *desk)
{
  return has_copy (desk) && count_tabs (desk) == 1 && shows_text (desk);
}

static void
check_copy (Desk *desk)
{
  wait_until (shows_the_copy, desk);

  g_autoptr(GPtrArray) entries = strata_store_list (desk->fixture->store, NULL, NULL);
  g_autofree char *text = read_text (desk, strata_entry_get_id (entries->pdata[0]));

  g_assert_true (g_str_has_prefix (text, TYPED));
}

static void
test_copy_of_what_is_in_the_trash (StoreFixture  *fixture,
                                   gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  wait_until (is_listed, &desk);
  type (&desk);
  trash_elsewhere (&desk);
  wait_until (is_in_trash, &desk);
  answer (&desk, "“edge-site” Is in the Trash", "copy");
  check_copy (&desk);
}

static void
test_copy_of_what_is_gone (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GError) error = NULL;

  wait_until (is_listed, &desk);
  type (&desk);
  trash_elsewhere (&desk);
  strata_store_purge (fixture->store, desk.id, &error);
  g_assert_no_error (error);
  wait_until (is_nowhere, &desk);
  answer (&desk, "“edge-site” Was Deleted", "copy");
  check_copy (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  /* libadwaita 1.7 measures the heading of a message dialog narrower than it is, and warns of that. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  store_fixture_add ("/app/conflict/trash-closes-the-tab", test_trash_closes_the_tab);
  store_fixture_add ("/app/conflict/trash-elsewhere-closes-the-tab", test_trash_elsewhere_closes_the_tab);
  store_fixture_add ("/app/conflict/restore-and-save", test_restore_and_save);
  store_fixture_add ("/app/conflict/copy-of-what-is-in-the-trash", test_copy_of_what_is_in_the_trash);
  store_fixture_add ("/app/conflict/copy-of-what-is-gone", test_copy_of_what_is_gone);

  return g_test_run ();
}
