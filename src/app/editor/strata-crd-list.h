/* strata-crd-list.h - the definitions of kinds that a person keeps, for all that check and complete
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One for the application. Signals "changed" when they are others, "failed" with a sentence. Main thread only. */
#define STRATA_TYPE_CRD_LIST (strata_crd_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataCrdList, strata_crd_list, STRATA, CRD_LIST, GObject)

StrataCrdList *strata_crd_list_get_default (void);
GPtrArray     *strata_crd_list_get_files   (StrataCrdList  *self);
GPtrArray     *strata_crd_list_get_texts   (StrataCrdList  *self);
void           strata_crd_list_add         (StrataCrdList  *self,
                                            GFile          *file);
void           strata_crd_list_remove      (StrataCrdList  *self,
                                            const char     *name);

G_END_DECLS
