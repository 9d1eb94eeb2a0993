/* strata-registry.h - a place where packs and charts come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-index-writer.h"
#include "strata-pack-summary.h"
#include "strata-remote.h"
#include "strata-shelf.h"

G_BEGIN_DECLS

/* The answers of strata_registry_get_kind(), which are also what registries.ini calls them. */
#define STRATA_REGISTRY_PACK_FOLDER "pack-folder"
#define STRATA_REGISTRY_CHART_FILES "chart-files"
#define STRATA_REGISTRY_HELM "helm"
#define STRATA_REGISTRY_OCI "oci"

#define STRATA_TYPE_REGISTRY (strata_registry_get_type ())

G_DECLARE_INTERFACE (StrataRegistry, strata_registry, STRATA, REGISTRY, GObject)

struct _StrataRegistryInterface
{
  GTypeInterface parent_iface;

  const char *(* get_id)       (StrataRegistry     *self);
  const char *(* get_name)     (StrataRegistry     *self);
  const char *(* get_kind)     (StrataRegistry     *self);
  const char *(* get_location) (StrataRegistry     *self);
  GPtrArray  *(* read_list)    (StrataRegistry     *self,
                                GPtrArray          *warnings,
                                GCancellable       *cancellable,
                                GError            **error);
  StrataPack *(* fetch)        (StrataRegistry     *self,
                                StrataPackSummary  *summary,
                                GCancellable       *cancellable,
                                GError            **error);

  /* What only a registry on the network has; others leave them out. */
  StrataRemote *(* get_remote) (StrataRegistry     *self);
  gboolean    (* check)        (StrataRegistry     *self,
                                GCancellable       *cancellable,
                                GError            **error);
  gboolean    (* sync)         (StrataRegistry     *self,
                                StrataIndex        *index,
                                gboolean            believe,
                                StrataIndexCounts  *counts,
                                StrataHttpProgress  progress,
                                gpointer            progress_data,
                                GCancellable       *cancellable,
                                GError            **error);
  StrataBlob *(* load)         (StrataRegistry     *self,
                                StrataPackSummary  *summary,
                                char              **url,
                                StrataHttpProgress  progress,
                                gpointer            progress_data,
                                GCancellable       *cancellable,
                                GError            **error);
  StrataIndexAnswer (* is_signed) (StrataRegistry  *self,
                                StrataPackSummary  *summary,
                                GCancellable       *cancellable);
};

const char *strata_registry_get_id       (StrataRegistry     *self);
const char *strata_registry_get_name     (StrataRegistry     *self);
const char *strata_registry_get_kind     (StrataRegistry     *self);
const char *strata_registry_get_location (StrataRegistry     *self);
StrataRemote *strata_registry_get_remote (StrataRegistry     *self);
gboolean    strata_registry_check        (StrataRegistry     *self,
                                          GCancellable       *cancellable,
                                          GError            **error);
gboolean    strata_registry_sync         (StrataRegistry     *self,
                                          StrataIndex        *index,
                                          gboolean            believe,
                                          StrataIndexCounts  *counts,
                                          StrataHttpProgress  progress,
                                          gpointer            progress_data,
                                          GCancellable       *cancellable,
                                          GError            **error);
gboolean    strata_registry_keep         (StrataRegistry     *self,
                                          StrataShelf        *shelf,
                                          StrataPackSummary  *summary,
                                          StrataHttpProgress  progress,
                                          gpointer            progress_data,
                                          GCancellable       *cancellable,
                                          GError            **error);
GPtrArray  *strata_registry_read_known   (StrataRegistry     *self,
                                          StrataShelf        *shelf,
                                          GCancellable       *cancellable,
                                          GError            **error);
StrataIndexAnswer strata_registry_is_signed (StrataRegistry  *self,
                                          StrataPackSummary  *summary,
                                          GCancellable       *cancellable);
gboolean    strata_registry_forget       (StrataRegistry     *self,
                                          StrataShelf        *shelf,
                                          GCancellable       *cancellable,
                                          GError            **error);
GPtrArray  *strata_registry_list         (StrataRegistry     *self,
                                          GCancellable       *cancellable,
                                          GError            **error);
GPtrArray  *strata_registry_read_list    (StrataRegistry     *self,
                                          GPtrArray          *warnings,
                                          GCancellable       *cancellable,
                                          GError            **error);
StrataPack *strata_registry_fetch        (StrataRegistry     *self,
                                          StrataPackSummary  *summary,
                                          GCancellable       *cancellable,
                                          GError            **error);

G_END_DECLS
