/* strata-pack-details.c - one version of a pack or chart in full
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-details"

#include "strata-pack-details.h"

#include <glib/gi18n.h>

#include "strata-icon-image.h"
#include "strata-job.h"
#include "strata-keep-button.h"
#include "strata-kind-swatch.h"
#include "strata-layer-facts.h"
#include "strata-layer-work.h"
#include "strata-pack-about.h"
#include "strata-pack-trust.h"
#include "strata-readme-view.h"
#include "strata-remove-chart.h"
#include "strata-say.h"
#include "strata-source-text.h"
#include "strata-spinner.h"
#include "strata-template.h"
#include "strata-text-list.h"
#include "strata-values-window.h"
#include "strata-version-choice.h"

struct _StrataPackDetails
{
  GtkWidget           parent_instance;
  GtkStack           *stack;
  StrataKindSwatch   *swatch;
  StrataIconImage    *icon;
  GtkLabel           *title;
  GtkDropDown        *versions;
  GtkLabel           *latest;
  StrataRemoveChart  *remove;
  StrataKeepButton   *keep;
  StrataPackTrust    *trust;
  GtkToggleButton    *readme_tab;
  GtkToggleButton    *values_tab;
  GtkToggleButton    *schema_tab;
  GtkToggleButton    *images_tab;
  GtkToggleButton    *needs_tab;
  GtkToggleButton    *about_tab;
  GtkStack           *pages;
  StrataReadmeView   *readme;
  StrataSourceText   *values;
  StrataSourceText   *schema;
  GtkStringList      *images;
  GtkStringList      *needs;
  StrataPackAbout    *about;
  AdwStatusPage      *empty_page;
  AdwStatusPage      *error_page;

  StrataJob           *job;       /* (owned) */
  StrataVersionChoice *choice;    /* (owned) */
  GListModel          *registries;  /* (owned) (nullable): all there are */
  StrataRegistry      *registry;  /* (owned) (nullable) */
  StrataShelf         *shelf;     /* (owned) (nullable) */
  StrataLayer         *layer;     /* (owned) (nullable) */
  StrataPack          *pack;      /* (owned) (nullable) */
  gboolean            showing;
};

typedef enum
{
  PROP_LAYER = 1,
} StrataPackDetailsProperty;

static GParamSpec *properties[PROP_LAYER + 1];

G_DEFINE_FINAL_TYPE (StrataPackDetails, strata_pack_details, GTK_TYPE_WIDGET)

static void
set_layer (StrataPackDetails *self,
           StrataLayer       *layer)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "details.compare",
                                 layer != NULL && strata_version_choice_get_n (self->choice) > 1);
  if (g_set_object (&self->layer, layer))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYER]);
}

static void
show_empty (StrataPackDetails *self,
            const char        *title)
{
  adw_status_page_set_title (self->empty_page, title);
  gtk_stack_set_visible_child_name (self->pages, "empty");
}

static void
show_text (StrataPackDetails *self,
           StrataPackField    field,
           const char        *page,
           const char        *nothing)
{
  const char *text = strata_pack_get (self->pack, field);

  if (*text == '\0')
    show_empty (self, nothing);
  else
    gtk_stack_set_visible_child_name (self->pages, page);
}

static void
show_list (StrataPackDetails *self,
           GtkStringList     *list,
           const char        *page,
           const char        *nothing)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    show_empty (self, nothing);
  else
    gtk_stack_set_visible_child_name (self->pages, page);
}

