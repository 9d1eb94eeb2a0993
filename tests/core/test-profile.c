/* test-profile.c - a profile is a value: an edit gives another and shares the rest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-profile.h"

static StrataLayer *
make_layer (StrataLayerKind  kind,
            const char      *name,
            const char      *values)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (kind, name);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);

  return strata_layer_with_values (bare, blob);
}

static StrataProfile *
make_profile (void)
{
  const char *names[] = { "os", "k8s", "web" };
  g_autoptr(StrataProfile) bare = strata_profile_new ("retail-edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (layers, make_layer (STRATA_LAYER_KIND_PACK, names[i], "a: 1\n"));

  return strata_profile_with_layers (bare, layers);
}

static char *
list_names (StrataProfile *profile)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    g_string_append_printf (names, "%s ", strata_layer_get_name (strata_profile_get_layer (profile, i)));

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_names (StrataProfile *profile,
              const char    *expected)
{
  g_autofree char *names = list_names (profile);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_starts_empty (void)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("retail-edge", "1.0.0");

  g_assert_cmpstr (strata_profile_get_name (profile), ==, "retail-edge");
  g_assert_cmpstr (strata_profile_get_id (profile), ==, "");
  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_TYPE), ==, "system");
  g_assert_cmpuint (strata_profile_get_n_layers (profile), ==, 0);
}

static void
test_edit_shares_the_rest (void)
{
  g_autoptr(StrataProfile) before = make_profile ();
  g_autoptr(StrataLayer) changed = make_layer (STRATA_LAYER_KIND_PACK, "k8s", "a: 2\n");
  g_autoptr(StrataProfile) after = strata_profile_with_layer (before, 1, changed);

  g_assert_true (strata_profile_get_layer (after, 0) == strata_profile_get_layer (before, 0));
  g_assert_true (strata_profile_get_layer (after, 1) == changed);
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (before, 1)), ==, "a: 1\n");
  g_assert_false (strata_profile_equal (before, after));
}

static void
test_layers_come_go_and_move (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "site");
  g_autoptr(StrataProfile) on_top = strata_profile_with_layer_inserted (profile, 3, layer);
  g_autoptr(StrataProfile) down = strata_profile_with_layer_moved (on_top, 3, 0);
  g_autoptr(StrataProfile) up = strata_profile_with_layer_moved (down, 0, 2);
  g_autoptr(StrataProfile) gone = strata_profile_without_layer (up, 2);
  guint position = 99;

  assert_names (on_top, "os k8s web site ");
  assert_names (down, "site os k8s web ");
  assert_names (up, "os k8s site web ");
  g_assert_true (strata_profile_equal (gone, profile));
  g_assert_true (strata_profile_find_layer (up, "site", &position) == layer);
  g_assert_cmpuint (position, ==, 2);
  g_assert_null (strata_profile_find_layer (gone, "site", NULL));
}

static void
test_every_field_counts (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(StrataLayer) layer = g_object_ref (strata_profile_get_layer (profile, 0));
  g_autoptr(StrataVariable) variable = strata_variable_new ("uiPort");

  for (guint i = 0; i < STRATA_PROFILE_N_FIELDS; i++)
    {
      g_autoptr(StrataProfile) other = strata_profile_with (profile, (StrataProfileField) i, "else");

      g_assert_cmpstr (strata_profile_get (other, (StrataProfileField) i), ==, "else");
      g_assert_false (strata_profile_equal (profile, other));
    }
  for (guint i = 0; i < STRATA_LAYER_N_FIELDS; i++)
    {
      g_autoptr(StrataLayer) other = strata_layer_with (layer, (StrataLayerField) i, "else");

      g_assert_false (strata_layer_equal (layer, other));
    }
  for (guint i = 0; i < STRATA_VARIABLE_N_FIELDS; i++)
    {
      g_autoptr(StrataVariable) other = strata_variable_with (variable, (StrataVariableField) i, "else");

      g_assert_false (strata_variable_equal (variable, other));
    }
}

static void
test_lists_count (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (tags, strata_tag_new_raw ("arm64", NULL));
  g_ptr_array_add (variables, strata_variable_new ("uiPort"));

  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (profile, tags);
  g_autoptr(StrataProfile) open = strata_profile_with_variables (profile, variables);

  g_assert_false (strata_profile_equal (profile, tagged));
  g_assert_false (strata_profile_equal (profile, open));
  g_assert_false (strata_profile_equal (tagged, open));

  g_ptr_array_set_size (tags, 0);
  g_assert_cmpuint (strata_profile_get_tags (tagged)->len, ==, 1);
}

static void
test_manifests (void)
{
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "site");
  g_autoptr(StrataBlob) one = strata_blob_new_text ("kind: A\n");
  g_autoptr(StrataBlob) two = strata_blob_new_text ("kind: B\n");
  g_autoptr(StrataManifest) first = strata_manifest_new ("info", one);
  g_autoptr(StrataManifest) second = strata_manifest_with_content (first, two);
  g_autoptr(StrataLayer) with_one = strata_layer_with_manifest (layer, first);
  g_autoptr(StrataLayer) replaced = strata_layer_with_manifest (with_one, second);
  g_autoptr(StrataLayer) without = strata_layer_without_manifest (replaced, "info");

  g_assert_cmpuint (strata_layer_get_manifests (replaced)->len, ==, 1);
  g_assert_true (strata_layer_find_manifest (replaced, "info", NULL) == second);
  g_assert_true (strata_layer_find_manifest (with_one, "info", NULL) == first);
  g_assert_false (strata_manifest_equal (first, second));
  g_assert_true (strata_layer_equal (without, layer));
}

static void
test_files (void)
{
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_HELM, "redis");
  g_autoptr(StrataBlob) chart = strata_blob_new ("\x1f\x8b", 2);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, strata_file_new ("redis-10.5.7.tgz", chart));

  g_autoptr(StrataLayer) whole = strata_layer_with_files (layer, files);

  g_assert_false (strata_layer_equal (layer, whole));
  g_assert_true (strata_file_get_content (strata_layer_find_file (whole, "redis-10.5.7.tgz")) == chart);
  g_assert_null (strata_layer_find_file (whole, "README.md"));
}

static void
test_version_falls_back_to_tag (void)
{
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_PACK, "web");
  g_autoptr(StrataLayer) tagged = strata_layer_with (layer, STRATA_LAYER_TAG, "1.3.x");
  g_autoptr(StrataLayer) resolved = strata_layer_with (tagged, STRATA_LAYER_VERSION, "1.3.4");

  g_assert_cmpstr (strata_layer_get_version (layer), ==, "");
  g_assert_cmpstr (strata_layer_get_version (tagged), ==, "1.3.x");
  g_assert_cmpstr (strata_layer_get_version (resolved), ==, "1.3.4");
}

static void
test_kind_names (void)
{
  for (guint i = STRATA_LAYER_KIND_PACK; i <= STRATA_LAYER_KIND_MANIFEST; i++)
    {
      StrataLayerKind kind = STRATA_LAYER_KIND_PACK;

      g_assert_true (strata_layer_kind_from_string (strata_layer_kind_to_string ((StrataLayerKind) i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }

  StrataLayerKind unused;
  g_assert_false (strata_layer_kind_from_string ("spectro", &unused));
}

static void
test_options_count (void)
{
  g_autoptr(StrataVariable) variable = strata_variable_new ("tier");
  g_autoptr(GPtrArray) options =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);

  g_ptr_array_add (options, strata_variable_option_new ("gold", "Gold", "24x7", TRUE));

  g_autoptr(StrataVariable) choice = strata_variable_with_options (variable, options);
  g_autoptr(StrataVariable) secret = strata_variable_with_flags (choice, STRATA_VARIABLE_SENSITIVE);

  g_assert_false (strata_variable_equal (variable, choice));
  g_assert_false (strata_variable_equal (choice, secret));
  ((StrataVariableOption *) options->pdata[0])->is_default = FALSE;
  g_assert_true (((StrataVariableOption *) strata_variable_get_options (secret)->pdata[0])->is_default);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/profile/starts-empty", test_starts_empty);
  g_test_add_func ("/core/profile/edit-shares-the-rest", test_edit_shares_the_rest);
  g_test_add_func ("/core/profile/layers-come-go-and-move", test_layers_come_go_and_move);
  g_test_add_func ("/core/profile/every-field-counts", test_every_field_counts);
  g_test_add_func ("/core/profile/lists-count", test_lists_count);
  g_test_add_func ("/core/layer/manifests", test_manifests);
  g_test_add_func ("/core/layer/files", test_files);
  g_test_add_func ("/core/layer/version-falls-back-to-tag", test_version_falls_back_to_tag);
  g_test_add_func ("/core/layer/kind-names", test_kind_names);
  g_test_add_func ("/core/variable/options-count", test_options_count);

  return g_test_run ();
}
