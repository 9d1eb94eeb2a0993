/* strata-layer-facts.c - what a row says about a layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-facts"

#include "strata-layer-facts.h"

#include <glib/gi18n.h>

/* The kind as a person says it: "Pack", "Chart", "Manifests". */
const char *
strata_layer_facts_kind (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  switch (strata_layer_get_kind (layer))
    {
    case STRATA_LAYER_KIND_PACK:
      return _("Pack");
    case STRATA_LAYER_KIND_HELM:
    case STRATA_LAYER_KIND_OCI:
      return _("Chart");
    case STRATA_LAYER_KIND_MANIFEST:
      return _("Manifests");
    default:
      g_return_val_if_reached ("");
    }
}

static char *
count_manifests (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file", "%u files", n), n);
}

static char *
count_attached (guint n)
{
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "attached: %u manifest", "attached: %u manifests", n), n);
}

/* The second line of a row: "Chart · Public charts · attached: 1 manifest", "Manifests · 3 files". */
char *
strata_layer_facts_subtitle (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  guint n_manifests = strata_layer_get_manifests (layer)->len;
  const char *registry = strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME);
  GString *text = g_string_new (strata_layer_facts_kind (layer));
  g_autofree char *count = strata_layer_get_kind (layer) == STRATA_LAYER_KIND_MANIFEST
                             ? count_manifests (n_manifests)
                           : n_manifests > 0 ? count_attached (n_manifests)
                                             : NULL;

  if (*registry != '\0')
    g_string_append_printf (text, " · %s", registry);
  if (count != NULL)
    g_string_append_printf (text, " · %s", count);

  return g_string_free (text, FALSE);
}

static void
add_digest (GChecksum  *sum,
            const char *name,
            StrataBlob *blob)
{
  g_autofree char *line = g_strdup_printf ("%s  %s\n", strata_blob_get_digest (blob), name);

  g_checksum_update (sum, (const guchar *) line, -1);
}

/**
 * strata_layer_facts_digest:
 * @layer: a layer
 *
 * A chart is one file, so its own digest names it. A pack and a set of manifests are many: what names them is the
 * SHA-256 over the digests of all their files, as `sha256sum` writes them, in order.
 *
 * Returns: (transfer full): "sha256:" and 64 hexadecimal digits
 */
char *
strata_layer_facts_digest (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  const char *known = strata_layer_get (layer, STRATA_LAYER_DIGEST);

  if (*known != '\0')
    return g_strdup (known);

  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GPtrArray *files = strata_layer_get_files (layer);
  GPtrArray *manifests = strata_layer_get_manifests (layer);

  add_digest (sum, "values.yaml", strata_layer_get_values (layer));
  for (guint i = 0; i < files->len; i++)
    add_digest (sum, strata_file_get_path (g_ptr_array_index (files, i)),
                strata_file_get_content (g_ptr_array_index (files, i)));
  for (guint i = 0; i < manifests->len; i++)
    add_digest (sum, strata_manifest_get_name (g_ptr_array_index (manifests, i)),
                strata_manifest_get_content (g_ptr_array_index (manifests, i)));

  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}

/* Name and version in one: "redis 10.5.7". */
char *
strata_layer_facts_label (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  const char *version = strata_layer_get_version (layer);

  return *version != '\0' ? g_strdup_printf ("%s %s", strata_layer_get_name (layer), version)
                          : g_strdup (strata_layer_get_name (layer));
}

/* Whether a chart is in it: which images that uses is known only once its templates have been worked through. */
gboolean
strata_layer_facts_has_chart (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), FALSE);

  GPtrArray *files = strata_layer_get_files (layer);

  for (guint i = 0; i < files->len; i++)
    if (g_str_has_suffix (strata_file_get_path (g_ptr_array_index (files, i)), ".tgz"))
      return TRUE;

  return FALSE;
}

/* How many images a layer names: "3 images"; for none it depends on whether there could be more. */
char *
strata_layer_facts_images (StrataLayer *layer,
                           guint        n_images)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  if (n_images == 0)
    return g_strdup (strata_layer_facts_has_chart (layer) ? _("images not known")
                                                          : _("no images"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u image", "%u images", n_images),
                          n_images);
}
