/* strata-sync.h - this disk and a console: nothing of either is overwritten that was not seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console.h"
#include "strata-store.h"
#include "strata-sync-step.h"

G_BEGIN_DECLS

/**
 * StrataSyncPush:
 * @STRATA_SYNC_PUSH_NONE: what is sent is a draft at the console
 * @STRATA_SYNC_PUSH_PUBLISH: it is published there, and the appliances get it
 *
 * How strata_sync_push() sends.
 */
typedef enum
{
  STRATA_SYNC_PUSH_NONE,
  STRATA_SYNC_PUSH_PUBLISH,
} StrataSyncPush;

#define STRATA_TYPE_SYNC (strata_sync_get_type ())

G_DECLARE_FINAL_TYPE (StrataSync, strata_sync, STRATA, SYNC, GObject)

StrataSync    *strata_sync_new         (StrataStore      *store);
StrataStore   *strata_sync_get_store   (StrataSync       *self);

gboolean       strata_sync_refresh     (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *type,
                                        GError          **unread,
                                        GCancellable     *cancellable,
                                        GError          **error);
gint64         strata_sync_get_checked (StrataSync       *self);
GPtrArray     *strata_sync_plan        (StrataSync       *self,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataSyncStep *strata_sync_plan_one   (StrataSync       *self,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean       strata_sync_apply       (StrataSync       *self,
                                        StrataConsole    *console,
                                        StrataSyncStep   *step,
                                        StrataSyncPush    flags,
                                        char            **remark,
                                        GCancellable     *cancellable,
                                        GError          **error);

StrataProfile *strata_sync_pull        (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataProfile *strata_sync_push        (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *id,
                                        StrataSyncPush    flags,
                                        char            **remark,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean       strata_sync_publish     (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataProfile *strata_sync_adopt       (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean       strata_sync_delete      (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean       strata_sync_pin         (StrataSync       *self,
                                        StrataConsole    *console,
                                        const char       *id,
                                        gboolean          pinned,
                                        GCancellable     *cancellable,
                                        GError          **error);

StrataProfile *strata_sync_get_base    (StrataSync       *self,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataProfile *strata_sync_get_theirs  (StrataSync       *self,
                                        const char       *id,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataProfile *strata_sync_resolve     (StrataSync       *self,
                                        const char       *id,
                                        StrataProfile    *merged,
                                        StrataProfile    *seen,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataProfile *strata_sync_save_version (StrataSync      *self,
                                        const char       *id,
                                        const char       *version,
                                        GCancellable     *cancellable,
                                        GError          **error);
StrataProfile *strata_sync_copy        (StrataStore      *from,
                                        const char       *id,
                                        StrataStore      *to,
                                        GCancellable     *cancellable,
                                        GError          **error);

G_END_DECLS
