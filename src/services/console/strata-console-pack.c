/* strata-console-pack.c - one version of a pack, as a console has it: values, presets, rules, readme, picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <string.h>

#include "strata-console-packs.h"
#include "strata-console-private.h"
#include "strata-json.h"

#define MAX_LOGO (2 * 1024 * 1024)

static const char *
quote_join (GString    *rule,
            JsonArray  *list)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      g_autofree char *text =
        json_node_get_value_type (node) == G_TYPE_STRING
          ? g_strdelimit (g_strdup (json_node_get_string (node)), "\"'\\\r\n{}", ' ')
          : g_strdup ("");

      g_string_append_printf (rule, " \"%s\"", text);
    }

  return rule->str;
}

/* One entry of `schema.yaml`, which is what the rest of the program reads. */
static void
append_rule (GString    *schema,
             JsonObject *item)
{
  const char *name = strata_json_get_string (item, "name");
  const char *format = strata_json_get_string (item, "format");
  JsonArray *hints = strata_json_get_array (item, "hints");
  g_autoptr(GString) rule = g_string_new (NULL);
  g_autofree char *key = g_strdelimit (g_strdup (name), "\"\\\r\n", ' ');
  g_autofree char *safe = g_strdelimit (g_strdup (format), "\"'\\\r\n", ' ');

  if (*name == '\0')
    return;

  if (strata_json_get_bool (item, "required"))
    g_string_append (rule, " required |");
  if (strata_json_get_bool (item, "readonly"))
    g_string_append (rule, " readonly |");
  if (*safe != '\0')
    g_string_append_printf (rule, " format \"%s\" |", safe);
  if (hints != NULL && json_array_get_length (hints) > 0)
    {
      g_string_append (rule, " hints");
      quote_join (rule, hints);
      g_string_append (rule, " |");
    }

  if (rule->len > 0)
    g_string_truncate (rule, rule->len - 2);
  g_string_append_printf (schema, "\"%s\":\n  schema: '{{%s }}'\n", key, rule->str);
}

static char *
build_schema (JsonArray *list)
{
  g_autoptr(GString) schema = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        append_rule (schema, json_node_get_object (node));
    }

  return g_string_free (g_steal_pointer (&schema), FALSE);
}

static char **
read_texts (JsonArray *list)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (texts, json_node_get_string (node));
    }

  return g_strv_builder_end (texts);
}

static GPtrArray *
read_presets (JsonArray *list)
{
  GPtrArray *presets = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preset_free);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_auto(GStrv) paths = read_texts (strata_json_get_array (item, "remove"));

      if (*strata_json_get_string (item, "name") != '\0')
        g_ptr_array_add (presets, strata_preset_new (strata_json_get_string (item, "name"),
                                                     strata_json_get_string (item, "displayName"),
                                                     strata_json_get_string (item, "group"),
                                                     strata_json_get_string (item, "add"),
                                                     (const char *const *) paths));
    }

  return presets;
}

static GPtrArray *
read_dependencies (JsonArray *list)
{
  GPtrArray *needed = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (*strata_json_get_string (item, "name") != '\0')
        g_ptr_array_add (needed, strata_dependency_new (strata_json_get_string (item, "name"),
                                                        strata_json_get_string (item, "version"),
                                                        "", FALSE));
    }

  return needed;
}

/* The object of @list whose `packUid` is @uid, or the only one. */
static JsonObject *
find_by_uid (JsonArray  *list,
             const char *uid)
{
  guint length = list != NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (length == 1 || g_str_equal (strata_json_get_string (item, "packUid"), uid))
        return item;
    }

  return NULL;
}

/* The answer does not say what the pack is; where it comes from does. */
static StrataLayerKind
find_kind (GPtrArray  *registries,
           const char *registry_uid)
{
  StrataLayerKind kind = STRATA_LAYER_KIND_PACK;

  for (guint i = 0; i < registries->len; i++)
    {
      StrataConsoleRegistry *registry = registries->pdata[i];

      if (g_str_equal (registry->uid, registry_uid) && g_str_equal (registry->kind, "helm"))
        kind = STRATA_LAYER_KIND_HELM;
      else if (g_str_equal (registry->uid, registry_uid) && g_str_equal (registry->kind, "oci"))
        kind = STRATA_LAYER_KIND_OCI;
    }

  return kind;
}

