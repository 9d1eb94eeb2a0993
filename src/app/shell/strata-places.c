/* strata-places.c - the side of the window: which workspace, which of its places
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-places"

#include "strata-places.h"

#include "strata-foot.h"
#include "strata-workspace-menu.h"

struct _StrataPlaces
{
  GtkBox           parent_instance;
  StrataWorkspace *workspace;         /* (owned) (nullable) */
  guint            profiles_source;   /* an idle that counts the profiles */
  guint            counts_source;     /* an idle that asks for the counts the first frame does without */
  GtkListBox      *list;              /* (template) */
  GtkListBoxRow   *profiles_row;      /* (template) */
  GtkListBoxRow   *appliances_row;    /* (template) */
  GtkListBoxRow   *registries_row;    /* (template) */
  GtkListBoxRow   *activity_row;      /* (template) */
  GtkListBoxRow   *trash_row;         /* (template) */
  GtkLabel        *profiles_count;    /* (template) */
  GtkLabel        *appliances_count;  /* (template) */
  GtkLabel        *registries_count;  /* (template) */
  GtkLabel        *trash_count;       /* (template) */
  StrataWorkspaceMenu *workspace_menu;  /* (template) */
  StrataFoot      *foot;              /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataPlaces, strata_places, GTK_TYPE_BOX)

static void
show_count (GtkLabel *label,
            guint     count)
{
  g_autofree char *text = count > 0 ? g_strdup_printf ("%'u", count) : g_strdup ("");

  gtk_label_set_label (label, text);
}

static void
count_items (GListModel *model,
             guint       position,
             guint       removed,
             guint       added,
             GtkLabel   *label)
{
  show_count (label, g_list_model_get_n_items (model));
}

static void
follow (GListModel *model,
        GtkLabel   *label)
{
  g_signal_connect_object (model, "items-changed", G_CALLBACK (count_items), label, 0);
  count_items (model, 0, 0, 0, label);
}

/* The versions of one name count once, as the dashboard shows them. */
static gboolean
count_profiles_cb (gpointer user_data)
{
  StrataPlaces *self = STRATA_PLACES (user_data);
  GListModel *profiles = G_LIST_MODEL (strata_workspace_get_profiles (self->workspace));
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_profiles = g_list_model_get_n_items (profiles);

  self->profiles_source = 0;
  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (profiles, i);
      g_hash_table_add (names, (char *) strata_entry_get_name (entry));
    }
  show_count (self->profiles_count, g_hash_table_size (names));

  return G_SOURCE_REMOVE;
}

static void
profiles_changed_cb (StrataPlaces *self)
{
  if (self->profiles_source == 0)
    self->profiles_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, count_profiles_cb, self, NULL);
}

static void
count_appliances (StrataPlaces *self)
{
  StrataFleetWatch *watch = strata_workspace_get_watch (self->workspace);

  show_count (
    self->appliances_count,
    watch != NULL ? strata_fleet_get_appliances (strata_fleet_watch_get_fleet (watch))->len : 0);
}

/* As many as there were when somebody last looked; to count them nobody is asked. */
static void
follow_appliances (StrataPlaces *self)
{
  StrataFleetWatch *watch = strata_workspace_get_watch (self->workspace);

  count_appliances (self);
  if (watch == NULL)
    return;

  g_signal_connect_object (watch, "changed", G_CALLBACK (count_appliances), self,
                           G_CONNECT_SWAPPED);
  strata_fleet_watch_load (watch);
}

static gboolean
follow_the_rest_cb (gpointer user_data)
{
  StrataPlaces *self = STRATA_PLACES (user_data);

  self->counts_source = 0;
  follow_appliances (self);
  follow (G_LIST_MODEL (strata_workspace_get_registries (self->workspace)), self->registries_count);
  follow (G_LIST_MODEL (strata_workspace_get_trash (self->workspace)), self->trash_count);

  return G_SOURCE_REMOVE;
}

static void
row_activated_cb (StrataPlaces  *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-place", "s",
                              gtk_widget_get_name (GTK_WIDGET (row)));
}

/* What of the workspace before is let go. */
static void
unfollow (StrataPlaces *self)
{
  if (self->workspace == NULL)
    return;

  g_signal_handlers_disconnect_by_func (strata_workspace_get_profiles (self->workspace),
                                        profiles_changed_cb, self);
  if (self->counts_source == 0)
    {
      g_signal_handlers_disconnect_by_func (strata_workspace_get_registries (self->workspace),
                                            count_items, self->registries_count);
      g_signal_handlers_disconnect_by_func (strata_workspace_get_trash (self->workspace),
                                            count_items, self->trash_count);
    }
  if (self->counts_source == 0 && strata_workspace_get_watch (self->workspace) != NULL)
    g_signal_handlers_disconnect_by_func (strata_workspace_get_watch (self->workspace),
                                          count_appliances, self);
  g_clear_handle_id (&self->counts_source, g_source_remove);
}

static void
strata_places_dispose (GObject *object)
{
  StrataPlaces *self = STRATA_PLACES (object);

  g_clear_handle_id (&self->profiles_source, g_source_remove);
  g_clear_handle_id (&self->counts_source, g_source_remove);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_places_parent_class)->dispose (object);
}

static void
strata_places_class_init (StrataPlacesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_places_dispose;

  g_type_ensure (STRATA_TYPE_FOOT);
  g_type_ensure (STRATA_TYPE_WORKSPACE_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-places.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, list);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, profiles_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, appliances_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, registries_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, activity_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, trash_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, profiles_count);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, appliances_count);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, registries_count);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, trash_count);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, workspace_menu);
  gtk_widget_class_bind_template_child (widget_class, StrataPlaces, foot);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
strata_places_init (StrataPlaces *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @accounts are the consoles that the menu of workspaces offers. */
void
strata_places_set_accounts (StrataPlaces      *self,
                            StrataAccountList *accounts)
{
  g_return_if_fail (STRATA_IS_PLACES (self));

  strata_workspace_menu_set_accounts (self->workspace_menu, accounts);
}

void
strata_places_set_workspace (StrataPlaces    *self,
                             StrataWorkspace *workspace)
{
  g_return_if_fail (STRATA_IS_PLACES (self));
  g_return_if_fail (STRATA_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  unfollow (self);
  g_set_object (&self->workspace, workspace);
  strata_workspace_menu_set_workspace (self->workspace_menu, workspace);
  strata_foot_set_workspace (self->foot, workspace);
  g_signal_connect_object (strata_workspace_get_profiles (workspace), "items-changed",
                           G_CALLBACK (profiles_changed_cb), self, G_CONNECT_SWAPPED);
  profiles_changed_cb (self);
  self->counts_source = g_idle_add_full (G_PRIORITY_LOW, follow_the_rest_cb, self, NULL);
}

void
strata_places_set_place (StrataPlaces *self,
                         const char   *place)
{
  g_return_if_fail (STRATA_IS_PLACES (self));
  g_return_if_fail (place != NULL);

  GtkListBoxRow *row = self->profiles_row;

  if (g_str_equal (place, "registries"))
    row = self->registries_row;
  else if (g_str_equal (place, "appliances"))
    row = self->appliances_row;
  else if (g_str_equal (place, "activity"))
    row = self->activity_row;
  else if (g_str_equal (place, "trash"))
    row = self->trash_row;

  gtk_list_box_select_row (self->list, row);
}
