/* strata-draft-saver.h - keeps what the assistant holds on this disk, one save after the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

G_BEGIN_DECLS

/* Signals "saved" (id, whether it is finished) and "failed" (message). */
#define STRATA_TYPE_DRAFT_SAVER (strata_draft_saver_get_type ())

G_DECLARE_FINAL_TYPE (StrataDraftSaver, strata_draft_saver, STRATA, DRAFT_SAVER, GObject)

StrataDraftSaver *strata_draft_saver_new     (StrataStore       *store,
                                              const char        *id);
StrataDraftSaver *strata_draft_saver_new_aside (StrataStore     *store,
                                              const char        *id);
const char       *strata_draft_saver_get_id  (StrataDraftSaver  *self);
gboolean          strata_draft_saver_is_idle (StrataDraftSaver  *self);
void              strata_draft_saver_keep    (StrataDraftSaver  *self,
                                              StrataProfile     *profile,
                                              guint              step);
void              strata_draft_saver_finish  (StrataDraftSaver  *self,
                                              StrataProfile     *profile);
void              strata_draft_saver_flush   (StrataDraftSaver  *self);

G_END_DECLS
