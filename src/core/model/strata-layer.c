/* strata-layer.c - one layer of a profile: a pack, a chart, or manifests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer"

#include "strata-layer.h"

#include "strata-texts.h"

/* A value: what its constructors return never changes, and is safe to read from any thread. */
struct _StrataLayer
{
  GObject          parent_instance;
  StrataLayerKind  kind;
  char            *texts[STRATA_LAYER_N_FIELDS];  /* (owned) (not nullable) */
  StrataBlob      *values;     /* (owned) (not nullable): values.yaml */
  GPtrArray       *manifests;  /* (owned) (not nullable) (element-type StrataManifest) */
  GPtrArray       *files;      /* (owned) (not nullable) (element-type StrataFile): what came with the pack or chart */
};

G_DEFINE_FINAL_TYPE (StrataLayer, strata_layer, G_TYPE_OBJECT)

static const char *const kind_names[] = { "pack", "helm", "oci", "manifest" };

static void
strata_layer_finalize (GObject *object)
{
  StrataLayer *self = STRATA_LAYER (object);

  strata_texts_clear (self->texts, STRATA_LAYER_N_FIELDS);
  g_clear_object (&self->values);
  g_clear_pointer (&self->manifests, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_layer_parent_class)->finalize (object);
}

static void
strata_layer_class_init (StrataLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_layer_finalize;
}

static void
strata_layer_init (StrataLayer *self)
{
  strata_texts_init (self->texts, STRATA_LAYER_N_FIELDS);
}

static StrataLayer *
copy (StrataLayer *self)
{
  StrataLayer *result = g_object_new (STRATA_TYPE_LAYER, NULL);

  result->kind = self->kind;
  strata_texts_copy (result->texts, self->texts, STRATA_LAYER_N_FIELDS);
  result->values = g_object_ref (self->values);
  result->manifests = g_ptr_array_ref (self->manifests);
  result->files = g_ptr_array_ref (self->files);

  return result;
}

/**
 * strata_layer_new:
 * @kind: what it is made of
 * @name: its name, unique within the profile
 *
 * Returns: (transfer full): a layer with no values, manifests or files
 */
StrataLayer *
strata_layer_new (StrataLayerKind  kind,
                  const char      *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  StrataLayer *self = g_object_new (STRATA_TYPE_LAYER, NULL);

  self->kind = kind;
  strata_texts_set (self->texts, STRATA_LAYER_NAME, name);
  strata_texts_set (self->texts, STRATA_LAYER_PACK_LAYER, "addon");
  self->values = strata_blob_new_text ("");
  self->manifests = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * strata_layer_get_kind:
 * @self: a layer
 *
 * Returns: what it is made of
 */
StrataLayerKind
strata_layer_get_kind (StrataLayer *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), STRATA_LAYER_KIND_PACK);

  return self->kind;
}

/**
 * strata_layer_get:
 * @self: a layer
 * @field: which text
 *
 * Returns: (transfer none): the text, "" when it is not set
 */
const char *
strata_layer_get (StrataLayer      *self,
                  StrataLayerField  field)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), NULL);
  g_return_val_if_fail (field < STRATA_LAYER_N_FIELDS, NULL);

  return self->texts[field];
}

/**
 * strata_layer_get_name:
 * @self: a layer
 *
 * Returns: (transfer none): its name, unique within the profile
 */
const char *
strata_layer_get_name (StrataLayer *self)
{
  return strata_layer_get (self, STRATA_LAYER_NAME);
}

/**
 * strata_layer_get_version:
 * @self: a layer
 *
 * Returns: (transfer none): the version it stands for, else the tag it asks for, else ""
 */
const char *
strata_layer_get_version (StrataLayer *self)
{
  const char *version = strata_layer_get (self, STRATA_LAYER_VERSION);

  return version != NULL && *version == '\0' ? strata_layer_get (self, STRATA_LAYER_TAG) : version;
}

/**
 * strata_layer_get_values:
 * @self: a layer
 *
 * Returns: (transfer none): the text of its values.yaml as a blob
 */
StrataBlob *
strata_layer_get_values (StrataLayer *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), NULL);

  return self->values;
}

/**
 * strata_layer_get_text:
 * @self: a layer
 *
 * Returns: (transfer none): the text of its values.yaml
 */
const char *
strata_layer_get_text (StrataLayer *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), NULL);

  return strata_blob_get_text (self->values);
}

/**
 * strata_layer_get_manifests:
 * @self: a layer
 *
 * Returns: (transfer none) (element-type StrataManifest): its manifests in order; not to be changed
 */
GPtrArray *
strata_layer_get_manifests (StrataLayer *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), NULL);

  return self->manifests;
}

/**
 * strata_layer_get_files:
 * @self: a layer
 *
 * The files of the pack, by their paths in it, or the one archive of a chart. They are kept with the layer so that it
 * is whole when the registry is out of reach.
 *
 * Returns: (transfer none) (element-type StrataFile): what came with it; not to be changed
 */
GPtrArray *
strata_layer_get_files (StrataLayer *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), NULL);

  return self->files;
}

/**
 * strata_layer_find_manifest:
 * @self: a layer
 * @name: the name of a manifest
 * @position: (out) (optional): where it stands
 *
 * Returns: (transfer none) (nullable): the manifest, or %NULL if there is none of that name
 */
