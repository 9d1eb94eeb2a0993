/* strata-store-save.c - writing a profile: new objects first, then the rename that commits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "strata-activity.h"
#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"
#include "strata-store-join.h"
#include "strata-store-secrets.h"

typedef struct
{
  StrataStore    *store;      /* (unowned) */
  StrataProfile  *profile;    /* (unowned): with its id */
  const char     *id;         /* (unowned) */
  const char     *name;       /* (unowned): for messages */
  StrataReason    reason;
  guint           step;       /* of the assistant, 0 when it is finished */
  gboolean        over;       /* whatever is on the disk */
  const char     *expected;   /* (unowned) (nullable): the revision that @profile was read from */

  int             lock;       /* -1 when not held */
  StrataRecord   *record;     /* (owned): as it is on the disk, a new one when there is none */
  gboolean        in_trash;   /* the record was found there */
  gboolean        is_new;     /* there was none */
  gboolean        is_step;    /* a person finds it in the history as a step of its own */
  StrataBlob     *head;       /* (owned) (nullable): the revision before, when it can be read */
  StrataRevision *head_step;  /* (owned) (nullable): the same, parsed */
} Save;

static void
save_clear (Save *self)
{
  if (self->lock >= 0)
    g_close (self->lock, NULL);

  g_clear_pointer (&self->record, strata_record_free);
  g_clear_object (&self->head);
  g_clear_pointer (&self->head_step, strata_revision_free);
}

/* 62 random bits, as an id of a profile: the second half of a random UUID. */
char *
strata_store_make_id (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto(GStrv) parts = g_strsplit (uuid, "-", 5);

  return g_strconcat (parts[3], parts[4], NULL);
}

static StrataProfile *
with_id (StrataProfile *profile)
{
  if (*strata_profile_get_id (profile) != '\0')
    return g_object_ref (profile);

  g_autofree char *id = strata_store_make_id ();

  return strata_profile_with (profile, STRATA_PROFILE_ID, id);
}

/* The revision that is expected on the disk, %NULL for none. */
static char *
dup_expected (Save *self)
{
  return self->expected != NULL ? g_strdup (self->expected)
                                : strata_store_get_known_head (self->store, self->id);
}

/* A damaged key file whose profile is open here is made anew from what is known of it. */
static StrataRecord *
rebuild_record (Save *self)
{
  g_autofree char *known = dup_expected (self);
  StrataRecord *record = known != NULL ? strata_record_new () : NULL;

  if (record != NULL)
    strata_record_update (record, self->profile, known, NULL, 0);

  return record;
}

static gboolean
find_record (Save    *self,
             GError **error)
{
  g_autoptr(GError) local_error = NULL;

  self->record = strata_store_read_record (self->store, self->id, &self->in_trash, &local_error);

  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_CORRUPT))
    self->record = rebuild_record (self);

  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      self->record = strata_record_new ();
      self->is_new = TRUE;
      return TRUE;
    }

  if (self->record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->head = strata_objects_read (self->store->objects, self->record->head, NULL);
  if (self->head != NULL)
    self->head_step = strata_revision_read_step (self->head, NULL);

  return TRUE;
}

/* Nothing is overwritten that the one who saves has not seen. */
static gboolean
check_conflict (Save    *self,
                GError **error)
{
  g_autofree char *known = dup_expected (self);

  if (self->over || (self->is_new && known == NULL))
    return TRUE;

  if (self->is_new)
    g_set_error (
      error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
      _("“%s” was deleted for good by another window or program; save it as a copy to keep it"),
         self->name);
  else if (self->in_trash)
    g_set_error (
      error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
      _("“%s” is in the trash; restore it or save it as a copy to keep what you changed"),
         self->name);
  else if (g_strcmp0 (known, self->record->head) != 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                 _("“%s” was changed by another window or program since it was opened; "
                   "nothing was overwritten"),
                    self->name);
  else
    return TRUE;

  return FALSE;
}

/* An automatic save takes the place of the one that this instance made before it, and a save by
 * hand that of an automatic save of just the same. What another program made stays in the history.
 */
