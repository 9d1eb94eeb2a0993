/* strata-search-hit.h - a line in which something was found, as a list shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-text-search.h"

G_BEGIN_DECLS

/* Properties "place", "before", "after" and "replaces" (whether there is an after). */
#define STRATA_TYPE_SEARCH_HIT (strata_search_hit_get_type ())

G_DECLARE_FINAL_TYPE (StrataSearchHit, strata_search_hit, STRATA, SEARCH_HIT, GObject)

StrataSearchHit *strata_search_hit_new (const StrataTextHit  *hit,
                                        StrataProfile        *profile);

guint            strata_search_hit_get_position (StrataSearchHit  *self);
const char      *strata_search_hit_get_document (StrataSearchHit  *self);
guint            strata_search_hit_get_line     (StrataSearchHit  *self);
guint            strata_search_hit_get_column   (StrataSearchHit  *self);

G_END_DECLS
