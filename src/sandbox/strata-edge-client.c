/* strata-edge-client.c - what an appliance asks a console and tells it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-edge-client"

#include "strata-edge-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-blob.h"
#include "strata-error.h"
#include "strata-http.h"
#include "strata-json.h"

#define AUTHORIZATION "Authorization"
#define DIGEST_PREFIX "sha256:"
#define MAX_REPLY (64 * 1024 * 1024)

struct _StrataEdgeClient
{
  GObject            parent_instance;
  StrataHttp        *http;  /* (owned) */
  StrataCredentials *key;   /* (owned) (nullable): what the console gave this appliance */
  char              *host;  /* (owned): the UID of the appliance, escaped */
};

static const char *const json_types[] = { "application/json", NULL };

G_DEFINE_FINAL_TYPE (StrataEdgeClient, strata_edge_client, G_TYPE_OBJECT)

static void
strata_edge_client_finalize (GObject *object)
{
  StrataEdgeClient *self = STRATA_EDGE_CLIENT (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->key, strata_credentials_unref);
  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (strata_edge_client_parent_class)->finalize (object);
}

static void
strata_edge_client_class_init (StrataEdgeClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_edge_client_finalize;
}

static void
strata_edge_client_init (StrataEdgeClient *self)
{
}

/* A key in clear text stays on this computer. */
static gboolean
check_scheme (GUri    *base,
              GError **error)
{
  const char *host = g_uri_get_host (base);
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);
  gboolean is_here = g_str_equal (host, "localhost") ||
                     (address != NULL && g_inet_address_get_is_loopback (address));

  if (is_here || g_str_equal (g_uri_get_scheme (base), "https"))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN,
               _("“%s” would get the token unencrypted: use an address that begins with https://"), host);

  return FALSE;
}

/* For the console at @address and the appliance @host_uid. */
StrataEdgeClient *
strata_edge_client_new (const char *address,
                        const char *ca_file,
                        const char *host_uid,
                        GError    **error)
{
  g_autoptr(StrataEdgeClient) self = g_object_new (STRATA_TYPE_EDGE_CLIENT, NULL);

  self->http = strata_http_new (address, error);
  self->host = g_uri_escape_string (host_uid, NULL, FALSE);

  if (self->http == NULL || !check_scheme (strata_http_get_base (self->http), error) ||
      (ca_file != NULL && !strata_http_set_ca_file (self->http, ca_file, error)))
    return NULL;

  return g_steal_pointer (&self);
}

/* What to show the console from now on. */
gboolean
strata_edge_client_set_key (StrataEdgeClient *self,
                            const char       *key,
                            GError          **error)
{
  g_clear_pointer (&self->key, strata_credentials_unref);
  self->key = strata_credentials_new_header (AUTHORIZATION, key, error);

  return self->key != NULL;
}

static StrataHttpReply *
call (StrataEdgeClient  *self,
      StrataHttpRequest *request,
      JsonNode          *body,
      GCancellable      *cancellable,
      GError           **error)
{
  g_autofree char *text = body != NULL ? strata_json_to_text (body, FALSE) : NULL;
  g_autoptr(GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  request->body = bytes;
  request->content_type = bytes != NULL ? "application/json" : NULL;

  if (request->credentials == NULL)
    request->credentials = self->key;

  return strata_http_send (self->http, request, cancellable, error);
}

/* The object that was answered. */
static JsonNode *
ask (StrataEdgeClient  *self,
     StrataHttpRequest *request,
     JsonNode          *body,
     GCancellable      *cancellable,
     GError           **error)
{
  request->accept = json_types;
  request->max_size = MAX_REPLY;

  g_autoptr(StrataHttpReply) reply = call (self, request, body, cancellable, error);

  if (reply == NULL)
    return NULL;

  gsize size;
  const char *data = g_bytes_get_data (strata_http_reply_get_body (reply), &size);
  g_autoptr(JsonNode) node = strata_json_parse (data, (gssize) size, error);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
                           _("The console answers with something that is no object"));
      return NULL;
    }

  return g_steal_pointer (&node);
}

static char *
make_path (StrataEdgeClient *self,
           const char       *rest)
{
  return g_strconcat ("v1/edgehosts/", self->host, rest, NULL);
}

