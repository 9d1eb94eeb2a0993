/* strata-use-list.h - places of a profile's texts, to go to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-variable-use.h"

G_BEGIN_DECLS

char      *strata_use_list_describe    (const StrataVariableUse  *use,
                                        StrataProfile            *profile);
void       strata_use_list_go_to       (GtkWidget                *widget,
                                        const StrataVariableUse  *use);
GtkWidget *strata_use_list_popover_new (GPtrArray                *uses,
                                        StrataProfile            *profile);

G_END_DECLS
