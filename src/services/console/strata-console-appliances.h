/* strata-console-appliances.h - what a console knows of appliances, and what its profiles have for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-target.h"
#include "strata-console-profiles.h"

G_BEGIN_DECLS

/**
 * StrataApplianceEvent:
 * @time: when it was, in microseconds since 1970; 0 when the console does not say
 * @severity: how bad the console finds it, or ""
 * @reason: one word for it, or ""
 * @message: what happened
 *
 * Something that happened to an appliance. (all fields owned, not nullable)
 */
typedef struct
{
  gint64  time;
  char   *severity;
  char   *reason;
  char   *message;
} StrataApplianceEvent;

void strata_appliance_event_free (StrataApplianceEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataApplianceEvent, strata_appliance_event_free)

/**
 * StrataProfileStamp:
 * @uid: a profile
 * @modified: when it was changed, in microseconds since 1970; 0 when the console does not say
 *
 * That a profile was changed. (all fields owned, not nullable)
 */
typedef struct
{
  char   *uid;
  gint64  modified;
} StrataProfileStamp;

void strata_profile_stamp_free (StrataProfileStamp *stamp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProfileStamp, strata_profile_stamp_free)

GPtrArray             *strata_console_list_appliances       (StrataConsole          *self,
                                                             gint64                  known,
                                                             gboolean               *is_all,
                                                             guint                  *count,
                                                             StrataConsoleProgress   progress,
                                                             gpointer                progress_data,
                                                             GCancellable           *cancellable,
                                                             GError                **error);
StrataAppliance       *strata_console_get_appliance         (StrataConsole          *self,
                                                             const char             *uid,
                                                             GCancellable           *cancellable,
                                                             GError                **error);
GPtrArray             *strata_console_list_appliance_events (StrataConsole          *self,
                                                             const char             *uid,
                                                             GCancellable           *cancellable,
                                                             GError                **error);
GPtrArray             *strata_console_list_stamps           (StrataConsole          *self,
                                                             gint64                  known,
                                                             GCancellable           *cancellable,
                                                             GError                **error);
StrataApplianceTarget *strata_console_get_target            (StrataConsole          *self,
                                                             const char             *uid,
                                                             GCancellable           *cancellable,
                                                             GError                **error);

G_END_DECLS
