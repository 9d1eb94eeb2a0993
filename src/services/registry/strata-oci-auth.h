/* strata-oci-auth.h - answers what an OCI registry asks for before it gives something: a password or a token
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-http.h"

G_BEGIN_DECLS

/* Any thread. */
typedef struct _StrataOciAuth StrataOciAuth;

StrataOciAuth     *strata_oci_auth_new    (StrataHttp         *http,
                                           StrataCredentials  *credentials);
void               strata_oci_auth_free   (StrataOciAuth      *self);

StrataCredentials *strata_oci_auth_get    (StrataOciAuth      *self,
                                           const char         *scope);
gboolean           strata_oci_auth_answer (StrataOciAuth      *self,
                                           const char         *scope,
                                           StrataCredentials  *tried,
                                           StrataHttpReply    *reply,
                                           GCancellable       *cancellable,
                                           GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOciAuth, strata_oci_auth_free)

G_END_DECLS
