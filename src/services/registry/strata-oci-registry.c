/* strata-oci-registry.c - charts and packs in an OCI registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-registry"

#include "strata-oci-registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-helm-chart.h"
#include "strata-oci-client.h"
#include "strata-oci-reference.h"
#include "strata-oci-sync.h"
#include "strata-pack-reader.h"

#define MAX_VERSIONS 500000  /* more than any registry has whose list a person could wait for */

/* Safe to use from any thread. */
struct _StrataOciRegistry
{
  GObject          parent_instance;
  StrataRemote    *remote;  /* (owned) (not nullable) */
  StrataShelf     *shelf;   /* (owned) (not nullable) */
  char            *name;    /* (owned) (not nullable) */
  char            *prefix;  /* (owned) (not nullable): the path of the address, which all repositories are below */
};

static void registry_iface_init (StrataRegistryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataOciRegistry, strata_oci_registry, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_REGISTRY, registry_iface_init))

/* The password is held here and not by the client of the web: it goes out only after the registry asked, and perhaps to
 * another place.
 */
static StrataOciClient *
open_client (StrataOciRegistry  *self,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr(StrataHttp) http = strata_remote_open (self->remote, cancellable, error);
  g_autoptr(StrataCredentials) credentials = NULL;

  if (http == NULL)
    return NULL;

  if (strata_remote_get_auth (self->remote) != STRATA_REMOTE_AUTH_NONE)
    {
      credentials = strata_remote_load_credentials (self->remote, cancellable, error);
      if (credentials == NULL)
        return NULL;
    }
  strata_http_set_credentials (http, NULL);

  return strata_oci_client_new (http, credentials);
}

static const char *
strata_oci_registry_get_id (StrataRegistry *registry)
{
  return strata_remote_get_id (STRATA_OCI_REGISTRY (registry)->remote);
}

static const char *
strata_oci_registry_get_name (StrataRegistry *registry)
{
  return STRATA_OCI_REGISTRY (registry)->name;
}

static const char *
strata_oci_registry_get_kind (StrataRegistry *registry)
{
  return STRATA_REGISTRY_OCI;
}

static const char *
strata_oci_registry_get_location (StrataRegistry *registry)
{
  return strata_remote_get_url (STRATA_OCI_REGISTRY (registry)->remote);
}

static StrataRemote *
strata_oci_registry_get_remote (StrataRegistry *registry)
{
  return STRATA_OCI_REGISTRY (registry)->remote;
}

static gboolean
strata_oci_registry_check (StrataRegistry  *registry,
                           GCancellable    *cancellable,
                           GError         **error)
{
  g_autoptr(StrataOciClient) client = open_client (STRATA_OCI_REGISTRY (registry), cancellable, error);

  return client != NULL && strata_oci_client_ping (client, cancellable, error);
}

static gboolean
strata_oci_registry_sync (StrataRegistry      *registry,
                          StrataIndex         *index,
                          gboolean             believe,
                          StrataIndexCounts   *counts,
                          StrataHttpProgress   progress,
                          gpointer             progress_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  StrataOciRegistry *self = STRATA_OCI_REGISTRY (registry);
  const char *id = strata_remote_get_id (self->remote);
  const char *url = strata_remote_get_url (self->remote);
  g_autoptr(StrataOciClient) client = open_client (self, cancellable, error);
  g_autoptr(StrataIndexSource) source = strata_index_get_source (index, id, cancellable, NULL);
  const StrataOciSync sync = {
    .client = client,
    .registry_id = id,
    .url = url,
    .knows = source != NULL && g_strcmp0 (source->url, url) == 0,
    .prefix = self->prefix,
    .repositories = strata_remote_get_repositories (self->remote),
    .index = index,
    .believe = believe,
    .max_versions = MAX_VERSIONS,
    .progress = progress,
    .progress_data = progress_data,
  };

  return client != NULL && strata_oci_sync_run (&sync, counts, cancellable, error);
}

