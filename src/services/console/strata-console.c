/* strata-console.c - one console, seen by one account from one project: the client of its REST API
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-http-uri.h"

#define STALL_S 30
#define FIRST_PAUSE_MS 4000  /* two to four seconds, as the console wants it, and twice as long each time */
#define N_ATTEMPTS 6         /* about a minute in all: somebody waits for it */

G_DEFINE_FINAL_TYPE (StrataConsole, strata_console, G_TYPE_OBJECT)

static void
strata_console_finalize (GObject *object)
{
  StrataConsole *self = STRATA_CONSOLE (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->session, strata_console_session_unref);
  g_clear_pointer (&self->rate, strata_console_rate_unref);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->project, g_free);
  g_clear_pointer (&self->project_name, g_free);
  g_clear_pointer (&self->registries, g_ptr_array_unref);
  g_clear_error (&self->trouble);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (strata_console_parent_class)->finalize (object);
}

static void
strata_console_class_init (StrataConsoleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_console_finalize;
}

static void
strata_console_init (StrataConsole *self)
{
  g_mutex_init (&self->mutex);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* What a person types: a host is enough. */
static char *
complete_address (const char *address)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address));

  return strstr (stripped, "://") != NULL ? g_steal_pointer (&stripped)
                                          : g_strconcat ("https://", stripped, NULL);
}

static gboolean
check_base (GUri    *base,
            GError **error)
{
  if (g_str_equal (g_uri_get_scheme (base), "https") || is_loopback (g_uri_get_host (base)))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("%s would be asked without encryption, and others could read the key; give an address that begins "
                 "with https://"),
                  g_uri_get_host (base));

  return FALSE;
}

static StrataHttp *
make_http (const char  *address,
           const char  *ca_file,
           GError     **error)
{
  g_autofree char *complete = complete_address (address);
  g_autoptr(StrataHttp) http = strata_http_new (complete, error);

  if (http == NULL || !check_base (strata_http_get_base (http), error) ||
      (ca_file != NULL && !strata_http_set_ca_file (http, ca_file, error)))
    return NULL;

  strata_http_set_patience (http, STALL_S, FIRST_PAUSE_MS);
  strata_http_set_attempts (http, N_ATTEMPTS);

  return g_steal_pointer (&http);
}

/* The address by which a console is known: how it was typed does not count. */
static char *
dup_address (StrataHttp *http)
{
  char *address = g_uri_to_string (strata_http_get_base (http));

  if (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';

  return address;
}

static char *
dup_set (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* It becomes a header: what cannot be one is escaped, and then is the uid of nothing. */
static char *
dup_uid (const char *uid)
{
  return uid != NULL && *uid != '\0' ? g_uri_escape_string (uid, NULL, FALSE) : NULL;
}

/**
 * strata_console_new:
 * @address: as a person types it: `console.example` stands for `https://console.example`
 * @project_uid: (nullable): the project that is worked in; %NULL for the tenant
 * @ca_file: (nullable) (type filename): certificates of authorities that are trusted beside those of the system
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Makes a client that nobody is signed in at. It asks nothing. What is not encrypted may only be on this computer.
 *
 * Returns: (transfer full) (nullable): the client, or %NULL with @error set
 */
StrataConsole *
strata_console_new (const char  *address,
                    const char  *project_uid,
                    const char  *ca_file,
                    GError     **error)
{
  g_return_val_if_fail (address != NULL, NULL);

  g_autoptr(StrataHttp) http = make_http (address, ca_file, error);

  if (http == NULL)
    return NULL;

  StrataConsole *self = g_object_new (STRATA_TYPE_CONSOLE, NULL);

  self->http = g_steal_pointer (&http);
  self->session = strata_console_session_new ();
  self->address = dup_address (self->http);
  self->host = strata_http_uri_dup_host (strata_http_get_base (self->http));
  self->rate = strata_console_rate_get (self->address);
  self->project = dup_uid (project_uid);

  return self;
}

/**
 * strata_console_with_project:
 * @self: a client
 * @project_uid: (nullable): another project; %NULL for the tenant
 *
 * Sees the same console from another project. Who is signed in is shared: signing out here signs out there. Any thread.
 *
 * Returns: (transfer full): the client of that project
 */
StrataConsole *
strata_console_with_project (StrataConsole *self,
                             const char    *project_uid)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  StrataConsole *other = g_object_new (STRATA_TYPE_CONSOLE, NULL);

  other->http = g_object_ref (self->http);
  other->session = strata_console_session_ref (self->session);
  other->rate = strata_console_rate_ref (self->rate);
  other->address = g_strdup (self->address);
  other->host = g_strdup (self->host);
  other->project = dup_uid (project_uid);

  return other;
}

/**
 * strata_console_get_address:
 * @self: a client
 *
 * Returns: (not nullable): the address, as `https://console.example`: the same for all ways to type it
 */
const char *
strata_console_get_address (StrataConsole *self)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  return self->address;
}

