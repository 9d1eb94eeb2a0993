/* strata-sync-row.h - a line of the sync sheet
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-sync-item.h"

G_BEGIN_DECLS

/* The button activates "sheet.one" with the id of the profile. */
#define STRATA_TYPE_SYNC_ROW (strata_sync_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataSyncRow, strata_sync_row, STRATA, SYNC_ROW, GtkWidget)

GtkWidget *strata_sync_row_new      (void);
void       strata_sync_row_set_item (StrataSyncRow   *self,
                                     StrataSyncItem  *item);

G_END_DECLS