static GPtrArray *
strata_oci_registry_read_list (StrataRegistry  *registry,
                               GPtrArray       *warnings,
                               GCancellable    *cancellable,
                               GError         **error)
{
  return strata_registry_read_known (registry, STRATA_OCI_REGISTRY (registry)->shelf, cancellable, error);
}

/* By the digest that was seen, so that a tag that was moved since gives what a person looked at; by the tag when a
 * registry keeps only what its tags name.
 */
static StrataOciManifest *
find_manifest (StrataOciClient           *client,
               const StrataOciReference  *reference,
               GCancellable              *cancellable,
               GError                   **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataOciManifest) manifest = NULL;

  if (reference->digest != NULL)
    manifest = strata_oci_client_find_content (client, reference->repository, reference->digest, cancellable, &reason);

  if (manifest != NULL)
    return g_steal_pointer (&manifest);

  if (reason != NULL && !g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return strata_oci_client_find_content (client, reference->repository, reference->tag, cancellable, error);
}

static StrataBlob *
download (StrataOciRegistry         *self,
          const StrataOciReference  *reference,
          StrataHttpProgress         progress,
          gpointer                   progress_data,
          GCancellable              *cancellable,
          GError                   **error)
{
  g_autoptr(StrataOciClient) client = open_client (self, cancellable, error);
  g_autoptr(StrataOciManifest) manifest =
    client != NULL ? find_manifest (client, reference, cancellable, error) : NULL;
  const StrataOciDescriptor *archive = manifest != NULL ? strata_oci_manifest_get_archive (manifest) : NULL;

  if (archive != NULL)
    return strata_oci_client_download (client, self->shelf, reference->repository, archive, progress, progress_data,
                                       cancellable, error);

  if (manifest != NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("%s:%s is neither a chart nor a pack"),
                 reference->repository, reference->tag);

  return NULL;
}

static StrataIndexEntry *
load_entry (StrataOciRegistry  *self,
            StrataPackSummary  *summary,
            GCancellable       *cancellable,
            GError            **error)
{
  return strata_index_load_entry (strata_shelf_get_index (self->shelf), strata_remote_get_id (self->remote),
                                  strata_pack_summary_get_kind (summary), strata_pack_summary_get_name (summary),
                                  strata_pack_summary_get_version (summary), cancellable, error);
}

/* From this computer if it is here, and then no network and no password is needed. */
static StrataBlob *
strata_oci_registry_load (StrataRegistry      *registry,
                          StrataPackSummary   *summary,
                          char               **url,
                          StrataHttpProgress   progress,
                          gpointer             progress_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  StrataOciRegistry *self = STRATA_OCI_REGISTRY (registry);
  const char *location = strata_pack_summary_get_location (summary);
  g_autoptr(StrataOciReference) reference = strata_oci_reference_parse (location);
  g_autoptr(StrataIndexEntry) entry = load_entry (self, summary, cancellable, NULL);
  StrataBlob *blob = strata_helm_chart_read (self->shelf, summary, entry);

  if (blob != NULL)
    return blob;

  if (reference == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("%s is not in this registry"),
                   strata_pack_summary_get_name (summary));
      return NULL;
    }

  if (url != NULL)
    *url = g_strdup_printf ("%s/v2/%s", strata_remote_get_url (self->remote), location);

  return download (self, reference, progress, progress_data, cancellable, error);
}

static StrataPack *
read_archive (GBytes           *archive,
              StrataLayerKind   kind,
              GCancellable     *cancellable,
              GError          **error)
{
  if (kind == STRATA_LAYER_KIND_PACK)
    return strata_pack_read_archive_bytes (archive, cancellable, error);

  g_autoptr(StrataPack) chart = strata_pack_read_chart_bytes (archive, cancellable, error);

  return chart != NULL ? strata_pack_with_kind (chart, STRATA_LAYER_KIND_OCI) : NULL;
}