static gboolean
replaces_head (Save     *self,
               gboolean  is_same)
{
  if (self->head_step == NULL || self->head_step->reason != STRATA_REASON_AUTOSAVE || self->over ||
      g_str_equal (self->record->head, self->record->link->base))
    return FALSE;

  return is_same || (self->reason == STRATA_REASON_AUTOSAVE &&
                     strata_store_is_own_head (self->store, self->id, self->record->head));
}

/* The revision that the new one comes after, %NULL for the first. */
static const char *
get_parent (Save     *self,
            gboolean  is_same)
{
  const char *parent = self->record->head;

  if (replaces_head (self, is_same))
    parent = self->head_step->parent;
  else if (self->head_step == NULL)
    parent = self->record->parent; /* head is damaged: the history goes on before it */

  return parent != NULL && *parent != '\0' ? parent : NULL;
}

/* Writes what the revision names and the one before it did not: those are there. */
static gboolean
write_objects (Save        *self,
               GHashTable  *blobs,
               StrataBlob  *sealed,
               GError     **error)
{
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  g_autoptr(GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer digest;
  gpointer blob;

  if (self->head != NULL)
    strata_revision_collect_digests (self->head, there);

  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, &digest, &blob))
    if (!g_hash_table_contains (there, digest) &&
        !strata_objects_add (self->store->objects, batch, blob, error))
      return FALSE;

  return strata_objects_add (self->store->objects, batch, sealed, error) &&
         strata_disk_batch_commit (batch, error);
}

/* The commit. */
static gboolean
write_record (Save    *self,
              GError **error)
{
  gsize size;
  g_autofree char *data = strata_record_to_data (self->record, &size);
  g_autofree char *path = strata_store_get_record_path (self->store, self->id, FALSE);
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  gboolean written = strata_disk_batch_add (batch, path, data, size, error) &&
                     strata_disk_batch_commit (batch, error);

  /* It is there for all to see, but may be gone after a loss of power: the next save has to write
   * it again. */
  if (strata_disk_batch_is_named (batch))
    strata_store_set_known_head (self->store, self->id, self->record->head, written);

  if (!written)
    return FALSE;

  if (self->in_trash)
    {
      g_autofree char *old = strata_store_get_record_path (self->store, self->id, TRUE);

      strata_disk_remove (old, NULL);
    }

  strata_store_set_damage (self->store, self->id, NULL);

  return TRUE;
}

/* Whether what is saved is what the console had: somebody took back all that was changed. */
static gboolean
is_base (Save       *self,
         const char *body)
{
  const char *digest = self->record->link->base;
  g_autoptr(StrataBlob) base =
    *digest != '\0' && !g_str_equal (digest, self->record->head)
      ? strata_objects_read (self->store->objects, digest, NULL)
      : NULL;

  return base != NULL && g_str_equal (strata_revision_get_body (base), body);
}

static gboolean
write_revision (Save        *self,
                const char  *body,
                gboolean     is_same,
                GHashTable  *blobs,
                GError     **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *parent = get_parent (self, is_same);
  gboolean replaces = replaces_head (self, is_same);
  g_autoptr(StrataBlob) sealed = strata_revision_seal (body, parent, now, self->reason);

  if (!write_objects (self, blobs, sealed, error))
    return FALSE;

  strata_record_update (self->record, self->profile, strata_blob_get_digest (sealed), parent, now);
  strata_record_set_draft_step (self->record, self->step);
  if (self->reason == STRATA_REASON_PUBLISH)
    strata_record_set_base (self->record, self->record->head);
  strata_record_set_is_base (self->record, is_base (self, body));

  if (!write_record (self, error))
    return FALSE;

  strata_store_set_own_head (self->store, self->id, self->record->head);
  self->is_step = !is_same && !replaces;

  return TRUE;
}

/* For a profile that is as it was saved last: no new revision. */
static gboolean
write_marks (Save    *self,
             GError **error)
{
  gboolean publishes =
    self->reason == STRATA_REASON_PUBLISH && !g_str_equal (self->record->link->base, self->record->head);

  if (!publishes && self->record->draft_step == self->step && !self->in_trash &&
      strata_store_is_settled (self->store, self->id))
    {
      strata_store_set_known_head (self->store, self->id, self->record->head, TRUE);
      return TRUE;
    }

  if (publishes)
    strata_record_set_base (self->record, self->record->head);
  strata_record_set_draft_step (self->record, self->step);

  return write_record (self, error);
}

