/* strata-appliance-report.h - all that is known of an appliance, as a sentence and as a text to pass on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-row.h"

G_BEGIN_DECLS

char *strata_appliance_report_sentence (StrataApplianceRow     *row,
                                        gint64                  now);
char *strata_appliance_report_text     (StrataApplianceRow     *row,
                                        StrataApplianceTarget  *target,
                                        gint64                  now);

G_END_DECLS
