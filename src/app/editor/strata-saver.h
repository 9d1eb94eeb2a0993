/* strata-saver.h - keeps the disk within two seconds of what is typed, and says how far it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-draft.h"
#include "strata-store.h"

G_BEGIN_DECLS

/**
 * StrataSaverState:
 * @STRATA_SAVER_SAVED: the disk has what the draft has
 * @STRATA_SAVER_CHANGED: the draft is ahead; a save follows by itself
 * @STRATA_SAVER_SAVING: being written
 * @STRATA_SAVER_FAILED: the last save failed; see [method@Saver.get_error]
 * @STRATA_SAVER_CONFLICT: somebody else saved this profile; nothing is written until that is decided
 */
typedef enum
{
  STRATA_SAVER_SAVED,
  STRATA_SAVER_CHANGED,
  STRATA_SAVER_SAVING,
  STRATA_SAVER_FAILED,
  STRATA_SAVER_CONFLICT,
} StrataSaverState;

/* Property "state" (an int of StrataSaverState). Main thread only. */
#define STRATA_TYPE_SAVER (strata_saver_get_type ())

G_DECLARE_FINAL_TYPE (StrataSaver, strata_saver, STRATA, SAVER, GObject)

StrataSaver      *strata_saver_new          (StrataStore   *store,
                                             StrataDraft   *draft,
                                             const char    *head,
                                             gint64         saved_at);

StrataSaverState  strata_saver_get_state    (StrataSaver   *self);
StrataProfile    *strata_saver_get_saved    (StrataSaver   *self);
const GError     *strata_saver_get_error    (StrataSaver   *self);
const char       *strata_saver_get_warning  (StrataSaver   *self);
gint64            strata_saver_get_saved_at (StrataSaver   *self);
char             *strata_saver_dup_head     (StrataSaver   *self);

void              strata_saver_touch        (StrataSaver   *self);
void              strata_saver_save         (StrataSaver   *self,
                                             StrataReason   reason);
gboolean          strata_saver_flush        (StrataSaver   *self,
                                             GError       **error);
void              strata_saver_adopt        (StrataSaver   *self,
                                             StrataProfile *profile,
                                             const char    *head,
                                             gint64         saved_at);
void              strata_saver_resume       (StrataSaver   *self);

G_END_DECLS
