/* strata-first-start.c - a first look begins with something to look at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-first-start"

#include "strata-first-start.h"

static gboolean
is_known (StrataWindow *window)
{
  StrataSpaces *spaces = strata_window_get_spaces (window);

  return !strata_profile_list_get_loading (strata_workspace_get_profiles (strata_spaces_get_home (spaces))) &&
         !strata_account_list_get_loading (strata_spaces_get_accounts (spaces));
}

static gboolean
is_empty (StrataWindow *window)
{
  StrataSpaces *spaces = strata_window_get_spaces (window);
  GListModel *profiles = G_LIST_MODEL (strata_workspace_get_profiles (strata_spaces_get_home (spaces)));
  GListModel *accounts = G_LIST_MODEL (strata_spaces_get_accounts (spaces));

  return g_list_model_get_n_items (profiles) == 0 && g_list_model_get_n_items (accounts) == 0;
}

static void
look_cb (StrataWindow *window)
{
  StrataSpaces *spaces = strata_window_get_spaces (window);
  StrataWorkspace *home = strata_spaces_get_home (spaces);

  if (!is_known (window))
    return;

  g_signal_handlers_disconnect_by_func (strata_workspace_get_profiles (home), look_cb, window);
  g_signal_handlers_disconnect_by_func (strata_spaces_get_accounts (spaces), look_cb, window);
  if (is_empty (window))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.practise", NULL);
}

/* Opens the sandbox, once it is known that there is no profile and no console here. */
void
strata_first_start_watch (StrataWindow *window)
{
  g_return_if_fail (STRATA_IS_WINDOW (window));

  StrataSpaces *spaces = strata_window_get_spaces (window);
  StrataWorkspace *home = strata_spaces_get_home (spaces);

  g_signal_connect_object (strata_workspace_get_profiles (home), "notify::loading", G_CALLBACK (look_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_spaces_get_accounts (spaces), "notify::loading", G_CALLBACK (look_cb), window,
                           G_CONNECT_SWAPPED);
  look_cb (window);
}
