/* strata-oci-client-signed.c - whether somebody signed what an OCI registry has
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-client"

#include "strata-oci-client.h"

#include <string.h>

#include "strata-json.h"
#include "strata-oci-client-private.h"
#include "strata-oci-names.h"

#define STATUS_NOT_FOUND 404

/* Whether there is a manifest of that name; unknown when the registry cannot be asked. */
static StrataIndexAnswer
has_manifest (StrataOciClient *self,
              const char      *repository,
              const char      *reference,
              GCancellable    *cancellable)
{
  g_autoptr(StrataHttpReply) reply =
    strata_oci_client_ask_manifest (self, repository, reference, "HEAD", TRUE, cancellable, NULL);
  guint status = reply != NULL ? strata_http_reply_get_status (reply) : 0;

  if (status >= 200 && status < 300)
    return STRATA_INDEX_YES;

  return status == STATUS_NOT_FOUND ? STRATA_INDEX_NO : STRATA_INDEX_UNKNOWN;
}

static gboolean
is_signature (JsonNode *node)
{
  const char *const words[] = { "cosign", "sigstore", "notary", "signature" };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = strata_json_get_string (object, "artifactType");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (type, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Unknown where the registry has no list of what refers to a manifest. */
static StrataIndexAnswer
read_referrers (StrataHttpReply *reply)
{
  gsize size;
  const char *text = g_bytes_get_data (strata_http_reply_get_body (reply), &size);
  g_autoptr(JsonNode) root = size > 0 ? strata_json_parse (text, (gssize) size, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *list = strata_json_get_array (object, "manifests");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (is_signature (json_array_get_element (list, i)))
      return STRATA_INDEX_YES;

  return list != NULL ? STRATA_INDEX_NO : STRATA_INDEX_UNKNOWN;
}

/**
 * strata_oci_client_is_signed:
 * @self: a client
 * @repository: a repository
 * @digest: the digest of a manifest
 * @cancellable: (nullable): a cancellable
 *
 * Looks whether somebody signed it: in the list of referrers, where the registry has one, and where cosign keeps its
 * signatures. Whether the signature is any good is not looked at. Blocks.
 *
 * Returns: yes, no, or unknown when the registry cannot be asked
 */
StrataIndexAnswer
strata_oci_client_is_signed (StrataOciClient *self,
                             const char      *repository,
                             const char      *digest,
                             GCancellable    *cancellable)
{
  g_return_val_if_fail (self != NULL && repository != NULL && digest != NULL, STRATA_INDEX_UNKNOWN);

  g_autofree char *scope = strata_oci_client_make_scope (repository);
  g_autofree char *address = g_strdup_printf ("/v2/%s/referrers/%s", repository, digest);
  g_autofree char *tag = strata_oci_name_signature_tag (digest);
  g_autoptr(StrataHttpReply) reply =
    strata_oci_client_ask (self, scope,
                           &(StrataHttpRequest) {
                             .uri = address,
                             .accept = strata_oci_accept_manifest,
                             .max_size = STRATA_OCI_MAX_MANIFEST,
                             .allow_status = TRUE,
                           },
                           cancellable, NULL);

  if (reply != NULL && read_referrers (reply) == STRATA_INDEX_YES)
    return STRATA_INDEX_YES;

  return has_manifest (self, repository, tag, cancellable);
}
