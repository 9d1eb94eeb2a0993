/* strata-http.c - asks one place on the web: one session, its credentials for its own origin only
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http.h"

#include <config.h>
#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-http-private.h"
#include "strata-http-uri.h"

#define MAX_ATTEMPTS 4
#define STALL_S 30
#define FIRST_PAUSE_MS 500
#define CONNECTIONS 64  /* who waits for a free one cannot be cancelled, so nobody waits */

static gint is_offline;  /* (atomic) */

G_DEFINE_FINAL_TYPE (StrataHttp, strata_http, G_TYPE_OBJECT)

static void
strata_http_finalize (GObject *object)
{
  StrataHttp *self = STRATA_HTTP (object);

  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->authorities);
  g_clear_pointer (&self->credentials, strata_credentials_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (strata_http_parent_class)->finalize (object);
}

static void
strata_http_class_init (StrataHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_http_finalize;
}

static void
strata_http_init (StrataHttp *self)
{
  g_mutex_init (&self->mutex);
  self->first_pause_ms = FIRST_PAUSE_MS;
  self->n_attempts = MAX_ATTEMPTS;
  self->session = soup_session_new_with_options ("user-agent", "strata/" PACKAGE_VERSION, "timeout",
                                                 STALL_S, "max-conns", CONNECTIONS,
                                                 "max-conns-per-host", CONNECTIONS, NULL);
}

/**
 * strata_http_new:
 * @base: the address that others are relative to, as a person types it
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Makes a client of one place. Set it up before it is first used.
 *
 * Returns: (transfer full) (nullable): the client, or %NULL with @error set when @base is no address of the web, or
 *   holds a user name, a query or a fragment
 */
StrataHttp *
strata_http_new (const char  *base,
                 GError     **error)
{
  g_return_val_if_fail (base != NULL, NULL);

  g_autoptr(GUri) uri = strata_http_uri_parse_base (base, error);

  if (uri == NULL)
    return NULL;

  StrataHttp *self = g_object_new (STRATA_TYPE_HTTP, NULL);

  self->base = g_steal_pointer (&uri);

  return self;
}

/**
 * strata_http_set_credentials:
 * @self: a client
 * @credentials: (nullable): who we are, for the origin of the base and no other
 *
 * May be called at any time, in any thread: requests that begin after it use them.
 */
void
strata_http_set_credentials (StrataHttp        *self,
                             StrataCredentials *credentials)
{
  g_return_if_fail (STRATA_IS_HTTP (self));

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_pointer (&self->credentials, strata_credentials_unref);
  if (credentials != NULL)
    self->credentials = strata_credentials_ref (credentials);
}

/**
 * strata_http_set_ca_file:
 * @self: a client that was not used yet
 * @path: (type filename): certificates of authorities, as PEM
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Trusts the authorities in @path beside those of the system.
 *
 * Returns: whether there are any
 */
gboolean
strata_http_set_ca_file (StrataHttp  *self,
                         const char  *path,
                         GError     **error)
{
  g_return_val_if_fail (STRATA_IS_HTTP (self) && path != NULL, FALSE);

  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr(GError) reason = NULL;
  g_autolist(GTlsCertificate) list = g_tls_certificate_list_new_from_file (absolute, &reason);
  g_autoptr(GTlsDatabase) authorities =
    list != NULL ? g_tls_file_database_new (absolute, &reason) : NULL;

  if (authorities == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s holds no certificate that can be read: %s"), shown,
                      reason != NULL ? reason->message : "");
      return FALSE;
    }

  g_set_object (&self->authorities, authorities);

  return TRUE;
}

/**
 * strata_http_set_proxy:
 * @self: a client that was not used yet
 * @resolver: (nullable): what finds the proxy for an address; %NULL to go without. Before this is called, it is that of
 *   the system
 */
void
strata_http_set_proxy (StrataHttp     *self,
                       GProxyResolver *resolver)
{
  g_return_if_fail (STRATA_IS_HTTP (self));

  soup_session_set_proxy_resolver (self->session, resolver);
}

/**
 * strata_http_set_patience:
 * @self: a client that was not used yet
 * @stall_s: for how many seconds the other side may say nothing, or next to nothing; 0 for ever
 * @first_pause_ms: how many milliseconds to wait before asking again; it doubles each time
 */
void
strata_http_set_patience (StrataHttp *self,
                          guint       stall_s,
                          guint       first_pause_ms)
{
  g_return_if_fail (STRATA_IS_HTTP (self));

  soup_session_set_timeout (self->session, stall_s);
  self->first_pause_ms = first_pause_ms;
}

