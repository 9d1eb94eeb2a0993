/* strata-appliance-columns.h - what stands in each column of the board, and how it sorts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-appliance-row.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_APPLIANCE_COLUMN_NAME,
  STRATA_APPLIANCE_COLUMN_STATE,
  STRATA_APPLIANCE_COLUMN_HEALTH,
  STRATA_APPLIANCE_COLUMN_PROFILE,
  STRATA_APPLIANCE_COLUMN_VERSION,
  STRATA_APPLIANCE_COLUMN_CURRENT,
  STRATA_APPLIANCE_COLUMN_HEARD,
} StrataApplianceColumn;

#define STRATA_APPLIANCE_N_COLUMNS (STRATA_APPLIANCE_COLUMN_HEARD + 1)

/**
 * StrataApplianceView:
 * @is_past: what is shown is an answer of before: no colour says that anything is well now
 * @narrow: what has no column of its own stands in the second line of the name
 * @plan: (nullable): what a profile would have if it were published now
 *
 * How the columns show what they show; read at each drawing.
 */
typedef struct
{
  gboolean               is_past;
  gboolean               narrow;
  StrataApplianceTarget *plan;
} StrataApplianceView;

GtkListItemFactory *strata_appliance_column_new_factory (StrataApplianceColumn      column,
                                                         const StrataApplianceView *view);
GtkSorter          *strata_appliance_column_new_sorter  (StrataApplianceColumn      column);

G_END_DECLS
