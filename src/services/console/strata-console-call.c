/* strata-console-call.c - the one door to a console: every request goes through it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-json.h"

#define MAX_TOKEN_REPLY (64 * 1024)
#define MAX_ID 200

/**
 * strata_console_build_path:
 *
 * Fills a path in which each `%s` is one name or uid, escaped. Returns %NULL when one of them is no name but leads
 * elsewhere, and then nothing is asked.
 */
char *
strata_console_build_path (const char *format,
                           ...)
{
  g_autoptr(GString) path = g_string_new (NULL);
  gboolean is_whole = TRUE;
  va_list arguments;

  va_start (arguments, format);
  for (const char *next = format; *next != '\0'; next++)
    {
      if (next[0] != '%' || next[1] != 's')
        {
          g_string_append_c (path, *next);
          continue;
        }

      const char *name = va_arg (arguments, const char *);

      is_whole &= name != NULL && *name != '\0' && !g_str_equal (name, ".") && !g_str_equal (name, "..");
      g_string_append_uri_escaped (path, name != NULL ? name : "", NULL, FALSE);
      next++;
    }
  va_end (arguments);

  return is_whole ? g_string_free (g_steal_pointer (&path), FALSE) : NULL;
}

/* The address relative to the base: a console may be at a path of its host. */
static char *
build_uri (const StrataConsoleCall *call)
{
  g_autoptr(GString) uri = g_string_new (call->path + 1);
  const char *const *pair = call->query;
  const char *mark = "?";

  for (; pair != NULL && pair[0] != NULL && pair[1] != NULL; pair += 2)
    {
      if (*pair[1] == '\0')
        continue;

      g_string_append_printf (uri, "%s%s=", mark, pair[0]);
      g_string_append_uri_escaped (uri, pair[1], NULL, FALSE);
      mark = "&";
    }

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

static GBytes *
build_body (const StrataConsoleCall *call)
{
  if (call->body == NULL)
    return NULL;

  char *text = strata_json_to_text (call->body, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_idempotent (const StrataConsoleCall *call)
{
  static const char *const methods[] = { "GET", "PUT", "DELETE", NULL };

  return call->is_idempotent || call->method == NULL || g_strv_contains (methods, call->method);
}

/* Asks once, as @credentials; what the console refuses is a reply. */
static StrataHttpReply *
ask (StrataConsole           *self,
     const StrataConsoleCall *call,
     const StrataHttpRequest *special,
     StrataCredentials       *credentials,
     GCancellable            *cancellable,
     GError                 **error)
{
  static const char *const json[] = { "application/json", "*/*", NULL };
  const char *const headers[] = { "ProjectUid", self->project, NULL };
  gboolean is_tenant = call->is_tenant || self->project == NULL;
  g_autofree char *uri = build_uri (call);
  g_autoptr(GBytes) body = build_body (call);
  StrataHttpRequest request = special != NULL ? *special : (StrataHttpRequest){ 0 };

  request.method = call->method;
  request.uri = uri;
  request.headers = is_tenant ? NULL : headers;
  request.credentials = credentials;
  request.body = body;
  request.content_type = body != NULL ? "application/json" : NULL;
  request.accept = request.accept != NULL ? request.accept : json;
  request.max_size = call->max_size;
  request.allow_status = TRUE;
  request.is_idempotent = is_idempotent (call);

  if (!strata_console_rate_wait (self->rate, call->path, cancellable, error))
    return NULL;

  GError *reason = NULL;
  g_autoptr(StrataHttpReply) reply = strata_http_send (self->http, &request, cancellable, &reason);

  if (reply == NULL)
    strata_console_take_error (self, call->is_tenant, reason, error);

  g_debug ("%s %s: %u", call->method != NULL ? call->method : "GET", call->path,
           reply != NULL ? strata_http_reply_get_status (reply) : 0);

  /* Who cancels while it waits to ask again does not want to hear of the refusal. */
  if (reply != NULL && !strata_http_reply_check (reply, NULL) &&
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&reply);
}

static StrataCredentials *
renew_cb (gpointer      data,
          const char   *email,
          const char   *password,
          const char   *org,
          GCancellable *cancellable,
          GError      **error)
{
  return strata_console_authenticate (data, email, password, org, cancellable, error);
}

/* Asks as who is signed in; a token that ended before its time is renewed once. */
static StrataHttpReply *
ask_signed_in (StrataConsole           *self,
               const StrataConsoleCall *call,
               const StrataHttpRequest *special,
               GCancellable            *cancellable,
               GError                 **error)
{
  g_autoptr(StrataCredentials) refused = NULL;

  for (;;)
    {
      g_autoptr(StrataCredentials) credentials = strata_console_session_get (
        self->session, refused, renew_cb, self, cancellable, error);
      g_autoptr(StrataHttpReply) reply = NULL;

      if (credentials != NULL)
        reply = ask (self, call, special, credentials, cancellable, error);

      if (reply == NULL || strata_http_reply_get_status (reply) != 401 || refused != NULL ||
          !strata_console_session_can_renew (self->session))
        return g_steal_pointer (&reply);

      refused = g_steal_pointer (&credentials);
    }
}

/* What one call heeds: the caller, and that who is signed in signs out. (all fields owned) */
typedef struct
{
  GCancellable *either;
  GCancellable *asked;    /* (nullable) */
  GCancellable *leaving;
  gulong        asked_handler;
  gulong        leaving_handler;
} Heed;

static void
either_cb (GCancellable *cancellable,
           gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
heed_init (Heed                 *self,
           StrataConsoleSession *session,
           GCancellable         *cancellable)
{
  self->either = g_cancellable_new ();
  self->leaving = strata_console_session_dup_leaving (session);
  self->leaving_handler =
    g_cancellable_connect (self->leaving, G_CALLBACK (either_cb), g_object_ref (self->either), g_object_unref);
  if (cancellable == NULL)
    return;

  self->asked = g_object_ref (cancellable);
  self->asked_handler =
    g_cancellable_connect (cancellable, G_CALLBACK (either_cb), g_object_ref (self->either), g_object_unref);
}

static void
heed_clear (Heed *self)
{
  g_cancellable_disconnect (self->leaving, self->leaving_handler);
  g_cancellable_disconnect (self->asked, self->asked_handler);
  g_object_unref (self->leaving);
  g_clear_object (&self->asked);
  g_object_unref (self->either);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heed, heed_clear)

static gboolean
check_path (StrataConsole           *self,
            const StrataConsoleCall *call,
            GError                 **error)
{
  if (call->path != NULL && *call->path == '/')
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("%s is asked for something without a name; choose it again"), self->host);

  return FALSE;
}

/* A success, or NULL with @error set. */
static StrataHttpReply *
ask_for_success (StrataConsole           *self,
                 const StrataConsoleCall *call,
                 const StrataHttpRequest *special,
                 GCancellable            *cancellable,
                 GError                 **error)
{
  g_auto(Heed) heed = { NULL };

  heed_init (&heed, self->session, cancellable);

  g_autoptr(StrataHttpReply) reply = ask_signed_in (self, call, special, heed.either, error);

  if (call->status != NULL)
    *call->status = reply != NULL ? strata_http_reply_get_status (reply) : 0;

  if (reply == NULL)
    return NULL;

  if (!strata_http_reply_check (reply, NULL))
    {
      strata_console_set_status (self, call->is_tenant, reply, NULL, error);
      return NULL;
    }

  return g_steal_pointer (&reply);
}

/**
 * strata_console_send:
 *
 * Asks, for what is not JSON too: @special has where the body goes and what it may be; its other members do not count.
 * Returns a success, or %NULL with @error set.
 */
StrataHttpReply *
strata_console_send (StrataConsole           *self,
                     const StrataConsoleCall *call,
                     const StrataHttpRequest *special,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  GError *reason = NULL;

  if (!check_path (self, call, error))
    return NULL;

  if (call->body != NULL)
    strata_console_session_note_sent (self->session, call->body);

  g_autoptr(StrataHttpReply) reply = ask_for_success (self, call, special, cancellable, &reason);

  strata_console_note_call (self, reason);
  if (reply == NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }

  if (call->audit != NULL)
    {
      const char *id = strata_http_reply_get_header (reply, "AuditUid");

      g_free (*call->audit);
      *call->audit = id != NULL && strlen (id) <= MAX_ID ? g_utf8_make_valid (id, -1) : NULL;
    }

  return g_steal_pointer (&reply);
}

static JsonNode *
parse_body (StrataConsole    *self,
            const char       *path,
            StrataHttpReply  *reply,
            GError          **error)
{
  gsize size;
  const char *body = g_bytes_get_data (strata_http_reply_get_body (reply), &size);
  JsonNode *node =
    size > 0 ? strata_json_parse (body, (gssize) size, NULL) : json_node_new (JSON_NODE_NULL);

  if (node == NULL)
    strata_console_set_bad_reply (self, path, error);

  return node;
}

/**
 * strata_console_call:
 * @self: a client that somebody is signed in at
 * @call: what to ask
 * @cancellable: (nullable): a cancellable; it is heeded at once, and so is strata_console_sign_out()
 * @error: return location for a [error@Error]
 *
 * Asks the console, no faster than it wants to be asked, and again when the connection is lost or it is busy, where that
 * does no harm. A token that has ended is renewed. Each error names the project that was asked for: a console answers for
 * a wrong one as if nothing was there. What the console says of a refusal, with its reference for support, is in
 * strata_error_get_details(), never with the key in it. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what it answers, a JSON null for a success without words; or %NULL with
 *   `OFFLINE`, `SIGN_IN`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`, `BUSY`, `SERVER`, `BAD_REPLY`, `TOO_LARGE` or `INVALID`
 */
JsonNode *
strata_console_call (StrataConsole            *self,
                     const StrataConsoleCall  *call,
                     GCancellable             *cancellable,
                     GError                  **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && call != NULL, NULL);

  g_autoptr(StrataHttpReply) reply = strata_console_send (self, call, NULL, cancellable, error);

  return reply != NULL ? parse_body (self, call->path, reply, error) : NULL;
}

/**
 * strata_console_call_object:
 *
 * Asks for an object, which lives as long as @owner.
 */
JsonObject *
strata_console_call_object (StrataConsole           *self,
                            const StrataConsoleCall *call,
                            JsonNode               **owner,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  g_autoptr(JsonNode) node = strata_console_call (self, call, cancellable, error);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      strata_console_set_bad_reply (self, call->path, error);
      return NULL;
    }

  *owner = g_steal_pointer (&node);

  return json_node_get_object (*owner);
}

/**
 * strata_console_call_done:
 *
 * Asks for something to be done; what is answered does not matter. Returns whether it was.
 */
gboolean
strata_console_call_done (StrataConsole           *self,
                          const StrataConsoleCall *call,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  g_autoptr(StrataHttpReply) reply = strata_console_send (self, call, NULL, cancellable, error);

  return reply != NULL;
}

/**
 * strata_console_call_uid:
 *
 * Asks for something to be made. Returns its uid.
 */
char *
strata_console_call_uid (StrataConsole           *self,
                         const StrataConsoleCall *call,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_autoptr(JsonNode) owner = NULL;
  JsonObject *reply = strata_console_call_object (self, call, &owner, cancellable, error);

  if (reply == NULL)
    return NULL;

  const char *small = strata_json_get_string (reply, "uid");
  const char *uid = *small != '\0' ? small : strata_json_get_string (reply, "UID");

  if (*uid != '\0' && strlen (uid) <= MAX_ID)
    return g_strdup (uid);

  strata_console_set_bad_reply (self, call->path, error);

  return NULL;
}

/**
 * strata_console_wrap:
 *
 * Makes a body of @object, and takes it.
 */
JsonNode *
strata_console_wrap (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);

  return node;
}

