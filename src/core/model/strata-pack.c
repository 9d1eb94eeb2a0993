/* strata-pack.c - what a layer can be made of: a pack or a chart, with all that came with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack"

#include "strata-pack.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataPack
{
  GObject          parent_instance;
  StrataLayerKind  kind;
  char            *fields[STRATA_PACK_N_FIELDS];  /* (owned) (not nullable) */
  GPtrArray       *presets;       /* (owned) (element-type StrataPreset) */
  GPtrArray       *dependencies;  /* (owned) (element-type StrataDependency) */
  GPtrArray       *files;         /* (owned) (element-type StrataFile) */
  GPtrArray       *warnings;      /* (owned) (element-type utf8) */
};

G_DEFINE_FINAL_TYPE (StrataPack, strata_pack, G_TYPE_OBJECT)

static char *
dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static GPtrArray *
ref_or_empty (GPtrArray *array)
{
  return array != NULL ? g_ptr_array_ref (array) : g_ptr_array_new ();
}

/* Only a chart is one file with a digest that its registry knows too. */
static char *
make_digest (StrataPack *self)
{
  if (self->kind == STRATA_LAYER_KIND_PACK || self->files->len == 0)
    return g_strdup ("");

  StrataFile *chart = g_ptr_array_index (self->files, 0);

  return g_strconcat ("sha256:", strata_blob_get_digest (strata_file_get_content (chart)), NULL);
}

static void
strata_pack_finalize (GObject *object)
{
  StrataPack *self = STRATA_PACK (object);

  for (guint i = 0; i < STRATA_PACK_N_FIELDS; i++)
    g_clear_pointer (&self->fields[i], g_free);

  g_clear_pointer (&self->presets, g_ptr_array_unref);
  g_clear_pointer (&self->dependencies, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_pack_parent_class)->finalize (object);
}

static void
strata_pack_class_init (StrataPackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_pack_finalize;
}

static void
strata_pack_init (StrataPack *self)
{
}

/**
 * strata_pack_new:
 * @kind: what layers made of it are
 * @fields: `STRATA_PACK_N_FIELDS` texts in the order of [enum@PackField]; %NULL stands for an empty one
 * @presets: (nullable) (element-type StrataPreset): its presets, in their order
 * @dependencies: (nullable) (element-type StrataDependency): what it needs
 * @files: (nullable) (element-type StrataFile): everything a layer made of it carries; for a chart its archive alone
 * @warnings: (nullable) (element-type utf8): translated sentences about what is odd but no obstacle
 *
 * Makes a pack. The arrays are shared, not copied: let nobody change them after.
 *
 * Returns: (transfer full): the pack
 */
StrataPack *
strata_pack_new (StrataLayerKind    kind,
                 const char *const *fields,
                 GPtrArray         *presets,
                 GPtrArray         *dependencies,
                 GPtrArray         *files,
                 GPtrArray         *warnings)
{
  g_return_val_if_fail (fields != NULL, NULL);

  StrataPack *self = g_object_new (STRATA_TYPE_PACK, NULL);

  self->kind = kind;
  for (guint i = 0; i < STRATA_PACK_N_FIELDS; i++)
    self->fields[i] = dup_text (fields[i]);
  self->presets = ref_or_empty (presets);
  self->dependencies = ref_or_empty (dependencies);
  self->files = ref_or_empty (files);
  self->warnings = ref_or_empty (warnings);

  return self;
}

/**
 * strata_pack_with_warning:
 * @self: a pack
 * @warning: a translated sentence about what is odd with it but no obstacle
 *
 * Returns: (transfer full): the same pack, with @warning before the others
 */
StrataPack *
strata_pack_with_warning (StrataPack *self,
                          const char *warning)
{
  g_return_val_if_fail (STRATA_IS_PACK (self) && warning != NULL, NULL);

  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (warnings, g_strdup (warning));
  for (guint i = 0; i < self->warnings->len; i++)
    g_ptr_array_add (warnings, g_strdup (self->warnings->pdata[i]));

  return strata_pack_new (self->kind, (const char *const *) self->fields, self->presets, self->dependencies, self->files,
                          warnings);
}

