/* strata-sync-plan.c - what has to be done so that this disk and the console are the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-listed.h"
#include "strata-sync-private.h"
#include "strata-sync-words.h"

/* What will happen, to a person who sees the name beside it. */
static const char *
say (StrataSyncAction action)
{
  switch (action)
    {
    case STRATA_SYNC_PULL:
      return _("The console has a newer one: it will be read");

    case STRATA_SYNC_PUSH:
      return _("Changed here: it will be sent");

    case STRATA_SYNC_CREATE:
      return _("Not at the console yet: it will be created there");

    case STRATA_SYNC_PUBLISH:
      return _("A draft at the console: it will be published");

    case STRATA_SYNC_MERGE:
      return _("Changed here and at the console, in different places: both will be joined and sent");

    case STRATA_SYNC_CONFLICT:
      return _("Changed here and at the console, in the same place: decide what it is to be");

    case STRATA_SYNC_TAKEN:
      return _("The console has another of this name and version: take that one over, or save this one as "
               "another version");

    case STRATA_SYNC_GONE:
    default:
      return _("Deleted at the console, and only here now: create it there again, or delete it here");
    }
}

static StrataSyncStep *
make_step (StrataEntry      *entry,
           StrataSyncAction  action)
{
  StrataSyncStep *step = g_new0 (StrataSyncStep, 1);

  step->id = g_strdup (strata_entry_get_id (entry));
  step->uid = g_strdup (strata_entry_get_uid (entry));
  step->name = g_strdup (strata_entry_get_name (entry));
  step->version = g_strdup (strata_entry_get_version (entry));
  step->action = action;
  step->what = g_strdup (say (action));

  return step;
}

static StrataSyncStep *
plan_only_here (StrataEntry      *entry,
                const StrataLink *link)
{
  StrataSyncAction action = link->is_gone    ? STRATA_SYNC_GONE
                            : link->is_taken ? STRATA_SYNC_TAKEN
                                             : STRATA_SYNC_CREATE;

  /* The assistant is still at it. */
  if (strata_entry_get_draft_step (entry) > 0)
    return NULL;

  return make_step (entry, action);
}

/* What the console has was not read yet: a person changed the profile after the list was. */
static StrataSyncStep *
make_unread (StrataEntry *entry)
{
  StrataSyncStep *step = make_step (entry, STRATA_SYNC_PULL);

  g_free (step->what);
  step->what = g_strdup (_("Changed here and at the console: it will be read, and joined where that is possible"));

  return step;
}

/* Both were changed: whether a person is needed is found out by joining them. */
static StrataSyncStep *
plan_conflict (StrataSync    *self,
               StrataEntry   *entry,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(StrataSituation) now =
    strata_sync_look (self, strata_entry_get_id (entry), cancellable, error);
  g_autoptr(StrataProfile) theirs = NULL;

  if (now == NULL)
    return NULL;

  if (*now->link->theirs == '\0')
    return make_unread (entry);

  theirs = strata_store_load_revision (strata_sync_get_store (self), now->id, now->link->theirs, cancellable, error);
  if (theirs == NULL)
    return NULL;

  g_autoptr(StrataMerge) merge = strata_sync_merge (now->base, now->mine, theirs);
  StrataSyncAction action =
    strata_merge_get_n_open (merge) > 0 ? STRATA_SYNC_CONFLICT : STRATA_SYNC_MERGE;

  return make_step (entry, action);
}

/* (nullable): NULL when there is nothing to do, or with @error set */
static StrataSyncStep *
plan_entry (StrataSync    *self,
            StrataEntry   *entry,
            GCancellable  *cancellable,
            GError       **error)
{
  StrataState state = strata_entry_get_state (entry);
  g_autoptr(StrataLink) link = NULL;
  g_autofree char *head = NULL;

  if (strata_entry_get_is_away (entry) || state == STRATA_STATE_DAMAGED || state == STRATA_STATE_PUBLISHED)
    return NULL;

  link = strata_store_get_link (strata_sync_get_store (self), strata_entry_get_id (entry), &head, error);
  if (link == NULL)
    return NULL;

  switch (state)
    {
    case STRATA_STATE_ONLY_HERE:
      return plan_only_here (entry, link);

    case STRATA_STATE_BEHIND:
      return make_step (entry, STRATA_SYNC_PULL);

    case STRATA_STATE_CONFLICT:
      return plan_conflict (self, entry, cancellable, error);

    case STRATA_STATE_UNPUBLISHED:
      {
        gboolean is_changed = strata_entry_get_is_changed (entry);
        StrataSyncAction action = is_changed ? STRATA_SYNC_PUSH : STRATA_SYNC_PUBLISH;

        return make_step (entry, action);
      }

    case STRATA_STATE_PUBLISHED:
    case STRATA_STATE_DAMAGED:
    default:
      return NULL;
    }
}

