/* strata-kinds-crd.c - kinds that a CustomResourceDefinition brings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kinds"

#include "strata-kinds-private.h"

#include <stdlib.h>
#include <string.h>

static const StrataKindType *convert (StrataKinds          *self,
                                      const StrataYamlNode *schema);

static gboolean
is_true (const StrataYamlNode *schema,
         const char           *key)
{
  return g_str_equal (strata_yaml_node_get_string (schema, key), "true");
}

static StrataYamlNode *
get_mapping (const StrataYamlNode *node,
             const char           *key)
{
  StrataYamlNode *member = strata_yaml_node_get_member (node, key);

  return member != NULL && strata_yaml_node_get_kind (member) == STRATA_YAML_MAPPING ? member
                                                                                     : NULL;
}

static StrataYamlNode *
get_sequence (const StrataYamlNode *node,
              const char           *key)
{
  StrataYamlNode *member = strata_yaml_node_get_member (node, key);

  return member != NULL && strata_yaml_node_get_kind (member) == STRATA_YAML_SEQUENCE ? member
                                                                                      : NULL;
}

/* The texts of a list, or %NULL when one of them is none: an enumeration may have numbers too. */
static const char *const *
convert_words (StrataKinds          *self,
               const StrataYamlNode *list)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < strata_yaml_node_get_size (list); i++)
    {
      const char *word = strata_yaml_node_get_value (strata_yaml_node_get_item (list, i));

      if (word == NULL)
        return NULL;

      g_ptr_array_add (words, (char *) word);
    }

  return words->len > 0 ? strata_kinds_intern_all (self, words) : NULL;
}

static gboolean
has_word (const char *const *words,
          const char        *word)
{
  return words != NULL && g_strv_contains (words, word);
}

static int
compare_fields (gconstpointer a,
                gconstpointer b)
{
  return strcmp (((const StrataKindField *) a)->name, ((const StrataKindField *) b)->name);
}

static StrataKindField
convert_field (StrataKinds          *self,
               const char           *name,
               const StrataYamlNode *schema)
{
  const StrataYamlNode *items = get_mapping (schema, "items");
  StrataKindField field = { .name = strata_kinds_intern (self, name),
                            .type = convert (self, schema) };

  field.words = convert_words (self, get_sequence (items != NULL ? items : schema, "enum"));
  field.keys = convert_words (self, get_sequence (schema, "x-kubernetes-list-map-keys"));
  field.is_set =
    g_str_equal (strata_yaml_node_get_string (schema, "x-kubernetes-list-type"), "set");

  return field;
}

static const StrataKindType *
convert_struct (StrataKinds          *self,
                const StrataYamlNode *schema,
                const StrataYamlNode *properties)
{
  const char *const *required = convert_words (self, get_sequence (schema, "required"));
  guint size = strata_yaml_node_get_size (properties);
  StrataKindType *type = strata_kinds_alloc (self, sizeof *type);
  StrataKindField *fields = strata_kinds_alloc (self, size * sizeof *fields);

  for (guint i = 0; i < size; i++)
    {
      const char *name = strata_yaml_node_get_value (strata_yaml_node_get_key (properties, i));

      if (name == NULL)
        continue;

      fields[type->n_fields] =
        convert_field (self, name, strata_yaml_node_get_item (properties, i));
      fields[type->n_fields++].is_required = has_word (required, name);
    }

  qsort (fields, type->n_fields, sizeof *fields, compare_fields);
  type->form = STRATA_KIND_STRUCT;
  type->fields = fields;
  type->is_open = is_true (schema, "x-kubernetes-preserve-unknown-fields") ||
                  is_true (schema, "additionalProperties") ||
                  is_true (schema, "x-kubernetes-embedded-resource");

  return type;
}

static const StrataKindType *
convert_collection (StrataKinds          *self,
                    StrataKindForm        form,
                    const StrataYamlNode *item)
{
  StrataKindType *type = strata_kinds_alloc (self, sizeof *type);

  type->form = form;
  type->item = item != NULL ? convert (self, item) : strata_kinds_get_simple (STRATA_KIND_ANY);

  return type;
}

static const StrataKindType *
convert_object (StrataKinds          *self,
                const StrataYamlNode *schema)
{
  const StrataYamlNode *properties = get_mapping (schema, "properties");
  const StrataYamlNode *additional = get_mapping (schema, "additionalProperties");

  if (properties != NULL)
    return convert_struct (self, schema, properties);
  if (additional != NULL)
    return convert_collection (self, STRATA_KIND_MAP, additional);

  return strata_kinds_get_simple (STRATA_KIND_OBJECT);
}