static StrataPack *
strata_oci_registry_fetch (StrataRegistry     *registry,
                           StrataPackSummary  *summary,
                           GCancellable       *cancellable,
                           GError            **error)
{
  StrataOciRegistry *self = STRATA_OCI_REGISTRY (registry);
  g_autoptr(StrataBlob) blob = strata_oci_registry_load (registry, summary, NULL, NULL, NULL, cancellable, error);
  g_autoptr(StrataPack) pack =
    blob != NULL ? read_archive (strata_blob_get_bytes (blob), strata_pack_summary_get_kind (summary), cancellable,
                                 error) : NULL;
  g_autoptr(StrataIndexEntry) entry = pack != NULL ? load_entry (self, summary, cancellable, NULL) : NULL;
  g_autofree char *change = entry != NULL ? strata_helm_chart_describe_change (entry) : NULL;

  return change != NULL ? strata_pack_with_warning (pack, change) : g_steal_pointer (&pack);
}

static StrataIndexAnswer
strata_oci_registry_is_signed (StrataRegistry     *registry,
                               StrataPackSummary  *summary,
                               GCancellable       *cancellable)
{
  StrataOciRegistry *self = STRATA_OCI_REGISTRY (registry);
  g_autoptr(StrataOciReference) reference =
    strata_oci_reference_parse (strata_pack_summary_get_location (summary));
  g_autoptr(StrataOciClient) client = reference != NULL ? open_client (self, cancellable, NULL) : NULL;
  g_autoptr(StrataOciManifest) manifest = client != NULL ? find_manifest (client, reference, cancellable, NULL) : NULL;

  if (manifest == NULL)
    return STRATA_INDEX_UNKNOWN;
  if (strata_oci_manifest_has_provenance (manifest))
    return STRATA_INDEX_YES;

  return strata_oci_client_is_signed (client, reference->repository, strata_oci_manifest_get_digest (manifest),
                                      cancellable);
}

static void
strata_oci_registry_finalize (GObject *object)
{
  StrataOciRegistry *self = STRATA_OCI_REGISTRY (object);

  g_clear_object (&self->remote);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->prefix, g_free);

  G_OBJECT_CLASS (strata_oci_registry_parent_class)->finalize (object);
}

static void
registry_iface_init (StrataRegistryInterface *iface)
{
  iface->get_id = strata_oci_registry_get_id;
  iface->get_name = strata_oci_registry_get_name;
  iface->get_kind = strata_oci_registry_get_kind;
  iface->get_location = strata_oci_registry_get_location;
  iface->get_remote = strata_oci_registry_get_remote;
  iface->check = strata_oci_registry_check;
  iface->sync = strata_oci_registry_sync;
  iface->load = strata_oci_registry_load;
  iface->is_signed = strata_oci_registry_is_signed;
  iface->read_list = strata_oci_registry_read_list;
  iface->fetch = strata_oci_registry_fetch;
}

static void
strata_oci_registry_class_init (StrataOciRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_oci_registry_finalize;
}

static void
strata_oci_registry_init (StrataOciRegistry *self)
{
}

/* "https://host/a/b" has everything below "a/b". */
static char *
get_prefix (const char *url)
{
  const char *host = strstr (url, "://");
  const char *path = host != NULL ? strchr (host + strlen ("://"), '/') : NULL;

  return g_strdup (path != NULL ? path + 1 : "");
}

/**
 * strata_oci_registry_new:
 * @remote: where it is, and who we are there
 * @shelf: where what it offers is kept
 *
 * Makes a registry of the charts and packs below an address. Nothing is asked yet.
 *
 * Returns: (transfer full): the registry
 */
StrataRegistry *
strata_oci_registry_new (StrataRemote *remote,
                         StrataShelf  *shelf)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (remote) && STRATA_IS_SHELF (shelf), NULL);

  StrataOciRegistry *self = g_object_new (STRATA_TYPE_OCI_REGISTRY, NULL);

  self->remote = g_object_ref (remote);
  self->shelf = g_object_ref (shelf);
  self->name = strata_remote_dup_shown (remote);
  self->prefix = get_prefix (strata_remote_get_url (remote));

  return STRATA_REGISTRY (self);
}
