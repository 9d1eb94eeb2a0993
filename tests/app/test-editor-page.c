/* test-editor-page.c - profiles open in tabs, are closed when they are saved, and come back where they were
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "store-fixture.h"
#include "strata-editor-page.h"
#include "strata-editor-view.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* A page in a window, on a store of its own. */
typedef struct
{
  StrataWorkspace  *workspace;  /* (owned) */
  GtkWidget        *window;     /* (unowned): the toolkit's */
  StrataEditorPage *page;       /* (unowned): the window's */
} Desk;

static void
desk_clear (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->workspace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  Desk desk = { strata_workspace_new (fixture->path, &error), adw_window_new (), NULL };

  g_assert_no_error (error);
  desk.page = g_object_new (STRATA_TYPE_EDITOR_PAGE, "workspace", desk.workspace, NULL);
  adw_window_set_content (ADW_WINDOW (desk.window), GTK_WIDGET (desk.page));
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 1280, 820);
  gtk_window_present (GTK_WINDOW (desk.window));

  return desk;
}

static char *
add_profile (StoreFixture *fixture,
             guint         n_layers)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (n_layers);
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);

  return g_strdup (strata_profile_get_id (profile));
}

/* The first widget of @type that can be seen, below @widget. */
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

/* The text that is shown, once there is one. */
static GtkTextBuffer *
wait_for_text (Desk *desk)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  GtkWidget *view = NULL;

  while (view == NULL && g_get_monotonic_time () < end)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);

      view = find_mapped (GTK_WIDGET (desk->page), GTK_SOURCE_TYPE_VIEW);
    }

  g_assert_nonnull (view);

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static void
run_until_idle (void)
{
  for (guint i = 0; i < 50; i++)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
test_one_tab_a_profile (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autofree char *first = add_profile (fixture, 2);
  g_autofree char *second = add_profile (fixture, 0);
  g_auto(Desk) desk = open_desk (fixture);

  strata_editor_page_open (desk.page, first);
  strata_editor_page_open (desk.page, second);
  strata_editor_page_open (desk.page, first);
  g_assert_cmpuint (strata_editor_page_get_n_open (desk.page), ==, 2);
  wait_for_text (&desk);
}

static void
test_closing_saves (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *id = add_profile (fixture, 1);
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GError) error = NULL;

  strata_editor_page_open (desk.page, id);
  gtk_text_buffer_insert_interactive_at_cursor (wait_for_text (&desk), "# closed\n", -1, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "editor.close", NULL);
  g_assert_cmpuint (strata_editor_page_get_n_open (desk.page), ==, 0);

  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(StrataProfile) saved = strata_store_load (store, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (saved, 0)), ==,
                   "# closed\n# layer 0\na: 1\n");
}

static void
test_session_comes_back (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autofree char *first = add_profile (fixture, 3);
  g_autofree char *second = add_profile (fixture, 0);
  g_autoptr(GVariant) session = NULL;
  GtkTextIter cursor;

  {
    g_auto(Desk) desk = open_desk (fixture);

    strata_editor_page_open (desk.page, second);
    strata_editor_page_open (desk.page, first);

    GtkTextBuffer *buffer = wait_for_text (&desk);

    /* Not the document that choosing the layer leads to. */
    gtk_widget_activate_action (find_mapped (GTK_WIDGET (desk.page), STRATA_TYPE_EDITOR_VIEW),
                                "document.choose", "u", 0);
    gtk_text_buffer_get_iter_at_line_offset (buffer, &cursor, 1, 3);
    gtk_text_buffer_place_cursor (buffer, &cursor);
    session = g_variant_ref_sink (strata_editor_page_get_session (desk.page));
  }

  g_auto(Desk) desk = open_desk (fixture);

  strata_editor_page_set_session (desk.page, session);
  g_assert_cmpuint (strata_editor_page_get_n_open (desk.page), ==, 2);

  GtkTextBuffer *buffer = wait_for_text (&desk);

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 1);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&cursor), ==, 3);

  g_autoptr(GVariant) again = g_variant_ref_sink (strata_editor_page_get_session (desk.page));

  g_assert_cmpvariant (again, session);
}

static void
test_session_of_something_else_is_passed_over (StoreFixture  *fixture,
                                               gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GVariant) nonsense = g_variant_ref_sink (g_variant_new_string ("tabs"));

  strata_editor_page_set_session (desk.page, nonsense);
  g_assert_cmpuint (strata_editor_page_get_n_open (desk.page), ==, 0);
}

/* What somebody else saves while nothing is unsaved here is taken over, and can be undone. */
static void
test_follows_the_disk (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autofree char *id = add_profile (fixture, 1);
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GError) error = NULL;

  strata_editor_page_open (desk.page, id);

  GtkTextBuffer *buffer = wait_for_text (&desk);
  StrataStore *store = strata_workspace_get_store (desk.workspace);
  g_autoptr(StrataProfile) there = strata_store_load (store, id, NULL, &error);
  g_autoptr(StrataProfile) changed = store_fixture_edit (there, "theirs: 1\n");
  g_autoptr(StrataProfile) saved =
    strata_store_save (store, changed, STRATA_REASON_SAVE, NULL, &error);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  g_assert_no_error (error);

  while (gtk_text_buffer_get_char_count (buffer) != 10 && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);

  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 10);
  run_until_idle ();
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "editor.undo", NULL);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 15);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  store_fixture_add ("/app/editor-page/one-tab-a-profile", test_one_tab_a_profile);
  store_fixture_add ("/app/editor-page/closing-saves", test_closing_saves);
  store_fixture_add ("/app/editor-page/session", test_session_comes_back);
  store_fixture_add ("/app/editor-page/nonsense", test_session_of_something_else_is_passed_over);
  store_fixture_add ("/app/editor-page/follows-the-disk", test_follows_the_disk);

  return g_test_run ();
}
