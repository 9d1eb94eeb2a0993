/* strata-crd-shelf.h - definitions of kinds of Kubernetes objects that a person keeps, for all profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-file.h"

G_BEGIN_DECLS

char       *strata_crd_shelf_get_folder (void);
GPtrArray  *strata_crd_shelf_read       (const char    *folder,
                                         GCancellable  *cancellable,
                                         GError       **error);
gboolean    strata_crd_shelf_add        (const char    *folder,
                                         GFile         *file,
                                         GCancellable  *cancellable,
                                         GError       **error);
gboolean    strata_crd_shelf_remove     (const char    *folder,
                                         const char    *name,
                                         GError       **error);

G_END_DECLS
