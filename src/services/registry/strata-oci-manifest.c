/* strata-oci-manifest.c - what an OCI registry keeps under one tag: a chart, a pack, or a list of such
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-manifest"

#include "strata-oci-manifest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-json.h"
#include "strata-oci-names.h"

#define MAX_PARTS 1000
#define CREATED "org.opencontainers.image.created"

/* A value: never changes once made, safe to read from any thread. */
struct _StrataOciManifest
{
  gatomicrefcount      ref_count;
  char                *digest;     /* (owned): of the bytes it was read from */
  char                *created;    /* (owned) (nullable): RFC 3339 */
  StrataOciContent     content;
  StrataOciDescriptor *config;     /* (owned) (nullable) */
  GPtrArray           *parts;      /* (owned) (element-type StrataOciDescriptor): layers, or the manifests of an index */
};

G_DEFINE_BOXED_TYPE (StrataOciManifest, strata_oci_manifest, strata_oci_manifest_ref, strata_oci_manifest_unref)

static void
descriptor_free (gpointer data)
{
  StrataOciDescriptor *descriptor = data;

  g_free (descriptor->media_type);
  g_free (descriptor->digest);
  g_free (descriptor);
}

static gboolean
set_bad (GError     **error,
         const char  *origin)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
               _("What the registry says of %s makes no sense; ask who runs it"), origin);

  return FALSE;
}

static gint64
get_size (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "size");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node) : -1;
}

static StrataOciDescriptor *
read_descriptor (JsonObject *object)
{
  const char *digest = strata_json_get_string (object, "digest");
  const char *media_type = strata_json_get_string (object, "mediaType");

  if (!strata_oci_name_is_digest (digest) || *media_type == '\0' || get_size (object) < 0)
    return NULL;

  StrataOciDescriptor *descriptor = g_new0 (StrataOciDescriptor, 1);

  descriptor->digest = g_strdup (digest);
  descriptor->media_type = g_strdup (media_type);
  descriptor->size = (guint64) get_size (object);

  return descriptor;
}

static gboolean
read_parts (StrataOciManifest *self,
            JsonArray         *list)
{
  guint n_items = list != NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n_items && n_items <= MAX_PARTS; i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      StrataOciDescriptor *part =
        JSON_NODE_HOLDS_OBJECT (node) ? read_descriptor (json_node_get_object (node)) : NULL;

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (self->parts, part);
    }

  return n_items <= MAX_PARTS;
}

static gboolean
is_archive (const StrataOciDescriptor *part)
{
  return g_str_has_suffix (part->media_type, "tar+gzip") || g_str_has_suffix (part->media_type, "tar.gzip");
}

static gboolean
is_image_config (const StrataOciDescriptor *config)
{
  return g_str_equal (config->media_type, "application/vnd.oci.image.config.v1+json") ||
         g_str_equal (config->media_type, "application/vnd.docker.container.image.v1+json");
}

/* A chart has a config of its own kind. A pack is one archive of its folder; an image has layers that only make sense
 * on top of each other, so that its archive would be anything else.
 */
static StrataOciContent
find_content (StrataOciManifest *self)
{
  if (self->config != NULL && g_str_equal (self->config->media_type, STRATA_OCI_TYPE_CHART_CONFIG))
    return STRATA_OCI_CHART;

  if (self->config != NULL && self->parts->len == 1 && is_archive (self->parts->pdata[0]) &&
      !is_image_config (self->config))
    return STRATA_OCI_PACK;

  return STRATA_OCI_OTHER;
}

static gboolean
read_manifest (StrataOciManifest *self,
               JsonObject        *object)
{
  JsonArray *manifests = strata_json_get_array (object, "manifests");
  JsonArray *layers = strata_json_get_array (object, "layers");
  const char *created = strata_json_get_string (strata_json_get_object (object, "annotations"), CREATED);

  if (*created != '\0')
    self->created = g_strdup (created);

  if (manifests != NULL && layers == NULL)
    {
      self->content = STRATA_OCI_INDEX;
      return read_parts (self, manifests);
    }

  self->config = read_descriptor (strata_json_get_object (object, "config"));
  if (layers == NULL || self->config == NULL || !read_parts (self, layers))
    return FALSE;

  self->content = find_content (self);

  return TRUE;
}

