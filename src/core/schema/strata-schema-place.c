/* strata-schema-place.c - where the parts of a schema are, and what a reference leads to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void scan (StrataSchemaCompiler *self,
                  const StrataYamlNode *node,
                  StrataSchemaPlace    *place);

void
strata_schema_place_free (StrataSchemaPlace *place)
{
  g_free (place->address);
  g_clear_pointer (&place->anchors, g_hash_table_unref);
  g_clear_pointer (&place->dynamics, g_hash_table_unref);
  g_free (place);
}

/* The text of a scalar in a mapping; %NULL for anything else. */
static const char *
get_text (const StrataYamlNode *node,
          const char           *key)
{
  const StrataYamlNode *member = strata_yaml_node_get_member (node, key);

  return member != NULL && member->kind == STRATA_YAML_SCALAR ? member->value : NULL;
}

static StrataSchemaDraft
find_draft (const StrataYamlNode *node,
            StrataSchemaDraft     otherwise)
{
  static const struct
  {
    const char *part;
    StrataSchemaDraft draft;
  } drafts[] = {
    { "/draft-03/", STRATA_SCHEMA_DRAFT_4 },      { "/draft-04/", STRATA_SCHEMA_DRAFT_4 },
    { "/draft-06/", STRATA_SCHEMA_DRAFT_6 },      { "/draft-07/", STRATA_SCHEMA_DRAFT_7 },
    { "/draft/2019-09/", STRATA_SCHEMA_DRAFT_2019 }, { "/draft/2020-12/", STRATA_SCHEMA_DRAFT_2020 },
  };
  const char *name = node->kind == STRATA_YAML_MAPPING ? get_text (node, "$schema") : NULL;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (drafts); i++)
    if (strstr (name, drafts[i].part) != NULL)
      return drafts[i].draft;

  return otherwise;
}

/* An address seen from another, without its fragment. */
static char *
resolve (const char *base,
         const char *address)
{
  g_autofree char *bare = g_strndup (address, strcspn (address, "#"));

  return strata_schema_resolve (base, bare);
}

static StrataSchemaPlace *
find_place (StrataSchemaCompiler *self,
            const char           *address)
{
  for (guint i = 0; i < self->schema->places->len; i++)
    {
      StrataSchemaPlace *place = g_ptr_array_index (self->schema->places, i);

      if (g_str_equal (place->address, address))
        return place;
    }

  return NULL;
}

static StrataSchemaPlace *
add_place (StrataSchemaCompiler *self,
           const StrataYamlNode *root,
           const char           *address,
           StrataSchemaDraft     draft)
{
  StrataSchemaPlace *place = g_new0 (StrataSchemaPlace, 1);

  place->address = g_strdup (address);
  place->root = root;
  place->draft = draft;
  place->anchors = g_hash_table_new (g_str_hash, g_str_equal);
  place->dynamics = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (self->schema->places, place);
  g_hash_table_insert (self->homes, (gpointer) root, place);

  return place;
}

/* Up to draft 7, whatever stands beside a reference is nothing. */
static gboolean
is_only_reference (const StrataYamlNode *node,
                   StrataSchemaDraft     draft)
{
  return draft <= STRATA_SCHEMA_DRAFT_7 && get_text (node, "$ref") != NULL;
}

static StrataSchemaPlace *
enter_part (StrataSchemaCompiler *self,
            const StrataYamlNode *node,
            StrataSchemaPlace    *place)
{
  StrataSchemaDraft draft = find_draft (node, place->draft);
  const char *id = get_text (node, draft == STRATA_SCHEMA_DRAFT_4 ? "id" : "$id");

  if (id == NULL || is_only_reference (node, draft))
    return place;

  const char *fragment = strchr (id, '#');
  g_autofree char *address = resolve (place->address, id);

  if (node == place->root && *place->address == '\0')
    {
      g_free (place->address);
      place->address = g_steal_pointer (&address);
    }
  else if (!g_str_equal (address, place->address))
    place = add_place (self, node, address, draft);

  if (fragment != NULL && fragment[1] != '\0')
    g_hash_table_insert (place->anchors, (gpointer) (fragment + 1), (gpointer) node);

  return place;
}

static void
note_anchors (StrataSchemaPlace    *place,
              const StrataYamlNode *node)
{
  const char *anchor = get_text (node, "$anchor");
  const char *dynamic = get_text (node, "$dynamicAnchor");
  const char *recursive = get_text (node, "$recursiveAnchor");

  if (place->draft < STRATA_SCHEMA_DRAFT_2019)
    return;

  if (anchor != NULL)
    g_hash_table_insert (place->anchors, (gpointer) anchor, (gpointer) node);
  if (dynamic != NULL)
    {
      g_hash_table_insert (place->anchors, (gpointer) dynamic, (gpointer) node);
      g_hash_table_insert (place->dynamics, (gpointer) dynamic, NULL);
    }
  if (g_strcmp0 (recursive, "true") == 0 && node == place->root)
    {
      g_hash_table_insert (place->anchors, (gpointer) "", (gpointer) node);
      g_hash_table_insert (place->dynamics, (gpointer) "", NULL);
    }
}

static void
scan_all (StrataSchemaCompiler *self,
          const StrataYamlNode *node,
          StrataSchemaPlace    *place)
{
  for (guint i = 0; i < strata_yaml_node_get_size (node); i++)
    scan (self, strata_yaml_node_get_item (node, i), place);
}

