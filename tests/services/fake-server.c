/* fake-server.c - a web server of the test's own, in a thread of its own, that answers as badly as a test wants
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-server.h"

struct _FakeServer
{
  GThread          *thread;   /* (owned) */
  GMainContext     *context;  /* (owned) */
  GMainLoop        *loop;     /* (owned) */
  SoupServer       *server;   /* (owned) */
  GTlsCertificate  *certificate;  /* (owned) (nullable) */
  char             *url;      /* (owned): without a slash at its end */
  FakeServerAnswer  answer;
  gpointer          data;
  GMutex            mutex;    /* for all below */
  GCond             ready;
  gboolean          is_ready;
  GString          *log;      /* (owned): "GET /path?query Authorization", one a line */
};

static void
note (FakeServer        *self,
      SoupServerMessage *message)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  const char *who =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  g_string_append_printf (self->log, "%s %s%s%s %s\n", soup_server_message_get_method (message), g_uri_get_path (uri),
                          query != NULL ? "?" : "", query != NULL ? query : "", who != NULL ? who : "-");
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  FakeServer *self = data;

  note (self, message);
  self->answer (self, message, path, self->data);
}

static void
open_server (FakeServer *self)
{
  g_autoptr(GError) error = NULL;

  self->server = soup_server_new ("server-header", "fake", "tls-certificate", self->certificate, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY |
                              (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0),
                            &error);
  g_assert_no_error (error);

  g_autoslist(GUri) uris = soup_server_get_uris (self->server);

  self->url = g_strdup_printf ("%s://127.0.0.1:%d", g_uri_get_scheme (uris->data), g_uri_get_port (uris->data));
}

static gpointer
run (gpointer data)
{
  FakeServer *self = data;

  g_main_context_push_thread_default (self->context);
  open_server (self);

  g_mutex_lock (&self->mutex);
  self->is_ready = TRUE;
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

FakeServer *
fake_server_new (GTlsCertificate  *certificate,
                 FakeServerAnswer  answer,
                 gpointer          data)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
  self->log = g_string_new (NULL);
  self->answer = answer;
  self->data = data;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("fake-server", run, self);

  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

void
fake_server_free (FakeServer *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);
  g_string_free (self->log, TRUE);
  g_free (self->url);
  g_free (self);
}

const char *
fake_server_get_url (FakeServer *self)
{
  return self->url;
}

/* All requests so far, one a line. */
char *
fake_server_get_log (FakeServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->log->str);
}

/* How many requests began with @start: "GET /v2/". */
guint
fake_server_count (FakeServer *self,
                   const char *start)
{
  g_autofree char *log = fake_server_get_log (self);
  g_auto(GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], start) ? 1 : 0;

  return n;
}

void
fake_server_reply (SoupServerMessage *message,
                   guint              status,
                   const char        *type,
                   const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

void
fake_server_header (SoupServerMessage *message,
                    const char        *name,
                    const char        *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}
