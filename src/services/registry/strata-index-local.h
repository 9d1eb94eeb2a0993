/* strata-index-local.h - what is on this computer, written to the index as what is on the network is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-writer.h"
#include "strata-registry.h"

G_BEGIN_DECLS

gboolean strata_index_read_registry (StrataIndex        *index,
                                     StrataRegistry     *registry,
                                     StrataIndexCounts  *counts,
                                     GCancellable       *cancellable,
                                     GError            **error);

G_END_DECLS
