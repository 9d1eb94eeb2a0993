/* strata-secrets.h - what is too secret for a file: kept in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  strata_secrets_store  (const char    *profile,
                                 const char    *variable,
                                 const char    *secret,
                                 GCancellable  *cancellable,
                                 GError       **error);
char     *strata_secrets_lookup (const char    *profile,
                                 const char    *variable,
                                 GCancellable  *cancellable,
                                 GError       **error);
gboolean  strata_secrets_clear  (const char    *profile,
                                 const char    *variable,
                                 GCancellable  *cancellable,
                                 GError       **error);

gboolean  strata_secrets_store_key  (const char    *key,
                                     const char    *shown,
                                     const char    *secret,
                                     GCancellable  *cancellable,
                                     GError       **error);
char     *strata_secrets_lookup_key (const char    *key,
                                     const char    *shown,
                                     GCancellable  *cancellable,
                                     GError       **error);
gboolean  strata_secrets_clear_key  (const char    *key,
                                     GCancellable  *cancellable,
                                     GError       **error);

G_END_DECLS
