/* strata-tags-row.h - tags, typed as words and shown as pills
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-tag.h"

G_BEGIN_DECLS

/* Signal "changed". */
#define STRATA_TYPE_TAGS_ROW (strata_tags_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataTagsRow, strata_tags_row, STRATA, TAGS_ROW, GtkWidget)

void       strata_tags_row_set_tags (StrataTagsRow  *self,
                                     GPtrArray      *tags);
GPtrArray *strata_tags_row_get_tags (StrataTagsRow  *self);
gboolean   strata_tags_row_finish   (StrataTagsRow  *self,
                                     GError        **error);

G_END_DECLS
