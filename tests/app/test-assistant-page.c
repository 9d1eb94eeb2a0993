/* test-assistant-page.c - the way through the assistant, and what of it is on the disk at each step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-assistant-page.h"

#include "../temp-folder.h"
#include "strata-source-text.h"
#include "strata-stack-pane.h"
#include "strata-stack-row.h"

#define WAIT_SECONDS 30

/* A page in a window, over a store of its own. */
typedef struct
{
  TempFolder           folder;
  StrataWorkspace     *workspace;
  StrataAssistantPage *page;
  GtkWidget           *window;
  char                *finished;  /* (nullable): the id that was told */
  guint                n_closed;
} Fixture;

static void
finished_cb (Fixture    *self,
             const char *id)
{
  g_free (self->finished);
  self->finished = g_strdup (id);
}

static void
closed_cb (Fixture *self)
{
  self->n_closed++;
}

static void
open_page (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  self->workspace = strata_workspace_new (self->folder.path, &error);
  g_assert_no_error (error);
  self->page = g_object_new (STRATA_TYPE_ASSISTANT_PAGE, "workspace", self->workspace, NULL);
  self->window = g_object_ref_sink (gtk_window_new ());
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 820);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->page));
  g_signal_connect_swapped (self->page, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect_swapped (self->page, "closed", G_CALLBACK (closed_cb), self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
close_page (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->window);
  g_clear_object (&self->workspace);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  temp_folder_set_up (&self->folder, NULL);
  open_page (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  StrataStore *store = strata_workspace_get_store (self->workspace);

  /* A save that has begun goes on without the page. */
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  close_page (self);
  while (store != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (store);
  g_clear_pointer (&self->finished, g_free);
  temp_folder_tear_down (&self->folder, NULL);
}

typedef gboolean (* Check) (Fixture *self);

static void
wait_for (Fixture *self,
          Check    check)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (!check (self) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (check (self));
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text) == 0;
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0;
  if (GTK_IS_LABEL (widget))
    return g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;

  return FALSE;
}

/* The first widget of @type that can be seen; with @text as its title or label unless that is NULL. */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (text == NULL || has_text (widget, text)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The same, waiting for it: panes come into sight when the window is next drawn. */
static GtkWidget *
get (Fixture    *self,
     GType       type,
     const char *text)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  GtkWidget *found;

  while ((found = find (GTK_WIDGET (self->page), type, text)) == NULL &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  if (found == NULL)
    g_error ("There is no %s “%s”", g_type_name (type), text);

  return found;
}

static void
type_into (Fixture    *self,
           const char *row,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get (self, ADW_TYPE_ENTRY_ROW, row)), text);
}

static void
press (Fixture    *self,
       const char *label)
{
  GtkWidget *button = get (self, GTK_TYPE_BUTTON, label);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_waits (Fixture    *self,
              const char *label,
              const char *reason)
{
  GtkWidget *button = get (self, GTK_TYPE_BUTTON, label);

  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, reason);
}

static GPtrArray *
list_store (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *entries =
    strata_store_list (strata_workspace_get_store (self->workspace), NULL, &error);

  g_assert_no_error (error);

  return entries;
}

static gboolean
is_finished (Fixture *self)
{
  return self->finished != NULL;
}

static gboolean
is_closed (Fixture *self)
{
  return self->n_closed > 0;
}

static gboolean
is_on_disk (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (strata_workspace_get_profiles (self->workspace))) >
         0;
}

static gboolean
can_go_on (Fixture *self)
{
  return gtk_widget_is_sensitive (get (self, GTK_TYPE_BUTTON, "_Next"));
}

static gboolean
shows_source (Fixture *self)
{
  return find (GTK_WIDGET (self->page), STRATA_TYPE_SOURCE_TEXT, NULL) != NULL;
}

static char *
name_rows (Fixture *self)
{
  GtkWidget *list = gtk_widget_get_parent (get (self, STRATA_TYPE_STACK_ROW, NULL));
  GString *names = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *label = find (row, GTK_TYPE_LABEL, NULL);

      g_string_append_printf (names, "%s%s%s", names->len > 0 ? " " : "",
                              strata_stack_row_is_ghost (STRATA_STACK_ROW (row)) ? "+" : "",
                              gtk_label_get_text (GTK_LABEL (label)));
    }

  return g_string_free (names, FALSE);
}

static void
assert_stack (Fixture    *self,
              const char *expected)
{
  g_autofree char *names = name_rows (self);

  g_assert_cmpstr (names, ==, expected);
}

