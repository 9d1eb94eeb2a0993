/* strata-oci-client-private.h - what the files of the OCI client share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-oci-auth.h"
#include "strata-oci-client.h"

G_BEGIN_DECLS

struct _StrataOciClient
{
  StrataHttp    *http;  /* (owned) */
  StrataOciAuth *auth;  /* (owned) */
};

extern const char *const strata_oci_accept_manifest[];

char            *strata_oci_client_make_scope   (const char               *repository);
StrataHttpReply *strata_oci_client_ask          (StrataOciClient          *self,
                                                 const char               *scope,
                                                 const StrataHttpRequest  *what,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);
StrataHttpReply *strata_oci_client_ask_manifest (StrataOciClient          *self,
                                                 const char               *repository,
                                                 const char               *reference,
                                                 const char               *method,
                                                 gboolean                  allow_status,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);

G_END_DECLS
