/* strata-entry-cache.h - what was read of each key file, kept until the file is another one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sys/stat.h>

#include "strata-entry.h"

G_BEGIN_DECLS

/* One key file and what it was when it was read. */
typedef struct
{
  gint64       mtime;  /* in nanoseconds; 0 when the file may change again without a trace of it */
  guint64      inode;
  guint64      size;
  StrataEntry *entry;  /* (owned) (not nullable) */
} StrataCached;

StrataCached *strata_cached_new         (const struct stat  *info,
                                         StrataEntry        *entry);
void          strata_cached_free        (StrataCached       *self);
gboolean      strata_cached_is_current  (StrataCached       *self,
                                         const struct stat  *info);

GHashTable   *strata_entry_cache_new    (void);
GHashTable   *strata_entry_cache_load   (const char         *folder,
                                         gboolean            in_trash);
void          strata_entry_cache_save   (GHashTable         *cache,
                                         const char         *folder);

G_END_DECLS