static gboolean
save_run (Save          *self,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(GHashTable) kept = strata_store_get_kept_secrets (self->store, self->profile);
  g_autofree char *body = strata_revision_write (self->profile, kept, blobs, error);

  if (body == NULL)
    return FALSE;

  self->lock = strata_store_lock (self->store, cancellable, error);

  if (self->lock < 0 || !find_record (self, error) || !check_conflict (self, error))
    return FALSE;

  gboolean is_same =
    self->head_step != NULL && g_str_equal (strata_revision_get_body (self->head), body);

  if (is_same && (self->reason == STRATA_REASON_AUTOSAVE || !replaces_head (self, TRUE)))
    return write_marks (self, error);

  return write_revision (self, body, is_same, blobs, error);
}

/* Says in the log of the workspace what a person would say was done. */
static void
note (Save *self)
{
  static const StrataActivityAction actions[] = {
    [STRATA_REASON_AUTOSAVE] = STRATA_ACTIVITY_CHANGED,
    [STRATA_REASON_SAVE] = STRATA_ACTIVITY_CHANGED,
    [STRATA_REASON_PUBLISH] = STRATA_ACTIVITY_PUBLISHED,
    [STRATA_REASON_IMPORT] = STRATA_ACTIVITY_IMPORTED,
    [STRATA_REASON_MERGE] = STRATA_ACTIVITY_MERGED,
  };
  const StrataActivity what = {
    .action = self->is_new && self->reason <= STRATA_REASON_SAVE ? STRATA_ACTIVITY_CREATED
                                                                 : actions[self->reason],
    .by = STRATA_ACTIVITY_LOCAL,
    .id = (char *) self->id,
    .name = (char *) self->name,
    .version = (char *) strata_profile_get_version (self->profile),
  };

  if (self->is_step)
    strata_activity_add (self->store, &what);
}

