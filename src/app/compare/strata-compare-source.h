/* strata-compare-source.h - where one side of a comparison comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

G_BEGIN_DECLS

/* Never changes. */
#define STRATA_TYPE_COMPARE_SOURCE (strata_compare_source_get_type ())

G_DECLARE_FINAL_TYPE (StrataCompareSource, strata_compare_source, STRATA, COMPARE_SOURCE, GObject)

StrataCompareSource *strata_compare_source_new_profile  (StrataProfile        *profile,
                                                         const char           *label);
StrataCompareSource *strata_compare_source_new_stored   (const char           *id,
                                                         const char           *label);
StrataCompareSource *strata_compare_source_new_revision (const char           *id,
                                                         const char           *digest,
                                                         const char           *label);
StrataCompareSource *strata_compare_source_new_file     (GFile                *file);

const char          *strata_compare_source_get_label    (StrataCompareSource  *self);
StrataProfile       *strata_compare_source_load         (StrataCompareSource  *self,
                                                         StrataStore          *store,
                                                         GCancellable         *cancellable,
                                                         GError              **error);

G_END_DECLS
