/* strata-kinds.c - the kinds of Kubernetes objects that are known, those of a profile's own definitions among them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kinds"

#include "strata-kinds-private.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "strata-schema-resources.h"

#define TABLE "/io/github/stratadesk/Strata/kubernetes/types.txt"

G_DEFINE_BOXED_TYPE (StrataKinds, strata_kinds, strata_kinds_ref, strata_kinds_unref)

StrataKinds *
strata_kinds_new (StrataKinds *below)
{
  StrataKinds *self = g_new0 (StrataKinds, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->below = below != NULL ? strata_kinds_ref (below) : NULL;
  self->strings = g_string_chunk_new (4096);
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->kinds = g_ptr_array_new ();

  return self;
}

/* Memory that lives as long as the kinds, zeroed. */
gpointer
strata_kinds_alloc (StrataKinds *self,
                    gsize        size)
{
  gpointer memory = g_malloc0 (MAX (size, 1));

  g_ptr_array_add (self->memory, memory);

  return memory;
}

/* A copy of @text that lives as long as the kinds. Equal ones are not looked for: strangers could choose texts that make a
 * hash table slow.
 */
const char *
strata_kinds_intern (StrataKinds *self,
                     const char  *text)
{
  return g_string_chunk_insert (self->strings, text);
}

/* A list that ends with %NULL. */
const char *const *
strata_kinds_intern_all (StrataKinds *self,
                         GPtrArray   *texts)
{
  const char **all = strata_kinds_alloc (self, (texts->len + 1) * sizeof *all);

  for (guint i = 0; i < texts->len; i++)
    all[i] = strata_kinds_intern (self, g_ptr_array_index (texts, i));

  return all;
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  const StrataKind *one = *(const StrataKind *const *) a;
  const StrataKind *other = *(const StrataKind *const *) b;
  int order = strcmp (one->api_version, other->api_version);

  return order != 0 ? order : strcmp (one->name, other->name);
}

void
strata_kinds_sort (StrataKinds *self)
{
  g_ptr_array_sort (self->kinds, compare_kinds);
}

/* A type that has nothing in it. */
const StrataKindType *
strata_kinds_get_simple (StrataKindForm form)
{
  static const StrataKindType simple[] = {
    { STRATA_KIND_ANY },      { STRATA_KIND_OBJECT },        { STRATA_KIND_STRING },
    { STRATA_KIND_BYTES },    { STRATA_KIND_TIME },          { STRATA_KIND_BOOLEAN },
    { STRATA_KIND_INT32 },    { STRATA_KIND_INT64 },         { STRATA_KIND_NUMBER },
    { STRATA_KIND_QUANTITY }, { STRATA_KIND_INT_OR_STRING },
  };

  g_assert (form < G_N_ELEMENTS (simple));

  return &simple[form];
}

/**
 * strata_kinds_get_default:
 *
 * What Kubernetes itself has, read from the table in the program the first time it is asked for. Any thread.
 *
 * Returns: (transfer none): the kinds
 */
StrataKinds *
strata_kinds_get_default (void)
{
  static gsize kinds;

  if (g_once_init_enter (&kinds))
    {
      g_autoptr(GBytes) table =
        g_resource_lookup_data (strata_schema_get_resource (), TABLE, 0, NULL);

      g_once_init_leave (&kinds, (gsize) strata_kinds_load (g_bytes_get_data (table, NULL)));
    }

  return (StrataKinds *) kinds;
}

/**
 * strata_kinds_with_crds:
 * @self: kinds
 * @texts: (element-type StrataBlob): YAML or JSON with definitions of kinds; what is no such text is passed over
 *
 * Takes each version of each CustomResourceDefinition; a kind that @self has too is covered by the new one. Of what a cluster
 * says of itself, in OpenAPI 2, it takes what @self does not have. Any thread.
 *
 * Returns: (transfer full): @self when there are no definitions, or kinds with more
 */
