/* strata-oci-client-download.c - the archives of an OCI registry, to where downloads are kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-client"

#include "strata-oci-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-oci-client-private.h"
#include "strata-tarball.h"

/**
 * strata_oci_client_download:
 * @self: a client that has just got a manifest of @repository, and no other thread is using
 * @shelf: where downloads are kept
 * @repository: a repository
 * @blob: what its manifest says of an archive
 * @progress: (nullable): called as it arrives
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * As strata_oci_client_read_blob(), but goes on where an earlier attempt broke off. Blocks.
 *
 * Returns: (transfer full) (nullable): the very bytes that the manifest names, or %NULL: with `CORRUPT` for others,
 *   `TOO_LARGE`, `DISK`, or as strata_oci_client_get_manifest()
 */
StrataBlob *
strata_oci_client_download (StrataOciClient            *self,
                            StrataShelf                *shelf,
                            const char                 *repository,
                            const StrataOciDescriptor  *blob,
                            StrataHttpProgress          progress,
                            gpointer                    progress_data,
                            GCancellable               *cancellable,
                            GError                    **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && blob != NULL, NULL);
  g_return_val_if_fail (STRATA_IS_SHELF (shelf), NULL);

  g_autofree char *scope = strata_oci_client_make_scope (repository);
  g_autofree char *address = g_strdup_printf ("/v2/%s/blobs/%s", repository, blob->digest);
  g_autoptr(StrataCredentials) credentials = strata_oci_auth_get (self->auth, scope);
  const StrataDownload what = {
    .uri = address,
    .shown = repository,
    .digest = blob->digest + strlen ("sha256:"),
    .max_size = STRATA_TARBALL_MAX_FILE,
    .progress = progress,
    .progress_data = progress_data,
  };

  if (blob->size > STRATA_TARBALL_MAX_FILE)
    {
      g_autofree char *shown = g_format_size (STRATA_TARBALL_MAX_FILE);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("%s has a part that is larger than %s"), repository,
                   shown);
      return NULL;
    }

  /* The manifest was given for them, and the archive is of the same repository. */
  strata_http_set_credentials (self->http, credentials);

  StrataBlob *archive = strata_download (shelf, self->http, &what, cancellable, error);

  strata_http_set_credentials (self->http, NULL);

  return archive;
}
