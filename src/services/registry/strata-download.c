/* strata-download.c - gets bytes whole, checks them, and goes on where it was stopped
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-download"

#include "strata-download.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "strata-disk.h"
#include "strata-error.h"

#define MAX_RESUMES 5
#define LOCK_WAIT_MS (10 * 60 * 1000)  /* for another download of the same, which can be cancelled */
#define MAX_TAG 1024

typedef struct
{
  StrataShelf          *shelf;        /* (unowned) */
  StrataHttp           *http;         /* (unowned) */
  const StrataDownload *what;         /* (unowned) */
  GCancellable         *cancellable;  /* (unowned) (nullable) */
  char                 *part;         /* (owned) the file of what is here so far */
  char                 *tag_file;     /* (owned) and what names the bytes it is a part of */
  char                 *tag;          /* (owned) (nullable) */
  gboolean              is_tagged;    /* the tag of this attempt is on the disk */
} Work;

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->part, g_free);
  g_clear_pointer (&self->tag_file, g_free);
  g_clear_pointer (&self->tag, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static guint64
get_size (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? (guint64) info.st_size : 0;
}

/* With the first bytes, so that a kill after that leaves what can be resumed. What was written before the name of other
 * bytes must not stay beside these.
 */
static void
progress_cb (guint64  received,
             guint64  total,
             gpointer data)
{
  Work *self = data;

  if (!self->is_tagged && self->tag != NULL)
    g_file_set_contents (self->tag_file, self->tag, -1, NULL);
  else if (!self->is_tagged)
    g_unlink (self->tag_file);
  self->is_tagged = TRUE;

  if (self->what->progress != NULL)
    self->what->progress (received, total, self->what->progress_data);
}

static void
forget_part (Work *self)
{
  g_unlink (self->part);
  g_unlink (self->tag_file);
}

/* Opens the part to go on with it, or to begin when it is not known what it is a part of. */
static GFileIOStream *
open_part (Work      *self,
           guint64   *size,
           GError   **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->part);
  g_autoptr(GError) reason = NULL;

  g_clear_pointer (&self->tag, g_free);
  g_file_get_contents (self->tag_file, &self->tag, NULL, NULL);
  *size = get_size (self->part);
  if (self->tag == NULL || strlen (self->tag) > MAX_TAG || *size >= self->what->max_size)
    *size = 0;
  if (*size == 0)
    forget_part (self);

  g_autoptr(GFileIOStream) stream =
    *size > 0 ? g_file_open_readwrite (file, self->cancellable, &reason)
              : g_file_replace_readwrite (file, NULL, FALSE,
                                          G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE,
                                          self->cancellable, &reason);

  if (stream == NULL || (*size > 0 && !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END,
                                                        self->cancellable, &reason)))
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                     _("%s cannot be downloaded to this disk: %s"), self->what->shown,
                        reason->message);
      return NULL;
    }

  return g_steal_pointer (&stream);
}

/* Asks once for what is missing. Returns whether all is here. */
static gboolean
get_rest (Work      *self,
          GError   **error)
{
  guint64 size;
  g_autoptr(GFileIOStream) stream = open_part (self, &size, error);

  if (stream == NULL)
    return FALSE;

  g_autofree char *if_range = g_strdup (self->tag);
  StrataHttpRequest request = {
    .uri = self->what->uri,
    .accept = (const char *[]){ "application/gzip", "application/octet-stream", "*/*", NULL },
    .max_size = self->what->max_size,
    .resume_at = size,
    .if_range = size > 0 ? if_range : NULL,
    .sink = g_io_stream_get_output_stream (G_IO_STREAM (stream)),
    .validator = &self->tag,
    .is_raw = TRUE,
    .progress = progress_cb,
    .progress_data = self,
  };

  self->is_tagged = FALSE;

  g_autoptr(StrataHttpReply) reply =
    strata_http_send (self->http, &request, self->cancellable, error);

  g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);

  return reply != NULL;
}

/* Whether it makes sense to go on at once: something came, then it broke off; or what was here was of no use. */
static gboolean
may_go_on (Work         *self,
           const GError *reason,
           guint64       size_before)
{
  guint64 size = get_size (self->part);

  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_BAD_REPLY) && size_before > 0 &&
      size <= size_before)
    {
      forget_part (self);
      return TRUE;
    }

  return size > size_before && (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_BAD_REPLY) ||
                                g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_OFFLINE));
}

static gboolean
get_all (Work      *self,
         GError   **error)
{
  for (guint i = 0;; i++)
    {
      GError *reason = NULL;
      guint64 size = get_size (self->part);

      if (get_rest (self, &reason))
        return TRUE;

      if (i >= MAX_RESUMES || strata_http_is_offline () || !may_go_on (self, reason, size))
        {
          g_propagate_error (error, reason);
          return FALSE;
        }

      g_error_free (reason);
    }
}

/* The whole file, when it is what it was said to be; else it is worth nothing, and the next attempt begins anew. */
static StrataBlob *
check (Work      *self,
       GError   **error)
{
  gsize size;
  char *data = strata_disk_read (self->part, self->what->max_size, &size, error);

  forget_part (self);
  if (data == NULL)
    return NULL;

  g_autoptr(StrataBlob) blob = strata_blob_new_take (data, size);

  if (self->what->digest != NULL &&
      !g_str_equal (strata_blob_get_digest (blob), self->what->digest))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("%s is refused: its registry promises the SHA-256 %s, and what came has %s"),
                      self->what->shown, self->what->digest, strata_blob_get_digest (blob));
      return NULL;
    }

  return strata_shelf_put (self->shelf, blob, error) ? g_steal_pointer (&blob) : NULL;
}

/* With the lock of the part, so that two do not write to it; who waited for it may find all done. */
static StrataBlob *
run (Work      *self,
     GError   **error)
{
  g_autofree char *lock_file = g_strconcat (self->part, ".lock", NULL);
  int fd = strata_disk_lock (lock_file, LOCK_WAIT_MS, self->cancellable, error);
  StrataBlob *blob = NULL;

  if (fd < 0)
    return NULL;

  if (self->what->digest != NULL)
    blob = strata_shelf_read (self->shelf, self->what->digest, NULL);
  if (blob == NULL && get_all (self, error))
    blob = check (self, error);

  g_close (fd, NULL);

  return blob;
}

/**
 * strata_download:
 * @shelf: where it is put
 * @http: who is asked
 * @what: what to get
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Gets bytes, unless they are here. At most four downloads run at a time, others wait. One that was stopped, by whatever
 * it was, goes on where it was. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL with `CORRUPT` and both digests when they are not what was
 *   promised, or as strata_http_send()
 */
StrataBlob *
strata_download (StrataShelf           *shelf,
                 StrataHttp            *http,
                 const StrataDownload  *what,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (shelf) && STRATA_IS_HTTP (http), NULL);
  g_return_val_if_fail (
    what != NULL && what->uri != NULL && what->shown != NULL && what->max_size > 0, NULL);

  g_autofree char *base = g_uri_to_string (strata_http_get_base (http));
  g_autofree char *key = g_strjoin ("\n", base, what->uri, what->digest, NULL);
  g_auto(Work) work = {
    .shelf = shelf,
    .http = http,
    .what = what,
    .cancellable = cancellable,
    .part = strata_shelf_dup_part (shelf, key, error),
  };

  if (work.part == NULL || !strata_shelf_enter (shelf, cancellable, error))
    return NULL;

  work.tag_file = g_strconcat (work.part, ".tag", NULL);

  StrataBlob *blob = run (&work, error);

  strata_shelf_leave (shelf);

  return blob;
}