StrataKinds *
strata_kinds_with_crds (StrataKinds *self,
                        GPtrArray   *texts)
{
  g_return_val_if_fail (self != NULL && texts != NULL, NULL);

  g_autoptr(StrataKinds) result = strata_kinds_new (self);

  for (guint i = 0; i < texts->len; i++)
    {
      StrataBlob *blob = g_ptr_array_index (texts, i);
      g_autoptr(StrataYaml) yaml =
        strata_yaml_parse (strata_blob_get_text (blob), (gssize) strata_blob_get_size (blob), NULL);

      if (yaml == NULL)
        continue;

      strata_kinds_add_crds (result, yaml);
      strata_kinds_add_openapi (result, yaml);
    }

  if (result->kinds->len == 0)
    return strata_kinds_ref (self);

  strata_kinds_sort (result);

  return g_steal_pointer (&result);
}

/**
 * strata_kinds_ref:
 * @self: kinds
 *
 * Returns: (transfer full): @self, held once more. Any thread.
 */
StrataKinds *
strata_kinds_ref (StrataKinds *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * strata_kinds_unref:
 * @self: (transfer full): kinds
 *
 * Lets go of @self; with the last holder every kind and type of it is freed. Any thread.
 */
void
strata_kinds_unref (StrataKinds *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->below, strata_kinds_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->memory, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_free (self);
}

/**
 * strata_kinds_get_n_kinds:
 * @self: kinds
 *
 * Returns: how many there are
 */
guint
strata_kinds_get_n_kinds (StrataKinds *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->kinds->len + (self->below != NULL ? strata_kinds_get_n_kinds (self->below) : 0);
}

/**
 * strata_kinds_get_kind:
 * @self: kinds
 * @index: from 0
 *
 * Those of definitions come first, then those of Kubernetes itself; each by API version and name.
 *
 * Returns: (transfer none) (nullable): that kind; %NULL when there is none
 */
const StrataKind *
strata_kinds_get_kind (StrataKinds *self,
                       guint        index)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (index < self->kinds->len)
    return g_ptr_array_index (self->kinds, index);

  return self->below != NULL ? strata_kinds_get_kind (self->below, index - self->kinds->len) : NULL;
}

/**
 * strata_kinds_lookup:
 * @self: kinds
 * @api_version: "apps/v1"
 * @name: "Deployment"
 *
 * Returns: (transfer none) (nullable): that kind; %NULL when it is not known
 */
const StrataKind *
strata_kinds_lookup (StrataKinds *self,
                     const char  *api_version,
                     const char  *name)
{
  g_return_val_if_fail (self != NULL && api_version != NULL && name != NULL, NULL);

  StrataKind wanted = { .api_version = api_version, .name = name };
  StrataKind *key = &wanted;
  StrataKind **found = self->kinds->len > 0 ? bsearch (&key, self->kinds->pdata, self->kinds->len,
                                                       sizeof (gpointer), compare_kinds)
                                            : NULL;

  if (found != NULL)
    return *found;

  return self->below != NULL ? strata_kinds_lookup (self->below, api_version, name) : NULL;
}

static gsize
group_length (const char *api_version)
{
  const char *slash = strchr (api_version, '/');

  return slash != NULL ? (gsize) (slash - api_version) : 0;
}

/**
 * strata_kinds_has_group:
 * @self: kinds
 * @api_version: "apps/v2"
 *
 * Returns: whether any kind is of the group that @api_version names, in whatever version
 */
gboolean
strata_kinds_has_group (StrataKinds *self,
                        const char  *api_version)
{
  g_return_val_if_fail (self != NULL && api_version != NULL, FALSE);

  gsize length = group_length (api_version);

  for (guint i = 0; i < self->kinds->len; i++)
    {
      const StrataKind *kind = g_ptr_array_index (self->kinds, i);

      if (group_length (kind->api_version) == length &&
          strncmp (kind->api_version, api_version, length) == 0)
        return TRUE;
    }

  return self->below != NULL && strata_kinds_has_group (self->below, api_version);
}
