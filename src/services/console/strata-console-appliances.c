/* strata-console-appliances.c - what a console knows of appliances, and what its profiles have for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-appliances.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-appliance-reader.h"
#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-json.h"

#define MAX_ITEMS 200000  /* a console that never ends is not one */

/* Freeing */

void
strata_appliance_event_free (StrataApplianceEvent *event)
{
  g_free (event->severity);
  g_free (event->reason);
  g_free (event->message);
  g_free (event);
}

void
strata_profile_stamp_free (StrataProfileStamp *stamp)
{
  g_free (stamp->uid);
  g_free (stamp);
}

/* Pages */

/* A list that comes page by page, what was changed last first. */
typedef struct
{
  const char            *path;
  gint64                 known;     /* everything up to here was read before; 0 for nothing */
  gint64                 previous;  /* when the last item was changed */
  gboolean               is_sorted; /* as it was asked for */
  gboolean               is_at_known;
  gboolean               is_all;
  guint                  count;     /* as the console says */
  GHashTable            *seen;      /* (owned) (not nullable): uids */
  StrataConsoleProgress  progress;  /* (nullable) */
  gpointer               progress_data;
} Walk;

typedef gboolean (* TakeItem) (JsonObject  *item,
                               gpointer     data,
                               GError     **error);

static JsonNode *
make_body (void)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "filter");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "sort");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, "lastModifiedTimestamp");
  json_builder_set_member_name (builder, "order");
  json_builder_add_string_value (builder, "desc");
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* Stopping early is only right where the console did sort. */
static void
note_order (Walk       *walk,
            JsonObject *item)
{
  JsonObject *metadata = strata_json_get_object (item, "metadata");
  gint64 modified =
    strata_appliance_read_time (strata_json_get_string (metadata, "lastModifiedTimestamp"));

  if (modified == 0 || (walk->previous != 0 && modified > walk->previous))
    walk->is_sorted = FALSE;
  if (modified < walk->known)
    walk->is_at_known = TRUE;
  walk->previous = modified;
}

static gboolean
take_page (Walk       *walk,
           JsonArray  *items,
           TakeItem    take,
           gpointer    data,
           gboolean   *is_new,
           GError    **error)
{
  guint n_items = items != NULL ? json_array_get_length (items) : 0;

  *is_new = FALSE;
  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *uid = strata_json_get_string (strata_json_get_object (item, "metadata"), "uid");

      if (item == NULL || !g_hash_table_add (walk->seen, g_strdup (uid)))
        continue;

      *is_new = TRUE;
      note_order (walk, item);
      if (!take (item, data, error))
        return FALSE;
    }

  return TRUE;
}

/* Reads on until the console has no more, brings nothing new, or tells only what is known. */
static gboolean
walk_pages (StrataConsole  *console,
            Walk           *walk,
            TakeItem        take,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autofree char *next = g_strdup ("");
  gboolean is_new = TRUE;

  walk->is_sorted = TRUE;
  do
    {
      g_autoptr(JsonNode) body = make_body ();
      g_autoptr(JsonNode) owner = NULL;
      const char *const query[] = { "limit", "50", "continue", next, NULL };
      const StrataConsoleCall call = {
        .method = "POST",
        .path = walk->path,
        .query = query,
        .body = body,
        .is_idempotent = TRUE,
      };
      JsonObject *page = strata_console_call_object (console, &call, &owner, cancellable, error);
      JsonObject *meta = strata_json_get_object (page, "listmeta");

      if (page == NULL ||
          !take_page (walk, strata_json_get_array (page, "items"), take, data, &is_new, error))
        return FALSE;

      g_free (next);
      next = g_strdup (strata_json_get_string (meta, "continue"));
      walk->count = (guint) strata_console_read_int (meta, "count");
      if (walk->progress != NULL)
        walk->progress (g_hash_table_size (walk->seen), walk->count, walk->progress_data);
    }
  while (*next != '\0' && is_new && !(walk->is_sorted && walk->is_at_known) &&
         g_hash_table_size (walk->seen) < MAX_ITEMS);

  /* Some consoles name a next page for ever; others move items to the front while they are read. */
  walk->is_all = *next == '\0' || (!is_new && g_hash_table_size (walk->seen) >= walk->count);

  return TRUE;
}

/* Appliances */

