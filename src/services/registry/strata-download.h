/* strata-download.h - gets bytes whole, checks them, and goes on where it was stopped
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-http.h"
#include "strata-shelf.h"

G_BEGIN_DECLS

/**
 * StrataDownload:
 * @uri: the address, absolute or relative to the base of the client
 * @shown: what it is, as a person calls it
 * @digest: (nullable): the SHA-256 that it must have, in small letters
 * @max_size: the most bytes it may have
 * @progress: (nullable): called as it arrives
 * @progress_data: for @progress
 *
 * What to get, filled by the names of its members.
 */
typedef struct
{
  const char         *uri;
  const char         *shown;
  const char         *digest;
  guint64             max_size;
  StrataHttpProgress  progress;
  gpointer            progress_data;
} StrataDownload;

StrataBlob *strata_download (StrataShelf           *shelf,
                             StrataHttp            *http,
                             const StrataDownload  *what,
                             GCancellable          *cancellable,
                             GError               **error);

G_END_DECLS
