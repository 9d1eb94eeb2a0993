/* strata-sync.c - this disk and a console: nothing of either is overwritten that was not seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include "strata-sync-private.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-listed.h"
#include "strata-sync-words.h"

struct _StrataSync
{
  GObject      parent_instance;
  StrataStore *store;  /* (owned) (not nullable) */
};

G_DEFINE_FINAL_TYPE (StrataSync, strata_sync, G_TYPE_OBJECT)

static void
strata_sync_finalize (GObject *object)
{
  g_clear_object (&STRATA_SYNC (object)->store);

  G_OBJECT_CLASS (strata_sync_parent_class)->finalize (object);
}

static void
strata_sync_class_init (StrataSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_sync_finalize;
}

static void
strata_sync_init (StrataSync *self)
{
}

void
strata_situation_free (StrataSituation *self)
{
  g_free (self->id);
  g_free (self->head);
  g_clear_pointer (&self->link, strata_link_free);
  g_clear_object (&self->mine);
  g_clear_object (&self->base);
  g_free (self);
}

/* A profile that is not on this disk. */
StrataSituation *
strata_sync_look_away (const char *uid)
{
  StrataSituation *self = g_new0 (StrataSituation, 1);

  self->id = g_strdup (uid);
  self->link = strata_link_new ();

  return self;
}

/* What this disk has of the profile @id, all of one moment. */
StrataSituation *
strata_sync_look (StrataSync    *self,
                  const char    *id,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(StrataSituation) now = g_new0 (StrataSituation, 1);

  now->id = g_strdup (id);
  now->link = strata_store_get_link (self->store, id, &now->head, error);
  if (now->link == NULL)
    return NULL;

  now->mine = strata_store_load_revision (self->store, id, now->head, cancellable, error);
  if (now->mine == NULL)
    return NULL;

  if (*now->link->base == '\0')
    return g_steal_pointer (&now);

  now->base = g_str_equal (now->link->base, now->head)
                ? g_object_ref (now->mine)
                : strata_store_load_revision (self->store, id, now->link->base, cancellable, error);

  return now->base != NULL ? g_steal_pointer (&now) : NULL;
}

/* Whether this disk has something that the console did not have. */
gboolean
strata_situation_is_changed (StrataSituation *self)
{
  return self->base == NULL || strata_link_has_new_secrets (self->link) ||
         (self->base != self->mine && !strata_sync_means_same (self->mine, self->base));
}

/* What is at the console is not what its appliances get. */
gboolean
strata_sync_is_draft (const StrataConsoleProfile *theirs)
{
  return !theirs->is_published || theirs->has_draft;
}

/* Commits what was found out about @situation, whose link was changed. Each of the profiles may be %NULL; see StrataJoin. */
gboolean
strata_sync_join (StrataSync       *self,
                  StrataSituation  *situation,
                  StrataProfile    *head,
                  StrataReason      reason,
                  StrataProfile    *base,
                  StrataProfile    *theirs,
                  GCancellable     *cancellable,
                  GError          **error)
{
  const StrataJoin join = {
    .id = situation->id,
    .expected = situation->head,
    .head = head,
    .reason = reason,
    .base = base,
    .theirs = theirs,
    .link = situation->link,
  };

  return strata_store_join (self->store, &join, cancellable, error);
}

static void
clear_text (char *text)
{
  *text = '\0';
}

/* Takes in what the console has, without a change of the profile: all that follows for how it stands is committed. When
 * this disk has all of it already, it is what both have from now on; else it is kept beside.
 */
