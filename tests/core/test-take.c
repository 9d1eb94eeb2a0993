/* test-take.c - one change taken back, or over from another profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-take.h"

#define N_RANDOM 100
#define MAX_STEPS 200

static StrataLayer *
make_layer (GRand *rand,
            int    number)
{
  g_autofree char *name = g_strdup_printf ("layer%d", number);
  g_autofree char *version = g_strdup_printf ("%d.0", g_rand_int_range (rand, 0, 3));
  g_autofree char *text = g_strdup_printf ("unique%d: 1\na: %d\nb: %d\nc: %d\n", number, g_rand_int_range (rand, 0, 3),
                                           g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 3));
  g_autofree char *manifest_name = g_strdup_printf ("m%d", g_rand_int_range (rand, 0, 3));
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataLayer) versioned = strata_layer_with (bare, STRATA_LAYER_VERSION, version);
  g_autoptr(StrataLayer) valued = strata_layer_with_values (versioned, blob);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (manifest_name, blob);

  return strata_layer_with_manifest (valued, manifest);
}

static StrataProfile *
with_settings (GRand         *rand,
               StrataProfile *profile)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *value = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 4));

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("v%d", i);
      g_autoptr(StrataVariable) variable = strata_variable_new (name);
      g_autoptr(StrataVariable) valued = strata_variable_with (variable, STRATA_VARIABLE_DEFAULT, value);

      if (g_rand_boolean (rand))
        g_ptr_array_add (variables, strata_variable_with_flags (valued, g_rand_int_range (rand, 0, 4)));
    }
  if (g_rand_boolean (rand))
    g_ptr_array_add (tags, strata_tag_new_raw ("env", value));

  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (profile, tags);
  g_autoptr(StrataProfile) variable = strata_profile_with_variables (tagged, variables);

  return strata_profile_with (variable, STRATA_PROFILE_DESCRIPTION, value);
}

static StrataProfile *
make_random (GRand *rand)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < 5; i++)
    if (g_rand_int_range (rand, 0, 4) > 0)
      g_ptr_array_insert (layers, g_rand_int_range (rand, 0, (int) layers->len + 1), make_layer (rand, i));

  g_autoptr(StrataProfile) layered = strata_profile_with_layers (bare, layers);

  return with_settings (rand, layered);
}

static gboolean
same_settings (StrataProfile *a,
               StrataProfile *b)
{
  g_autoptr(GPtrArray) changes = strata_diff_profiles (a, b);

  return changes->len == 0;
}

/* One change after the other, until none is left: then the two are the same. */
static void
test_one_by_one (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (41);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr(StrataProfile) other = make_random (rand);
      g_autoptr(StrataProfile) profile = make_random (rand);
      guint steps = 0;

      while (!same_settings (other, profile))
        {
          g_autoptr(GPtrArray) changes = strata_diff_profiles (other, profile);
          StrataProfile *next = NULL;
          guint at = (guint) g_rand_int_range (rand, 0, (int) changes->len);

          for (guint k = 0; k < changes->len && next == NULL; k++)
            next = strata_take_change (profile, other, changes->pdata[(at + k) % changes->len]);

          g_assert_nonnull (next);
          g_object_unref (profile);
          profile = next;
          g_assert_cmpuint (++steps, <, MAX_STEPS);
        }
    }
}

static void
test_layer (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (43);
  g_autoptr(StrataLayer) one = make_layer (rand, 1);
  g_autoptr(StrataLayer) two = make_layer (rand, 2);
  g_autoptr(StrataLayer) renamed = strata_layer_with (two, STRATA_LAYER_NAME, "shop");
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataProfile) lower = strata_profile_with_layer_inserted (bare, 0, one);
  g_autoptr(StrataProfile) other = strata_profile_with_layer_inserted (lower, 1, two);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer_inserted (bare, 0, renamed);
  g_autoptr(StrataProfile) back = strata_take_layer (profile, other, "shop");
  g_autoptr(StrataProfile) both = strata_take_layer (back, other, "layer1");
  g_autoptr(StrataProfile) none = strata_take_layer (other, bare, "layer1");
  g_autoptr(StrataProfile) upper = strata_take_layer (lower, other, "layer2");

  g_assert_true (strata_profile_get_layer (back, 0) == two);
  g_assert_true (strata_profile_equal (both, other));
  g_assert_true (strata_profile_equal (upper, other));
  g_assert_cmpuint (strata_profile_get_n_layers (none), ==, 1);
  g_assert_null (strata_take_layer (bare, bare, "nothing"));
}

static void
test_hunk (void)
{
  const char *text = "a\nB\nc\nd\nE";
  const char *other = "a\nb\nc\nd";
  g_autoptr(GArray) hunks = strata_diff_lines (other, text);
  g_autofree char *first = strata_take_hunk (text, other, &g_array_index (hunks, StrataHunk, 0));
  g_autofree char *last = strata_take_hunk (text, other, &g_array_index (hunks, StrataHunk, 1));
  StrataHunk far = { 3, 5, 0, 1 };

  g_assert_cmpstr (first, ==, "a\nb\nc\nd\nE");
  g_assert_cmpstr (last, ==, "a\nB\nc\nd");
  g_assert_null (strata_take_hunk (text, other, &far));
}

static void
assert_words (const char *old_line,
              const char *new_line,
              const char *expected)
{
  g_autoptr(GArray) hunks = strata_diff_words (old_line, new_line);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < hunks->len; i++)
    {
      StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);

      g_string_append_printf (text, "[%.*s|%.*s]", (int) hunk->old_count, old_line + hunk->old_start,
                              (int) hunk->new_count, new_line + hunk->new_start);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_words (void)
{
  assert_words ("image: web:1.2.3", "image: web:1.3.3", "[2|3]");
  assert_words ("  name: größe alt", "  name: größe neu # x", "[alt|neu # x]");
  assert_words ("same", "same", "");
  assert_words ("", "new", "[|new]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/take/one-by-one", test_one_by_one);
  g_test_add_func ("/core/take/layer", test_layer);
  g_test_add_func ("/core/take/hunk", test_hunk);
  g_test_add_func ("/core/take/words", test_words);

  return g_test_run ();
}
