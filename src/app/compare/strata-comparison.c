/* strata-comparison.c - two profiles, read and compared in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-comparison"

#include "strata-comparison.h"

#include "strata-diff.h"

typedef struct
{
  StrataStore         *store;       /* (owned) */
  StrataCompareSource *old_source;  /* (owned) (nullable): NULL for nothing at all */
  StrataCompareSource *new_source;  /* (owned) */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->store);
  g_clear_object (&order->old_source);
  g_clear_object (&order->new_source);
  g_free (order);
}

static void
comparison_free (gpointer data)
{
  StrataComparison *self = data;

  g_clear_object (&self->old_profile);
  g_clear_object (&self->new_profile);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

/* Runs in a worker thread. */
static gpointer
compare_run (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Order *order = data;
  g_autoptr(StrataProfile) new_profile =
    strata_compare_source_load (order->new_source, order->store, cancellable, error);
  g_autoptr(StrataProfile) old_profile = NULL;

  if (new_profile == NULL)
    return NULL;

  if (order->old_source != NULL)
    old_profile = strata_compare_source_load (order->old_source, order->store, cancellable, error);
  else
    old_profile = strata_profile_new (strata_profile_get_name (new_profile), strata_profile_get_version (new_profile));

  if (old_profile == NULL)
    return NULL;

  StrataComparison *self = g_new0 (StrataComparison, 1);

  self->changes = strata_diff_profiles (old_profile, new_profile);
  self->old_profile = g_steal_pointer (&old_profile);
  self->new_profile = g_steal_pointer (&new_profile);

  return self;
}

/* The result of @job is a StrataComparison. A first revision has no @old_source: all of it is new. */
void
strata_comparison_run (StrataJob           *job,
                       StrataStore         *store,
                       StrataCompareSource *old_source,
                       StrataCompareSource *new_source)
{
  g_return_if_fail (STRATA_IS_JOB (job));
  g_return_if_fail (STRATA_IS_STORE (store));
  g_return_if_fail (STRATA_IS_COMPARE_SOURCE (new_source));

  Order *order = g_new0 (Order, 1);

  order->store = g_object_ref (store);
  g_set_object (&order->old_source, old_source);
  order->new_source = g_object_ref (new_source);
  strata_job_run (job, compare_run, order, order_free, comparison_free);
}
