/* strata-pack-summary.h - one version of a pack or chart as a list shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-pack.h"

G_BEGIN_DECLS

/* A value, safe to read from any thread. Each text is also a read-only property, for filters and row templates. */
#define STRATA_TYPE_PACK_SUMMARY (strata_pack_summary_get_type ())

G_DECLARE_FINAL_TYPE (StrataPackSummary, strata_pack_summary, STRATA, PACK_SUMMARY, GObject)

StrataPackSummary *strata_pack_summary_new              (StrataLayerKind     kind,
                                                         const char         *name,
                                                         const char         *display_name,
                                                         const char         *version,
                                                         const char         *description,
                                                         const char         *registry_id,
                                                         const char         *registry_name,
                                                         const char         *location);
StrataPackSummary *strata_pack_summary_new_for          (StrataPack         *pack,
                                                         const char         *registry_id,
                                                         const char         *registry_name,
                                                         const char         *location);

StrataLayerKind    strata_pack_summary_get_kind         (StrataPackSummary  *self);
const char        *strata_pack_summary_get_name         (StrataPackSummary  *self);
const char        *strata_pack_summary_get_display_name (StrataPackSummary  *self);
const char        *strata_pack_summary_get_version      (StrataPackSummary  *self);
const char        *strata_pack_summary_get_description  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_registry_id  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_registry_name (StrataPackSummary *self);
const char        *strata_pack_summary_get_location     (StrataPackSummary  *self);

int                strata_pack_summary_compare          (StrataPackSummary  *a,
                                                         StrataPackSummary  *b);

G_END_DECLS
