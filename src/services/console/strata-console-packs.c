/* strata-console-packs.c - the packs that a console has read from its registries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-packs.h"

#include <string.h>

#include "strata-console-private.h"
#include "strata-json.h"
#include "strata-version.h"

/**
 * strata_console_pack_free:
 * @self: (transfer full): a pack
 */
void
strata_console_pack_free (StrataConsolePack *self)
{
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->layer);
  g_free (self->addon_type);
  g_free (self->registry_uid);
  g_free (self->registry_name);
  g_free (self->latest_version);
  g_free (self->latest_uid);
  g_free (self->logo_url);
  g_free (self);
}

/**
 * strata_console_pack_version_free:
 * @self: (transfer full): a version
 */
void
strata_console_pack_version_free (StrataConsolePackVersion *self)
{
  g_free (self->tag);
  g_free (self->version);
  g_free (self->uid);
  g_free (self);
}

static void
add_choice (JsonObject *filter,
            const char *member,
            const char *value)
{
  JsonArray *choices = json_array_new ();

  if (value != NULL && *value != '\0')
    json_array_add_string_element (choices, value);

  if (json_array_get_length (choices) > 0)
    json_object_set_array_member (filter, member, choices);
  else
    json_array_unref (choices);
}

static JsonNode *
build_search (const StrataConsolePackFilter *wanted)
{
  JsonObject *body = json_object_new ();
  JsonObject *filter = json_object_new ();
  JsonObject *order = json_object_new ();
  JsonArray *sort = json_array_new ();

  if (wanted != NULL && wanted->name != NULL && *wanted->name != '\0')
    {
      JsonObject *name = json_object_new ();

      json_object_set_string_member (name, "contains", wanted->name);
      json_object_set_boolean_member (name, "ignoreCase", TRUE);
      json_object_set_object_member (filter, "displayName", name);
    }

  add_choice (filter, "registryUid", wanted != NULL ? wanted->registry_uid : NULL);
  add_choice (filter, "layer", wanted != NULL ? wanted->layer : NULL);
  add_choice (filter, "source", wanted != NULL ? wanted->source : NULL);
  json_object_set_string_member (order, "field", "displayName");
  json_object_set_string_member (order, "order", "asc");
  json_array_add_object_element (sort, order);
  json_object_set_object_member (body, "filter", filter);
  json_object_set_array_member (body, "sort", sort);

  return strata_console_wrap (body);
}

static StrataLayerKind
read_kind (const char *type)
{
  static const char *const types[] = { "spectro", "helm", "oci", "manifest" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i]))
      return (StrataLayerKind) i;

  return STRATA_LAYER_KIND_PACK;
}

static StrataConsolePack *
read_pack (JsonObject *spec,
           JsonObject *registry)
{
  StrataConsolePack *pack = g_new0 (StrataConsolePack, 1);
  const char *name = strata_json_get_string (spec, "name");
  const char *shown = strata_json_get_string (spec, "displayName");
  const char *logo = strata_json_get_string (registry, "logoUrl");

  pack->name = g_strdup (name);
  pack->display_name = g_strdup (*shown != '\0' ? shown : name);
  pack->kind = read_kind (strata_json_get_string (spec, "type"));
  pack->layer = g_strdup (strata_json_get_string (spec, "layer"));
  pack->addon_type = g_strdup (strata_json_get_string (spec, "addonType"));
  pack->registry_uid = g_strdup (strata_json_get_string (registry, "uid"));
  pack->registry_name = g_strdup (strata_json_get_string (registry, "name"));
  pack->latest_version = g_strdup (strata_json_get_string (registry, "latestVersion"));
  pack->latest_uid = g_strdup (strata_json_get_string (registry, "latestPackUid"));
  pack->logo_url = *logo != '\0' ? g_strdup (logo) : NULL;

  return pack;
}

/* What a search becomes. */
typedef struct
{
  GPtrArray  *packs;  /* (owned) (element-type StrataConsolePack) */
  GHashTable *seen;   /* (owned) (element-type utf8): name and registry */
} Found;

static gboolean
take_pack (JsonObject *item,
           gpointer    data)
{
  Found *found = data;
  JsonObject *spec = strata_json_get_object (item, "spec");
  JsonArray *registries = strata_json_get_array (spec, "registries");
  gboolean is_new = FALSE;

  for (guint i = 0; registries != NULL && i < json_array_get_length (registries); i++)
    {
      JsonNode *node = json_array_get_element (registries, i);
      JsonObject *registry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autoptr(StrataConsolePack) pack = read_pack (spec, registry);

      if (*pack->name == '\0' || *pack->registry_uid == '\0' ||
          !g_hash_table_add (found->seen, g_strconcat (pack->name, "\n", pack->registry_uid, NULL)))
        continue;

      g_ptr_array_add (found->packs, g_steal_pointer (&pack));
      is_new = TRUE;
    }

  return is_new;
}

