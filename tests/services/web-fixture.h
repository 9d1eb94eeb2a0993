/* web-fixture.h - a web server that says whatever a test wants it to say, byte by byte
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/* One server on a port of its own of 127.0.0.1, in threads of its own. */
typedef struct _Web Web;

/* What was asked; borrowed from the server, which keeps it until it is stopped. */
typedef struct
{
  guint  number;  /* counted from 0 */
  char  *method;
  char  *target;  /* as it was sent: a path, or an address when the server is a proxy */
  char  *head;    /* all lines, as they were sent */
  char  *body;
} WebRequest;

/* Answers one request, in a thread of its own. The connection is closed after it. */
typedef void (* WebHandler) (Web           *web,
                             WebRequest    *request,
                             GIOStream     *stream,
                             gpointer       data);

Web        *web_start        (WebHandler     handler,
                              gpointer       data);
Web        *web_start_tls    (const char    *certificate_file,
                              WebHandler     handler,
                              gpointer       data);
void        web_set_data     (Web           *web,
                              gpointer       data);
void        web_stop         (Web           *web);

guint       web_get_port     (Web           *web);
char       *web_dup_url      (Web           *web,
                              const char    *path);
guint       web_count        (Web           *web);
WebRequest *web_get_request  (Web           *web,
                              guint          number);
char       *web_dup_header   (WebRequest    *request,
                              const char    *name);
gboolean    web_is_stopped   (Web           *web);

void        web_write        (GIOStream     *stream,
                              const void    *data,
                              gsize          size);
void        web_say          (GIOStream     *stream,
                              const char    *format,
                              ...) G_GNUC_PRINTF (2, 3);
void        web_wait         (Web           *web);
void        web_tunnel       (GIOStream     *stream,
                              const char    *host_and_port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Web, web_stop)
