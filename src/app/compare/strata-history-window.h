/* strata-history-window.h - an open profile at any time, and the way back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

/* Signal "restored" (text: of when): the profile is as it was then. */
#define STRATA_TYPE_HISTORY_WINDOW (strata_history_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataHistoryWindow, strata_history_window, STRATA, HISTORY_WINDOW, AdwWindow)

GtkWidget *strata_history_window_new (GtkWindow      *parent,
                                      StrataEditing  *editing);

G_END_DECLS
