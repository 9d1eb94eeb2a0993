/* strata-registry-file.h - registries.ini: which registries there are, changed by one process at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

/**
 * StrataRegistryFileFunc:
 *
 * Changes @file in memory. Returns %FALSE with @error set to leave the one on the disk as it is.
 */
typedef gboolean (* StrataRegistryFileFunc) (GKeyFile  *file,
                                             gpointer   data,
                                             GError   **error);

GPtrArray *strata_registry_file_load     (const char              *path,
                                          StrataShelf             *shelf,
                                          GError                 **error);
StrataRegistry *strata_registry_file_make_remote (StrataRemote       *remote,
                                                  StrataShelf        *shelf);
gboolean   strata_registry_file_change   (const char              *path,
                                          StrataRegistryFileFunc   func,
                                          gpointer                 data,
                                          GError                 **error);

gboolean   strata_registry_file_check_new  (GKeyFile                *file,
                                            const char              *path,
                                            GError                 **error);
void       strata_registry_file_add_folder (GKeyFile                *file,
                                            const char              *path);
void       strata_registry_file_add_chart  (GKeyFile                *file,
                                            const char              *path);
gboolean   strata_registry_file_set_remote (GKeyFile                *file,
                                            StrataRemote            *remote,
                                            gboolean                 is_new,
                                            GError                 **error);
gboolean   strata_registry_file_rename     (GKeyFile                *file,
                                            const char              *id,
                                            const char              *name,
                                            GError                 **error);
gboolean   strata_registry_file_remove     (GKeyFile                *file,
                                            const char              *id,
                                            GError                 **error);
gboolean   strata_registry_file_remove_chart (GKeyFile              *file,
                                              const char            *id,
                                              const char            *path,
                                              GError               **error);

G_END_DECLS
