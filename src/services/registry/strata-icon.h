/* strata-icon.h - the picture of a pack or chart, from the cache or from where its registry says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

#define STRATA_ICON_MAX_SIZE (256 * 1024)

GBytes     *strata_icon_load       (StrataShelf     *shelf,
                                    StrataRegistry  *registry,
                                    const char      *url,
                                    GCancellable    *cancellable,
                                    GError         **error);
const char *strata_icon_get_format (GBytes          *picture);

G_END_DECLS
