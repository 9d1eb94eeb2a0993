/* strata-oci-auth.c - answers what an OCI registry asks for before it gives something: a password or a token
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-auth"

#include "strata-oci-auth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-http-uri.h"
#include "strata-json.h"
#include "strata-oci-names.h"

#define MAX_REPLY (64 * 1024)
#define LEAST_SECONDS 60   /* what a token lasts when nobody says, and at least, so that nobody is asked without end */
#define MOST_SECONDS 3600
#define SPARE_SECONDS 5

typedef struct
{
  StrataCredentials *credentials;  /* (owned) */
  gint64             ends_at;      /* monotonic */
} Token;

struct _StrataOciAuth
{
  StrataHttp        *http;         /* (owned) */
  StrataCredentials *credentials;  /* (owned) (nullable): as a person gave them, for the origin of the registry */
  GMutex             mutex;        /* for all below */
  GHashTable        *tokens;       /* (owned) (element-type utf8 Token): by scope */
  gboolean           is_asked;     /* the registry wants the password with each request */
};

static void
token_free (gpointer data)
{
  Token *token = data;

  strata_credentials_unref (token->credentials);
  g_free (token);
}

/**
 * strata_oci_auth_new:
 * @http: a client of the registry, which has no credentials itself
 * @credentials: (nullable): who we are to the registry
 *
 * Returns: (transfer full): what signs in there when it is asked to
 */
StrataOciAuth *
strata_oci_auth_new (StrataHttp        *http,
                     StrataCredentials *credentials)
{
  g_return_val_if_fail (STRATA_IS_HTTP (http), NULL);

  StrataOciAuth *self = g_new0 (StrataOciAuth, 1);

  self->http = g_object_ref (http);
  self->credentials = credentials != NULL ? strata_credentials_ref (credentials) : NULL;
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, token_free);
  g_mutex_init (&self->mutex);

  return self;
}

/**
 * strata_oci_auth_free:
 * @self: (transfer full): it
 *
 * Frees it, and forgets its tokens.
 */
void
strata_oci_auth_free (StrataOciAuth *self)
{
  g_object_unref (self->http);
  g_clear_pointer (&self->credentials, strata_credentials_unref);
  g_hash_table_unref (self->tokens);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* A token that a person gave in place of a password is used as it is. */
static gboolean
is_token (StrataCredentials *credentials)
{
  return credentials != NULL && g_str_has_prefix (strata_credentials_get_value (credentials), "Bearer ");
}

/**
 * strata_oci_auth_get:
 * @self: it
 * @scope: what will be asked for: "repository:charts/web:pull"; "" for nothing but who we are
 *
 * Returns: (transfer full) (nullable): what to send to the registry with it; %NULL when it has asked for nothing so far
 */
StrataCredentials *
strata_oci_auth_get (StrataOciAuth *self,
                     const char    *scope)
{
  g_return_val_if_fail (self != NULL && scope != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Token *token = g_hash_table_lookup (self->tokens, scope);

  if (token != NULL && token->ends_at > g_get_monotonic_time () + SPARE_SECONDS * G_TIME_SPAN_SECOND)
    return strata_credentials_ref (token->credentials);

  return self->is_asked && self->credentials != NULL ? strata_credentials_ref (self->credentials) : NULL;
}

static void
keep_token (StrataOciAuth     *self,
            const char        *scope,
            StrataCredentials *credentials,
            gint64             seconds)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Token *token = g_new0 (Token, 1);

  token->credentials = strata_credentials_ref (credentials);
  token->ends_at = g_get_monotonic_time () + CLAMP (seconds, LEAST_SECONDS, MOST_SECONDS) * G_TIME_SPAN_SECOND;
  g_hash_table_insert (self->tokens, g_strdup (scope), token);
}

static gboolean
keep_password (StrataOciAuth *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_asked = TRUE;

  return TRUE;
}

static gboolean
set_sign_in (StrataOciAuth  *self,
             gboolean        was_tried,
             GError        **error)
{
  g_autofree char *host = strata_http_uri_dup_host (strata_http_get_base (self->http));

  if (was_tried)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                 _("%s does not take this user name and password; correct them"), host);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                 _("%s answers only who signs in; give a user name and password"), host);

  return FALSE;
}

/* The password of a registry goes to another host only when the registry itself names it, over a connection where
 * nobody else can have put the name in, and when that host proves who it is.
 */
