/* strata-entry.h - one profile of a store as a list shows it: light, without its texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"

G_BEGIN_DECLS

/**
 * StrataState:
 * @STRATA_STATE_ONLY_HERE: no console has it, or the one that had it has it no more
 * @STRATA_STATE_UNPUBLISHED: it was changed here since, or the console has it as a draft
 * @STRATA_STATE_PUBLISHED: it is what the appliances of the console get
 * @STRATA_STATE_BEHIND: the console has a newer one, and nothing was changed here
 * @STRATA_STATE_CONFLICT: it was changed here and at the console
 * @STRATA_STATE_DAMAGED: it cannot be read
 *
 * How a profile stands to its console.
 */
typedef enum
{
  STRATA_STATE_ONLY_HERE,
  STRATA_STATE_UNPUBLISHED,
  STRATA_STATE_PUBLISHED,
  STRATA_STATE_BEHIND,
  STRATA_STATE_CONFLICT,
  STRATA_STATE_DAMAGED,
} StrataState;

/* A value, safe to read from any thread. Two entries of one profile are equal when nothing shown
 * has changed.
 */
#define STRATA_TYPE_ENTRY (strata_entry_get_type ())

G_DECLARE_FINAL_TYPE (StrataEntry, strata_entry, STRATA, ENTRY, GObject)

const char        *strata_entry_get_id          (StrataEntry  *self);
const char        *strata_entry_get_uid         (StrataEntry  *self);
const char        *strata_entry_get_name        (StrataEntry  *self);
const char        *strata_entry_get_version     (StrataEntry  *self);
const char        *strata_entry_get_description (StrataEntry  *self);
const char *const *strata_entry_get_tags        (StrataEntry  *self);
const char *const *strata_entry_get_registries  (StrataEntry  *self);
guint              strata_entry_get_n_layers    (StrataEntry  *self);
StrataLayerKind    strata_entry_get_layer_kind  (StrataEntry  *self,
                                                 guint         position);
StrataState        strata_entry_get_state       (StrataEntry  *self);
const char        *strata_entry_get_problem     (StrataEntry  *self);
const char        *strata_entry_get_head        (StrataEntry  *self);
gint64             strata_entry_get_changed     (StrataEntry  *self);
guint              strata_entry_get_draft_step  (StrataEntry  *self);
gboolean           strata_entry_get_in_trash    (StrataEntry  *self);
gboolean           strata_entry_get_is_away     (StrataEntry  *self);
gboolean           strata_entry_get_is_pinned   (StrataEntry  *self);
gboolean           strata_entry_get_is_changed  (StrataEntry  *self);
gboolean           strata_entry_equal           (StrataEntry  *self,
                                                 StrataEntry  *other);

G_END_DECLS
