/* strata-keep-button.h - keeps a chart on this computer, for where there is no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-registry.h"

G_BEGIN_DECLS

/* Seen only for what is not on this computer anyway. Signal "failed" (why, as a sentence). */
#define STRATA_TYPE_KEEP_BUTTON (strata_keep_button_get_type ())

G_DECLARE_FINAL_TYPE (StrataKeepButton, strata_keep_button, STRATA, KEEP_BUTTON, AdwBin)

void strata_keep_button_show (StrataKeepButton   *self,
                              GListModel         *registries,
                              StrataRegistry     *registry,
                              StrataShelf        *shelf,
                              StrataPackSummary  *summary);

G_END_DECLS
