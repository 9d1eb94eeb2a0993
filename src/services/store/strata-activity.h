/* strata-activity.h - what was done in a workspace, when, from which side, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

G_BEGIN_DECLS

/**
 * StrataActivityAction:
 *
 * What was done. Each has a word in the file that never changes.
 */
typedef enum
{
  STRATA_ACTIVITY_CREATED,
  STRATA_ACTIVITY_CHANGED,
  STRATA_ACTIVITY_IMPORTED,
  STRATA_ACTIVITY_MERGED,
  STRATA_ACTIVITY_DELETED,
  STRATA_ACTIVITY_RESTORED,
  STRATA_ACTIVITY_PULLED,
  STRATA_ACTIVITY_PUSHED,
  STRATA_ACTIVITY_PUBLISHED,
  STRATA_ACTIVITY_DELETED_THERE,
  STRATA_ACTIVITY_SIGNED_IN,
  STRATA_ACTIVITY_SIGNED_OUT,
} StrataActivityAction;

/**
 * StrataActivityBy:
 * @STRATA_ACTIVITY_LOCAL: it was done on this disk
 * @STRATA_ACTIVITY_PULL: it came from the console
 * @STRATA_ACTIVITY_PUSH: it went to the console
 */
typedef enum
{
  STRATA_ACTIVITY_LOCAL,
  STRATA_ACTIVITY_PULL,
  STRATA_ACTIVITY_PUSH,
} StrataActivityBy;

/**
 * StrataActivity:
 * @time: when, in microseconds since 1970, UTC
 * @action: what
 * @by: from which side
 * @id: (not nullable): which profile of the store, "" for none
 * @name: (not nullable): its name then
 * @version: (not nullable): its version then
 * @result: (not nullable): "" when it was done, one sentence when it was not
 * @audit: (not nullable): the id that the console gave to it, "" for none
 *
 * All texts are owned.
 */
typedef struct
{
  gint64                time;
  StrataActivityAction  action;
  StrataActivityBy      by;
  char                 *id;
  char                 *name;
  char                 *version;
  char                 *result;
  char                 *audit;
} StrataActivity;

#define STRATA_TYPE_ACTIVITY (strata_activity_get_type ())

GType           strata_activity_get_type   (void) G_GNUC_CONST;
StrataActivity *strata_activity_copy       (StrataActivity        *self);
void            strata_activity_free       (StrataActivity        *self);

void            strata_activity_add        (StrataStore           *store,
                                            const StrataActivity  *what);
GPtrArray      *strata_activity_list       (StrataStore           *store,
                                            guint                  most,
                                            GCancellable          *cancellable,
                                            GError               **error);
char           *strata_activity_dup_path   (StrataStore           *store);

const char     *strata_activity_action_to_string (StrataActivityAction action);
const char     *strata_activity_by_to_string (StrataActivityBy     by);
const char     *strata_activity_show_action (StrataActivityAction  action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataActivity, strata_activity_free)

G_END_DECLS
