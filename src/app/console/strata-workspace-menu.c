/* strata-workspace-menu.c - the button over the places: which workspace, and which others there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-workspace-menu"

#include "strata-workspace-menu.h"

#include <glib/gi18n.h>

#include "strata-account-text.h"
#include "strata-spaces.h"

#define MAX_CHARS 19  /* of the title; what is longer is cut, and under the pointer */

struct _StrataWorkspaceMenu
{
  AdwBin             parent_instance;
  StrataAccountList *accounts;   /* (owned) (nullable) */
  StrataWorkspace   *workspace;  /* (owned) (nullable) */
  GMenu             *consoles;   /* (owned) (not nullable): the items of the accounts */
  GtkMenuButton     *button;     /* (template) */
  GtkLabel          *title;      /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataWorkspaceMenu, strata_workspace_menu, ADW_TYPE_BIN)

static void
append_account (StrataWorkspaceMenu *self,
                StrataAccount       *account)
{
  g_autofree char *label = strata_account_text_full (account);
  g_autoptr(GMenuItem) item = g_menu_item_new (NULL, NULL);

  /* An underscore in a host is not a key to press. */
  g_auto(GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  g_menu_item_set_label (item, escaped);
  g_menu_item_set_action_and_target (item, "win.workspace", "s", strata_account_get_id (account));
  g_menu_append_item (self->consoles, item);
}

static void
accounts_changed_cb (StrataWorkspaceMenu *self)
{
  guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));

  g_menu_remove_all (self->consoles);
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr(StrataAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      append_account (self, account);
    }
}

static void
strata_workspace_menu_dispose (GObject *object)
{
  StrataWorkspaceMenu *self = STRATA_WORKSPACE_MENU (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->workspace);
  g_clear_object (&self->consoles);

  G_OBJECT_CLASS (strata_workspace_menu_parent_class)->dispose (object);
}

static void
strata_workspace_menu_class_init (StrataWorkspaceMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_workspace_menu_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-workspace-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWorkspaceMenu, button);
  gtk_widget_class_bind_template_child (widget_class, StrataWorkspaceMenu, title);
}

static GMenuModel *
make_menu (StrataWorkspaceMenu *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) home = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();

  g_menu_append (home, _("On This Computer"), "win.workspace::" STRATA_SPACES_HOME);
  g_menu_append (more, _("_Add Console…"), "win.add-console");
  g_menu_append (more, _("_Practise with the Sandbox"), "win.practise");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (home));
  g_menu_append_section (menu, _("Consoles"), G_MENU_MODEL (self->consoles));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));

  return G_MENU_MODEL (menu);
}

static void
strata_workspace_menu_init (StrataWorkspaceMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->consoles = g_menu_new ();

  g_autoptr(GMenuModel) menu = make_menu (self);
  gtk_menu_button_set_menu_model (self->button, menu);
  gtk_widget_set_halign (GTK_WIDGET (gtk_menu_button_get_popover (self->button)), GTK_ALIGN_START);
}

void
strata_workspace_menu_set_accounts (StrataWorkspaceMenu *self,
                                    StrataAccountList   *accounts)
{
  g_return_if_fail (STRATA_IS_WORKSPACE_MENU (self));
  g_return_if_fail (STRATA_IS_ACCOUNT_LIST (accounts));

  if (!g_set_object (&self->accounts, accounts))
    return;

  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
}

void
strata_workspace_menu_set_workspace (StrataWorkspaceMenu *self,
                                     StrataWorkspace     *workspace)
{
  g_return_if_fail (STRATA_IS_WORKSPACE_MENU (self));
  g_return_if_fail (STRATA_IS_WORKSPACE (workspace));

  StrataConnection *connection = strata_workspace_get_connection (workspace);
  g_autofree char *title = connection != NULL
    ? strata_account_text_title (strata_connection_get_account (connection))
    : g_strdup (_("On This Computer"));

  g_set_object (&self->workspace, workspace);
  /* A header bar gives what it holds no more than it needs at least. */
  gboolean is_long = g_utf8_strlen (title, -1) > MAX_CHARS;

  gtk_label_set_ellipsize (self->title, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->title, is_long ? MAX_CHARS : -1);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
}
