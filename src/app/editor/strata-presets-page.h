/* strata-presets-page.h - the presets that a pack brings, as choices that change the text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"
#include "strata-pack.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PRESETS_PAGE (strata_presets_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataPresetsPage, strata_presets_page, STRATA, PRESETS_PAGE, GtkWidget)

void strata_presets_page_set_editing (StrataPresetsPage  *self,
                                      StrataEditing      *editing);
void strata_presets_page_set_pack    (StrataPresetsPage  *self,
                                      StrataPack         *pack);

G_END_DECLS
