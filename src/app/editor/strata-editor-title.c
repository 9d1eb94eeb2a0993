/* strata-editor-title.c - what stands above an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-title"

#include "strata-editor-title.h"

#include <glib/gi18n.h>

#include "strata-account-text.h"

/* "retail-edge 2.4.0"; @editing is NULL until the profile is read */
char *
strata_editor_title_make (StrataEditing *editing)
{
  if (editing == NULL)
    return g_strdup (_("Opening…"));

  StrataProfile *profile = strata_editing_get_profile (editing);

  return g_strdup_printf ("%s %s", strata_profile_get_name (profile),
                          strata_profile_get_version (profile));
}

/* Where the profile lives; what is typed is on this computer in any case. */
static char *
say_place (StrataWorkspace *workspace)
{
  StrataConnection *connection = strata_workspace_get_connection (workspace);

  return connection != NULL ? strata_account_text_title (strata_connection_get_account (connection))
                            : g_strdup (_("On this computer"));
}

/* "On this computer · 3 changes since 10:42", "Northwind · Stores · All saved"; @editing is NULL until the profile is
 * read, and @base_time is when what the changes are counted from was saved */
char *
strata_editor_title_describe (StrataWorkspace *workspace,
                              StrataEditing   *editing,
                              gint64           base_time)
{
  StrataChecker *checker = editing != NULL ? strata_editing_get_checker (editing) : NULL;
  guint n_changes = checker != NULL ? strata_checker_get_n_changes (checker) : 0;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (base_time);
  g_autofree char *place = say_place (workspace);

  if (editing == NULL || then == NULL)
    return g_steal_pointer (&place);

  if (n_changes == 0)
    return strata_saver_get_state (strata_editing_get_saver (editing)) == STRATA_SAVER_SAVED
             /* Translators: %s is where the profile is: "On this computer", or the name of a console */
             ? g_strdup_printf (_("%s · All saved"), place)
             : g_steal_pointer (&place);

  gboolean today = g_date_time_to_unix (now) - base_time < G_TIME_SPAN_DAY / G_USEC_PER_SEC;
  g_autofree char *since = g_date_time_format (then, today ? _("%H:%M") : _("%-d %B %Y"));

  return g_strdup_printf (ngettext ("%s · %u change since %s", "%s · %u changes since %s", n_changes),
                          place, n_changes, since);
}

/* Each letter that is typed comes here several times, and GTK asks the display where the pointer is for every new tooltip. */
static void
set_tooltip (GtkWidget  *widget,
             const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

/* What @undo and @redo, two buttons of @page, would do now; @editing is NULL while nothing is open */
void
strata_editor_title_show_steps (GtkWidget     *page,
                                GtkWidget     *undo,
                                GtkWidget     *redo,
                                StrataEditing *editing)
{
  StrataDraft *draft = editing != NULL ? strata_editing_get_draft (editing) : NULL;
  gboolean can_undo = draft != NULL && strata_draft_get_can_undo (draft);
  gboolean can_redo = draft != NULL && strata_draft_get_can_redo (draft);
  g_autofree char *undo_tip =
    can_undo ? g_strdup_printf (_("Undo %s (Ctrl+Z)"), strata_draft_get_undo_label (draft))
             : g_strdup (_("Undo (Ctrl+Z)"));
  g_autofree char *redo_tip =
    can_redo ? g_strdup_printf (_("Redo %s (Ctrl+Shift+Z)"), strata_draft_get_redo_label (draft))
             : g_strdup (_("Redo (Ctrl+Shift+Z)"));

  gtk_widget_action_set_enabled (page, "editor.undo", can_undo);
  gtk_widget_action_set_enabled (page, "editor.redo", can_redo);
  set_tooltip (undo, undo_tip);
  set_tooltip (redo, redo_tip);
}
