/* strata-kinds-convert.c - what a schema in OpenAPI says of an object, as the type that the checks know
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kinds"

#include "strata-kinds-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 128  /* of schemas in schemas, references followed */
#define REF_PREFIX "#/definitions/"

gboolean
strata_kinds_is_true (const StrataYamlNode *schema,
                      const char           *key)
{
  return g_str_equal (strata_yaml_node_get_string (schema, key), "true");
}

StrataYamlNode *
strata_kinds_get_mapping (const StrataYamlNode *node,
                          const char           *key)
{
  StrataYamlNode *member = strata_yaml_node_get_member (node, key);

  return member != NULL && strata_yaml_node_get_kind (member) == STRATA_YAML_MAPPING ? member
                                                                                     : NULL;
}

StrataYamlNode *
strata_kinds_get_sequence (const StrataYamlNode *node,
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
convert_field (StrataKindsSource    *self,
               const char           *name,
               const StrataYamlNode *schema)
{
  const StrataYamlNode *items = strata_kinds_get_mapping (schema, "items");
  StrataKindField field = { .name = strata_kinds_intern (self->kinds, name),
                            .type = strata_kinds_convert (self, schema) };

  field.words = convert_words (self->kinds, strata_kinds_get_sequence (items != NULL ? items : schema, "enum"));
  field.keys = convert_words (self->kinds, strata_kinds_get_sequence (schema, "x-kubernetes-list-map-keys"));
  field.is_set =
    g_str_equal (strata_yaml_node_get_string (schema, "x-kubernetes-list-type"), "set");

  return field;
}

static void
fill_struct (StrataKindsSource    *self,
             StrataKindType       *type,
             const StrataYamlNode *schema,
             const StrataYamlNode *properties)
{
  const char *const *required = convert_words (self->kinds, strata_kinds_get_sequence (schema, "required"));
  guint size = strata_yaml_node_get_size (properties);
  StrataKindField *fields = strata_kinds_alloc (self->kinds, size * sizeof *fields);
  guint n = 0;

  for (guint i = 0; i < size; i++)
    {
      const char *name = strata_yaml_node_get_value (strata_yaml_node_get_key (properties, i));

      if (name == NULL)
        continue;

      fields[n] = convert_field (self, name, strata_yaml_node_get_item (properties, i));
      fields[n++].is_required = has_word (required, name);
    }

  qsort (fields, n, sizeof *fields, compare_fields);
  type->form = STRATA_KIND_STRUCT;
  type->fields = fields;
  type->n_fields = n;
  type->is_open = strata_kinds_is_true (schema, "x-kubernetes-preserve-unknown-fields") ||
                  strata_kinds_is_true (schema, "additionalProperties") ||
                  strata_kinds_is_true (schema, "x-kubernetes-embedded-resource");
}

static const StrataKindType *
convert_collection (StrataKindsSource    *self,
                    StrataKindForm        form,
                    const StrataYamlNode *item)
{
  StrataKindType *type = strata_kinds_alloc (self->kinds, sizeof *type);

  type->form = form;
  type->item = item != NULL ? strata_kinds_convert (self, item) : strata_kinds_get_simple (STRATA_KIND_ANY);

  return type;
}

static const StrataKindType *
convert_object (StrataKindsSource    *self,
                const StrataYamlNode *schema)
{
  const StrataYamlNode *properties = strata_kinds_get_mapping (schema, "properties");
  const StrataYamlNode *additional = strata_kinds_get_mapping (schema, "additionalProperties");

  if (properties != NULL)
    {
      StrataKindType *type = strata_kinds_alloc (self->kinds, sizeof *type);

      fill_struct (self, type, schema, properties);
      return type;
    }
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

/* What a definition of Kubernetes itself is, though it says it in words only. */
static gboolean
find_simple (const char     *name,
             StrataKindForm *form)
{
  static const struct
  {
    const char     *name;
    StrataKindForm  form;
  } simple[] = {
    { "io.k8s.apimachinery.pkg.api.resource.Quantity", STRATA_KIND_QUANTITY },
    { "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", STRATA_KIND_OBJECT },
    { "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", STRATA_KIND_TIME },
    { "io.k8s.apimachinery.pkg.apis.meta.v1.Time", STRATA_KIND_TIME },
    { "io.k8s.apimachinery.pkg.runtime.RawExtension", STRATA_KIND_OBJECT },
    { "io.k8s.apimachinery.pkg.util.intstr.IntOrString", STRATA_KIND_INT_OR_STRING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    if (g_str_equal (simple[i].name, name))
      {
        *form = simple[i].form;
        return TRUE;
      }

  return FALSE;
}

/* A definition is converted once, or it would be as often as ways lead to it. Its type is known before its fields are, which
 * may be of that type again; what has no fields is anything to itself.
 */
static const StrataKindType *
convert_ref (StrataKindsSource *self,
             const char        *ref)
{
  const char *name = g_str_has_prefix (ref, REF_PREFIX) ? ref + strlen (REF_PREFIX) : "";
  StrataKindsDefinition *definition = strata_kinds_source_find (self, name);
  StrataKindForm form;

  if (definition == NULL)
    return strata_kinds_get_simple (STRATA_KIND_ANY);
  if (definition->type != NULL)
    return definition->type;
  if (find_simple (name, &form))
    return definition->type = strata_kinds_get_simple (form);

  const StrataYamlNode *properties = strata_kinds_get_mapping (definition->schema, "properties");

  if (properties == NULL)
    {
      definition->type = strata_kinds_get_simple (STRATA_KIND_ANY);
      definition->type = strata_kinds_convert (self, definition->schema);
      return definition->type;
    }

  StrataKindType *type = strata_kinds_alloc (self->kinds, sizeof *type);

  definition->type = type;
  fill_struct (self, type, definition->schema, properties);

  return type;
}

static const StrataKindType *
convert (StrataKindsSource    *self,
         const StrataYamlNode *schema)
{
  const char *type = strata_yaml_node_get_string (schema, "type");
  const char *ref = strata_yaml_node_get_string (schema, "$ref");

  if (self->definitions != NULL && *ref != '\0')
    return convert_ref (self, ref);
  if (strata_kinds_is_true (schema, "x-kubernetes-int-or-string"))
    return strata_kinds_get_simple (STRATA_KIND_INT_OR_STRING);
  if (g_str_equal (type, "object") || (*type == '\0' && strata_kinds_get_mapping (schema, "properties") != NULL))
    return convert_object (self, schema);
  if (g_str_equal (type, "array"))
    return convert_collection (self, STRATA_KIND_LIST, strata_kinds_get_mapping (schema, "items"));

  return strata_kinds_get_simple (find_form (type, strata_yaml_node_get_string (schema, "format")));
}

/* The tree is at most 64 levels deep, but references may lead from one to the next without an end. An alias is converted at
 * each place: the tree's bound counts it so.
 */
const StrataKindType *
strata_kinds_convert (StrataKindsSource    *self,
                      const StrataYamlNode *schema)
{
  if (self->depth >= MAX_DEPTH)
    return strata_kinds_get_simple (STRATA_KIND_ANY);

  self->depth++;

  const StrataKindType *type = convert (self, schema);

  self->depth--;

  return type;
}

static int
compare_definition (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const StrataKindsDefinition *) a)->name, ((const StrataKindsDefinition *) b)->name);
}

/* (nullable) */
StrataKindsDefinition *
strata_kinds_source_find (StrataKindsSource *self,
                          const char        *name)
{
  const StrataKindsDefinition wanted = { .name = name };

  return bsearch (&wanted, self->definitions, self->n_definitions, sizeof wanted, compare_definition);
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
const StrataKindType *
strata_kinds_add_common (StrataKinds          *self,
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
