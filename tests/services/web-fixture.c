/* web-fixture.c - a web server that says whatever a test wants it to say, byte by byte
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "web-fixture.h"

#include <string.h>

#define MAX_HEAD 65536

struct _Web
{
  GSocketListener *listener;     /* (owned) */
  GTlsCertificate *certificate;  /* (owned) (nullable) */
  GCancellable    *stopped;      /* (owned) */
  WebHandler       handler;
  gpointer         data;
  guint16          port;
  GThread         *thread;       /* (owned) */
  GMutex           mutex;        /* for all below */
  GPtrArray       *threads;      /* (owned) of the connections */
  GPtrArray       *requests;     /* (owned) */
};

typedef struct
{
  Web       *web;     /* (unowned) */
  GIOStream *stream;  /* (owned) */
} Connection;

static void
request_free (gpointer data)
{
  WebRequest *self = data;

  g_free (self->method);
  g_free (self->target);
  g_free (self->head);
  g_free (self->body);
  g_free (self);
}

/* What does not begin with a letter is no HTTP, and may never come to the end of a head. */
static char *
read_head (GInputStream *input)
{
  g_autoptr(GString) head = g_string_new (NULL);
  char byte;

  while (head->len < MAX_HEAD && !g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (g_input_stream_read (input, &byte, 1, NULL, NULL) != 1 ||
          (head->len == 0 && !g_ascii_isalpha (byte)))
        return NULL;
      g_string_append_c (head, byte);
    }

  return g_string_free (g_steal_pointer (&head), FALSE);
}

static WebRequest *
read_request (GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autofree char *head = read_head (input);

  if (head == NULL)
    return NULL;

  g_auto(GStrv) words = g_strsplit (head, " ", 3);
  WebRequest *request = g_new0 (WebRequest, 1);

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);
  request->head = g_steal_pointer (&head);

  g_autofree char *length = web_dup_header (request, "Content-Length");
  gsize size = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;

  request->body = g_malloc0 (size + 1);
  g_input_stream_read_all (input, request->body, size, &size, NULL, NULL);

  return request;
}

static gpointer
serve (gpointer data)
{
  Connection *self = data;
  Web *web = self->web;
  g_autoptr(GIOStream) plain = self->stream;
  g_autoptr(GIOStream) stream = web->certificate != NULL
                                   ? g_tls_server_connection_new (plain, web->certificate, NULL)
                                   : g_object_ref (plain);
  WebRequest *request = read_request (stream);

  g_free (self);
  if (request != NULL)
    {
      g_mutex_lock (&web->mutex);
      request->number = web->requests->len;
      g_ptr_array_add (web->requests, request);
      g_mutex_unlock (&web->mutex);
      web->handler (web, request, stream, web->data);
    }

  g_io_stream_close (stream, NULL, NULL);
  g_io_stream_close (plain, NULL, NULL);

  return NULL;
}

static gpointer
accept_all (gpointer data)
{
  Web *self = data;
  GSocketConnection *stream;

  while ((stream = g_socket_listener_accept (self->listener, NULL, self->stopped, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);
      g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

      connection->web = self;
      connection->stream = G_IO_STREAM (stream);
      g_ptr_array_add (self->threads, g_thread_new ("web", serve, connection));
    }

  return NULL;
}

static Web *
start (GTlsCertificate *certificate,
       WebHandler       handler,
       gpointer         data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr(GSocketAddress) bound = NULL;
  Web *self = g_new0 (Web, 1);

  g_mutex_init (&self->mutex);
  self->listener = g_socket_listener_new ();
  self->certificate = certificate;
  self->stopped = g_cancellable_new ();
  self->handler = handler;
  self->data = data;
  self->threads = g_ptr_array_new ();
  self->requests = g_ptr_array_new_with_free_func (request_free);

  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("web", accept_all, self);

  return self;
}

Web *
web_start (WebHandler handler,
           gpointer   data)
{
  return start (NULL, handler, data);
}

/* @certificate_file holds the certificate and its key. */
Web *
web_start_tls (const char *certificate_file,
               WebHandler  handler,
               gpointer    data)
{
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (certificate_file, &error);

  g_assert_no_error (error);

  return start (certificate, handler, data);
}

/* Before the first request. */
void
web_set_data (Web      *self,
              gpointer  data)
{
  self->data = data;
}

void
web_stop (Web *self)
{
  g_cancellable_cancel (self->stopped);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);

  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->requests);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_clear_object (&self->certificate);
  g_object_unref (self->stopped);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
web_get_port (Web *self)
{
  return self->port;
}

char *
web_dup_url (Web        *self,
             const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http",
                          self->port, path);
}

guint
web_count (Web *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->requests->len;
}

WebRequest *
web_get_request (Web   *self,
                 guint  number)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert_cmpuint (number, <, self->requests->len);

  return self->requests->pdata[number];
}

/* What stands in the header @name, or %NULL. */
char *
web_dup_header (WebRequest *request,
                const char *name)
{
  g_auto(GStrv) lines = g_strsplit (request->head, "\r\n", 0);

  for (guint i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, strlen (name)) == 0 && lines[i][strlen (name)] == ':')
      return g_strstrip (g_strdup (lines[i] + strlen (name) + 1));

  return NULL;
}

gboolean
web_is_stopped (Web *self)
{
  return g_cancellable_is_cancelled (self->stopped);
}

/* Who asked may have gone away: that is no fault here. */
void
web_write (GIOStream  *stream,
           const void *data,
           gsize       size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, size, NULL, NULL, NULL);
}

void
web_say (GIOStream  *stream,
         const char *format,
         ...)
{
  va_list arguments;

  va_start (arguments, format);

  g_autofree char *text = g_strdup_vprintf (format, arguments);

  va_end (arguments);
  web_write (stream, text, strlen (text));
}

/* Says no more, until the test is over. */
void
web_wait (Web *self)
{
  GPollFD stopped;

  g_assert_true (g_cancellable_make_pollfd (self->stopped, &stopped));
  g_poll (&stopped, 1, -1);
  g_cancellable_release_fd (self->stopped);
}

static gpointer
carry_back (gpointer data)
{
  GIOStream *const *pair = data;

  g_output_stream_splice (g_io_stream_get_output_stream (pair[0]),
                          g_io_stream_get_input_stream (pair[1]), G_OUTPUT_STREAM_SPLICE_NONE, NULL,
                          NULL);

  return NULL;
}

/* What a proxy does for https: carries bytes that it cannot read. */
void
web_tunnel (GIOStream  *stream,
            const char *host_and_port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) other =
    g_socket_client_connect_to_host (client, host_and_port, 443, NULL, NULL);
  GIOStream *pair[] = { stream, G_IO_STREAM (other) };

  g_assert_nonnull (other);
  web_say (stream, "HTTP/1.1 200 Connected\r\n\r\n");

  GThread *back = g_thread_new ("tunnel", carry_back, pair);

  g_output_stream_splice (g_io_stream_get_output_stream (pair[1]),
                          g_io_stream_get_input_stream (stream), G_OUTPUT_STREAM_SPLICE_NONE, NULL,
                          NULL);
  g_socket_shutdown (g_socket_connection_get_socket (other), TRUE, TRUE, NULL);
  g_thread_join (back);
}