static void
show_page (StrataPackDetails *self)
{
  if (self->layer == NULL)
    return;

  if (gtk_toggle_button_get_active (self->values_tab))
    show_text (self, STRATA_PACK_VALUES, "values", _("No Values"));
  else if (gtk_toggle_button_get_active (self->schema_tab))
    show_text (self, STRATA_PACK_SCHEMA, "schema", _("No Schema"));
  else if (gtk_toggle_button_get_active (self->images_tab))
    show_list (self, self->images, "images",
               strata_layer_facts_has_chart (self->layer) ? _("Images Are Not Known")
                                                          : _("No Images"));
  else if (gtk_toggle_button_get_active (self->needs_tab))
    show_list (self, self->needs, "needs", _("Needs Nothing Else"));
  else if (gtk_toggle_button_get_active (self->about_tab))
    gtk_stack_set_visible_child_name (self->pages, "about");
  else if (*strata_pack_get (self->pack, STRATA_PACK_README) == '\0')
    show_empty (self, _("No README"));
  else
    gtk_stack_set_visible_child_name (self->pages, "readme");
}

static void
tab_cb (StrataPackDetails *self)
{
  show_page (self);
}

static void
label_tab (GtkToggleButton *tab,
           const char      *title,
           guint            count)
{
  g_autofree char *text = g_strdup_printf ("%s  %u", title, count);

  gtk_button_set_label (GTK_BUTTON (tab), text);
}

