/* strata-fleet-file.c - a fleet as it was last seen, kept for when the console cannot be asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-appliance-reader.h"
#include "strata-disk.h"
#include "strata-error.h"
#include "strata-fleet-private.h"
#include "strata-json.h"

#define FORMAT 1
#define MAX_SIZE (256 * 1024 * 1024)

/* One JSON object a line: first about the file, then the targets, then the appliances. So a large fleet is never one
 * tree in memory, and a line that cannot be read costs one appliance. */

/* Writing */

static void
add_line (GString  *text,
          JsonNode *node)
{
  g_autofree char *line = strata_json_to_text (node, FALSE);

  g_string_append (text, g_strchomp (line));
  g_string_append_c (text, '\n');
}

static void
add_member (JsonBuilder *builder,
            const char  *member,
            const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder,
            const char  *member,
            gint64       number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
add_head (GString     *text,
          StrataFleet *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_number (builder, "fleet", FORMAT);
  add_number (builder, "asked", self->asked);
  add_number (builder, "missing", self->n_missing);
  add_number (builder, "profiles", self->known_profiles);
  json_builder_end_object (builder);

  g_autoptr(JsonNode) node = json_builder_get_root (builder);
  add_line (text, node);
}

static void
add_target_layers (JsonBuilder           *builder,
                   StrataApplianceTarget *target)
{
  json_builder_set_member_name (builder, "layers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < strata_appliance_target_get_n_layers (target); i++)
    {
      const StrataTargetLayer *layer = strata_appliance_target_get_layer (target, i);

      json_builder_begin_object (builder);
      add_member (builder, "name", layer->name);
      add_number (builder, "kind", layer->kind);
      add_member (builder, "version", layer->version);
      add_member (builder, "digest", layer->digest);
      add_number (builder, "manifests", layer->n_manifests);
      add_member (builder, "stamp", layer->stamp);
      add_number (builder, "changed", layer->changed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_target (GString                 *text,
            const char              *uid,
            const StrataFleetTarget *entry)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_member (builder, "profile", uid);
  add_number (builder, "modified", entry->modified);
  add_member (builder, "name", strata_appliance_target_get_name (entry->target));
  add_member (builder, "version", strata_appliance_target_get_version (entry->target));
  add_target_layers (builder, entry->target);
  json_builder_end_object (builder);

  g_autoptr(JsonNode) node = json_builder_get_root (builder);
  add_line (text, node);
}

/**
 * strata_fleet_save:
 * @self: a fleet
 * @path: a file; its folder is there
 * @error: return location for an error
 *
 * Keeps @self for when the console cannot be asked. After a crash the file is what it was or what it is now. Blocks; any
 * thread.
 *
 * Returns: whether it was written; if not, @error is a %STRATA_ERROR_DISK
 */
gboolean
strata_fleet_save (StrataFleet  *self,
                   const char   *path,
                   GError      **error)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && path != NULL, FALSE);

  g_autoptr(GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer uid, entry;

  add_head (text, self);

  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, &uid, &entry))
    if (((StrataFleetTarget *) entry)->target != NULL)
      add_target (text, uid, entry);

  for (guint i = 0; i < self->appliances->len; i++)
    {
      g_autoptr(JsonNode) node = strata_appliance_write (self->appliances->pdata[i]);
      add_line (text, node);
    }

  return strata_disk_replace (path, text->str, text->len, error);
}

/* Reading */

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

/**
 * strata_fleet_load:
 * @path: a file that [method@Fleet.save] wrote
 * @error: return location for an error
 *
 * Reads what was last seen. A line that makes no sense is left out: the next answer of the console brings it back.
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the fleet, or %NULL with %STRATA_ERROR_NOT_FOUND when there is no file, else what
 *   the disk said
 */
StrataFleet *
strata_fleet_load (const char  *path,
                   GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  gsize size = 0;
  g_autofree char *text = strata_disk_read (path, MAX_SIZE, &size, error);

  if (text == NULL)
    return NULL;

  StrataFleet *self = strata_fleet_new ();

  for (char *line = text; line != NULL && *line != '\0';)
    {
      char *end = strchr (line, '\n');

      if (end != NULL)
        *end = '\0';
      read_line (self, line);
      line = end != NULL ? end + 1 : NULL;
    }

  return self;
}
