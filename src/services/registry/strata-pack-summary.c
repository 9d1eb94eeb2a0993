/* strata-pack-summary.c - one version of a pack or chart as a list shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-summary"

#include "strata-pack-summary.h"

#include "strata-texts.h"
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
  PROP_APP_VERSION,
  PROP_TYPE,
  PROP_DEPRECATED,
  PROP_PRERELEASE,
  PROP_GONE_SINCE,
  PROP_SIGNED,
  PROP_KEPT,
  PROP_N_VERSIONS,
} StrataPackSummaryProperty;

#define N_TEXTS (PROP_TYPE + 1)

struct _StrataPackSummary
{
  GObject            parent_instance;
  StrataLayerKind    kind;
  char              *texts[N_TEXTS];  /* (owned) (not nullable), by property; the first is not used */
  gboolean           deprecated;
  gboolean           prerelease;
  gint64             gone_since;      /* seconds since 1970, 0 while it is there */
  StrataIndexAnswer  is_signed;
  gboolean           kept;
  guint              n_versions;
};

static GParamSpec *properties[PROP_N_VERSIONS + 1];

G_DEFINE_FINAL_TYPE (StrataPackSummary, strata_pack_summary, G_TYPE_OBJECT)

static void
strata_pack_summary_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  StrataPackSummary *self = STRATA_PACK_SUMMARY (object);

  switch ((StrataPackSummaryProperty) id)
    {
    case PROP_NAME:
    case PROP_DISPLAY_NAME:
    case PROP_VERSION:
    case PROP_DESCRIPTION:
    case PROP_REGISTRY_ID:
    case PROP_REGISTRY_NAME:
    case PROP_LOCATION:
    case PROP_APP_VERSION:
    case PROP_TYPE:
      g_value_set_string (value, self->texts[id]);
      break;
    case PROP_DEPRECATED:
      g_value_set_boolean (value, self->deprecated);
      break;
    case PROP_PRERELEASE:
      g_value_set_boolean (value, self->prerelease);
      break;
    case PROP_GONE_SINCE:
      g_value_set_int64 (value, self->gone_since);
      break;
    case PROP_SIGNED:
      g_value_set_int (value, (int) self->is_signed);
      break;
    case PROP_KEPT:
      g_value_set_boolean (value, self->kept);
      break;
    case PROP_N_VERSIONS:
      g_value_set_uint (value, self->n_versions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_pack_summary_finalize (GObject *object)
{
  StrataPackSummary *self = STRATA_PACK_SUMMARY (object);

  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (strata_pack_summary_parent_class)->finalize (object);
}

static void
strata_pack_summary_class_init (StrataPackSummaryClass *klass)
{
  const char *const names[N_TEXTS] = {
    [PROP_NAME] = "name",
    [PROP_DISPLAY_NAME] = "display-name",
    [PROP_VERSION] = "version",
    [PROP_DESCRIPTION] = "description",
    [PROP_REGISTRY_ID] = "registry-id",
    [PROP_REGISTRY_NAME] = "registry-name",
    [PROP_LOCATION] = "location",
    [PROP_APP_VERSION] = "app-version",
    [PROP_TYPE] = "type",
  };
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = strata_pack_summary_get_property;
  object_class->finalize = strata_pack_summary_finalize;

  for (guint i = PROP_NAME; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, "", flags);
  properties[PROP_DEPRECATED] = g_param_spec_boolean ("deprecated", NULL, NULL, FALSE, flags);
  properties[PROP_PRERELEASE] = g_param_spec_boolean ("prerelease", NULL, NULL, FALSE, flags);
  properties[PROP_GONE_SINCE] =
    g_param_spec_int64 ("gone-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SIGNED] = g_param_spec_int ("signed", NULL, NULL, STRATA_INDEX_UNKNOWN,
                                              STRATA_INDEX_YES, STRATA_INDEX_UNKNOWN, flags);
  properties[PROP_KEPT] = g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags);
  properties[PROP_N_VERSIONS] =
    g_param_spec_uint ("n-versions", NULL, NULL, 0, G_MAXUINT, 1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
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
  const char *const texts[N_TEXTS] = {
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
  self->n_versions = 1;
  for (guint i = PROP_NAME; i < N_TEXTS; i++)
    self->texts[i] = g_strdup (texts[i] != NULL ? texts[i] : "");

  return self;
}

static void
set_text (StrataPackSummary         *self,
          StrataPackSummaryProperty  which,
          const char                *text)
{
  g_free (self->texts[which]);
  self->texts[which] = g_strdup (text != NULL ? text : "");
}

static gboolean
is_prerelease (const char *version)
{
  g_autoptr(GString) key = g_string_new (NULL);

  return !strata_version_append_key (version, key);
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
  gboolean is_pack = strata_pack_get_kind (pack) == STRATA_LAYER_KIND_PACK;
  StrataPackSummary *self = strata_pack_summary_new (
    strata_pack_get_kind (pack), strata_pack_get (pack, STRATA_PACK_NAME),
    strata_pack_get (pack, STRATA_PACK_DISPLAY_NAME), strata_pack_get (pack, STRATA_PACK_VERSION),
    strata_pack_get (pack, STRATA_PACK_DESCRIPTION), registry_id, registry_name, location);

  set_text (self, PROP_APP_VERSION, strata_pack_get (pack, STRATA_PACK_APP_VERSION));
  set_text (self, PROP_TYPE,
            strata_pack_get (pack, is_pack ? STRATA_PACK_LAYER : STRATA_PACK_TYPE));
  self->prerelease = is_prerelease (self->texts[PROP_VERSION]);

  return self;
}

/**
 * strata_pack_summary_new_for_entry:
 * @entry: what the index says of a version
 * @registry_id: the registry it is in
 * @registry_name: what that registry is called
 * @n_versions: how many versions of it there are
 * @kept: whether it is kept on this disk
 *
 * Returns: (transfer full): what a list shows of @entry
 */
StrataPackSummary *
strata_pack_summary_new_for_entry (const StrataIndexEntry *entry,
                                   const char             *registry_id,
                                   const char             *registry_name,
                                   guint                   n_versions,
                                   gboolean                kept)
{
  g_return_val_if_fail (entry != NULL, NULL);

  const char *url = entry->urls != NULL ? entry->urls[0] : NULL;
  StrataPackSummary *self = strata_pack_summary_new (
    entry->kind, entry->name, entry->display_name != NULL ? entry->display_name : entry->name,
    entry->version, entry->description, registry_id, registry_name,
    entry->location != NULL ? entry->location : url);

  set_text (self, PROP_APP_VERSION, entry->app_version);
  set_text (self, PROP_TYPE, entry->type);
  self->deprecated = entry->deprecated;
  self->prerelease = is_prerelease (entry->version);
  self->gone_since = entry->gone_since;
  self->is_signed = entry->is_signed;
  self->kept = kept;
  self->n_versions = n_versions;

  return self;
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

/**
 * strata_pack_summary_get_app_version:
 * @self: a summary
 *
 * Returns: (transfer none): the version of what is in it, "" when it is not known
 */
const char *
strata_pack_summary_get_app_version (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), NULL);

  return self->texts[PROP_APP_VERSION];
}

/**
 * strata_pack_summary_get_type_name:
 * @self: a summary
 *
 * Returns: (transfer none): of a chart "application" or "library", of a pack its layer, "" when it is not known
 */
const char *
strata_pack_summary_get_type_name (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), NULL);

  return self->texts[PROP_TYPE];
}

