/* strata-registry-row.c - one registry in the list of them: what it is, how fresh, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-row"

#include "strata-registry-row.h"

#include <glib/gi18n.h>

#include "strata-registry-status.h"

#define MAX_WARNINGS 10  /* more than this do not fit in a tooltip */

struct _StrataRegistryRow
{
  GtkListBoxRow   parent_instance;
  GtkImage       *icon;
  GtkLabel       *name;
  GtkLabel       *status;
  GtkImage       *worry;
  GtkButton      *stop;
  GtkMenuButton  *menu;
  StrataRegistry *registry;  /* (owned) (nullable): NULL for the row of all */
};

G_DEFINE_FINAL_TYPE (StrataRegistryRow, strata_registry_row, GTK_TYPE_LIST_BOX_ROW)

static void
strata_registry_row_dispose (GObject *object)
{
  g_clear_object (&STRATA_REGISTRY_ROW (object)->registry);

  G_OBJECT_CLASS (strata_registry_row_parent_class)->dispose (object);
}

static void
strata_registry_row_class_init (StrataRegistryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_registry_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-registry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryRow, name);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryRow, status);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryRow, worry);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryRow, stop);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryRow, menu);
}

static void
strata_registry_row_init (StrataRegistryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_label (gpointer    widget,
           const char *label)
{
  gtk_widget_set_tooltip_text (widget, label);
  gtk_accessible_update_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_status (StrataRegistryRow *self,
             const char        *status)
{
  g_autofree char *label = g_strdup_printf ("%s, %s", gtk_label_get_label (self->name), status);

  gtk_label_set_label (self->status, status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
fill_menu (StrataRegistryRow *self)
{
  const char *name = strata_registry_get_name (self->registry);
  const char *id = strata_registry_get_id (self->registry);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autofree char *menu_label = g_strdup_printf (_("Menu of %s"), name);
  g_autofree char *stop_label = g_strdup_printf (_("Stop Syncing %s"), name);

  if (strata_registry_get_remote (self->registry) != NULL)
    {
      append_item (menu, _("_Sync Now"), "registries.sync", id);
      append_item (menu, _("_Change…"), "registries.change", id);
    }
  else
    g_menu_append (menu, _("_Read Again"), "registries.reload");
  append_item (menu, _("Re_move From the List"), "registries.remove", id);

  gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (menu));
  set_label (self->menu, menu_label);
  set_label (self->stop, stop_label);
  /* The target first: an action that wants one is not to be called without it. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->stop), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->stop), "registries.stop");
}

/* @registry (nullable): NULL for the row that stands for all of them */
GtkWidget *
strata_registry_row_new (StrataRegistry *registry)
{
  StrataRegistryRow *self = g_object_new (STRATA_TYPE_REGISTRY_ROW, NULL);

  if (registry == NULL)
    {
      gtk_image_set_from_icon_name (self->icon, "view-grid-symbolic");
      gtk_label_set_label (self->name, _("All Registries"));
      gtk_widget_set_visible (GTK_WIDGET (self->menu), FALSE);
      return GTK_WIDGET (self);
    }

  self->registry = g_object_ref (registry);
  gtk_label_set_label (self->name, strata_registry_get_name (registry));
  fill_menu (self);

  return GTK_WIDGET (self);
}

/* The registry it stands for, "" for all. */
const char *
strata_registry_row_get_id (StrataRegistryRow *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_ROW (self), "");

  return self->registry != NULL ? strata_registry_get_id (self->registry) : "";
}

/* Where it is, or what is wrong with it. */
static char *
make_tooltip (StrataRegistryRow       *self,
              const StrataIndexSource *source,
              const GError            *error)
{
  GString *text = g_string_new (strata_registry_get_location (self->registry));

  if (error != NULL)
    g_string_append_printf (text, "\n%s", error->message);
  for (guint i = 0; source != NULL && source->warnings[i] != NULL && i < MAX_WARNINGS; i++)
    g_string_append_printf (text, "\n%s", source->warnings[i]);

  return g_string_free (text, FALSE);
}

/* @source and @error (nullable): how the last look at the registry went */
void
strata_registry_row_show (StrataRegistryRow       *self,
                          const StrataIndexSource *source,
                          const GError            *error,
                          StrataSyncs             *syncs)
{
  g_return_if_fail (STRATA_IS_REGISTRY_ROW (self) && self->registry != NULL);

  const char *id = strata_registry_get_id (self->registry);
  gboolean is_running = strata_syncs_is_running (syncs, id);
  g_autofree char *status = strata_registry_status_describe (self->registry, source, error, syncs);
  g_autofree char *tooltip = make_tooltip (self, source, error);

  show_status (self, status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_image_set_from_icon_name (self->icon, strata_registry_status_get_icon (self->registry, error));
  gtk_widget_set_visible (GTK_WIDGET (self->worry),
                          !is_running && strata_registry_status_is_worry (self->registry, error));
  gtk_widget_set_visible (GTK_WIDGET (self->stop), is_running);
}

/* For the row of all. */
void
strata_registry_row_count (StrataRegistryRow *self,
                           guint              n_names)
{
  g_return_if_fail (STRATA_IS_REGISTRY_ROW (self));

  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u name", "%'u names", n_names), n_names);

  show_status (self, text);
}
