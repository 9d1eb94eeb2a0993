/* strata-say.h - a short message over the page a widget is on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void strata_say       (GtkWidget   *widget,
                       const char  *text);
void strata_say_offer (GtkWidget   *widget,
                       const char  *text,
                       const char  *button,
                       const char  *action,
                       GVariant    *target);

G_END_DECLS
