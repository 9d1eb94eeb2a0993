/* strata-window-actions.c - what can be done from anywhere in the window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-window"

#include "strata-window-actions.h"

#include "strata-assistant-page.h"
#include "strata-command-palette.h"
#include "strata-console-actions.h"
#include "strata-copy-to.h"
#include "strata-decide-actions.h"
#include "strata-download-there.h"
#include "strata-fetch-actions.h"
#include "strata-import.h"
#include "strata-mapping-actions.h"
#include "strata-profile-actions.h"
#include "strata-publish-actions.h"
#include "strata-save-as.h"

static void
open_profile_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  if (!strata_fetch_open (self, id))
    strata_window_open_profile (self, id);
}

static void
new_profile_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkWidget *page = strata_window_show_place (STRATA_WINDOW (widget), "assistant");

  strata_assistant_page_start (STRATA_ASSISTANT_PAGE (page));
}

static void
resume_profile_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  GtkWidget *page = strata_window_show_place (STRATA_WINDOW (widget), "assistant");

  strata_assistant_page_resume (STRATA_ASSISTANT_PAGE (page),
                                g_variant_get_string (parameter, NULL));
}

static void
add_layer_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  const char *id;
  gboolean manifest;

  /* The assistant reads the profile from the store, so what was typed has to be there first. */
  if (!strata_window_flush_editor (self))
    return;

  GtkWidget *page = strata_window_show_place (self, "assistant");
  g_variant_get (parameter, "(&sb)", &id, &manifest);
  strata_assistant_page_add_layer (STRATA_ASSISTANT_PAGE (page), id, manifest);
}

static void
flush_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  strata_window_flush_editor (STRATA_WINDOW (widget));
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  GtkWidget *page = strata_window_get_page (STRATA_WINDOW (widget));

  gtk_widget_activate_action (page, "page.search", NULL);
}

static void
command_palette_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (strata_command_palette_new (STRATA_WINDOW (widget))));
}

/* A radio: its state follows what is in front, whoever brought it there. */
static void
choose_workspace_cb (StrataWindow *self,
                     GVariant     *id)
{
  strata_window_set_workspace (self, g_variant_get_string (id, NULL));
}

static void
workspace_changed_cb (StrataWindow  *self,
                      GParamSpec    *pspec,
                      GSimpleAction *action)
{
  const char *id = strata_workspace_get_id (strata_window_get_workspace (self));

  g_simple_action_set_state (action, g_variant_new_string (id));
}

void
strata_window_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-profile", "s", open_profile_cb);
  gtk_widget_class_install_action (widget_class, "win.new-profile", NULL, new_profile_cb);
  gtk_widget_class_install_action (widget_class, "win.resume-profile", "s", resume_profile_cb);
  gtk_widget_class_install_action (widget_class, "win.add-layer", "(sb)", add_layer_cb);
  gtk_widget_class_install_action (widget_class, "win.flush-editor", NULL, flush_cb);
  gtk_widget_class_install_action (widget_class, "win.command-palette", NULL, command_palette_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);

  strata_console_actions_install (widget_class);
  strata_copy_to_install (widget_class);
  strata_decide_actions_install (widget_class);
  strata_download_there_install (widget_class);
  strata_fetch_actions_install (widget_class);
  strata_import_install (widget_class);
  strata_mapping_actions_install (widget_class);
  strata_profile_actions_install (widget_class);
  strata_publish_actions_install (widget_class);
  strata_save_as_install (widget_class);

  /* At the end of the chain: a page that knows these keys has taken them before. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

void
strata_window_actions_init (StrataWindow *self)
{
  g_autoptr(GSimpleAction) workspace = g_simple_action_new_stateful (
    "workspace", G_VARIANT_TYPE_STRING, g_variant_new_string (STRATA_SPACES_HOME));

  g_signal_connect_object (workspace, "change-state", G_CALLBACK (choose_workspace_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::workspace", G_CALLBACK (workspace_changed_cb), workspace, 0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (workspace));
  strata_console_actions_init (self);
  strata_import_init (self);
}