static JsonNode *
build_login (const char *email,
             const char *password,
             const char *org)
{
  JsonObject *login = json_object_new ();

  json_object_set_string_member (login, "emailId", email);
  json_object_set_string_member (login, "password", password);
  if (org != NULL && *org != '\0')
    json_object_set_string_member (login, "org", org);

  return strata_console_wrap (login);
}

static StrataCredentials *
read_token (StrataConsole    *self,
            const char       *path,
            StrataHttpReply  *reply,
            GError          **error)
{
  g_autoptr(JsonNode) node = parse_body (self, path, reply, error);

  if (node == NULL)
    return NULL;

  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (strata_json_get_bool (object, "isMfa"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                   _("%s wants a second proof of who you are, which only a browser can give; make an API key there and "
                     "sign in with it"),
                      self->host);
      return NULL;
    }

  StrataCredentials *token = strata_credentials_new_header (
    "Authorization", strata_json_get_string (object, "Authorization"), NULL);

  if (token == NULL)
    strata_console_set_bad_reply (self, path, error);

  return token;
}

/**
 * strata_console_authenticate:
 *
 * Asks for a token. It is sent as it came, without a word before it.
 */
StrataCredentials *
strata_console_authenticate (StrataConsole  *self,
                             const char     *email,
                             const char     *password,
                             const char     *org,
                             GCancellable   *cancellable,
                             GError        **error)
{
  static const char *const query[] = { "setCookie", "false", NULL };
  g_autoptr(JsonNode) body = build_login (email, password, org);
  StrataConsoleCall call = {
    .method = "POST",
    .path = "/v1/auth/authenticate",
    .query = query,
    .body = body,
    .is_tenant = TRUE,
    .is_idempotent = TRUE,
    .max_size = MAX_TOKEN_REPLY,
  };
  g_autoptr(StrataHttpReply) reply = ask (self, &call, NULL, NULL, cancellable, error);

  if (reply == NULL)
    return NULL;

  if (strata_http_reply_check (reply, NULL))
    return read_token (self, call.path, reply, error);

  strata_console_set_status (self, TRUE, reply, password, error);

  return NULL;
}
