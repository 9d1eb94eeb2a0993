/* strata-store-secrets.c - the defaults of sensitive variables: in the keyring, never in a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include "strata-store-secrets.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-palette.h"
#include "strata-problem.h"
#include "strata-revision-keys.h"
#include "strata-secrets.h"

#define OUT_OF_REACH ""  /* no secret is empty */

static char *
make_key (const char *id,
          const char *variable)
{
  return g_strconcat (id, "/", variable, NULL);
}

/* What the keyring is known to hold: %NULL when it is not known to hold any. */
static char *
get_known (StrataStore *self,
           const char  *id,
           const char  *variable)
{
  g_autofree char *key = make_key (id, variable);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (g_hash_table_lookup (self->secrets, key));
}

static void
set_known (StrataStore *self,
           const char  *id,
           const char  *variable,
           const char  *secret)
{
  char *key = make_key (id, variable);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_insert (self->secrets, key, g_strdup (secret));
}

/* Takes @problem. */
static void
add_problem (StrataStore   *self,
             const char    *id,
             StrataProblem *problem)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *problems = g_hash_table_lookup (self->problems, id);

  g_message ("%s", problem->message);

  if (problems == NULL)
    {
      problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
      g_hash_table_insert (self->problems, g_strdup (id), problems);
    }

  g_ptr_array_add (problems, problem);
}

static void
clear_problems (StrataStore *self,
                const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove (self->problems, id);
}

/* The names of the variables that the keyring has a secret of, in reach or not: asterisks in its
 * place must not lose it.
 */
GHashTable *
strata_store_get_kept_secrets (StrataStore   *self,
                               StrataProfile *profile)
{
  GHashTable *kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *variables = strata_profile_get_variables (profile);

  for (guint i = 0; i < variables->len; i++)
    {
      const char *name = strata_variable_get_name (g_ptr_array_index (variables, i));
      g_autofree char *known = get_known (self, strata_profile_get_id (profile), name);

      if (known != NULL)
        g_hash_table_add (kept, g_strdup (name));
    }

  return kept;
}

static StrataVariable *
with_secret (StrataStore    *self,
             const char     *id,
             StrataVariable *variable,
             GCancellable   *cancellable)
{
  const char *name = strata_variable_get_name (variable);
  g_autoptr(GError) error = NULL;
  g_autofree char *kept_by = strata_store_dup_secret_name (self, id);
  g_autofree char *secret = strata_secrets_lookup (kept_by, name, cancellable, &error);

  set_known (self, id, name, secret != NULL ? secret : OUT_OF_REACH);

  if (secret != NULL)
    return strata_variable_with (variable, STRATA_VARIABLE_DEFAULT, secret);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_problem (
      self, id,
      strata_problem_new (STRATA_SEVERITY_WARNING, 0, 0, 0,
                          _("Keyring"), _("The secret of variable “%s” cannot be read: %s"), name,
                                            error->message));

  return strata_variable_with (variable, STRATA_VARIABLE_DEFAULT, STRATA_PALETTE_MASK);
}

/* Gives @profile the secrets of the variables in @names, asterisks for what cannot be reached. */
StrataProfile *
strata_store_add_secrets (StrataStore   *self,
                          StrataProfile *profile,
                          GPtrArray     *names,
                          GCancellable  *cancellable)
{
  const char *id = strata_profile_get_id (profile);
  GPtrArray *variables = strata_profile_get_variables (profile);
  g_autoptr(GPtrArray) complete = g_ptr_array_new_with_free_func (g_object_unref);

  clear_problems (self, id);

  if (names->len == 0)
    return g_object_ref (profile);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      const char *name = strata_variable_get_name (variable);
      gboolean has_secret = g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);

      g_ptr_array_add (complete, has_secret ? with_secret (self, id, variable, cancellable)
                                            : g_object_ref (variable));
    }

  return strata_profile_with_variables (profile, complete);
}

/* Whether the keyring has @secret already, though this store was never told of it: that is no change. */
static gboolean
is_kept (const char   *kept_by,
         const char   *name,
         const char   *secret,
         GCancellable *cancellable)
{
  g_autofree char *there = strata_secrets_lookup (kept_by, name, cancellable, NULL);

  return g_strcmp0 (there, secret) == 0;
}

