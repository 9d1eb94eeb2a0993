/* strata-kinds-openapi.c - kinds that a cluster serves, as it says itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * That is what `kubectl get --raw /openapi/v2` prints. What a name stands for is looked up in sorted arrays: a stranger
 * could choose names that make a hash table slow.
 */

#define G_LOG_DOMAIN "strata-kinds"

#include "strata-kinds-private.h"

#include <stdlib.h>
#include <string.h>

#define KIND_MARK "x-kubernetes-group-version-kind"

/* The definition of a kind; what is sent may be another thing. */
typedef struct
{
  char                  *key;         /* (owned): apiVersion, a space, kind */
  StrataKindsDefinition *definition;
  gboolean               is_taken;
} Entry;

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->key);
}

static int
compare_definitions (gconstpointer a,
                     gconstpointer b)
{
  return strcmp (((const StrataKindsDefinition *) a)->name, ((const StrataKindsDefinition *) b)->name);
}

/* Of two definitions of one kind the shorter name is meant. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *one = a;
  const Entry *other = b;
  int order = strcmp (one->key, other->key);

  if (order != 0)
    return order;

  gsize length = strlen (one->definition->name);
  gsize other_length = strlen (other->definition->name);

  return length != other_length ? (length < other_length ? -1 : 1)
                                : strcmp (one->definition->name, other->definition->name);
}

/* (transfer full): by name */
static GArray *
read_definitions (const StrataYamlNode *node)
{
  GArray *definitions = g_array_new (FALSE, TRUE, sizeof (StrataKindsDefinition));

  for (guint i = 0; i < strata_yaml_node_get_size (node); i++)
    {
      StrataKindsDefinition definition = { .name = strata_yaml_node_get_value (strata_yaml_node_get_key (node, i)),
                                           .schema = strata_yaml_node_get_item (node, i) };

      if (definition.name != NULL && strata_yaml_node_get_kind (definition.schema) == STRATA_YAML_MAPPING)
        g_array_append_val (definitions, definition);
    }

  g_array_sort (definitions, compare_definitions);

  return definitions;
}

/* (transfer full) (nullable): the apiVersion of what is marked */
static char *
dup_api_version (const StrataYamlNode *mark)
{
  const char *group = strata_yaml_node_get_string (mark, "group");
  const char *version = strata_yaml_node_get_string (mark, "version");

  if (*version == '\0' || *strata_yaml_node_get_string (mark, "kind") == '\0')
    return NULL;

  return *group != '\0' ? g_strconcat (group, "/", version, NULL) : g_strdup (version);
}

static void
add_entries (GArray                *entries,
             StrataKindsDefinition *definition)
{
  const StrataYamlNode *marks = strata_kinds_get_sequence (definition->schema, KIND_MARK);

  for (guint i = 0; marks != NULL && i < strata_yaml_node_get_size (marks); i++)
    {
      const StrataYamlNode *mark = strata_yaml_node_get_item (marks, i);
      g_autofree char *api_version = dup_api_version (mark);
      Entry entry = { .definition = definition };

      if (api_version == NULL)
        continue;

      entry.key = g_strconcat (api_version, " ", strata_yaml_node_get_string (mark, "kind"), NULL);
      g_array_append_val (entries, entry);
    }
}

/* (nullable): the first of those that have the key */
static Entry *
find_entry (GArray     *entries,
            const char *key)
{
  guint first = 0, behind = entries->len;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;

      if (strcmp (g_array_index (entries, Entry, middle).key, key) < 0)
        first = middle + 1;
      else
        behind = middle;
    }

  if (first == entries->len || !g_str_equal (g_array_index (entries, Entry, first).key, key))
    return NULL;

  return &g_array_index (entries, Entry, first);
}

/* (nullable): what is made by a request to a path, which is what a manifest may have */
static const StrataYamlNode *
find_mark (const StrataYamlNode *path)
{
  const StrataYamlNode *post = strata_kinds_get_mapping (path, "post");

  if (post == NULL || !g_str_equal (strata_yaml_node_get_string (post, "x-kubernetes-action"), "post"))
    return NULL;

  return strata_kinds_get_mapping (post, KIND_MARK);
}

static void
add_kind (StrataKindsSource    *source,
          GArray               *entries,
          const char           *path,
          const StrataYamlNode *mark)
{
  StrataKinds *self = source->kinds;
  const char *name = strata_yaml_node_get_string (mark, "kind");
  g_autofree char *api_version = dup_api_version (mark);
  g_autofree char *key = api_version != NULL ? g_strconcat (api_version, " ", name, NULL) : NULL;
  Entry *entry = key != NULL ? find_entry (entries, key) : NULL;

  if (entry == NULL || entry->is_taken
      || (self->below != NULL && strata_kinds_lookup (self->below, api_version, name) != NULL))
    return;

  StrataKind *kind = strata_kinds_alloc (self, sizeof *kind);

  entry->is_taken = TRUE;
  kind->api_version = strata_kinds_intern (self, api_version);
  kind->name = strata_kinds_intern (self, name);
  kind->is_namespaced = strstr (path, "{namespace}") != NULL;
  kind->is_custom = TRUE;
  kind->type = strata_kinds_add_common (self, strata_kinds_convert (source, entry->definition->schema));
  g_ptr_array_add (self->kinds, kind);
}

static void
add_paths (StrataKindsSource    *source,
           GArray               *entries,
           const StrataYamlNode *paths)
{
  for (guint i = 0; i < strata_yaml_node_get_size (paths); i++)
    {
      const char *path = strata_yaml_node_get_value (strata_yaml_node_get_key (paths, i));
      const StrataYamlNode *mark = path != NULL ? find_mark (strata_yaml_node_get_item (paths, i)) : NULL;

      if (mark != NULL)
        add_kind (source, entries, path, mark);
    }
}

/* Takes what a cluster serves beside the kinds that are known, when @yaml is such a document. */
void
strata_kinds_add_openapi (StrataKinds *self,
                          StrataYaml  *yaml)
{
  const StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  const StrataYamlNode *definitions = root != NULL ? strata_kinds_get_mapping (root, "definitions") : NULL;
  const StrataYamlNode *paths = root != NULL ? strata_kinds_get_mapping (root, "paths") : NULL;

  if (definitions == NULL || paths == NULL || !g_str_equal (strata_yaml_node_get_string (root, "swagger"), "2.0"))
    return;

  g_autoptr(GArray) sorted = read_definitions (definitions);
  g_autoptr(GArray) entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  StrataKindsSource source = { self, (StrataKindsDefinition *) (gpointer) sorted->data, sorted->len, 0 };

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < sorted->len; i++)
    add_entries (entries, &g_array_index (sorted, StrataKindsDefinition, i));
  g_array_sort (entries, compare_entries);

  add_paths (&source, entries, paths);
}