/**
 * strata_pack_summary_get_deprecated:
 * @self: a summary
 *
 * Returns: whether its makers say not to use it any more
 */
gboolean
strata_pack_summary_get_deprecated (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), FALSE);

  return self->deprecated;
}

/**
 * strata_pack_summary_get_prerelease:
 * @self: a summary
 *
 * Returns: whether its version is a pre-release, or none that can be ordered
 */
gboolean
strata_pack_summary_get_prerelease (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), FALSE);

  return self->prerelease;
}

/**
 * strata_pack_summary_get_gone_since:
 * @self: a summary
 *
 * Returns: when its registry no longer had it, in seconds since 1970; 0 while it is there
 */
gint64
strata_pack_summary_get_gone_since (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), 0);

  return self->gone_since;
}

/**
 * strata_pack_summary_get_signed:
 * @self: a summary
 *
 * Returns: whether it has a signature, as far as its registry says so
 */
StrataIndexAnswer
strata_pack_summary_get_signed (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), STRATA_INDEX_UNKNOWN);

  return self->is_signed;
}

/**
 * strata_pack_summary_get_kept:
 * @self: a summary
 *
 * Returns: whether it is kept on this disk
 */
gboolean
strata_pack_summary_get_kept (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), FALSE);

  return self->kept;
}

/**
 * strata_pack_summary_get_n_versions:
 * @self: a summary
 *
 * Returns: how many versions of this name its registry has; 1 when the summary does not come from a search
 */
guint
strata_pack_summary_get_n_versions (StrataPackSummary *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (self), 0);

  return self->n_versions;
}

/**
 * strata_pack_summary_equal:
 * @a: a summary
 * @b: another
 *
 * Returns: whether they say the same in everything
 */
gboolean
strata_pack_summary_equal (StrataPackSummary *a,
                           StrataPackSummary *b)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (a) && STRATA_IS_PACK_SUMMARY (b), FALSE);

  return a->kind == b->kind && a->deprecated == b->deprecated && a->gone_since == b->gone_since &&
         a->is_signed == b->is_signed && a->kept == b->kept && a->n_versions == b->n_versions &&
         strata_texts_equal (a->texts + PROP_NAME, b->texts + PROP_NAME, N_TEXTS - PROP_NAME);
}

/**
 * strata_pack_summary_is_same_name:
 * @a: a summary
 * @b: another
 *
 * Returns: whether both are the same thing of the same registry, whatever version
 */
gboolean
strata_pack_summary_is_same_name (StrataPackSummary *a,
                                  StrataPackSummary *b)
{
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (a) && STRATA_IS_PACK_SUMMARY (b), FALSE);

  return a->kind == b->kind && g_str_equal (a->texts[PROP_NAME], b->texts[PROP_NAME]) &&
         g_str_equal (a->texts[PROP_REGISTRY_ID], b->texts[PROP_REGISTRY_ID]);
}