gboolean
strata_sync_take_in (StrataSync            *self,
                     StrataSituation       *situation,
                     StrataConsoleProfile  *theirs,
                     GCancellable          *cancellable,
                     GError               **error)
{
  StrataLink *link = situation->link;
  g_autoptr(StrataProfile) worded =
    strata_sync_reword (theirs->profile, situation->base, situation->id);
  g_autoptr(StrataProfile) found = strata_sync_reword (worded, situation->mine, situation->id);

  link->is_published = !strata_sync_is_draft (theirs);
  link->is_gone = link->is_taken = FALSE;
  if (theirs->modified_text != NULL)
    link->seen_modified = theirs->modified;
  clear_text (link->sending);

  /* The console has what it had. */
  if (situation->base != NULL && strata_sync_means_same (found, situation->base))
    {
      link->base_modified = theirs->modified;
      link->theirs_modified = 0;
      clear_text (link->theirs);
      return strata_sync_join (self, situation, NULL, 0, NULL, NULL, cancellable, error);
    }

  /* It has what this disk has: both did the same, or somebody was ended while they sent it. */
  if (strata_sync_means_same (found, situation->mine))
    {
      g_free (link->base);
      link->base = g_strdup (situation->head);
      link->base_modified = theirs->modified;
      link->theirs_modified = 0;
      clear_text (link->theirs);
      return strata_sync_join (self, situation, NULL, 0, NULL, NULL, cancellable, error);
    }

  if (situation->base != NULL && strata_situation_is_changed (situation))
    {
      g_autoptr(StrataMerge) merge = strata_sync_merge (situation->base, situation->mine, found);

      /* Nothing of it is missing here, such as when sending was cut off half way. */
      if (strata_merge_get_n_open (merge) == 0 &&
          strata_sync_means_same (strata_merge_get_profile (merge), situation->mine))
        {
          link->base_modified = theirs->modified;
          link->theirs_modified = 0;
          clear_text (link->theirs);
          return strata_sync_join (self, situation, NULL, 0, found, NULL, cancellable, error);
        }
    }

  link->theirs_modified = theirs->modified;

  return strata_sync_join (self, situation, NULL, 0, NULL, found, cancellable, error);
}

/* Notes that the console has the profile no more. Nothing of it is lost here. */
gboolean
strata_sync_set_gone (StrataSync    *self,
                      const char    *id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  for (guint i = 0; i < STRATA_SYNC_TRIES; i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autoptr(StrataSituation) situation = g_new0 (StrataSituation, 1);

      situation->id = g_strdup (id);
      situation->link = strata_store_get_link (self->store, id, &situation->head, error);
      if (situation->link == NULL)
        return FALSE;

      situation->link->is_gone = TRUE;
      situation->link->is_published = FALSE;

      if (strata_sync_join (self, situation, NULL, 0, NULL, NULL, cancellable, &local_error))
        return TRUE;

      if (!g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) || i + 1 == STRATA_SYNC_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return FALSE;
}

/* Gives the id on this disk of what a person or a list names by its id or its uid, which is also what a profile that is
 * away is called; %NULL without @error when it is not on this disk.
 */
char *
strata_sync_find (StrataSync  *self,
                  const char  *id,
                  GError     **error)
{
  g_autoptr(GPtrArray) entries = strata_store_list (self->store, NULL, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (!strata_entry_get_is_away (entries->pdata[i]) &&
        (g_str_equal (strata_entry_get_id (entries->pdata[i]), id) ||
         g_str_equal (strata_entry_get_uid (entries->pdata[i]), id)))
      return g_strdup (strata_entry_get_id (entries->pdata[i]));

  return NULL;
}

/* Says in the log of the workspace what was done, or why it was not. */
void
strata_sync_note (StrataSync           *self,
                  StrataSituation      *situation,
                  StrataActivityAction  action,
                  StrataActivityBy      by,
                  const char           *audit,
                  const GError         *error)
{
  StrataProfile *profile = situation->mine;
  const StrataActivity what = {
    .action = action,
    .by = by,
    .id = situation->id,
    .name = profile != NULL ? (char *) strata_profile_get_name (profile) : situation->id,
    .version = profile != NULL ? (char *) strata_profile_get_version (profile) : NULL,
    .result = error != NULL ? error->message : NULL,
    .audit = (char *) audit,
  };

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    strata_activity_add (self->store, &what);
}

/**
 * strata_sync_new:
 * @store: the store of a console's workspace
 *
 * Returns: (transfer full): what brings it and its console together; it keeps nothing itself, any thread
 */
StrataSync *
strata_sync_new (StrataStore *store)
{
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);

  StrataSync *self = g_object_new (STRATA_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);

  return self;
}

/**
 * strata_sync_get_store:
 * @self: a sync
 *
 * Returns: (transfer none): the store it was made for
 */
StrataStore *
strata_sync_get_store (StrataSync *self)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self), NULL);

  return self->store;
}

/**
 * strata_sync_get_checked:
 * @self: a sync
 *
 * Blocks for the disk; any thread.
 *
 * Returns: when the list of the console was last read to its end, in microseconds since 1970; 0 for never
 */
gint64
strata_sync_get_checked (StrataSync *self)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self), 0);

  g_autoptr(StrataListed) listed =
    strata_listed_load (strata_store_get_workspace_path (self->store), NULL);

  return strata_listed_get_checked (listed);
}

