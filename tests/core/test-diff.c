/* test-diff.c - what is different, by line, by path and by layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-diff.h"

#define N_RANDOM 400

/* Makes the new text from the old one and the hunks alone. */
static char *
patch (const char *old_text,
       const char *new_text,
       GArray     *hunks)
{
  g_auto(GStrv) old_lines = g_strsplit (old_text, "\n", -1);
  g_auto(GStrv) new_lines = g_strsplit (new_text, "\n", -1);
  g_autoptr(GPtrArray) result = g_ptr_array_new ();
  guint i = 0;

  for (guint h = 0; h < hunks->len; h++)
    {
      StrataHunk *hunk = &g_array_index (hunks, StrataHunk, h);

      while (i < hunk->old_start)
        g_ptr_array_add (result, old_lines[i++]);
      for (guint j = 0; j < hunk->new_count; j++)
        g_ptr_array_add (result, new_lines[hunk->new_start + j]);
      i += hunk->old_count;
    }
  while (old_lines[i] != NULL)
    g_ptr_array_add (result, old_lines[i++]);
  g_ptr_array_add (result, NULL);

  return g_strjoinv ("\n", (char **) result->pdata);
}

static guint
count_lines (GArray *hunks)
{
  guint n = 0;

  for (guint h = 0; h < hunks->len; h++)
    n += g_array_index (hunks, StrataHunk, h).old_count + g_array_index (hunks, StrataHunk, h).new_count;

  return n;
}

/* The length of a longest common subsequence, the slow and simple way. */
static guint
count_common (GStrv a,
              GStrv b)
{
  guint n = g_strv_length (a);
  guint m = g_strv_length (b);
  g_autofree guint *row = g_new0 (guint, m + 1);

  for (guint i = 0; i < n; i++)
    {
      guint corner = 0;

      for (guint j = 0; j < m; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = g_str_equal (a[i], b[j]) ? corner + 1 : MAX (above, row[j]);
          corner = above;
        }
    }

  return row[m];
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, 40);

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%c\n", g_rand_int_range (rand, 'a', 'a' + 5));

  return g_string_free (text, FALSE);
}

/* No line of these stands once: what stands once is kept in its place even where that costs a line more. */
static char *
make_text_of_pairs (GRand *rand)
{
  g_autofree char *text = make_text (rand);

  return g_strconcat (text, "a\na\nb\nb\nc\nc\nd\nd\ne\ne\n", NULL);
}

static void
test_lines_are_fewest (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *old_text = make_text_of_pairs (rand);
      g_autofree char *new_text = make_text_of_pairs (rand);
      g_autoptr(GArray) hunks = strata_diff_lines (old_text, new_text);
      g_autofree char *patched = patch (old_text, new_text, hunks);
      g_auto(GStrv) old_lines = g_strsplit (old_text, "\n", -1);
      g_auto(GStrv) new_lines = g_strsplit (new_text, "\n", -1);
      guint total = g_strv_length (old_lines) + g_strv_length (new_lines);

      g_assert_cmpstr (patched, ==, new_text);
      g_assert_cmpuint (count_lines (hunks), ==, total - 2 * count_common (old_lines, new_lines));
    }
}

static void
test_lines_patch (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (9);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *old_text = make_text (rand);
      g_autofree char *new_text = make_text (rand);
      g_autoptr(GArray) hunks = strata_diff_lines (old_text, new_text);
      g_autofree char *patched = patch (old_text, new_text, hunks);

      g_assert_cmpstr (patched, ==, new_text);
    }
}

/* The name of each block stays, though its brackets and blank lines could be matched at less cost. */
static void
test_lines_keep_what_is_unique (void)
{
  const char *old_text = "one:\n  - x\n  - x\n\n";
  const char *new_text = "zero:\n  - x\n  - x\n\none:\n  - y\n\n";
  g_autofree char *text = strata_diff_unified (old_text, new_text, "x", "y");

  g_assert_cmpstr (text, ==,
                   "--- x\n+++ y\n"
                   "@@ -1,4 +1,7 @@\n+zero:\n+  - x\n+  - x\n+\n one:\n-  - x\n-  - x\n+  - y\n \n");
}

static void
test_long_and_unlike (void)
{
  g_autoptr(GString) old_text = g_string_new (NULL);
  g_autoptr(GString) new_text = g_string_new (NULL);
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 50000; i++)
    {
      g_string_append_printf (old_text, "line %d of it\n", g_rand_int_range (rand, 0, 200));
      g_string_append_printf (new_text, "line %d of it\n", g_rand_int_range (rand, 0, 200));
    }

  gint64 start = g_get_monotonic_time ();
  g_autoptr(GArray) hunks = strata_diff_lines (old_text->str, new_text->str);

  g_test_message ("%" G_GINT64_FORMAT " ms for two of 0.8 MB", (g_get_monotonic_time () - start) / 1000);

  g_autofree char *patched = patch (old_text->str, new_text->str, hunks);

  g_assert_cmpstr (patched, ==, new_text->str);
}

