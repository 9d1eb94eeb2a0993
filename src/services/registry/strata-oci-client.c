/* strata-oci-client.c - asks an OCI registry, and checks each byte it gives
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-client"

#include "strata-oci-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-http-uri.h"
#include "strata-json.h"
#include "strata-oci-client-private.h"
#include "strata-oci-names.h"

#define NO_SCOPE ""  /* some give no token at all to who asks for more than is allowed */
#define CATALOG_SCOPE "registry:catalog:*"
#define MAX_PAGE (4 * 1024 * 1024)
#define MAX_PAGES 1000
#define MAX_NAMES 100000   /* the largest public repository of charts has 30,811 versions of all charts */
#define MAX_NESTING 3
#define MAX_CHILDREN 16    /* an index names one thing for several kinds of machine */
#define STATUS_UNAUTHORIZED 401

static const char *const accept_json[] = { "application/json", NULL };
static const char *const accept_blob[] = { "*/*", NULL };
const char *const strata_oci_accept_manifest[] = {
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  NULL,
};

/**
 * strata_oci_client_new:
 * @http: a client of the registry, which has no credentials itself
 * @credentials: (nullable): who we are to the registry
 *
 * Returns: (transfer full): the client
 */
StrataOciClient *
strata_oci_client_new (StrataHttp        *http,
                       StrataCredentials *credentials)
{
  g_return_val_if_fail (STRATA_IS_HTTP (http), NULL);

  StrataOciClient *self = g_new0 (StrataOciClient, 1);

  self->http = g_object_ref (http);
  self->auth = strata_oci_auth_new (http, credentials);

  return self;
}

/**
 * strata_oci_client_free:
 * @self: (transfer full): a client
 *
 * Frees it.
 */
void
strata_oci_client_free (StrataOciClient *self)
{
  g_object_unref (self->http);
  strata_oci_auth_free (self->auth);
  g_free (self);
}

char *
strata_oci_client_make_scope (const char *repository)
{
  return g_strdup_printf ("repository:%s:pull", repository);
}

/* Asks, signs in if that is wanted, and asks again. A refusal is a reply only for who wants the status. */
StrataHttpReply *
strata_oci_client_ask (StrataOciClient          *self,
                       const char               *scope,
                       const StrataHttpRequest  *what,
                       GCancellable             *cancellable,
                       GError                  **error)
{
  g_autoptr(StrataCredentials) credentials = strata_oci_auth_get (self->auth, scope);
  StrataHttpRequest request = *what;

  request.credentials = credentials;
  request.allow_status = TRUE;

  g_autoptr(StrataHttpReply) reply = strata_http_send (self->http, &request, cancellable, error);

  if (reply == NULL)
    return NULL;

  if (strata_http_reply_get_status (reply) != STATUS_UNAUTHORIZED)
    return what->allow_status || strata_http_reply_check (reply, error) ? g_steal_pointer (&reply) : NULL;

  if (!strata_oci_auth_answer (self->auth, scope, credentials, reply, cancellable, error))
    return NULL;

  g_autoptr(StrataCredentials) better = strata_oci_auth_get (self->auth, scope);

  request.credentials = better;
  request.allow_status = what->allow_status;

  return strata_http_send (self->http, &request, cancellable, error);
}

/**
 * strata_oci_client_ping:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Looks whether there is a registry that takes us. Blocks.
 *
 * Returns: whether there is, else `SIGN_IN`, `FORBIDDEN`, `NOT_FOUND`, `OFFLINE`, `SERVER` or `BAD_REPLY`
 */
gboolean
strata_oci_client_ping (StrataOciClient  *self,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr(StrataHttpReply) reply =
    strata_oci_client_ask (self, NO_SCOPE,
                           &(StrataHttpRequest) { .uri = "/v2/", .accept = accept_blob, .max_size = MAX_PAGE },
                           cancellable, error);

  return reply != NULL;
}

static gboolean
set_bad (StrataOciClient  *self,
         GError          **error)
{
  g_autofree char *host = strata_http_uri_dup_host (strata_http_get_base (self->http));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
               _("%s does not answer as an OCI registry does; check the address"), host);

  return FALSE;
}

