/* strata-sandbox-pack-meta.c - what the sandbox console tells about a pack beside its values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-pack-meta"

#include "strata-sandbox-pack-meta.h"

#include <string.h>

#include "strata-pack-rule.h"
#include "strata-yaml.h"

static JsonArray *
make_list (char **texts)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_array_add_string_element (list, texts[i]);

  return list;
}

static JsonObject *
make_preset (StrataPreset *preset)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", preset->name);
  json_object_set_string_member (object, "displayName", preset->display_name);
  json_object_set_string_member (object, "group", preset->group);
  json_object_set_string_member (object, "add", preset->add);
  json_object_set_array_member (object, "remove", make_list (preset->remove));

  return object;
}

/* Returns: (transfer full): `v1PackPreset`s */
JsonArray *
strata_sandbox_pack_make_presets (StrataSandboxOffer *offer)
{
  JsonArray *presets = json_array_new ();
  GPtrArray *list = strata_pack_get_presets (offer->pack);

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (presets, make_preset (list->pdata[i]));

  return presets;
}

static JsonObject *
make_rule (StrataPackRule *rule)
{
  JsonObject *object = json_object_new ();
  JsonArray *hints = json_array_new ();
  g_autofree char *format =
    g_strdup_printf ("${%s}", *rule->format != '\0' ? rule->format : "string");

  if (*rule->hints != '\0')
    json_array_add_string_element (hints, rule->hints);
  json_object_set_string_member (object, "name", rule->path);
  json_object_set_string_member (object, "type", *rule->format != '\0' ? rule->format : "string");
  json_object_set_string_member (object, "format", format);
  json_object_set_boolean_member (object, "required", rule->required);
  json_object_set_boolean_member (object, "readonly", rule->readonly);
  json_object_set_string_member (object, "regex", "");
  json_object_set_array_member (object, "hints", hints);
  json_object_set_array_member (object, "listOptions", make_list (rule->options));

  return object;
}

/* Returns: (transfer full): `v1PackSchema`s */
JsonArray *
strata_sandbox_pack_make_schema (StrataSandboxOffer *offer)
{
  JsonArray *schema = json_array_new ();
  gboolean is_pack = strata_pack_get_kind (offer->pack) == STRATA_LAYER_KIND_PACK;
  const char *text = is_pack ? strata_pack_get (offer->pack, STRATA_PACK_SCHEMA) : "";
  g_autoptr(StrataYaml) yaml = *text != '\0' ? strata_yaml_parse (text, -1, NULL) : NULL;
  StrataYamlNode *root =
    yaml != NULL && strata_yaml_get_n_documents (yaml) > 0 ? strata_yaml_get_root (yaml, 0) : NULL;
  guint n_rules = root != NULL && strata_yaml_node_get_kind (root) == STRATA_YAML_MAPPING
                    ? strata_yaml_node_get_size (root)
                    : 0;

  for (guint i = 0; i < n_rules; i++)
    {
      const char *path = strata_yaml_node_get_value (strata_yaml_node_get_key (root, i));
      const char *said =
        strata_yaml_node_get_string (strata_yaml_node_get_item (root, i), "schema");
      StrataPackRule *rule =
        path != NULL && said != NULL ? strata_pack_rule_read (path, said) : NULL;

      if (rule == NULL)
        continue;
      json_array_add_object_element (schema, make_rule (rule));
      strata_pack_rule_free (rule);
    }

  return schema;
}

/* Adds what @wanted, a list like "schema,presets", asks for. */
void
strata_sandbox_pack_add_meta (JsonObject         *object,
                              StrataSandboxOffer *offer,
                              const char         *wanted)
{
  if (strstr (wanted, "presets") != NULL)
    json_object_set_array_member (object, "presets", strata_sandbox_pack_make_presets (offer));
  if (strstr (wanted, "schema") != NULL)
    json_object_set_array_member (object, "schema", strata_sandbox_pack_make_schema (offer));
}