static void
test_unified (void)
{
  const char *old_text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n";
  const char *new_text = "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm";
  g_autofree char *same = strata_diff_unified (old_text, old_text, "x", "y");
  g_autofree char *text = strata_diff_unified (old_text, new_text, "x", "y");

  g_assert_cmpstr (same, ==, "");
  g_assert_cmpstr (text, ==,
                   "--- x\n+++ y\n"
                   "@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n"
                   "@@ -10,3 +10,4 @@\n j\n k\n l\n+m\n\\ No newline at end of file\n");
}

static void
test_unified_from_nothing (void)
{
  g_autofree char *text = strata_diff_unified ("", "a\n", "x", "y");

  g_assert_cmpstr (text, ==, "--- x\n+++ y\n@@ -0,0 +1 @@\n+a\n");
}

/* The changes in one line each, as a person would check them. */
static char *
tell (GPtrArray *changes)
{
  static const char signs[] = { '+', '-', '~', '>', '=' };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      StrataChange *change = changes->pdata[i];

      g_string_append_c (text, signs[change->kind]);
      if (change->layer != NULL)
        g_string_append_printf (text, " %s", change->layer);
      if (change->document != NULL)
        g_string_append_printf (text, " %s", change->document);
      if (change->path != NULL)
        g_string_append_printf (text, " %s", change->path);
      if (change->hunks != NULL)
        g_string_append_printf (text, " (%u)", change->hunks->len);
      else
        g_string_append_printf (text, ": %s -> %s", change->old_value != NULL ? change->old_value : "nothing",
                                change->new_value != NULL ? change->new_value : "nothing");
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
test_trees (void)
{
  g_autoptr(GPtrArray) changes =
    strata_diff_trees ("a: 1 # one\nb:\n  c: [1, 2]\n  d.e/f: x\n  gone: {k: v}\nsame: 'y'\nq: '1'\n",
                       "same: \"y\"\nb: # moved\n  d.e/f: z\n  c:\n    - 1\n    - 3\n    - 4\na: two\nnew: [x]\nq: 1\n");
  g_autofree char *told = tell (changes);

  g_assert_cmpstr (told, ==,
                   "~ a: 1 -> two\n"
                   "~ b.c[1]: 2 -> 3\n"
                   "+ b.c[2]: nothing -> 4\n"
                   "~ b[d.e/f]: x -> z\n"
                   "- b.gone: {k: v} -> nothing\n"
                   "~ q: 1 -> 1\n"
                   "+ new: nothing -> [x]\n");
}

static void
test_trees_of_documents (void)
{
  g_autoptr(GPtrArray) changes = strata_diff_trees ("a: 1\n---\nb: 1\n", "a: 1\n---\nb: 2\n---\nc: 3\n");
  g_autofree char *told = tell (changes);

  g_assert_cmpstr (told, ==, "~ #2.b: 1 -> 2\n+ #3: nothing -> {c: 3}\n");
}

static void
test_trees_need_yaml (void)
{
  g_assert_null (strata_diff_trees ("a: [", "a: 1"));
}

static StrataLayer *
make_layer (const char *name,
            const char *values)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);

  return strata_layer_with_values (bare, blob);
}

static StrataProfile *
make_profile (const char *names,
              const char *values)
{
  g_auto(GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataProfile) bare = strata_profile_new ("retail-edge", "1.0.0");

  for (gsize i = 0; words[i] != NULL; i++)
    g_ptr_array_add (layers, make_layer (words[i], values));

  return strata_profile_with_layers (bare, layers);
}

static void
assert_told (StrataProfile *old_profile,
             StrataProfile *new_profile,
             const char    *expected)
{
  g_autoptr(GPtrArray) changes = strata_diff_profiles (old_profile, new_profile);
  g_autofree char *told = tell (changes);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_profiles_layers (void)
{
  g_autoptr(StrataProfile) one = make_profile ("os k8s cni web", "");
  g_autoptr(StrataProfile) two = make_profile ("web os k8s db", "");

  assert_told (one, one, "");
  assert_told (one, two, "- cni:  -> nothing\n> web: 4 -> 1\n+ db: nothing -> \n");
}

static void
test_profiles_renamed (void)
{
  g_autoptr(StrataProfile) one = make_profile ("os web db", "a: 1\n");
  g_autoptr(StrataLayer) shop = strata_layer_with (strata_profile_get_layer (one, 2), STRATA_LAYER_NAME, "shop");
  g_autoptr(StrataProfile) renamed = strata_profile_with_layer (one, 2, shop);
  g_autoptr(StrataProfile) two = strata_profile_with_layer_moved (renamed, 2, 0);

  assert_told (one, two, "= shop: db -> shop\n> shop: 3 -> 1\n");
}

/* A layer of manifests that most of its lines stayed in is the same one; what came with another pack is another. */
static void
test_profiles_renamed_and_changed (void)
{
  static const char *const texts[] = { "a: 1\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\nd: 5\n", "x: 1\nb: 2\ny: 3\n" };
  g_autoptr(StrataProfile) bare = make_profile ("os", "");
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_strdup_printf ("layer%" G_GSIZE_FORMAT, i);
      g_autoptr(StrataBlob) blob = strata_blob_new_text (texts[i]);
      g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, name);
      g_autoptr(StrataManifest) manifest = strata_manifest_new ("m", blob);
      g_autoptr(StrataLayer) layer = strata_layer_with_manifest (empty, manifest);

      g_ptr_array_add (profiles, strata_profile_with_layer_inserted (bare, 1, layer));
    }

  assert_told (profiles->pdata[0], profiles->pdata[1],
               "= layer1: layer0 -> layer1\n~ layer1 m (1)\n~ layer1 m d: 4 -> 5\n");
  assert_told (profiles->pdata[0], profiles->pdata[2], "- layer0:  -> nothing\n+ layer2: nothing -> \n");
}

