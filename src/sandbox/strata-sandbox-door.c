/* strata-sandbox-door.c - takes requests from the network within bounds, and gives the answers back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-door"

#include "strata-sandbox-door.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-sandbox-access.h"
#include "strata-sandbox-rate.h"

#define MAX_BODY (16 * 1024 * 1024)
#define TYPE_UNKNOWN "application/octet-stream"

/* Half of what goes wrong goes wrong after the work was done: only the answer is lost then. */
typedef enum
{
  FAULT_NONE,
  FAULT_REFUSED,
  FAULT_CUT_BEFORE,
  FAULT_CUT_AFTER,
} Fault;

struct _StrataSandboxDoor
{
  SoupServer            *server;         /* (owned) */
  StrataSandboxSite     *site;           /* (unowned) */
  StrataSandboxRate     *rate;           /* (owned) (nullable): NULL for no limit */
  GRand                 *chance;         /* (owned) */
  double                 fail_rate;
  guint                  latency_ms;
  StrataSandboxObserver  observer;       /* (nullable) */
  gpointer               observer_data;  /* (unowned) */
  GHashTable            *waiting;        /* (owned) (element-type GSource): answers that are held back */
};

/* A request whose answer is held back. */
typedef struct
{
  StrataSandboxDoor *door;     /* (unowned): which takes its source away when it closes */
  SoupServerMessage *message;  /* (owned) */
  GSource           *source;   /* (unowned): which owns this */
} Waiting;

static Fault
roll (StrataSandboxDoor *self)
{
  static const Fault faults[] = { FAULT_REFUSED, FAULT_CUT_BEFORE, FAULT_CUT_AFTER,
                                  FAULT_CUT_AFTER };

  if (self->fail_rate <= 0 || g_rand_double (self->chance) >= self->fail_rate)
    return FAULT_NONE;

  return faults[g_rand_int_range (self->chance, 0, G_N_ELEMENTS (faults))];
}

static void
cut (SoupServerMessage *message)
{
  g_autoptr(GIOStream) connection = soup_server_message_steal_connection (message);

  g_io_stream_close (connection, NULL, NULL);
}

/* A page of the web that calls itself by another name, to reach this computer, has no business here. */
static gboolean
is_for_us (SoupServerMessage *message)
{
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));

  return host != NULL &&
         (g_str_equal (host, "127.0.0.1") || g_ascii_strcasecmp (host, "localhost") == 0);
}

static void
run_handler (StrataSandboxCall        *call,
             const StrataSandboxRoute *route)
{
  g_autoptr(GError) error = NULL;

  strata_sandbox_db_begin (call->site->db);
  if (strata_sandbox_access_check (call, route))
    route->handler (call);
  if (call->status == 0)
    strata_sandbox_call_fail (call, 500, "InternalError", "There is no answer");

  if (strata_sandbox_db_end (call->site->db, call->status < 400, &error))
    return;

  g_debug ("%s", error->message);
  strata_sandbox_call_fail (call, 500, "InternalError", "%s", error->message);
}

static void
handle (StrataSandboxDoor *self,
        StrataSandboxCall *call)
{
  const StrataSandboxRoute *route = NULL;

  if (self->rate != NULL &&
      !strata_sandbox_rate_take (self->rate, call->path, g_get_monotonic_time ()))
    strata_sandbox_call_fail (call, 429, "TooManyRequests", "Too Many Requests, [%s] %s",
                              call->method, call->path);
  else if ((route = strata_sandbox_routes_find (call)) != NULL)
    run_handler (call, route);
}

static StrataSandboxCall *
make_call (StrataSandboxDoor *self,
           SoupServerMessage *message)
{
  StrataSandboxCall *call = g_new0 (StrataSandboxCall, 1);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  const char *method = soup_server_message_get_method (message);

  call->site = self->site;
  call->method = g_str_equal (method, "HEAD") ? "GET" : method;
  call->path = g_strdup (g_uri_get_path (uri));
  call->query = query != NULL ? soup_form_decode (query) : NULL;
  call->request = soup_message_body_flatten (soup_server_message_get_request_body (message));
  call->project = g_strdup ("");
  strata_sandbox_access_identify (call, soup_message_headers_get_one (headers, "ApiKey"),
                                  soup_message_headers_get_one (headers, "Authorization"),
                                  soup_message_headers_get_one (headers, "ProjectUid"));

  return call;
}

/* A search is sent like a change. */
static gboolean
is_change (StrataSandboxCall *call)
{
  if (g_str_equal (call->method, "GET") || call->status >= 300)
    return FALSE;

  return call->status != 200 || g_str_equal (call->method, "DELETE") ||
         g_str_has_suffix (call->path, "/register");
}

static void
set_headers (StrataSandboxCall  *call,
             SoupMessageHeaders *headers)
{
  if (is_change (call))
    {
      g_autofree char *audit = strata_sandbox_make_uid ();

      soup_message_headers_replace (headers, "AuditUid", audit);
    }
  if (call->file_name != NULL)
    {
      g_autoptr(GHashTable) params = g_hash_table_new (g_str_hash, g_str_equal);

      g_hash_table_insert (params, (gpointer) "filename", call->file_name);
      soup_message_headers_set_content_disposition (headers, "attachment", params);
    }
  if (call->allow != NULL)
    soup_message_headers_replace (headers, "Allow", call->allow);
  if (call->digest != NULL)
    soup_message_headers_replace (headers, "Docker-Content-Digest", call->digest);
}

