/* strata-command-palette.h - every command and every profile, a few letters away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COMMAND_PALETTE (strata_command_palette_get_type ())

G_DECLARE_FINAL_TYPE (StrataCommandPalette, strata_command_palette, STRATA, COMMAND_PALETTE, AdwWindow)

GtkWidget *strata_command_palette_new          (StrataWindow  *window);
GtkWidget *strata_command_palette_new_for_list (GtkWidget     *widget,
                                                const char    *title,
                                                const char    *placeholder,
                                                GPtrArray     *commands);

G_END_DECLS
