/* strata-registry.h - a place where packs and charts come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-pack.h"

G_BEGIN_DECLS

/* One version of a pack or chart as a list shows it. (all texts owned, not nullable) */
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
StrataLayerKind    strata_pack_summary_get_kind         (StrataPackSummary  *self);
const char        *strata_pack_summary_get_name         (StrataPackSummary  *self);
const char        *strata_pack_summary_get_display_name (StrataPackSummary  *self);
const char        *strata_pack_summary_get_version      (StrataPackSummary  *self);
const char        *strata_pack_summary_get_description  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_registry_id  (StrataPackSummary  *self);
const char        *strata_pack_summary_get_registry_name (StrataPackSummary *self);
const char        *strata_pack_summary_get_location     (StrataPackSummary  *self);

#define STRATA_TYPE_REGISTRY (strata_registry_get_type ())

G_DECLARE_INTERFACE (StrataRegistry, strata_registry, STRATA, REGISTRY, GObject)

struct _StrataRegistryInterface
{
  GTypeInterface parent_iface;

  const char *(* get_id)       (StrataRegistry     *self);
  const char *(* get_name)     (StrataRegistry     *self);
  const char *(* get_kind)     (StrataRegistry     *self);
  const char *(* get_location) (StrataRegistry     *self);
  GPtrArray  *(* list)         (StrataRegistry     *self,
                                GCancellable       *cancellable,
                                GError            **error);
  StrataPack *(* fetch)        (StrataRegistry     *self,
                                StrataPackSummary  *summary,
                                GCancellable       *cancellable,
                                GError            **error);
};

const char *strata_registry_get_id       (StrataRegistry     *self);
const char *strata_registry_get_name     (StrataRegistry     *self);
const char *strata_registry_get_kind     (StrataRegistry     *self);
const char *strata_registry_get_location (StrataRegistry     *self);
GPtrArray  *strata_registry_list         (StrataRegistry     *self,
                                          GCancellable       *cancellable,
                                          GError            **error);
StrataPack *strata_registry_fetch        (StrataRegistry     *self,
                                          StrataPackSummary  *summary,
                                          GCancellable       *cancellable,
                                          GError            **error);

G_END_DECLS