static StrataProfile *
load_side (StrataSync    *self,
           const char    *id,
           gboolean       theirs,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(StrataLink) link = strata_store_get_link (self->store, id, NULL, error);
  const char *digest = link == NULL ? "" : theirs ? link->theirs : link->base;

  if (*digest != '\0')
    {
      g_autoptr(StrataProfile) side =
        strata_store_load_revision (self->store, id, digest, cancellable, error);
      g_autoptr(StrataProfile) mine =
        side != NULL ? strata_store_peek (self->store, id, cancellable, error) : NULL;

      return mine != NULL ? strata_sync_reword (side, mine, id) : NULL;
    }

  if (link != NULL)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                         theirs ? _("Nothing newer of this profile was read from the console")
                                : _("The console never had this profile"));

  return NULL;
}

/**
 * strata_sync_get_base:
 * @self: a sync
 * @id: a profile on this disk
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND when the console never had it, or the errors of
 *   strata_store_load_revision()
 *
 * Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): what this disk and the console both had last, in the words of this disk, or %NULL with @error set
 */
StrataProfile *
strata_sync_get_base (StrataSync    *self,
                      const char    *id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL, NULL);

  return load_side (self, id, FALSE, cancellable, error);
}

/**
 * strata_sync_get_theirs:
 * @self: a sync
 * @id: a profile on this disk
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND when nothing was read of it that this disk has not joined, or
 *   the errors of strata_store_load_revision()
 *
 * Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): what the console has, in the words of this disk, for a merge with
 *   strata_sync_get_base() and the newest revision; or %NULL with @error set
 */
StrataProfile *
strata_sync_get_theirs (StrataSync    *self,
                        const char    *id,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL, NULL);

  return load_side (self, id, TRUE, cancellable, error);
}

static gboolean
resolve_once (StrataSync     *self,
              const char     *id,
              StrataProfile  *merged,
              StrataProfile  *seen,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr(StrataProfile) theirs = load_side (self, id, TRUE, cancellable, error);
  g_autoptr(StrataSituation) situation =
    theirs != NULL ? strata_sync_look (self, id, cancellable, error) : NULL;

  if (situation == NULL)
    return FALSE;

  if (seen != NULL && !strata_sync_means_same (seen, theirs))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                   _("“%s” was changed at the console again meanwhile; decide once more"),
                   strata_profile_get_name (merged));
      return FALSE;
    }

  situation->link->base_modified = situation->link->theirs_modified;
  situation->link->theirs_modified = 0;
  clear_text (situation->link->theirs);

  gboolean is_theirs = strata_sync_means_same (merged, theirs);
  StrataProfile *head = is_theirs ? theirs : merged;

  return strata_sync_join (self, situation, head, STRATA_REASON_MERGE, theirs, NULL, cancellable, error);
}

/**
 * strata_sync_resolve:
 * @self: a sync
 * @id: a profile in conflict
 * @merged: what it is to be: what a person made of both
 * @seen: (nullable): what the console had when that was made; %NULL for what is known of it now
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND when there is no conflict, a %STRATA_ERROR_CONFLICT when the
 *   console has something else by now than @seen, a %STRATA_ERROR_BUSY when it is being changed on this computer, or the
 *   errors of strata_store_join()
 *
 * Ends a conflict: the profile is @merged from now on, and what the console has is what it is compared with. Both sides
 * stay in the store: what this disk had is one step back in the history. Nothing is sent. Blocks; any thread but the
 * main one.
 *
 * Returns: (transfer full) (nullable): @merged with its id, or %NULL with @error set
 */
StrataProfile *
strata_sync_resolve (StrataSync     *self,
                     const char     *id,
                     StrataProfile  *merged,
                     StrataProfile  *seen,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL && STRATA_IS_PROFILE (merged), NULL);

  g_autoptr(StrataProfile) named = strata_profile_with (merged, STRATA_PROFILE_ID, id);

  if (!resolve_once (self, id, named, seen, cancellable, error))
    return NULL;

  const StrataActivity what = {
    .action = STRATA_ACTIVITY_MERGED,
    .by = STRATA_ACTIVITY_LOCAL,
    .id = (char *) id,
    .name = (char *) strata_profile_get_name (named),
    .version = (char *) strata_profile_get_version (named),
  };

  strata_activity_add (self->store, &what);

  return g_steal_pointer (&named);
}
