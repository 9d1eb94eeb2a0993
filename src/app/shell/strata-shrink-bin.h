/* strata-shrink-bin.h - lets a window become narrower than what is in it, so that this can be arranged anew
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_SHRINK_BIN (strata_shrink_bin_get_type ())

G_DECLARE_FINAL_TYPE (StrataShrinkBin, strata_shrink_bin, STRATA, SHRINK_BIN, GtkWidget)

void strata_shrink_bin_set_child (StrataShrinkBin *self,
                                  GtkWidget       *child);

G_END_DECLS
