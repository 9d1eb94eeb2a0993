/* strata-remote.c - where a registry on the network is, and who we are there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-remote"

#include "strata-remote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-http-uri.h"
#include "strata-registry.h"

#define OCI_PREFIX "oci://"  /* how Helm writes what is asked over https */

struct _StrataRemote
{
  GObject           parent_instance;
  char             *id;         /* (owned) (not nullable) */
  char             *kind;       /* (owned) (not nullable) */
  char             *name;       /* (owned) (not nullable): "" until a person gives one */
  char             *url;        /* (owned) (not nullable): without a slash at its end */
  GUri             *uri;        /* (owned) (not nullable) */
  StrataRemoteAuth  auth;
  char             *user;       /* (owned) (not nullable) */
  char             *ca_file;    /* (owned) (nullable) */
  gboolean          use_proxy;
  char            **repositories;  /* (owned) (not nullable): of an OCI registry that does not list them */
};

G_DEFINE_FINAL_TYPE (StrataRemote, strata_remote, G_TYPE_OBJECT)

static void
strata_remote_finalize (GObject *object)
{
  StrataRemote *self = STRATA_REMOTE (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->repositories, g_strfreev);

  G_OBJECT_CLASS (strata_remote_parent_class)->finalize (object);
}

static void
strata_remote_class_init (StrataRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_remote_finalize;
}

static void
strata_remote_init (StrataRemote *self)
{
}

static StrataRemote *
copy (StrataRemote *self)
{
  StrataRemote *other = g_object_new (STRATA_TYPE_REMOTE, NULL);

  other->id = g_strdup (self->id);
  other->kind = g_strdup (self->kind);
  other->name = g_strdup (self->name);
  other->url = g_strdup (self->url);
  other->uri = g_uri_ref (self->uri);
  other->auth = self->auth;
  other->user = g_strdup (self->user);
  other->ca_file = g_strdup (self->ca_file);
  other->use_proxy = self->use_proxy;
  other->repositories = g_strdupv (self->repositories);

  return other;
}

/**
 * strata_remote_new:
 * @kind: %STRATA_REGISTRY_HELM or %STRATA_REGISTRY_OCI
 * @url: its address, as a person types it; `oci://` stands for `https://`
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Makes a registry with a new id, no name, nobody to sign in as, and the proxy of the system.
 *
 * Returns: (transfer full) (nullable): where it is, or %NULL when @url is no address, or one that holds a user name
 */
StrataRemote *
strata_remote_new (const char  *kind,
                   const char  *url,
                   GError     **error)
{
  g_return_val_if_fail (kind != NULL && url != NULL, NULL);

  g_autofree char *stripped = g_strstrip (g_strdup (url));
  gboolean is_oci =
    g_str_has_prefix (stripped, OCI_PREFIX) && g_str_equal (kind, STRATA_REGISTRY_OCI);
  g_autofree char *address =
    is_oci ? g_strconcat ("https://", stripped + strlen (OCI_PREFIX), NULL) : g_strdup (stripped);
  g_autoptr(GUri) uri = strata_http_uri_parse_base (address, error);

  if (uri == NULL)
    return NULL;

  StrataRemote *self = g_object_new (STRATA_TYPE_REMOTE, NULL);

  self->id = g_uuid_string_random ();
  self->kind = g_strdup (kind);
  self->name = g_strdup ("");
  self->url = g_uri_to_string (uri);
  self->url[strlen (self->url) - 1] = '\0';
  self->uri = g_steal_pointer (&uri);
  self->user = g_strdup ("");
  self->use_proxy = TRUE;
  self->repositories = g_new0 (char *, 1);

  return self;
}

/**
 * strata_remote_with_id:
 * @self: a remote registry
 * @id: what layers remember it by
 *
 * Returns: (transfer full): the same under @id, as when another address is given to a registry that is there
 */
StrataRemote *
strata_remote_with_id (StrataRemote *self,
                       const char   *id)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self) && id != NULL, NULL);

  StrataRemote *other = copy (self);

  g_free (other->id);
  other->id = g_strdup (id);

  return other;
}

/**
 * strata_remote_with_name:
 * @self: a remote registry
 * @name: (nullable): what a person calls it, or %NULL or "" for its host
 *
 * Returns: (transfer full): the same with @name
 */
StrataRemote *
strata_remote_with_name (StrataRemote *self,
                         const char   *name)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  StrataRemote *other = copy (self);

  g_free (other->name);
  other->name = g_strstrip (g_strdup (name != NULL ? name : ""));

  return other;
}

/**
 * strata_remote_with_auth:
 * @self: a remote registry
 * @auth: how to sign in
 * @user: (nullable): the user name, for %STRATA_REMOTE_AUTH_BASIC
 *
 * Returns: (transfer full): the same with @auth
 */
StrataRemote *
strata_remote_with_auth (StrataRemote     *self,
                         StrataRemoteAuth  auth,
                         const char       *user)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  StrataRemote *other = copy (self);

  other->auth = auth;
  g_free (other->user);
  other->user = g_strdup (auth == STRATA_REMOTE_AUTH_BASIC && user != NULL ? user : "");

  return other;
}

/**
 * strata_remote_with_ca_file:
 * @self: a remote registry
 * @path: (nullable) (type filename): certificates of authorities to trust beside those of the system
 *
 * Returns: (transfer full): the same with @path
 */
