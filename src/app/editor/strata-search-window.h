/* strata-search-window.h - searching and replacing in all layers of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SEARCH_WINDOW (strata_search_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataSearchWindow, strata_search_window, STRATA, SEARCH_WINDOW, AdwWindow)

GtkWidget *strata_search_window_new (GtkWidget      *view,
                                     StrataEditing  *editing);

G_END_DECLS
