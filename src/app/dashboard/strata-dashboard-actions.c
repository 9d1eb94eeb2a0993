/* strata-dashboard-actions.c - what can be done with the selected profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-actions"

#include "strata-dashboard-actions.h"

/* The action of a row menu, and the window's action that does it. */
static const struct
{
  const char *name;
  const char *window_action;
  gboolean    many;   /* takes every selected profile, not one */
  gboolean    trash;  /* for what lies in the trash */
} row_actions[] = {
  { "row.new-version", "win.new-version", FALSE, FALSE },
  { "row.clone", "win.clone-profile", FALSE, FALSE },
  { "row.compare", "win.compare-profile", FALSE, FALSE },
  { "row.export", "win.export-profile", FALSE, FALSE },
  { "row.download", "win.download-profile", FALSE, FALSE },
  { "row.trash", "win.trash-profiles", TRUE, FALSE },
  { "row.restore", "win.restore-profiles", TRUE, TRUE },
  { "row.purge", "win.purge-profiles", TRUE, TRUE },
};

static char **
list_ids (GPtrArray *entries)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < entries->len; i++)
    g_strv_builder_add (ids, strata_entry_get_id (entries->pdata[i]));

  return g_strv_builder_end (ids);
}

static void
row_action_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_autoptr(GPtrArray) entries =
    strata_dashboard_page_list_selected (STRATA_DASHBOARD_PAGE (widget));
  g_auto(GStrv) ids = list_ids (entries);

  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    {
      if (!g_str_equal (row_actions[i].name, action_name))
        continue;

      if (row_actions[i].many)
        gtk_widget_activate_action (widget, row_actions[i].window_action, "^as", ids);
      else if (ids[0] != NULL)
        gtk_widget_activate_action (widget, row_actions[i].window_action, "s", ids[0]);
    }
}

/* Opens what is selected; a draft goes on where its making was left. */
static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_autoptr(GPtrArray) entries =
    strata_dashboard_page_list_selected (STRATA_DASHBOARD_PAGE (widget));

  for (guint i = 0; i < entries->len; i++)
    {
      StrataEntry *entry = entries->pdata[i];
      gboolean draft = strata_entry_get_draft_step (entry) > 0;

      if (strata_entry_get_state (entry) == STRATA_STATE_DAMAGED)
        gtk_widget_activate_action (widget, "win.explain-damage", "s", strata_entry_get_id (entry));
      else
        gtk_widget_activate_action (widget, draft ? "win.resume-profile" : "win.open-profile", "s",
                                    strata_entry_get_id (entry));
    }
}

void
strata_dashboard_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_cb);
  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    gtk_widget_class_install_action (widget_class, row_actions[i].name, NULL, row_action_cb);
}

/* Enables what the selection allows. */
void
strata_dashboard_actions_update (StrataDashboardPage *self)
{
  g_autoptr(GPtrArray) entries = strata_dashboard_page_list_selected (self);
  guint n_selected = entries->len;
  gboolean trash = strata_dashboard_page_get_trash (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.open", n_selected > 0 && !trash);
  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), row_actions[i].name,
                                   row_actions[i].trash == trash &&
                                     (row_actions[i].many ? n_selected > 0 : n_selected == 1));
}
