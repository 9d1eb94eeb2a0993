/* strata-catalog-row.c - a pack or chart in the list of results
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-catalog-row"

#include "strata-catalog-row.h"

#include <glib/gi18n.h>

#include "strata-kind-swatch.h"
#include "strata-pack-summary.h"
#include "strata-template.h"

struct _StrataCatalogRow
{
  GtkWidget          parent_instance;
  StrataKindSwatch  *swatch;
  GtkLabel          *name;
  GtkImage          *kept;
  GtkLabel          *version;
  GtkLabel          *about;
  GtkLabel          *source;
  StrataPackSummary *item;  /* (owned) (nullable) */
};

typedef enum
{
  PROP_ITEM = 1,
} StrataCatalogRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

G_DEFINE_FINAL_TYPE (StrataCatalogRow, strata_catalog_row, GTK_TYPE_WIDGET)

/* The third line: "Public packs · 12 versions". */
static char *
describe_source (StrataPackSummary *item)
{
  guint n = strata_pack_summary_get_n_versions (item);
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u version", "%u versions", n), n);

  if (strata_pack_summary_get_gone_since (item) > 0)
    return g_strdup_printf (_("%s · no more there"), strata_pack_summary_get_registry_name (item));
  if (strata_pack_summary_get_deprecated (item))
    return g_strdup_printf (_("%s · deprecated · %s"),
                               strata_pack_summary_get_registry_name (item), count);

  return g_strdup_printf ("%s · %s", strata_pack_summary_get_registry_name (item), count);
}

/* The whole row as one accessible name. */
static char *
describe_row (StrataPackSummary *item)
{
  guint n = strata_pack_summary_get_n_versions (item);
  const char *kind =
    strata_pack_summary_get_kind (item) == STRATA_LAYER_KIND_PACK ? _("pack") : _("chart");

  if (strata_pack_summary_get_kept (item))
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s %s, %s, kept offline, from %s, %u version",
                   "%s %s, %s, kept offline, from %s, %u versions", n),
      strata_pack_summary_get_name (item), strata_pack_summary_get_version (item), kind,
      strata_pack_summary_get_registry_name (item), n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s %s, %s, from %s, %u version",
                                       "%s %s, %s, from %s, %u versions", n),
                          strata_pack_summary_get_name (item),
                          strata_pack_summary_get_version (item), kind,
                          strata_pack_summary_get_registry_name (item), n);
}

/* The list's own row is the parent: it is what a screen reader stops at. */
static void
name_row (StrataCatalogRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  if (row == NULL)
    return;

  g_autofree char *label = describe_row (self->item);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* What it is in one line: the description, or the long name where there is none. */
static void
show_item (StrataCatalogRow *self)
{
  const char *description = strata_pack_summary_get_description (self->item);
  g_autofree char *source = describe_source (self->item);

  strata_kind_swatch_set_kind (self->swatch, strata_pack_summary_get_kind (self->item));
  gtk_label_set_label (self->name, strata_pack_summary_get_name (self->item));
  gtk_label_set_label (self->version, strata_pack_summary_get_version (self->item));
  gtk_label_set_label (self->about, *description != '\0'
                                      ? description
                                      : strata_pack_summary_get_display_name (self->item));
  gtk_label_set_label (self->source, source);
  gtk_widget_set_visible (GTK_WIDGET (self->kept), strata_pack_summary_get_kept (self->item));
  name_row (self);
}

static void
strata_catalog_row_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch ((StrataCatalogRowProperty) id)
    {
    case PROP_ITEM:
      g_value_set_object (value, STRATA_CATALOG_ROW (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_catalog_row_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataCatalogRow *self = STRATA_CATALOG_ROW (object);

  switch ((StrataCatalogRowProperty) id)
    {
    case PROP_ITEM:
      if (g_set_object (&self->item, g_value_get_object (value)))
        {
          if (self->item != NULL)
            show_item (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_catalog_row_dispose (GObject *object)
{
  StrataCatalogRow *self = STRATA_CATALOG_ROW (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_CATALOG_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (strata_catalog_row_parent_class)->dispose (object);
}

static void
strata_catalog_row_class_init (StrataCatalogRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_catalog_row_dispose;
  object_class->get_property = strata_catalog_row_get_property;
  object_class->set_property = strata_catalog_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, STRATA_TYPE_PACK_SUMMARY,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_KIND_SWATCH);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-catalog-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataCatalogRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, StrataCatalogRow, name);
  gtk_widget_class_bind_template_child (widget_class, StrataCatalogRow, kept);
  gtk_widget_class_bind_template_child (widget_class, StrataCatalogRow, version);
  gtk_widget_class_bind_template_child (widget_class, StrataCatalogRow, about);
  gtk_widget_class_bind_template_child (widget_class, StrataCatalogRow, source);
}

static void
strata_catalog_row_init (StrataCatalogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
