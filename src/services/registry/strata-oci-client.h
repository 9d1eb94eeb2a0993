/* strata-oci-client.h - asks an OCI registry, and checks each byte it gives
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-download.h"
#include "strata-index-entry.h"
#include "strata-oci-manifest.h"

G_BEGIN_DECLS

/* Any thread; several may ask at once. */
typedef struct _StrataOciClient StrataOciClient;

StrataOciClient   *strata_oci_client_new               (StrataHttp                *http,
                                                        StrataCredentials         *credentials);
void               strata_oci_client_free              (StrataOciClient           *self);

gboolean           strata_oci_client_ping              (StrataOciClient           *self,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
GPtrArray         *strata_oci_client_list_repositories (StrataOciClient           *self,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
GPtrArray         *strata_oci_client_list_tags         (StrataOciClient           *self,
                                                        const char                *repository,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
char              *strata_oci_client_get_digest        (StrataOciClient           *self,
                                                        const char                *repository,
                                                        const char                *tag,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
StrataOciManifest *strata_oci_client_get_manifest      (StrataOciClient           *self,
                                                        const char                *repository,
                                                        const char                *reference,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
StrataOciManifest *strata_oci_client_find_content      (StrataOciClient           *self,
                                                        const char                *repository,
                                                        const char                *reference,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
GBytes            *strata_oci_client_read_blob         (StrataOciClient           *self,
                                                        const char                *repository,
                                                        const StrataOciDescriptor *blob,
                                                        guint64                    max_size,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
StrataBlob        *strata_oci_client_download          (StrataOciClient           *self,
                                                        StrataShelf               *shelf,
                                                        const char                *repository,
                                                        const StrataOciDescriptor *blob,
                                                        StrataHttpProgress         progress,
                                                        gpointer                   progress_data,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
StrataIndexAnswer  strata_oci_client_is_signed         (StrataOciClient           *self,
                                                        const char                *repository,
                                                        const char                *digest,
                                                        GCancellable              *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOciClient, strata_oci_client_free)

G_END_DECLS
