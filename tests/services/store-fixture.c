/* store-fixture.c - a store of its own for each test, and profiles to put in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include <glib/gstdio.h>

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->path = g_dir_make_tmp ("strata-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = store_fixture_open (fixture);
}

static void
tear_down (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->store);
  store_fixture_remove_tree (fixture->path);
  g_clear_pointer (&fixture->path, g_free);
}

void
store_fixture_add (const char *path,
                   StoreTest   test)
{
  g_test_add (path, StoreFixture, NULL, set_up, test, tear_down);
}

/* As another window or program would open it. */
StrataStore *
store_fixture_open (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  StrataStore *store = strata_store_open (fixture->path, &error);

  g_assert_no_error (error);

  return store;
}

void
store_fixture_remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      store_fixture_remove_tree (child);
    }

  g_remove (path);
}

static StrataLayer *
make_layer (guint position)
{
  static const StrataLayerKind kinds[] = { STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_HELM,
                                           STRATA_LAYER_KIND_MANIFEST };
  StrataLayerKind kind = kinds[position % G_N_ELEMENTS (kinds)];
  g_autofree char *name = g_strdup_printf ("layer-%u", position);
  g_autofree char *text = g_strdup_printf ("# layer %u\na: 1\n", position);
  g_autoptr(StrataLayer) layer = strata_layer_new (kind, name);
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataBlob) content = strata_blob_new ("bin\0ary", 7);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("namespace; a:b", values);
  g_autoptr(StrataFile) file = strata_file_new ("charts/a;b:c.tgz", content);
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, file);

  g_autoptr(StrataLayer) named = strata_layer_with (
    layer, STRATA_LAYER_REGISTRY_NAME, kind == STRATA_LAYER_KIND_MANIFEST ? "" : "Public");
  g_autoptr(StrataLayer) valued = strata_layer_with_values (named, values);
  g_autoptr(StrataLayer) filed = strata_layer_with_files (valued, files);

  return strata_layer_with_manifest (filed, manifest);
}

/* A profile with texts that are hard to write down, and the same one each time. */
StrataProfile *
store_fixture_make_profile (guint n_layers)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge-site", "1.0.0");
  g_autoptr(StrataProfile) described =
    strata_profile_with (empty, STRATA_PROFILE_DESCRIPTION, "Shop; floor: 1\n=#[x] ");
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (tags, strata_tag_new_raw ("retail", NULL));
  g_ptr_array_add (tags, strata_tag_new_raw ("site", "berlin"));
  for (guint i = 0; i < n_layers; i++)
    g_ptr_array_add (layers, make_layer (i));

  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (described, tags);

  return strata_profile_with_layers (tagged, layers);
}

/* The same with other values in its first layer. */
StrataProfile *
store_fixture_edit (StrataProfile *profile,
                    const char    *values)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);
  g_autoptr(StrataLayer) layer =
    strata_layer_with_values (strata_profile_get_layer (profile, 0), blob);

  return strata_profile_with_layer (profile, 0, layer);
}

StrataProfile *
store_fixture_save (StoreFixture  *fixture,
                    StrataProfile *profile,
                    StrataReason   reason)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *saved = strata_store_save (fixture->store, profile, reason, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (saved);

  return saved;
}

StrataProfile *
store_fixture_save_text (StoreFixture  *fixture,
                         StrataProfile *profile,
                         const char    *values,
                         StrataReason   reason)
{
  g_autoptr(StrataProfile) edited = store_fixture_edit (profile, values);

  return store_fixture_save (fixture, edited, reason);
}

char *
store_fixture_get_object_path (StoreFixture *fixture,
                               const char   *digest)
{
  g_autofree char *first = g_strndup (digest, 2);

  return g_build_filename (fixture->path, "objects", first, digest + 2, NULL);
}

/* Every object of the store, as paths. */
GPtrArray *
store_fixture_list_objects (StoreFixture *fixture)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *objects = g_build_filename (fixture->path, "objects", NULL);
  g_autoptr(GDir) folder = g_dir_open (objects, 0, NULL);
  const char *first;

  while ((first = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (objects, first, NULL);
      g_autoptr(GDir) inner = g_dir_open (path, 0, NULL);
      const char *rest;

      while ((rest = g_dir_read_name (inner)) != NULL)
        g_ptr_array_add (paths, g_build_filename (path, rest, NULL));
    }

  return paths;
}

void
store_fixture_flip_bit (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

char *
store_fixture_get_head (StoreFixture  *fixture,
                        StrataProfile *profile)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataEntry) entry =
    strata_store_get_entry (fixture->store, strata_profile_get_id (profile), &error);

  g_assert_no_error (error);

  return g_strdup (strata_entry_get_head (entry));
}

void
store_fixture_assert_lists (StoreFixture *fixture,
                            guint         n_profiles,
                            guint         n_trash)
{
  g_autoptr(GPtrArray) profiles = strata_store_list (fixture->store, NULL, NULL);
  g_autoptr(GPtrArray) trash = strata_store_list_trash (fixture->store, NULL, NULL);

  g_assert_cmpuint (profiles->len, ==, n_profiles);
  g_assert_cmpuint (trash->len, ==, n_trash);
}