/**
 * strata_pack_with_kind:
 * @self: a pack
 * @kind: what it is when the place it came from counts: the same chart is another kind from an OCI registry
 *
 * Returns: (transfer full): the same as @kind
 */
StrataPack *
strata_pack_with_kind (StrataPack      *self,
                       StrataLayerKind  kind)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);

  return strata_pack_new (kind, (const char *const *) self->fields, self->presets, self->dependencies, self->files,
                          self->warnings);
}

/**
 * strata_pack_with_url:
 * @self: a chart
 * @url: the address that it came from
 *
 * Returns: (transfer full): the same chart, of which layers remember @url
 */
StrataPack *
strata_pack_with_url (StrataPack *self,
                      const char *url)
{
  g_return_val_if_fail (STRATA_IS_PACK (self) && url != NULL, NULL);

  const char *fields[STRATA_PACK_N_FIELDS];

  for (guint i = 0; i < STRATA_PACK_N_FIELDS; i++)
    fields[i] = i == STRATA_PACK_URL ? url : self->fields[i];

  return strata_pack_new (self->kind, fields, self->presets, self->dependencies, self->files, self->warnings);
}

/**
 * strata_pack_get_kind:
 * @self: a pack
 *
 * Returns: what layers made of it are
 */
StrataLayerKind
strata_pack_get_kind (StrataPack *self)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), STRATA_LAYER_KIND_PACK);

  return self->kind;
}

/**
 * strata_pack_get:
 * @self: a pack
 * @field: which text
 *
 * Returns: (not nullable): the text, "" where there is none
 */
const char *
strata_pack_get (StrataPack      *self,
                 StrataPackField  field)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), "");
  g_return_val_if_fail (field < STRATA_PACK_N_FIELDS, "");

  return self->fields[field];
}

/**
 * strata_pack_get_presets:
 * @self: a pack
 *
 * Returns: (transfer none) (element-type StrataPreset): its presets, in the order of the pack
 */
GPtrArray *
strata_pack_get_presets (StrataPack *self)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);

  return self->presets;
}

/**
 * strata_pack_get_dependencies:
 * @self: a pack
 *
 * Returns: (transfer none) (element-type StrataDependency): what it needs
 */
GPtrArray *
strata_pack_get_dependencies (StrataPack *self)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);

  return self->dependencies;
}

/**
 * strata_pack_get_files:
 * @self: a pack
 *
 * Returns: (transfer none) (element-type StrataFile): what a layer made of it carries, so that it can be read again
 *   when the place it came from is gone
 */
GPtrArray *
strata_pack_get_files (StrataPack *self)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);

  return self->files;
}

/**
 * strata_pack_get_warnings:
 * @self: a pack
 *
 * Returns: (transfer none) (element-type utf8): translated sentences about what is odd but no obstacle
 */
GPtrArray *
strata_pack_get_warnings (StrataPack *self)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);

  return self->warnings;
}

/**
 * strata_pack_find_preset:
 * @self: a pack
 * @group: the preset's group
 * @name: the preset's name
 *
 * Returns: (transfer none) (nullable): the preset
 */
StrataPreset *
strata_pack_find_preset (StrataPack *self,
                         const char *group,
                         const char *name)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);
  g_return_val_if_fail (group != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (self->presets, i);

      if (g_str_equal (preset->group, group) && g_str_equal (preset->name, name))
        return preset;
    }

  return NULL;
}

/**
 * strata_pack_make_layer:
 * @self: a pack
 * @registry_uid: (nullable): the registry it came from
 * @registry_name: (nullable): what that registry is called
 *
 * Makes the layer a person starts with: the pack's own values, and all its files.
 *
 * Returns: (transfer full): the layer
 */
