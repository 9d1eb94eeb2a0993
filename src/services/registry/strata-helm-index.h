/* strata-helm-index.h - reads the index.yaml of a Helm repository, as it comes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-writer.h"

G_BEGIN_DECLS

/**
 * StrataHelmIndexProgress:
 *
 * Says how many bytes and versions were read so far; from the thread that reads.
 */
typedef void (* StrataHelmIndexProgress) (guint64   n_bytes,
                                          guint     n_versions,
                                          gpointer  data);

gboolean strata_helm_index_import      (GInputStream             *stream,
                                        StrataIndexWriter        *writer,
                                        StrataHelmIndexProgress   progress,
                                        gpointer                  progress_data,
                                        GCancellable             *cancellable,
                                        GError                  **error);
gboolean strata_helm_index_import_file (const char               *path,
                                        StrataIndexWriter        *writer,
                                        StrataHelmIndexProgress   progress,
                                        gpointer                  progress_data,
                                        GCancellable             *cancellable,
                                        GError                  **error);

G_END_DECLS
