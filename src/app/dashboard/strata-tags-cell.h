/* strata-tags-cell.h - the first two tags of a profile as pills, and how many more there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_TAGS_CELL (strata_tags_cell_get_type ())

G_DECLARE_FINAL_TYPE (StrataTagsCell, strata_tags_cell, STRATA, TAGS_CELL, GtkWidget)

GtkWidget *strata_tags_cell_new      (void);
void       strata_tags_cell_set_tags (StrataTagsCell    *self,
                                      const char *const *tags);

G_END_DECLS
