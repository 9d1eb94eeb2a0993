/* strata-sync-move.c - profiles that begin a life of their own: as a version, in another workspace, under another's name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-listed.h"
#include "strata-sync-private.h"
#include "strata-sync-words.h"
#include "strata-version.h"

static StrataLayer *
without_manifest_uids (StrataLayer *layer)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  g_autoptr(GPtrArray) bare = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < manifests->len; i++)
    g_ptr_array_add (bare, strata_manifest_with_uid (manifests->pdata[i], ""));

  return strata_layer_with_manifests (layer, bare);
}

/* The profile as one that no console knows. */
static StrataProfile *
without_uids (StrataProfile *profile)
{
  g_autoptr(StrataProfile) unnamed = strata_profile_with (profile, STRATA_PROFILE_ID, "");
  g_autoptr(StrataProfile) unknown = strata_profile_with (unnamed, STRATA_PROFILE_UID, "");
  g_autoptr(StrataProfile) homeless = strata_profile_with (unknown, STRATA_PROFILE_PROJECT_UID, "");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < strata_profile_get_n_layers (homeless); i++)
    g_ptr_array_add (layers, without_manifest_uids (strata_profile_get_layer (homeless, i)));

  return strata_profile_with_layers (homeless, layers);
}

/* Whether nothing in @store, away or not, has the name and version of @profile. */
static gboolean
check_free (StrataStore    *store,
            StrataProfile  *profile,
            GError        **error)
{
  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (g_str_equal (strata_entry_get_name (entries->pdata[i]), strata_profile_get_name (profile)) &&
        g_str_equal (strata_entry_get_version (entries->pdata[i]), strata_profile_get_version (profile)))
      {
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                     _("There is already a profile %s %s: choose another version"),
                        strata_profile_get_name (profile), strata_profile_get_version (profile));
        return FALSE;
      }

  return entries != NULL;
}

/* What the console has of a profile that was changed here, as far as it was read; %NULL when that is nothing to go back
 * to.
 */
static StrataProfile *
load_theirs (StrataSync       *self,
             StrataSituation  *now,
             GCancellable     *cancellable,
             GError          **error)
{
  if (*now->link->theirs == '\0')
    return g_object_ref (now->base);

  return strata_store_load_revision (strata_sync_get_store (self), now->id, now->link->theirs, cancellable, error);
}

/* What was changed here becomes @next, and the profile is what the console has again: one commit for both. Nothing is lost
 * by a kill in between, which leaves the change in both.
 */
static StrataProfile *
move_changes (StrataSync       *self,
              StrataSituation  *now,
              StrataProfile    *next,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr(StrataProfile) theirs = load_theirs (self, now, cancellable, error);
  g_autofree char *id = strata_store_make_id ();
  g_autoptr(StrataProfile) named = strata_profile_with (next, STRATA_PROFILE_ID, id);
  g_autoptr(StrataLink) fresh = strata_link_new ();

  if (theirs == NULL)
    return NULL;

  if (*now->link->theirs != '\0')
    now->link->base_modified = now->link->theirs_modified;
  now->link->theirs_modified = 0;
  *now->link->theirs = '\0';

  const StrataJoin made = { .id = id, .head = named, .reason = STRATA_REASON_SAVE, .link = fresh };
  const StrataJoin reset = {
    .id = now->id,
    .expected = now->head,
    .head = theirs,
    .reason = STRATA_REASON_IMPORT,
    .base = theirs,
    .link = now->link,
    .sent = (const char *const *) now->link->new_secrets,
  };

  if (!strata_store_join_both (strata_sync_get_store (self), &made, &reset, cancellable, error))
    return NULL;

  return g_steal_pointer (&named);
}

/* Says in the log of the workspace that a version was made of what was changed in @now. */
static void
note_moved (StrataSync       *self,
            StrataSituation  *now,
            StrataProfile    *made)
{
  const StrataActivity what = {
    .action = STRATA_ACTIVITY_CREATED,
    .by = STRATA_ACTIVITY_LOCAL,
    .id = (char *) strata_profile_get_id (made),
    .name = (char *) strata_profile_get_name (made),
    .version = (char *) strata_profile_get_version (made),
  };

  strata_activity_add (strata_sync_get_store (self), &what);
  strata_sync_note (self, now, STRATA_ACTIVITY_RESTORED, STRATA_ACTIVITY_LOCAL, NULL, NULL);
}

/**
 * strata_sync_save_version:
 * @self: a sync
 * @id: a profile of this disk
 * @version: the version of the new one
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_INVALID when that is no version, a %STRATA_ERROR_CONFLICT when there is one
 *   of it, a %STRATA_ERROR_BUSY when the profile is changed meanwhile, or the errors of the store
 *
 * Makes a new profile that is the same but for its version. It is only on this disk, and strata_sync_push() creates it at
 * the console. What was changed here and not sent moves to it: the profile itself is then what the console has, as far as
 * that was read, and the change is one step back in its history. One that the console does not have stays as it is. Blocks;
 * any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the new profile, or %NULL with @error set
 */
