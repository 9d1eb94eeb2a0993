/* strata-remote-secret.c - the password or token of a registry: in the keyring, or known until the program ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-remote"

#include "strata-remote.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-secrets.h"

/* What a person typed for this run: by the key that the keyring would have it under. */
static GMutex mutex;
static GHashTable *remembered;  /* (owned) (nullable) key -> secret */

/* With the origin in it, so that another address does not get what was typed for this one. */
static char *
make_key (StrataRemote *self)
{
  g_autoptr(GUri) uri = g_uri_parse (strata_remote_get_url (self), G_URI_FLAGS_NONE, NULL);

  return g_strdup_printf ("registry %s %s://%s:%d", strata_remote_get_id (self),
                          g_uri_get_scheme (uri), g_uri_get_host (uri), g_uri_get_port (uri));
}

static char *
recall (const char *key)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return remembered != NULL ? g_strdup (g_hash_table_lookup (remembered, key)) : NULL;
}

static char *
look_up (StrataRemote  *self,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *key = make_key (self);
  g_autofree char *shown = strata_remote_dup_shown (self);
  g_autoptr(GError) reason = NULL;
  char *secret = recall (key);

  if (secret == NULL)
    secret = strata_secrets_lookup_key (key, shown, cancellable, &reason);

  if (secret == NULL && reason->domain == STRATA_ERROR)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                 _("The password or token for %s is needed: %s"), shown, reason->message);
  else if (secret == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return secret;
}

/**
 * strata_remote_load_credentials:
 * @self: a remote registry that wants to know who asks
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_SIGN_IN` when the password or token is not at hand
 *
 * Blocks for the keyring; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): who we are there, or %NULL with @error set
 */
StrataCredentials *
strata_remote_load_credentials (StrataRemote  *self,
                                GCancellable  *cancellable,
                                GError       **error)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);
  g_return_val_if_fail (strata_remote_get_auth (self) != STRATA_REMOTE_AUTH_NONE, NULL);

  g_autofree char *secret = look_up (self, cancellable, error);

  if (secret == NULL)
    return NULL;

  if (strata_remote_get_auth (self) == STRATA_REMOTE_AUTH_TOKEN)
    return strata_credentials_new_bearer (secret, error);

  return strata_credentials_new_basic (strata_remote_get_user (self), secret, error);
}

/**
 * strata_remote_remember:
 * @self: a remote registry
 * @secret: (nullable): its password or token; %NULL to forget it
 *
 * Knows the secret until the program ends: for a person without a keyring, and to try it before it is kept. Any thread.
 */
void
strata_remote_remember (StrataRemote *self,
                        const char   *secret)
{
  g_return_if_fail (STRATA_IS_REMOTE (self));

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autofree char *key = make_key (self);

  if (remembered == NULL)
    remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (secret != NULL)
    g_hash_table_insert (remembered, g_steal_pointer (&key), g_strdup (secret));
  else
    g_hash_table_remove (remembered, key);
}

/**
 * strata_remote_dup_remembered:
 * @self: a remote registry
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what strata_remote_remember() was told last, to be told again
 */
char *
strata_remote_dup_remembered (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  g_autofree char *key = make_key (self);

  return recall (key);
}

/**
 * strata_remote_keep_secret:
 * @self: a remote registry
 * @secret: its password or token
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_secrets_store_key()
 *
 * Keeps the secret in the keyring. Blocks; any thread but the main one.
 *
 * Returns: whether it is kept; when not, strata_remote_remember() still serves until the program ends
 */
gboolean
strata_remote_keep_secret (StrataRemote  *self,
                           const char    *secret,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self) && secret != NULL, FALSE);

  g_autofree char *key = make_key (self);
  g_autofree char *shown = strata_remote_dup_shown (self);

  if (!strata_secrets_store_key (key, shown, secret, cancellable, error))
    return FALSE;

  strata_remote_remember (self, NULL);

  return TRUE;
}

/**
 * strata_remote_forget_secret:
 * @self: a remote registry
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_secrets_store_key()
 *
 * Removes the secret from the keyring and from this run; nothing there is no error. Blocks; any thread but the main one.
 *
 * Returns: whether it is nowhere any more
 */
gboolean
strata_remote_forget_secret (StrataRemote  *self,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), FALSE);

  g_autofree char *key = make_key (self);

  strata_remote_remember (self, NULL);

  return strata_secrets_clear_key (key, cancellable, error);
}

/**
 * strata_remote_change_secret:
 * @self: a remote registry as it is now
 * @before: (nullable): as it was before it was changed
 * @secret: (nullable): its password or token, %NULL when that stays as it is
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_remote_keep_secret()
 *
 * Keeps the secret, and leaves none behind at a place where the registry was before, or for one that needs none any
 * more. Blocks; any thread but the main one.
 *
 * Returns: as strata_remote_keep_secret()
 */
gboolean
strata_remote_change_secret (StrataRemote  *self,
                             StrataRemote  *before,
                             const char    *secret,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self) && (before == NULL || STRATA_IS_REMOTE (before)), FALSE);

  g_autofree char *key = make_key (self);
  g_autofree char *key_before = before != NULL ? make_key (before) : NULL;
  gboolean is_needed = strata_remote_get_auth (self) != STRATA_REMOTE_AUTH_NONE && g_strcmp0 (key, key_before) == 0;

  if (before != NULL && strata_remote_get_auth (before) != STRATA_REMOTE_AUTH_NONE && !is_needed)
    strata_remote_forget_secret (before, cancellable, NULL);

  return secret == NULL || strata_remote_keep_secret (self, secret, cancellable, error);
}