static gboolean
set_too_many (StrataOciClient  *self,
              GError          **error)
{
  g_autofree char *host = strata_http_uri_dup_host (strata_http_get_base (self->http));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
               _("%s lists more than %d names; name the repositories that you need instead"), host, MAX_NAMES);

  return FALSE;
}

/* Names that are none are left out: nothing could be asked about them. "null" is how some registries write no names. */
static gboolean
take_names (StrataOciClient  *self,
            StrataHttpReply  *reply,
            const char       *member,
            gboolean        (*is_name) (const char *name),
            GHashTable       *names,
            GError          **error)
{
  gsize size;
  const char *text = g_bytes_get_data (strata_http_reply_get_body (reply), &size);
  g_autoptr(JsonNode) root = size > 0 ? strata_json_parse (text, (gssize) size, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || (!JSON_NODE_HOLDS_ARRAY (node) && !JSON_NODE_HOLDS_NULL (node)))
    return set_bad (self, error);

  guint n_items = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (node), i);
      const char *name = JSON_NODE_HOLDS_VALUE (item) ? json_node_get_string (item) : NULL;

      if (name != NULL && is_name (name))
        g_hash_table_add (names, g_strdup (name));
    }

  return g_hash_table_size (names) <= MAX_NAMES || set_too_many (self, error);
}

/* The next page is a page of this registry: what we may see there is nobody else's business. */
static gboolean
find_next (StrataOciClient  *self,
           StrataHttpReply  *reply,
           char            **next,
           GError          **error)
{
  g_autofree char *link = strata_oci_link_next (strata_http_reply_get_header (reply, "Link"));

  if (link == NULL)
    return TRUE;

  g_autoptr(GUri) uri = strata_http_uri_parse (link, strata_http_reply_get_uri (reply), error);

  if (uri == NULL)
    return FALSE;
  if (!strata_http_uri_is_same_origin (uri, strata_http_get_base (self->http)))
    return set_bad (self, error);

  *next = g_uri_to_string (uri);

  return TRUE;
}

/* One page after the other, until there is none, or one that brings nothing new. */
static GHashTable *
walk_pages (StrataOciClient  *self,
            const char       *scope,
            const char       *first,
            const char       *member,
            gboolean        (*is_name) (const char *name),
            GCancellable     *cancellable,
            GError          **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *address = g_strdup (first);
  guint n_before = 0;

  for (guint n_pages = 0; address != NULL && n_pages < MAX_PAGES; n_pages++)
    {
      g_autofree char *next = NULL;
      g_autoptr(StrataHttpReply) reply =
        strata_oci_client_ask (self, scope,
                               &(StrataHttpRequest) { .uri = address, .accept = accept_json, .max_size = MAX_PAGE },
                               cancellable, error);

      n_before = g_hash_table_size (names);
      if (reply == NULL || !take_names (self, reply, member, is_name, names, error)
          || !find_next (self, reply, &next, error))
        return NULL;

      g_free (address);
      address = g_hash_table_size (names) > n_before ? g_steal_pointer (&next) : NULL;
    }

  return g_steal_pointer (&names);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
sort_names (GHashTable *names)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (list, name);
    }
  g_ptr_array_sort (list, compare_texts);

  return list;
}

/**
 * strata_oci_client_list_repositories:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists what the registry has, where it tells. Many do not, and then the names have to be known. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the names, sorted, or %NULL: with `SIGN_IN`, `FORBIDDEN` or
 *   `NOT_FOUND` when it does not tell us
 */
GPtrArray *
strata_oci_client_list_repositories (StrataOciClient  *self,
                                     GCancellable     *cancellable,
                                     GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(GHashTable) names = walk_pages (self, CATALOG_SCOPE, "/v2/_catalog?n=1000", "repositories",
                                            strata_oci_name_is_repository, cancellable, error);

  return names != NULL ? sort_names (names) : NULL;
}

/**
 * strata_oci_client_list_tags:
 * @self: a client
 * @repository: a repository
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): its tags, sorted, or %NULL
 */
