/* strata-sync-sheet.h - what will be pulled, merged and sent, before it happens
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-window.h"

G_BEGIN_DECLS

/* A window beside @parent, whose actions are used for what a person has to decide: with the workspace of the sheet in
 * front, whichever is shown meanwhile.
 */
#define STRATA_TYPE_SYNC_SHEET (strata_sync_sheet_get_type ())

G_DECLARE_FINAL_TYPE (StrataSyncSheet, strata_sync_sheet, STRATA, SYNC_SHEET, AdwWindow)

GtkWidget *strata_sync_sheet_new (StrataWindow     *parent,
                                  StrataWorkspace  *workspace);

G_END_DECLS