/* Writes as @order says, which has no id yet. @head is set to the revision that the disk has then. */
static StrataProfile *
write_texts (Save           order,
             char         **head,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(StrataProfile) named = with_id (order.profile);

  order.lock = -1;
  order.profile = named;
  order.id = strata_profile_get_id (named);
  order.name = strata_profile_get_name (named);

  if (!strata_store_check_id (order.id, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  gboolean saved = save_run (&order, cancellable, error);

  if (saved && head != NULL)
    {
      g_free (*head);
      *head = g_strdup (order.record->head);
    }

  if (saved)
    note (&order);
  save_clear (&order);

  return saved ? g_steal_pointer (&named) : NULL;
}

static StrataProfile *
save (Save           order,
      char         **head,
      GCancellable  *cancellable,
      GError       **error)
{
  StrataProfile *saved = write_texts (order, head, cancellable, error);

  /* Last, and without the lock: the keyring may wait for a person. */
  if (saved != NULL)
    strata_store_keep_secrets (order.store, saved, order.reason, cancellable);

  return saved;
}

/**
 * strata_store_save:
 * @self: a store
 * @profile: what to save; without an id it is a new one
 * @reason: why
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CONFLICT when another window or program saved the
 *   profile since this store loaded or saved it, %STRATA_ERROR_BUSY when another program holds the
 *   store for five seconds, %STRATA_ERROR_DISK or %STRATA_ERROR_FORBIDDEN when it cannot be written
 *
 * When it returns, @profile survives a crash and a loss of power. On any error, and after a kill at
 * any moment, what was saved before is still there, whole. Only what the last revision did not have
 * is written. The same profile again makes no new revision, an automatic save takes the place of
 * the automatic save that this store made before it, and any save says that the assistant is
 * finished with it. The defaults of sensitive variables go to the keyring and to no file; where
 * that fails the rest is saved all the same, and strata_store_list_problems() says so. Blocks; any
 * thread but the main one.
 *
 * After a %STRATA_ERROR_CONFLICT nothing is overwritten: load the profile again, call
 * strata_store_save_over(), or save it without its id as a copy.
 *
 * Returns: (transfer full) (nullable): @profile with its id, or %NULL with @error set
 */
StrataProfile *
strata_store_save (StrataStore    *self,
                   StrataProfile  *profile,
                   StrataReason    reason,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && STRATA_IS_PROFILE (profile), NULL);

  Save order = { .store = self, .profile = profile, .reason = reason };

  return save (order, NULL, cancellable, error);
}

/**
 * strata_store_commit_texts:
 * @self: a store
 * @profile: what to save, with its id
 * @reason: why
 * @head: (inout): the revision that @profile was made from; on success the one that it is now
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_save()
 *
 * The part of strata_store_commit() that waits for nobody: all but the secrets is saved then, and
 * strata_store_commit_secrets() has to follow. Blocks no longer than the disk does.
 *
 * Returns: (transfer full) (nullable): @profile, or %NULL with @error set
 */
StrataProfile *
strata_store_commit_texts (StrataStore    *self,
                           StrataProfile  *profile,
                           StrataReason    reason,
                           char          **head,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && STRATA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (head != NULL && *head != NULL, NULL);

  g_autofree char *expected = g_strdup (*head);
  Save order = { .store = self, .profile = profile, .reason = reason, .expected = expected };

  return write_texts (order, head, cancellable, error);
}

/**
 * strata_store_commit_secrets:
 * @self: a store
 * @profile: what strata_store_commit_texts() saved
 * @reason: why it was saved
 * @cancellable: (nullable): a cancellable
 *
 * Puts the secrets of a profile in the keyring. Blocks, and where the keyring is locked it waits for
 * a person. What could not be kept is in strata_store_list_problems().
 */
void
strata_store_commit_secrets (StrataStore   *self,
                             StrataProfile *profile,
                             StrataReason   reason,
                             GCancellable  *cancellable)
{
  g_return_if_fail (STRATA_IS_STORE (self) && STRATA_IS_PROFILE (profile));

  strata_store_keep_secrets (self, profile, reason, cancellable);
}

/**
 * strata_store_commit:
 * @self: a store
 * @profile: what to save, with its id
 * @reason: why
 * @head: (inout): the revision that @profile was made from; on success the one that it is now
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_save()
 *
 * Like strata_store_save(), for one of several in this program who change the same profile: nothing
 * is overwritten but the revision @head, whoever else loaded or saved the profile by this store.
 * What is compared and what is written cannot come apart.
 *
 * Returns: (transfer full) (nullable): @profile, or %NULL with @error set
 */
StrataProfile *
strata_store_commit (StrataStore    *self,
                     StrataProfile  *profile,
                     StrataReason    reason,
                     char          **head,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && STRATA_IS_PROFILE (profile), NULL);

  StrataProfile *saved = strata_store_commit_texts (self, profile, reason, head, cancellable, error);

  if (saved != NULL)
    strata_store_keep_secrets (self, saved, reason, cancellable);

  return saved;
}

/**
 * strata_store_save_over:
 * @self: a store
 * @profile: what to save
 * @reason: why
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_save(), but no conflict
 *
 * Makes @profile the newest revision, whatever another window or program did. What they saved stays
 * in the history, one step before; what they moved to the trash comes back.
 *
 * Returns: (transfer full) (nullable): @profile with its id, or %NULL with @error set
 */
StrataProfile *
strata_store_save_over (StrataStore    *self,
                        StrataProfile  *profile,
                        StrataReason    reason,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && STRATA_IS_PROFILE (profile), NULL);

  Save order = { .store = self, .profile = profile, .reason = reason, .over = TRUE };

  return save (order, NULL, cancellable, error);
}

/**
 * strata_store_save_draft:
 * @self: a store
 * @profile: what the assistant holds
 * @step: the step it is at, from 1
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_save()
 *
 * An automatic save of a profile that the assistant has not finished, which is found again by its
 * step.
 *
 * Returns: (transfer full) (nullable): @profile with its id, or %NULL with @error set
 */
StrataProfile *
strata_store_save_draft (StrataStore    *self,
                         StrataProfile  *profile,
                         guint           step,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && STRATA_IS_PROFILE (profile) && step > 0, NULL);

  Save order = {
    .store = self, .profile = profile, .reason = STRATA_REASON_AUTOSAVE, .step = step
  };

  return save (order, NULL, cancellable, error);
}
