/* strata-index-source.h - how the last look at a registry went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataIndexSource:
 * @url: (nullable): where it was read from; what is known of another place says nothing of this one
 * @etag: (nullable): what the server named the bytes by
 * @last_modified: (nullable): what the server said of their age
 * @digest: (nullable): the SHA-256 of the bytes, in hexadecimal
 * @synced_at: when the registry was last known to be as it is here, in seconds since 1970; 0 for never
 * @n_names: how many packs and charts it has
 * @n_versions: how many versions of them it has, without those that are gone
 * @error: (nullable): why the last look failed; %NULL when it did not
 * @error_code: a #StrataError, when there is an @error
 * @failing_since: when it began to fail, in seconds since 1970
 * @warnings: (array zero-terminated=1): what of it was not readable
 */
typedef struct
{
  char   *url;
  char   *etag;
  char   *last_modified;
  char   *digest;
  gint64  synced_at;
  guint   n_names;
  guint   n_versions;
  char   *error;
  int     error_code;
  gint64  failing_since;
  char  **warnings;
} StrataIndexSource;

void strata_index_source_free (StrataIndexSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataIndexSource, strata_index_source_free)

G_END_DECLS
