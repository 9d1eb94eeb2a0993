/* strata-registries-page.c - registries, what they offer, and one pack or chart in full
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registries-page"

#include "strata-registries-page.h"

#include <glib/gi18n.h>

#include "strata-add-to-profile.h"
#include "strata-job.h"
#include "strata-pack-details.h"
#include "strata-profile-work.h"
#include "strata-registry-actions.h"
#include "strata-registry-pane.h"
#include "strata-results-filter.h"
#include "strata-results-list.h"
#include "strata-say.h"
#include "strata-template.h"

struct _StrataRegistriesPage
{
  GtkWidget             parent_instance;
  AdwLeaflet           *leaflet;
  StrataRegistryPane   *registries;
  GtkWidget            *results_pane;
  GtkSearchEntry       *search;
  GtkLabel             *count;
  GtkLabel             *total;
  StrataResultsFilter  *filter;
  StrataResultsList    *list;
  GtkWidget            *details_pane;
  StrataPackDetails    *details;
  GtkWidget            *results_back;
  GtkWidget            *details_back;

  StrataWorkspace      *workspace;  /* (owned) (nullable) */
  StrataCatalog        *catalog;    /* (owned) (nullable) */
  StrataSearch         *results;    /* (owned) (nullable) */
  StrataPackSummary    *shown;      /* (owned) (nullable): what the details are about */
  StrataJob            *add;        /* (owned) */
  GtkWidget            *front;      /* (not owned): the pane to show when there is room for one only */
  gboolean              narrow;
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
} StrataRegistriesPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataRegistriesPage, strata_registries_page, GTK_TYPE_WIDGET)

static void
show_counts (StrataRegistriesPage *self)
{
  guint n = strata_search_get_n_found (self->results);
  guint versions =
    strata_catalog_count_versions (self->catalog, strata_search_get_registry_id (self->results));
  g_autofree char *count = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%'u chart or pack", "%'u charts and packs", n), n);
  g_autofree char *total = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "of %'u version", "of %'u versions", versions), versions);

  gtk_label_set_label (self->count, count);
  gtk_label_set_label (self->total, total);
}

/* With room for all panes nothing changes: the keyboard focus stays where it is. */
static void
bring (StrataRegistriesPage *self,
       GtkWidget            *pane)
{
  self->front = pane;
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, pane);
}

static void
update_back (StrataRegistriesPage *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->results_back, folded);
  gtk_widget_set_visible (self->details_back, folded);
}

static void
registry_cb (StrataRegistriesPage *self,
             const char           *id)
{
  strata_search_set_registry_id (self->results, *id != '\0' ? id : NULL);
  show_counts (self);
  bring (self, self->results_pane);
}

static void
search_cb (StrataRegistriesPage *self)
{
  strata_search_set_text (self->results, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static gboolean
search_key_cb (StrataRegistriesPage *self,
               guint                 keyval)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;

  strata_results_list_focus (self->list);

  return GDK_EVENT_STOP;
}

/* A search that hides what was selected does not take its details away. */
static void
selected_cb (StrataRegistriesPage *self)
{
  StrataPackSummary *item = strata_results_list_get_selected (self->list);
  gboolean is_same = item != NULL && self->shown != NULL
                     && strata_pack_summary_is_same_name (item, self->shown)
                     && g_str_equal (strata_pack_summary_get_version (item),
                                     strata_pack_summary_get_version (self->shown));

  if (item == NULL || !g_set_object (&self->shown, item) || is_same)
    return;

  strata_pack_details_show (self->details, self->catalog,
                            strata_registry_list_get_shelf (strata_workspace_get_registries (self->workspace)),
                            item);
  bring (self, self->details_pane);
}

static void
activate_cb (StrataRegistriesPage *self)
{
  bring (self, self->details_pane);
}

static void
layer_cb (StrataRegistriesPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.add-to-profile",
                                 strata_pack_details_get_layer (self->details) != NULL);
}

static void
run_add (StrataRegistriesPage *self,
         StrataJobFunc         func,
         const char           *id)
{
  StrataStore *store = strata_workspace_get_store (self->workspace);

  strata_job_run (
    self->add, func,
    strata_profile_work_new (store, id, strata_pack_details_get_layer (self->details)),
    (GDestroyNotify) strata_profile_work_free, g_object_unref);
}

static void
chosen_cb (StrataRegistriesPage *self,
           const char           *id)
{
  /* The profile may be open: what was typed there has to be in the store before it is added to. */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.flush-editor", NULL);
  run_add (self, strata_profile_work_add_layer, id);
}

static void
new_profile_cb (StrataRegistriesPage *self,
                const char           *name)
{
  run_add (self, strata_profile_work_create, name);
}

