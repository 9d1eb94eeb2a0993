/* strata-appliance-reader.c - an appliance from the bodies that the console has for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-reader"

#include "strata-appliance-reader.h"

#include <glib/gi18n-lib.h>

#include "strata-appliance-target.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-layer-digest.h"
#include "strata-palette-private.h"

#define MAX_LAYERS 1000
#define MODIFIED_MEMBER "lastModifiedTimestamp"
#define DIGEST_MEMBER "valuesDigest"  /* only in what version 0.3 kept: a console has the values, */
#define HEARD_MEMBER "heardTimestamp"  /* and the times of the probes, */
#define CHANGED_MEMBER "changedTimestamp"  /* and nobody else saw it move */

/**
 * strata_appliance_read_time:
 * @text: (nullable): a time as RFC 3339 writes it
 *
 * Returns: the time in microseconds since 1970; 0 where there is none, which a console may also write as the year 1
 */
gint64
strata_appliance_read_time (const char *text)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (time == NULL || g_date_time_to_unix (time) <= 0)
    return 0;

  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/* Members */

static guint
get_length (JsonArray *array)
{
  return array != NULL ? MIN (json_array_get_length (array), MAX_LAYERS) : 0;
}

static JsonObject *
get_item (JsonArray *array,
          guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_either (JsonObject *object,
            const char *member,
            const char *other)
{
  const char *text = strata_json_get_string (object, member);

  return *text != '\0' ? text : strata_json_get_string (object, other);
}

/* Layers */

/**
 * strata_appliance_read_kind:
 * @type: the type of a pack as the console's API spells it
 *
 * Returns: what a layer of that type is made of; a pack where it is not known here
 */
StrataLayerKind
strata_appliance_read_kind (const char *type)
{
  g_return_val_if_fail (type != NULL, STRATA_LAYER_KIND_PACK);

  for (guint i = STRATA_LAYER_KIND_HELM; i <= STRATA_LAYER_KIND_MANIFEST; i++)
    if (g_str_equal (type, strata_palette_kinds[i]))
      return (StrataLayerKind) i;

  return STRATA_LAYER_KIND_PACK;
}

/* A status names its profile; one that does not is of the only one. */
static gboolean
is_status_of (JsonObject *status,
              const char *profile_uid)
{
  const char *uid = strata_json_get_string (status, "profileUid");

  return *uid == '\0' || g_str_equal (uid, profile_uid);
}

static JsonObject *
find_status (JsonArray  *statuses,
             const char *profile_uid,
             const char *name)
{
  for (guint i = 0; i < get_length (statuses); i++)
    {
      JsonObject *status = get_item (statuses, i);

      if (g_str_equal (strata_json_get_string (status, "name"), name) &&
          is_status_of (status, profile_uid))
        return status;
    }

  return NULL;
}

static gint64
read_time (JsonObject *object,
           const char *member)
{
  return strata_appliance_read_time (strata_json_get_string (object, member));
}

/* What an appliance said of a layer. */
static void
read_status (StrataApplianceLayerFacts *facts,
             JsonObject                *status)
{
  JsonObject *condition = strata_json_get_object (status, "condition");

  facts->there = strata_json_get_string (status, "version");
  facts->condition = strata_condition_from_string (strata_json_get_string (condition, "type"));
  facts->message = get_either (condition, "message", "reason");
  facts->since = read_time (condition, "lastTransitionTime");
  if (facts->since == 0)
    facts->since = read_time (status, "startTime");
  facts->said =
    MAX (facts->since, MAX (read_time (status, "startTime"), read_time (status, "endTime")));
}

static StrataApplianceLayer *
read_layer (JsonObject *pack,
            JsonObject *status)
{
  g_autofree char *digest =
    strata_appliance_target_digest (strata_json_get_string (pack, "values"));
  StrataApplianceLayerFacts facts = {
    .name = strata_json_get_string (pack, "name"),
    .kind = strata_appliance_read_kind (strata_json_get_string (pack, "type")),
    .assigned = get_either (pack, "version", "tag"),
    .digest = *digest != '\0' ? digest : strata_json_get_string (pack, DIGEST_MEMBER),
    .stamp = strata_json_get_string (strata_json_get_object (pack, "annotations"),
                                     STRATA_LAYER_DIGEST_ANNOTATION),
    .changed = read_time (pack, CHANGED_MEMBER),
  };

  read_status (&facts, status);

  return strata_appliance_layer_new (&facts);
}

/* A console never takes back what an appliance said of a layer, also when the profile has no such layer any more. It
 * is still there only where something is under way with it. */
static gboolean
is_going (StrataCondition condition)
{
  return condition != STRATA_CONDITION_UNKNOWN && condition != STRATA_CONDITION_READY;
}

static void
add_going (GPtrArray  *layers,
           JsonArray  *statuses,
           const char *profile_uid,
           GHashTable *names)
{
  for (guint i = 0; i < get_length (statuses); i++)
    {
      JsonObject *status = get_item (statuses, i);
      StrataApplianceLayerFacts facts = { .name = strata_json_get_string (status, "name") };

      read_status (&facts, status);
      facts.kind = strata_appliance_read_kind (strata_json_get_string (status, "type"));
      if (is_going (facts.condition) && is_status_of (status, profile_uid) &&
          g_hash_table_add (names, (char *) facts.name))
        g_ptr_array_add (layers, strata_appliance_layer_new (&facts));
    }
}

static GPtrArray *
read_layers (JsonObject *template,
             JsonArray  *statuses,
             const char *profile_uid)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *packs = strata_json_get_array (template, "packs");

  for (guint i = 0; i < get_length (packs); i++)
    {
      JsonObject *pack = get_item (packs, i);
      const char *name = strata_json_get_string (pack, "name");

      if (*name == '\0')
        continue;
      g_hash_table_add (names, (char *) name);
      g_ptr_array_add (layers, read_layer (pack, find_status (statuses, profile_uid, name)));
    }
  if (template != NULL)
    add_going (layers, statuses, profile_uid, names);

  return layers;
}