/* Those that the texts name, and those that the registry says it needs: a chart's templates may hide some. */
static void
show_images (StrataPackDetails  *self,
             StrataLayerOutcome *outcome)
{
  const StrataIndexEntry *entry = strata_pack_about_get_entry (self->about);
  g_autoptr(GPtrArray) said = entry != NULL ? strata_index_entry_list_images (entry) : NULL;
  g_autoptr(GPtrArray) all = g_ptr_array_copy (outcome->images, NULL, NULL);
  guint n_known = g_list_model_get_n_items (G_LIST_MODEL (self->images));

  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; said != NULL && i < said->len; i++)
    if (!g_ptr_array_find_with_equal_func (all, said->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (all, said->pdata[i]);

  gtk_string_list_splice (self->images, 0, n_known, NULL);
  for (guint i = 0; i < all->len; i++)
    gtk_string_list_append (self->images, all->pdata[i]);

  if (all->len == 0 && strata_layer_facts_has_chart (outcome->layer))
    gtk_button_set_label (GTK_BUTTON (self->images_tab), _("Images"));
  else
    label_tab (self->images_tab, _("Images"), all->len);
}

static char *
describe_need (StrataDependency *need)
{
  GString *text = g_string_new (need->name);

  if (*need->version != '\0')
    g_string_append_printf (text, " %s", need->version);
  if (*need->repository != '\0')
    g_string_append_printf (text, " · %s", need->repository);
  if (need->optional)
    g_string_append_printf (text, " · %s", _("optional"));

  return g_string_free (text, FALSE);
}

static void
fill_needs (StrataPackDetails *self)
{
  GPtrArray *needs = strata_pack_get_dependencies (self->pack);

  gtk_string_list_splice (self->needs, 0, g_list_model_get_n_items (G_LIST_MODEL (self->needs)),
                          NULL);
  for (guint i = 0; i < needs->len; i++)
    {
      g_autofree char *text = describe_need (g_ptr_array_index (needs, i));

      gtk_string_list_append (self->needs, text);
    }
}

static void
show_trust (StrataPackDetails *self)
{
  StrataLayerOutcome *outcome =
    strata_job_get_state (self->job) == STRATA_JOB_DONE ? strata_job_get_result (self->job) : NULL;

  if (outcome == NULL)
    return;

  show_images (self, outcome);
  strata_pack_trust_show (self->trust, self->registry, outcome, self->about);
}

static void
about_cb (StrataPackDetails *self)
{
  const StrataIndexEntry *entry = strata_pack_about_get_entry (self->about);

  strata_icon_image_show (self->icon, self->shelf, self->registry, entry != NULL ? entry->icon : NULL);
  show_trust (self);
}

static const char *
get_schema_language (StrataPack *pack)
{
  return strata_pack_get_kind (pack) == STRATA_LAYER_KIND_PACK ? "yaml" : "json";
}

static void
show_outcome (StrataPackDetails  *self,
              StrataLayerOutcome *outcome)
{
  g_set_object (&self->pack, outcome->pack);
  strata_readme_view_set_text (self->readme, strata_pack_get (self->pack, STRATA_PACK_README));
  strata_source_text_set_text (self->values, strata_pack_get (self->pack, STRATA_PACK_VALUES),
                               "yaml");
  strata_source_text_set_text (self->schema, strata_pack_get (self->pack, STRATA_PACK_SCHEMA),
                               get_schema_language (self->pack));
  fill_needs (self);
  label_tab (self->needs_tab, _("Needs"), strata_pack_get_dependencies (self->pack)->len);
  show_trust (self);
  set_layer (self, outcome->layer);
  show_page (self);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
job_state_cb (StrataPackDetails *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    show_outcome (self, strata_job_get_result (self->job));
  if (state != STRATA_JOB_FAILED)
    return;

  g_autofree char *escaped = g_markup_escape_text (strata_job_get_error (self->job)->message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
show_latest (StrataPackDetails *self)
{
  guint n = strata_version_choice_get_n (self->choice);
  StrataPackSummary *latest = strata_version_choice_get_latest (self->choice);
  gboolean is_latest =
    gtk_drop_down_get_selected (self->versions) == strata_version_choice_find_latest (self->choice);
  g_autofree char *text =
    is_latest ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the only one", "latest of %u", n), n)
              : g_strdup_printf (_("the latest of %u is %s"), n, strata_pack_summary_get_version (latest));

  gtk_label_set_label (self->latest, text);
}

static void
fetch (StrataPackDetails *self)
{
  StrataPackSummary *version =
    strata_version_choice_get (self->choice, gtk_drop_down_get_selected (self->versions));

  set_layer (self, NULL);
  strata_icon_image_clear (self->icon);
  show_latest (self);
  strata_remove_chart_show (self->remove, self->registries, version);
  strata_keep_button_show (self->keep, self->registries, self->registry, self->shelf, version);
  strata_pack_about_show (self->about, self->registry, strata_shelf_get_index (self->shelf), version);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  strata_job_run (self->job, strata_layer_work_run, strata_layer_work_new_fetch (self->registry, version),
                  (GDestroyNotify) strata_layer_work_free,
                  (GDestroyNotify) strata_layer_outcome_free);
}

static void
fill_versions (StrataPackDetails *self)
{
  g_autoptr(GtkStringList) names = strata_version_choice_make_names (self->choice);
  StrataPackSummary *latest = strata_version_choice_get_latest (self->choice);
  g_autofree char *label = g_strdup_printf (_("Version, %s of %u"), strata_pack_summary_get_version (latest),
                                            strata_version_choice_get_n (self->choice));

  self->showing = TRUE;
  gtk_drop_down_set_model (self->versions, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->versions, strata_version_choice_find_latest (self->choice));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->versions), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  self->showing = FALSE;
}

/* The latest is being fetched, or was, when the others are known. */
static void
choice_cb (StrataPackDetails *self)
{
  fill_versions (self);
  show_latest (self);
  set_layer (self, self->layer);
}

static void
version_cb (StrataPackDetails *self)
{
  if (!self->showing && self->registry != NULL &&
      gtk_drop_down_get_selected (self->versions) != GTK_INVALID_LIST_POSITION)
    fetch (self);
}

static void
keep_failed_cb (StrataPackDetails *self,
                const char        *reason)
{
  strata_say (GTK_WIDGET (self), reason);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  StrataPackDetails *self = STRATA_PACK_DETAILS (widget);

  if (self->registry != NULL)
    fetch (self);
}

static void
compare_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  StrataPackDetails *self = STRATA_PACK_DETAILS (widget);
  GtkWindow *root = GTK_WINDOW (gtk_widget_get_root (widget));

  if (self->layer == NULL)
    return;

  gtk_window_present (GTK_WINDOW (strata_values_window_new (
    root, self->registry, self->choice, gtk_drop_down_get_selected (self->versions), self->pack)));
}

static void
strata_pack_details_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((StrataPackDetailsProperty) id)
    {
    case PROP_LAYER:
      g_value_set_object (value, STRATA_PACK_DETAILS (object)->layer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_pack_details_dispose (GObject *object)
{
  StrataPackDetails *self = STRATA_PACK_DETAILS (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->choice);
  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_PACK_DETAILS);
  g_clear_object (&self->registries);
  g_clear_object (&self->registry);
  g_clear_object (&self->shelf);
  g_clear_object (&self->layer);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (strata_pack_details_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, swatch);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, title);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, versions);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, latest);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, remove);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, keep);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, trust);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, about_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, about);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, readme_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, values_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, schema_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, images_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, needs_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, readme);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, values);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, schema);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, images);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, needs);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, empty_page);
  gtk_widget_class_bind_template_child (widget_class, StrataPackDetails, error_page);
  gtk_widget_class_bind_template_callback (widget_class, version_cb);
  gtk_widget_class_bind_template_callback (widget_class, tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, about_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_failed_cb);
}

