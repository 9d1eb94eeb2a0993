/* strata-store-history.c - the revisions of a profile, and whether all that they name is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-objects.h"
#include "strata-problem.h"
#include "strata-store-private.h"

/* The next revision to look at: @digest, or when that is damaged the one the key file says was
 * before it.
 */
static StrataRevision *
read_step (StrataStore   *self,
           StrataRecord  *record,
           const char    *digest,
           GError       **error)
{
  g_autoptr(StrataBlob) sealed = strata_objects_read (self->objects, digest, error);
  StrataRevision *step = sealed != NULL ? strata_revision_read_step (sealed, error) : NULL;

  if (step == NULL && g_str_equal (digest, record->head) && *record->parent != '\0')
    {
      g_clear_error (error);
      return read_step (self, record, record->parent, error);
    }

  return step;
}

/**
 * strata_store_list_history:
 * @self: a store
 * @id: which profile, which may be in the trash
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, or a %STRATA_ERROR_CORRUPT when no
 *   revision can be read
 *
 * Each revision names the one before it, so the order is the one in which they were made, whatever
 * the clock said. A damaged newest revision is left out; where an older one is damaged the list
 * ends, and the last that is there names a parent that cannot be read. Blocks.
 *
 * Returns: (transfer container) (element-type StrataRevision) (nullable): the revisions, newest
 *   first, or %NULL with @error set
 */
GPtrArray *
strata_store_list_history (StrataStore   *self,
                           const char    *id,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  gboolean in_trash;
  g_autoptr(StrataRecord) record = strata_store_read_record (self, id, &in_trash, error);
  g_autoptr(GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_free);
  g_autoptr(GError) local_error = NULL;

  if (record == NULL)
    return NULL;

  for (const char *next = record->head; next != NULL;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      StrataRevision *step = read_step (self, record, next, &local_error);

      if (step == NULL)
        break;

      g_ptr_array_add (steps, step);
      next = step->parent;
    }

  if (steps->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&steps);
}

static void
add_problem (GPtrArray   *problems,
             StrataEntry *entry,
             const char  *reason)
{
  g_ptr_array_add (problems,
                   strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0,
                                       _("Store"), _("Profile “%s” (%s) is damaged: %s"),
                                                       strata_entry_get_name (entry),
                                                       strata_entry_get_id (entry), reason));
}

/* A revision and all before it, with all that they name. */
static void
check_chain (StrataStore   *self,
             const char    *digest,
             GHashTable    *seen,
             GPtrArray     *problems,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *next = *digest != '\0' ? g_strdup (digest) : NULL;

  while (next != NULL && !g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr(StrataBlob) sealed = strata_objects_read (self->objects, next, error);
      g_autoptr(StrataRevision) step =
        sealed != NULL && strata_revision_check (sealed, self->objects, seen, problems, error)
          ? strata_revision_read_step (sealed, error)
          : NULL;

      g_free (next);
      next = step != NULL ? g_steal_pointer (&step->parent) : NULL;
    }
}

/* Every revision of one profile, newest first, and what the console has of it. */
static gboolean
check_profile (StrataStore   *self,
               StrataEntry   *entry,
               GHashTable    *seen,
               GPtrArray     *problems,
               GCancellable  *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRecord) record =
    strata_store_read_record (self, strata_entry_get_id (entry), &(gboolean){ FALSE }, &error);

  if (record != NULL)
    check_chain (self, record->head, seen, problems, cancellable, &error);
  if (error == NULL && !g_str_equal (record->link->base, record->head))
    check_chain (self, record->link->base, seen, problems, cancellable, &error);
  if (error == NULL)
    check_chain (self, record->link->theirs, seen, problems, cancellable, &error);

  if (error != NULL)
    add_problem (problems, entry, error->message);

  return !g_cancellable_is_cancelled (cancellable);
}

static gboolean
check_all (StrataStore   *self,
           GPtrArray     *entries,
           GHashTable    *seen,
           GPtrArray     *problems,
           GCancellable  *cancellable)
{
  for (guint i = 0; i < entries->len; i++)
    if (!strata_entry_get_is_away (entries->pdata[i]) &&
        !check_profile (self, g_ptr_array_index (entries, i), seen, problems, cancellable))
      return FALSE;

  return TRUE;
}

/**
 * strata_store_check:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_DISK
 *
 * Reads every object of every revision of every profile, also of those in the trash. Blocks for
 * long.
 *
 * Returns: (transfer container) (element-type StrataProblem) (nullable): what is damaged, each
 *   named by profile, layer and document; empty when all is well; or %NULL with @error set
 */
GPtrArray *
strata_store_check (StrataStore   *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  g_autoptr(GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GPtrArray) profiles = strata_store_list (self, cancellable, error);
  g_autoptr(GPtrArray) trash =
    profiles != NULL ? strata_store_list_trash (self, cancellable, error) : NULL;

  if (trash == NULL)
    return NULL;

  if (!check_all (self, profiles, seen, problems, cancellable) ||
      !check_all (self, trash, seen, problems, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }

  return g_steal_pointer (&problems);
}
