/* strata-helm-registry.c - a Helm repository on the web as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-helm-registry"

#include "strata-helm-registry.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-helm-chart.h"
#include "strata-helm-index.h"
#include "strata-pack-reader.h"

#define INDEX "index.yaml"
#define MAX_INDEX (256 * 1024 * 1024)
#define LOCK_WAIT_MS (10 * 60 * 1000)  /* for another program, which can be cancelled */
#define MAX_GLANCE (4 * 1024)  /* to see whether it is one */

struct _StrataHelmRegistry
{
  GObject       parent_instance;
  StrataRemote *remote;    /* (owned) */
  StrataShelf  *shelf;     /* (owned) */
  char         *name;      /* (owned) */

  GMutex        mutex;     /* for all below */
  StrataHttp   *http;      /* (owned) (nullable): made when it is first needed */
};

/* What servers call an index, and what they call it who do not know better. */
static const char *const accept[] = {
  "application/yaml", "application/x-yaml", "text/yaml", "application/json", "text/plain", "*/*", NULL,
};

static void registry_iface_init (StrataRegistryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataHelmRegistry, strata_helm_registry, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_REGISTRY, registry_iface_init))

/* The client, with the password or token as the keyring has it now if the last one was refused. */
static StrataHttp *
open_http (StrataHelmRegistry  *self,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->http == NULL)
    self->http = strata_remote_open (self->remote, cancellable, error);

  return self->http != NULL ? g_object_ref (self->http) : NULL;
}

/* After an error: the next call asks the keyring again. */
static void
close_http (StrataHelmRegistry *self,
            const GError       *reason)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_SIGN_IN))
    g_clear_object (&self->http);
}

/* Sends, and forgets who we are when the server does not take it. */
static StrataHttpReply *
send_request (StrataHelmRegistry       *self,
              const StrataHttpRequest  *request,
              GCancellable             *cancellable,
              GError                  **error)
{
  g_autoptr(StrataHttp) http = open_http (self, cancellable, error);
  GError *reason = NULL;

  if (http == NULL)
    return NULL;

  StrataHttpReply *reply = strata_http_send (http, request, cancellable, &reason);

  if (reply == NULL)
    {
      close_http (self, reason);
      g_propagate_error (error, reason);
    }

  return reply;
}

static const char *
strata_helm_registry_get_id (StrataRegistry *registry)
{
  return strata_remote_get_id (STRATA_HELM_REGISTRY (registry)->remote);
}

static const char *
strata_helm_registry_get_name (StrataRegistry *registry)
{
  return STRATA_HELM_REGISTRY (registry)->name;
}

static const char *
strata_helm_registry_get_kind (StrataRegistry *registry)
{
  return STRATA_REGISTRY_HELM;
}

static const char *
strata_helm_registry_get_location (StrataRegistry *registry)
{
  return strata_remote_get_url (STRATA_HELM_REGISTRY (registry)->remote);
}

static StrataRemote *
strata_helm_registry_get_remote (StrataRegistry *registry)
{
  return STRATA_HELM_REGISTRY (registry)->remote;
}

/* What is known of it, which takes no network; strata_registry_sync() brings it up to date. */
static GPtrArray *
strata_helm_registry_read_list (StrataRegistry  *registry,
                                GPtrArray       *warnings,
                                GCancellable    *cancellable,
                                GError         **error)
{
  return strata_registry_read_known (registry, STRATA_HELM_REGISTRY (registry)->shelf, cancellable, error);
}

