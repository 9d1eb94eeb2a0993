/* strata-dashboard-actions.c - what can be done with the selected profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-actions"

#include "strata-dashboard-actions.h"

/* Which profiles an action is for. */
typedef enum
{
  FOR_ONE = 1 << 0,      /* one profile, not every one that is selected */
  FOR_TRASH = 1 << 1,    /* what lies in the trash */
  FOR_CONSOLE = 1 << 2,  /* only where there is a console */
  FOR_AWAY = 1 << 3,     /* also what only the console has */
  FOR_THERE = 1 << 4,    /* what the console has */
  FOR_PINNED = 1 << 5,   /* what is kept offline */
  FOR_LOOSE = 1 << 6,    /* what is not */
} For;

/* The action of a row menu, and the window's action that does it. */
static const struct
{
  const char *name;
  const char *window_action;
  For         is_for;
} row_actions[] = {
  { "row.new-version", "win.new-version", FOR_ONE },
  { "row.clone", "win.clone-profile", FOR_ONE },
  { "row.compare", "win.compare-profile", FOR_ONE },
  { "row.export", "win.export-profile", FOR_ONE },
  { "row.download", "win.download-profile", FOR_ONE },
  { "row.download-there", "win.download-there", FOR_ONE | FOR_CONSOLE | FOR_AWAY | FOR_THERE },
  { "row.publish", "win.publish-profile", FOR_ONE | FOR_CONSOLE },
  { "row.send", "win.send-profile", FOR_ONE | FOR_CONSOLE },
  { "row.map", "win.map-profile", FOR_ONE | FOR_CONSOLE },
  { "row.decide", "win.decide-profile", FOR_ONE | FOR_CONSOLE },
  { "row.pin", "win.pin-profile", FOR_ONE | FOR_CONSOLE | FOR_AWAY | FOR_THERE | FOR_LOOSE },
  { "row.unpin", "win.pin-profile", FOR_ONE | FOR_CONSOLE | FOR_AWAY | FOR_THERE | FOR_PINNED },
  { "row.copy-to", "win.copy-to-workspace", FOR_ONE },
  { "row.trash", "win.trash-profiles", 0 },
  { "row.restore", "win.restore-profiles", FOR_TRASH },
  { "row.purge", "win.purge-profiles", FOR_TRASH },
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

      if ((row_actions[i].is_for & FOR_ONE) == 0)
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

static gboolean
is_for_entry (For          is_for,
              StrataEntry *entry)
{
  gboolean pinned = strata_entry_get_is_pinned (entry);

  return (!strata_entry_get_is_away (entry) || (is_for & FOR_AWAY) != 0) &&
         (*strata_entry_get_uid (entry) != '\0' || (is_for & FOR_THERE) == 0) &&
         (pinned ? (is_for & FOR_LOOSE) == 0 : (is_for & FOR_PINNED) == 0);
}

static gboolean
is_allowed (For        is_for,
            GPtrArray *entries,
            gboolean   trash,
            gboolean   console)
{
  gboolean many = (is_for & FOR_ONE) == 0;

  if (((is_for & FOR_TRASH) != 0) != trash || ((is_for & FOR_CONSOLE) != 0 && !console) ||
      (many ? entries->len == 0 : entries->len != 1))
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    if (!is_for_entry (is_for, entries->pdata[i]))
      return FALSE;

  return TRUE;
}

/* Enables what the selection allows. */
void
strata_dashboard_actions_update (StrataDashboardPage *self)
{
  g_autoptr(GPtrArray) entries = strata_dashboard_page_list_selected (self);
  gboolean trash = strata_dashboard_page_get_trash (self);
  gboolean console = strata_dashboard_page_has_console (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.open", entries->len > 0 && !trash);
  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), row_actions[i].name,
                                   is_allowed (row_actions[i].is_for, entries, trash, console));
}
