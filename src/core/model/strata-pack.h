/* strata-pack.h - what a layer can be made of: a pack or a chart, with all that came with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"

G_BEGIN_DECLS

/**
 * StrataPackField:
 *
 * The texts of a pack (`pack.json`) or a chart (`Chart.yaml`). `VALUES` is the whole text a new layer starts with;
 * for a chart it is the wrapped form (`pack:` and `charts: <name>:`). `SCHEMA` is `schema.yaml` of a pack or
 * `values.schema.json` of a chart. `URL` is where a chart came from. Empty when there is none.
 */
typedef enum
{
  STRATA_PACK_NAME,
  STRATA_PACK_DISPLAY_NAME,
  STRATA_PACK_VERSION,
  STRATA_PACK_DESCRIPTION,
  STRATA_PACK_LAYER,
  STRATA_PACK_TYPE,
  STRATA_PACK_APP_VERSION,
  STRATA_PACK_NAMESPACE,
  STRATA_PACK_VALUES,
  STRATA_PACK_SCHEMA,
  STRATA_PACK_README,
  STRATA_PACK_URL,
} StrataPackField;

#define STRATA_PACK_N_FIELDS (STRATA_PACK_URL + 1)

/* One preset of `presets.yaml`: presets of a group are alternatives. (all fields owned, not nullable) */
typedef struct
{
  char  *name;
  char  *display_name;
  char  *group;
  char  *add;     /* YAML to merge in */
  char **remove;  /* dotted paths */
} StrataPreset;

/* A chart that a chart needs, or a pack that a pack needs. (all fields owned, not nullable) */
typedef struct
{
  char    *name;
  char    *version;
  char    *repository;
  gboolean optional;
} StrataDependency;

#define STRATA_TYPE_PACK (strata_pack_get_type ())

G_DECLARE_FINAL_TYPE (StrataPack, strata_pack, STRATA, PACK, GObject)

StrataPack      *strata_pack_new              (StrataLayerKind    kind,
                                               const char *const *fields,
                                               GPtrArray         *presets,
                                               GPtrArray         *dependencies,
                                               GPtrArray         *files,
                                               GPtrArray         *warnings);

StrataPack      *strata_pack_with_warning     (StrataPack        *self,
                                               const char        *warning);
StrataPack      *strata_pack_with_kind        (StrataPack        *self,
                                               StrataLayerKind    kind);
StrataPack      *strata_pack_with_url         (StrataPack        *self,
                                               const char        *url);

StrataLayerKind  strata_pack_get_kind         (StrataPack        *self);
const char      *strata_pack_get              (StrataPack        *self,
                                               StrataPackField    field);
GPtrArray       *strata_pack_get_presets      (StrataPack        *self);
GPtrArray       *strata_pack_get_dependencies (StrataPack        *self);
GPtrArray       *strata_pack_get_files        (StrataPack        *self);
GPtrArray       *strata_pack_get_warnings     (StrataPack        *self);
StrataPreset    *strata_pack_find_preset      (StrataPack        *self,
                                               const char        *group,
                                               const char        *name);

StrataLayer     *strata_pack_make_layer       (StrataPack        *self,
                                               const char        *registry_uid,
                                               const char        *registry_name);

StrataPreset     *strata_preset_new           (const char        *name,
                                               const char        *display_name,
                                               const char        *group,
                                               const char        *add,
                                               const char *const *remove);
void              strata_preset_free          (StrataPreset      *preset);
StrataDependency *strata_dependency_new       (const char        *name,
                                               const char        *version,
                                               const char        *repository,
                                               gboolean           optional);
void              strata_dependency_free      (StrataDependency  *dependency);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPreset, strata_preset_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDependency, strata_dependency_free)

G_END_DECLS