GPtrArray *
strata_oci_client_list_tags (StrataOciClient  *self,
                             const char       *repository,
                             GCancellable     *cancellable,
                             GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (repository != NULL && strata_oci_name_is_repository (repository), NULL);

  g_autofree char *scope = strata_oci_client_make_scope (repository);
  g_autofree char *first = g_strdup_printf ("/v2/%s/tags/list?n=1000", repository);
  g_autoptr(GHashTable) names =
    walk_pages (self, scope, first, "tags", strata_oci_name_is_tag, cancellable, error);

  return names != NULL ? sort_names (names) : NULL;
}

StrataHttpReply *
strata_oci_client_ask_manifest (StrataOciClient  *self,
                                const char       *repository,
                                const char       *reference,
                                const char       *method,
                                gboolean          allow_status,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_autofree char *scope = strata_oci_client_make_scope (repository);
  g_autofree char *address = g_strdup_printf ("/v2/%s/manifests/%s", repository, reference);

  return strata_oci_client_ask (self, scope,
                                &(StrataHttpRequest) {
                                  .method = method,
                                  .uri = address,
                                  .accept = strata_oci_accept_manifest,
                                  .max_size = STRATA_OCI_MAX_MANIFEST,
                                  .is_raw = TRUE,
                                  .allow_status = allow_status,
                                },
                                cancellable, error);
}

/**
 * strata_oci_client_get_digest:
 * @self: a client
 * @repository: a repository
 * @tag: one of its tags
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Asks what a tag names now, without getting it. Blocks.
 *
 * Returns: (transfer full) (nullable): the digest of its manifest; %NULL with no error when the registry does not say
 */
char *
strata_oci_client_get_digest (StrataOciClient  *self,
                              const char       *repository,
                              const char       *tag,
                              GCancellable     *cancellable,
                              GError          **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && tag != NULL, NULL);

  g_autoptr(StrataHttpReply) reply =
    strata_oci_client_ask_manifest (self, repository, tag, "HEAD", FALSE, cancellable, error);
  const char *digest = reply != NULL ? strata_http_reply_get_header (reply, "Docker-Content-Digest") : NULL;

  return digest != NULL && strata_oci_name_is_digest (digest) ? g_strdup (digest) : NULL;
}

static gboolean
set_corrupt (GError     **error,
             const char  *origin,
             const char  *expected,
             const char  *found)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
               _("What came for %s is not what the registry says it has, and was refused: %s was expected, %s came"),
               origin, expected, found);

  return FALSE;
}

/* A digest that was asked for binds; one that the registry sends along must at least agree with what it sends. */
static gboolean
check_manifest (StrataOciManifest  *manifest,
                StrataHttpReply    *reply,
                const char         *origin,
                const char         *reference,
                GError            **error)
{
  const char *found = strata_oci_manifest_get_digest (manifest);
  const char *said = strata_http_reply_get_header (reply, "Docker-Content-Digest");

  if (strata_oci_name_is_digest (reference) && !g_str_equal (reference, found))
    return set_corrupt (error, origin, reference, found);
  if (said != NULL && strata_oci_name_is_digest (said) && !g_str_equal (said, found))
    return set_corrupt (error, origin, said, found);

  return TRUE;
}

/**
 * strata_oci_client_get_manifest:
 * @self: a client
 * @repository: a repository
 * @reference: a tag, or the digest of a manifest
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the manifest or index, or %NULL: with `NOT_FOUND`, `CORRUPT` when it is not what
 *   its digest says, `TOO_LARGE`, `BAD_REPLY`, or as strata_oci_client_ping()
 */
StrataOciManifest *
strata_oci_client_get_manifest (StrataOciClient  *self,
                                const char       *repository,
                                const char       *reference,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && reference != NULL, NULL);

  g_autofree char *origin = g_strdup_printf ("%s:%s", repository, reference);
  g_autoptr(StrataHttpReply) reply =
    strata_oci_client_ask_manifest (self, repository, reference, NULL, FALSE, cancellable, error);
  g_autoptr(StrataOciManifest) manifest =
    reply != NULL ? strata_oci_manifest_parse (strata_http_reply_get_body (reply), origin, error) : NULL;

  if (manifest == NULL || !check_manifest (manifest, reply, origin, reference, error))
    return NULL;

  return g_steal_pointer (&manifest);
}

