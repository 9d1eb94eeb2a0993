/* strata-json-from-yaml.c - a YAML document as the JSON it stands for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-json"

#include "strata-json-private.h"
#include "strata-yaml-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static JsonNode *convert (const StrataYamlNode  *node,
                          GError               **error);

static gpointer
refuse (const StrataYamlNode  *node,
        const char            *sentence,
        GError               **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("Line %u, column %u: %s"), node->line + 1, node->column + 1, sentence);

  return NULL;
}

/* As go-yaml reads integers: `0o17` and `017` are octal, `0x1f` is hexadecimal. */
static gboolean
read_int (const char *text,
          gint64     *value)
{
  gboolean is_negative = *text == '-';
  const char *digits = text + (is_negative || *text == '+' ? 1 : 0);
  guint base = 10;

  if (g_str_has_prefix (digits, "0x"))
    base = 16;
  else if (*digits == '0' && strspn (digits + 1, "o01234567") == strlen (digits) - 1)
    base = 8;

  if (base != 10 && g_ascii_isalpha (digits[1]))
    digits += 2;

  g_autofree char *number = g_strconcat (is_negative ? "-" : "", digits, NULL);

  return g_ascii_string_to_signed (number, base, G_MININT64, G_MAXINT64, value, NULL);
}

static JsonNode *
convert_int (const StrataYamlNode  *node,
             GError               **error)
{
  gint64 value;

  if (!read_int (node->value, &value))
    return refuse (node, _("The number is too large to be kept exactly; put it in quotes"), error);

  return json_node_init_int (json_node_alloc (), value);
}

static JsonNode *
convert_float (const StrataYamlNode  *node,
               GError               **error)
{
  double value = g_ascii_strtod (node->value, NULL);

  if (strpbrk (node->value, "nNfF") != NULL || isinf (value))
    return refuse (node, _("JSON has no such number; put it in quotes"), error);

  return json_node_init_double (json_node_alloc (), value);
}

static JsonNode *
convert_scalar (const StrataYamlNode  *node,
                GError               **error)
{
  switch (strata_yaml_node_means (node))
    {
    case STRATA_YAML_MEANS_NULL:
      return json_node_init_null (json_node_alloc ());

    case STRATA_YAML_MEANS_BOOL:
      return json_node_init_boolean (json_node_alloc (), g_ascii_tolower (*node->value) == 't');

    case STRATA_YAML_MEANS_INT:
      return convert_int (node, error);

    case STRATA_YAML_MEANS_FLOAT:
      return convert_float (node, error);

    case STRATA_YAML_MEANS_STRING:
    default:
      return json_node_init_string (json_node_alloc (), node->value);
    }
}