/**
 * strata_oci_manifest_parse:
 * @bytes: a manifest or an index as it came
 * @origin: what it is of, for a message: "charts/web:1.2.0"
 * @error: return location for a [error@Error]
 *
 * Reads what https://github.com/opencontainers/image-spec and Docker's older form say alike. Any thread.
 *
 * Returns: (transfer full) (nullable): the manifest, or %NULL with `BAD_REPLY` or `TOO_LARGE`
 */
StrataOciManifest *
strata_oci_manifest_parse (GBytes      *bytes,
                           const char  *origin,
                           GError     **error)
{
  g_return_val_if_fail (bytes != NULL && origin != NULL, NULL);

  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (size > STRATA_OCI_MAX_MANIFEST)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("The manifest of %s is larger than 4 MiB"), origin);
      return NULL;
    }

  g_autoptr(JsonNode) root = size > 0 ? strata_json_parse (text, (gssize) size, NULL) : NULL;
  g_autoptr(StrataOciManifest) self = g_new0 (StrataOciManifest, 1);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_atomic_ref_count_init (&self->ref_count);
  self->parts = g_ptr_array_new_with_free_func (descriptor_free);
  self->digest = g_strconcat ("sha256:", digest, NULL);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !read_manifest (self, json_node_get_object (root)))
    {
      set_bad (error, origin);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * strata_oci_manifest_ref:
 * @self: a manifest
 *
 * Returns: (transfer full): @self, held once more
 */
StrataOciManifest *
strata_oci_manifest_ref (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * strata_oci_manifest_unref:
 * @self: (transfer full): a manifest
 *
 * Lets go of it.
 */
void
strata_oci_manifest_unref (StrataOciManifest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->digest);
  g_free (self->created);
  g_clear_pointer (&self->config, descriptor_free);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/**
 * strata_oci_manifest_get_digest:
 * @self: a manifest
 *
 * Returns: (transfer none): "sha256:…" of the bytes it was read from
 */
const char *
strata_oci_manifest_get_digest (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->digest;
}

/**
 * strata_oci_manifest_get_content:
 * @self: a manifest
 *
 * Returns: what it is of
 */
StrataOciContent
strata_oci_manifest_get_content (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, STRATA_OCI_OTHER);

  return self->content;
}

/**
 * strata_oci_manifest_get_created:
 * @self: a manifest
 *
 * Returns: (transfer none) (nullable): when it was made, as RFC 3339 writes it, if it says so
 */
const char *
strata_oci_manifest_get_created (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->created;
}

/**
 * strata_oci_manifest_get_config:
 * @self: a manifest
 *
 * Returns: (transfer none) (nullable): where the facts of a chart are; %NULL of an index
 */
const StrataOciDescriptor *
strata_oci_manifest_get_config (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->config;
}

/**
 * strata_oci_manifest_get_archive:
 * @self: a manifest
 *
 * Returns: (transfer none) (nullable): where the archive of a chart or pack is; %NULL when it has none
 */
const StrataOciDescriptor *
strata_oci_manifest_get_archive (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const StrataOciDescriptor *part = self->parts->pdata[i];

      /* The first charts in registries, of Helm 3.0, came with a type that other archives have too. */
      if (self->content == STRATA_OCI_PACK ||
          (self->content == STRATA_OCI_CHART && (g_str_equal (part->media_type, STRATA_OCI_TYPE_CHART) ||
                                                 g_str_equal (part->media_type, "application/tar+gzip"))))
        return part;
    }

  return NULL;
}

/**
 * strata_oci_manifest_get_parts:
 * @self: a manifest
 *
 * Returns: (transfer none) (element-type StrataOciDescriptor): its layers, or the manifests of an index
 */
GPtrArray *
strata_oci_manifest_get_parts (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->parts;
}

/**
 * strata_oci_manifest_has_provenance:
 * @self: a manifest
 *
 * Returns: whether the chart came with a `.prov` file, which signs it
 */
gboolean
strata_oci_manifest_has_provenance (StrataOciManifest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    if (g_str_equal (((StrataOciDescriptor *) self->parts->pdata[i])->media_type, STRATA_OCI_TYPE_PROVENANCE))
      return TRUE;

  return FALSE;
}
