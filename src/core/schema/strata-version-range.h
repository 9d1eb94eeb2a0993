/* strata-version-range.h - which versions a chart or pack can live with: ">=1.25.0-0 <2", "~1.4 || ^2.1"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-version.h"

G_BEGIN_DECLS

#define STRATA_TYPE_VERSION_RANGE (strata_version_range_get_type ())

G_DECLARE_FINAL_TYPE (StrataVersionRange, strata_version_range, STRATA, VERSION_RANGE, GObject)

StrataVersionRange *strata_version_range_parse    (const char          *text,
                                                   GError             **error);
const char         *strata_version_range_get_text (StrataVersionRange  *self);
gboolean            strata_version_range_contains (StrataVersionRange  *self,
                                                   StrataVersion       *version,
                                                   gboolean             with_pre_releases);
gboolean            strata_version_range_allows   (StrataVersionRange  *self,
                                                   const char          *version,
                                                   gboolean             with_pre_releases);

G_END_DECLS