static JsonNode *
convert_sequence (const StrataYamlNode  *node,
                  GError               **error)
{
  g_autoptr(JsonArray) array = json_array_sized_new (node->size);

  for (guint i = 0; i < node->size; i++)
    {
      JsonNode *item = convert (strata_yaml_node_get_item (node, i), error);

      if (item == NULL)
        return NULL;

      json_array_add_element (array, item);
    }

  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
is_merge_key (const StrataYamlNode *key)
{
  return (key->flags & STRATA_YAML_PLAIN) != 0 && g_str_equal (key->value, "<<");
}

static gpointer
refuse_names (const StrataYamlNode  *node,
              const StrataJsonName  *culprit,
              StrataJsonNames        verdict,
              GError               **error)
{
  const StrataYamlNode *key = strata_yaml_node_get_key (node, (guint) culprit->offset);
  g_autofree char *twice =
    g_strdup_printf (_("The key “%s” stands here a second time; remove one"), key->value);

  return refuse (key, verdict == STRATA_JSON_NAMES_TWICE
                        ? twice
                        : _("The keys of this mapping are made to be slow to read"), error);
}

static gboolean
check_keys (const StrataYamlNode  *node,
            GError               **error)
{
  g_autoptr(GArray) names = g_array_sized_new (FALSE, FALSE, sizeof (StrataJsonName), node->size);
  const StrataJsonName *culprit;

  for (guint i = 0; i < node->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (node, i);
      StrataJsonName name = { .offset = i };

      if (key->kind != STRATA_YAML_SCALAR)
        return refuse (
          key, _("A key has to be a text; put a key that starts with “{” or “[” in quotes"),
                  error) != NULL;

      name.name = key->value;
      name.hash = g_str_hash (key->value);
      g_array_append_val (names, name);
    }

  StrataJsonNames verdict = strata_json_names_check (names, 0, &culprit);

  return verdict == STRATA_JSON_NAMES_FINE || refuse_names (node, culprit, verdict, error) != NULL;
}

static gboolean
merge_mapping (JsonObject            *object,
               const StrataYamlNode  *merged,
               GError               **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (merged->kind != STRATA_YAML_MAPPING)
    return refuse (merged, _("Only a mapping can be merged with “<<”"), error) != NULL;

  g_autoptr(JsonNode) other = convert (merged, error);

  if (other == NULL)
    return FALSE;

  json_object_iter_init_ordered (&iter, json_node_get_object (other));

  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (!json_object_has_member (object, name))
      json_object_set_member (object, name, json_node_copy (member));

  return TRUE;
}

/* What a mapping says itself goes before what it merges; of several it merges the first goes
 * before.
 */
static gboolean
merge (JsonObject            *object,
       const StrataYamlNode  *merged,
       GError               **error)
{
  if (merged->kind != STRATA_YAML_SEQUENCE)
    return merge_mapping (object, merged, error);

  for (guint i = 0; i < merged->size; i++)
    if (!merge_mapping (object, strata_yaml_node_get_item (merged, i), error))
      return FALSE;

  return TRUE;
}

static JsonNode *
convert_mapping (const StrataYamlNode  *node,
                 GError               **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  const StrataYamlNode *merged = NULL;

  if (!check_keys (node, error))
    return NULL;

  for (guint i = 0; i < node->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (node, i);

      if (is_merge_key (key))
        {
          merged = strata_yaml_node_get_item (node, i);
          continue;
        }

      JsonNode *member = convert (strata_yaml_node_get_item (node, i), error);

      if (member == NULL)
        return NULL;

      json_object_set_member (object, key->value, member);
    }

  if (merged != NULL && !merge (object, merged, error))
    return NULL;

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
convert (const StrataYamlNode  *node,
         GError               **error)
{
  if (node->kind == STRATA_YAML_SCALAR)
    return convert_scalar (node, error);
  if (node->kind == STRATA_YAML_SEQUENCE)
    return convert_sequence (node, error);

  return convert_mapping (node, error);
}

/**
 * strata_json_from_yaml:
 * @text: YAML in UTF-8
 * @length: bytes of @text, or -1 when it ends with a NUL
 * @error: return location for a #StrataError
 *
 * Reads one YAML document within the bounds of [func@yaml_parse] and gives its scalars types as the
 * core schema of YAML 1.2 does: a plain `no` is a text, and so is a date. Integers that start with
 * 0 are octal, as for go-yaml. Merge keys are merged, aliases copied. A text without a document is
 * null. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the root, immutable; or %NULL with @error naming line and
 * column when it is not YAML, has several documents, a key twice, or a number that JSON cannot hold
 */
JsonNode *
strata_json_from_yaml (const char  *text,
                       gssize       length,
                       GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, length, error);

  if (yaml == NULL)
    return NULL;

  if (strata_yaml_get_n_documents (yaml) > 1)
    return refuse (strata_yaml_get_root (yaml, 1),
                   _("A second document starts here, but there can be only one"), error);

  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  JsonNode *node = root != NULL ? convert (root, error) : json_node_init_null (json_node_alloc ());

  if (node != NULL)
    json_node_seal (node);

  return node;
}