static StrataKindForm
find_form (const char *type,
           const char *format)
{
  if (g_str_equal (type, "boolean"))
    return STRATA_KIND_BOOLEAN;
  if (g_str_equal (type, "number"))
    return STRATA_KIND_NUMBER;
  if (g_str_equal (type, "integer"))
    return g_str_equal (format, "int32") ? STRATA_KIND_INT32 : STRATA_KIND_INT64;
  if (!g_str_equal (type, "string"))
    return STRATA_KIND_ANY;
  if (g_str_equal (format, "date-time"))
    return STRATA_KIND_TIME;

  return g_str_equal (format, "byte") ? STRATA_KIND_BYTES : STRATA_KIND_STRING;
}

/* The tree is at most 64 levels deep, so this is too. An alias is converted at each place: the tree's bound counts it so. */
static const StrataKindType *
convert (StrataKinds          *self,
         const StrataYamlNode *schema)
{
  const char *type = strata_yaml_node_get_string (schema, "type");

  if (is_true (schema, "x-kubernetes-int-or-string"))
    return strata_kinds_get_simple (STRATA_KIND_INT_OR_STRING);
  if (g_str_equal (type, "object"))
    return convert_object (self, schema);
  if (g_str_equal (type, "array"))
    return convert_collection (self, STRATA_KIND_LIST, get_mapping (schema, "items"));

  return strata_kinds_get_simple (find_form (type, strata_yaml_node_get_string (schema, "format")));
}

static StrataKindField
make_field (StrataKinds          *self,
            const char           *name,
            const StrataKindType *type)
{
  return (StrataKindField){ .name = strata_kinds_intern (self, name),
                            .type = type,
                            .is_required = !g_str_equal (name, "metadata") };
}

static const StrataKindType *
find_metadata (StrataKinds *self)
{
  const StrataKind *pod = strata_kinds_lookup (self->below, "v1", "Pod");

  return pod != NULL ? strata_kind_type_find (pod->type, "metadata")->type
                     : strata_kinds_get_simple (STRATA_KIND_OBJECT);
}

/* What every object has does not stand in the schema, or is only hinted at there. */
static const StrataKindType *
add_common_fields (StrataKinds          *self,
                   const StrataKindType *schema)
{
  const StrataKindType *text = strata_kinds_get_simple (STRATA_KIND_STRING);
  const StrataKindField common[] = {
    make_field (self, "apiVersion", text),
    make_field (self, "kind", text),
    make_field (self, "metadata", find_metadata (self)),
  };
  StrataKindType *type = strata_kinds_alloc (self, sizeof *type);
  StrataKindField *fields =
    strata_kinds_alloc (self, (schema->n_fields + G_N_ELEMENTS (common)) * sizeof *fields);

  for (guint i = 0; i < schema->n_fields; i++)
    if (!g_str_equal (schema->fields[i].name, "apiVersion") &&
        !g_str_equal (schema->fields[i].name, "kind") &&
        !g_str_equal (schema->fields[i].name, "metadata"))
      fields[type->n_fields++] = schema->fields[i];

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    fields[type->n_fields++] = common[i];

  qsort (fields, type->n_fields, sizeof *fields, compare_fields);
  type->form = STRATA_KIND_STRUCT;
  type->is_open = schema->is_open || schema->form != STRATA_KIND_STRUCT;
  type->fields = fields;

  return type;
}

static const StrataKindType *
convert_version (StrataKinds          *self,
                 const StrataYamlNode *spec,
                 const StrataYamlNode *version)
{
  const StrataYamlNode *schema = strata_yaml_node_lookup (version, "schema.openAPIV3Schema");

  if (schema == NULL)
    schema = strata_yaml_node_lookup (spec, "validation.openAPIV3Schema");

  return add_common_fields (self, schema != NULL ? convert (self, schema)
                                                 : strata_kinds_get_simple (STRATA_KIND_OBJECT));
}

static void
add_version (StrataKinds          *self,
             const StrataYamlNode *spec,
             const StrataYamlNode *version,
             const char           *name)
{
  const char *group = strata_yaml_node_get_string (spec, "group");
  const StrataYamlNode *names = get_mapping (spec, "names");
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
  if (is_true (version, "deprecated"))
    kind->span.deprecated = STRATA_KIND_DEPRECATED_EVER;
  g_ptr_array_add (self->kinds, kind);
}

static void
add_definition (StrataKinds          *self,
                const StrataYamlNode *spec)
{
  const StrataYamlNode *versions = get_sequence (spec, "versions");

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
  const StrataYamlNode *spec = get_mapping (object, "spec");
  const StrataYamlNode *items = get_sequence (object, "items");

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
