/* strata-appliance-row.h - one line of the board: an appliance and how it stands, or the head of a group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-fleet.h"

G_BEGIN_DECLS

/* A value, but for what it works out when it is first asked; main thread only. */
#define STRATA_TYPE_APPLIANCE_ROW (strata_appliance_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceRow, strata_appliance_row, STRATA, APPLIANCE_ROW, GObject)

StrataApplianceRow *strata_appliance_row_new           (StrataAppliance        *appliance,
                                                        StrataStanding         *standing);
StrataApplianceRow *strata_appliance_row_new_head      (const char             *title,
                                                        const char             *note);

StrataAppliance    *strata_appliance_row_get_appliance (StrataApplianceRow     *self);
StrataStanding     *strata_appliance_row_get_standing  (StrataApplianceRow     *self);
const char         *strata_appliance_row_get_uid       (StrataApplianceRow     *self);
const char         *strata_appliance_row_get_title     (StrataApplianceRow     *self);
const char         *strata_appliance_row_get_note      (StrataApplianceRow     *self);
const char         *strata_appliance_row_get_name_key  (StrataApplianceRow     *self);
const char         *strata_appliance_row_get_haystack  (StrataApplianceRow     *self);
gboolean            strata_appliance_row_shows         (StrataApplianceRow     *self,
                                                        StrataAppliance        *appliance,
                                                        StrataStanding         *standing);
int                 strata_appliance_row_compare_worst (StrataApplianceRow     *self,
                                                        StrataApplianceRow     *other);

gboolean            strata_appliance_row_is_unwell     (StrataApplianceRow     *self);
const char         *strata_appliance_row_get_state_icon (StrataApplianceRow    *self);
const char         *strata_appliance_row_get_state_color (StrataApplianceRow   *self);
const char         *strata_appliance_row_say_health    (StrataApplianceRow     *self);
const char         *strata_standing_kind_get_icon      (StrataStandingKind      kind);
const char         *strata_standing_kind_get_color     (StrataStandingKind      kind);
char               *strata_appliance_row_make_label    (StrataApplianceRow     *self,
                                                        gint64                  now);

G_END_DECLS
