/* strata-pack-summary.h - one version of a pack or chart as a list shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-entry.h"
#include "strata-pack.h"

G_BEGIN_DECLS

/* A value, safe to read from any thread. Each getter is also a read-only property, for filters and row templates. */
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
StrataPackSummary *strata_pack_summary_new_for_entry    (const StrataIndexEntry *entry,
                                                         const char         *registry_id,
                                                         const char         *registry_name,
                                                         guint               n_versions,
                                                         gboolean            kept);

StrataLayerKind    strata_pack_summary_get_kind         (StrataPackSummary  *self);
const char        *strata_pack_summary_get_name         (StrataPackSummary  *self);
const char        *strata_pack_summary_get_display_name (StrataPackSummary  *self);
const char        *strata_pack_summary_get_version      (StrataPackSummary  *self);
const char        *strata_pack_summary_get_description  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_registry_id  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_registry_name (StrataPackSummary *self);
const char        *strata_pack_summary_get_location     (StrataPackSummary  *self);
const char        *strata_pack_summary_get_app_version  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_type_name    (StrataPackSummary  *self);
gboolean           strata_pack_summary_get_deprecated   (StrataPackSummary  *self);
gboolean           strata_pack_summary_get_prerelease   (StrataPackSummary  *self);
gint64             strata_pack_summary_get_gone_since   (StrataPackSummary  *self);
StrataIndexAnswer  strata_pack_summary_get_signed       (StrataPackSummary  *self);
gboolean           strata_pack_summary_get_kept         (StrataPackSummary  *self);
guint              strata_pack_summary_get_n_versions   (StrataPackSummary  *self);

gboolean           strata_pack_summary_equal            (StrataPackSummary  *a,
                                                         StrataPackSummary  *b);
gboolean           strata_pack_summary_is_same_name     (StrataPackSummary  *a,
                                                         StrataPackSummary  *b);
int                strata_pack_summary_compare          (StrataPackSummary  *a,
                                                         StrataPackSummary  *b);

G_END_DECLS
