/* strata-editor-actions.c - what can be done with the layers and documents of an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-actions"

#include "strata-editor-actions.h"

#include <glib/gi18n.h>

#include "strata-conflict-dialog.h"
#include "strata-editor-changes.h"
#include "strata-editor-merge.h"
#include "strata-error.h"
#include "strata-layer-dialog.h"
#include "strata-name-dialog.h"
#include "strata-names.h"
#include "strata-problem-walk.h"
#include "strata-text-actions.h"

/* What a new manifest starts with. */
#define NEW_MANIFEST "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \n"

static StrataEditing *
get_editing (GtkWidget *widget)
{
  return strata_editor_view_get_editing (STRATA_EDITOR_VIEW (widget));
}

static StrataSourcePane *
get_source (GtkWidget *widget)
{
  return strata_editor_panes_get_source (
    strata_editor_view_get_panes (STRATA_EDITOR_VIEW (widget)));
}

/* Layers */

static void
add_layer (GtkWidget *widget,
           gboolean   manifests)
{
  gtk_widget_activate_action (widget, "win.add-layer", "(sb)",
                              strata_editor_view_get_id (STRATA_EDITOR_VIEW (widget)), manifests);
}

static void
add_pack_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  add_layer (widget, FALSE);
}

static void
add_manifests_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  add_layer (widget, TRUE);
}

static void
remove_layer_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  StrataEditing *editing = get_editing (widget);
  StrataLayer *layer = strata_editing_get_layer (editing);
  g_autoptr(StrataProfile) profile = strata_profile_without_layer (
    strata_editing_get_profile (editing), strata_editing_get_position (editing));
  g_autofree char *message = g_strdup_printf (_("“%s” removed"), strata_layer_get_name (layer));

  strata_editing_apply (editing, profile, _("Remove Layer"));
  gtk_widget_activate_action (widget, "editor.notify-undo", "s", message);
}

static gboolean
check_layer_name (const char  *name,
                  gpointer     user_data,
                  GError     **error)
{
  StrataProfile *profile = user_data;

  if (!strata_name_check_layer (name, error))
    return FALSE;

  if (strata_profile_find_layer (profile, name, NULL) == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("There is a layer “%s” already"), name);
  return FALSE;
}

static void
layer_named_cb (StrataEditing *editing,
                const char    *name)
{
  StrataLayer *layer = strata_editing_get_layer (editing);
  g_autoptr(StrataLayer) renamed = strata_layer_with (layer, STRATA_LAYER_NAME, name);

  strata_editing_apply_layer (editing, renamed, _("Rename Layer"));
}

static void
rename_layer_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  StrataEditing *editing = get_editing (widget);
  StrataLayer *layer = strata_editing_get_layer (editing);
  GtkWidget *dialog = strata_name_dialog_new (
    widget, _("Rename Layer"), _("_Rename"), strata_layer_get_name (layer), check_layer_name,
                                   g_object_ref (strata_editing_get_profile (editing)),
                                   g_object_unref);

  g_signal_connect_object (dialog, "named", G_CALLBACK (layer_named_cb), editing,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
layer_settings_done_cb (StrataEditing *editing,
                        StrataLayer   *layer)
{
  strata_editing_apply_layer (editing, layer, _("Change Layer Settings"));
}

static void
layer_settings_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  StrataEditing *editing = get_editing (widget);
  GtkWidget *dialog = strata_layer_dialog_new (strata_editing_get_layer (editing));

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (dialog, "done", G_CALLBACK (layer_settings_done_cb), editing,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Documents */

static gboolean
check_manifest_name (const char  *name,
                     gpointer     user_data,
                     GError     **error)
{
  StrataLayer *layer = user_data;

  if (!strata_name_check_manifest (name, error))
    return FALSE;

  if (!g_str_equal (name, STRATA_VALUES_DOCUMENT) &&
      strata_layer_find_manifest (layer, name, NULL) == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("There is a document “%s” already"), name);
  return FALSE;
}

static void
manifest_added_cb (StrataEditing *editing,
                   const char    *name)
{
  g_autoptr(StrataBlob) content = strata_blob_new_text (NEW_MANIFEST);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, content);
  g_autoptr(StrataLayer) layer =
    strata_layer_with_manifest (strata_editing_get_layer (editing), manifest);

  strata_editing_apply_layer (editing, layer, _("Attach Manifest"));
}

static void
manifest_named_cb (StrataEditing *editing,
                   const char    *name)
{
  StrataLayer *layer = strata_editing_get_layer (editing);
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  g_autoptr(GPtrArray) renamed = g_ptr_array_new_with_free_func (g_object_unref);
  const char *document = strata_editing_get_document (editing);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);
      gboolean chosen = g_str_equal (strata_manifest_get_name (manifest), document);

      g_ptr_array_add (renamed, chosen ? strata_manifest_with_name (manifest, name)
                                       : g_object_ref (manifest));
    }

  g_autoptr(StrataLayer) changed = strata_layer_with_manifests (layer, renamed);

  strata_editing_apply_layer (editing, changed, _("Rename Manifest"));
}

