/* strata-sync-step.h - one thing that has to be done so that this disk and the console are the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StrataSyncAction:
 * @STRATA_SYNC_PULL: the console's is newer, nothing was changed here
 * @STRATA_SYNC_PUSH: it was changed here, the console's is as it was
 * @STRATA_SYNC_CREATE: the console does not have it
 * @STRATA_SYNC_PUBLISH: the console has it as a draft that nobody gets
 * @STRATA_SYNC_MERGE: both were changed, in different places: a pull joins them
 * @STRATA_SYNC_CONFLICT: both were changed in the same place: a person decides
 * @STRATA_SYNC_TAKEN: another profile at the console has this name and version
 * @STRATA_SYNC_GONE: it was deleted at the console and is only here now
 *
 * What a step does. The first five need nobody; the others are for a person.
 */
typedef enum
{
  STRATA_SYNC_PULL,
  STRATA_SYNC_PUSH,
  STRATA_SYNC_CREATE,
  STRATA_SYNC_PUBLISH,
  STRATA_SYNC_MERGE,
  STRATA_SYNC_CONFLICT,
  STRATA_SYNC_TAKEN,
  STRATA_SYNC_GONE,
} StrataSyncAction;

/**
 * StrataSyncStep:
 * @id: (not nullable): which profile of the store
 * @uid: (not nullable): which profile of the console, "" for none
 * @name: (not nullable): its name
 * @version: (not nullable): its version
 * @what: (not nullable): what will happen, one translated sentence without the name
 * @action: what it does
 *
 * All texts are owned.
 */
typedef struct
{
  char             *id;
  char             *uid;
  char             *name;
  char             *version;
  char             *what;
  StrataSyncAction  action;
} StrataSyncStep;

#define STRATA_TYPE_SYNC_STEP (strata_sync_step_get_type ())

GType           strata_sync_step_get_type (void) G_GNUC_CONST;
StrataSyncStep *strata_sync_step_copy     (StrataSyncStep  *self);
void            strata_sync_step_free     (StrataSyncStep  *self);

const char     *strata_sync_action_to_string (StrataSyncAction action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSyncStep, strata_sync_step_free)

G_END_DECLS