static StrataOciManifest *find_content (StrataOciClient  *self,
                                        const char       *repository,
                                        const char       *reference,
                                        guint             nesting,
                                        GCancellable     *cancellable,
                                        GError          **error);

/* The first of an index that is a chart or a pack. */
static StrataOciManifest *
find_in_index (StrataOciClient    *self,
               const char         *repository,
               StrataOciManifest  *index,
               guint               nesting,
               GCancellable       *cancellable,
               GError            **error)
{
  GPtrArray *parts = strata_oci_manifest_get_parts (index);
  guint n_parts = nesting < MAX_NESTING ? MIN (parts->len, MAX_CHILDREN) : 0;

  for (guint i = 0; i < n_parts; i++)
    {
      const StrataOciDescriptor *part = parts->pdata[i];
      g_autoptr(StrataOciManifest) manifest =
        find_content (self, repository, part->digest, nesting + 1, cancellable, error);

      if (manifest == NULL || strata_oci_manifest_get_content (manifest) != STRATA_OCI_OTHER)
        return g_steal_pointer (&manifest);
    }

  return strata_oci_manifest_ref (index);
}

static StrataOciManifest *
find_content (StrataOciClient  *self,
              const char       *repository,
              const char       *reference,
              guint             nesting,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr(StrataOciManifest) manifest =
    strata_oci_client_get_manifest (self, repository, reference, cancellable, error);

  if (manifest == NULL || strata_oci_manifest_get_content (manifest) != STRATA_OCI_INDEX)
    return g_steal_pointer (&manifest);

  return find_in_index (self, repository, manifest, nesting, cancellable, error);
}

/**
 * strata_oci_client_find_content:
 * @self: a client
 * @repository: a repository
 * @reference: a tag, or the digest of a manifest
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * As strata_oci_client_get_manifest(), but goes on from an index to the chart or pack in it. Blocks.
 *
 * Returns: (transfer full) (nullable): the manifest of the chart or pack, one of something else when there is none, or
 *   %NULL with an error
 */
StrataOciManifest *
strata_oci_client_find_content (StrataOciClient  *self,
                                const char       *repository,
                                const char       *reference,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && reference != NULL, NULL);

  return find_content (self, repository, reference, 0, cancellable, error);
}

/**
 * strata_oci_client_read_blob:
 * @self: a client
 * @repository: a repository
 * @blob: what its manifest says of some bytes
 * @max_size: the most that they may be
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Gets bytes, wherever the registry keeps them: another host that it points to gets no credentials. Blocks.
 *
 * Returns: (transfer full) (nullable): the very bytes that the manifest names, or %NULL: with `CORRUPT` for others,
 *   `TOO_LARGE`, or as strata_oci_client_get_manifest()
 */
GBytes *
strata_oci_client_read_blob (StrataOciClient           *self,
                             const char                *repository,
                             const StrataOciDescriptor *blob,
                             guint64                    max_size,
                             GCancellable              *cancellable,
                             GError                   **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && blob != NULL, NULL);

  if (blob->size > max_size)
    {
      g_autofree char *shown = g_format_size (max_size);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("%s has a part that is larger than %s"), repository,
                   shown);
      return NULL;
    }

  g_autofree char *scope = strata_oci_client_make_scope (repository);
  g_autofree char *address = g_strdup_printf ("/v2/%s/blobs/%s", repository, blob->digest);
  g_autoptr(StrataHttpReply) reply =
    strata_oci_client_ask (self, scope,
                           &(StrataHttpRequest) {
                             .uri = address,
                             .accept = accept_blob,
                             .max_size = max_size,
                             .is_raw = TRUE,
                           },
                           cancellable, error);

  if (reply == NULL)
    return NULL;

  GBytes *bytes = strata_http_reply_get_body (reply);
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *found = g_strconcat ("sha256:", hex, NULL);

  if (!g_str_equal (found, blob->digest))
    {
      set_corrupt (error, repository, blob->digest, found);
      return NULL;
    }

  return g_bytes_ref (bytes);
}