static gboolean
take_appliance (JsonObject  *item,
                gpointer     data,
                GError     **error)
{
  StrataAppliance *appliance = strata_appliance_read (item, FALSE, error);

  if (appliance != NULL)
    g_ptr_array_add (data, appliance);

  return appliance != NULL;
}

/**
 * strata_console_list_appliances:
 * @self: a console that is signed in
 * @known: the newest `modified` of an earlier list, so that only what moved since is read; 0 to read all
 * @is_all: (out): whether this is the whole list
 * @count: (out): how many appliances the console says there are; 0 where it does not say
 * @progress: (nullable) (scope call): told after each page
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Reads the list of appliances, what moved last first. A list says nothing of how far each layer is. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataAppliance) (nullable): the appliances, or %NULL with an error as
 *   [method@Console.call] sets it
 */
GPtrArray *
strata_console_list_appliances (StrataConsole          *self,
                                gint64                  known,
                                gboolean               *is_all,
                                guint                  *count,
                                StrataConsoleProgress   progress,
                                gpointer                progress_data,
                                GCancellable           *cancellable,
                                GError                **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && is_all != NULL && count != NULL, NULL);

  g_autoptr(GPtrArray) appliances = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = {
    .path = "/v1/dashboard/edgehosts/search",
    .known = known,
    .seen = seen,
    .progress = progress,
    .progress_data = progress_data,
  };

  if (!walk_pages (self, &walk, take_appliance, appliances, cancellable, error))
    return NULL;

  *is_all = walk.is_all;
  *count = walk.count;

  return g_steal_pointer (&appliances);
}

/* What a console refuses to be asked for is not there. */
static gboolean
check_path (const char  *path,
            const char  *uid,
            GError     **error)
{
  if (path == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("“%s” is not at the console"), uid);

  return path != NULL;
}

/**
 * strata_console_get_appliance:
 * @self: a console that is signed in
 * @uid: an appliance
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Reads one appliance, with how far each of its layers is. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the appliance, or %NULL with an error as [method@Console.call] sets it
 */
StrataAppliance *
strata_console_get_appliance (StrataConsole  *self,
                              const char     *uid,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/edgehosts/%s", uid);
  g_autoptr(JsonNode) owner = NULL;
  const StrataConsoleCall call = { .path = path };

  if (!check_path (path, uid, error))
    return NULL;

  JsonObject *body = strata_console_call_object (self, &call, &owner, cancellable, error);

  return body != NULL ? strata_appliance_read (body, TRUE, error) : NULL;
}

/* Events */

static StrataApplianceEvent *
read_event (JsonObject *item)
{
  StrataApplianceEvent *event = g_new0 (StrataApplianceEvent, 1);
  JsonObject *metadata = strata_json_get_object (item, "metadata");

  event->time =
    strata_appliance_read_time (strata_json_get_string (metadata, "lastModifiedTimestamp"));
  if (event->time == 0)
    event->time =
      strata_appliance_read_time (strata_json_get_string (metadata, "creationTimestamp"));
  event->severity = g_strdup (strata_json_get_string (item, "severity"));
  event->reason = g_strdup (strata_json_get_string (item, "reason"));
  event->message = g_strdup (strata_json_get_string (item, "message"));

  return event;
}

/**
 * strata_console_list_appliance_events:
 * @self: a console that is signed in
 * @uid: an appliance
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Reads the last things that happened to an appliance: the first page of them. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataApplianceEvent) (nullable): the events, or %NULL with an error as
 *   [method@Console.call] sets it
 */
GPtrArray *
strata_console_list_appliance_events (StrataConsole  *self,
                                      const char     *uid,
                                      GCancellable   *cancellable,
                                      GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/events/components/edgehost/%s", uid);
  g_autoptr(GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_appliance_event_free);
  g_autoptr(JsonNode) owner = NULL;
  const StrataConsoleCall call = { .path = path };

  if (!check_path (path, uid, error))
    return NULL;

  JsonObject *body = strata_console_call_object (self, &call, &owner, cancellable, error);

  if (body == NULL)
    return NULL;

  JsonArray *items = strata_json_get_array (body, "items");

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonNode *node = json_array_get_element (items, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (events, read_event (json_node_get_object (node)));
    }

  return g_steal_pointer (&events);
}

/* Profiles */

