/* strata-validate-kinds.c - the kinds of objects that a profile may use: its version of Kubernetes, its own definitions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-validate-private.h"

#include <string.h>

#include "strata-tarball.h"

#define DEFINITION "CustomResourceDefinition"

/* Whether a text may define kinds, without reading it as YAML. */
gboolean
strata_validate_has_definition (StrataBlob *blob)
{
  return strstr (strata_blob_get_text (blob), DEFINITION) != NULL;
}

static gboolean
is_yaml (const char *path)
{
  return g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".yml");
}

static void
take_yaml (GPtrArray *found,
           GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      StrataFile *file = g_ptr_array_index (files, i);

      if (is_yaml (strata_file_get_path (file)) &&
          strata_validate_has_definition (strata_file_get_content (file)))
        g_ptr_array_add (found, g_object_ref (strata_file_get_content (file)));
    }
}

static void
take_chart (GPtrArray  *found,
            StrataBlob *blob)
{
  g_autoptr(GPtrArray) files =
    strata_tarball_read (strata_blob_get_bytes (blob), NULL, NULL, NULL);

  if (files != NULL)
    take_yaml (found, files);
}

/* What one file brings: a chart is opened, another is a text or nothing. */
static GPtrArray *
read_file (StrataFile *file)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  const char *path = strata_file_get_path (file);

  if (g_str_has_suffix (path, ".tgz"))
    take_chart (found, strata_file_get_content (file));
  else if (is_yaml (path) && strata_validate_has_definition (strata_file_get_content (file)))
    g_ptr_array_add (found, g_object_ref (strata_file_get_content (file)));

  return found;
}

/* A file never changes and is shared by all layers that come of one another, so that it is opened once. */
static GPtrArray *
look_up_file (GHashTable *known,
              GHashTable *before,
              StrataFile *file)
{
  GPtrArray *found = g_hash_table_lookup (known, file);

  if (found != NULL)
    return found;

  found = before != NULL ? g_hash_table_lookup (before, file) : NULL;
  found = found != NULL ? g_ptr_array_ref (found) : read_file (file);
  g_hash_table_insert (known, g_object_ref (file), found);

  return found;
}

static void
add_all (GPtrArray *definitions,
         GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (definitions, g_object_ref (g_ptr_array_index (found, i)));
}

static void
add_layer (GPtrArray   *definitions,
           StrataLayer *layer,
           GHashTable  *known,
           GHashTable  *before)
{
  GPtrArray *files = strata_layer_get_files (layer);
  GPtrArray *manifests = strata_layer_get_manifests (layer);

  for (guint i = 0; i < files->len; i++)
    add_all (definitions, look_up_file (known, before, g_ptr_array_index (files, i)));

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataBlob *blob = strata_manifest_get_content (g_ptr_array_index (manifests, i));

      if (strata_validate_has_definition (blob))
        g_ptr_array_add (definitions, g_object_ref (blob));
    }
}

static void
definitions_clear (gpointer data)
{
  StrataDefinitions *self = data;

  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->added, g_ptr_array_unref);
  g_clear_pointer (&self->base, strata_kinds_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, strata_kinds_unref);
}

void
strata_definitions_unref (StrataDefinitions *self)
{
  g_atomic_rc_box_release_full (self, definitions_clear);
}

static gboolean
has_same (GPtrArray *texts,
          GPtrArray *before)
{
  return texts->len == before->len &&
         (texts->len == 0 || memcmp (texts->pdata, before->pdata, texts->len * sizeof (gpointer)) == 0);
}

/* What was added may be all that a cluster says of itself, which is not read again for each letter in a definition. */
static void
read_kinds (StrataDefinitions *self,
            StrataDefinitions *before)
{
  gboolean is_same = before != NULL && has_same (self->added, before->added);

  self->base = is_same ? strata_kinds_ref (before->base)
                       : strata_kinds_with_crds (strata_kinds_get_default (), self->added);
  self->kinds = is_same && has_same (self->texts, before->texts) ? strata_kinds_ref (before->kinds)
                                                                 : strata_kinds_with_crds (self->base, self->texts);
}

/* The definitions that @layers and @added bring. @before knows files that need not be opened again, and its kinds are
 * ours when it has the same texts.
 */
StrataDefinitions *
strata_definitions_new (GPtrArray         *layers,
                        GPtrArray         *added,
                        StrataDefinitions *before)
{
  StrataDefinitions *self = g_atomic_rc_box_new0 (StrataDefinitions);

  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  self->texts = g_ptr_array_new_with_free_func (g_object_unref);
  self->files =
    g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_ptr_array_unref);

  if (added != NULL)
    add_all (self->added, added);

  for (guint i = 0; i < layers->len; i++)
    add_layer (self->texts, g_ptr_array_index (layers, i), self->files,
               before != NULL ? before->files : NULL);

  read_kinds (self, before);

  return self;
}

/* "1.30.4" and "v1.30" say 30. */
static guint
read_minor (const char *version)
{
  const char *number = version + (*version == 'v' ? 1 : 0);
  guint64 minor = g_str_has_prefix (number, "1.") ? g_ascii_strtoull (number + 2, NULL, 10) : 0;

  return minor <= G_MAXUINT8 ? (guint) minor : 0;
}

/* The minor version of Kubernetes that the profile installs; 0 when it does not say. */
guint
strata_validate_find_kubernetes (GPtrArray *layers)
{
  for (guint i = 0; i < layers->len; i++)
    {
      StrataLayer *layer = g_ptr_array_index (layers, i);
      guint minor = read_minor (strata_layer_get_version (layer));

      if (minor == 0)
        minor = read_minor (strata_layer_get (layer, STRATA_LAYER_TAG));
      if (minor != 0 && g_str_equal (strata_layer_get (layer, STRATA_LAYER_PACK_LAYER), "k8s"))
        return minor;
    }

  return 0;
}
