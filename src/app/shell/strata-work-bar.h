/* strata-work-bar.h - what takes longer than a moment, at the foot of the window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-work.h"

G_BEGIN_DECLS

#define STRATA_TYPE_WORK_BAR (strata_work_bar_get_type ())

G_DECLARE_FINAL_TYPE (StrataWorkBar, strata_work_bar, STRATA, WORK_BAR, GtkWidget)

void strata_work_bar_add    (StrataWorkBar  *self,
                             StrataWork     *work);
void strata_work_bar_remove (StrataWorkBar  *self,
                             StrataWork     *work);

G_END_DECLS
