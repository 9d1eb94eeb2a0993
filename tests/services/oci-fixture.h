/* oci-fixture.h - Debian's docker-registry, started for a test, and what is pushed to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-http.h"

G_BEGIN_DECLS

typedef enum
{
  OCI_SERVER_PLAIN,
  OCI_SERVER_PASSWORD,  /* for OCI_USER and OCI_PASSWORD */
  OCI_SERVER_TLS,       /* of an authority that only the test knows */
} OciServerKind;

#define OCI_USER "reader"
#define OCI_PASSWORD "s3cret-word"

typedef struct
{
  GSubprocess *process;  /* (owned) */
  char        *folder;   /* (owned) */
  char        *url;      /* (owned): without a slash at its end */
  char        *ca_file;  /* (owned) (nullable) */
  StrataHttp  *http;     /* (owned): what pushes, with the password */
} OciServer;

OciServer *oci_server_start      (OciServerKind  kind);
void       oci_server_stop       (OciServer     *self);

char      *oci_server_push_blob  (OciServer     *self,
                                  const char    *repository,
                                  GBytes        *bytes);
char      *oci_server_push_manifest (OciServer  *self,
                                  const char    *repository,
                                  const char    *reference,
                                  const char    *type,
                                  const char    *text);
char      *oci_server_push_chart (OciServer     *self,
                                  const char    *repository,
                                  const char    *tag,
                                  GBytes        *archive,
                                  const char    *config);
char      *oci_server_push_chart_file (OciServer *self,
                                  const char    *folder,
                                  const char    *path);
char      *oci_server_push_pack  (OciServer     *self,
                                  const char    *repository,
                                  const char    *tag,
                                  GBytes        *archive);

gboolean   oci_fixture_make_certificates (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OciServer, oci_server_stop)

G_END_DECLS
