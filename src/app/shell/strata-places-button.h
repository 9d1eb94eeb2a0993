/* strata-places-button.h - the button in a page's header bar that brings the places back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows itself while the window's places are folded or hidden. */
#define STRATA_TYPE_PLACES_BUTTON (strata_places_button_get_type ())

G_DECLARE_FINAL_TYPE (StrataPlacesButton, strata_places_button, STRATA, PLACES_BUTTON, AdwBin)

G_END_DECLS
