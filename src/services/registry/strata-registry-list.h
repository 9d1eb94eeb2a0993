/* strata-registry-list.h - the registries this person added, kept on this disk, as a list model
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

/* A GListModel of StrataRegistry for the main thread, kept in <data dir>/registries.ini. */
#define STRATA_TYPE_REGISTRY_LIST (strata_registry_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataRegistryList, strata_registry_list, STRATA, REGISTRY_LIST, GObject)

StrataRegistryList *strata_registry_list_new         (const char          *data_dir);
const GError       *strata_registry_list_get_error   (StrataRegistryList  *self);
StrataShelf        *strata_registry_list_get_shelf   (StrataRegistryList  *self);
StrataRegistry     *strata_registry_list_find        (StrataRegistryList  *self,
                                                      const char          *id);
gboolean            strata_registry_list_add_folder  (StrataRegistryList  *self,
                                                      const char          *path,
                                                      GError             **error);
gboolean            strata_registry_list_add_charts  (StrataRegistryList  *self,
                                                      const char *const   *paths,
                                                      GError             **error);
StrataRegistry     *strata_registry_list_make_remote (StrataRegistryList *self,
                                                      StrataRemote        *remote);
gboolean            strata_registry_list_add_remote  (StrataRegistryList  *self,
                                                      StrataRemote        *remote,
                                                      GError             **error);
gboolean            strata_registry_list_edit_remote (StrataRegistryList  *self,
                                                      StrataRemote        *remote,
                                                      GError             **error);
gboolean            strata_registry_list_rename      (StrataRegistryList  *self,
                                                      const char          *id,
                                                      const char          *name,
                                                      GError             **error);
gboolean            strata_registry_list_remove      (StrataRegistryList  *self,
                                                      const char          *id,
                                                      GError             **error);
gboolean            strata_registry_list_remove_chart (StrataRegistryList *self,
                                                       const char         *id,
                                                       const char         *path,
                                                       GError            **error);

G_END_DECLS
