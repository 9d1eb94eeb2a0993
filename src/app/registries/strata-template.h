/* strata-template.h - letting go of what a template made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_template_clear (GtkWidget *widget,
                            GType      type);

G_END_DECLS
