/* strata-editor-changes.c - an open profile compared, taken back in time, and merged with a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-changes"

#include "strata-editor-changes.h"

#include <glib/gi18n.h>

#include "strata-compare-window.h"
#include "strata-editor-merge.h"
#include "strata-editor-view.h"
#include "strata-history-window.h"

static GtkWindow *
get_window (GtkWidget *widget)
{
  return GTK_WINDOW (gtk_widget_get_root (widget));
}

static void
compare_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataEditorView *view = STRATA_EDITOR_VIEW (widget);
  GtkWidget *window = strata_compare_window_new_editing (
    get_window (widget), strata_editor_view_get_workspace (view), strata_editor_view_get_editing (view));

  gtk_window_present (GTK_WINDOW (window));
}

static void
restored_cb (StrataEditorView *view,
             const char       *time)
{
  g_autofree char *message = g_strdup_printf (_("Restored as of %s"), time);

  gtk_widget_activate_action (GTK_WIDGET (view), "editor.notify-undo", "s", message);
}

static void
history_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  GtkWidget *window = strata_history_window_new (get_window (widget),
                                                 strata_editor_view_get_editing (STRATA_EDITOR_VIEW (widget)));

  g_signal_connect_object (window, "restored", G_CALLBACK (restored_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* The chooser is kept by the view that it asks for. */
static void
chooser_response_cb (GtkNativeDialog  *chooser,
                     int               response,
                     StrataEditorView *view)
{
  g_autoptr(GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  g_object_set_data (G_OBJECT (view), "merge-chooser", NULL);
  if (file != NULL)
    strata_editor_merge_file (view, file);
}

static void
merge_with_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _("Merge with a File"), get_window (widget), GTK_FILE_CHOOSER_ACTION_OPEN,
    _("_Merge"), NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  static const char *const suffixes[] = { "tgz", "json", "yaml", "yml" };

  gtk_file_filter_set_name (filter, _("Profiles"));
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "merge-chooser", chooser, g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
strata_editor_changes_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.compare", NULL, compare_cb);
  gtk_widget_class_install_action (widget_class, "profile.history", NULL, history_cb);
  gtk_widget_class_install_action (widget_class, "profile.merge-with", NULL, merge_with_cb);
}
