/* strata-history-list.c - the revisions of a profile, listed in a worker and put into words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-history-list"

#include "strata-history-list.h"

#include <glib/gi18n.h>

#include "strata-store-join.h"

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

/* Runs in a worker thread. */
static gpointer
list_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Order *order = data;

  return strata_store_list_history (order->store, order->id, cancellable, error);
}

/* Runs in a worker thread. */
static gpointer
link_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Order *order = data;

  return strata_store_get_link (order->store, order->id, NULL, error);
}

static Order *
order_new (StrataStore *store,
           const char  *id)
{
  Order *order = g_new0 (Order, 1);

  order->store = g_object_ref (store);
  order->id = g_strdup (id);

  return order;
}

/* The result of @job is a GPtrArray of StrataRevision, newest first. */
void
strata_history_list_run (StrataJob   *job,
                         StrataStore *store,
                         const char  *id)
{
  g_return_if_fail (STRATA_IS_JOB (job));
  g_return_if_fail (STRATA_IS_STORE (store) && id != NULL);

  strata_job_run (job, list_run, order_new (store, id), order_free, (GDestroyNotify) g_ptr_array_unref);
}

/* The result of @job is a StrataLink: which of the revisions its console has. */
void
strata_history_list_run_link (StrataJob   *job,
                              StrataStore *store,
                              const char  *id)
{
  g_return_if_fail (STRATA_IS_JOB (job));
  g_return_if_fail (STRATA_IS_STORE (store) && id != NULL);

  strata_job_run (job, link_run, order_new (store, id), order_free, (GDestroyNotify) strata_link_free);
}

static const char *
get_reason (StrataReason reason)
{
  switch (reason)
    {
    case STRATA_REASON_SAVE:
      return _("Saved");

    case STRATA_REASON_PUBLISH:
      return _("Published");

    case STRATA_REASON_IMPORT:
      return _("Imported");

    case STRATA_REASON_MERGE:
      return _("Merged");

    case STRATA_REASON_AUTOSAVE:
    default:
      return _("Saved by itself");
    }
}

/* (transfer full) */
char *
strata_history_list_describe_time (const StrataRevision *revision)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (revision->time);

  return then != NULL ? g_date_time_format (then, _("%-d %b %Y, %H:%M:%S")) : g_strdup ("");
}

/* "Saved · 1.2.0 · 5 layers" (transfer full) */
char *
strata_history_list_describe_reason (const StrataRevision *revision)
{
  g_autofree char *layers =
    g_strdup_printf (ngettext ("%u layer", "%u layers", revision->n_layers), revision->n_layers);

  return g_strdup_printf ("%s · %s · %s", get_reason (revision->reason), revision->version, layers);
}

/* In one line. (transfer full) */
char *
strata_history_list_describe (const StrataRevision *revision)
{
  g_autofree char *time = strata_history_list_describe_time (revision);
  g_autofree char *reason = strata_history_list_describe_reason (revision);

  return g_strdup_printf ("%s · %s", time, reason);
}
