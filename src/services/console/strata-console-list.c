/* strata-console-list.c - which profiles a console has
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>

#include "strata-console-private.h"
#include "strata-console-profiles.h"
#include "strata-error.h"
#include "strata-json.h"

#define BARE_TAG "spectro__tag"
#define MAX_METADATA (64 * 1024 * 1024)

/* What a list becomes. */
typedef struct
{
  GPtrArray  *entries;  /* (owned) (element-type StrataConsoleEntry) */
  GHashTable *seen;     /* (owned) (element-type utf8): uids, which the entries own */
  const char *project;  /* (unowned) */

  StrataConsoleArrival arrived;       /* (nullable) */
  gpointer             arrived_data;  /* (unowned) */
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static Listing
listing_new (StrataConsole *self)
{
  const char *project = strata_console_get_project (self);

  return (Listing){
    .entries = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_console_entry_free),
    .seen = g_hash_table_new (g_str_hash, g_str_equal),
    .project = project != NULL ? project : "",
  };
}

static char **
read_tags (JsonObject *labels)
{
  g_autoptr(GStrvBuilder) tags = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *key;

  if (labels == NULL)
    return g_strv_builder_end (tags);

  json_object_iter_init_ordered (&iter, labels);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    {
      const char *value = strata_json_get_string (labels, key);
      gboolean is_bare = *value == '\0' || g_str_equal (value, BARE_TAG);
      g_autofree char *pair = is_bare ? g_strdup (key) : g_strconcat (key, ":", value, NULL);

      g_strv_builder_add (tags, pair);
    }

  return g_strv_builder_end (tags);
}

/* A type that is not known here is drawn as a pack: the list is not the place to refuse it. */
static StrataLayerKind
read_kind (const char *type)
{
  static const char *const types[] = { "spectro", "helm", "oci", "manifest" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i]))
      return (StrataLayerKind) i;

  return STRATA_LAYER_KIND_PACK;
}