/**
 * strata_console_get_project:
 * @self: a client
 *
 * Returns: (nullable): the uid of the project that is worked in; %NULL for the tenant
 */
const char *
strata_console_get_project (StrataConsole *self)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  return self->project;
}

/**
 * strata_console_set_project_name:
 * @self: a client that was not used yet
 * @name: (nullable): what the project is called
 *
 * Sets how errors call the project: a console answers for a wrong one as if nothing was there, so each error says which
 * it was. Without a name they say the uid.
 */
void
strata_console_set_project_name (StrataConsole *self,
                                 const char    *name)
{
  g_return_if_fail (STRATA_IS_CONSOLE (self));

  g_free (self->project_name);
  self->project_name = dup_set (name);
}

/**
 * strata_console_set_patience:
 * @self: a client that was not used yet
 * @stall_s: for how many seconds the console may say nothing; 0 for ever
 * @first_pause_ms: how many milliseconds to wait at most before asking again, and half of it at least; it doubles
 *   each time
 *
 * It is 30 seconds and 4,000 milliseconds when this is not called.
 */
void
strata_console_set_patience (StrataConsole *self,
                             guint          stall_s,
                             guint          first_pause_ms)
{
  g_return_if_fail (STRATA_IS_CONSOLE (self));

  strata_http_set_patience (self->http, stall_s, first_pause_ms);
}

/**
 * strata_console_set_api_key:
 * @self: a client
 * @key: an API key; white space around it, as it comes with a paste, does not count
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Signs in with a key. Asks nothing: strata_console_who() finds out whether it is accepted. Any thread.
 *
 * Returns: whether it can be a key
 */
gboolean
strata_console_set_api_key (StrataConsole  *self,
                            const char     *key,
                            GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && key != NULL, FALSE);

  g_autoptr(StrataCredentials) credentials = strata_credentials_new_header ("ApiKey", key, error);

  if (credentials == NULL)
    return FALSE;

  strata_console_session_set_key (self->session, credentials);

  return TRUE;
}

/**
 * strata_console_sign_in:
 * @self: a client
 * @email: who
 * @password: with which password
 * @org: (nullable): of which organisation
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Signs in with a password. What the console gives for it lasts 15 minutes and is renewed when it is needed. Blocks; any
 * thread.
 *
 * Returns: whether the console accepts it; `SIGN_IN` when not, or when it wants a second proof
 */
gboolean
strata_console_sign_in (StrataConsole  *self,
                        const char     *email,
                        const char     *password,
                        const char     *org,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), FALSE);
  g_return_val_if_fail (email != NULL && password != NULL, FALSE);

  g_autoptr(StrataCredentials) token =
    strata_console_authenticate (self, email, password, org, cancellable, error);

  if (token == NULL)
    return FALSE;

  strata_console_session_set_password (self->session, email, password, org, token);

  return TRUE;
}

/**
 * strata_console_sign_out:
 * @self: a client
 *
 * Forgets the key, or the password and the token, here and in all that share them, and ends what is being asked: each of
 * those calls says that it was cancelled. Any thread.
 */
void
strata_console_sign_out (StrataConsole *self)
{
  g_return_if_fail (STRATA_IS_CONSOLE (self));

  strata_console_session_clear (self->session);
}
