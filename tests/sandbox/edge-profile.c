/* edge-profile.c - the profile that a test publishes, and changes of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "edge-fixture.h"
#include "strata-archive.h"

static StrataLayer *
make_layer (guint number)
{
  g_autofree char *name = g_strdup_printf ("layer-%u", number);
  g_autofree char *uid = g_strdup_printf ("64eaff453040297344bc1%03u", number);
  g_autofree char *values =
    g_strdup_printf ("pack:\n  spectrocloud.com/install-priority: \"%u\"\n", number + 1);
  g_autofree char *text = g_strdup_printf ("kind: ConfigMap\nname: layer-%u\nport: '%s'\n", number,
                                           number == 1 ? "{{.spectro.var.port}}" : "80");
  g_autoptr(StrataBlob) values_blob = strata_blob_new_text (values);
  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  g_autoptr(StrataManifest) bare = strata_manifest_new ("site", content);
  g_autoptr(StrataManifest) manifest = strata_manifest_with_uid (bare, uid);
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, name);
  g_autoptr(StrataLayer) placed = strata_layer_with (layer, STRATA_LAYER_PACK_LAYER, "addon");
  g_autoptr(StrataLayer) valued = strata_layer_with_values (placed, values_blob);

  return strata_layer_with_manifest (valued, manifest);
}

/* Layers "layer-0" and on, each with one manifest; that of the second uses the variable "port". */
StrataProfile *
edge_fixture_make_profile (guint n_layers)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge-retail", "1.0.0");
  g_autoptr(StrataProfile) named = strata_profile_with (bare, STRATA_PROFILE_UID, EDGE_PROFILE);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_layers; i++)
    g_ptr_array_add (layers, make_layer (i));

  g_autoptr(StrataProfile) layered = strata_profile_with_layers (named, layers);

  return edge_fixture_set_variable (layered, "8080");
}

/* With another manifest in one layer. */
StrataProfile *
edge_fixture_edit (StrataProfile *profile,
                   guint          position,
                   const char    *text)
{
  StrataLayer *layer = strata_profile_get_layer (profile, position);
  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  StrataManifest *old = strata_layer_get_manifests (layer)->pdata[0];
  g_autoptr(StrataManifest) manifest = strata_manifest_with_content (old, content);
  g_autoptr(StrataLayer) changed = strata_layer_with_manifest (layer, manifest);

  return strata_profile_with_layer (profile, position, changed);
}

StrataProfile *
edge_fixture_set_variable (StrataProfile *profile,
                           const char    *value)
{
  g_autoptr(StrataVariable) bare = strata_variable_new ("port");
  g_autoptr(StrataVariable) variable = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, value);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (list, g_object_ref (variable));

  return strata_profile_with_variables (profile, list);
}

/* Writes the archive of @profile. Returns its path. */
char *
edge_fixture_save (StrataProfile *profile,
                   const char    *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = strata_archive_build (profile, NULL, &error);
  char *path = g_build_filename (folder, "profile.tgz", NULL);

  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);

  return path;
}