static void
strata_pack_details_class_init (StrataPackDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_pack_details_dispose;
  object_class->get_property = strata_pack_details_get_property;

  properties[PROP_LAYER] =
    g_param_spec_object ("layer", NULL, NULL, STRATA_TYPE_LAYER,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_ICON_IMAGE);
  g_type_ensure (STRATA_TYPE_KEEP_BUTTON);
  g_type_ensure (STRATA_TYPE_KIND_SWATCH);
  g_type_ensure (STRATA_TYPE_PACK_ABOUT);
  g_type_ensure (STRATA_TYPE_PACK_TRUST);
  g_type_ensure (STRATA_TYPE_README_VIEW);
  g_type_ensure (STRATA_TYPE_REMOVE_CHART);
  g_type_ensure (STRATA_TYPE_SOURCE_TEXT);
  g_type_ensure (STRATA_TYPE_SPINNER);
  g_type_ensure (STRATA_TYPE_TEXT_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-pack-details.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "details.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "details.compare", NULL, compare_cb);
}

static void
strata_pack_details_init (StrataPackDetails *self)
{
  self->job = strata_job_new ();
  self->choice = strata_version_choice_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_source_text_set_label (self->values, _("Values"));
  strata_source_text_set_label (self->schema, _("Schema"));
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "loaded", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
}

static void
clear (StrataPackDetails *self)
{
  strata_job_cancel (self->job);
  strata_icon_image_clear (self->icon);
  strata_version_choice_clear (self->choice);
  g_clear_object (&self->registry);
  g_clear_object (&self->pack);
  set_layer (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

/* Shows the latest version of what @item is of, which @catalog has; nothing when it is NULL. What is downloaded for it
 * goes on @shelf.
 */
void
strata_pack_details_show (StrataPackDetails *self,
                          StrataCatalog     *catalog,
                          StrataShelf       *shelf,
                          StrataPackSummary *item)
{
  g_return_if_fail (STRATA_IS_PACK_DETAILS (self) && STRATA_IS_CATALOG (catalog));

  g_autoptr(StrataRegistry) registry =
    item != NULL ? strata_catalog_find_registry (catalog, strata_pack_summary_get_registry_id (item)) : NULL;

  clear (self);
  if (registry == NULL)
    return;

  self->registry = g_steal_pointer (&registry);
  g_set_object (&self->registries, strata_catalog_get_registries (catalog));
  g_set_object (&self->shelf, shelf);
  gtk_label_set_label (self->title, strata_pack_summary_get_name (item));
  strata_kind_swatch_set_kind (self->swatch, strata_pack_summary_get_kind (item));
  strata_version_choice_load (self->choice, strata_catalog_get_index (catalog), item);
  fill_versions (self);
  fetch (self);
}

/* Returns: (transfer none) (nullable): what adding it would add */
StrataLayer *
strata_pack_details_get_layer (StrataPackDetails *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_DETAILS (self), NULL);

  return self->layer;
}