static void
begin_manifests (Fixture    *self,
                 const char *name,
                 const char *text)
{
  gtk_widget_activate_action (get (self, STRATA_TYPE_STACK_PANE, NULL), "layers.add-manifest",
                              NULL);
  type_into (self, "Layer name", name);
  gtk_text_buffer_set_text (
    strata_source_text_get_buffer (STRATA_SOURCE_TEXT (get (self, STRATA_TYPE_SOURCE_TEXT, NULL))),
    text, -1);
}

static void
add_manifests (Fixture    *self,
               const char *name)
{
  begin_manifests (self, name, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n");
  press (self, "Confirm and _Create");
  wait_for (self, can_go_on);
}

static void
test_basics_wait_for_a_name (Fixture       *self,
                             gconstpointer  data)
{
  assert_waits (self, "_Next", "A name is needed");
  type_into (self, "Name", "Harbour");
  g_assert_false (can_go_on (self));
  g_assert_nonnull (
    strstr (gtk_widget_get_tooltip_text (get (self, GTK_TYPE_BUTTON, "_Next")), "lower-case"));
  type_into (self, "Name", "harbour");
  g_assert_true (can_go_on (self));
  type_into (self, "Version", "v1");
  g_assert_false (can_go_on (self));
  type_into (self, "Version", "1.0.0");
  g_assert_true (can_go_on (self));
}

static void
test_name_that_is_taken (Fixture       *self,
                         gconstpointer  data)
{
  g_autoptr(StrataProfile) taken = strata_profile_new ("harbour", "1.0.0");
  g_autoptr(StrataProfile) saved = strata_store_save (strata_workspace_get_store (self->workspace),
                                                       taken, STRATA_REASON_SAVE, NULL, NULL);

  g_assert_nonnull (saved);
  wait_for (self, is_on_disk);
  type_into (self, "Name", "harbour");
  assert_waits (self, "_Next",
                "There is a profile “harbour” 1.0.0 already; choose another name or version");
  type_into (self, "Version", "1.1.0");
  g_assert_true (can_go_on (self));
}

static void
test_finish_saves_for_good (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  type_into (self, "Name", "harbour");
  type_into (self, "Tags", "arm64 site:berlin");
  press (self, "_Next");
  assert_waits (self, "_Next", "A profile needs at least one layer");
  begin_manifests (self, "secrets", "");
  assert_stack (self, "+secrets");
  assert_waits (self, "_Next", "Finish or cancel the layer first");
  assert_waits (self, "Confirm and _Create", "Nothing is written in the manifest “manifest” yet");
  add_manifests (self, "secrets");
  assert_stack (self, "secrets");

  press (self, "_Next");
  get (self, GTK_TYPE_LABEL, "Layers, Top to Bottom");
  press (self, "_Finish");
  wait_for (self, is_finished);

  g_autoptr(StrataProfile) profile =
    strata_store_load (strata_workspace_get_store (self->workspace), self->finished, NULL, &error);
  g_autoptr(GPtrArray) entries = list_store (self);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (entries, 0)), ==, 0);
  g_assert_cmpuint (strata_profile_get_n_layers (profile), ==, 1);
  g_assert_cmpuint (strata_profile_get_tags (profile)->len, ==, 2);
  g_assert_cmpstr (strata_manifest_get_text (strata_layer_find_manifest (
                     strata_profile_get_layer (profile, 0), "manifest", NULL)),
                   ==, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n");
}

/* The list of profiles changes after the last save: that must not make a draft of the finished profile again. */
static void
test_finished_is_no_draft (Fixture       *self,
                           gconstpointer  data)
{
  gint64 end;

  type_into (self, "Name", "harbour");
  press (self, "_Next");
  add_manifests (self, "secrets");
  press (self, "_Next");
  press (self, "_Finish");
  wait_for (self, is_finished);

  end = g_get_monotonic_time () + 2 * G_TIME_SPAN_SECOND;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_autoptr(GPtrArray) entries = list_store (self);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (entries, 0)), ==, 0);
}

static void
test_layers_move_go_and_come_back (Fixture       *self,
                                   gconstpointer  data)
{
  type_into (self, "Name", "harbour");
  press (self, "_Next");
  add_manifests (self, "one");
  add_manifests (self, "two");
  add_manifests (self, "three");
  assert_stack (self, "three two one");

  g_signal_emit_by_name (get (self, STRATA_TYPE_STACK_PANE, NULL), "move", 0, 2);
  assert_stack (self, "one three two");
  g_signal_emit_by_name (get (self, STRATA_TYPE_STACK_PANE, NULL), "remove", 1);
  assert_stack (self, "one two");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "assistant.undo-remove", NULL);
  assert_stack (self, "one three two");

  begin_manifests (self, "two", "kind: X\n");
  assert_waits (self, "Confirm and _Create", "The profile has a layer “two” already");
  press (self, "Cancel");
  assert_stack (self, "one three two");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "assistant.take-up", NULL);
  assert_stack (self, "+two one three two");
}

