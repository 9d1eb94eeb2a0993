/* strata-change-entry.h - the widget of one entry in the list of changes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-change-item.h"

G_BEGIN_DECLS

/* Signal "take" (StrataChangeItem). */
#define STRATA_TYPE_CHANGE_ENTRY (strata_change_entry_get_type ())

G_DECLARE_FINAL_TYPE (StrataChangeEntry, strata_change_entry, STRATA, CHANGE_ENTRY, AdwBin)

GtkWidget *strata_change_entry_new  (void);
void       strata_change_entry_show (StrataChangeEntry  *self,
                                     StrataChangeItem   *item,
                                     gboolean            can_take);

G_END_DECLS
