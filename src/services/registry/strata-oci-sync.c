/* strata-oci-sync.c - what an OCI registry offers now, taken into the index
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-sync"

#include "strata-oci-sync.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-oci-names.h"
#include "strata-oci-sync-private.h"

#define PACKS "spectro-packs/archive/"
#define WORKERS 6  /* enough to hide the way to a registry far away, few enough for one that counts */

/* All workers share it. */
typedef struct
{
  const StrataOciSync *sync;
  GCancellable        *cancellable;  /* (owned): stops the others when one has to */
  GMutex               mutex;        /* for all below */
  GPtrArray           *versions;     /* (owned) (element-type StrataOciVersion) */
  GPtrArray           *warnings;     /* (owned) (element-type utf8) */
  GPtrArray           *failed;       /* (owned) (element-type utf8): repositories that could not be read */
  GError              *first;        /* (owned) (nullable): why the first of those could not */
  GError              *failure;      /* (owned) (nullable): why all stopped */
  guint                n_done;
  guint                n_all;
} Work;

static void
work_clear (Work *work)
{
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->versions, g_ptr_array_unref);
  g_clear_pointer (&work->warnings, g_ptr_array_unref);
  g_clear_pointer (&work->failed, g_ptr_array_unref);
  g_clear_error (&work->first);
  g_clear_error (&work->failure);
  g_mutex_clear (&work->mutex);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/**
 * strata_oci_sync_is_pack:
 * @repository: a repository
 *
 * Returns: whether it is where registries keep packs
 */
gboolean
strata_oci_sync_is_pack (const char *repository)
{
  g_return_val_if_fail (repository != NULL, FALSE);

  const char *found = strstr (repository, PACKS);

  return found != NULL && (found == repository || found[-1] == '/') && strchr (found + strlen (PACKS), '/') == NULL;
}

/* One repository that we may not read is a gap; one that cannot be reached says nothing of what there is. */
static gboolean
is_of_one (const GError *error)
{
  const StrataError codes[] = {
    STRATA_ERROR_FORBIDDEN, STRATA_ERROR_SIGN_IN, STRATA_ERROR_NOT_FOUND, STRATA_ERROR_BAD_REPLY,
    STRATA_ERROR_TOO_LARGE, STRATA_ERROR_CORRUPT, STRATA_ERROR_INVALID,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, STRATA_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

/* Takes the first only, and lets no worker go on. */
static void
stop (Work   *work,
      GError *reason)
{
  if (work->failure == NULL)
    work->failure = reason;
  else
    g_error_free (reason);

  g_cancellable_cancel (work->cancellable);
}

static void
take_failure (Work       *work,
              const char *repository,
              GError     *reason)
{
  if (is_of_one (reason))
    {
      g_ptr_array_add (work->warnings, g_strdup_printf ("%s: %s", repository, reason->message));
      g_ptr_array_add (work->failed, g_strdup (repository));
      if (work->first == NULL)
        work->first = g_steal_pointer (&reason);
      g_clear_error (&reason);
      return;
    }

  stop (work, reason);
}

static void
take_versions (Work      *work,
               GPtrArray *versions)
{
  if (versions->len <= work->sync->max_versions - work->versions->len)
    {
      g_ptr_array_extend_and_steal (work->versions, g_ptr_array_ref (versions));
      return;
    }

  stop (work, g_error_new (STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                           _("The registry lists more than %d versions, which is more than Strata reads"),
                           (int) work->sync->max_versions));
}

/* In a worker. */
static void
look_through (gpointer data,
              gpointer user_data)
{
  g_autofree char *repository = data;
  Work *work = user_data;
  g_autoptr(GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_oci_version_free);
  GError *reason = NULL;
  gboolean done = !g_cancellable_is_cancelled (work->cancellable)
                  && strata_oci_sync_repository (work->sync, repository, versions, work->cancellable, &reason);

  g_mutex_lock (&work->mutex);
  if (done)
    take_versions (work, versions);
  else if (reason != NULL)
    take_failure (work, repository, reason);

  work->n_done++;
  if (work->sync->progress != NULL)
    work->sync->progress (work->n_done, work->n_all, work->sync->progress_data);
  g_mutex_unlock (&work->mutex);
}

static char *
join (const char *prefix,
      const char *name)
{
  g_autofree char *below = g_strconcat (prefix, "/", NULL);

  return *prefix == '\0' || g_str_has_prefix (name, below) ? g_strdup (name) : g_strconcat (below, name, NULL);
}

static gboolean
is_below (const char *prefix,
          const char *name)
{
  g_autofree char *below = g_strconcat (prefix, "/", NULL);

  return *prefix == '\0' || g_str_has_prefix (name, below);
}

static gboolean
may_not_list (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

/* Those that a person named, and those that the registry lists where it does. */
static GHashTable *
list_repositories (const StrataOciSync  *sync,
                   GCancellable         *cancellable,
                   GError              **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) reason = NULL;
  g_autoptr(GPtrArray) listed = strata_oci_client_list_repositories (sync->client, cancellable, &reason);

  for (guint i = 0; sync->repositories[i] != NULL; i++)
    {
      g_autofree char *name = join (sync->prefix, sync->repositories[i]);

      if (strata_oci_name_is_repository (name))
        g_hash_table_add (names, g_steal_pointer (&name));
    }

  for (guint i = 0; listed != NULL && i < listed->len; i++)
    if (is_below (sync->prefix, listed->pdata[i]))
      g_hash_table_add (names, g_strdup (listed->pdata[i]));

  if (listed != NULL || (g_hash_table_size (names) > 0 && may_not_list (reason)))
    return g_steal_pointer (&names);

  if (may_not_list (reason) && !g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_SIGN_IN))
    g_prefix_error (&reason, _("The registry does not list what it has; name the repositories that you need: "));
  g_propagate_error (error, g_steal_pointer (&reason));

  return NULL;
}

static void
cancel_cb (GCancellable *cancellable,
           GCancellable *other)
{
  g_cancellable_cancel (other);
}

/* Asks for all of @names, several at once, and comes back when all are done or had to stop. */
static void
run_workers (Work         *work,
             GHashTable   *names,
             GCancellable *cancellable)
{
  GThreadPool *pool = g_thread_pool_new (look_through, work, WORKERS, FALSE, NULL);
  gulong handler = cancellable != NULL
    ? g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb), work->cancellable, NULL) : 0;
  GHashTableIter iter;
  gpointer name;

  work->n_all = g_hash_table_size (names);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_thread_pool_push (pool, g_strdup (name), NULL);

  g_thread_pool_free (pool, FALSE, TRUE);
  g_cancellable_disconnect (cancellable, handler);
}

