/* strata-edge-client.h - what an appliance asks a console and tells it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define STRATA_TYPE_EDGE_CLIENT (strata_edge_client_get_type ())

/* Blocks; one thread at a time. */
G_DECLARE_FINAL_TYPE (StrataEdgeClient, strata_edge_client, STRATA, EDGE_CLIENT, GObject)

StrataEdgeClient *strata_edge_client_new          (const char        *address,
                                                   const char        *ca_file,
                                                   const char        *host_uid,
                                                   GError           **error);
gboolean          strata_edge_client_set_key      (StrataEdgeClient  *self,
                                                   const char        *key,
                                                   GError           **error);

JsonNode         *strata_edge_client_register     (StrataEdgeClient  *self,
                                                   const char        *token,
                                                   JsonNode          *host,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
JsonNode         *strata_edge_client_get_host     (StrataEdgeClient  *self,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
gboolean          strata_edge_client_link         (StrataEdgeClient  *self,
                                                   const char        *profile_uid,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
char             *strata_edge_client_get_manifest (StrataEdgeClient  *self,
                                                   const char        *manifest_uid,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
GBytes           *strata_edge_client_get_archive  (StrataEdgeClient  *self,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
gboolean          strata_edge_client_report       (StrataEdgeClient  *self,
                                                   const char        *what,
                                                   JsonNode          *body,
                                                   GCancellable      *cancellable,
                                                   GError           **error);

G_END_DECLS
