/* strata-remove-chart.c - takes a chart archive that was added by hand off the list again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-remove-chart"

#include "strata-remove-chart.h"

#include <glib/gi18n.h>

#include "strata-chart-files.h"

struct _StrataRemoveChart
{
  AdwBin             parent_instance;
  GtkButton         *button;      /* (not owned): the child */
  GListModel        *registries;  /* (owned) (nullable) */
  StrataPackSummary *summary;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataRemoveChart, strata_remove_chart, ADW_TYPE_BIN)

static gboolean
has_chart (StrataRegistry    *registry,
           StrataPackSummary *summary)
{
  const char *location = strata_pack_summary_get_location (summary);

  return STRATA_IS_CHART_FILES (registry) && location != NULL
         && g_str_equal (strata_registry_get_id (registry), strata_pack_summary_get_registry_id (summary))
         && g_strv_contains (strata_chart_files_get_paths (STRATA_CHART_FILES (registry)), location);
}

static void
offer (StrataRemoveChart *self,
       StrataRegistry    *registry)
{
  g_autofree char *label = g_strdup_printf (_("Remove From %s"), strata_registry_get_name (registry));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "(s^ay)", strata_registry_get_id (registry),
                                    strata_pack_summary_get_location (self->summary));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "registries.remove-chart");
}

/* It may have been taken off the list, here or elsewhere, and brought back, while it is looked at. */
static void
update (StrataRemoveChart *self)
{
  guint n = self->summary != NULL ? g_list_model_get_n_items (self->registries) : 0;
  gboolean is_there = FALSE;

  for (guint i = 0; i < n && !is_there; i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (self->registries, i);

      is_there = has_chart (registry, self->summary);
      if (is_there)
        offer (self, registry);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), is_there);
}

static void
let_go (StrataRemoveChart *self)
{
  if (self->registries != NULL)
    g_signal_handlers_disconnect_by_data (self->registries, self);
  g_clear_object (&self->registries);
  g_clear_object (&self->summary);
}

static void
strata_remove_chart_dispose (GObject *object)
{
  let_go (STRATA_REMOVE_CHART (object));

  G_OBJECT_CLASS (strata_remove_chart_parent_class)->dispose (object);
}

static void
strata_remove_chart_class_init (StrataRemoveChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_remove_chart_dispose;
}

static void
strata_remove_chart_init (StrataRemoveChart *self)
{
  self->button = GTK_BUTTON (gtk_button_new_from_icon_name ("user-trash-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Is about the version @summary from now on, for as long as it is in one of @registries; about nothing when it is NULL. */
void
strata_remove_chart_show (StrataRemoveChart *self,
                          GListModel        *registries,
                          StrataPackSummary *summary)
{
  g_return_if_fail (STRATA_IS_REMOVE_CHART (self));
  g_return_if_fail (summary == NULL || G_IS_LIST_MODEL (registries));

  let_go (self);
  if (summary != NULL)
    {
      self->registries = g_object_ref (registries);
      self->summary = g_object_ref (summary);
      g_signal_connect_swapped (registries, "items-changed", G_CALLBACK (update), self);
    }
  update (self);
}