static StrataPack *
make_pack (JsonObject     *reply,
           const char     *uid,
           StrataLayerKind kind)
{
  JsonObject *values = find_by_uid (strata_json_get_array (reply, "packValues"), uid);
  JsonObject *tag = find_by_uid (strata_json_get_array (reply, "tags"), uid);
  const char *shown = strata_json_get_string (reply, "displayName");
  const char *name = strata_json_get_string (reply, "name");
  g_autofree char *schema = build_schema (strata_json_get_array (values, "schema"));
  g_autoptr(GPtrArray) presets = read_presets (strata_json_get_array (values, "presets"));
  g_autoptr(GPtrArray) needed = read_dependencies (strata_json_get_array (values, "dependencies"));
  const char *fields[STRATA_PACK_N_FIELDS] = {
    [STRATA_PACK_NAME] = name,
    [STRATA_PACK_DISPLAY_NAME] = *shown != '\0' ? shown : name,
    [STRATA_PACK_VERSION] = strata_json_get_string (tag, "version"),
    [STRATA_PACK_LAYER] = strata_json_get_string (reply, "layer"),
    [STRATA_PACK_TYPE] = strata_json_get_string (reply, "addonType"),
    [STRATA_PACK_VALUES] = strata_json_get_string (values, "values"),
    [STRATA_PACK_SCHEMA] = schema,
    [STRATA_PACK_README] = strata_json_get_string (values, "readme"),
  };

  return strata_pack_new (kind, fields, presets, needed, NULL, NULL);
}

/**
 * strata_console_get_pack:
 * @self: a client that somebody is signed in at
 * @uid: the uid of one version of a pack
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads what a layer of the pack starts with: its values, its presets, what its values have to be, and its readme. It has
 * no files: those stay with the console. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with @error set
 */
StrataPack *
strata_console_get_pack (StrataConsole  *self,
                         const char     *uid,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/packs/%s", uid);
  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = { .path = path };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

  if (reply == NULL)
    return NULL;

  if (*strata_json_get_string (reply, "name") == '\0')
    {
      strata_console_set_bad_reply (self, path, error);
      return NULL;
    }

  g_autoptr(GPtrArray) registries = strata_console_get_registries (self, NULL, cancellable, error);

  if (registries == NULL)
    return NULL;

  return make_pack (reply, uid,
                    find_kind (registries, strata_json_get_string (reply, "registryUid")));
}

/**
 * strata_console_get_readme:
 * @self: a client that somebody is signed in at
 * @uid: the uid of one version of a pack
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the readme of the pack as Markdown, "" when it has none; or %NULL with @error set
 */
char *
strata_console_get_readme (StrataConsole  *self,
                           const char     *uid,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/packs/%s/readme", uid);
  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = { .path = path };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

  return reply != NULL ? g_strdup (strata_json_get_string (reply, "readme")) : NULL;
}

/**
 * strata_console_get_logo:
 * @self: a client that somebody is signed in at
 * @uid: the uid of one version of a pack
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Asks the console for the picture of a pack: not the address that it gives, which may be any on the web. Blocks; any
 * thread.
 *
 * Returns: (transfer full) (nullable): the file, a PNG, JPEG or GIF; or %NULL with @error set
 */
GBytes *
strata_console_get_logo (StrataConsole  *self,
                         const char     *uid,
                         GCancellable   *cancellable,
                         GError        **error)
{
  static const char *const accept[] = { "image/png", "image/jpeg", "image/gif", NULL };

  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/packs/%s/logo", uid);
  StrataConsoleCall call = { .path = path, .max_size = MAX_LOGO };
  StrataHttpRequest special = { .accept = accept };
  g_autoptr(StrataHttpReply) reply =
    strata_console_send (self, &call, &special, cancellable, error);

  return reply != NULL ? g_bytes_ref (strata_http_reply_get_body (reply)) : NULL;
}