static gboolean
take_stamp (JsonObject  *item,
            gpointer     data,
            GError     **error)
{
  StrataProfileStamp *stamp = g_new0 (StrataProfileStamp, 1);
  JsonObject *metadata = strata_json_get_object (item, "metadata");

  stamp->uid = g_strdup (strata_json_get_string (metadata, "uid"));
  stamp->modified =
    strata_appliance_read_time (strata_json_get_string (metadata, "lastModifiedTimestamp"));
  g_ptr_array_add (data, stamp);

  return TRUE;
}

/**
 * strata_console_list_stamps:
 * @self: a console that is signed in
 * @known: the newest `modified` of an earlier list, so that only what moved since is read; 0 to read all
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Reads which profiles of any type were changed when, the last one first. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataProfileStamp) (nullable): what was changed, or %NULL with an error as
 *   [method@Console.call] sets it
 */
GPtrArray *
strata_console_list_stamps (StrataConsole  *self,
                            gint64          known,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  g_autoptr(GPtrArray) stamps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_profile_stamp_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = { .path = "/v1/dashboard/clusterprofiles", .known = known, .seen = seen };

  if (!walk_pages (self, &walk, take_stamp, stamps, cancellable, error))
    return NULL;

  return g_steal_pointer (&stamps);
}

/* Of a manifest there is no text here, but what the console names it by moves with the text. */
static char *
make_stamp (JsonObject *pack,
            const char *digest)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  static const char *const members[] = { "name", "uid", "digest" };
  JsonArray *manifests = strata_json_get_array (pack, "manifests");

  g_checksum_update (sum, (const guchar *) strata_json_get_string (pack, "version"), -1);
  g_checksum_update (sum, (const guchar *) digest, -1);
  for (guint i = 0; manifests != NULL && i < json_array_get_length (manifests); i++)
    {
      JsonNode *node = json_array_get_element (manifests, i);

      for (guint j = 0; j < G_N_ELEMENTS (members) && JSON_NODE_HOLDS_OBJECT (node); j++)
        {
          const char *text = strata_json_get_string (json_node_get_object (node), members[j]);

          g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
        }
    }

  return g_strdup (g_checksum_get_string (sum));
}

static StrataTargetLayer
read_target_layer (JsonObject *pack,
                   GPtrArray  *owned)
{
  const char *type = strata_json_get_string (pack, "type");
  const char *version = strata_json_get_string (pack, "version");
  JsonArray *manifests = strata_json_get_array (pack, "manifests");
  char *digest = strata_appliance_target_digest (strata_json_get_string (pack, "values"));
  char *stamp = make_stamp (pack, digest);
  StrataTargetLayer layer = {
    .name = strata_json_get_string (pack, "name"),
    .kind = strata_appliance_read_kind (type),
    .version = *version != '\0' ? version : strata_json_get_string (pack, "tag"),
    .digest = digest,
    .n_manifests = manifests != NULL ? json_array_get_length (manifests) : 0,
    .stamp = stamp,
  };

  g_ptr_array_add (owned, digest);
  g_ptr_array_add (owned, stamp);

  return layer;
}

static StrataApplianceTarget *
read_target (JsonObject *body,
             const char *uid)
{
  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *spec = strata_json_get_object (body, "spec");
  JsonArray *packs = strata_json_get_array (strata_json_get_object (spec, "published"), "packs");
  g_autoptr(GArray) layers = g_array_new (FALSE, FALSE, sizeof (StrataTargetLayer));
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; packs != NULL && i < json_array_get_length (packs); i++)
    {
      JsonNode *node = json_array_get_element (packs, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          StrataTargetLayer layer = read_target_layer (json_node_get_object (node), owned);
          g_array_append_val (layers, layer);
        }
    }

  return strata_appliance_target_new (uid, strata_json_get_string (metadata, "name"),
                                      strata_json_get_string (spec, "version"),
                                      (StrataTargetLayer *) (gpointer) layers->data, layers->len);
}

/**
 * strata_console_get_target:
 * @self: a console that is signed in
 * @uid: a profile
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Reads what a profile has published for its appliances: versions and digests, in one call, without manifests and
 * variables. Nothing published is a target without layers. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the target, or %NULL with an error as [method@Console.call] sets it
 */
StrataApplianceTarget *
strata_console_get_target (StrataConsole  *self,
                           const char     *uid,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s", uid);
  g_autoptr(JsonNode) owner = NULL;
  const StrataConsoleCall call = { .path = path };

  if (!check_path (path, uid, error))
    return NULL;

  JsonObject *body = strata_console_call_object (self, &call, &owner, cancellable, error);

  return body != NULL ? read_target (body, uid) : NULL;
}
