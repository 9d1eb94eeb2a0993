/* strata-preferences-window.h - how it looks, how text is edited, and what lies on this disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PREFERENCES_WINDOW (strata_preferences_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataPreferencesWindow, strata_preferences_window, STRATA,
                      PREFERENCES_WINDOW, AdwPreferencesWindow)

StrataPreferencesWindow *strata_preferences_window_new (GtkWindow       *parent,
                                                        StrataWorkspace *workspace);

G_END_DECLS
