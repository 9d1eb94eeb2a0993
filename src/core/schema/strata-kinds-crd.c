/* strata-kinds-crd.c - kinds that a CustomResourceDefinition brings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kinds"

#include "strata-kinds-private.h"


static const StrataKindType *
convert_version (StrataKinds          *self,
                 const StrataYamlNode *spec,
                 const StrataYamlNode *version)
{
  StrataKindsSource source = { .kinds = self };
  const StrataYamlNode *schema = strata_yaml_node_lookup (version, "schema.openAPIV3Schema");

  if (schema == NULL)
    schema = strata_yaml_node_lookup (spec, "validation.openAPIV3Schema");

  return strata_kinds_add_common (self, schema != NULL ? strata_kinds_convert (&source, schema)
                                                 : strata_kinds_get_simple (STRATA_KIND_OBJECT));
}

static void
add_version (StrataKinds          *self,
             const StrataYamlNode *spec,
             const StrataYamlNode *version,
             const char           *name)
{
  const char *group = strata_yaml_node_get_string (spec, "group");
  const StrataYamlNode *names = strata_kinds_get_mapping (spec, "names");
  const char *kind_name = names != NULL ? strata_yaml_node_get_string (names, "kind") : "";

  if (*name == '\0' || *group == '\0' || *kind_name == '\0' ||
      g_str_equal (strata_yaml_node_get_string (version, "served"), "false"))
    return;

  g_autofree char *api_version = g_strdup_printf ("%s/%s", group, name);
  StrataKind *kind = strata_kinds_alloc (self, sizeof *kind);

  kind->api_version = strata_kinds_intern (self, api_version);
  kind->name = strata_kinds_intern (self, kind_name);
  kind->is_namespaced = !g_str_equal (strata_yaml_node_get_string (spec, "scope"), "Cluster");
  kind->is_custom = TRUE;
  kind->type = convert_version (self, spec, version);
  if (strata_kinds_is_true (version, "deprecated"))
    kind->span.deprecated = STRATA_KIND_DEPRECATED_EVER;
  g_ptr_array_add (self->kinds, kind);
}

static void
add_definition (StrataKinds          *self,
                const StrataYamlNode *spec)
{
  const StrataYamlNode *versions = strata_kinds_get_sequence (spec, "versions");

  if (versions == NULL)
    add_version (self, spec, spec, strata_yaml_node_get_string (spec, "version"));

  for (guint i = 0; versions != NULL && i < strata_yaml_node_get_size (versions); i++)
    {
      const StrataYamlNode *version = strata_yaml_node_get_item (versions, i);

      add_version (self, spec, version, strata_yaml_node_get_string (version, "name"));
    }
}

/* Takes the definitions among the objects of a text, and among the items of its lists. */
static void
look_at_object (StrataKinds          *self,
                const StrataYamlNode *object)
{
  const char *kind = strata_yaml_node_get_string (object, "kind");
  const StrataYamlNode *spec = strata_kinds_get_mapping (object, "spec");
  const StrataYamlNode *items = strata_kinds_get_sequence (object, "items");

  if (g_str_equal (kind, "CustomResourceDefinition") && spec != NULL)
    add_definition (self, spec);

  if (!g_str_has_suffix (kind, "List"))
    return;

  for (guint i = 0; items != NULL && i < strata_yaml_node_get_size (items); i++)
    look_at_object (self, strata_yaml_node_get_item (items, i));
}

void
strata_kinds_add_crds (StrataKinds *self,
                       StrataYaml  *yaml)
{
  for (guint i = 0; i < strata_yaml_get_n_documents (yaml); i++)
    look_at_object (self, strata_yaml_get_root (yaml, i));
}
