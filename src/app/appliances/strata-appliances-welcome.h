/* strata-appliances-welcome.h - what the board says where there is no console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_APPLIANCES_WELCOME (strata_appliances_welcome_get_type ())

G_DECLARE_FINAL_TYPE (StrataAppliancesWelcome, strata_appliances_welcome, STRATA, APPLIANCES_WELCOME, AdwBin)

G_END_DECLS
