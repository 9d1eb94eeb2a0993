/* strata-pack-summary.c - one version of a pack or chart as a list shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-summary"

#include "strata-pack-summary.h"

#include "strata-version.h"

typedef enum
{
  PROP_NAME = 1,
  PROP_DISPLAY_NAME,
  PROP_VERSION,
  PROP_DESCRIPTION,
  PROP_REGISTRY_ID,
  PROP_REGISTRY_NAME,
  PROP_LOCATION,
} StrataPackSummaryProperty;

#define N_PROPERTIES (PROP_LOCATION + 1)

struct _StrataPackSummary
{
  GObject          parent_instance;
  StrataLayerKind  kind;
  char            *texts[N_PROPERTIES];  /* (owned) (not nullable), by property; the first is not used */
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (StrataPackSummary, strata_pack_summary, G_TYPE_OBJECT)

static void
strata_pack_summary_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  g_assert (id > 0 && id < N_PROPERTIES);

  g_value_set_string (value, STRATA_PACK_SUMMARY (object)->texts[id]);
}

static void
strata_pack_summary_finalize (GObject *object)
{
  StrataPackSummary *self = STRATA_PACK_SUMMARY (object);

  for (guint i = 0; i < N_PROPERTIES; i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (strata_pack_summary_parent_class)->finalize (object);
}

static void
strata_pack_summary_class_init (StrataPackSummaryClass *klass)
{
  const char *const names[N_PROPERTIES] = {
    [PROP_NAME] = "name",
    [PROP_DISPLAY_NAME] = "display-name",
    [PROP_VERSION] = "version",
    [PROP_DESCRIPTION] = "description",
    [PROP_REGISTRY_ID] = "registry-id",
    [PROP_REGISTRY_NAME] = "registry-name",
    [PROP_LOCATION] = "location",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = strata_pack_summary_get_property;
  object_class->finalize = strata_pack_summary_finalize;

  for (guint i = PROP_NAME; i < N_PROPERTIES; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, "",
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
strata_pack_summary_init (StrataPackSummary *self)
{
}

/**
 * strata_pack_summary_new:
 * @kind: whether it is a pack or a chart
 * @name: what it is called
 * @display_name: what a person reads
 * @version: which version
 * @description: one sentence, or ""
 * @registry_id: the registry it is in
 * @registry_name: what that registry is called
 * @location: where in the registry it is: for folders and files a path in the encoding of file names
 *
 * Returns: (transfer full): the summary
 */
StrataPackSummary *
strata_pack_summary_new (StrataLayerKind  kind,
                         const char      *name,
                         const char      *display_name,
                         const char      *version,
                         const char      *description,
                         const char      *registry_id,
                         const char      *registry_name,
                         const char      *location)
{
  const char *const texts[N_PROPERTIES] = {
    [PROP_NAME] = name,
    [PROP_DISPLAY_NAME] = display_name,
    [PROP_VERSION] = version,
    [PROP_DESCRIPTION] = description,
    [PROP_REGISTRY_ID] = registry_id,
    [PROP_REGISTRY_NAME] = registry_name,
    [PROP_LOCATION] = location,
  };
  StrataPackSummary *self = g_object_new (STRATA_TYPE_PACK_SUMMARY, NULL);

  self->kind = kind;
  for (guint i = PROP_NAME; i < N_PROPERTIES; i++)
    self->texts[i] = g_strdup (texts[i] != NULL ? texts[i] : "");

  return self;
}

/**
 * strata_pack_summary_new_for:
 * @pack: a pack or chart
 * @registry_id: the registry it is in
 * @registry_name: what that registry is called
 * @location: where in the registry it is
 *
 * Returns: (transfer full): what a list shows of @pack
 */
StrataPackSummary *
strata_pack_summary_new_for (StrataPack *pack,
                             const char *registry_id,
                             const char *registry_name,
                             const char *location)
{
  return strata_pack_summary_new (strata_pack_get_kind (pack),
                                  strata_pack_get (pack, STRATA_PACK_NAME),
                                  strata_pack_get (pack, STRATA_PACK_DISPLAY_NAME),
                                  strata_pack_get (pack, STRATA_PACK_VERSION),
                                  strata_pack_get (pack, STRATA_PACK_DESCRIPTION),
                                  registry_id,
                                  registry_name,
                                  location);
}

/**
 * strata_pack_summary_get_kind:
 * @self: a summary
 *
 * Returns: whether it is a pack or a chart
 */
StrataLayerKind
strata_pack_summary_get_kind (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), STRATA_LAYER_KIND_PACK);

  return self->kind;
}

/**
 * strata_pack_summary_get_name:
 * @self: a summary
 *
 * Returns: (not nullable): what it is called
 */
const char *
strata_pack_summary_get_name (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_NAME];
}

/**
 * strata_pack_summary_get_display_name:
 * @self: a summary
 *
 * Returns: (not nullable): what a person reads
 */
const char *
strata_pack_summary_get_display_name (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_DISPLAY_NAME];
}

/**
 * strata_pack_summary_get_version:
 * @self: a summary
 *
 * Returns: (not nullable): which version
 */
const char *
strata_pack_summary_get_version (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_VERSION];
}

/**
 * strata_pack_summary_get_description:
 * @self: a summary
 *
 * Returns: (not nullable): one sentence, or ""
 */
const char *
strata_pack_summary_get_description (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_DESCRIPTION];
}

/**
 * strata_pack_summary_get_registry_id:
 * @self: a summary
 *
 * Returns: (not nullable): the registry it is in
 */
const char *
strata_pack_summary_get_registry_id (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_REGISTRY_ID];
}

/**
 * strata_pack_summary_get_registry_name:
 * @self: a summary
 *
 * Returns: (not nullable): what that registry is called
 */
const char *
strata_pack_summary_get_registry_name (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_REGISTRY_NAME];
}

/**
 * strata_pack_summary_get_location:
 * @self: a summary
 *
 * Returns: (not nullable): where in the registry it is
 */
const char *
strata_pack_summary_get_location (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), "");

  return self->texts[PROP_LOCATION];
}

/**
 * strata_pack_summary_compare:
 * @a: a summary
 * @b: another
 *
 * Orders by name, and the newest version of a name first.
 *
 * Returns: less than, equal to or greater than 0
 */
int
strata_pack_summary_compare (StrataPackSummary *a,
                             StrataPackSummary *b)
{
  int by_name = g_utf8_collate (a->texts[PROP_NAME], b->texts[PROP_NAME]);

  if (by_name != 0)
    return by_name;

  return strata_version_compare_text (b->texts[PROP_VERSION], a->texts[PROP_VERSION]);
}
