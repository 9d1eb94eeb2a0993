/* strata-space-pages.h - the pages of every workspace that was shown, one set of them in front
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-pages.h"

G_BEGIN_DECLS

/* Property "narrow" is passed on to all pages. */
#define STRATA_TYPE_SPACE_PAGES (strata_space_pages_get_type ())

G_DECLARE_FINAL_TYPE (StrataSpacePages, strata_space_pages, STRATA, SPACE_PAGES, AdwBin)

StrataPages *strata_space_pages_find   (StrataSpacePages  *self,
                                        const char        *id);
StrataPages *strata_space_pages_add    (StrataSpacePages  *self,
                                        StrataWorkspace   *workspace);
void         strata_space_pages_show   (StrataSpacePages  *self,
                                        StrataPages       *pages);
void         strata_space_pages_remove (StrataSpacePages  *self,
                                        const char        *id);
gboolean     strata_space_pages_flush  (StrataSpacePages  *self,
                                        GError           **error);

G_END_DECLS
