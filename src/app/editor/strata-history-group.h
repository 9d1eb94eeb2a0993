/* strata-history-group.h - the saved revisions of a profile, newest first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

/* Signals "compare" (digest, name) and "go-back" (digest). */
#define STRATA_TYPE_HISTORY_GROUP (strata_history_group_get_type ())

G_DECLARE_FINAL_TYPE (StrataHistoryGroup, strata_history_group, STRATA, HISTORY_GROUP, AdwBin)

void strata_history_group_set_editing (StrataHistoryGroup  *self,
                                       StrataEditing       *editing);

G_END_DECLS
