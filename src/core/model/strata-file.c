/* strata-file.c - a file that came with a layer: its path and its bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-file"

#include "strata-file.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataFile
{
  GObject     parent_instance;
  char       *path;     /* (owned) (not nullable): relative, with "/" */
  StrataBlob *content;  /* (owned) (not nullable) */
};

G_DEFINE_FINAL_TYPE (StrataFile, strata_file, G_TYPE_OBJECT)

static void
strata_file_finalize (GObject *object)
{
  StrataFile *self = STRATA_FILE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->content);

  G_OBJECT_CLASS (strata_file_parent_class)->finalize (object);
}

static void
strata_file_class_init (StrataFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_file_finalize;
}

static void
strata_file_init (StrataFile *self)
{
}

/**
 * strata_file_new:
 * @path: a relative path with "/" between its parts
 * @content: what is in it
 *
 * Returns: (transfer full): a file
 */
StrataFile *
strata_file_new (const char *path,
                 StrataBlob *content)
{
  g_return_val_if_fail (path != NULL && STRATA_IS_BLOB (content), NULL);

  StrataFile *self = g_object_new (STRATA_TYPE_FILE, NULL);

  self->path = g_strdup (path);
  self->content = g_object_ref (content);

  return self;
}

/**
 * strata_file_get_path:
 * @self: a file
 *
 * Returns: (transfer none): its path
 */
const char *
strata_file_get_path (StrataFile *self)
{
  g_return_val_if_fail (STRATA_IS_FILE (self), NULL);

  return self->path;
}

/**
 * strata_file_get_content:
 * @self: a file
 *
 * Returns: (transfer none): what is in it
 */
StrataBlob *
strata_file_get_content (StrataFile *self)
{
  g_return_val_if_fail (STRATA_IS_FILE (self), NULL);

  return self->content;
}

/**
 * strata_file_get_text:
 * @self: a file
 *
 * Returns: (transfer none): what is in it, as [method@Blob.get_text] gives it
 */
const char *
strata_file_get_text (StrataFile *self)
{
  g_return_val_if_fail (STRATA_IS_FILE (self), NULL);

  return strata_blob_get_text (self->content);
}

/**
 * strata_file_equal:
 * @self: a file
 * @other: another
 *
 * Returns: whether both have the same path and the same bytes
 */
gboolean
strata_file_equal (StrataFile *self,
                   StrataFile *other)
{
  g_return_val_if_fail (STRATA_IS_FILE (self) && STRATA_IS_FILE (other), FALSE);

  return self == other ||
         (g_str_equal (self->path, other->path) && strata_blob_equal (self->content, other->content));
}
