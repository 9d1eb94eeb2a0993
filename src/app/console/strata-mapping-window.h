/* strata-mapping-window.h - where the layers of an imported profile come from at this console, and what was masked in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-console-import.h"

G_BEGIN_DECLS

/* Signal "done" (StrataProfile): the profile with what was chosen and entered. The window is gone then. */
#define STRATA_TYPE_MAPPING_WINDOW (strata_mapping_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataMappingWindow, strata_mapping_window, STRATA, MAPPING_WINDOW, AdwWindow)

gboolean   strata_mapping_window_is_needed (StrataConsoleImport  *import);
GtkWidget *strata_mapping_window_new       (GtkWindow            *parent,
                                            StrataConsoleImport  *import);

G_END_DECLS