static void
give_back (StrataSandboxDoor *self,
           StrataSandboxCall *call,
           SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize size = 0;
  const char *bytes = call->reply != NULL ? g_bytes_get_data (call->reply, &size) : NULL;

  if (self->observer != NULL)
    self->observer (call->method, call->path,
                    g_uri_get_query (soup_server_message_get_uri (message)), call->request,
                    call->status, call->reply, self->observer_data);

  set_headers (call, headers);
  soup_server_message_set_status (message, call->status, NULL);
  if (call->reply != NULL)
    soup_server_message_set_response (message, call->type != NULL ? call->type : TYPE_UNKNOWN,
                                      SOUP_MEMORY_COPY, bytes, size);
}

/* Returns: whether there is somebody left who waits for the answer */
static gboolean
serve (StrataSandboxDoor *self,
       SoupServerMessage *message)
{
  Fault fault = roll (self);

  if (fault == FAULT_CUT_BEFORE)
    {
      cut (message);
      return FALSE;
    }

  g_autoptr(StrataSandboxCall) call = make_call (self, message);

  if (!is_for_us (message))
    strata_sandbox_call_fail (call, 421, "Misdirected",
                              "This console is reached as 127.0.0.1 only");
  else if (fault == FAULT_REFUSED)
    strata_sandbox_call_fail (call, (guint) g_rand_int_range (self->chance, 502, 505),
                              "StatusInternalServerError",
                              "The sandbox was asked to fail now and then");
  else
    handle (self, call);

  give_back (self, call, message);
  if (fault == FAULT_CUT_AFTER)
    cut (message);

  return fault != FAULT_CUT_AFTER;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

/* Who waited for an answer went away. */
static void
gone_cb (SoupServerMessage *message,
         Waiting           *waiting)
{
  g_hash_table_remove (waiting->door->waiting, waiting->source);
}

static gboolean
waited_cb (gpointer data)
{
  Waiting *waiting = data;

  g_hash_table_steal (waiting->door->waiting, waiting->source);
  g_source_unref (waiting->source);
  g_signal_handlers_disconnect_by_data (waiting->message, waiting);
  if (serve (waiting->door, waiting->message))
    soup_server_message_unpause (waiting->message);

  return G_SOURCE_REMOVE;
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_signal_handlers_disconnect_by_data (waiting->message, waiting);
  g_object_unref (waiting->message);
  g_free (waiting);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  StrataSandboxDoor *self = data;

  if (self->latency_ms == 0)
    {
      serve (self, message);
      return;
    }

  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->door = self;
  waiting->message = g_object_ref (message);
  waiting->source = g_timeout_source_new (self->latency_ms);
  soup_server_message_pause (message);
  g_signal_connect (message, "finished", G_CALLBACK (gone_cb), waiting);
  g_source_set_callback (waiting->source, waited_cb, waiting, waiting_free);
  g_source_attach (waiting->source, g_main_context_get_thread_default ());
  g_hash_table_add (self->waiting, waiting->source);
}

static void
refuse_body (SoupServerMessage *message)
{
  static const char text[] =
    "{\"code\":\"RequestTooLarge\",\"message\":\"The body is too large\",\"details\":{}}";

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
  soup_server_message_set_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, text,
                                    sizeof text - 1);
}

/* A body that says no length is counted as it comes; nothing sensible can be answered in the middle of it. */
static void
chunk_cb (SoupServerMessage *message,
          GBytes            *chunk,
          gpointer           data)
{
  if (soup_server_message_get_request_body (message)->length > MAX_BODY)
    cut (message);
}

/* Runs when the head of a request is there and its body is not. */
static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > MAX_BODY)
    refuse_body (message);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (chunk_cb), NULL);

  /* The server would cut the answer itself, and past its end; without a range everything is given,
   * as HTTP allows. */
  soup_message_headers_remove (headers, "Range");
}

/* Listens in the thread-default context of the caller, which is also where all is answered; @site and
 * @observer_data have to live as long. Errors: %STRATA_ERROR_BUSY for a port that is taken.
 */
StrataSandboxDoor *
strata_sandbox_door_open (StrataSandboxSite           *site,
                          const StrataSandboxOptions  *options,
                          StrataSandboxObserver        observer,
                          gpointer                     observer_data,
                          GError                     **error)
{
  StrataSandboxDoor *self = g_new0 (StrataSandboxDoor, 1);
  g_autoptr(GError) local_error = NULL;

  self->site = site;
  self->rate = options->no_rate_limit ? NULL : strata_sandbox_rate_new ();
  self->chance =
    options->fail_seed != 0 ? g_rand_new_with_seed (options->fail_seed) : g_rand_new ();
  self->fail_rate = options->fail_rate;
  self->latency_ms = options->latency_ms;
  self->observer = observer;
  self->observer_data = observer_data;
  self->waiting = g_hash_table_new_full (NULL, NULL, destroy_source, NULL);
  self->server = soup_server_new ("server-header", "strata-sandbox", NULL);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);

  if (soup_server_listen_local (self->server, options->port, SOUP_SERVER_LISTEN_IPV4_ONLY,
                                &local_error))
    return self;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BUSY,
                 _("Port %u is taken by another program; choose another with --port, or none for any that is free"),
                 options->port);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BUSY, "%s", local_error->message);
  strata_sandbox_door_close (self);

  return NULL;
}

void
strata_sandbox_door_close (StrataSandboxDoor *self)
{
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->rate, strata_sandbox_rate_free);
  g_clear_pointer (&self->chance, g_rand_free);
  g_free (self);
}

guint16
strata_sandbox_door_get_port (StrataSandboxDoor *self)
{
  g_autoslist(GUri) uris = soup_server_get_uris (self->server);

  return (guint16) g_uri_get_port (uris->data);
}
