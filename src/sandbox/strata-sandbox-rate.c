/* strata-sandbox-rate.c - how many requests a second the sandbox console takes, as the real one does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-rate"

#include "strata-sandbox-rate.h"

/* The limits that the console's documentation gives for each source and prefix; a burst is five seconds' worth. All
 * that asks here comes from this machine, so that there is one source.
 */
#define BURST_S 5

static const struct
{
  const char *prefix;
  guint       per_second;
} limits[] = {
  { "/v1/clusterprofiles", 50 }, { "/v1/cloudconfigs", 50 }, { "/v1/spectroclusters", 50 },
  { "/v1/events/components", 50 }, { "/v1/packs", 10 }, { "/v1/registries", 10 }, { "/v1/dashboard", 10 },
  { "/v1/edgehosts", 10 }, { "/v1/auth", 10 }, { "/v1/projects", 10 }, { "/v1/users", 10 },
  { "/v1/notifications", 10 }, { "/v1/", 10 },
};

typedef struct
{
  double left;
  gint64 filled;  /* microseconds */
} Bucket;

struct _StrataSandboxRate
{
  Bucket buckets[G_N_ELEMENTS (limits)];
};

StrataSandboxRate *
strata_sandbox_rate_new (void)
{
  StrataSandboxRate *self = g_new0 (StrataSandboxRate, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    self->buckets[i].left = limits[i].per_second * BURST_S;

  return self;
}

void
strata_sandbox_rate_free (StrataSandboxRate *self)
{
  g_free (self);
}

/* Counts a request for @path at @now, in microseconds of a clock that does not jump. Returns: whether it is within
 * the limit; what is not of the API has none
 */
gboolean
strata_sandbox_rate_take (StrataSandboxRate *self,
                          const char        *path,
                          gint64             now)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (limits) && !g_str_has_prefix (path, limits[i].prefix))
    i++;
  if (i == G_N_ELEMENTS (limits))
    return TRUE;

  Bucket *bucket = &self->buckets[i];
  double since = (double) (now - bucket->filled) / G_TIME_SPAN_SECOND;

  bucket->left = MIN (bucket->left + since * limits[i].per_second, limits[i].per_second * BURST_S);
  bucket->filled = now;
  if (bucket->left < 1)
    return FALSE;

  bucket->left -= 1;

  return TRUE;
}
