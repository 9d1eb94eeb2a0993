/* strata-console-get.c - one profile of a console, whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-making.h"
#include "strata-console-packs.h"
#include "strata-console-private.h"
#include "strata-console-profiles.h"
#include "strata-json.h"
#include "strata-palette-body.h"

#define MAX_PROFILE (64 * 1024 * 1024)

/* What has to be asked for one profile. (all owned) */
typedef struct
{
  JsonNode   *owner;         /* of all below */
  JsonObject *reply;         /* (unowned) */
  JsonNode   *variables;     /* (nullable) */
  GHashTable *contents[2];   /* (nullable) (element-type utf8 utf8) by StrataPalettePart */
  GPtrArray  *registries;    /* (element-type StrataConsoleRegistry) */
} Parts;

static void
parts_clear (Parts *self)
{
  g_clear_pointer (&self->owner, json_node_unref);
  g_clear_pointer (&self->variables, json_node_unref);
  g_clear_pointer (&self->contents[0], g_hash_table_unref);
  g_clear_pointer (&self->contents[1], g_hash_table_unref);
  g_clear_pointer (&self->registries, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/**
 * strata_console_profile_free:
 * @self: (transfer full): a profile of a console
 */
void
strata_console_profile_free (StrataConsoleProfile *self)
{
  g_clear_object (&self->profile);
  g_clear_object (&self->published);
  g_free (self->modified_text);
  g_free (self);
}

static JsonObject *
get_template (Parts            *parts,
              StrataPalettePart part)
{
  JsonObject *spec = strata_json_get_object (parts->reply, "spec");

  return strata_json_get_object (spec, part == STRATA_PALETTE_DRAFT ? "draft" : "published");
}

static guint
count_manifests (JsonObject *pack)
{
  JsonArray *manifests = strata_json_get_array (pack, "manifests");

  return manifests != NULL ? json_array_get_length (manifests) : 0;
}

/* The names of the layers of @template that have manifests. */
static void
add_layers (GHashTable *names,
            JsonObject *template)
{
  JsonArray *packs = strata_json_get_array (template, "packs");

  for (guint i = 0; packs != NULL && i < json_array_get_length (packs); i++)
    {
      JsonNode *node = json_array_get_element (packs, i);
      JsonObject *pack = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (count_manifests (pack) > 0)
        g_hash_table_add (names, g_strdup (strata_json_get_string (pack, "name")));
    }
}

/* An empty content may be left out. */
static void
take_content (GHashTable *contents,
              const char *layer,
              const char *manifest,
              JsonObject *data)
{
  if (data == NULL)
    return;

  g_hash_table_replace (contents, strata_palette_make_key (layer, manifest),
                        g_strdup (strata_json_get_string (data, "content")));
}

/* What was not edited since has no draft of its own. */
static void
take_manifest (Parts      *parts,
               const char *layer,
               JsonObject *item)
{
  const char *name = strata_json_get_string (strata_json_get_object (item, "metadata"), "name");
  JsonObject *spec = strata_json_get_object (item, "spec");
  JsonObject *draft = strata_json_get_object (spec, "draft");
  JsonObject *published = strata_json_get_object (spec, "published");

  take_content (parts->contents[STRATA_PALETTE_PUBLISHED], layer, name, published);
  take_content (parts->contents[STRATA_PALETTE_DRAFT], layer, name,
                draft != NULL ? draft : published);
}

static gboolean
read_layer_manifests (StrataConsole *self,
                      Parts         *parts,
                      const char    *uid,
                      const char    *layer,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *path =
    strata_console_build_path ("/v1/clusterprofiles/%s/packs/%s/manifests", uid, layer);
  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = { .path = path, .max_size = MAX_PROFILE };
  g_autoptr(GPtrArray) items =
    strata_console_list_items (self, &call, "items", &owner, cancellable, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    take_manifest (parts, layer, items->pdata[i]);

  return items != NULL;
}

static void
take_layer (Parts      *parts,
            JsonObject *pack)
{
  JsonObject *spec = strata_json_get_object (pack, "spec");
  const char *layer = strata_json_get_string (spec, "name");
  JsonArray *list = strata_json_get_array (spec, "manifests");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = strata_json_get_string (item, "name");

      for (guint part = 0; part < G_N_ELEMENTS (parts->contents); part++)
        take_content (parts->contents[part], layer, name, item);
    }
}

/* All at once: this does not say whether it is a draft, so it is for what has one state. */
static gboolean
read_all_manifests (StrataConsole *self,
                    Parts         *parts,
                    const char    *uid,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s/packs/manifests", uid);
  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = { .path = path, .max_size = MAX_PROFILE };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);
  JsonArray *packs = strata_json_get_array (strata_json_get_object (reply, "spec"), "packs");

  for (guint i = 0; packs != NULL && i < json_array_get_length (packs); i++)
    {
      JsonNode *node = json_array_get_element (packs, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_layer (parts, json_node_get_object (node));
    }

  return reply != NULL;
}

static gboolean
read_manifests (StrataConsole *self,
                Parts         *parts,
                const char    *uid,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer layer;

  add_layers (names, get_template (parts, STRATA_PALETTE_DRAFT));
  add_layers (names, get_template (parts, STRATA_PALETTE_PUBLISHED));

  for (guint i = 0; i < G_N_ELEMENTS (parts->contents); i++)
    parts->contents[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  gboolean has_both = strata_palette_has_part (parts->reply, STRATA_PALETTE_DRAFT) &&
                      strata_palette_has_part (parts->reply, STRATA_PALETTE_PUBLISHED);

  if (!has_both)
    return g_hash_table_size (names) == 0 ||
           read_all_manifests (self, parts, uid, cancellable, error);

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &layer, NULL))
    if (!read_layer_manifests (self, parts, uid, layer, cancellable, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_variables (StrataConsole *self,
                Parts         *parts,
                const char    *uid,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s/variables", uid);
  StrataConsoleCall call = { .path = path };

  return strata_console_call_object (self, &call, &parts->variables, cancellable, error) != NULL;
}

static gboolean
read_parts (StrataConsole *self,
            Parts         *parts,
            const char    *uid,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s", uid);
  StrataConsoleCall call = { .path = path, .max_size = MAX_PROFILE };

  parts->reply = strata_console_call_object (self, &call, &parts->owner, cancellable, error);

  if (parts->reply == NULL || !read_manifests (self, parts, uid, cancellable, error) ||
      !read_variables (self, parts, uid, cancellable, error))
    return FALSE;

  parts->registries = strata_console_try_registries (self, NULL, cancellable, error);

  return parts->registries != NULL;
}

static StrataLayer *
name_registry (StrataLayer *layer,
               GPtrArray   *registries)
{
  const char *uid = strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID);

  for (guint i = 0; *uid != '\0' && i < registries->len; i++)
    {
      StrataConsoleRegistry *registry = registries->pdata[i];

      if (!g_str_equal (registry->uid, uid))
        continue;

      g_autoptr(StrataLayer) named =
        strata_layer_with (layer, STRATA_LAYER_REGISTRY_NAME, registry->name);

      return strata_layer_with (named, STRATA_LAYER_REGISTRY_KIND, registry->kind);
    }

  return g_object_ref (layer);
}

static StrataProfile *
name_registries (StrataProfile *profile,
                 GPtrArray     *registries)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    g_ptr_array_add (layers, name_registry (strata_profile_get_layer (profile, i), registries));

  return strata_profile_with_layers (profile, layers);
}

static StrataProfile *
make_profile (StrataConsole     *self,
              Parts             *parts,
              StrataPalettePart  part,
              GError           **error)
{
  JsonArray *variables =
    strata_json_get_array (json_node_get_object (parts->variables), "variables");
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataProfile) read =
    strata_palette_read_part (parts->reply, part, variables, parts->contents[part], &reason);

  if (read == NULL)
    {
      strata_console_set_bad_reply (self, reason->message, error);
      return NULL;
    }

  g_autoptr(StrataProfile) named = name_registries (read, parts->registries);
  const char *project = strata_console_get_project (self);

  return strata_profile_with (named, STRATA_PROFILE_PROJECT_UID, project != NULL ? project : "");
}

static gboolean
fill (StrataConsole         *self,
      Parts                 *parts,
      StrataConsoleProfile  *found,
      GError               **error)
{
  JsonObject *metadata = strata_json_get_object (parts->reply, "metadata");
  JsonObject *status = strata_json_get_object (parts->reply, "status");
  JsonArray *in_use = strata_json_get_array (status, "inUseClusterUids");
  JsonObject *published = get_template (parts, STRATA_PALETTE_PUBLISHED);

  found->has_draft = strata_palette_has_part (parts->reply, STRATA_PALETTE_DRAFT);
  found->is_published = published != NULL;
  found->revision = (guint) CLAMP (strata_console_read_int (published, "version"), 0, G_MAXINT32);
  found->in_use = in_use != NULL ? json_array_get_length (in_use) : 0;
  found->modified = strata_console_read_time (metadata, "lastModifiedTimestamp");
  found->modified_text = g_strdup (strata_json_get_string (metadata, "lastModifiedTimestamp"));

  if (found->is_published)
    {
      found->published = make_profile (self, parts, STRATA_PALETTE_PUBLISHED, error);
      if (found->published == NULL)
        return FALSE;
    }

  found->profile = found->has_draft || !found->is_published
                     ? make_profile (self, parts, STRATA_PALETTE_DRAFT, error)
                     : g_object_ref (found->published);

  return found->profile != NULL;
}

/**
 * strata_console_read_profile:
 *
 * As strata_console_get_profile(), with what the console said of it besides, if @reply is not %NULL.
 */
StrataConsoleProfile *
strata_console_read_profile (StrataConsole  *self,
                             const char     *uid,
                             JsonNode      **reply,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_auto(Parts) parts = { 0 };
  g_autoptr(StrataConsoleProfile) found = g_new0 (StrataConsoleProfile, 1);

  if (!read_parts (self, &parts, uid, cancellable, error) || !fill (self, &parts, found, error))
    return NULL;

  if (reply != NULL)
    *reply = json_node_ref (parts.owner);

  return g_steal_pointer (&found);
}

/**
 * strata_console_get_profile:
 * @self: a client that somebody is signed in at
 * @uid: the uid of one version of a profile
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads a profile whole: asks for it, for its variables, for the manifests of each layer that has some, and for the names
 * of the registries. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
StrataConsoleProfile *
strata_console_get_profile (StrataConsole  *self,
                            const char     *uid,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  return strata_console_read_profile (self, uid, NULL, cancellable, error);
}
