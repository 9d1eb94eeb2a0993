/* strata-credentials.h - who we are to one server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_TYPE_CREDENTIALS (strata_credentials_get_type ())

/* A value, safe to read from any thread; %NULL stands for nobody. It is one header of a request. */
typedef struct _StrataCredentials StrataCredentials;

GType              strata_credentials_get_type   (void) G_GNUC_CONST;
StrataCredentials *strata_credentials_new_basic  (const char         *user,
                                                  const char         *password,
                                                  GError            **error);
StrataCredentials *strata_credentials_new_bearer (const char         *token,
                                                  GError            **error);
StrataCredentials *strata_credentials_new_header (const char         *name,
                                                  const char         *value,
                                                  GError            **error);
StrataCredentials *strata_credentials_ref        (StrataCredentials  *self);
void               strata_credentials_unref      (StrataCredentials  *self);

const char        *strata_credentials_get_name   (StrataCredentials  *self);
const char        *strata_credentials_get_value  (StrataCredentials  *self);
char              *strata_credentials_redact     (StrataCredentials  *self,
                                                  const char         *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCredentials, strata_credentials_unref)

G_END_DECLS
