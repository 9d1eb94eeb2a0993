/* fake-server.h - a web server of the test's own, in a thread of its own, that answers as badly as a test wants
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _FakeServer FakeServer;

/* Runs in the server's thread. */
typedef void (* FakeServerAnswer) (FakeServer        *server,
                                   SoupServerMessage *message,
                                   const char        *path,
                                   gpointer           data);

FakeServer *fake_server_new      (GTlsCertificate   *certificate,
                                  FakeServerAnswer   answer,
                                  gpointer           data);
void        fake_server_free     (FakeServer        *self);

const char *fake_server_get_url  (FakeServer        *self);
char       *fake_server_get_log  (FakeServer        *self);
guint       fake_server_count    (FakeServer        *self,
                                  const char        *start);

void        fake_server_reply    (SoupServerMessage *message,
                                  guint              status,
                                  const char        *type,
                                  const char        *body);
void        fake_server_header   (SoupServerMessage *message,
                                  const char        *name,
                                  const char        *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

G_END_DECLS
