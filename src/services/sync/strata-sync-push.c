/* strata-sync-push.c - from this disk to the console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-palette.h"
#include "strata-revision-keys.h"
#include "strata-sync-private.h"
#include "strata-sync-words.h"

/* One push, from the first look to the last. */
typedef struct
{
  StrataSync      *sync;         /* (unowned) */
  StrataConsole   *console;      /* (unowned) */
  StrataSituation *now;          /* (owned): what is being sent */
  StrataSyncPush   flags;
  GCancellable    *cancellable;  /* (unowned) (nullable) */
  char            *audit;        /* (owned) (nullable): of the last change at the console */
  char            *remark;       /* (owned) (nullable): what was not done, though all else was */
  gboolean         is_sent;      /* something was changed there */
} Push;

static void
push_clear (Push *self)
{
  g_clear_pointer (&self->now, strata_situation_free);
  g_clear_pointer (&self->audit, g_free);
  g_clear_pointer (&self->remark, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Push, push_clear)

/* Looks at the profile anew. */
static gboolean
look (Push        *self,
      const char  *id,
      GError     **error)
{
  StrataSituation *now = strata_sync_look (self->sync, id, self->cancellable, error);

  if (now == NULL)
    return FALSE;

  g_clear_pointer (&self->now, strata_situation_free);
  self->now = now;

  return TRUE;
}

/* Whether the failure leaves it open whether the console did what it was asked. Who signs out does it between two of the
 * steps, too.
 */
static gboolean
is_open (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SERVER) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

/* (transfer full): what is noted of the secrets that are sent; one that the keyring does not give is sent another time */
static char **
dup_sent (StrataSituation *now)
{
  GPtrArray *variables = strata_profile_get_variables (now->mine);
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();

  for (guint i = 0; i < variables->len; i++)
    if (strata_revision_is_masked (variables->pdata[i]))
      g_ptr_array_add (unknown, (gpointer) strata_variable_get_name (variables->pdata[i]));

  return strata_link_dup_secrets (now->link, unknown);
}

/* Commits that the console now has the revision that was sent, whatever was saved here meanwhile. @theirs may be %NULL
 * when what it made of it could not be read: the next refresh looks.
 */
static gboolean
write_sent (Push                  *self,
            const char            *uid,
            StrataConsoleProfile  *theirs,
            GError               **error)
{
  g_auto(GStrv) sent = dup_sent (self->now);

  for (guint i = 0; i < STRATA_SYNC_TRIES; i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autoptr(StrataSituation) now = g_new0 (StrataSituation, 1);
      g_autoptr(StrataProfile) worded = NULL;
      gboolean is_same;

      now->id = g_strdup (self->now->id);
      now->link = strata_store_get_link (strata_sync_get_store (self->sync), now->id, &now->head, error);
      if (now->link == NULL)
        return FALSE;

      g_free (now->link->uid);
      g_free (now->link->base);
      now->link->uid = g_strdup (uid);
      now->link->base = g_strdup (self->now->head);
      now->link->is_gone = now->link->is_taken = FALSE;
      now->link->is_published = theirs != NULL ? !strata_sync_is_draft (theirs)
                                               : self->flags == STRATA_SYNC_PUSH_PUBLISH;
      now->link->seen_modified = now->link->base_modified = theirs != NULL ? theirs->modified : 0;
      now->link->theirs_modified = 0;
      *now->link->theirs = *now->link->sending = '\0';

      if (*now->link->type == '\0')
        {
          const char *type = theirs != NULL ? strata_profile_get (theirs->profile, STRATA_PROFILE_TYPE) : "";

          g_free (now->link->type);
          now->link->type = g_strdup (*type != '\0' ? type : STRATA_SYNC_TYPE);
        }

      if (theirs != NULL)
        worded = strata_sync_reword (theirs->profile, self->now->mine, now->id);
      is_same = worded == NULL || strata_sync_means_same (worded, self->now->mine);
      if (!is_same)
        now->link->theirs_modified = theirs->modified;

      const StrataJoin join = {
        .id = now->id,
        .expected = now->head,
        .theirs = is_same ? NULL : worded,
        .link = now->link,
        .sent = (const char *const *) sent,
      };

      if (strata_store_join (strata_sync_get_store (self->sync), &join, self->cancellable, &local_error))
        return TRUE;

      if (!g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) || i + 1 == STRATA_SYNC_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return FALSE;
}

/* Reads back what the console made of what it was sent. That it was sent is true also where that cannot be read. */
static gboolean
read_back (Push        *self,
           const char  *uid,
           GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(StrataConsoleProfile) theirs =
    strata_console_get_profile (self->console, uid, self->cancellable, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return write_sent (self, uid, theirs, error);
}

/* Notes that the profile is being created at the console, so that whoever is ended then finds it again. */
static gboolean
mark_sending (Push        *self,
              gboolean     is_sending,
              gboolean     is_taken,
              GError     **error)
{
  StrataLink *link = self->now->link;

  g_free (link->sending);
  link->sending = g_strdup (is_sending ? self->now->head : "");
  link->is_taken = is_taken;

  return strata_sync_join (self->sync, self->now, NULL, 0, NULL, NULL, NULL, error);
}

static void
set_taken (Push    *self,
           GError **error)
{
  mark_sending (self, FALSE, TRUE, NULL);
  g_clear_error (error);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("The console already has a profile %s %s: take that one over, or save this one as another version"),
                  strata_profile_get_name (self->now->mine),
                  strata_profile_get_version (self->now->mine));
}

/* The profile as a console gets it that never had it: what another one said of it means nothing there. */
static StrataProfile *
without_uids (StrataProfile *profile)
{
  g_autoptr(StrataProfile) named = strata_profile_with (profile, STRATA_PROFILE_UID, "");

  return strata_profile_with (named, STRATA_PROFILE_PROJECT_UID, "");
}

static gboolean
create (Push    *self,
        GError **error)
{
  GError *local_error = NULL;
  g_autoptr(StrataProfile) sent = without_uids (self->now->mine);

  if (!mark_sending (self, TRUE, FALSE, error))
    return FALSE;

  g_autofree char *uid =
    strata_console_create_profile (self->console, sent, self->flags == STRATA_SYNC_PUSH_PUBLISH,
                                   &self->audit, self->cancellable, &local_error);

  if (uid == NULL)
    {
      if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
        set_taken (self, &local_error);
      else if (!is_open (local_error))
        mark_sending (self, FALSE, FALSE, NULL);

      g_propagate_error (error, local_error);
      return FALSE;
    }

  self->is_sent = TRUE;

  return read_back (self, uid, error);
}

/* Takes in what was read, whatever is saved here meanwhile, and looks at the profile anew. */
static gboolean
take_in (Push                  *self,
         StrataConsoleProfile  *theirs,
         GError               **error)
{
  g_autofree char *id = g_strdup (self->now->id);

  for (guint i = 0;; i++)
    {
      GError *local_error = NULL;
      gboolean done =
        strata_sync_take_in (self->sync, self->now, theirs, self->cancellable, &local_error);

      if (!done && (!g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) ||
                    i + 1 == STRATA_SYNC_TRIES))
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }

      g_clear_error (&local_error);
      if (!look (self, id, error))
        return FALSE;
      if (done)
        return TRUE;
    }
}