/**
 * strata_console_search_packs:
 * @self: a client that somebody is signed in at
 * @filter: (nullable): which; %NULL for all
 * @most: how many names are wanted; 0 for all
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists packs and charts that the console has read from its registries. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataConsolePack) (nullable): them, in the order of the names that people read;
 *   or %NULL with @error set
 */
GPtrArray *
strata_console_search_packs (StrataConsole                  *self,
                             const StrataConsolePackFilter  *filter,
                             guint                           most,
                             GCancellable                   *cancellable,
                             GError                        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  g_autoptr(JsonNode) body = build_search (filter);
  g_autoptr(GPtrArray) packs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_console_pack_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Found found = { packs, seen };
  StrataConsolePages pages = {
    .path = "/v1/packs/search",
    .body = body,
    .take = take_pack,
    .take_data = &found,
    .most = most,
  };

  return strata_console_read_pages (self, &pages, cancellable, error) ? g_steal_pointer (&packs)
                                                                      : NULL;
}

static gboolean
is_text_in (JsonArray  *list,
            const char *text)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING &&
          g_str_equal (json_node_get_string (node), text))
        return TRUE;
    }

  return FALSE;
}

/* A tag floats when it is no version of its own, or when others are below it. */
static gboolean
is_floating (JsonArray  *tags,
             const char *tag,
             const char *version)
{
  if (!g_str_equal (tag, version))
    return TRUE;

  for (guint i = 0; i < json_array_get_length (tags); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);
      JsonObject *other = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (is_text_in (strata_json_get_array (other, "parentTags"), tag))
        return TRUE;
    }

  return FALSE;
}

static void
add_version (GPtrArray  *versions,
             JsonArray  *tags,
             JsonObject *item)
{
  const char *tag = strata_json_get_string (item, "tag");
  const char *version = strata_json_get_string (item, "version");

  if (*tag == '\0' && *version == '\0')
    return;

  StrataConsolePackVersion *found = g_new0 (StrataConsolePackVersion, 1);

  found->tag = g_strdup (*tag != '\0' ? tag : version);
  found->version = g_strdup (*version != '\0' ? version : tag);
  found->uid = g_strdup (strata_json_get_string (item, "packUid"));
  found->is_floating = is_floating (tags, found->tag, found->version);
  g_ptr_array_add (versions, found);
}

/* The newest first; of one version the tag that stays before those that float. What is no version comes last. */
static int
compare_versions_cb (gconstpointer a,
                     gconstpointer b)
{
  const StrataConsolePackVersion *first = *(const StrataConsolePackVersion *const *) a;
  const StrataConsolePackVersion *second = *(const StrataConsolePackVersion *const *) b;
  g_autoptr(StrataVersion) one = strata_version_parse (first->version, NULL);
  g_autoptr(StrataVersion) two = strata_version_parse (second->version, NULL);
  int order = 0;

  if (one != NULL && two != NULL)
    order = strata_version_compare (two, one);
  else
    order = (one == NULL) - (two == NULL);

  if (order == 0)
    order = first->is_floating - second->is_floating;

  return order != 0 ? order : strcmp (first->tag, second->tag);
}

/**
 * strata_console_list_pack_versions:
 * @self: a client that somebody is signed in at
 * @name: the name of a pack
 * @registry_uid: where it is
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists the versions of a pack. The console gives them in the order of their letters. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataConsolePackVersion) (nullable): them, the newest first; or %NULL with
 *   @error set
 */
GPtrArray *
strata_console_list_pack_versions (StrataConsole  *self,
                                   const char     *name,
                                   const char     *registry_uid,
                                   GCancellable   *cancellable,
                                   GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);
  g_return_val_if_fail (name != NULL && registry_uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/packs/%s/registries/%s", name, registry_uid);
  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = { .path = path };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

  if (reply == NULL)
    return NULL;

  GPtrArray *versions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_console_pack_version_free);
  JsonArray *tags = strata_json_get_array (reply, "tags");

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_version (versions, tags, json_node_get_object (node));
    }

  g_ptr_array_sort (versions, compare_versions_cb);

  return versions;
}