static int
compare_versions (gconstpointer a,
                  gconstpointer b)
{
  const StrataIndexEntry *one = strata_oci_version_get_entry (*(StrataOciVersion *const *) a);
  const StrataIndexEntry *other = strata_oci_version_get_entry (*(StrataOciVersion *const *) b);

  return strcmp (one->location, other->location);
}

/* Two repositories may have a chart of one name; the index takes one, the first by its path, and says so. */
static gboolean
add_versions (StrataIndexWriter  *writer,
              GPtrArray          *versions,
              GError            **error)
{
  g_ptr_array_sort (versions, compare_versions);

  for (guint i = 0; i < versions->len; i++)
    if (!strata_index_writer_add (writer, strata_oci_version_get_entry (versions->pdata[i]), error))
      return FALSE;

  return TRUE;
}

/**
 * strata_oci_sync_run:
 * @sync: what to do
 * @counts: (out caller-allocates) (optional): what changed
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Looks through the repositories, several at once. Of the newest versions all is asked that a list shows, unless their
 * tags still name what they named; of older ones only that they are there. A repository that cannot be read is a
 * warning, and what was known of it stays; where none can be read, or the registry cannot be reached, that is an error,
 * and the index stays as it was. Blocks; any thread.
 *
 * Returns: whether the index is as the registry is
 */
gboolean
strata_oci_sync_run (const StrataOciSync  *sync,
                     StrataIndexCounts    *counts,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_return_val_if_fail (sync != NULL, FALSE);

  g_autoptr(GHashTable) names = list_repositories (sync, cancellable, error);
  g_auto(Work) work = {
    .sync = sync,
    .cancellable = g_cancellable_new (),
    .versions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_oci_version_free),
    .warnings = g_ptr_array_new_with_free_func (g_free),
    .failed = g_ptr_array_new_with_free_func (g_free),
  };

  g_mutex_init (&work.mutex);
  if (names == NULL)
    return FALSE;

  run_workers (&work, names, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  /* Where nothing at all can be read, the registry is what is wrong, or who we are there. */
  if (work.failure == NULL && work.failed->len == work.n_all)
    work.failure = g_steal_pointer (&work.first);
  if (work.failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&work.failure));
      return FALSE;
    }

  for (guint i = 0; i < work.failed->len; i++)
    strata_oci_sync_keep_known (sync, work.failed->pdata[i], work.versions, cancellable);

  g_autoptr(StrataIndexWriter) writer = strata_index_begin (sync->index, sync->registry_id, cancellable, error);

  if (writer == NULL || !add_versions (writer, work.versions, error))
    return FALSE;
  strata_index_writer_set_source (writer, sync->url, NULL, NULL, NULL);
  for (guint i = 0; i < work.warnings->len; i++)
    strata_index_writer_warn (writer, work.warnings->pdata[i]);

  return strata_index_writer_commit (writer, sync->believe, counts, error);
}