static void
set_newer (Push    *self,
           GError **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("“%s” was changed at the console since it was read; nothing was overwritten, pull it first"),
                  strata_profile_get_name (self->now->mine));
}

/* Reads what the console has now, and takes it in when that is not what it had. The push goes on only when nothing of it
 * is missing here.
 */
static StrataConsoleProfile *
read_unchanged (Push    *self,
                GError **error)
{
  GError *local_error = NULL;
  g_autofree char *uid = g_strdup (self->now->link->uid);
  g_autofree char *id = g_strdup (self->now->id);
  g_autoptr(StrataConsoleProfile) theirs =
    strata_console_get_profile (self->console, uid, self->cancellable, &local_error);

  if (theirs == NULL)
    {
      if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND) &&
          strata_sync_set_gone (self->sync, id, self->cancellable, NULL))
        {
          g_clear_error (&local_error);
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                       _("“%s” was deleted at the console and is only on this computer now; push it again to create it there"),
                          strata_profile_get_name (self->now->mine));
        }
      else
        {
          g_propagate_error (error, local_error);
        }

      return NULL;
    }

  if (!take_in (self, theirs, error))
    return NULL;

  if (!strata_link_is_newer (self->now->link))
    return g_steal_pointer (&theirs);

  set_newer (self, error);

  return NULL;
}