StrataProfile *
strata_sync_save_version (StrataSync    *self,
                          const char    *id,
                          const char    *version,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && id != NULL && version != NULL, NULL);

  StrataStore *store = strata_sync_get_store (self);
  g_autoptr(StrataVersion) parsed = strata_version_parse (version, error);
  g_autoptr(StrataSituation) now = parsed != NULL ? strata_sync_look (self, id, cancellable, error) : NULL;

  if (now == NULL)
    return NULL;

  g_autoptr(StrataProfile) bare = without_uids (now->mine);
  g_autoptr(StrataProfile) next = strata_profile_with (bare, STRATA_PROFILE_VERSION, version);

  if (!check_free (store, next, error))
    return NULL;

  if (now->base == NULL || now->link->is_gone || !strata_situation_is_changed (now))
    return strata_store_save (store, next, STRATA_REASON_SAVE, cancellable, error);

  StrataProfile *made = move_changes (self, now, next, cancellable, error);

  if (made != NULL)
    note_moved (self, now, made);

  return made;
}

/**
 * strata_sync_copy:
 * @from: the store of one workspace
 * @id: a profile there
 * @to: the store of another
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CONFLICT when there is one of its name and version in @to, or the errors of
 *   the store
 *
 * Puts a copy of a profile into another workspace, with its secrets and without its history. At a console it is created
 * by the next strata_sync_push(). Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the copy, or %NULL with @error set
 */
StrataProfile *
strata_sync_copy (StrataStore   *from,
                  const char    *id,
                  StrataStore   *to,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (from) && id != NULL && STRATA_IS_STORE (to), NULL);

  g_autoptr(StrataProfile) profile = strata_store_peek (from, id, cancellable, error);
  g_autoptr(StrataProfile) bare = profile != NULL ? without_uids (profile) : NULL;

  if (bare == NULL || !check_free (to, bare, error))
    return NULL;

  return strata_store_save (to, bare, STRATA_REASON_IMPORT, cancellable, error);
}

/* Writes that the profile is the one that the console has as @uid, with nothing in common yet but its name. */
static gboolean
link_to (StrataSync            *self,
         StrataSituation       *now,
         const char            *uid,
         StrataConsoleProfile  *theirs,
         GCancellable          *cancellable,
         GError               **error)
{
  g_autoptr(StrataProfile) bare = strata_profile_new (strata_profile_get_name (now->mine),
                                                      strata_profile_get_version (now->mine));
  g_autoptr(StrataProfile) nothing = strata_profile_with (bare, STRATA_PROFILE_ID, now->id);
  g_autoptr(StrataProfile) found = strata_sync_reword (theirs->profile, now->mine, now->id);
  const char *type = strata_profile_get (theirs->profile, STRATA_PROFILE_TYPE);

  g_free (now->link->uid);
  g_free (now->link->type);
  now->link->uid = g_strdup (uid);
  now->link->type = g_strdup (*type != '\0' ? type : STRATA_SYNC_TYPE);
  now->link->is_taken = now->link->is_gone = FALSE;
  now->link->is_published = !strata_sync_is_draft (theirs);
  now->link->seen_modified = now->link->theirs_modified = theirs->modified;
  now->link->base_modified = 0;
  *now->link->sending = '\0';

  return strata_sync_join (self, now, NULL, 0, nothing, found, cancellable, error);
}

/**
 * strata_sync_adopt:
 * @self: a sync
 * @console: the console
 * @id: a profile of this disk that only this disk has, whose name and version the console has too
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND when the console has none of that name and version, or the errors
 *   of a call and of the store
 *
 * Makes both one profile from now on. Where they are not the same already, the state is %STRATA_STATE_CONFLICT: a person
 * decides what it is to be, both are kept, and nothing is sent. Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the profile as this disk has it, or %NULL with @error set
 */
StrataProfile *
strata_sync_adopt (StrataSync     *self,
                   StrataConsole  *console,
                   const char     *id,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && STRATA_IS_CONSOLE (console) && id != NULL, NULL);

  g_autoptr(StrataSituation) now = strata_sync_look (self, id, cancellable, error);
  g_autofree char *uid = NULL;
  g_autoptr(StrataConsoleProfile) theirs = NULL;

  if (now == NULL)
    return NULL;

  uid = strata_console_find_profile (console, strata_profile_get_name (now->mine),
                                     strata_profile_get_version (now->mine), cancellable, error);
  theirs = uid != NULL ? strata_console_get_profile (console, uid, cancellable, error) : NULL;

  if (theirs == NULL || !link_to (self, now, uid, theirs, cancellable, error))
    return NULL;

  /* Where both are the same, there is nothing to decide. */
  g_autoptr(StrataSituation) then = strata_sync_look (self, id, cancellable, error);

  if (then == NULL || !strata_sync_take_in (self, then, theirs, cancellable, error))
    return NULL;

  return g_object_ref (then->mine);
}

