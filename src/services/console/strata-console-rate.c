/* strata-console-rate.c - asks a console no faster than it wants to be asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-rate.h"

#include <string.h>

/* The console lets five seconds' worth of requests come at once. One is left to what else asks from this computer, and to
 * requests that are longer on the way than others.
 */
#define BURST_S 4

/* How often each prefix of the address may be asked, in requests a second. What is not here is asked at the last one. */
static const struct
{
  const char *prefix;
  guint       rate;
} limits[] = {
  { "/v1/clusterprofiles", 50 },
  { "/v1/cloudconfigs", 50 },
  { "/v1/spectroclusters", 50 },
  { "/v1/events/components", 50 },
  { NULL, 10 },
};

/* The console counts requests by where they come from, so all accounts of it share one. */
struct _StrataConsoleRate
{
  gint        ref_count;  /* (atomic) */
  GMutex      mutex;
  GHashTable *next;       /* (owned) (element-type utf8 gint64) when the last one is paid for, by prefix */
};

static GMutex      all_mutex;
static GHashTable *all;  /* (owned) (element-type utf8 StrataConsoleRate) one for each console of this run */

static StrataConsoleRate *
rate_new (void)
{
  StrataConsoleRate *self = g_new0 (StrataConsoleRate, 1);

  self->ref_count = 1;
  self->next = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);

  return self;
}

/**
 * strata_console_rate_get:
 * @address: of a console
 *
 * Returns: (transfer full): what counts the requests of this program to it. Any thread
 */
StrataConsoleRate *
strata_console_rate_get (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&all_mutex);

  if (all == NULL)
    all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                 (GDestroyNotify) strata_console_rate_unref);

  StrataConsoleRate *self = g_hash_table_lookup (all, address);

  if (self == NULL)
    {
      self = rate_new ();
      g_hash_table_insert (all, g_strdup (address), self);
    }

  return strata_console_rate_ref (self);
}

/**
 * strata_console_rate_ref:
 * @self: a rate
 *
 * Returns: (transfer full): @self
 */
StrataConsoleRate *
strata_console_rate_ref (StrataConsoleRate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);

  return self;
}

/**
 * strata_console_rate_unref:
 * @self: (transfer full): a rate
 */
void
strata_console_rate_unref (StrataConsoleRate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  g_hash_table_unref (self->next);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_below (const char *path,
          const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* `/v1/packs/search` counts as `/v1/packs`. */
static char *
find_prefix (const char *path,
             guint      *rate)
{
  gsize i = 0;

  while (limits[i].prefix != NULL && !is_below (path, limits[i].prefix))
    i++;

  *rate = limits[i].rate;
  if (limits[i].prefix != NULL)
    return g_strdup (limits[i].prefix);

  const char *second = *path == '/' ? strchr (path + 1, '/') : NULL;
  const char *end = second != NULL ? strchr (second + 1, '/') : NULL;

  return end != NULL ? g_strndup (path, (gsize) (end - path)) : g_strdup (path);
}

/**
 * strata_console_rate_take:
 * @self: a rate
 * @path: what will be asked
 * @now: the monotonic time, in µs
 *
 * Takes the right to ask once. Any thread.
 *
 * Returns: after how many µs it may be used
 */
gint64
strata_console_rate_take (StrataConsoleRate *self,
                          const char        *path,
                          gint64             now)
{
  g_return_val_if_fail (self != NULL && path != NULL, 0);

  guint rate;
  g_autofree char *prefix = find_prefix (path, &rate);
  gint64 each = G_TIME_SPAN_SECOND / rate;
  gint64 burst = BURST_S * G_TIME_SPAN_SECOND - each;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 *next = g_hash_table_lookup (self->next, prefix);

  if (next == NULL)
    {
      next = g_new0 (gint64, 1);
      g_hash_table_insert (self->next, g_steal_pointer (&prefix), next);
    }

  gint64 start = MAX (*next, now);

  *next = start + each;

  return MAX (start - burst - now, 0);
}

/**
 * strata_console_rate_wait:
 * @self: a rate
 * @path: what will be asked
 * @cancellable: (nullable): a cancellable; it is heeded at once
 * @error: return location for a %G_IO_ERROR_CANCELLED
 *
 * Waits until @path may be asked. Blocks; any thread.
 *
 * Returns: whether it may, and not cancelled
 */
gboolean
strata_console_rate_wait (StrataConsoleRate  *self,
                          const char         *path,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  gint64 wait = strata_console_rate_take (self, path, g_get_monotonic_time ());
  GPollFD cancelled;

  if (wait > 0 && g_cancellable_make_pollfd (cancellable, &cancelled))
    {
      g_poll (&cancelled, 1, (int) MIN (wait / 1000 + 1, G_MAXINT));
      g_cancellable_release_fd (cancellable);
    }
  else if (wait > 0)
    g_usleep ((gulong) wait);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
