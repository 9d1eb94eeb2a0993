/* strata-values-window.h - the values of two versions of a pack or chart, side by side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-registry.h"
#include "strata-version-choice.h"

G_BEGIN_DECLS

#define STRATA_TYPE_VALUES_WINDOW (strata_values_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataValuesWindow, strata_values_window, STRATA, VALUES_WINDOW, AdwWindow)

GtkWidget *strata_values_window_new (GtkWindow            *parent,
                                     StrataRegistry       *registry,
                                     StrataVersionChoice  *versions,
                                     guint                 position,
                                     StrataPack           *pack);

G_END_DECLS