static void
read_layers (StrataConsoleEntry *entry,
             JsonArray          *packs)
{
  entry->n_layers = packs != NULL ? json_array_get_length (packs) : 0;
  entry->kinds = g_new0 (StrataLayerKind, entry->n_layers);

  for (guint i = 0; i < entry->n_layers; i++)
    {
      JsonNode *pack = json_array_get_element (packs, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (pack) ? json_node_get_object (pack) : NULL;

      entry->kinds[i] = read_kind (strata_json_get_string (object, "type"));
    }
}

static guint
count (JsonObject *object,
       const char *member)
{
  JsonArray *list = strata_json_get_array (object, member);

  return list != NULL ? json_array_get_length (list) : 0;
}

static void
read_summary (StrataConsoleEntry *entry,
              JsonObject         *summary,
              JsonObject         *status)
{
  JsonObject *draft = strata_json_get_object (summary, "draft");
  JsonObject *published = strata_json_get_object (summary, "published");
  JsonObject *shown = draft != NULL ? draft : published;
  guint n_clusters = MAX (count (status, "inUseClusters"), count (status, "inUseClusterUids"));

  read_layers (entry, strata_json_get_array (shown, "packs"));
  entry->type = g_strdup (strata_json_get_string (shown, "type"));
  entry->version = g_strdup (strata_json_get_string (summary, "version"));
  entry->n_versions = MAX (count (summary, "versions"), 1);
  entry->in_use = n_clusters + count (status, "inUseClusterTemplates");
  entry->is_published = published != NULL || strata_json_get_bool (status, "isPublished");
  entry->has_draft = draft != NULL;
}

static StrataConsoleEntry *
read_entry (JsonObject *item,
            const char *project)
{
  JsonObject *metadata = strata_json_get_object (item, "metadata");
  JsonObject *annotations = strata_json_get_object (metadata, "annotations");
  StrataConsoleEntry *entry = g_new0 (StrataConsoleEntry, 1);

  entry->uid = g_strdup (strata_json_get_string (metadata, "uid"));
  entry->name = g_strdup (strata_json_get_string (metadata, "name"));
  entry->description = g_strdup (strata_json_get_string (annotations, "description"));
  entry->project_uid = g_strdup (project);
  entry->tags = read_tags (strata_json_get_object (metadata, "labels"));
  entry->modified = strata_console_read_time (metadata, "lastModifiedTimestamp");
  read_summary (entry, strata_json_get_object (item, "specSummary"),
                strata_json_get_object (item, "status"));

  return entry;
}

static gboolean
take_entry (JsonObject *item,
            gpointer    data)
{
  Listing *listing = data;
  g_autoptr(StrataConsoleEntry) entry = read_entry (item, listing->project);

  if (*entry->uid == '\0' || !g_hash_table_add (listing->seen, entry->uid))
    return FALSE;

  g_ptr_array_add (listing->entries, g_steal_pointer (&entry));

  return TRUE;
}

static void
tell_arrived (guint    done,
              guint    total,
              gpointer data)
{
  const Listing *listing = data;

  if (listing->arrived != NULL)
    listing->arrived (listing->entries, total, listing->arrived_data);
}

static JsonNode *
build_filter (const StrataConsoleFilter *filter)
{
  JsonObject *body = json_object_new ();
  JsonObject *wanted = json_object_new ();

  if (filter != NULL && filter->type != NULL && *filter->type != '\0')
    {
      JsonArray *types = json_array_new ();

      json_array_add_string_element (types, filter->type);
      json_object_set_array_member (wanted, "profileType", types);
    }

  if (filter != NULL && filter->name != NULL && *filter->name != '\0')
    {
      JsonObject *name = json_object_new ();

      json_object_set_string_member (name, "contains", filter->name);
      json_object_set_boolean_member (name, "ignoreCase", TRUE);
      json_object_set_object_member (wanted, "profileName", name);
    }

  JsonArray *sort = json_array_new ();
  JsonObject *by_name = json_object_new ();

  json_object_set_string_member (by_name, "field", "profileName");
  json_object_set_string_member (by_name, "order", "asc");
  json_array_add_object_element (sort, by_name);
  json_object_set_object_member (body, "filter", wanted);
  json_object_set_array_member (body, "sort", sort);

  return strata_console_wrap (body);
}

/**
 * strata_console_list_profiles:
 * @self: a client that somebody is signed in at
 * @filter: (nullable): which; %NULL for all
 * @arrived: (nullable) (scope call): called after each page with what came so far
 * @arrived_data: for @arrived
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists the profiles, without their values. It comes in pages of 50, and the console wants no more than ten of them in a
 * second. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataConsoleEntry) (nullable): them, in the order of their names and each once;
 *   or %NULL with @error set
 */
GPtrArray *
strata_console_list_profiles (StrataConsole             *self,
                              const StrataConsoleFilter *filter,
                              StrataConsoleArrival       arrived,
                              gpointer                   arrived_data,
                              GCancellable              *cancellable,
                              GError                   **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  g_autoptr(JsonNode) body = build_filter (filter);
  g_auto(Listing) listing = listing_new (self);
  StrataConsolePages pages = {
    .path = "/v1/dashboard/clusterprofiles",
    .body = body,
    .take = take_entry,
    .take_data = &listing,
    .tell = tell_arrived,
    .tell_data = &listing,
  };

  listing.arrived = arrived;
  listing.arrived_data = arrived_data;
  if (!strata_console_read_pages (self, &pages, cancellable, error))
    return NULL;

  return g_steal_pointer (&listing.entries);
}

static StrataConsoleEntry *
read_version (JsonObject *item,
              const char *project)
{
  JsonObject *metadata = strata_json_get_object (item, "metadata");
  JsonObject *spec = strata_json_get_object (item, "spec");
  StrataConsoleEntry *entry = read_entry (item, project);

  g_free (entry->version);
  entry->version = g_strdup (strata_json_get_string (spec, "version"));
  g_free (entry->uid);
  entry->uid = g_strdup (strata_json_get_string (metadata, "uid"));

  return entry;
}

/**
 * strata_console_list_versions:
 * @self: a client that somebody is signed in at
 * @name: the name of a profile
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists the versions of a profile, of any type. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataConsoleEntry) (nullable): them, of which only uid, name and version are
 *   said; empty when there is no such profile; or %NULL with @error set
 */
GPtrArray *
strata_console_list_versions (StrataConsole  *self,
                              const char     *name,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && name != NULL, NULL);

  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = {
    .path = "/v1/dashboard/clusterprofiles/metadata",
    .max_size = MAX_METADATA,
  };
  g_autoptr(GPtrArray) items =
    strata_console_list_items (self, &call, "items", &owner, cancellable, error);

  if (items == NULL)
    return NULL;

  g_auto(Listing) listing = listing_new (self);

  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *metadata = strata_json_get_object (items->pdata[i], "metadata");

      if (!g_str_equal (strata_json_get_string (metadata, "name"), name))
        continue;

      g_autoptr(StrataConsoleEntry) entry = read_version (items->pdata[i], listing.project);

      if (*entry->uid != '\0' && g_hash_table_add (listing.seen, entry->uid))
        g_ptr_array_add (listing.entries, g_steal_pointer (&entry));
    }

  return g_steal_pointer (&listing.entries);
}

/**
 * strata_console_find_profile:
 * @self: a client that somebody is signed in at
 * @name: the name of a profile
 * @version: its version
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_NOT_FOUND`, or another [error@Error]
 *
 * Finds out whether there is such a profile. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): its uid, or %NULL with @error set
 */
char *
strata_console_find_profile (StrataConsole  *self,
                             const char     *name,
                             const char     *version,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && name != NULL && version != NULL, NULL);

  g_autoptr(GPtrArray) versions = strata_console_list_versions (self, name, cancellable, error);

  if (versions == NULL)
    return NULL;

  for (guint i = 0; i < versions->len; i++)
    {
      StrataConsoleEntry *entry = versions->pdata[i];

      if (g_str_equal (entry->version, version))
        return g_strdup (entry->uid);
    }

  g_autofree char *scope = strata_console_dup_scope (self, FALSE);

  /* Translators: a host, a profile, its version, and where it was looked for: the project “…” */
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("%s has no profile “%s” of version %s in %s"), self->host, name, version, scope);

  return NULL;
}
