/* strata-places.h - the side of the window: which workspace, which of its places
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-account-list.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Choosing a place activates "win.show-place". */
#define STRATA_TYPE_PLACES (strata_places_get_type ())

G_DECLARE_FINAL_TYPE (StrataPlaces, strata_places, STRATA, PLACES, GtkBox)

void strata_places_set_accounts  (StrataPlaces       *self,
                                  StrataAccountList  *accounts);
void strata_places_set_workspace (StrataPlaces       *self,
                                  StrataWorkspace    *workspace);
void strata_places_set_place     (StrataPlaces       *self,
                                  const char         *place);

G_END_DECLS
