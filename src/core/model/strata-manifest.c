/* strata-manifest.c - one raw Kubernetes manifest of a layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-manifest"

#include "strata-manifest.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataManifest
{
  GObject     parent_instance;
  char       *name;     /* (owned) (not nullable) */
  char       *uid;      /* (owned) (not nullable): "" while no console knows it */
  char       *extra;    /* (owned) (not nullable): a JSON object of members not known here, or "" */
  StrataBlob *content;  /* (owned) (not nullable): any number of YAML documents */
};

G_DEFINE_FINAL_TYPE (StrataManifest, strata_manifest, G_TYPE_OBJECT)

static void
strata_manifest_finalize (GObject *object)
{
  StrataManifest *self = STRATA_MANIFEST (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->extra, g_free);
  g_clear_object (&self->content);

  G_OBJECT_CLASS (strata_manifest_parent_class)->finalize (object);
}

static void
strata_manifest_class_init (StrataManifestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_manifest_finalize;
}

static void
strata_manifest_init (StrataManifest *self)
{
}

static StrataManifest *
make (const char *name,
      const char *uid,
      const char *extra,
      StrataBlob *content)
{
  StrataManifest *self = g_object_new (STRATA_TYPE_MANIFEST, NULL);

  self->name = g_strdup (name);
  self->uid = g_strdup (uid);
  self->extra = g_strdup (extra);
  self->content = g_object_ref (content);

  return self;
}

/**
 * strata_manifest_new:
 * @name: its name within the layer
 * @content: its text
 *
 * Returns: (transfer full): a manifest
 */
StrataManifest *
strata_manifest_new (const char *name,
                     StrataBlob *content)
{
  g_return_val_if_fail (name != NULL && STRATA_IS_BLOB (content), NULL);

  return make (name, "", "", content);
}

/**
 * strata_manifest_get_name:
 * @self: a manifest
 *
 * Returns: (transfer none): its name within the layer
 */
const char *
strata_manifest_get_name (StrataManifest *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self), NULL);

  return self->name;
}

/**
 * strata_manifest_get_uid:
 * @self: a manifest
 *
 * Returns: (transfer none): its uid at the console, or ""
 */
const char *
strata_manifest_get_uid (StrataManifest *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self), NULL);

  return self->uid;
}

/**
 * strata_manifest_get_extra:
 * @self: a manifest
 *
 * Returns: (transfer none): a JSON object of members that are not known here, or ""
 */
const char *
strata_manifest_get_extra (StrataManifest *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self), NULL);

  return self->extra;
}

/**
 * strata_manifest_get_content:
 * @self: a manifest
 *
 * Returns: (transfer none): its text as a blob
 */
StrataBlob *
strata_manifest_get_content (StrataManifest *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self), NULL);

  return self->content;
}

/**
 * strata_manifest_get_text:
 * @self: a manifest
 *
 * Returns: (transfer none): its text
 */
const char *
strata_manifest_get_text (StrataManifest *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self), NULL);

  return strata_blob_get_text (self->content);
}

/**
 * strata_manifest_with_name:
 * @self: a manifest
 * @name: another name
 *
 * Returns: (transfer full): a manifest like @self under @name
 */
StrataManifest *
strata_manifest_with_name (StrataManifest *self,
                           const char     *name)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self) && name != NULL, NULL);

  return make (name, self->uid, self->extra, self->content);
}

/**
 * strata_manifest_with_uid:
 * @self: a manifest
 * @uid: the uid a console gave it, or ""
 *
 * Returns: (transfer full): a manifest like @self with @uid
 */
StrataManifest *
strata_manifest_with_uid (StrataManifest *self,
                          const char     *uid)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self) && uid != NULL, NULL);

  return make (self->name, uid, self->extra, self->content);
}

/**
 * strata_manifest_with_extra:
 * @self: a manifest
 * @extra: a JSON object, or ""
 *
 * Returns: (transfer full): a manifest like @self with @extra
 */
StrataManifest *
strata_manifest_with_extra (StrataManifest *self,
                            const char     *extra)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self) && extra != NULL, NULL);

  return make (self->name, self->uid, extra, self->content);
}

/**
 * strata_manifest_with_content:
 * @self: a manifest
 * @content: another text
 *
 * Returns: (transfer full): a manifest like @self with @content
 */
StrataManifest *
strata_manifest_with_content (StrataManifest *self,
                              StrataBlob     *content)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self) && STRATA_IS_BLOB (content), NULL);

  return make (self->name, self->uid, self->extra, content);
}

/**
 * strata_manifest_equal:
 * @self: a manifest
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_manifest_equal (StrataManifest *self,
                       StrataManifest *other)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST (self) && STRATA_IS_MANIFEST (other), FALSE);

  return self == other ||
         (g_str_equal (self->name, other->name) && g_str_equal (self->uid, other->uid) &&
          g_str_equal (self->extra, other->extra) && strata_blob_equal (self->content, other->content));
}
