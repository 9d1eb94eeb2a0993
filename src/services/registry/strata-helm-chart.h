/* strata-helm-chart.h - the bytes of a chart that an index.yaml names: where they may come from, and whether they are right
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-http.h"
#include "strata-pack-summary.h"
#include "strata-shelf.h"

G_BEGIN_DECLS

char              *strata_helm_chart_make_url  (const StrataIndexEntry  *entry,
                                                const char              *location);
StrataBlob        *strata_helm_chart_read      (StrataShelf             *shelf,
                                                StrataPackSummary       *summary,
                                                const StrataIndexEntry  *entry);
StrataBlob        *strata_helm_chart_download  (StrataShelf             *shelf,
                                                StrataHttp              *http,
                                                const StrataIndexEntry  *entry,
                                                char                   **url,
                                                StrataHttpProgress       progress,
                                                gpointer                 progress_data,
                                                GCancellable            *cancellable,
                                                GError                 **error);
StrataIndexAnswer  strata_helm_chart_is_signed (StrataHttp              *http,
                                                const StrataIndexEntry  *entry,
                                                GCancellable            *cancellable);
char              *strata_helm_chart_describe_change (const StrataIndexEntry *entry);
gboolean           strata_helm_chart_is_index  (const char              *text);

G_END_DECLS