StrataRemote *
strata_remote_with_ca_file (StrataRemote *self,
                            const char   *path)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  StrataRemote *other = copy (self);

  g_free (other->ca_file);
  other->ca_file = path != NULL && *path != '\0' ? g_canonicalize_filename (path, NULL) : NULL;

  return other;
}

/**
 * strata_remote_with_proxy:
 * @self: a remote registry
 * @use_proxy: whether the proxy of the system is used
 *
 * Returns: (transfer full): the same with @use_proxy
 */
StrataRemote *
strata_remote_with_proxy (StrataRemote *self,
                          gboolean      use_proxy)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  StrataRemote *other = copy (self);

  other->use_proxy = use_proxy;

  return other;
}

/**
 * strata_remote_with_repositories:
 * @self: a remote registry
 * @names: (array zero-terminated=1): repositories that a person named, relative to the address
 *
 * Many OCI registries do not tell what they have, so that it has to be known.
 *
 * Returns: (transfer full): the same with @names
 */
StrataRemote *
strata_remote_with_repositories (StrataRemote      *self,
                                 const char *const *names)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self) && names != NULL, NULL);

  StrataRemote *other = copy (self);

  g_strfreev (other->repositories);
  other->repositories = g_strdupv ((char **) names);

  return other;
}

/**
 * strata_remote_get_id:
 * @self: a remote registry
 *
 * Returns: (not nullable): what layers remember it by
 */
const char *
strata_remote_get_id (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), "");

  return self->id;
}

/**
 * strata_remote_get_kind:
 * @self: a remote registry
 *
 * Returns: (not nullable): %STRATA_REGISTRY_HELM or %STRATA_REGISTRY_OCI
 */
const char *
strata_remote_get_kind (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), "");

  return self->kind;
}

/**
 * strata_remote_get_name:
 * @self: a remote registry
 *
 * Returns: (not nullable): what a person calls it, "" when nobody gave it a name
 */
const char *
strata_remote_get_name (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), "");

  return self->name;
}

/**
 * strata_remote_dup_shown:
 * @self: a remote registry
 *
 * Returns: (transfer full): its name, or its host when it has none
 */
char *
strata_remote_dup_shown (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  return *self->name != '\0' ? g_strdup (self->name) : strata_http_uri_dup_host (self->uri);
}

/**
 * strata_remote_get_url:
 * @self: a remote registry
 *
 * Returns: (not nullable): its address, without a slash at its end
 */
const char *
strata_remote_get_url (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), "");

  return self->url;
}

/**
 * strata_remote_get_auth:
 * @self: a remote registry
 *
 * Returns: how to sign in
 */
StrataRemoteAuth
strata_remote_get_auth (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), STRATA_REMOTE_AUTH_NONE);

  return self->auth;
}

/**
 * strata_remote_get_user:
 * @self: a remote registry
 *
 * Returns: (not nullable): the user name, or ""
 */
const char *
strata_remote_get_user (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), "");

  return self->user;
}

/**
 * strata_remote_get_ca_file:
 * @self: a remote registry
 *
 * Returns: (nullable) (type filename): certificates of authorities to trust beside those of the system
 */
const char *
strata_remote_get_ca_file (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  return self->ca_file;
}

/**
 * strata_remote_get_use_proxy:
 * @self: a remote registry
 *
 * Returns: whether the proxy of the system is used
 */
gboolean
strata_remote_get_use_proxy (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), TRUE);

  return self->use_proxy;
}

/**
 * strata_remote_get_repositories:
 * @self: a remote registry
 *
 * Returns: (array zero-terminated=1) (transfer none): the repositories that a person named
 */
const char *const *
strata_remote_get_repositories (StrataRemote *self)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  return (const char *const *) self->repositories;
}

/**
 * strata_remote_equal:
 * @self: a remote registry
 * @other: another
 *
 * Returns: whether all is the same
 */
gboolean
strata_remote_equal (StrataRemote *self,
                     StrataRemote *other)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self) && STRATA_IS_REMOTE (other), FALSE);

  return g_str_equal (self->id, other->id) && g_str_equal (self->kind, other->kind) &&
         g_str_equal (self->name, other->name) && g_str_equal (self->url, other->url) &&
         self->auth == other->auth && g_str_equal (self->user, other->user) &&
         g_strcmp0 (self->ca_file, other->ca_file) == 0 && self->use_proxy == other->use_proxy &&
         g_strv_equal ((const char *const *) self->repositories,
                       (const char *const *) other->repositories);
}

/**
 * strata_remote_open:
 * @self: a remote registry
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Makes a client for it, set up as it says; nothing is asked of the network yet. Blocks for the keyring; any thread but
 * the main one.
 *
 * Returns: (transfer full) (nullable): the client, or %NULL with `SIGN_IN` when the password or token is not at hand, or
 *   `INVALID` when the certificates cannot be read
 */
StrataHttp *
strata_remote_open (StrataRemote  *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (self), NULL);

  g_autoptr(StrataHttp) http = strata_http_new (self->url, error);
  g_autoptr(StrataCredentials) credentials = NULL;

  if (http == NULL ||
      (self->ca_file != NULL && !strata_http_set_ca_file (http, self->ca_file, error)))
    return NULL;

  if (!self->use_proxy)
    strata_http_set_proxy (http, NULL);

  if (self->auth != STRATA_REMOTE_AUTH_NONE)
    {
      credentials = strata_remote_load_credentials (self, cancellable, error);
      if (credentials == NULL)
        return NULL;
      strata_http_set_credentials (http, credentials);
    }

  return g_steal_pointer (&http);
}
