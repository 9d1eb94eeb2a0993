/* strata-activity-columns.h - what stands in each column of the activity
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_activity_columns_add (GtkColumnView *view);

G_END_DECLS
