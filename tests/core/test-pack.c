/* test-pack.c - a pack as a value, and the layer that is made of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-pack.h"

static StrataPack *
make_pack (StrataLayerKind kind)
{
  const char *fields[STRATA_PACK_N_FIELDS] = {
    [STRATA_PACK_NAME] = "ingress",
    [STRATA_PACK_VERSION] = "4.11.3",
    [STRATA_PACK_LAYER] = "addon",
    [STRATA_PACK_VALUES] = "pack:\n  namespace: web  # ours\n",
  };
  const char *const removed[] = { "charts.ingress.tls", NULL };
  g_autoptr(GPtrArray) presets = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preset_free);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) needs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("abc");

  g_ptr_array_add (presets, strata_preset_new ("small", "Small", "Size", "a: 1\n", NULL));
  g_ptr_array_add (presets, strata_preset_new ("small", NULL, "Network", NULL, removed));
  g_ptr_array_add (files, strata_file_new ("ingress-4.11.3.tgz", blob));
  g_ptr_array_add (needs, strata_dependency_new ("certificates", ">=1", NULL, TRUE));

  return strata_pack_new (kind, fields, presets, needs, files, NULL);
}

static void
test_keeps_what_it_was_given (void)
{
  g_autoptr(StrataPack) pack = make_pack (STRATA_LAYER_KIND_PACK);
  StrataDependency *need = g_ptr_array_index (strata_pack_get_dependencies (pack), 0);

  g_assert_cmpint (strata_pack_get_kind (pack), ==, STRATA_LAYER_KIND_PACK);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), ==, "ingress");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_README), ==, "");
  g_assert_cmpuint (strata_pack_get_files (pack)->len, ==, 1);
  g_assert_cmpuint (strata_pack_get_warnings (pack)->len, ==, 0);
  g_assert_cmpstr (need->name, ==, "certificates");
  g_assert_cmpstr (need->version, ==, ">=1");
  g_assert_cmpstr (need->repository, ==, "");
  g_assert_true (need->optional);
}

static void
test_finds_preset_by_group_and_name (void)
{
  g_autoptr(StrataPack) pack = make_pack (STRATA_LAYER_KIND_PACK);
  StrataPreset *size = strata_pack_find_preset (pack, "Size", "small");
  StrataPreset *network = strata_pack_find_preset (pack, "Network", "small");

  g_assert_cmpstr (size->display_name, ==, "Small");
  g_assert_cmpstr (size->add, ==, "a: 1\n");
  g_assert_cmpuint (g_strv_length (size->remove), ==, 0);
  g_assert_cmpstr (network->display_name, ==, "small");
  g_assert_cmpstr (network->remove[0], ==, "charts.ingress.tls");
  g_assert_null (strata_pack_find_preset (pack, "Size", "large"));
  g_assert_null (strata_pack_find_preset (pack, "size", "small"));
}

static void
test_makes_pack_layer (void)
{
  g_autoptr(StrataPack) pack = make_pack (STRATA_LAYER_KIND_PACK);
  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, "folder-1", "Office");

  g_assert_cmpint (strata_layer_get_kind (layer), ==, STRATA_LAYER_KIND_PACK);
  g_assert_cmpstr (strata_layer_get_name (layer), ==, "ingress");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_TAG), ==, "4.11.3");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_VERSION), ==, "4.11.3");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_PACK_LAYER), ==, "addon");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID), ==, "folder-1");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME), ==, "Office");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_KIND), ==, "pack");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_DIGEST), ==, "");
  g_assert_cmpstr (strata_layer_get_text (layer), ==, "pack:\n  namespace: web  # ours\n");
  g_assert_cmpuint (strata_layer_get_manifests (layer)->len, ==, 0);
  g_assert_nonnull (strata_layer_find_file (layer, "ingress-4.11.3.tgz"));
}

static void
test_chart_layer_has_digest (void)
{
  g_autoptr(StrataPack) chart = make_pack (STRATA_LAYER_KIND_HELM);
  g_autoptr(StrataLayer) layer = strata_pack_make_layer (chart, NULL, NULL);

  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_KIND), ==, "helm");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID), ==, "");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_DIGEST), ==,
                   "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/pack/keeps-what-it-was-given", test_keeps_what_it_was_given);
  g_test_add_func ("/core/pack/finds-preset-by-group-and-name", test_finds_preset_by_group_and_name);
  g_test_add_func ("/core/pack/makes-pack-layer", test_makes_pack_layer);
  g_test_add_func ("/core/pack/chart-layer-has-digest", test_chart_layer_has_digest);

  return g_test_run ();
}
