/* strata-conflict.h - one place that two sides changed in two ways, and what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StrataSide:
 * @STRATA_SIDE_BASE: what both began with
 * @STRATA_SIDE_MINE: the one side
 * @STRATA_SIDE_THEIRS: the other
 * @STRATA_SIDE_OWN: neither, but a text of its own
 * @STRATA_SIDE_BOTH: both made the same change, or both additions stay
 * @STRATA_SIDE_NONE: not decided
 */
typedef enum
{
  STRATA_SIDE_BASE,
  STRATA_SIDE_MINE,
  STRATA_SIDE_THEIRS,
  STRATA_SIDE_OWN,
  STRATA_SIDE_BOTH,
  STRATA_SIDE_NONE,
} StrataSide;

#define STRATA_N_SIDES (STRATA_SIDE_THEIRS + 1)

/**
 * StrataConflict:
 * @layer: (nullable): the layer; %NULL for the profile's own data
 * @document: (nullable): "values.yaml" or a manifest's name; %NULL for the layer's own data
 * @path: (nullable): what in it: a field of the profile or layer, or the path that all its lines are in; %NULL for the
 *   whole layer or document
 * @texts: (array) (nullable): by side, what it is there; %NULL where a side does not have it. Of a whole layer, its
 *   version. The default of a sensitive variable is masked.
 * @lines: by side, the first line from 1; 0 when it is not lines of a document
 * @proposal: (nullable): a text of its own that may be what is wanted
 * @can_edit: whether [enum@Side.OWN] may be decided
 * @decision: what is decided, or was clear by itself
 * @own: (nullable): the text of its own
 *
 * A place where mine and theirs are different from base. All texts are owned.
 */
typedef struct
{
  char       *layer;
  char       *document;
  char       *path;
  char       *texts[STRATA_N_SIDES];
  guint       lines[STRATA_N_SIDES];
  char       *proposal;
  gboolean    can_edit;
  StrataSide  decision;
  char       *own;
} StrataConflict;

#define STRATA_TYPE_CONFLICT (strata_conflict_get_type ())

GType           strata_conflict_get_type (void);
StrataConflict *strata_conflict_copy     (const StrataConflict  *conflict);
void            strata_conflict_free     (StrataConflict        *conflict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConflict, strata_conflict_free)

G_END_DECLS