/* Whether it is in the keyring. Adds its name to @changed when it was another one before. */
static gboolean
keep_secret (StrataStore    *self,
             const char     *id,
             StrataVariable *variable,
             GPtrArray      *changed,
             GCancellable   *cancellable)
{
  const char *name = strata_variable_get_name (variable);
  const char *secret = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);
  g_autofree char *known = get_known (self, id, name);
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (known, secret) == 0)
    return TRUE;

  g_autofree char *kept_by = strata_store_dup_secret_name (self, id);

  if (known == NULL && is_kept (kept_by, name, secret, cancellable))
    {
      set_known (self, id, name, secret);
      return TRUE;
    }

  if (strata_secrets_store (kept_by, name, secret, cancellable, &error))
    {
      set_known (self, id, name, secret);
      g_ptr_array_add (changed, (gpointer) name);
      return TRUE;
    }

  add_problem (
    self, id,
    strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0,
                        _("Keyring"), _("All but the secret of variable “%s” is saved: %s"), name,
                                          error->message));

  return FALSE;
}

/* A secret that was known here and that a person took away goes from the keyring too; one that
 * asterisks stand for stays.
 */
static void
forget_secret (StrataStore    *self,
               const char     *id,
               StrataVariable *variable,
               GCancellable   *cancellable)
{
  const char *name = strata_variable_get_name (variable);
  g_autofree char *known = get_known (self, id, name);
  g_autofree char *key = make_key (id, name);
  g_autofree char *kept_by = strata_store_dup_secret_name (self, id);

  if (known == NULL || strata_revision_is_masked (variable) ||
      !strata_secrets_clear (kept_by, name, cancellable, NULL))
    return;

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove (self->secrets, key);
}

/* Whether the last save of the profile could not keep its secrets. */
static gboolean
has_failed (StrataStore *self,
            const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_contains (self->unkept, id);
}

static void
set_failed (StrataStore *self,
            const char  *id,
            gboolean     failed)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (failed)
    g_hash_table_add (self->unkept, g_strdup (id));
  else
    g_hash_table_remove (self->unkept, id);
}

/* Says in the key file that the console does not have the secrets of these variables, which were changed here: no
 * revision would tell. It is not for the profiles of this computer, which are at no console.
 */
static void
mark_secrets (StrataStore  *self,
              const char   *id,
              GPtrArray    *names,
              GCancellable *cancellable)
{
  if (names->len == 0 || g_str_equal (self->name, STRATA_STORE_LOCAL))
    return;

  int lock = strata_store_lock (self, cancellable, NULL);
  gboolean in_trash = FALSE;
  g_autoptr(StrataRecord) record = lock >= 0 ? strata_store_read_record (self, id, &in_trash, NULL) : NULL;

  if (record != NULL)
    {
      g_autoptr(StrataLink) link = strata_link_copy (record->link);
      g_autofree char *path = strata_store_get_record_path (self, id, in_trash);
      g_autoptr(GError) error = NULL;
      gsize size;

      for (guint i = 0; i < names->len; i++)
        strata_link_mark_secret (link, names->pdata[i]);
      strata_record_set_link (record, link);

      g_autofree char *data = strata_record_to_data (record, &size);

      if (!strata_disk_replace (path, data, size, &error))
        g_message ("%s", error->message);
    }

  if (lock >= 0)
    g_close (lock, NULL);
}

/* Puts the secrets of a profile that was saved in the keyring, if they are not there. After a
 * failure only a save that a person asked for tries again: nobody wants to be asked for the keyring
 * every few seconds.
 */
void
strata_store_keep_secrets (StrataStore   *self,
                           StrataProfile *profile,
                           StrataReason   reason,
                           GCancellable  *cancellable)
{
  const char *id = strata_profile_get_id (profile);
  GPtrArray *variables = strata_profile_get_variables (profile);

  g_autoptr(GPtrArray) changed = g_ptr_array_new ();
  gboolean failed = FALSE;

  if (reason == STRATA_REASON_AUTOSAVE && has_failed (self, id))
    return;

  clear_problems (self, id);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);

      if (!strata_revision_is_secret (variable))
        forget_secret (self, id, variable, cancellable);
      else if (!keep_secret (self, id, variable, changed, cancellable))
        failed = TRUE;
    }

  set_failed (self, id, failed);
  mark_secrets (self, id, changed, cancellable);
}

/**
 * strata_store_list_problems:
 * @self: a store
 * @id: which profile
 *
 * What the last load or save of a profile by this store could not do, though it did the rest: the
 * default of a sensitive variable is in the keyring, and the keyring may be locked or absent. After
 * a load, asterisks stand for what could not be read, and a save does not lose it. After a save, what could not
 * be kept is nowhere on this computer; the next save by hand tries again.
 *
 * Returns: (transfer container) (element-type StrataProblem): one for each secret, empty when all
 *   is well
 */
GPtrArray *
strata_store_list_problems (StrataStore *self,
                            const char  *id)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *problems = g_hash_table_lookup (self->problems, id);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    g_ptr_array_add (copy, strata_problem_copy (g_ptr_array_index (problems, i)));

  return copy;
}
