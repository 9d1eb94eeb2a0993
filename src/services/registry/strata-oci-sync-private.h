/* strata-oci-sync-private.h - one repository of an OCI registry while it is looked through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-oci-sync.h"
#include "strata-oci-version.h"

G_BEGIN_DECLS

/* Appends to @versions what @repository offers; %FALSE with what to say of it, or why all must stop. */
gboolean strata_oci_sync_repository (const StrataOciSync  *sync,
                                     const char           *repository,
                                     GPtrArray            *versions,
                                     GCancellable         *cancellable,
                                     GError              **error);

/* Appends to @versions what the index has of @repository: of one that cannot be read now it still holds. */
void     strata_oci_sync_keep_known (const StrataOciSync  *sync,
                                     const char           *repository,
                                     GPtrArray            *versions,
                                     GCancellable         *cancellable);

G_END_DECLS
