/* strata-appliance-list.h - the rows as the board shows them: sorted, filtered, in groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-appliance-model.h"
#include "strata-slot-list.h"

G_BEGIN_DECLS

#define STRATA_APPLIANCE_ANY_KIND (-1)

/* A list of places with a StrataApplianceRow in each. Signals "will-change" and "did-change" stand around each change. */
#define STRATA_TYPE_APPLIANCE_LIST (strata_appliance_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceList, strata_appliance_list, STRATA, APPLIANCE_LIST,
                      StrataSlotList)

StrataApplianceList *strata_appliance_list_new         (StrataApplianceModel  *model);
void                 strata_appliance_list_set_sorter  (StrataApplianceList   *self,
                                                        GtkSorter             *sorter);
void                 strata_appliance_list_set_text    (StrataApplianceList   *self,
                                                        const char            *text);
void                 strata_appliance_list_set_kind    (StrataApplianceList   *self,
                                                        int                    kind);
void                 strata_appliance_list_set_profile (StrataApplianceList   *self,
                                                        const char            *profile_uid);
void                 strata_appliance_list_set_grouped (StrataApplianceList   *self,
                                                        gboolean               grouped);
const char          *strata_appliance_list_get_profile (StrataApplianceList   *self);
guint                strata_appliance_list_get_n_shown (StrataApplianceList   *self);

StrataApplianceRow  *strata_appliance_list_get_row     (StrataApplianceList   *self,
                                                        guint                  position);
guint                strata_appliance_list_find        (StrataApplianceList   *self,
                                                        const char            *uid);

G_END_DECLS