static void
ask_manifest_name (GtkWidget  *widget,
                   const char *heading,
                   const char *accept,
                   const char *name,
                   GCallback   named)
{
  StrataEditing *editing = get_editing (widget);
  GtkWidget *dialog =
    strata_name_dialog_new (widget, heading, accept, name, check_manifest_name,
                            g_object_ref (strata_editing_get_layer (editing)), g_object_unref);

  g_signal_connect_object (dialog, "named", named, editing, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_document_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  ask_manifest_name (widget, _("Attach Manifest"), _("_Attach"), "",
                                                       G_CALLBACK (manifest_added_cb));
}

static void
rename_document_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  ask_manifest_name (widget, _("Rename Manifest"),
                                _("_Rename"), strata_editing_get_document (get_editing (widget)),
                                   G_CALLBACK (manifest_named_cb));
}

static void
remove_document_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  StrataEditing *editing = get_editing (widget);
  const char *document = strata_editing_get_document (editing);
  g_autofree char *message = g_strdup_printf (_("“%s” removed"), document);
  g_autoptr(StrataLayer) layer =
    strata_layer_without_manifest (strata_editing_get_layer (editing), document);

  strata_editing_apply_layer (editing, layer, _("Remove Manifest"));
  gtk_widget_activate_action (widget, "editor.notify-undo", "s", message);
}

static void
choose_document_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  StrataEditing *editing = get_editing (widget);
  guint index = g_variant_get_uint32 (parameter);
  g_auto(GStrv) documents = strata_editing_list_documents (editing);

  if (index < g_strv_length (documents))
    strata_editing_select (editing, strata_editing_get_position (editing), documents[index]);
}

static void
show_place_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  const char *document;
  guint position, line, column;

  g_variant_get (parameter, "(u&suu)", &position, &document, &line, &column);
  strata_editor_panes_show_place (strata_editor_view_get_panes (STRATA_EDITOR_VIEW (widget)),
                                  position, document, line, column);
}

static void
find_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  if (g_str_equal (action_name, "document.find"))
    strata_source_pane_find (get_source (widget), STRATA_FIND);
  else if (g_str_equal (action_name, "document.replace"))
    strata_source_pane_find (get_source (widget), STRATA_FIND_AND_REPLACE);
  else
    strata_source_pane_find (get_source (widget), STRATA_GO_TO_LINE);
}

/* Problems */

static void
walk_problems (GtkWidget *widget,
               gboolean   forward)
{
  StrataEditorPanes *panes = strata_editor_view_get_panes (STRATA_EDITOR_VIEW (widget));
  StrataSourcePane *source = get_source (widget);
  guint position;
  const StrataProblem *problem =
    strata_problem_walk (get_editing (widget), strata_source_pane_get_line (source),
                         strata_source_pane_get_column (source), forward, &position);

  if (problem != NULL)
    strata_editor_panes_show_problem (panes, position, problem);
}

static void
next_problem_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  walk_problems (widget, TRUE);
}

static void
previous_problem_cb (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  walk_problems (widget, FALSE);
}

static void
repair_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataSourcePane *source = get_source (widget);
  const StrataProblem *problem =
    strata_problem_at (get_editing (widget), strata_source_pane_get_line (source),
                       strata_source_pane_get_column (source));

  if (problem != NULL && problem->fix != NULL)
    strata_editor_actions_repair (STRATA_EDITOR_VIEW (widget), problem);
}

static void
repair_at_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  guint line, column;

  g_variant_get (parameter, "(uu)", &line, &column);

  const StrataProblem *problem = strata_problem_at (get_editing (widget), line, column);

  if (problem != NULL && problem->fix != NULL)
    strata_editor_actions_repair (STRATA_EDITOR_VIEW (widget), problem);
}