static void
add_state_cb (StrataRegistriesPage *self)
{
  StrataJobState state = strata_job_get_state (self->add);

  if (state == STRATA_JOB_FAILED)
    strata_say (GTK_WIDGET (self->leaflet), strata_job_get_error (self->add)->message);
  if (state != STRATA_JOB_DONE)
    return;

  StrataProfile *profile = strata_job_get_result (self->add);
  StrataLayer *layer =
    strata_profile_get_layer (profile, strata_profile_get_n_layers (profile) - 1);
  g_autofree char *text = g_strdup_printf (
    _("“%s” was added to “%s”"), strata_layer_get_name (layer), strata_profile_get_name (profile));

  strata_say_offer (GTK_WIDGET (self->leaflet), text,
                    _("_Open"), "win.open-profile",
                       g_variant_new_string (strata_profile_get_id (profile)));
}

static void
add_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataRegistriesPage *self = STRATA_REGISTRIES_PAGE (widget);
  StrataLayer *layer = strata_pack_details_get_layer (self->details);

  if (layer == NULL)
    return;

  StrataAddToProfile *dialog = strata_add_to_profile_new (widget, self->workspace, layer);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "new-profile", G_CALLBACK (new_profile_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  StrataRegistriesPage *self = STRATA_REGISTRIES_PAGE (widget);

  bring (self, self->results_pane);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
back_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  adw_leaflet_navigate (STRATA_REGISTRIES_PAGE (widget)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
visible_child_cb (StrataRegistriesPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    self->front = adw_leaflet_get_visible_child (self->leaflet);
}

static void
folded_cb (StrataRegistriesPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->front);
  update_back (self);
}

static void
strata_registries_page_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  StrataRegistriesPage *self = STRATA_REGISTRIES_PAGE (object);

  switch ((StrataRegistriesPageProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_registries_page_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  StrataRegistriesPage *self = STRATA_REGISTRIES_PAGE (object);

  switch ((StrataRegistriesPageProperty) id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      adw_leaflet_set_can_unfold (self->leaflet, !self->narrow);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_registries_page_constructed (GObject *object)
{
  StrataRegistriesPage *self = STRATA_REGISTRIES_PAGE (object);

  G_OBJECT_CLASS (strata_registries_page_parent_class)->constructed (object);

  g_return_if_fail (self->workspace != NULL);

  StrataRegistryList *registries = strata_workspace_get_registries (self->workspace);

  StrataIndex *index = strata_workspace_get_index (self->workspace);

  self->catalog = strata_catalog_new (G_LIST_MODEL (registries), index);
  self->results = strata_search_new (index, G_LIST_MODEL (registries));
  strata_registry_actions_install (GTK_WIDGET (self), self->workspace, self->catalog);
  strata_registry_pane_set_catalog (self->registries, self->catalog,
                                    strata_workspace_get_syncs (self->workspace));
  strata_results_filter_set_search (self->filter, self->results);
  strata_results_list_set_search (self->list, self->results, self->catalog);
  g_signal_connect_object (self->results, "notify::n-found", G_CALLBACK (show_counts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->catalog, "changed", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED);
  show_counts (self);
  layer_cb (self);
}

static void
strata_registries_page_dispose (GObject *object)
{
  StrataRegistriesPage *self = STRATA_REGISTRIES_PAGE (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_REGISTRIES_PAGE);
  g_clear_object (&self->add);
  g_clear_object (&self->shown);
  g_clear_object (&self->results);
  g_clear_object (&self->catalog);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_registries_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, registries);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, results_pane);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, search);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, count);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, total);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, list);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, details_pane);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, details);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, results_back);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistriesPage, details_back);
  gtk_widget_class_bind_template_callback (widget_class, registry_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, layer_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
}

static void
strata_registries_page_class_init (StrataRegistriesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = strata_registries_page_constructed;
  object_class->dispose = strata_registries_page_dispose;
  object_class->get_property = strata_registries_page_get_property;
  object_class->set_property = strata_registries_page_set_property;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_REGISTRY_PANE);
  g_type_ensure (STRATA_TYPE_RESULTS_FILTER);
  g_type_ensure (STRATA_TYPE_RESULTS_LIST);
  g_type_ensure (STRATA_TYPE_PACK_DETAILS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-registries-page.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.add-to-profile", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "page.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "page.add-to-profile", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK,
                                       "registries.sync-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "registries.add", NULL);
}

static void
strata_registries_page_init (StrataRegistriesPage *self)
{
  self->add = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->front = GTK_WIDGET (self->registries);
  g_signal_connect_object (self->add, "notify::state", G_CALLBACK (add_state_cb), self,
                           G_CONNECT_SWAPPED);
  update_back (self);
}