static gboolean
check_realm (StrataOciAuth  *self,
             GUri           *realm,
             GError        **error)
{
  GUri *base = strata_http_get_base (self->http);
  gboolean is_safe = g_str_equal (g_uri_get_scheme (base), "https") && g_str_equal (g_uri_get_scheme (realm), "https");

  if (!strata_http_uri_check_stranger (realm, base, error))
    return FALSE;
  if (self->credentials == NULL || is_safe || strata_http_uri_is_same_origin (realm, base))
    return TRUE;

  g_autofree char *host = strata_http_uri_dup_host (base);
  g_autofree char *other = strata_http_uri_dup_host (realm);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN,
               _("%s wants the password to be sent to %s, where others could read it; this was not done"), host, other);

  return FALSE;
}

static void
add_parameter (GString    *address,
               const char *name,
               const char *value)
{
  g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (escaped != NULL)
    g_string_append_printf (address, "%c%s=%s", strchr (address->str, '?') != NULL ? '&' : '?', name, escaped);
}

/* https://distribution.github.io/distribution/spec/auth/token/#requesting-a-token */
static char *
make_address (const StrataOciChallenge *challenge,
              const char               *scope)
{
  GString *address = g_string_new (challenge->realm);

  add_parameter (address, "service", challenge->service);
  if (challenge->scope != NULL || *scope != '\0')
    add_parameter (address, "scope", challenge->scope != NULL ? challenge->scope : scope);

  return g_string_free (address, FALSE);
}

static gboolean
set_bad_reply (StrataHttpReply  *reply,
               GError          **error)
{
  g_autofree char *host = strata_http_uri_dup_host (strata_http_reply_get_uri (reply));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
               _("%s was asked for a token and answered something else; check the address"), host);

  return FALSE;
}

static gint64
read_seconds (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "expires_in");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node) : LEAST_SECONDS;
}

static gboolean
take_token (StrataOciAuth    *self,
            const char       *scope,
            StrataHttpReply  *reply,
            GError          **error)
{
  gsize size;
  const char *text = g_bytes_get_data (strata_http_reply_get_body (reply), &size);
  g_autoptr(JsonNode) root = size > 0 ? strata_json_parse (text, (gssize) size, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *token = strata_json_get_string (object, "token");

  if (*token == '\0')
    token = strata_json_get_string (object, "access_token");

  g_autoptr(StrataCredentials) credentials =
    *token != '\0' ? strata_credentials_new_bearer (token, NULL) : NULL;

  if (credentials == NULL)
    return set_bad_reply (reply, error);

  keep_token (self, scope, credentials, read_seconds (object));

  return TRUE;
}

static gboolean
fetch_token (StrataOciAuth             *self,
             const char                *scope,
             const StrataOciChallenge  *challenge,
             GCancellable              *cancellable,
             GError                   **error)
{
  static const char *const accept[] = { "application/json", NULL };
  g_autofree char *address = make_address (challenge, scope);
  g_autoptr(GUri) realm = strata_http_uri_parse (address, strata_http_get_base (self->http), error);

  if (realm == NULL || !check_realm (self, realm, error))
    return FALSE;

  g_autoptr(StrataHttpReply) reply =
    strata_http_send (self->http,
                      &(StrataHttpRequest) {
                        .uri = address,
                        .credentials = self->credentials,
                        .accept = accept,
                        .max_size = MAX_REPLY,
                      },
                      cancellable, error);

  return reply != NULL && take_token (self, scope, reply, error);
}

/**
 * strata_oci_auth_answer:
 * @self: it
 * @scope: what was asked for: "repository:charts/web:pull"
 * @tried: (nullable): what was sent with it
 * @reply: the refusal, with status 401
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Does what the registry asks for, so that it may be asked again. Who refuses after a redirect to another origin gets
 * no answer: it is not the registry. Blocks; any thread.
 *
 * Returns: whether to ask again; else `SIGN_IN` when we have nothing it takes, `FORBIDDEN` when the password would not
 *   be safe, or why no token could be had
 */
gboolean
strata_oci_auth_answer (StrataOciAuth      *self,
                        const char         *scope,
                        StrataCredentials  *tried,
                        StrataHttpReply    *reply,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_return_val_if_fail (self != NULL && scope != NULL, FALSE);
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (reply), FALSE);

  gboolean is_registry =
    strata_http_uri_is_same_origin (strata_http_reply_get_uri (reply), strata_http_get_base (self->http));
  const char *header = strata_http_reply_get_header (reply, "WWW-Authenticate");
  g_autoptr(StrataOciChallenge) challenge = is_registry ? strata_oci_challenge_parse (header) : NULL;
  gboolean was_tried = tried != NULL && tried == self->credentials;

  if (challenge == NULL || was_tried)
    return set_sign_in (self, was_tried, error);

  if (challenge->realm != NULL && !is_token (self->credentials))
    return fetch_token (self, scope, challenge, cancellable, error);

  return self->credentials != NULL ? keep_password (self) : set_sign_in (self, FALSE, error);
}
