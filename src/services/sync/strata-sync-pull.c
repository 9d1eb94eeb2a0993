/* strata-sync-pull.c - from the console to this disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-sync-private.h"
#include "strata-sync-words.h"

/* What is to become of the profile. */
typedef struct
{
  StrataProfile *head;    /* (owned) (nullable): what it is then; NULL when it stays */
  StrataProfile *theirs;  /* (owned) (not nullable): what the console has */
  StrataReason   reason;
  gboolean       is_open; /* a person has to decide */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_object (&self->head);
  g_clear_object (&self->theirs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
decide (Outcome         *self,
        StrataSituation *now,
        StrataProfile   *read)
{
  g_autoptr(StrataProfile) worded = strata_sync_reword (read, now->base, now->id);

  self->theirs = strata_sync_reword (worded, now->mine, now->id);
  self->reason = STRATA_REASON_IMPORT;

  if (now->mine != NULL && (strata_sync_means_same (self->theirs, now->mine) ||
                            (now->base != NULL && strata_sync_means_same (self->theirs, now->base))))
    return;

  if (now->mine == NULL || !strata_situation_is_changed (now))
    {
      self->head = g_object_ref (self->theirs);
      return;
    }

  g_autoptr(StrataMerge) merge = strata_sync_merge (now->base, now->mine, self->theirs);

  self->reason = STRATA_REASON_MERGE;
  self->is_open = strata_merge_get_n_open (merge) > 0;
  if (!self->is_open)
    self->head = strata_profile_with (strata_merge_get_profile (merge), STRATA_PROFILE_ID, now->id);
}

static void
set_link (StrataLink           *link,
          const char           *uid,
          StrataConsoleProfile *theirs)
{
  g_free (link->uid);
  link->uid = g_strdup (uid);
  if (*link->type == '\0')
    {
      g_free (link->type);
      link->type = g_strdup (strata_profile_get (theirs->profile, STRATA_PROFILE_TYPE));
    }
}

/* Joins what was read into the profile as it is @now. Sets @is_merged when that made something new, and @is_silent when
 * there is nothing to tell.
 */
static gboolean
join (StrataSync            *self,
      StrataSituation       *now,
      StrataConsoleProfile  *theirs,
      gboolean              *is_merged,
      gboolean              *is_silent,
      GCancellable          *cancellable,
      GError               **error)
{
  g_auto(Outcome) outcome = { 0 };

  decide (&outcome, now, theirs->profile);

  /* Nothing of it is to be taken, or a person has to say what. */
  if (outcome.head == NULL)
    {
      if (!strata_sync_take_in (self, now, theirs, cancellable, error))
        return FALSE;

      if (outcome.is_open)
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                     _("“%s” was changed here and at the console, in the same place: both are kept, "
                       "decide what it is to be"),
                        strata_profile_get_name (now->mine));

      *is_silent = !outcome.is_open;

      return !outcome.is_open;
    }

  *is_merged = outcome.reason == STRATA_REASON_MERGE;
  now->link->is_published = !strata_sync_is_draft (theirs);
  now->link->is_gone = now->link->is_taken = FALSE;
  now->link->base_modified = theirs->modified;
  if (theirs->modified_text != NULL)
    now->link->seen_modified = theirs->modified;
  now->link->theirs_modified = 0;
  *now->link->theirs = *now->link->sending = '\0';

  if (!strata_sync_join (self, now, outcome.head, outcome.reason,
                         *is_merged ? outcome.theirs : outcome.head, NULL, cancellable, error))
    return FALSE;

  g_set_object (&now->mine, outcome.head);

  return TRUE;
}

/* The id of what the trash has of @uid, which came from the console or was made here; %NULL for nothing. */
static char *
find_in_trash (StrataSync    *self,
               const char    *uid,
               GCancellable  *cancellable)
{
  g_autoptr(GPtrArray) trash = strata_store_list_trash (strata_sync_get_store (self), cancellable, NULL);

  for (guint i = 0; trash != NULL && i < trash->len; i++)
    if (g_str_equal (strata_entry_get_uid (trash->pdata[i]), uid))
      return g_strdup (strata_entry_get_id (trash->pdata[i]));

  return NULL;
}

/* What this disk has of @uid, with what is in the trash taken back: who pulls a profile wants to have it. */
static StrataSituation *
look (StrataSync    *self,
      const char    *id,
      const char    *uid,
      GCancellable  *cancellable,
      GError       **error)
{
  StrataStore *store = strata_sync_get_store (self);
  g_autoptr(StrataEntry) entry = NULL;
  g_autofree char *trashed = NULL;

  if (id != NULL)
    return strata_sync_look (self, id, cancellable, error);

  trashed = find_in_trash (self, uid, cancellable);
  entry = strata_store_get_entry (store, trashed != NULL ? trashed : uid, NULL);
  if (entry == NULL)
    return strata_sync_look_away (uid);

  if (strata_entry_get_in_trash (entry) &&
      !strata_store_restore (store, strata_entry_get_id (entry), error))
    return NULL;

  return strata_sync_look (self, strata_entry_get_id (entry), cancellable, error);
}

/* (nullable): what was read of the console before, for when there is no network. Its time is no news: there is no text of
 * it.
 */
static StrataConsoleProfile *
read_kept (StrataSync    *self,
           const char    *id,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(StrataLink) link =
    id != NULL ? strata_store_get_link (strata_sync_get_store (self), id, NULL, error) : NULL;
  g_autoptr(StrataProfile) theirs =
    link != NULL ? strata_sync_get_theirs (self, id, cancellable, error) : NULL;

  if (theirs == NULL)
    return NULL;

  StrataConsoleProfile *kept = g_new0 (StrataConsoleProfile, 1);

  kept->profile = g_steal_pointer (&theirs);
  kept->is_published = link->is_published;
  kept->modified = link->theirs_modified;

  return kept;
}

/* The uid at the console of what @id names; @local is its id on this disk, if it is there. */
static char *
find_uid (StrataSync  *self,
          const char  *id,
          const char  *local,
          GError     **error)
{
  g_autoptr(StrataLink) link =
    local != NULL ? strata_store_get_link (strata_sync_get_store (self), local, NULL, error) : NULL;

  if (local == NULL)
    return g_strdup (id);

  if (link != NULL && *link->uid != '\0')
    return g_strdup (link->uid);

  if (link != NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("The console does not have profile “%s”; push it first"), id);

  return NULL;
}

static StrataProfile *
pull (StrataSync            *self,
      const char            *local,
      const char            *uid,
      StrataConsoleProfile  *theirs,
      GCancellable          *cancellable,
      GError               **error)
{
  for (guint i = 0; i < STRATA_SYNC_TRIES; i++)
    {
      g_autoptr(StrataSituation) now = look (self, local, uid, cancellable, error);
      GError *local_error = NULL;
      gboolean is_merged = FALSE;
      gboolean is_silent = FALSE;

      if (now == NULL)
        return NULL;

      set_link (now->link, uid, theirs);

      gboolean done = join (self, now, theirs, &is_merged, &is_silent, cancellable, &local_error);

      if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) && i + 1 < STRATA_SYNC_TRIES)
        {
          g_clear_error (&local_error);
          continue;
        }

      if (now->mine == NULL)
        now->mine = g_object_ref (theirs->profile);
      if (!is_silent)
        strata_sync_note (self, now, is_merged ? STRATA_ACTIVITY_MERGED : STRATA_ACTIVITY_PULLED,
                          STRATA_ACTIVITY_PULL, NULL, local_error);

      if (done)
        return g_object_ref (now->mine);

      g_propagate_error (error, local_error);
      return NULL;
    }

  return NULL;
}

