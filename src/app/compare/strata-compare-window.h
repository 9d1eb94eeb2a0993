/* strata-compare-window.h - what is different between two profiles, and one change taken over from the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COMPARE_WINDOW (strata_compare_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataCompareWindow, strata_compare_window, STRATA, COMPARE_WINDOW, AdwWindow)

GtkWidget *strata_compare_window_new         (GtkWindow        *parent,
                                              StrataWorkspace  *workspace,
                                              StrataEntry      *entry);
GtkWidget *strata_compare_window_new_editing (GtkWindow        *parent,
                                              StrataWorkspace  *workspace,
                                              StrataEditing    *editing);

G_END_DECLS