/* What is sent of the profile: without the secrets that the console has and that were not changed here. Somebody may have
 * changed them there since, and nobody would see it.
 */
static StrataProfile *
without_old_secrets (StrataSituation *now,
                     StrataProfile   *theirs)
{
  GPtrArray *variables = strata_profile_get_variables (now->mine);
  g_autoptr(GPtrArray) sent = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = variables->pdata[i];
      const char *name = strata_variable_get_name (variable);
      StrataVariable *there = strata_sync_find_variable (strata_profile_get_variables (theirs), name);
      gboolean is_old = strata_revision_is_secret (variable) && there != NULL &&
                        strata_revision_is_masked (there) && !strata_link_is_new_secret (now->link, name);

      g_ptr_array_add (sent, is_old ? strata_variable_with (variable, STRATA_VARIABLE_DEFAULT, STRATA_PALETTE_MASK)
                                    : g_object_ref (variable));
    }

  return strata_profile_with_variables (now->mine, sent);
}

/* What differs goes to the console, which had @theirs a moment ago. */
static gboolean
send (Push           *self,
      StrataProfile  *theirs,
      GError        **error)
{
  g_autoptr(StrataProfile) sent = without_old_secrets (self->now, theirs);
  g_autofree char *hidden = NULL;

  if (!strata_console_update_profile (self->console, self->now->link->uid, sent, theirs, &self->audit, &hidden,
                                      self->cancellable, error))
    return FALSE;

  if (hidden != NULL)
    self->remark = g_strdup_printf (
      _("All was sent but the order of the variables: to change that could lose the secret of “%s”, which only the "
        "console has; change the order there"),
      hidden);

  return TRUE;
}

