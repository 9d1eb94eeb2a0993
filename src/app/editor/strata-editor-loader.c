/* strata-editor-loader.c - what an editor needs to open a profile, read in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-loader"

#include "strata-editor-loader.h"

typedef struct
{
  StrataStore *store;  /* (owned) */
  char        *id;     /* (owned) */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->store);
  g_clear_pointer (&order->id, g_free);
  g_free (order);
}

static void
loaded_free (gpointer data)
{
  StrataLoaded *loaded = data;

  g_clear_object (&loaded->profile);
  g_clear_object (&loaded->base);
  g_clear_pointer (&loaded->head, g_free);
  g_free (loaded);
}

static gboolean
load_head (Order         *order,
           StrataLoaded  *loaded,
           GCancellable  *cancellable,
           GError       **error)
{
  loaded->profile =
    strata_store_checkout (order->store, order->id, &loaded->head, cancellable, error);

  if (loaded->profile == NULL)
    return FALSE;

  g_autoptr(StrataEntry) entry = strata_store_get_entry (order->store, order->id, error);

  if (entry == NULL)
    return FALSE;

  loaded->saved_at = strata_entry_get_changed (entry);

  return TRUE;
}

/* The newest revision that a person asked for. That there is none, or that it is damaged, keeps nobody from editing. */
static void
load_base (Order        *order,
           StrataLoaded *loaded,
           GCancellable *cancellable)
{
  g_autoptr(GPtrArray) history =
    strata_store_list_history (order->store, order->id, cancellable, NULL);

  for (guint i = 0; history != NULL && i < history->len && loaded->base == NULL; i++)
    {
      const StrataRevision *revision = g_ptr_array_index (history, i);

      if (revision->reason == STRATA_REASON_AUTOSAVE)
        continue;

      loaded->base = g_strcmp0 (revision->digest, loaded->head) == 0
                       ? g_object_ref (loaded->profile)
                       : strata_store_load_revision (order->store, order->id, revision->digest,
                                                     cancellable, NULL);
      loaded->base_time = revision->time;
    }

  if (loaded->base == NULL)
    {
      loaded->base = g_object_ref (loaded->profile);
      loaded->base_time = loaded->saved_at;
    }
}

/* Runs in a worker thread. */
static gpointer
load_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Order *order = data;
  StrataLoaded *loaded = g_new0 (StrataLoaded, 1);

  if (!load_head (order, loaded, cancellable, error))
    {
      loaded_free (loaded);
      return NULL;
    }

  load_base (order, loaded, cancellable);

  return loaded;
}

/* The result of @job is a StrataLoaded. */
void
strata_editor_loader_run (StrataJob   *job,
                          StrataStore *store,
                          const char  *id)
{
  g_return_if_fail (STRATA_IS_JOB (job));
  g_return_if_fail (STRATA_IS_STORE (store));
  g_return_if_fail (id != NULL);

  Order *order = g_new0 (Order, 1);

  order->store = g_object_ref (store);
  order->id = g_strdup (id);
  strata_job_run (job, load_run, order, order_free, loaded_free);
}