/* The appliance */

/* An appliance may have more than one profile; the system profile is what this program is about. */
static JsonObject *
find_template (JsonObject *spec)
{
  JsonArray *templates = strata_json_get_array (spec, "clusterProfileTemplates");
  JsonObject *first = NULL;

  for (guint i = 0; i < get_length (templates); i++)
    {
      JsonObject *template = get_item (templates, i);

      if (*strata_json_get_string (template, "uid") == '\0')
        continue;
      if (g_str_equal (strata_json_get_string (template, "type"), "system"))
        return template;
      if (first == NULL)
        first = template;
    }

  return first;
}

static StrataHealth
read_health (const char *state)
{
  /* Lower case here, upper case elsewhere in the same API. */
  if (g_ascii_strcasecmp (state, "healthy") == 0)
    return STRATA_HEALTHY;
  if (g_ascii_strcasecmp (state, "unhealthy") == 0)
    return STRATA_UNHEALTHY;

  return STRATA_HEALTH_UNKNOWN;
}

static gint64
read_heard (JsonObject *metadata,
            JsonArray  *statuses)
{
  gint64 heard = MAX (read_time (metadata, MODIFIED_MEMBER), read_time (metadata, HEARD_MEMBER));

  for (guint i = 0; i < get_length (statuses); i++)
    {
      JsonObject *condition = strata_json_get_object (get_item (statuses, i), "condition");

      heard = MAX (heard, read_time (condition, "lastProbeTime"));
    }

  return heard;
}

/**
 * strata_appliance_read:
 * @body: an item of `POST /v1/dashboard/edgehosts/search`, or the body of `GET /v1/edgehosts/{uid}`
 * @is_detailed: whether it is the latter, which says how far each layer is
 * @error: return location for an error
 *
 * Reads an appliance. A member that is missing, `null` or of another type is one that is not known; only without a uid
 * there is no appliance.
 *
 * Returns: (transfer full) (nullable): the appliance, or %NULL with a %STRATA_ERROR_BAD_REPLY
 */
StrataAppliance *
strata_appliance_read (JsonObject  *body,
                       gboolean     is_detailed,
                       GError     **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *status = strata_json_get_object (body, "status");
  JsonObject *health = strata_json_get_object (status, "health");
  JsonObject *template = find_template (strata_json_get_object (body, "spec"));
  JsonArray *statuses = strata_json_get_array (status, "packs");
  const char *uid = strata_json_get_string (metadata, "uid");

  if (*uid == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
                           _("The console has an appliance without an id"));
      return NULL;
    }

  StrataApplianceFacts facts = {
    .uid = uid,
    .name = get_either (metadata, "name", "uid"),
    .site = strata_json_get_string (strata_json_get_object (metadata, "labels"), "site"),
    .is_paired = !g_str_equal (strata_json_get_string (status, "state"), "unpaired"),
    .is_detailed = is_detailed,
    .health = read_health (strata_json_get_string (health, "state")),
    .health_message = strata_json_get_string (health, "message"),
    .profile_uid = strata_json_get_string (template, "uid"),
    .profile_name = strata_json_get_string (template, "name"),
    .profile_version = get_either (template, "profileVersion", "version"),
    .heard = read_heard (metadata, statuses),
    .modified = read_time (metadata, MODIFIED_MEMBER),
  };
  g_autoptr(GPtrArray) layers = read_layers (template, statuses, facts.profile_uid);

  return strata_appliance_new (&facts, layers);
}