static void
test_profiles_documents (void)
{
  g_autoptr(StrataProfile) one = make_profile ("web", "a: 1\nb: 2\n");
  g_autoptr(StrataBlob) content = strata_blob_new_text ("kind: A\n");
  g_autoptr(StrataBlob) values = strata_blob_new_text ("a: 5\nb: 2\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("info", content);
  g_autoptr(StrataLayer) attached = strata_layer_with_manifest (strata_profile_get_layer (one, 0), manifest);
  g_autoptr(StrataLayer) changed = strata_layer_with_values (attached, values);
  g_autoptr(StrataLayer) newer = strata_layer_with (changed, STRATA_LAYER_VERSION, "2.0.0");
  g_autoptr(StrataProfile) two = strata_profile_with_layer (one, 0, newer);

  assert_told (one, two,
               "+ web version: nothing -> 2.0.0\n"
               "~ web values.yaml (1)\n"
               "~ web values.yaml a: 1 -> 5\n"
               "+ web info (1)\n");
}

static void
test_profiles_files (void)
{
  g_autoptr(StrataProfile) one = make_profile ("web", "");
  g_autoptr(StrataBlob) content = strata_blob_new_text ("# Web\n");
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, strata_file_new ("README.md", content));

  g_autoptr(StrataLayer) whole = strata_layer_with_files (strata_profile_get_layer (one, 0), files);
  g_autoptr(StrataProfile) two = strata_profile_with_layer (one, 0, whole);

  assert_told (one, two, "+ web README.md: nothing -> nothing\n");
}

static void
test_profiles_own_data (void)
{
  g_autoptr(StrataProfile) one = make_profile ("web", "");
  g_autoptr(StrataProfile) newer = strata_profile_with (one, STRATA_PROFILE_VERSION, "1.1.0");
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataVariable) bare = strata_variable_new ("password");
  g_autoptr(StrataVariable) filled = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, "not for eyes");

  g_ptr_array_add (tags, strata_tag_new_raw ("arm64", NULL));
  g_ptr_array_add (variables, strata_variable_with_flags (filled, STRATA_VARIABLE_SENSITIVE));

  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (newer, tags);
  g_autoptr(StrataProfile) two = strata_profile_with_variables (tagged, variables);

  assert_told (one, two,
               "~ version: 1.0.0 -> 1.1.0\n"
               "+ tags: nothing -> arm64\n"
               "+ variables.password: nothing -> ********\n");

  g_autoptr(GPtrArray) renamed_list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (renamed_list, strata_variable_with (strata_profile_get_variables (two)->pdata[0],
                                                       STRATA_VARIABLE_NAME, "secret"));

  g_autoptr(StrataProfile) three = strata_profile_with_variables (two, renamed_list);

  assert_told (two, three, "= variables.password: password -> secret\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/diff/lines-are-fewest", test_lines_are_fewest);
  g_test_add_func ("/core/diff/lines-patch", test_lines_patch);
  g_test_add_func ("/core/diff/lines-keep-what-is-unique", test_lines_keep_what_is_unique);
  g_test_add_func ("/core/diff/long-and-unlike", test_long_and_unlike);
  g_test_add_func ("/core/diff/unified", test_unified);
  g_test_add_func ("/core/diff/unified-from-nothing", test_unified_from_nothing);
  g_test_add_func ("/core/diff/trees", test_trees);
  g_test_add_func ("/core/diff/trees-of-documents", test_trees_of_documents);
  g_test_add_func ("/core/diff/trees-need-yaml", test_trees_need_yaml);
  g_test_add_func ("/core/diff/profiles-layers", test_profiles_layers);
  g_test_add_func ("/core/diff/profiles-renamed", test_profiles_renamed);
  g_test_add_func ("/core/diff/profiles-renamed-and-changed", test_profiles_renamed_and_changed);
  g_test_add_func ("/core/diff/profiles-documents", test_profiles_documents);
  g_test_add_func ("/core/diff/profiles-files", test_profiles_files);
  g_test_add_func ("/core/diff/profiles-own-data", test_profiles_own_data);

  return g_test_run ();
}