/* What is deleted at the console. */
typedef struct
{
  StrataSync      *sync;         /* (unowned) */
  StrataConsole   *console;      /* (unowned) */
  StrataSituation *now;          /* (owned) */
  const char      *uid;          /* (unowned) */
  gint64           seen;         /* the console's own time of what was seen of one that is away, 0 for none */
  char            *audit;        /* (owned) (nullable) */
  GCancellable    *cancellable;  /* (unowned) (nullable) */
} Deletion;

static void
deletion_clear (Deletion *self)
{
  g_clear_pointer (&self->now, strata_situation_free);
  g_clear_pointer (&self->audit, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Deletion, deletion_clear)

/* Finds out what is meant: a profile of this disk, or one that only the list has. */
static gboolean
find_deletion (Deletion    *self,
               const char  *id,
               GError     **error)
{
  StrataStore *store = strata_sync_get_store (self->sync);
  GError *local_error = NULL;
  g_autofree char *local = strata_sync_find (self->sync, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (local != NULL)
    {
      self->now = strata_sync_look (self->sync, local, self->cancellable, error);
      self->uid = self->now != NULL ? self->now->link->uid : NULL;
      return self->now != NULL;
    }

  g_autoptr(StrataListed) listed = strata_listed_load (strata_store_get_workspace_path (store), NULL);
  const StrataListedItem *item = strata_listed_find (listed, id);

  self->now = strata_sync_look_away (id);
  self->uid = self->now->id;
  self->seen = item != NULL ? item->modified : 0;

  return TRUE;
}

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

/* Whether what the console has right now is what was seen here. What was not is taken in, so that it is seen from now on.
 */
static gboolean
check_seen (Deletion              *self,
            StrataConsoleProfile  *theirs,
            GError               **error)
{
  const char *name = strata_profile_get_name (theirs->profile);

  if (self->now->mine != NULL)
    {
      g_autoptr(StrataSituation) then = NULL;

      if (!strata_sync_take_in (self->sync, self->now, theirs, self->cancellable, error))
        return FALSE;

      then = strata_sync_look (self->sync, self->now->id, self->cancellable, error);
      if (then == NULL || !strata_link_is_newer (then->link))
        return then != NULL;
    }
  else if (self->seen == 0 || self->seen == theirs->modified)
    {
      return TRUE;
    }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               self->now->mine != NULL
                 ? _("“%s” was changed at the console since it was read; pull it before you delete it")
                 : _("“%s” was changed at the console since its list was read; look at it before you delete it"),
               name);

  return FALSE;
}

/* Nothing is deleted there that was not seen here: it is read right before. What is gone there already is deleted. */
static gboolean
delete_there (Deletion  *self,
              GError   **error)
{
  GError *local_error = NULL;

  if (*self->uid == '\0' || self->now->link->is_gone)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("The console does not have “%s”"),
                   strata_profile_get_name (self->now->mine));
      return FALSE;
    }

  g_autoptr(StrataConsoleProfile) theirs =
    strata_console_get_profile (self->console, self->uid, self->cancellable, &local_error);

  if (theirs != NULL && check_seen (self, theirs, &local_error))
    strata_console_delete_profile (self->console, self->uid, &self->audit, self->cancellable, &local_error);

  if (local_error == NULL || is_gone (local_error))
    {
      g_clear_error (&local_error);
      return TRUE;
    }

  g_propagate_error (error, local_error);

  return FALSE;
}

/**
 * strata_sync_delete:
 * @self: a sync
 * @console: the console
 * @id: a profile of this disk, or the uid of one that is away
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CONFLICT when the console has something that this disk has not joined or
 *   that its list did not have, or the errors of a call and of the store
 *
 * Deletes a profile at the console, when that has right before what was seen of it here. One that is on this disk too goes
 * to the trash, and can be taken back and created again. When it was cut off, it can be done again: what is gone there
 * already is deleted. Blocks; any thread but the main one.
 *
 * Returns: whether the console has it no more
 */
gboolean
strata_sync_delete (StrataSync     *self,
                    StrataConsole  *console,
                    const char     *id,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && STRATA_IS_CONSOLE (console) && id != NULL, FALSE);

  GError *local_error = NULL;
  g_auto(Deletion) deletion = { .sync = self, .console = console, .cancellable = cancellable };
  gboolean done = find_deletion (&deletion, id, &local_error) && delete_there (&deletion, &local_error);

  if (done && deletion.now->mine != NULL)
    {
      strata_sync_set_gone (self, deletion.now->id, cancellable, NULL);
      strata_store_trash (strata_sync_get_store (self), deletion.now->id, &local_error);
    }

  if (deletion.now != NULL)
    strata_sync_note (self, deletion.now, STRATA_ACTIVITY_DELETED_THERE, STRATA_ACTIVITY_PUSH, deletion.audit,
                      local_error);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);

  return FALSE;
}