/**
 * strata_http_set_attempts:
 * @self: a client that was not used yet
 * @n_attempts: how often to ask at most when the connection is lost or the server is busy, at least 1
 */
void
strata_http_set_attempts (StrataHttp *self,
                          guint       n_attempts)
{
  g_return_if_fail (STRATA_IS_HTTP (self));
  g_return_if_fail (n_attempts >= 1);

  self->n_attempts = n_attempts;
}

/**
 * strata_http_pause:
 * @self: a client
 * @attempt: how often was asked already, at least 1
 * @cancellable: (nullable): a cancellable; it is heeded at once
 *
 * Waits as long as strata_http_send() would before it asks again, for who decides alone whether to ask again. Blocks;
 * any thread.
 *
 * Returns: whether it was not cancelled
 */
gboolean
strata_http_pause (StrataHttp   *self,
                   guint         attempt,
                   GCancellable *cancellable)
{
  g_return_val_if_fail (STRATA_IS_HTTP (self) && attempt >= 1, FALSE);

  return strata_http_retry_pause (attempt - 1, self->first_pause_ms, -1, cancellable);
}

/**
 * strata_http_get_base:
 * @self: a client
 *
 * Returns: (transfer none) (not nullable): the address that others are relative to; its path ends in a slash
 */
GUri *
strata_http_get_base (StrataHttp *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP (self), NULL);

  return self->base;
}

/* Whether it makes sense to ask again, and does no harm. */
static gboolean
may_repeat (StrataHttp              *self,
            const StrataHttpRequest *request,
            const StrataHttpAgain   *again,
            guint                    attempt)
{
  gboolean is_reading = request->method == NULL || g_str_equal (request->method, "GET") ||
                        g_str_equal (request->method, "HEAD");

  if (attempt >= self->n_attempts)
    return FALSE;

  if (again->is_silence)
    return request->is_idempotent && attempt == 1;

  return again->may && (is_reading || request->is_idempotent);
}

/**
 * strata_http_send:
 * @self: a client
 * @request: what to ask
 * @cancellable: (nullable): a cancellable; it is heeded at once
 * @error: return location for a [error@Error]
 *
 * Asks, and waits for the whole answer. Redirects are followed, without credentials where they leave the origin; what
 * only reads is tried again when the connection is lost or the server is busy: up to four times, if
 * strata_http_set_attempts() does not say otherwise. Blocks; any thread.
 *
 * The words of a server that refuses are in strata_error_get_details().
 *
 * Returns: (transfer full) (nullable): a reply of status 2xx or 304, or any that says no when @request allows it; or
 *   %NULL with `OFFLINE`, `SIGN_IN`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`, `BUSY`, `SERVER`, `BAD_REPLY`, `TOO_LARGE`,
 *   `INVALID`, or `DISK` when the sink does not take it
 */
StrataHttpReply *
strata_http_send (StrataHttp               *self,
                  const StrataHttpRequest  *request,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  g_return_val_if_fail (STRATA_IS_HTTP (self), NULL);
  g_return_val_if_fail (request != NULL && request->uri != NULL, NULL);

  for (guint attempt = 1;; attempt++)
    {
      StrataHttpAgain again;
      GError *reason = NULL;
      StrataHttpReply *reply = strata_http_exchange (self, request, &again, cancellable, &reason);

      if (!may_repeat (self, request, &again, attempt) ||
          !strata_http_retry_pause (attempt - 1, self->first_pause_ms, again.asked_ms, cancellable))
        {
          if (reason != NULL && g_cancellable_set_error_if_cancelled (cancellable, error))
            g_error_free (reason);
          else if (reason != NULL)
            g_propagate_error (error, reason);
          return reply;
        }

      g_clear_error (&reason);
      g_clear_object (&reply);
    }
}

/* Whether the network may be used at all. */
gboolean
strata_http_check_online (GError **error)
{
  if (!strata_http_is_offline ())
    return TRUE;

  g_set_error_literal (
    error, STRATA_ERROR, STRATA_ERROR_OFFLINE,
    _("Strata works offline; nothing is asked of the network until that is switched off"));

  return FALSE;
}

/**
 * strata_http_is_offline:
 *
 * Returns: whether this program leaves the network alone
 */
gboolean
strata_http_is_offline (void)
{
  return g_atomic_int_get (&is_offline) != 0;
}

/**
 * strata_http_set_offline:
 * @offline: whether this program leaves the network alone
 *
 * While it does, every request fails with `OFFLINE` before it connects. Any thread.
 */
void
strata_http_set_offline (gboolean offline)
{
  g_atomic_int_set (&is_offline, offline);
}
