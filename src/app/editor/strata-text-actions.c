/* strata-text-actions.c - what can be done with the texts of an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-actions"

#include "config.h"

#include "strata-text-actions.h"

#include <glib/gi18n.h>

#include "strata-command-palette.h"
#include "strata-command.h"
#include "strata-job.h"
#include "strata-outline.h"
#include "strata-search-window.h"
#include "strata-text-lines.h"

#define SMALLEST 6
#define LARGEST 32

static StrataSourcePane *
get_pane (GtkWidget *widget)
{
  return strata_editor_panes_get_source (strata_editor_view_get_panes (STRATA_EDITOR_VIEW (widget)));
}

static StrataEditorDocument *
get_document (GtkWidget *widget)
{
  return strata_source_pane_get_document (get_pane (widget));
}

static void
fold_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataFolding *folding = strata_source_pane_get_folding (get_pane (widget));

  if (g_str_equal (action_name, "text.fold"))
    {
      if (!strata_folding_fold (folding))
        gtk_widget_activate_action (widget, "editor.notify", "s", _("Nothing can be folded here"));
    }
  else if (g_str_equal (action_name, "text.unfold"))
    strata_folding_unfold (folding);
  else if (g_str_equal (action_name, "text.fold-all"))
    strata_folding_fold_all (folding);
  else
    strata_folding_show_all (folding);
}

static void
comment_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataEditorDocument *document = get_document (widget);

  if (strata_editor_document_get_editable (document))
    strata_text_lines_toggle_comment (GTK_TEXT_BUFFER (strata_editor_document_get_buffer (document)));
}

static void
change_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gboolean forward = g_str_equal (action_name, "text.next-change");

  if (!strata_source_pane_go_to_change (get_pane (widget), forward))
    gtk_widget_activate_action (widget, "editor.notify", "s", _("Nothing is different in this text"));
}

/* A setting: every text, in every window, has the same size. */
static void
zoom_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  int size = g_settings_get_int (settings, "font-size");
  int by = g_str_equal (action_name, "text.zoom-in") ? 1 : -1;

  if (g_str_equal (action_name, "text.zoom-reset"))
    g_settings_reset (settings, "font-size");
  else
    g_settings_set_int (settings, "font-size", CLAMP (size + by, SMALLEST, LARGEST));
}

static void
wrap_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);

  g_settings_set_boolean (settings, "wrap-text", !g_settings_get_boolean (settings, "wrap-text"));
}

static StrataCommand *
make_command (StrataProfile            *profile,
              const StrataOutlineEntry *entry)
{
  static const char *const icons[] = {
    "view-paged-symbolic", "text-x-generic-symbolic", "package-x-generic-symbolic", "view-list-bullet-symbolic",
  };
  StrataLayer *layer = strata_profile_get_layer (profile, entry->position);
  const char *name = strata_layer_get_name (layer);
  g_autofree char *detail = entry->kind == STRATA_OUTLINE_LAYER      ? g_strdup (strata_layer_get_version (layer))
                            : entry->kind == STRATA_OUTLINE_DOCUMENT ? g_strdup (name)
                                                                     : g_strdup_printf ("%s · %s", name, entry->document);

  return strata_command_new_with_target (
    entry->title, detail, icons[entry->kind], "document.show",
    g_variant_new ("(usuu)", entry->position, entry->document, entry->line, 1u));
}

/* Runs in a worker thread. */
static gpointer
outline_run (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GPtrArray) entries = strata_outline_read (data);
  GPtrArray *commands = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (commands, make_command (data, g_ptr_array_index (entries, i)));

  return commands;
}

static void
outline_state_cb (StrataJob  *job,
                  GParamSpec *pspec,
                  GtkWidget  *widget)
{
  if (strata_job_get_state (job) != STRATA_JOB_DONE)
    return;

  gtk_window_present (GTK_WINDOW (strata_command_palette_new_for_list (
    widget, _("Go To"), _("Layer, document, object or key"), g_ptr_array_ref (strata_job_get_result (job)))));
  g_object_set_data (G_OBJECT (widget), "strata-outline", NULL);
}

static void
outline_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataEditing *editing = strata_editor_view_get_editing (STRATA_EDITOR_VIEW (widget));
  StrataJob *job = strata_job_new ();

  /* The view owns its jobs: it takes them with it. */
  g_object_set_data_full (G_OBJECT (widget), "strata-outline", job, g_object_unref);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (outline_state_cb), widget, 0);
  strata_job_run (job, outline_run, g_object_ref (strata_editing_get_profile (editing)), g_object_unref,
                  (GDestroyNotify) g_ptr_array_unref);
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataEditing *editing = strata_editor_view_get_editing (STRATA_EDITOR_VIEW (widget));

  gtk_window_present (GTK_WINDOW (strata_search_window_new (widget, editing)));
}

void
strata_text_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "text.comment", NULL, comment_cb);
  gtk_widget_class_install_action (widget_class, "text.fold", NULL, fold_cb);
  gtk_widget_class_install_action (widget_class, "text.unfold", NULL, fold_cb);
  gtk_widget_class_install_action (widget_class, "text.fold-all", NULL, fold_cb);
  gtk_widget_class_install_action (widget_class, "text.unfold-all", NULL, fold_cb);
  gtk_widget_class_install_action (widget_class, "text.next-change", NULL, change_cb);
  gtk_widget_class_install_action (widget_class, "text.previous-change", NULL, change_cb);
  gtk_widget_class_install_action (widget_class, "text.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "text.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "text.zoom-reset", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "text.wrap", NULL, wrap_cb);
  gtk_widget_class_install_action (widget_class, "profile.outline", NULL, outline_cb);
  gtk_widget_class_install_action (widget_class, "profile.search", NULL, search_cb);
}

/* What can be done now. Before the profile is read: nothing. */
void
strata_text_actions_update (StrataEditorView *view)
{
  static const char *const of_profile[] = {
    "text.comment", "text.fold", "text.unfold", "text.fold-all", "text.unfold-all", "text.next-change",
    "text.previous-change", "profile.outline", "profile.search",
  };
  StrataEditing *editing = strata_editor_view_get_editing (view);
  gboolean has_layer = editing != NULL && strata_editing_get_layer (editing) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_profile); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (view), of_profile[i], has_layer);
}