/**
 * strata_sync_pull:
 * @self: a sync
 * @console: (nullable): the console; %NULL to take what was read of it before, without a network
 * @id: a profile of this disk, or the uid of one that is away
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CONFLICT when both sides changed the same place, a %STRATA_ERROR_NOT_FOUND
 *   when the console does not have it, or the errors of a call and of the store
 *
 * Reads what the console has and joins it. What nobody changed here becomes what the console has; what was changed in
 * other places is merged, and what this disk had is one step back in its history. Where both changed the same place
 * nothing is done, the state is %STRATA_STATE_CONFLICT and both are kept, for strata_sync_resolve(). What the console
 * deleted stays here. Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the profile as it is now, or %NULL with @error set
 */
StrataProfile *
strata_sync_pull (StrataSync     *self,
                  StrataConsole  *console,
                  const char     *id,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL, NULL);

  GError *local_error = NULL;
  g_autofree char *local = strata_sync_find (self, id, &local_error);
  g_autofree char *uid = local_error == NULL ? find_uid (self, id, local, &local_error) : NULL;
  g_autoptr(StrataConsoleProfile) theirs = NULL;

  if (uid != NULL && console == NULL)
    theirs = read_kept (self, local, cancellable, &local_error);
  else if (uid != NULL)
    theirs = strata_console_get_profile (console, uid, cancellable, &local_error);

  if (theirs != NULL)
    return pull (self, local, uid, theirs, cancellable, error);

  if (local != NULL && console != NULL && uid != NULL &&
      g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    strata_sync_set_gone (self, local, cancellable, NULL);

  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("Profile “%s” is not on this computer, and it was not read from the console yet"), id);

  return NULL;
}

/**
 * strata_sync_pin:
 * @self: a sync
 * @console: (nullable): the console, for a profile that is away; %NULL when it is on this disk
 * @id: a profile of this disk, or the uid of one that is away
 * @pinned: whether it is to be kept for when there is no network
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_sync_pull()
 *
 * A profile that is pinned is on this disk, whether it was opened or not. Blocks; any thread but the main one.
 *
 * Returns: whether it is so now
 */
gboolean
strata_sync_pin (StrataSync     *self,
                 StrataConsole  *console,
                 const char     *id,
                 gboolean        pinned,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL, FALSE);

  g_autofree char *local = strata_sync_find (self, id, NULL);

  if (local == NULL)
    {
      g_autoptr(StrataProfile) pulled = strata_sync_pull (self, console, id, cancellable, error);

      if (pulled == NULL)
        return FALSE;

      local = g_strdup (strata_profile_get_id (pulled));
    }

  for (guint i = 0;; i++)
    {
      g_autoptr(StrataSituation) now = strata_sync_look (self, local, cancellable, error);
      g_autoptr(GError) local_error = NULL;

      if (now == NULL)
        return FALSE;

      now->link->is_pinned = pinned;
      if (strata_sync_join (self, now, NULL, 0, NULL, NULL, cancellable, &local_error))
        return TRUE;

      if (!g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) || i + 1 == STRATA_SYNC_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
}
