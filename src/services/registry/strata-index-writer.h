/* strata-index-writer.h - what a registry offers now, put in place of what it offered before
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index.h"

G_BEGIN_DECLS

/* One thread. Holds the index against other writers, not against readers: collect first what comes slowly. */
typedef struct _StrataIndexWriter StrataIndexWriter;

/**
 * StrataIndexCounts:
 * @n_new: versions that were not there before
 * @n_changed: versions of which something else is said now
 * @n_gone: versions that were there before
 * @n_names: packs and charts that are there now
 * @n_versions: versions that are there now
 * @n_skipped: versions that were not taken, each with a warning
 */
typedef struct
{
  guint n_new;
  guint n_changed;
  guint n_gone;
  guint n_names;
  guint n_versions;
  guint n_skipped;
} StrataIndexCounts;

StrataIndexWriter *strata_index_begin              (StrataIndex              *index,
                                                    const char               *registry_id,
                                                    GCancellable             *cancellable,
                                                    GError                  **error);
gboolean           strata_index_writer_add         (StrataIndexWriter        *self,
                                                    const StrataIndexEntry   *entry,
                                                    GError                  **error);
void               strata_index_writer_skip        (StrataIndexWriter        *self,
                                                    const char               *warning);
void               strata_index_writer_warn        (StrataIndexWriter        *self,
                                                    const char               *warning);
void               strata_index_writer_set_source  (StrataIndexWriter        *self,
                                                    const char               *url,
                                                    const char               *etag,
                                                    const char               *last_modified,
                                                    const char               *digest);
void               strata_index_writer_forget_gone (StrataIndexWriter        *self);
gboolean           strata_index_writer_commit      (StrataIndexWriter        *self,
                                                    gboolean                  believe,
                                                    StrataIndexCounts        *counts,
                                                    GError                  **error);
void               strata_index_writer_free        (StrataIndexWriter        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataIndexWriter, strata_index_writer_free)

G_END_DECLS
