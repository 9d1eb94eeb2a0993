/* strata-layer-work.h - from a pack and a person's choices to a layer, in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

/**
 * StrataLayerWork:
 * @registry: (nullable): where @summary is fetched from
 * @summary: (nullable): what to fetch; %NULL when @layer is there already
 * @layer: (nullable): the layer so far
 * @pack: (nullable): what @layer was made of
 * @group: (nullable): the group of @preset
 * @preset: (nullable): a preset to apply, or "" for the pack's own values with the presets of the other groups
 * @name_space: (nullable): the namespace to set, or %NULL to leave it
 * @order: the install order to set
 * @set_order: whether @order is set
 * @carry: (nullable): the layer of another version, whose manifests are kept
 * @carry_values: whether the values of @carry are kept too, because a person wrote in them
 *
 * What is asked for; all members are owned.
 */
typedef struct
{
  StrataRegistry    *registry;
  StrataPackSummary *summary;
  StrataLayer       *layer;
  StrataPack        *pack;
  char              *group;
  char              *preset;
  char              *name_space;
  int                order;
  gboolean           set_order;
  StrataLayer       *carry;
  gboolean           carry_values;
} StrataLayerWork;

/**
 * StrataLayerOutcome:
 * @layer: the layer as it would be added now
 * @pack: (nullable): what it was made of; %NULL for manifests
 * @name_space: what the values say
 * @order: what the values say
 * @presets: (element-type utf8 utf8): the active preset of each group of @pack
 * @digest: what strata_layer_facts_digest() says of @layer
 * @images: (element-type utf8): the images the layer names
 * @n_errors: how many errors there are in its texts
 *
 * What came of it; all members are owned.
 */
typedef struct
{
  StrataLayer *layer;
  StrataPack  *pack;
  char        *name_space;
  int          order;
  GHashTable  *presets;
  char        *digest;
  GPtrArray   *images;
  guint        n_errors;
} StrataLayerOutcome;

StrataLayerWork *strata_layer_work_new      (StrataLayer         *layer,
                                             StrataPack          *pack);
StrataLayerWork *strata_layer_work_new_fetch (StrataRegistry     *registry,
                                             StrataPackSummary   *summary);
void             strata_layer_work_free     (StrataLayerWork     *work);
gpointer         strata_layer_work_run      (gpointer             work,
                                             GCancellable        *cancellable,
                                             GError             **error);
void             strata_layer_outcome_free  (StrataLayerOutcome  *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLayerWork, strata_layer_work_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLayerOutcome, strata_layer_outcome_free)

G_END_DECLS
