/* strata-draft.h - one profile being edited, with every step there and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DRAFT (strata_draft_get_type ())

G_DECLARE_FINAL_TYPE (StrataDraft, strata_draft, STRATA, DRAFT, GObject)

StrataDraft   *strata_draft_new            (StrataProfile  *profile);

StrataProfile *strata_draft_get_profile    (StrataDraft    *self);
StrataProfile *strata_draft_get_base       (StrataDraft    *self);
gboolean       strata_draft_get_can_undo   (StrataDraft    *self);
gboolean       strata_draft_get_can_redo   (StrataDraft    *self);
const char    *strata_draft_get_undo_label (StrataDraft    *self);
const char    *strata_draft_get_redo_label (StrataDraft    *self);
gboolean       strata_draft_is_changed     (StrataDraft    *self);

void           strata_draft_set_base       (StrataDraft    *self,
                                            StrataProfile  *base);

void           strata_draft_apply          (StrataDraft    *self,
                                            StrataProfile  *profile,
                                            const char     *label);
void           strata_draft_type           (StrataDraft    *self,
                                            StrataProfile  *profile,
                                            const char     *place,
                                            const char     *typed);
gboolean       strata_draft_undo           (StrataDraft    *self);
gboolean       strata_draft_redo           (StrataDraft    *self);

G_END_DECLS
