/* strata-catalog-item.c - one pack or chart of one registry, with every version of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-catalog-item"

#include "strata-catalog-item.h"

#include <glib/gi18n.h>

#include "strata-version.h"

struct _StrataCatalogItem
{
  GObject    parent_instance;
  GPtrArray *versions;  /* (owned) (element-type StrataPackSummary): newest first, at least one */
  char      *name_key;  /* (owned): the name, folded for sorting */
};

typedef enum
{
  PROP_KIND = 1,
  PROP_NAME,
  PROP_VERSION,
  PROP_ABOUT,
  PROP_SOURCE,
} StrataCatalogItemProperty;

static GParamSpec *properties[PROP_SOURCE + 1];

G_DEFINE_FINAL_TYPE (StrataCatalogItem, strata_catalog_item, G_TYPE_OBJECT)

static StrataPackSummary *
newest (StrataCatalogItem *self)
{
  return g_ptr_array_index (self->versions, 0);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  StrataPackSummary *one = *(StrataPackSummary *const *) a;
  StrataPackSummary *two = *(StrataPackSummary *const *) b;

  return strata_version_compare_text (strata_pack_summary_get_version (two),
                                      strata_pack_summary_get_version (one));
}

static void
strata_catalog_item_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  StrataCatalogItem *self = STRATA_CATALOG_ITEM (object);

  switch ((StrataCatalogItemProperty) id)
    {
    case PROP_KIND:
      g_value_set_int (value, (int) strata_catalog_item_get_kind (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, strata_catalog_item_get_name (self));
      break;
    case PROP_VERSION:
      g_value_set_string (value, strata_catalog_item_get_version (self));
      break;
    case PROP_ABOUT:
      g_value_set_string (value, strata_catalog_item_get_about (self));
      break;
    case PROP_SOURCE:
      g_value_take_string (value, strata_catalog_item_dup_source (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_catalog_item_finalize (GObject *object)
{
  StrataCatalogItem *self = STRATA_CATALOG_ITEM (object);

  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_clear_pointer (&self->name_key, g_free);

  G_OBJECT_CLASS (strata_catalog_item_parent_class)->finalize (object);
}

static void
strata_catalog_item_class_init (StrataCatalogItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = strata_catalog_item_finalize;
  object_class->get_property = strata_catalog_item_get_property;

  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_VERSION] = g_param_spec_string ("version", NULL, NULL, NULL, flags);
  properties[PROP_ABOUT] = g_param_spec_string ("about", NULL, NULL, NULL, flags);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_catalog_item_init (StrataCatalogItem *self)
{
}

/**
 * strata_catalog_item_new:
 * @versions: (element-type StrataPackSummary): versions of one name in one registry, at least one, in any order
 *
 * Groups the versions of a name, newest first.
 *
 * Returns: (transfer full): the item
 */
StrataCatalogItem *
strata_catalog_item_new (GPtrArray *versions)
{
  g_return_val_if_fail (versions != NULL && versions->len > 0, NULL);

  StrataCatalogItem *self = g_object_new (STRATA_TYPE_CATALOG_ITEM, NULL);

  self->versions = g_ptr_array_copy (versions, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_set_free_func (self->versions, g_object_unref);
  g_ptr_array_sort (self->versions, compare_newest_first);
  self->name_key = g_utf8_casefold (strata_pack_summary_get_name (newest (self)), -1);

  return self;
}

StrataLayerKind
strata_catalog_item_get_kind (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), STRATA_LAYER_KIND_PACK);

  return strata_pack_summary_get_kind (newest (self));
}

const char *
strata_catalog_item_get_name (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  return strata_pack_summary_get_name (newest (self));
}

const char *
strata_catalog_item_get_version (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  return strata_pack_summary_get_version (newest (self));
}

/* What it is in one line: the description, or the long name where there is none. */
const char *
strata_catalog_item_get_about (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  const char *description = strata_pack_summary_get_description (newest (self));

  return *description != '\0' ? description : strata_pack_summary_get_display_name (newest (self));
}

const char *
strata_catalog_item_get_registry_id (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  return strata_pack_summary_get_registry_id (newest (self));
}

const char *
strata_catalog_item_get_registry_name (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  return strata_pack_summary_get_registry_name (newest (self));
}

const char *
strata_catalog_item_get_name_key (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  return self->name_key;
}

guint
strata_catalog_item_get_n_versions (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), 0);

  return self->versions->len;
}

/**
 * strata_catalog_item_get_summary:
 * @self: an item
 * @position: 0 is the newest version
 *
 * Returns: (transfer none): the version at @position
 */
StrataPackSummary *
strata_catalog_item_get_summary (StrataCatalogItem *self,
                                 guint              position)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self) && position < self->versions->len, NULL);

  return g_ptr_array_index (self->versions, position);
}

/* The third line of a row: "Public packs · 12 versions". */
char *
strata_catalog_item_dup_source (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  g_autofree char *count = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u version", "%u versions", self->versions->len),
    self->versions->len);

  return g_strdup_printf ("%s · %s", strata_catalog_item_get_registry_name (self), count);
}

/* The whole row as one accessible name. */
char *
strata_catalog_item_dup_label (StrataCatalogItem *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self), NULL);

  const char *kind =
    strata_catalog_item_get_kind (self) == STRATA_LAYER_KIND_PACK ? _("pack") : _("chart");

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s %s, %s, from %s, %u version",
                                       "%s %s, %s, from %s, %u versions", self->versions->len),
                          strata_catalog_item_get_name (self),
                          strata_catalog_item_get_version (self), kind,
                          strata_catalog_item_get_registry_name (self), self->versions->len);
}

/* Whether both are the same thing of the same registry, whatever versions were seen of it. */
gboolean
strata_catalog_item_same_name (StrataCatalogItem *self,
                               StrataCatalogItem *other)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_ITEM (self) && STRATA_IS_CATALOG_ITEM (other), FALSE);

  return strata_catalog_item_get_kind (self) == strata_catalog_item_get_kind (other) &&
         g_str_equal (strata_catalog_item_get_name (self), strata_catalog_item_get_name (other)) &&
         g_str_equal (strata_catalog_item_get_registry_id (self),
                      strata_catalog_item_get_registry_id (other));
}
