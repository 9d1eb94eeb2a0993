/* strata-pages.h - the pages of the window, each made when it is first shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editor-page.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Pages are named "profiles", "registries", "appliances", "activity", "trash", "editor" and "assistant". Property "narrow" is passed on
 * to them. */
#define STRATA_TYPE_PAGES (strata_pages_get_type ())

G_DECLARE_FINAL_TYPE (StrataPages, strata_pages, STRATA, PAGES, AdwBin)

void              strata_pages_set_workspace (StrataPages     *self,
                                              StrataWorkspace *workspace);
void              strata_pages_set_tabs      (StrataPages     *self,
                                              GVariant        *tabs);
GVariant         *strata_pages_get_tabs      (StrataPages     *self);

GtkWidget        *strata_pages_show          (StrataPages     *self,
                                              const char      *name);
const char       *strata_pages_get_name      (StrataPages     *self);
GtkWidget        *strata_pages_get_page      (StrataPages     *self);
StrataEditorPage *strata_pages_peek_editor   (StrataPages     *self);
gboolean          strata_pages_can_restore   (const char      *name,
                                              GVariant        *tabs);

G_END_DECLS
