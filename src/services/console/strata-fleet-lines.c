/* strata-fleet-lines.c - a fleet as version 0.3 kept it: JSON, which takes ten times as long to read as what followed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet"

#include <string.h>

#include "strata-appliance-reader.h"
#include "strata-fleet-private.h"
#include "strata-json.h"

/* One JSON object a line: first about the file, then the targets, then the appliances. A line that cannot be read costs
 * one appliance. */

static gint64
get_number (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

static StrataTargetLayer
read_target_layer (JsonObject *object)
{
  StrataTargetLayer layer = {
    .name = strata_json_get_string (object, "name"),
    .kind = (StrataLayerKind) CLAMP (get_number (object, "kind"), STRATA_LAYER_KIND_PACK,
                                     STRATA_LAYER_KIND_MANIFEST),
    .version = strata_json_get_string (object, "version"),
    .digest = strata_json_get_string (object, "digest"),
    .n_manifests = (guint) CLAMP (get_number (object, "manifests"), 0, G_MAXINT),
    .stamp = strata_json_get_string (object, "stamp"),
    .changed = get_number (object, "changed"),
  };

  return layer;
}

static void
read_target (StrataFleet *self,
             JsonObject  *object)
{
  const char *uid = strata_json_get_string (object, "profile");
  JsonArray *list = strata_json_get_array (object, "layers");
  g_autoptr(GArray) layers = g_array_new (FALSE, FALSE, sizeof (StrataTargetLayer));

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          StrataTargetLayer layer = read_target_layer (json_node_get_object (node));
          g_array_append_val (layers, layer);
        }
    }

  g_autoptr(StrataApplianceTarget) target = strata_appliance_target_new (
    uid, strata_json_get_string (object, "name"), strata_json_get_string (object, "version"),
    (StrataTargetLayer *) (gpointer) layers->data, layers->len);

  strata_fleet_add_target (self, uid, target, get_number (object, "modified"));
}

static void
read_appliance (StrataFleet *self,
                JsonObject  *object)
{
  JsonObject *status = strata_json_get_object (object, "status");
  gboolean is_detailed = status != NULL && json_object_has_member (status, "packs");
  g_autoptr(StrataAppliance) appliance = strata_appliance_read (object, is_detailed, NULL);
  StrataFleetItem item = { .appliance = appliance, .is_stale = TRUE };

  if (appliance != NULL)
    strata_fleet_add (self, &item);
}

static void
read_line (StrataFleet *self,
           char        *line)
{
  g_autoptr(JsonNode) node = strata_json_parse (line, -1, NULL);
  JsonObject *object =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return;

  if (json_object_has_member (object, "fleet"))
    {
      self->asked = get_number (object, "asked");
      self->n_missing = (int) get_number (object, "missing");
      self->known_profiles = get_number (object, "profiles");
    }
  else if (json_object_has_member (object, "profile"))
    read_target (self, object);
  else
    read_appliance (self, object);
}

/* Returns what stands in @text, which it takes apart. */
StrataFleet *
strata_fleet_read_lines (char *text)
{
  StrataFleet *self = strata_fleet_new ();

  for (char *line = text; line != NULL && *line != '\0';)
    {
      char *end = strchr (line, '\n');

      if (end != NULL)
        *end = '\0';
      read_line (self, line);
      line = end != NULL ? end + 1 : NULL;
    }
  strata_fleet_judge_all (self, NULL);

  return self;
}
