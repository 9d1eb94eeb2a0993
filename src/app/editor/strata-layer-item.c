/* strata-layer-item.c - one row of the stack: a layer, or a manifest of the chosen one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-item"

#include "strata-layer-item.h"

#include <glib/gi18n.h>

struct _StrataLayerItem
{
  GObject          parent_instance;
  char            *name;      /* (owned): of the layer */
  char            *manifest;  /* (owned) (nullable): NULL for the layer itself */
  char            *detail;    /* (owned) (nullable) */
  StrataLayerKind  kind;
  guint            position;
  guint            n_problems;
};

typedef enum
{
  PROP_NAME = 1,
  PROP_MANIFEST,
  PROP_DETAIL,
  PROP_KIND,
  PROP_N_PROBLEMS,
} StrataLayerItemProperty;

static GParamSpec *properties[PROP_N_PROBLEMS + 1];

G_DEFINE_FINAL_TYPE (StrataLayerItem, strata_layer_item, G_TYPE_OBJECT)

static void
strata_layer_item_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StrataLayerItem *self = STRATA_LAYER_ITEM (object);

  switch ((StrataLayerItemProperty) prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_MANIFEST:
      g_value_set_string (value, self->manifest);
      break;

    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;

    case PROP_KIND:
      g_value_set_int (value, (int) self->kind);
      break;

    case PROP_N_PROBLEMS:
      g_value_set_uint (value, self->n_problems);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_layer_item_finalize (GObject *object)
{
  StrataLayerItem *self = STRATA_LAYER_ITEM (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->manifest, g_free);
  g_clear_pointer (&self->detail, g_free);

  G_OBJECT_CLASS (strata_layer_item_parent_class)->finalize (object);
}

static void
strata_layer_item_class_init (StrataLayerItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_layer_item_get_property;
  object_class->finalize = strata_layer_item_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_MANIFEST] = g_param_spec_string ("manifest", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_KIND] =
    g_param_spec_int ("kind", NULL, NULL, STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_MANIFEST,
                      STRATA_LAYER_KIND_PACK, flags);
  properties[PROP_N_PROBLEMS] =
    g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_layer_item_init (StrataLayerItem *self)
{
}

StrataLayerItem *
strata_layer_item_new (guint            position,
                       const char      *name,
                       const char      *manifest,
                       StrataLayerKind  kind)
{
  g_return_val_if_fail (name != NULL, NULL);

  StrataLayerItem *self = g_object_new (STRATA_TYPE_LAYER_ITEM, NULL);

  self->position = position;
  self->name = g_strdup (name);
  self->manifest = g_strdup (manifest);
  self->kind = kind;

  return self;
}

/* Of the layer in the profile, from the bottom. */
guint
strata_layer_item_get_position (StrataLayerItem *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ITEM (self), 0);

  return self->position;
}

const char *
strata_layer_item_get_name (StrataLayerItem *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ITEM (self), NULL);

  return self->name;
}

const char *
strata_layer_item_get_manifest (StrataLayerItem *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ITEM (self), NULL);

  return self->manifest;
}

const char *
strata_layer_item_get_detail (StrataLayerItem *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ITEM (self), NULL);

  return self->detail;
}

/* Whether both are the same row, whatever its second line and its problems are. */
gboolean
strata_layer_item_is_same (StrataLayerItem *self,
                           StrataLayerItem *other)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ITEM (self) && STRATA_IS_LAYER_ITEM (other), FALSE);

  return self->position == other->position && self->kind == other->kind &&
         g_str_equal (self->name, other->name) && g_strcmp0 (self->manifest, other->manifest) == 0;
}

void
strata_layer_item_set_detail (StrataLayerItem *self,
                              const char      *detail)
{
  g_return_if_fail (STRATA_IS_LAYER_ITEM (self));

  if (g_strcmp0 (self->detail, detail) == 0)
    return;

  g_free (self->detail);
  self->detail = g_strdup (detail);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
}

void
strata_layer_item_set_n_problems (StrataLayerItem *self,
                                  guint            n_problems)
{
  g_return_if_fail (STRATA_IS_LAYER_ITEM (self));

  if (self->n_problems == n_problems)
    return;

  self->n_problems = n_problems;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PROBLEMS]);
}

/* The row as it is read out: "ingress-nginx, Chart 4.11.3 · order 30, 2 problems". */
char *
strata_layer_item_describe (StrataLayerItem *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ITEM (self), NULL);

  if (self->manifest != NULL)
    /* Translators: a manifest, then the layer it belongs to */
    return g_strdup_printf (_("%s, manifest of %s"), self->manifest, self->name);

  if (self->n_problems == 0)
    return g_strdup_printf ("%s, %s", self->name, self->detail != NULL ? self->detail : "");

  return g_strdup_printf (ngettext ("%s, %s, %u problem", "%s, %s, %u problems", self->n_problems),
                          self->name, self->detail != NULL ? self->detail : "", self->n_problems);
}