StrataLayer *
strata_pack_make_layer (StrataPack *self,
                        const char *registry_uid,
                        const char *registry_name)
{
  g_return_val_if_fail (STRATA_IS_PACK (self), NULL);

  const char *version = self->fields[STRATA_PACK_VERSION];
  g_autofree char *digest = make_digest (self);
  const struct { StrataLayerField field; const char *text; } texts[] = {
    { STRATA_LAYER_TAG, version },
    { STRATA_LAYER_VERSION, version },
    { STRATA_LAYER_PACK_LAYER, self->fields[STRATA_PACK_LAYER] },
    { STRATA_LAYER_REGISTRY_UID, registry_uid != NULL ? registry_uid : "" },
    { STRATA_LAYER_REGISTRY_NAME, registry_name != NULL ? registry_name : "" },
    { STRATA_LAYER_REGISTRY_KIND, strata_layer_kind_to_string (self->kind) },
    { STRATA_LAYER_DIGEST, digest },
    { STRATA_LAYER_CHART_URL, self->fields[STRATA_PACK_URL] },
  };
  g_autoptr(StrataBlob) values = strata_blob_new_text (self->fields[STRATA_PACK_VALUES]);
  g_autoptr(StrataLayer) bare = strata_layer_new (self->kind, self->fields[STRATA_PACK_NAME]);
  g_autoptr(StrataLayer) valued = strata_layer_with_values (bare, values);
  StrataLayer *layer = strata_layer_with_files (valued, self->files);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(StrataLayer) before = layer;

      layer = strata_layer_with (before, texts[i].field, texts[i].text);
    }

  return layer;
}

/**
 * strata_preset_new:
 * @name: what `values.yaml` remembers it by
 * @display_name: (nullable): what a person reads; @name when %NULL
 * @group: (nullable): presets of one group are alternatives
 * @add: (nullable): YAML to merge into the values
 * @remove: (nullable) (array zero-terminated=1): dotted paths to take out of the values
 *
 * Returns: (transfer full): the preset; free with strata_preset_free()
 */
StrataPreset *
strata_preset_new (const char        *name,
                   const char        *display_name,
                   const char        *group,
                   const char        *add,
                   const char *const *remove)
{
  g_return_val_if_fail (name != NULL, NULL);

  StrataPreset *preset = g_new0 (StrataPreset, 1);

  preset->name = g_strdup (name);
  preset->display_name = g_strdup (display_name != NULL ? display_name : name);
  preset->group = dup_text (group);
  preset->add = dup_text (add);
  preset->remove = remove != NULL ? g_strdupv ((char **) remove) : g_new0 (char *, 1);

  return preset;
}

/**
 * strata_preset_free:
 * @preset: (transfer full): a preset
 *
 * Frees a preset and its texts.
 */
void
strata_preset_free (StrataPreset *preset)
{
  g_free (preset->name);
  g_free (preset->display_name);
  g_free (preset->group);
  g_free (preset->add);
  g_strfreev (preset->remove);
  g_free (preset);
}

/**
 * strata_dependency_new:
 * @name: what is needed
 * @version: (nullable): which versions of it, as the pack or chart says it
 * @repository: (nullable): where it is to be had
 * @optional: whether it can do without
 *
 * Returns: (transfer full): the dependency; free with strata_dependency_free()
 */
StrataDependency *
strata_dependency_new (const char *name,
                       const char *version,
                       const char *repository,
                       gboolean    optional)
{
  g_return_val_if_fail (name != NULL, NULL);

  StrataDependency *dependency = g_new0 (StrataDependency, 1);

  dependency->name = g_strdup (name);
  dependency->version = dup_text (version);
  dependency->repository = dup_text (repository);
  dependency->optional = optional;

  return dependency;
}

/**
 * strata_dependency_free:
 * @dependency: (transfer full): a dependency
 *
 * Frees a dependency and its texts.
 */
void
strata_dependency_free (StrataDependency *dependency)
{
  g_free (dependency->name);
  g_free (dependency->version);
  g_free (dependency->repository);
  g_free (dependency);
}