/* What was typed and not confirmed is there again in another run of the program. */
static void
test_draft_keeps_what_was_typed (Fixture       *self,
                                 gconstpointer  data)
{
  g_autofree char *text = NULL;

  type_into (self, "Name", "harbour");
  press (self, "_Next");
  add_manifests (self, "one");
  begin_manifests (self, "half", "kind: Sec");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "assistant.close", NULL);
  wait_for (self, is_closed);
  g_assert_null (self->finished);

  g_autoptr(GPtrArray) entries = list_store (self);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (entries, 0)), ==, 2);

  close_page (self);
  open_page (self);
  wait_for (self, is_on_disk);
  strata_assistant_page_resume (self->page, strata_entry_get_id (g_ptr_array_index (entries, 0)));
  wait_for (self, shows_source);
  text =
    strata_source_text_dup_text (STRATA_SOURCE_TEXT (get (self, STRATA_TYPE_SOURCE_TEXT, NULL)));
  g_assert_cmpstr (text, ==, "kind: Sec");
  assert_stack (self, "+half one");
}

static void
test_adds_a_layer_to_a_profile (Fixture       *self,
                                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "below");
  g_autoptr(StrataProfile) empty = strata_profile_new ("harbour", "1.0.0");
  g_autoptr(StrataProfile) profile = strata_profile_with_layer_inserted (empty, 0, layer);
  StrataStore *store = strata_workspace_get_store (self->workspace);
  g_autoptr(StrataProfile) saved =
    strata_store_save (store, profile, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);
  strata_assistant_page_add_layer (self->page, strata_profile_get_id (saved), TRUE);
  wait_for (self, shows_source);
  g_assert_null (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "_Next"));
  begin_manifests (self, "above", "kind: X\n");
  assert_stack (self, "+above below");
  press (self, "Confirm and _Create");
  wait_for (self, is_finished);

  g_autoptr(StrataProfile) added = strata_store_load (store, self->finished, NULL, &error);
  g_assert_cmpstr (strata_profile_get_id (added), ==, strata_profile_get_id (saved));
  g_assert_cmpstr (strata_layer_get_name (strata_profile_get_layer (added, 1)), ==, "above");
}

/* What was typed for a layer is there again when one is next added, after Cancel too, until it was added. */
static void
test_keeps_a_layer_that_is_not_added (Fixture       *self,
                                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = strata_profile_new ("harbour", "1.0.0");
  g_autoptr(StrataProfile) saved = strata_store_save (
    strata_workspace_get_store (self->workspace), profile, STRATA_REASON_SAVE, NULL, &error);
  const char *id = strata_profile_get_id (saved);

  g_assert_no_error (error);
  strata_assistant_page_add_layer (self->page, id, TRUE);
  wait_for (self, shows_source);
  begin_manifests (self, "half", "kind: Sec");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "assistant.close", NULL);
  wait_for (self, is_finished);
  g_assert_cmpstr (self->finished, ==, id);
  g_clear_pointer (&self->finished, g_free);

  close_page (self);
  open_page (self);
  strata_assistant_page_add_layer (self->page, id, TRUE);
  wait_for (self, shows_source);
  assert_stack (self, "+half");

  g_autofree char *text =
    strata_source_text_dup_text (STRATA_SOURCE_TEXT (get (self, STRATA_TYPE_SOURCE_TEXT, NULL)));

  g_assert_cmpstr (text, ==, "kind: Sec");
  press (self, "Confirm and _Create");
  wait_for (self, is_finished);

  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  StrataStore *store = strata_workspace_get_store (self->workspace);
  g_autoptr(StrataProfile) aside = strata_store_get_aside (store, id, NULL, NULL);

  while (aside != NULL && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_clear_object (&aside);
      aside = strata_store_get_aside (store, id, NULL, NULL);
    }
  g_assert_null (aside);
}

static void
add_test (const char *path,
          void (* test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  add_test ("/app/assistant/basics-wait-for-a-name", test_basics_wait_for_a_name);
  add_test ("/app/assistant/name-that-is-taken", test_name_that_is_taken);
  add_test ("/app/assistant/finish-saves-for-good", test_finish_saves_for_good);
  add_test ("/app/assistant/finished-is-no-draft", test_finished_is_no_draft);
  add_test ("/app/assistant/layers-move-go-and-come-back", test_layers_move_go_and_come_back);
  add_test ("/app/assistant/draft-keeps-what-was-typed", test_draft_keeps_what_was_typed);
  add_test ("/app/assistant/adds-a-layer-to-a-profile", test_adds_a_layer_to_a_profile);
  add_test ("/app/assistant/keeps-a-layer-that-is-not-added", test_keeps_a_layer_that_is_not_added);

  return g_test_run ();
}
