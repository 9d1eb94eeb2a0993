/* strata-keep-offline.h - a chart and all that it needs, kept to be there without a network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

gboolean strata_keep_offline (GPtrArray           *registries,
                              StrataRegistry      *registry,
                              StrataShelf         *shelf,
                              StrataPackSummary   *summary,
                              GPtrArray           *missing,
                              StrataHttpProgress   progress,
                              gpointer             progress_data,
                              GCancellable        *cancellable,
                              GError             **error);

G_END_DECLS
