/* strata-standing-text.h - how an appliance stands, in the words that a person reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-standing.h"

G_BEGIN_DECLS

char       *strata_standing_say        (StrataStanding        *self,
                                        StrataAppliance       *appliance,
                                        gint64                 now);
char       *strata_standing_say_why    (StrataStanding        *self,
                                        StrataAppliance       *appliance,
                                        gint64                 now);

const char *strata_life_say            (StrataLife             life);
const char *strata_health_say          (StrataAppliance       *appliance,
                                        StrataStandingKind     kind,
                                        StrataLife             life);
const char *strata_condition_say       (StrataApplianceLayer  *layer,
                                        StrataStandingKind     kind);
char       *strata_span_say            (gint64                 span);

G_END_DECLS