/* Only where a schema stands may one have an address: what looks like it in an enum is a value. */
static void
scan (StrataSchemaCompiler *self,
      const StrataYamlNode *node,
      StrataSchemaPlace    *place)
{
  static const char *const single[] = {
    "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items",
    "not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
  };
  static const char *const several[] = {
    "$defs", "allOf", "anyOf", "definitions", "dependencies", "dependentSchemas", "items", "oneOf",
    "patternProperties", "prefixItems", "properties",
  };

  if (node->kind != STRATA_YAML_MAPPING)
    return;

  place = enter_part (self, node, place);
  note_anchors (place, node);

  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    {
      const StrataYamlNode *part = strata_yaml_node_get_member (node, single[i]);

      if (part != NULL)
        scan (self, part, place);
    }

  for (guint i = 0; i < G_N_ELEMENTS (several); i++)
    {
      const StrataYamlNode *parts = strata_yaml_node_get_member (node, several[i]);
      gboolean is_one = parts != NULL && parts->kind == STRATA_YAML_MAPPING &&
                        g_str_equal (several[i], "items");

      if (parts != NULL && !is_one)
        scan_all (self, parts, place);
    }
}

/* Takes note of a document and of every part of it that has an address or an anchor. */
StrataSchemaPlace *
strata_schema_places_add (StrataSchemaCompiler *self,
                          const StrataYamlNode *root,
                          const char           *address,
                          StrataSchemaDraft     draft)
{
  StrataSchemaPlace *place = add_place (self, root, address, find_draft (root, draft));

  scan (self, root, place);

  return place;
}

/* Schemas of schemas are held here; nothing else is ever fetched. */
static StrataSchemaPlace *
find_or_load (StrataSchemaCompiler *self,
              const char           *address)
{
  StrataSchemaPlace *place = find_place (self, address);
  const char *text = place == NULL ? strata_schema_meta_text (address) : NULL;

  if (text == NULL)
    return place;

  StrataYaml *yaml = strata_yaml_parse (text, -1, NULL);

  g_assert (yaml != NULL);
  g_ptr_array_add (self->schema->texts, yaml);

  return strata_schema_places_add (self, strata_yaml_get_root (yaml, 0), address,
                                   STRATA_SCHEMA_DRAFT_2020);
}

static char *
unescape_step (const char *step)
{
  g_auto(GStrv) tildes = g_strsplit (step, "~1", -1);
  g_autofree char *slashed = g_strjoinv ("/", tildes);
  g_auto(GStrv) zeros = g_strsplit (slashed, "~0", -1);

  return g_strjoinv ("~", zeros);
}

static const StrataYamlNode *
take_step (const StrataYamlNode *node,
           const char           *step)
{
  if (node->kind == STRATA_YAML_MAPPING)
    return strata_yaml_node_get_member (node, step);

  guint64 index;

  if (node->kind != STRATA_YAML_SEQUENCE ||
      !g_ascii_string_to_unsigned (step, 10, 0, G_MAXUINT, &index, NULL))
    return NULL;

  return strata_yaml_node_get_item (node, (guint) index);
}

/* A JSON pointer, RFC 6901. @place becomes that of the part where it ends. */
static const StrataYamlNode *
follow_pointer (StrataSchemaCompiler  *self,
                StrataSchemaPlace    **place,
                const char            *pointer)
{
  g_auto(GStrv) steps = g_strsplit (pointer + 1, "/", -1);
  const StrataYamlNode *node = (*place)->root;

  for (guint i = 0; node != NULL && steps[i] != NULL; i++)
    {
      g_autofree char *step = unescape_step (steps[i]);
      StrataSchemaPlace *home;

      node = take_step (node, step);
      home = node != NULL ? g_hash_table_lookup (self->homes, node) : NULL;

      if (home != NULL)
        *place = home;
    }

  return node;
}

static const StrataYamlNode *
follow_fragment (StrataSchemaCompiler  *self,
                 StrataSchemaPlace    **place,
                 const char            *fragment)
{
  if (*fragment == '\0')
    return (*place)->root;
  if (*fragment == '/')
    return follow_pointer (self, place, fragment);

  return g_hash_table_lookup ((*place)->anchors, fragment);
}

static void
warn_lost (StrataSchemaCompiler *self,
           const StrataYamlNode *ref)
{
  g_autofree char *sentence = g_strdup_printf (
    _("The schema refers to “%.200s”, which is not in it; that part is not checked"), ref->value);

  strata_schema_compiler_warn (self, ref, sentence);
}

/* The rule that a reference in @place leads to, %NULL with a warning when that is not here. When the rule is to be
 * found anew for each caller, @dynamic is set to the anchor.
 */
StrataSchemaRule *
strata_schema_places_follow (StrataSchemaCompiler  *self,
                             StrataSchemaPlace     *place,
                             const StrataYamlNode  *ref,
                             gboolean               is_dynamic,
                             const char           **dynamic)
{
  const char *hash = strchr (ref->value, '#');
  g_autofree char *fragment = g_uri_unescape_string (hash != NULL ? hash + 1 : "", NULL);
  g_autofree char *address = resolve (place->address, ref->value);
  StrataSchemaPlace *target = *ref->value == '#' ? place : find_or_load (self, address);
  const StrataYamlNode *node = NULL;
  gpointer anchor = NULL;

  if (target != NULL && fragment != NULL)
    node = follow_fragment (self, &target, fragment);

  if (node == NULL)
    {
      warn_lost (self, ref);
      return NULL;
    }

  if (is_dynamic &&
      g_hash_table_lookup_extended (target->dynamics, fragment, &anchor, NULL))
    {
      *dynamic = anchor;
      self->schema->has_dynamic = TRUE;
    }

  return strata_schema_compiler_rule (self, node, target);
}