/* Registers @host, a `v1EdgeHostDevice`, with the token of the site. Returns what the console made of it. */
JsonNode *
strata_edge_client_register (StrataEdgeClient *self,
                             const char       *token,
                             JsonNode         *host,
                             GCancellable     *cancellable,
                             GError          **error)
{
  g_autoptr(StrataCredentials) credentials = strata_credentials_new_header (AUTHORIZATION, token, error);

  if (credentials == NULL)
    return NULL;

  StrataHttpRequest request = {
    .method = "POST", .uri = "v1/edgehosts/register", .credentials = credentials,
  };

  return ask (self, &request, host, cancellable, error);
}

/* What the console knows of this appliance, and what is to be there. */
JsonNode *
strata_edge_client_get_host (StrataEdgeClient *self,
                             GCancellable     *cancellable,
                             GError          **error)
{
  g_autofree char *path = make_path (self, "");
  StrataHttpRequest request = { .uri = path };

  return ask (self, &request, NULL, cancellable, error);
}

static gboolean
send_only (StrataEdgeClient *self,
           const char       *method,
           const char       *rest,
           JsonNode         *body,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autofree char *path = make_path (self, rest);
  StrataHttpRequest request = { .method = method, .uri = path };
  g_autoptr(StrataHttpReply) reply = call (self, &request, body, cancellable, error);

  return reply != NULL;
}

/* Makes @profile_uid the profile of this appliance. */
gboolean
strata_edge_client_link (StrataEdgeClient *self,
                         const char       *profile_uid,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "uid");
  json_builder_add_string_value (builder, profile_uid);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr(JsonNode) body = json_builder_get_root (builder);

  return send_only (self, "PUT", "/profiles", body, cancellable, error);
}

static gboolean
check_digest (const char *content,
              const char *announced,
              const char *uid,
              GError    **error)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (content);
  const char *digest =
    g_str_has_prefix (announced, DIGEST_PREFIX) ? announced + strlen (DIGEST_PREFIX) : announced;

  /* A digest of another kind says nothing that can be checked here; that of the layer still has to be right. */
  if (strlen (digest) != strlen (strata_blob_get_digest (blob)) ||
      g_ascii_strcasecmp (digest, strata_blob_get_digest (blob)) == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
               _("Manifest %s is damaged: its SHA-256 is not the one that the console names"), uid);

  return FALSE;
}

/* The text of one manifest, checked against its digest. */
char *
strata_edge_client_get_manifest (StrataEdgeClient *self,
                                 const char       *manifest_uid,
                                 GCancellable     *cancellable,
                                 GError          **error)
{
  g_autofree char *escaped = g_uri_escape_string (manifest_uid, NULL, FALSE);
  g_autofree char *rest = g_strconcat ("/pack/manifests/", escaped, NULL);
  g_autofree char *path = make_path (self, rest);
  StrataHttpRequest request = { .uri = path };
  g_autoptr(JsonNode) node = ask (self, &request, NULL, cancellable, error);
  JsonObject *spec = node != NULL ? strata_json_get_object (json_node_get_object (node), "spec") : NULL;
  JsonObject *published = spec != NULL ? strata_json_get_object (spec, "published") : NULL;

  if (node == NULL)
    return NULL;

  if (published == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY, _("Manifest %s has no content"), manifest_uid);
      return NULL;
    }

  const char *content = strata_json_get_string (published, "content");

  if (!check_digest (content, strata_json_get_string (published, "digest"), manifest_uid, error))
    return NULL;

  return g_strdup (content);
}

/* The whole of what is to be there, as an archive. */
GBytes *
strata_edge_client_get_archive (StrataEdgeClient *self,
                                GCancellable     *cancellable,
                                GError          **error)
{
  static const char *const any[] = { "*/*", NULL };
  g_autofree char *path = make_path (self, "/spc/download");
  StrataHttpRequest request = {
    .uri = path, .accept = any, .max_size = STRATA_ARCHIVE_MAX_SIZE, .is_raw = TRUE,
  };
  g_autoptr(StrataHttpReply) reply = call (self, &request, NULL, cancellable, error);

  return reply != NULL ? g_bytes_ref (strata_http_reply_get_body (reply)) : NULL;
}

/* Tells the console: @what is `packs/status`, `health` or `hostCheckSum`. */
gboolean
strata_edge_client_report (StrataEdgeClient *self,
                           const char       *what,
                           JsonNode         *body,
                           GCancellable     *cancellable,
                           GError          **error)
{
  g_autofree char *rest = g_strconcat ("/", what, NULL);

  return send_only (self, "PATCH", rest, body, cancellable, error);
}
