/* strata-dashboard-row.h - one line of the dashboard: a profile, with its older versions folded below it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-entry.h"
#include "strata-version.h"

G_BEGIN_DECLS

/* A value, but for what it works out when it is first asked; main thread only. */
#define STRATA_TYPE_DASHBOARD_ROW (strata_dashboard_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardRow, strata_dashboard_row, STRATA, DASHBOARD_ROW, GObject)

StrataDashboardRow *strata_dashboard_row_new           (GPtrArray           *entries);

StrataEntry        *strata_dashboard_row_get_entry     (StrataDashboardRow  *self);
GListModel         *strata_dashboard_row_get_older     (StrataDashboardRow  *self);
guint               strata_dashboard_row_get_n_older   (StrataDashboardRow  *self);
const char         *strata_dashboard_row_get_haystack  (StrataDashboardRow  *self);
const char         *strata_dashboard_row_get_name_key  (StrataDashboardRow  *self);
StrataVersion      *strata_dashboard_row_get_version   (StrataDashboardRow  *self);
gboolean            strata_dashboard_row_is_draft      (StrataDashboardRow  *self);
gboolean            strata_dashboard_row_needs_attention (StrataDashboardRow *self);
gboolean            strata_dashboard_row_matches       (StrataDashboardRow  *self,
                                                        GPtrArray           *entries);

const char         *strata_dashboard_row_get_state_icon  (StrataDashboardRow *self);
const char         *strata_dashboard_row_get_state_color (StrataDashboardRow *self);
const char         *strata_dashboard_row_get_state_words (StrataDashboardRow *self);
char               *strata_dashboard_row_make_state_note (StrataDashboardRow *self,
                                                          gint64              as_of);
char               *strata_dashboard_row_make_version_note (StrataDashboardRow *self);
char               *strata_dashboard_row_make_label    (StrataDashboardRow  *self,
                                                        gint64               as_of);

G_END_DECLS