/* The rest */

static void
decide_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataEditorView *view = STRATA_EDITOR_VIEW (widget);

  if (strata_conflict_dialog_can_merge (view))
    strata_editor_merge_saved (view);
  else
    strata_conflict_dialog_ask (view);
}

static void
next_pane_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  strata_editor_panes_focus_next (strata_editor_view_get_panes (STRATA_EDITOR_VIEW (widget)));
}

void
strata_editor_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "layer.add-pack", NULL, add_pack_cb);
  gtk_widget_class_install_action (widget_class, "layer.add-manifests", NULL, add_manifests_cb);
  gtk_widget_class_install_action (widget_class, "layer.remove", NULL, remove_layer_cb);
  gtk_widget_class_install_action (widget_class, "layer.rename", NULL, rename_layer_cb);
  gtk_widget_class_install_action (widget_class, "layer.settings", NULL, layer_settings_cb);
  gtk_widget_class_install_action (widget_class, "document.new", NULL, new_document_cb);
  gtk_widget_class_install_action (widget_class, "document.rename", NULL, rename_document_cb);
  gtk_widget_class_install_action (widget_class, "document.remove", NULL, remove_document_cb);
  gtk_widget_class_install_action (widget_class, "document.choose", "u", choose_document_cb);
  gtk_widget_class_install_action (widget_class, "document.show", "(usuu)", show_place_cb);
  gtk_widget_class_install_action (widget_class, "document.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "document.replace", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "document.go-to-line", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "problem.next", NULL, next_problem_cb);
  gtk_widget_class_install_action (widget_class, "problem.previous", NULL, previous_problem_cb);
  gtk_widget_class_install_action (widget_class, "problem.repair", NULL, repair_cb);
  gtk_widget_class_install_action (widget_class, "problem.repair-at", "(uu)", repair_at_cb);
  gtk_widget_class_install_action (widget_class, "profile.decide", NULL, decide_cb);
  strata_editor_changes_install (widget_class);
  gtk_widget_class_install_action (widget_class, "pane.next", NULL, next_pane_cb);
  strata_text_actions_install (widget_class);
}

/* What can be done now. Before the profile is read: nothing. */
void
strata_editor_actions_update (StrataEditorView *view)
{
  static const char *const of_layer[] = {
    "layer.remove",    "layer.rename",  "layer.settings",   "document.new",
    "document.choose", "document.show", "document.find", "document.replace", "document.go-to-line",
  };
  static const char *const of_profile[] = {
    "layer.add-pack", "layer.add-manifests", "problem.next", "problem.previous",
    "problem.repair", "problem.repair-at", "profile.decide",      "pane.next",
    "profile.compare", "profile.history", "profile.merge-with",
  };

  g_return_if_fail (STRATA_IS_EDITOR_VIEW (view));

  GtkWidget *widget = GTK_WIDGET (view);
  StrataEditing *editing = get_editing (widget);
  gboolean has_layer = editing != NULL && strata_editing_get_layer (editing) != NULL;
  gboolean is_manifest =
    has_layer && !g_str_equal (strata_editing_get_document (editing), STRATA_VALUES_DOCUMENT);

  for (guint i = 0; i < G_N_ELEMENTS (of_layer); i++)
    gtk_widget_action_set_enabled (widget, of_layer[i], has_layer);

  for (guint i = 0; i < G_N_ELEMENTS (of_profile); i++)
    gtk_widget_action_set_enabled (widget, of_profile[i], editing != NULL);

  strata_text_actions_update (view);
  gtk_widget_action_set_enabled (widget, "document.rename", is_manifest);
  gtk_widget_action_set_enabled (widget, "document.remove", is_manifest);
}

/* Puts the text that repairs @problem in its place: it has to be in the document that is shown. */
void
strata_editor_actions_repair (StrataEditorView    *view,
                              const StrataProblem *problem)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (view));
  g_return_if_fail (problem != NULL && problem->fix != NULL);

  const char *label = problem->fix_label != NULL ? problem->fix_label : _("Repair");

  strata_editor_document_replace (strata_source_pane_get_document (get_source (GTK_WIDGET (view))),
                                  problem->line, problem->column, problem->length, problem->fix,
                                  label);
}
