/* test-layer-digest.c - a layer's digest changes with all that an appliance installs of it, and with nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-layer-digest.h"

static StrataProfile *
set_variable (StrataProfile       *profile,
              const char          *name,
              const char          *value,
              StrataVariableFlags  flags)
{
  g_autoptr(StrataVariable) bare = strata_variable_new (name);
  g_autoptr(StrataVariable) valued = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, value);
  g_autoptr(StrataVariable) variable = strata_variable_with_flags (valued, flags);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (list, g_object_ref (variable));

  return strata_profile_with_variables (profile, list);
}

static StrataLayer *
make_layer (const char *values,
            const char *manifest)
{
  g_autoptr(StrataBlob) text = strata_blob_new_text (values);
  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest);
  g_autoptr(StrataManifest) named = strata_manifest_new ("site", content);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, "web");
  g_autoptr(StrataLayer) versioned = strata_layer_with (bare, STRATA_LAYER_VERSION, "1.0.0");
  g_autoptr(StrataLayer) valued = strata_layer_with_values (versioned, text);

  return strata_layer_with_manifest (valued, named);
}

static void
test_form (void)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataLayer) layer = make_layer ("a: 1\n", "kind: X\n");
  g_autoptr(StrataLayer) again = make_layer ("a: 1\n", "kind: X\n");
  g_autoptr(StrataProfile) renamed = strata_profile_new ("other", "2.0.0");
  g_autofree char *digest = strata_layer_digest_get (profile, layer);
  g_autofree char *same = strata_layer_digest_get (renamed, again);

  g_assert_true (g_str_has_prefix (digest, "sha256:"));
  g_assert_cmpuint (strlen (digest), ==, strlen ("sha256:") + 64);
  g_assert_cmpstr (digest, ==, same);
}

static void
test_parts (void)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataLayer) layer = make_layer ("a: 1\n", "kind: X\n");
  g_autoptr(StrataLayer) values = make_layer ("a: 2\n", "kind: X\n");
  g_autoptr(StrataLayer) content = make_layer ("a: 1\n", "kind: Y\n");
  g_autoptr(StrataLayer) version = strata_layer_with (layer, STRATA_LAYER_VERSION, "1.0.1");
  g_autoptr(StrataLayer) tag = strata_layer_with (layer, STRATA_LAYER_TAG, "1.x");
  g_autoptr(StrataLayer) name = strata_layer_with (layer, STRATA_LAYER_NAME, "shop");
  g_autoptr(StrataLayer) bare = strata_layer_without_manifest (layer, "site");
  StrataLayer *others[] = { layer, values, content, version, tag, name, bare };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (g_hash_table_add (seen, strata_layer_digest_get (profile, others[i])));
}

/* A variable counts where it is used, and only there. */
static void
test_variables (void)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataProfile) low = set_variable (profile, "port", "80", 0);
  g_autoptr(StrataProfile) high = set_variable (profile, "port", "8080", 0);
  g_autoptr(StrataProfile) secret = set_variable (profile, "port", "80", STRATA_VARIABLE_SENSITIVE);
  g_autoptr(StrataProfile) masked = set_variable (profile, "port", "********", STRATA_VARIABLE_SENSITIVE);
  g_autoptr(StrataLayer) user = make_layer ("a: 1\n", "port: '{{.spectro.var.port}}'\n");
  g_autoptr(StrataLayer) stranger = make_layer ("a: 1\n", "port: 80\n");
  g_autofree char *user_low = strata_layer_digest_get (low, user);
  g_autofree char *user_high = strata_layer_digest_get (high, user);
  g_autofree char *user_secret = strata_layer_digest_get (secret, user);
  g_autofree char *user_masked = strata_layer_digest_get (masked, user);
  g_autofree char *stranger_low = strata_layer_digest_get (low, stranger);
  g_autofree char *stranger_high = strata_layer_digest_get (high, stranger);

  g_assert_cmpstr (user_low, !=, user_high);
  g_assert_cmpstr (user_secret, ==, user_masked);
  g_assert_cmpstr (stranger_low, ==, stranger_high);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layer-digest/form", test_form);
  g_test_add_func ("/layer-digest/parts", test_parts);
  g_test_add_func ("/layer-digest/variables", test_variables);

  return g_test_run ();
}
