/* strata-sync-private.h - what the files of the sync share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-activity.h"
#include "strata-console-profiles.h"
#include "strata-store-join.h"
#include "strata-sync.h"

G_BEGIN_DECLS

#define STRATA_SYNC_TYPE "system"  /* what is listed when nobody says */
#define STRATA_SYNC_TRIES 5        /* when the profile is changed on this disk while it is compared */

/* One profile at one moment: what this disk has, and what is known of the console. */
typedef struct
{
  char          *id;      /* (owned) (not nullable) */
  char          *head;    /* (owned) (nullable): the revision that @mine is; NULL when it is not there yet */
  StrataLink    *link;    /* (owned) (not nullable) */
  StrataProfile *mine;    /* (owned) (nullable) */
  StrataProfile *base;    /* (owned) (nullable) */
} StrataSituation;

StrataSituation *strata_sync_look         (StrataSync           *self,
                                           const char           *id,
                                           GCancellable         *cancellable,
                                           GError              **error);
StrataSituation *strata_sync_look_away    (const char           *uid);
void             strata_situation_free    (StrataSituation      *self);
gboolean         strata_situation_is_changed (StrataSituation   *self);

char            *strata_sync_find         (StrataSync           *self,
                                           const char           *id,
                                           GError              **error);
gboolean         strata_sync_join         (StrataSync           *self,
                                           StrataSituation      *situation,
                                           StrataProfile        *head,
                                           StrataReason          reason,
                                           StrataProfile        *base,
                                           StrataProfile        *theirs,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean         strata_sync_take_in      (StrataSync           *self,
                                           StrataSituation      *situation,
                                           StrataConsoleProfile *theirs,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean         strata_sync_set_gone     (StrataSync           *self,
                                           const char           *id,
                                           GCancellable         *cancellable,
                                           GError              **error);

gboolean         strata_sync_is_draft     (const StrataConsoleProfile *theirs);
void             strata_sync_note         (StrataSync           *self,
                                           StrataSituation      *situation,
                                           StrataActivityAction  action,
                                           StrataActivityBy      by,
                                           const char           *audit,
                                           const GError         *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSituation, strata_situation_free)

G_END_DECLS
