/* strata-remote.h - where a registry on the network is, and who we are there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-http.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_REMOTE_AUTH_NONE,
  STRATA_REMOTE_AUTH_BASIC,
  STRATA_REMOTE_AUTH_TOKEN,
} StrataRemoteAuth;

/* A value, safe to read from any thread. Its secret is not in it: that is in the keyring, or known for this run only. */
#define STRATA_TYPE_REMOTE (strata_remote_get_type ())

G_DECLARE_FINAL_TYPE (StrataRemote, strata_remote, STRATA, REMOTE, GObject)

StrataRemote     *strata_remote_new           (const char        *kind,
                                               const char        *url,
                                               GError           **error);
StrataRemote     *strata_remote_with_id       (StrataRemote      *self,
                                               const char        *id);
StrataRemote     *strata_remote_with_name     (StrataRemote      *self,
                                               const char        *name);
StrataRemote     *strata_remote_with_auth     (StrataRemote      *self,
                                               StrataRemoteAuth   auth,
                                               const char        *user);
StrataRemote     *strata_remote_with_ca_file  (StrataRemote      *self,
                                               const char        *path);
StrataRemote     *strata_remote_with_proxy    (StrataRemote      *self,
                                               gboolean           use_proxy);
StrataRemote     *strata_remote_with_repositories (StrataRemote  *self,
                                               const char *const *names);

const char       *strata_remote_get_id        (StrataRemote      *self);
const char       *strata_remote_get_kind      (StrataRemote      *self);
const char       *strata_remote_get_name      (StrataRemote      *self);
char             *strata_remote_dup_shown     (StrataRemote      *self);
const char       *strata_remote_get_url       (StrataRemote      *self);
StrataRemoteAuth  strata_remote_get_auth      (StrataRemote      *self);
const char       *strata_remote_get_user      (StrataRemote      *self);
const char       *strata_remote_get_ca_file   (StrataRemote      *self);
gboolean          strata_remote_get_use_proxy (StrataRemote      *self);
const char *const *strata_remote_get_repositories (StrataRemote  *self);
gboolean          strata_remote_equal         (StrataRemote      *self,
                                               StrataRemote      *other);

StrataHttp       *strata_remote_open          (StrataRemote      *self,
                                               GCancellable      *cancellable,
                                               GError           **error);
StrataCredentials *strata_remote_load_credentials (StrataRemote  *self,
                                               GCancellable      *cancellable,
                                               GError           **error);

gboolean          strata_remote_change_secret (StrataRemote      *self,
                                               StrataRemote      *before,
                                               const char        *secret,
                                               GCancellable      *cancellable,
                                               GError           **error);
char             *strata_remote_dup_remembered (StrataRemote     *self);
void              strata_remote_remember      (StrataRemote      *self,
                                               const char        *secret);
gboolean          strata_remote_keep_secret   (StrataRemote      *self,
                                               const char        *secret,
                                               GCancellable      *cancellable,
                                               GError           **error);
gboolean          strata_remote_forget_secret (StrataRemote      *self,
                                               GCancellable      *cancellable,
                                               GError           **error);

G_END_DECLS