StrataManifest *
strata_layer_find_manifest (StrataLayer *self,
                            const char  *name,
                            guint       *position)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && name != NULL, NULL);

  for (guint i = 0; i < self->manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (self->manifests, i);

      if (!g_str_equal (strata_manifest_get_name (manifest), name))
        continue;
      if (position != NULL)
        *position = i;
      return manifest;
    }

  return NULL;
}

/**
 * strata_layer_find_file:
 * @self: a layer
 * @path: a path within the pack
 *
 * Returns: (transfer none) (nullable): the file, or %NULL if there is none at that path
 */
StrataFile *
strata_layer_find_file (StrataLayer *self,
                        const char  *path)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && path != NULL, NULL);

  for (guint i = 0; i < self->files->len; i++)
    {
      StrataFile *file = g_ptr_array_index (self->files, i);

      if (g_str_equal (strata_file_get_path (file), path))
        return file;
    }

  return NULL;
}

/**
 * strata_layer_with:
 * @self: a layer
 * @field: which text
 * @value: (nullable): the text; %NULL is ""
 *
 * Returns: (transfer full): a layer like @self with @value there
 */
StrataLayer *
strata_layer_with (StrataLayer      *self,
                   StrataLayerField  field,
                   const char       *value)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self), NULL);
  g_return_val_if_fail (field < STRATA_LAYER_N_FIELDS, NULL);

  StrataLayer *result = copy (self);

  strata_texts_set (result->texts, field, value);

  return result;
}

/**
 * strata_layer_with_values:
 * @self: a layer
 * @values: the text of a values.yaml
 *
 * Returns: (transfer full): a layer like @self with @values
 */
StrataLayer *
strata_layer_with_values (StrataLayer *self,
                          StrataBlob  *values)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && STRATA_IS_BLOB (values), NULL);

  StrataLayer *result = copy (self);

  g_set_object (&result->values, values);

  return result;
}

/**
 * strata_layer_with_manifests:
 * @self: a layer
 * @manifests: (element-type StrataManifest): manifests; copied, the array may change after
 *
 * Returns: (transfer full): a layer like @self with just these manifests
 */
StrataLayer *
strata_layer_with_manifests (StrataLayer *self,
                             GPtrArray   *manifests)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && manifests != NULL, NULL);

  StrataLayer *result = copy (self);

  g_ptr_array_unref (result->manifests);
  result->manifests = strata_list_copy (manifests);

  return result;
}

/**
 * strata_layer_with_manifest:
 * @self: a layer
 * @manifest: a manifest
 *
 * Returns: (transfer full): a layer like @self in which @manifest takes the place of the one of its name, or is last
 */
StrataLayer *
strata_layer_with_manifest (StrataLayer    *self,
                            StrataManifest *manifest)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && STRATA_IS_MANIFEST (manifest), NULL);

  g_autoptr(GPtrArray) manifests = strata_list_copy (self->manifests);
  guint position;

  if (strata_layer_find_manifest (self, strata_manifest_get_name (manifest), &position) != NULL)
    g_set_object ((StrataManifest **) &manifests->pdata[position], manifest);
  else
    g_ptr_array_add (manifests, g_object_ref (manifest));

  return strata_layer_with_manifests (self, manifests);
}

/**
 * strata_layer_without_manifest:
 * @self: a layer
 * @name: the name of a manifest
 *
 * Returns: (transfer full): a layer like @self without that manifest
 */
StrataLayer *
strata_layer_without_manifest (StrataLayer *self,
                               const char  *name)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && name != NULL, NULL);

  g_autoptr(GPtrArray) manifests = strata_list_copy (self->manifests);
  guint position;

  if (strata_layer_find_manifest (self, name, &position) != NULL)
    g_ptr_array_remove_index (manifests, position);

  return strata_layer_with_manifests (self, manifests);
}

/**
 * strata_layer_with_files:
 * @self: a layer
 * @files: (element-type StrataFile): files; copied, the array may change after
 *
 * Returns: (transfer full): a layer like @self that has just these files with it
 */
StrataLayer *
strata_layer_with_files (StrataLayer *self,
                         GPtrArray   *files)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && files != NULL, NULL);

  StrataLayer *result = copy (self);

  g_ptr_array_unref (result->files);
  result->files = strata_list_copy (files);

  return result;
}

/**
 * strata_layer_equal:
 * @self: a layer
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_layer_equal (StrataLayer *self,
                    StrataLayer *other)
{
  g_return_val_if_fail (STRATA_IS_LAYER (self) && STRATA_IS_LAYER (other), FALSE);

  return self == other ||
         (self->kind == other->kind &&
          strata_texts_equal (self->texts, other->texts, STRATA_LAYER_N_FIELDS) &&
          strata_blob_equal (self->values, other->values) &&
          strata_list_equal (self->manifests, other->manifests, (GEqualFunc) strata_manifest_equal) &&
          strata_list_equal (self->files, other->files, (GEqualFunc) strata_file_equal));
}

/**
 * strata_layer_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): "pack", "helm", "oci" or "manifest", as it is written on disk
 */
const char *
strata_layer_kind_to_string (StrataLayerKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * strata_layer_kind_from_string:
 * @text: what [func@layer_kind_to_string] gives
 * @kind: (out): the kind
 *
 * Returns: whether @text is the name of a kind
 */
gboolean
strata_layer_kind_from_string (const char      *text,
                               StrataLayerKind *kind)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind_names[i], text))
      {
        *kind = (StrataLayerKind) i;
        return TRUE;
      }

  return FALSE;
}
