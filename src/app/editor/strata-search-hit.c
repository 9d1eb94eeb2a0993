/* strata-search-hit.c - a line in which something was found, as a list shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-search-hit"

#include "strata-search-hit.h"

#include <glib/gi18n.h>

struct _StrataSearchHit
{
  GObject  parent_instance;
  guint    position;
  guint    line;
  guint    column;
  char    *document;  /* (owned) */
  char    *place;     /* (owned) */
  char    *before;    /* (owned) */
  char    *after;     /* (owned) */
  gboolean replaces;
};

typedef enum
{
  PROP_PLACE = 1,
  PROP_BEFORE,
  PROP_AFTER,
  PROP_REPLACES,
} StrataSearchHitProperty;

static GParamSpec *properties[PROP_REPLACES + 1];

G_DEFINE_FINAL_TYPE (StrataSearchHit, strata_search_hit, G_TYPE_OBJECT)

static void
strata_search_hit_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StrataSearchHit *self = STRATA_SEARCH_HIT (object);

  switch ((StrataSearchHitProperty) prop_id)
    {
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;

    case PROP_BEFORE:
      g_value_set_string (value, self->before);
      break;

    case PROP_AFTER:
      g_value_set_string (value, self->after);
      break;

    case PROP_REPLACES:
      g_value_set_boolean (value, self->replaces);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_search_hit_finalize (GObject *object)
{
  StrataSearchHit *self = STRATA_SEARCH_HIT (object);

  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->after, g_free);

  G_OBJECT_CLASS (strata_search_hit_parent_class)->finalize (object);
}

static void
strata_search_hit_class_init (StrataSearchHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_search_hit_get_property;
  object_class->finalize = strata_search_hit_finalize;

  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  properties[PROP_BEFORE] = g_param_spec_string ("before", NULL, NULL, NULL, flags);
  properties[PROP_AFTER] = g_param_spec_string ("after", NULL, NULL, NULL, flags);
  properties[PROP_REPLACES] = g_param_spec_boolean ("replaces", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_search_hit_init (StrataSearchHit *self)
{
}

/* The indentation says nothing here; what is to be replaced has a sign before it, as changes have everywhere. */
static char *
make_line (const char *text,
           const char *sign)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));

  return g_strconcat (sign, copy, NULL);
}

/* @profile is what was searched. */
StrataSearchHit *
strata_search_hit_new (const StrataTextHit *hit,
                       StrataProfile       *profile)
{
  g_return_val_if_fail (hit != NULL && STRATA_IS_PROFILE (profile), NULL);

  StrataSearchHit *self = g_object_new (STRATA_TYPE_SEARCH_HIT, NULL);
  StrataLayer *layer = strata_profile_get_layer (profile, hit->position);

  self->position = hit->position;
  self->line = hit->line;
  self->column = hit->column;
  self->document = g_strdup (hit->document);
  self->replaces = hit->after != NULL;
  self->place = g_strdup_printf (_("%s · %s · line %u"), strata_layer_get_name (layer), hit->document, hit->line);
  self->before = make_line (hit->before, self->replaces ? "− " : "");
  self->after = make_line (self->replaces ? hit->after : "", "+ ");

  return self;
}

guint
strata_search_hit_get_position (StrataSearchHit *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH_HIT (self), 0);

  return self->position;
}

const char *
strata_search_hit_get_document (StrataSearchHit *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH_HIT (self), NULL);

  return self->document;
}

guint
strata_search_hit_get_line (StrataSearchHit *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH_HIT (self), 1);

  return self->line;
}

guint
strata_search_hit_get_column (StrataSearchHit *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH_HIT (self), 1);

  return self->column;
}
