/* strata-oci-sync.h - what an OCI registry offers now, taken into the index
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-writer.h"
#include "strata-oci-client.h"

G_BEGIN_DECLS

/**
 * StrataOciSync:
 * @client: who asks
 * @registry_id: the registry
 * @url: where it is
 * @knows: whether what the index has of it is of @url, and not of a place where it was before
 * @prefix: the path that all its repositories are below, "" for none
 * @repositories: (array zero-terminated=1): repositories that a person named, relative to @prefix
 * @index: where what is offered is remembered
 * @believe: whether to take a list that is much shorter than the one before
 * @max_versions: how many versions are taken at most, as all are in memory until the last is known
 * @progress: (nullable): told how many repositories are done
 * @progress_data: for @progress
 *
 * What to do; nothing is owned.
 */
typedef struct
{
  StrataOciClient     *client;
  const char          *registry_id;
  const char          *url;
  gboolean             knows;
  const char          *prefix;
  const char *const   *repositories;
  StrataIndex         *index;
  gboolean             believe;
  guint                max_versions;
  StrataHttpProgress   progress;
  gpointer             progress_data;
} StrataOciSync;

gboolean strata_oci_sync_is_pack (const char           *repository);
gboolean strata_oci_sync_run     (const StrataOciSync  *sync,
                                  StrataIndexCounts    *counts,
                                  GCancellable         *cancellable,
                                  GError              **error);

G_END_DECLS