/* Sends what is different, in as many steps as a console wants; one that was cut off is found again by the next refresh. */
static gboolean
update (Push    *self,
        GError **error)
{
  g_autoptr(StrataConsoleProfile) theirs = read_unchanged (self, error);

  if (theirs == NULL)
    return FALSE;

  const char *uid = self->now->link->uid;
  g_autoptr(StrataProfile) worded =
    strata_sync_reword (theirs->profile, self->now->mine, self->now->id);
  gboolean is_changed = !strata_sync_means_same (worded, self->now->mine) ||
                        strata_link_has_new_secrets (self->now->link);

  if (is_changed && !send (self, theirs->profile, error))
    {
      /* Somebody changed it between two looks of ours: what that is is known from now on. */
      if (error != NULL && g_error_matches (*error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
        {
          g_autoptr(StrataConsoleProfile) newer = read_unchanged (self, NULL);
        }
      return FALSE;
    }

  self->is_sent = is_changed;

  if (self->flags == STRATA_SYNC_PUSH_PUBLISH && (is_changed || strata_sync_is_draft (theirs)))
    {
      if (!strata_console_publish_profile (self->console, uid, &self->audit, self->cancellable, error))
        return FALSE;

      self->is_sent = TRUE;
    }

  return self->is_sent ? read_back (self, uid, error) : write_sent (self, uid, theirs, error);
}

static void
note (Push                 *self,
      StrataActivityAction  action,
      const GError         *error)
{
  if (self->now != NULL && (self->is_sent || error != NULL))
    strata_sync_note (self->sync, self->now, action, STRATA_ACTIVITY_PUSH, self->audit, error);
}

/* Takes @local_error. */
static StrataProfile *
finish (Push                 *self,
        StrataActivityAction  action,
        gboolean              done,
        GError               *local_error,
        GError              **error)
{
  note (self, action, local_error);

  if (done)
    return g_object_ref (self->now->mine);

  g_propagate_error (error, local_error);

  return NULL;
}

/**
 * strata_sync_push:
 * @self: a sync
 * @console: the console
 * @id: a profile of this disk
 * @flags: whether it is published there
 * @remark: (out) (optional) (nullable): one sentence for a person about what could not be sent, though all else was; %NULL
 *   when nothing is left
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CONFLICT when the console has something that this disk has not joined, or
 *   another profile of that name and version; a %STRATA_ERROR_NOT_FOUND when it was deleted there; or the errors of a
 *   call and of the store
 *
 * Sends what was changed here. What the console has is read right before, and compared with what it had: nothing of it is
 * overwritten that was not seen here. A profile that the console does not have, or has no more, is created. What was
 * saved here while it was being sent is not lost and is the next change. Where it is cut off, the next
 * strata_sync_refresh() finds out what arrived. Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the profile as it was sent, or %NULL with @error set
 */
StrataProfile *
strata_sync_push (StrataSync      *self,
                  StrataConsole   *console,
                  const char      *id,
                  StrataSyncPush   flags,
                  char           **remark,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && STRATA_IS_CONSOLE (console) && id != NULL, NULL);

  GError *local_error = NULL;
  g_auto(Push) push = { .sync = self, .console = console, .flags = flags, .cancellable = cancellable };
  gboolean done = look (&push, id, &local_error);

  if (done && (*push.now->link->uid == '\0' || push.now->link->is_gone))
    done = create (&push, &local_error);
  else if (done)
    done = update (&push, &local_error);

  if (remark != NULL)
    *remark = done ? g_steal_pointer (&push.remark) : NULL;

  return finish (&push,
                 flags == STRATA_SYNC_PUSH_PUBLISH ? STRATA_ACTIVITY_PUBLISHED : STRATA_ACTIVITY_PUSHED,
                 done, local_error, error);
}

static gboolean
publish (Push    *self,
         GError **error)
{
  g_autoptr(StrataConsoleProfile) theirs = NULL;

  if (*self->now->link->uid == '\0' || self->now->link->is_gone)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("The console does not have “%s” yet; push it"), strata_profile_get_name (self->now->mine));
      return FALSE;
    }

  theirs = read_unchanged (self, error);

  if (theirs == NULL || (strata_sync_is_draft (theirs) &&
                         !strata_console_publish_profile (self->console, self->now->link->uid, &self->audit,
                                                          self->cancellable, error)))
    return FALSE;

  if (!strata_sync_is_draft (theirs))
    return TRUE;

  self->is_sent = TRUE;

  g_autoptr(StrataConsoleProfile) after =
    strata_console_get_profile (self->console, self->now->link->uid, self->cancellable, error);

  return after != NULL && take_in (self, after, error);
}

/**
 * strata_sync_publish:
 * @self: a sync
 * @console: the console
 * @id: a profile of this disk that the console has
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_sync_push()
 *
 * Publishes what the console has: appliances get it. What was changed here and not pushed is not part of it, and a draft
 * that was never seen here is not published. Blocks; any thread but the main one.
 *
 * Returns: whether it is published
 */
gboolean
strata_sync_publish (StrataSync     *self,
                     StrataConsole  *console,
                     const char     *id,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && STRATA_IS_CONSOLE (console) && id != NULL, FALSE);

  GError *local_error = NULL;
  g_auto(Push) push = { .sync = self, .console = console, .cancellable = cancellable };
  gboolean done = look (&push, id, &local_error) && publish (&push, &local_error);
  g_autoptr(StrataProfile) published =
    finish (&push, STRATA_ACTIVITY_PUBLISHED, done, local_error, error);

  return published != NULL;
}