/* A server that has the index says so at once; no more of it is taken than shows that it is one. */
static gboolean
strata_helm_registry_check (StrataRegistry  *registry,
                            GCancellable    *cancellable,
                            GError         **error)
{
  StrataHelmRegistry *self = STRATA_HELM_REGISTRY (registry);
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataHttpReply) reply =
    send_request (self, &(StrataHttpRequest) { .uri = INDEX, .accept = accept, .max_size = MAX_GLANCE, .sink = sink,
                                               .is_raw = TRUE,
                                               .headers = (const char *[]) { "Range", "bytes=0-4095", NULL } },
                  cancellable, &reason);

  if (reply == NULL && !g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_TOO_LARGE))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  g_autofree char *text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (sink)),
                                     g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink)));

  if (reply == NULL || strata_helm_chart_is_index (text))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
               _("%s answers, but what it has there is no index of charts; check the address"), self->name);

  return FALSE;
}

/* One look at the index, on its way from the server to the database. */
typedef struct
{
  StrataHelmRegistry *self;           /* (unowned) */
  StrataIndex        *index;          /* (unowned) */
  StrataIndexSource  *source;         /* (owned) (nullable): the last look */
  char               *part;           /* (owned) (nullable): the file that it comes to */
  int                 lock;           /* of the file, or -1 */
  char               *etag;           /* (owned) (nullable) */
  char               *last_modified;  /* (owned) (nullable) */
  char               *digest;         /* (owned) (nullable) */
} Look;

