/* archive-fixture.h - a profile with a layer of each kind, packed and unpacked for tests of the archive
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-archive.h"
#include "strata-tarball.h"

#include <string.h>

static inline StrataBlob *
text_blob (const char *text)
{
  return strata_blob_new_text (text);
}

static inline void
take_layer (StrataLayer **layer,
            StrataLayer  *changed)
{
  g_object_unref (*layer);
  *layer = changed;
}

static inline void
add_manifest (StrataLayer **layer,
              const char   *name,
              const char   *text)
{
  g_autoptr(StrataBlob) blob = text_blob (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, blob);

  take_layer (layer, strata_layer_with_manifest (*layer, manifest));
}

static inline void
add_files (StrataLayer       **layer,
           const char *const  *paths)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr(StrataBlob) blob = strata_blob_new (paths[i], strlen (paths[i]) + 1);

      g_ptr_array_add (files, strata_file_new (paths[i], blob));
    }

  take_layer (layer, strata_layer_with_files (*layer, files));
}

static inline StrataLayer *
new_layer (StrataLayerKind  kind,
           const char      *name,
           const char      *version,
           const char      *values)
{
  g_autoptr(StrataBlob) blob = text_blob (values);
  StrataLayer *layer = strata_layer_new (kind, name);

  take_layer (&layer, strata_layer_with (layer, STRATA_LAYER_VERSION, version));
  take_layer (&layer, strata_layer_with (layer, STRATA_LAYER_TAG, version));
  take_layer (&layer, strata_layer_with_values (layer, blob));

  return layer;
}

static inline GPtrArray *
some_layers (void)
{
  static const char *const pack_files[] = { "values.yaml", "pack.json", "charts/x.tgz", "logo.png",
                                            NULL };
  static const char *const chart_files[] = { "nginx-18.1.0.tgz", NULL };
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);
  StrataLayer *pack = new_layer (STRATA_LAYER_KIND_PACK, "hello", "1.3.1", "pack:\n  a: 1\n");
  StrataLayer *chart =
    new_layer (STRATA_LAYER_KIND_HELM, "nginx", "18.1.0", "charts:\n  nginx: {}\n");
  StrataLayer *site = new_layer (STRATA_LAYER_KIND_MANIFEST, "Grüße an / alle", "", "");

  take_layer (&pack, strata_layer_with (pack, STRATA_LAYER_PACK_UID, "64ea"));
  take_layer (&pack, strata_layer_with (pack, STRATA_LAYER_DIGEST, "sha256:77"));
  take_layer (&pack, strata_layer_with (pack, STRATA_LAYER_REGISTRY_NAME, "Folder"));
  add_files (&pack, pack_files);
  take_layer (&chart, strata_layer_with (chart, STRATA_LAYER_CHART_URL, "https://charts.example/nginx-18.1.0.tgz"));
  add_files (&chart, chart_files);
  add_manifest (&chart, "extra", "kind: Namespace\n");
  add_manifest (&site, "a b", "kind: A\n");
  add_manifest (&site, "a?b", "kind: B\n");
  add_manifest (&site, "A-b", "kind: C\n");
  g_ptr_array_add (layers, pack);
  g_ptr_array_add (layers, chart);
  g_ptr_array_add (layers, site);

  return layers;
}

static inline StrataProfile *
some_profile (void)
{
  g_autoptr(StrataProfile) plain = strata_profile_new ("edge-retail", "1.2.0");
  g_autoptr(StrataProfile) described =
    strata_profile_with (plain, STRATA_PROFILE_DESCRIPTION, "Für die Filialen");
  g_autoptr(StrataProfile) extra =
    strata_profile_with (described, STRATA_PROFILE_EXTRA,
                         "{\"a\":{\"y\":1,\"z\":[2.5]},\"metadata\":{\"annotations\":null}}");
  g_autoptr(StrataProfile) known = strata_profile_with (extra, STRATA_PROFILE_UID, "64eaff");
  g_autoptr(GPtrArray) layers = some_layers ();

  return strata_profile_with_layers (known, layers);
}

static inline GBytes *
build (StrataProfile *profile)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = strata_archive_build (profile, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static inline StrataArchive *
read_good (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  StrataArchive *archive = strata_archive_read (bytes, NULL, &error);

  g_assert_no_error (error);

  return archive;
}

static inline GPtrArray *
unpack (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *files = strata_tarball_read (bytes, NULL, NULL, &error);

  g_assert_no_error (error);

  return files;
}

static inline GBytes *
pack (GPtrArray *files)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = strata_tarball_write ("edge-retail-1.2.0", files, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}
