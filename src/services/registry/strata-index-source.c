/* strata-index-source.c - how the last look at a registry went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-source.h"

/**
 * strata_index_source_free:
 * @source: (nullable): what [method@Index.get_source] returned
 *
 * Frees it.
 */
void
strata_index_source_free (StrataIndexSource *source)
{
  if (source == NULL)
    return;

  g_free (source->url);
  g_free (source->etag);
  g_free (source->last_modified);
  g_free (source->digest);
  g_free (source->error);
  g_strfreev (source->warnings);
  g_free (source);
}