static void
look_clear (Look *look)
{
  if (look->lock >= 0)
    {
      g_unlink (look->part);
      g_close (look->lock, NULL);
    }

  g_clear_pointer (&look->source, strata_index_source_free);
  g_clear_pointer (&look->part, g_free);
  g_clear_pointer (&look->etag, g_free);
  g_clear_pointer (&look->last_modified, g_free);
  g_clear_pointer (&look->digest, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* One file a registry, so that a kill leaves no more than one; another program that looks at it too is waited for, and
 * then there is little left to do.
 */
static gboolean
lock_part (Look          *look,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *key = g_strconcat ("index of ", strata_remote_get_id (look->self->remote), NULL);

  look->part = strata_shelf_dup_part (look->self->shelf, key, error);
  if (look->part == NULL)
    return FALSE;

  g_autofree char *lock_file = g_strconcat (look->part, ".lock", NULL);

  look->lock = strata_disk_lock (lock_file, LOCK_WAIT_MS, cancellable, error);

  return look->lock >= 0;
}

static GOutputStream *
open_part (Look          *look,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (look->part);
  g_autoptr(GError) reason = NULL;
  GFileOutputStream *stream = g_file_replace (file, NULL, FALSE,
                                              G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, cancellable,
                                              &reason);

  if (stream == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK, _("The index of %s cannot be written to this disk: %s"),
                 look->self->name, reason->message);

  return G_OUTPUT_STREAM (stream);
}

/* Gets the index, if it is another than the one that is known. */
static gboolean
download (Look                *look,
          gboolean            *is_same,
          StrataHttpProgress   progress,
          gpointer             progress_data,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autoptr(GOutputStream) sink = open_part (look, cancellable, error);
  StrataHttpRequest request = {
    .uri = INDEX,
    .accept = accept,
    .max_size = MAX_INDEX,
    .if_none_match = look->source != NULL ? look->source->etag : NULL,
    .if_modified_since = look->source != NULL ? look->source->last_modified : NULL,
    .sink = sink,
    .progress = progress,
    .progress_data = progress_data,
  };

  if (sink == NULL)
    return FALSE;

  g_autoptr(StrataHttpReply) reply = send_request (look->self, &request, cancellable, error);

  g_output_stream_close (sink, NULL, NULL);
  if (reply == NULL)
    return FALSE;

  *is_same = strata_http_reply_is_not_modified (reply);
  look->etag = g_strdup (strata_http_reply_get_header (reply, "ETag"));
  look->last_modified = g_strdup (strata_http_reply_get_header (reply, "Last-Modified"));

  return TRUE;
}

static char *
compute_digest (const char    *path,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *chunk = g_malloc (65536);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  gssize size = stream != NULL ? 1 : -1;

  while (size > 0)
    {
      size = g_input_stream_read (G_INPUT_STREAM (stream), chunk, 65536, cancellable, error);
      if (size > 0)
        g_checksum_update (checksum, chunk, size);
    }

  return size == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

static gboolean
confirm (Look               *look,
         StrataIndexCounts  *counts,
         GCancellable       *cancellable,
         GError            **error)
{
  if (counts != NULL)
    *counts = (StrataIndexCounts) { .n_names = look->source->n_names, .n_versions = look->source->n_versions };

  return strata_index_confirm (look->index, strata_remote_get_id (look->self->remote), cancellable, error);
}

static gboolean
import (Look               *look,
        gboolean            believe,
        StrataIndexCounts  *counts,
        GCancellable       *cancellable,
        GError            **error)
{
  const char *id = strata_remote_get_id (look->self->remote);
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (look->index, id, cancellable, error);

  if (writer == NULL || !strata_helm_index_import_file (look->part, writer, NULL, NULL, cancellable, error))
    return FALSE;

  strata_index_writer_set_source (writer, strata_remote_get_url (look->self->remote), look->etag,
                                  look->last_modified, look->digest);
  if (!strata_index_writer_commit (writer, believe, counts, error))
    return FALSE;

  strata_shelf_mark_kept (look->self->shelf, id);

  return TRUE;
}

static gboolean
strata_helm_registry_sync (StrataRegistry      *registry,
                           StrataIndex         *index,
                           gboolean             believe,
                           StrataIndexCounts   *counts,
                           StrataHttpProgress   progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GError             **error)
{
  const char *id = strata_registry_get_id (registry);
  g_auto(Look) look = { .self = STRATA_HELM_REGISTRY (registry), .index = index, .lock = -1 };
  gboolean is_same = FALSE;

  if (!lock_part (&look, cancellable, error))
    return FALSE;

  look.source = strata_index_get_source (index, id, cancellable, NULL);
  if (look.source != NULL && g_strcmp0 (look.source->url, strata_remote_get_url (look.self->remote)) != 0)
    g_clear_pointer (&look.source, strata_index_source_free);
  if (!download (&look, &is_same, progress, progress_data, cancellable, error))
    return FALSE;

  if (is_same && look.source != NULL)
    return confirm (&look, counts, cancellable, error);

  look.digest = compute_digest (look.part, cancellable, error);
  if (look.digest == NULL)
    return FALSE;

  if (look.source != NULL && g_strcmp0 (look.source->digest, look.digest) == 0)
    return confirm (&look, counts, cancellable, error);

  return import (&look, believe, counts, cancellable, error);
}

static StrataIndexEntry *
load_entry (StrataHelmRegistry  *self,
            StrataPackSummary   *summary,
            GCancellable        *cancellable,
            GError             **error)
{
  return strata_index_load_entry (strata_shelf_get_index (self->shelf), strata_remote_get_id (self->remote),
                                  strata_pack_summary_get_kind (summary), strata_pack_summary_get_name (summary),
                                  strata_pack_summary_get_version (summary), cancellable, error);
}

/* From this computer if it is here, and then no network and no password is needed. */
static StrataBlob *
strata_helm_registry_load (StrataRegistry      *registry,
                           StrataPackSummary   *summary,
                           char               **url,
                           StrataHttpProgress   progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GError             **error)
{
  StrataHelmRegistry *self = STRATA_HELM_REGISTRY (registry);
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataIndexEntry) entry = load_entry (self, summary, cancellable, &reason);
  StrataBlob *blob = strata_helm_chart_read (self->shelf, summary, entry);

  if (blob != NULL)
    return blob;

  g_autoptr(StrataHttp) http = entry != NULL ? open_http (self, cancellable, &reason) : NULL;

  if (http != NULL)
    blob = strata_helm_chart_download (self->shelf, http, entry, url, progress, progress_data, cancellable, &reason);

  if (blob == NULL)
    {
      close_http (self, reason);
      g_propagate_error (error, g_steal_pointer (&reason));
    }

  return blob;
}

static StrataPack *
strata_helm_registry_fetch (StrataRegistry     *registry,
                            StrataPackSummary  *summary,
                            GCancellable       *cancellable,
                            GError            **error)
{
  StrataHelmRegistry *self = STRATA_HELM_REGISTRY (registry);
  g_autoptr(StrataBlob) blob = strata_helm_registry_load (registry, summary, NULL, NULL, NULL, cancellable, error);
  g_autoptr(StrataPack) bare =
    blob != NULL ? strata_pack_read_chart_bytes (strata_blob_get_bytes (blob), cancellable, error) : NULL;
  g_autoptr(StrataIndexEntry) entry = bare != NULL ? load_entry (self, summary, cancellable, NULL) : NULL;
  g_autofree char *change = entry != NULL ? strata_helm_chart_describe_change (entry) : NULL;
  g_autofree char *url =
    entry != NULL ? strata_helm_chart_make_url (entry, strata_remote_get_url (self->remote)) : NULL;
  g_autoptr(StrataPack) pack = url != NULL ? strata_pack_with_url (bare, url) : g_steal_pointer (&bare);

  return change != NULL ? strata_pack_with_warning (pack, change) : g_steal_pointer (&pack);
}

static StrataIndexAnswer
strata_helm_registry_is_signed (StrataRegistry     *registry,
                                StrataPackSummary  *summary,
                                GCancellable       *cancellable)
{
  StrataHelmRegistry *self = STRATA_HELM_REGISTRY (registry);
  g_autoptr(StrataIndexEntry) entry = load_entry (self, summary, cancellable, NULL);
  g_autoptr(StrataHttp) http = entry != NULL ? open_http (self, cancellable, NULL) : NULL;

  return http != NULL ? strata_helm_chart_is_signed (http, entry, cancellable) : STRATA_INDEX_UNKNOWN;
}

static void
strata_helm_registry_finalize (GObject *object)
{
  StrataHelmRegistry *self = STRATA_HELM_REGISTRY (object);

  g_clear_object (&self->remote);
  g_clear_object (&self->shelf);
  g_clear_object (&self->http);
  g_clear_pointer (&self->name, g_free);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (strata_helm_registry_parent_class)->finalize (object);
}

static void
registry_iface_init (StrataRegistryInterface *iface)
{
  iface->get_id = strata_helm_registry_get_id;
  iface->get_name = strata_helm_registry_get_name;
  iface->get_kind = strata_helm_registry_get_kind;
  iface->get_location = strata_helm_registry_get_location;
  iface->read_list = strata_helm_registry_read_list;
  iface->fetch = strata_helm_registry_fetch;
  iface->get_remote = strata_helm_registry_get_remote;
  iface->check = strata_helm_registry_check;
  iface->sync = strata_helm_registry_sync;
  iface->load = strata_helm_registry_load;
  iface->is_signed = strata_helm_registry_is_signed;
}

static void
strata_helm_registry_class_init (StrataHelmRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_helm_registry_finalize;
}

static void
strata_helm_registry_init (StrataHelmRegistry *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * strata_helm_registry_new:
 * @remote: where it is
 * @shelf: where what it offers is kept
 *
 * Makes a registry of the charts that an `index.yaml` lists. Nothing is asked of the network yet.
 *
 * Returns: (transfer full): the registry
 */
StrataRegistry *
strata_helm_registry_new (StrataRemote *remote,
                          StrataShelf  *shelf)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (remote) && STRATA_IS_SHELF (shelf), NULL);

  StrataHelmRegistry *self = g_object_new (STRATA_TYPE_HELM_REGISTRY, NULL);

  self->remote = g_object_ref (remote);
  self->shelf = g_object_ref (shelf);
  self->name = strata_remote_dup_shown (remote);

  return STRATA_REGISTRY (self);
}