/* Whether a failure is about one profile, which says so by itself. */
static gboolean
is_of_one (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CORRUPT) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_INVALID) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

/**
 * strata_sync_plan:
 * @self: a sync
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_list()
 *
 * What would have to be done, from what the last strata_sync_refresh() found out and what was changed here since. Nothing
 * is asked of the console. Profiles that are away, damaged or not finished in the assistant are no part of it. Blocks;
 * any thread but the main one.
 *
 * Returns: (transfer full) (nullable) (element-type StrataSyncStep): one step a profile, sorted by id, empty when all is
 *   the same; or %NULL with @error set
 */
GPtrArray *
strata_sync_plan (StrataSync    *self,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self), NULL);

  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_sync_step_free);
  g_autoptr(GPtrArray) entries =
    strata_store_list (strata_sync_get_store (self), cancellable, error);

  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      GError *local_error = NULL;
      StrataSyncStep *step = plan_entry (self, entries->pdata[i], cancellable, &local_error);

      if (step != NULL)
        g_ptr_array_add (steps, step);

      if (is_of_one (local_error))
        g_clear_error (&local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
    }

  return g_steal_pointer (&steps);
}

/**
 * strata_sync_plan_one:
 * @self: a sync
 * @id: a profile of this disk, or the uid of one that is away
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_sync_plan(), or a %STRATA_ERROR_NOT_FOUND
 *
 * As strata_sync_plan(), for one profile.
 *
 * Returns: (transfer full) (nullable): the step; %NULL when there is nothing to do, or with @error set
 */
StrataSyncStep *
strata_sync_plan_one (StrataSync    *self,
                      const char    *id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL, NULL);

  StrataStore *store = strata_sync_get_store (self);
  g_autoptr(StrataListed) listed = strata_listed_load (strata_store_get_workspace_path (store), NULL);
  g_autofree char *local = strata_sync_find (self, id, NULL);

  /* Of a profile that is away, there is nothing here that could differ. */
  if (local == NULL && strata_listed_find (listed, id) != NULL)
    return NULL;

  g_autoptr(StrataEntry) entry = strata_store_get_entry (store, local != NULL ? local : id, error);

  if (entry == NULL || strata_entry_get_in_trash (entry))
    return NULL;

  return plan_entry (self, entry, cancellable, error);
}

/**
 * strata_sync_apply:
 * @self: a sync
 * @console: the console
 * @step: what strata_sync_plan() said
 * @flags: whether what is sent is published
 * @remark: (out) (optional) (nullable): as strata_sync_push() says
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CONFLICT for a step that is for a person, or the errors of
 *   strata_sync_pull(), strata_sync_push() and strata_sync_publish()
 *
 * Does one step. What it would overwrite is looked at again first, so that an old plan does no harm. Blocks; any thread
 * but the main one.
 *
 * Returns: whether it was done
 */
gboolean
strata_sync_apply (StrataSync      *self,
                   StrataConsole   *console,
                   StrataSyncStep  *step,
                   StrataSyncPush   flags,
                   char           **remark,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && STRATA_IS_CONSOLE (console) && step != NULL, FALSE);

  g_autoptr(StrataProfile) pulled = NULL;
  g_autoptr(StrataProfile) pushed = NULL;

  if (remark != NULL)
    *remark = NULL;

  switch (step->action)
    {
    case STRATA_SYNC_PULL:
      pulled = strata_sync_pull (self, console, step->id, cancellable, error);
      return pulled != NULL;

    case STRATA_SYNC_PUBLISH:
      return strata_sync_publish (self, console, step->id, cancellable, error);

    case STRATA_SYNC_MERGE:
      pulled = strata_sync_pull (self, console, step->id, cancellable, error);
      if (pulled == NULL)
        return FALSE;
      pushed = strata_sync_push (self, console, step->id, flags, remark, cancellable, error);
      return pushed != NULL;

    case STRATA_SYNC_PUSH:
    case STRATA_SYNC_CREATE:
      pushed = strata_sync_push (self, console, step->id, flags, remark, cancellable, error);
      return pushed != NULL;

    case STRATA_SYNC_CONFLICT:
    case STRATA_SYNC_TAKEN:
    case STRATA_SYNC_GONE:
    default:
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT, "%s %s: %s", step->name, step->version,
                   step->what);
      return FALSE;
    }
}
