/* test-merge.c - two changes of one profile made into one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-merge.h"

#define N_RANDOM 400

/* Profiles as one would write them down: "layer values" in a line each, bottom first. */
static StrataProfile *
make (const char *const *layers)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *layers != NULL; layers += 2)
    {
      g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_PACK, layers[0]);
      g_autoptr(StrataBlob) values = strata_blob_new_text (layers[1]);

      g_ptr_array_add (list, strata_layer_with_values (layer, values));
    }

  return strata_profile_with_layers (bare, list);
}

#define MAKE(...) make ((const char *const[]){ __VA_ARGS__, NULL })

/* The same, read back: "a(x: 1) b()". */
static char *
tell (StrataProfile *profile)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      g_auto(GStrv) lines = g_strsplit (strata_layer_get_text (layer), "\n", -1);
      g_autofree char *values = g_strjoinv (";", lines);

      g_string_append_printf (text, "%s%s(%s)", i > 0 ? " " : "", strata_layer_get_name (layer), values);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
tell_conflicts (StrataMerge *merge)
{
  GPtrArray *conflicts = strata_merge_get_conflicts (merge);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      StrataConflict *conflict = conflicts->pdata[i];

      g_string_append_printf (text, "%s/%s/%s: %s | %s | %s\n", conflict->layer != NULL ? conflict->layer : "",
                              conflict->document != NULL ? conflict->document : "",
                              conflict->path != NULL ? conflict->path : "",
                              conflict->texts[STRATA_SIDE_MINE], conflict->texts[STRATA_SIDE_BASE],
                              conflict->texts[STRATA_SIDE_THEIRS]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_merged (StrataProfile *base,
               StrataProfile *mine,
               StrataProfile *theirs,
               const char    *expected,
               const char    *conflicts)
{
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autofree char *told = tell (strata_merge_get_profile (merge));
  g_autofree char *told_conflicts = tell_conflicts (merge);

  g_assert_cmpstr (told_conflicts, ==, conflicts);
  g_assert_cmpstr (told, ==, expected);
}

static StrataProfile *
with_layer_field (StrataProfile    *profile,
                  guint             position,
                  StrataLayerField  field,
                  const char       *value)
{
  g_autoptr(StrataLayer) layer = strata_layer_with (strata_profile_get_layer (profile, position), field, value);

  return strata_profile_with_layer (profile, position, layer);
}

static void
test_values (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "a: 1\nb: 2\n", "web", "c: 3\n");
  g_autoptr(StrataProfile) mine = MAKE ("os", "a: 9\nb: 2\n", "web", "c: 3\n");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "a: 1\nb: 8\n", "web", "c: 3\nd: 4\n");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);

  assert_merged (base, mine, theirs, "os(a: 9;b: 8;) web(c: 3;d: 4;)", "");
  g_assert_cmpuint (strata_merge_get_merged (merge)->len, ==, 3);
  g_assert_cmpuint (strata_merge_get_n_open (merge), ==, 0);
}

static void
test_layers_come_and_go (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "a: 1\n", "cni", "b: 1\n", "web", "c: 1\n");
  g_autoptr(StrataProfile) mine = MAKE ("os", "a: 1\n", "new", "n: 1\n", "cni", "b: 1\n", "web", "c: 1\n");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "a: 1\n", "web", "c: 1\n", "top", "t: 1\n");

  assert_merged (base, mine, theirs, "os(a: 1;) new(n: 1;) web(c: 1;) top(t: 1;)", "");
  assert_merged (base, theirs, mine, "os(a: 1;) new(n: 1;) web(c: 1;) top(t: 1;)", "");
}

static void
test_layers_move (void)
{
  g_autoptr(StrataProfile) base = MAKE ("a", "", "b", "", "c", "x: 1\n");
  g_autoptr(StrataProfile) mine = MAKE ("c", "x: 1\n", "a", "", "b", "");
  g_autoptr(StrataProfile) theirs = MAKE ("a", "", "b", "", "c", "x: 2\n");
  g_autoptr(StrataProfile) other = MAKE ("b", "", "a", "", "c", "x: 1\n");

  assert_merged (base, mine, theirs, "c(x: 2;) a() b()", "");
  assert_merged (base, mine, other, "c(x: 1;) a() b()", "//layers: c\na\nb\n | a\nb\nc\n | b\na\nc\n\n");
}

/* Both added one layer, each in another place. */
static void
test_layers_added_apart (void)
{
  g_autoptr(StrataProfile) base = MAKE ("a", "", "b", "");
  g_autoptr(StrataProfile) mine = MAKE ("n", "x: 1\n", "a", "", "b", "");
  g_autoptr(StrataProfile) theirs = MAKE ("a", "", "b", "", "n", "x: 1\n");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) taken = strata_merge_resolve_all (merge, STRATA_SIDE_BASE);
  g_autofree char *told = tell (strata_merge_get_profile (taken));

  assert_merged (base, mine, theirs, "n(x: 1;) a() b()", "//layers: n\na\nb\n | a\nb\n | a\nb\nn\n\n");
  g_assert_cmpstr (told, ==, "a() b() n(x: 1;)");
}

/* The new name from one side, the new values from the other. */
static void
test_layer_renamed (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "", "web", "x: 1\ny: 1\n");
  g_autoptr(StrataProfile) mine = with_layer_field (base, 1, STRATA_LAYER_NAME, "shop");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "", "web", "x: 1\ny: 2\n");
  g_autoptr(StrataProfile) twice = with_layer_field (base, 1, STRATA_LAYER_NAME, "store");
  g_autoptr(StrataProfile) taken = MAKE ("os", "", "web", "x: 1\ny: 1\n", "shop", "z: 1\n");

  assert_merged (base, mine, theirs, "os() shop(x: 1;y: 2;)", "");
  assert_merged (base, mine, twice, "os() shop(x: 1;y: 1;)", "shop//name: shop | web | store\n");
  /* Theirs has another layer of that name: then it is no rename. */
  assert_merged (base, mine, taken, "os() shop(x: 1;y: 1;)",
                 "shop/values.yaml/: x: 1\ny: 1\n | (null) | z: 1\n\n");
}

static void
test_layer_removed_and_changed (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "a: 1\n", "web", "c: 1\n");
  g_autoptr(StrataProfile) mine = MAKE ("os", "a: 1\n", "web", "c: 2\n");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "a: 1\n");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) kept = strata_merge_resolve (merge, 0, STRATA_SIDE_MINE, NULL);
  g_autoptr(StrataMerge) gone = strata_merge_resolve (kept, 0, STRATA_SIDE_THEIRS, NULL);
  g_autoptr(StrataMerge) old = strata_merge_resolve_all (merge, STRATA_SIDE_BASE);
  g_autofree char *kept_text = tell (strata_merge_get_profile (kept));
  g_autofree char *gone_text = tell (strata_merge_get_profile (gone));
  g_autofree char *old_text = tell (strata_merge_get_profile (old));

  assert_merged (base, mine, theirs, "os(a: 1;) web(c: 2;)", "web//:  |  | (null)\n");
  g_assert_cmpuint (strata_merge_get_n_open (merge), ==, 1);
  g_assert_cmpuint (strata_merge_get_n_open (kept), ==, 0);
  g_assert_cmpstr (kept_text, ==, "os(a: 1;) web(c: 2;)");
  g_assert_cmpstr (gone_text, ==, "os(a: 1;)");
  g_assert_cmpstr (old_text, ==, "os(a: 1;) web(c: 1;)");
}

static void
test_layer_added_twice (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "");
  g_autoptr(StrataProfile) mine = MAKE ("os", "", "web", "c: 1\nd: 1\n");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "", "web", "c: 2\nd: 1\n");

  assert_merged (base, mine, mine, "os() web(c: 1;d: 1;)", "");
  assert_merged (base, mine, theirs, "os() web(c: 1;d: 1;)",
                 "web/values.yaml/: c: 1\nd: 1\n | (null) | c: 2\nd: 1\n\n");
}

/* A version without its digest is no version: both go together. */
static void
test_pack_is_whole (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "");
  g_autoptr(StrataProfile) mine = with_layer_field (base, 0, STRATA_LAYER_VERSION, "2.0");
  g_autoptr(StrataProfile) newer = with_layer_field (base, 0, STRATA_LAYER_VERSION, "3.0");
  g_autoptr(StrataProfile) theirs = with_layer_field (newer, 0, STRATA_LAYER_DIGEST, "abc");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) taken = strata_merge_resolve (merge, 0, STRATA_SIDE_THEIRS, NULL);
  StrataLayer *layer = strata_profile_get_layer (strata_merge_get_profile (taken), 0);

  assert_merged (base, mine, theirs, "os()", "os//version: version: 2.0\n |  | version: 3.0\ndigest: abc\n\n");
  g_assert_cmpstr (strata_layer_get_version (layer), ==, "3.0");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_DIGEST), ==, "abc");
}

static void
test_resolve (void)
{
  g_autoptr(StrataProfile) base = MAKE ("os", "a: 1\nb: 1\nc: 1\n");
  g_autoptr(StrataProfile) mine = MAKE ("os", "a: 2\nb: 1\nc: 2\n");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "a: 3\nb: 1\nc: 3\n");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) half = strata_merge_resolve (merge, 1, STRATA_SIDE_THEIRS, NULL);
  g_autoptr(StrataMerge) whole = strata_merge_resolve (half, 0, STRATA_SIDE_OWN, "a: 5\nx: 5\n");
  g_autoptr(StrataMerge) open = strata_merge_resolve (whole, 1, STRATA_SIDE_NONE, NULL);
  g_autofree char *half_text = tell (strata_merge_get_profile (half));
  g_autofree char *whole_text = tell (strata_merge_get_profile (whole));
  StrataConflict *conflict = strata_merge_get_conflicts (merge)->pdata[1];

  g_assert_cmpstr (conflict->path, ==, "c");
  g_assert_cmpuint (conflict->lines[STRATA_SIDE_THEIRS], ==, 3);
  g_assert_cmpstr (half_text, ==, "os(a: 2;b: 1;c: 3;)");
  g_assert_cmpuint (strata_merge_get_n_open (half), ==, 1);
  g_assert_cmpstr (whole_text, ==, "os(a: 5;x: 5;b: 1;c: 3;)");
  g_assert_cmpuint (strata_merge_get_n_open (whole), ==, 0);
  g_assert_cmpuint (strata_merge_get_n_open (open), ==, 1);
  g_assert_true (strata_merge_get_side (whole, STRATA_SIDE_THEIRS) == theirs);
}

static StrataProfile *
with_manifest (StrataProfile *profile,
               const char    *name,
               const char    *content)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (content);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, blob);
  g_autoptr(StrataLayer) layer = strata_layer_with_manifest (strata_profile_get_layer (profile, 0), manifest);

  return strata_profile_with_layer (profile, 0, layer);
}

static void
test_manifests (void)
{
  g_autoptr(StrataProfile) bare = MAKE ("os", "");
  g_autoptr(StrataProfile) base = with_manifest (bare, "info", "kind: A\nb: 1\nc: 1\n");
  g_autoptr(StrataProfile) changed = with_manifest (base, "info", "kind: B\nb: 1\nc: 1\n");
  g_autoptr(StrataProfile) mine = with_manifest (changed, "mine", "kind: M\n");
  g_autoptr(StrataProfile) theirs = with_manifest (base, "info", "kind: A\nb: 1\nc: 2\n");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) gone = strata_merge_new (base, mine, bare);
  StrataLayer *layer = strata_profile_get_layer (strata_merge_get_profile (merge), 0);
  g_autofree char *conflicts = tell_conflicts (gone);

  g_assert_cmpuint (strata_merge_get_n_open (merge), ==, 0);
  g_assert_cmpuint (strata_layer_get_manifests (layer)->len, ==, 2);
  g_assert_cmpstr (strata_manifest_get_text (strata_layer_find_manifest (layer, "info", NULL)), ==,
                   "kind: B\nb: 1\nc: 2\n");
  g_assert_cmpstr (conflicts, ==, "os/info/: kind: B\nb: 1\nc: 1\n | kind: A\nb: 1\nc: 1\n | (null)\n");
}

/* What is not known here and the name that a console gave are somebody's work, too. */
static StrataProfile *
with_manifest_data (StrataProfile *profile,
                    const char    *uid,
                    const char    *extra)
{
  g_autoptr(StrataManifest) manifest =
    strata_manifest_with_uid (strata_layer_find_manifest (strata_profile_get_layer (profile, 0), "info", NULL), uid);
  g_autoptr(StrataManifest) changed = strata_manifest_with_extra (manifest, extra);
  g_autoptr(StrataLayer) layer = strata_layer_with_manifest (strata_profile_get_layer (profile, 0), changed);

  return strata_profile_with_layer (profile, 0, layer);
}

static void
test_manifest_data (void)
{
  g_autoptr(StrataProfile) bare = MAKE ("os", "");
  g_autoptr(StrataProfile) plain = with_manifest (bare, "info", "kind: A\n");
  g_autoptr(StrataProfile) text = with_manifest (bare, "info", "kind: B\n");
  g_autoptr(StrataProfile) base = with_manifest_data (plain, "u", "{}");
  g_autoptr(StrataProfile) mine = with_manifest_data (text, "u", "{}");
  g_autoptr(StrataProfile) theirs = with_manifest_data (plain, "v", "{\"new\":1}");
  g_autoptr(StrataProfile) other = with_manifest_data (plain, "u", "{\"old\":1}");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  StrataLayer *layer = strata_profile_get_layer (strata_merge_get_profile (merge), 0);
  StrataManifest *manifest = strata_layer_find_manifest (layer, "info", NULL);

  g_assert_cmpuint (strata_merge_get_conflicts (merge)->len, ==, 0);
  g_assert_cmpuint (strata_merge_get_merged (merge)->len, ==, 3);
  g_assert_cmpstr (strata_manifest_get_text (manifest), ==, "kind: B\n");
  g_assert_cmpstr (strata_manifest_get_uid (manifest), ==, "v");
  g_assert_cmpstr (strata_manifest_get_extra (manifest), ==, "{\"new\":1}");
  assert_merged (base, other, theirs, "os()", "os/info/extra: {\"old\":1} | {} | {\"new\":1}\n");
}

static StrataProfile *
with_tags (StrataProfile *profile,
           const char    *tags)
{
  g_auto(GStrv) words = g_strsplit (tags, " ", -1);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, strata_tag_parse (words[i], NULL));

  return strata_profile_with_tags (profile, list);
}

static void
test_tags (void)
{
  g_autoptr(StrataProfile) bare = MAKE ("os", "");
  g_autoptr(StrataProfile) base = with_tags (bare, "env:dev site");
  g_autoptr(StrataProfile) mine = with_tags (bare, "env:prod site new");
  g_autoptr(StrataProfile) theirs = with_tags (bare, "env:dev");
  g_autoptr(StrataProfile) other = with_tags (bare, "env:test");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  GPtrArray *tags = strata_profile_get_tags (strata_merge_get_profile (merge));
  g_autofree char *first = strata_tag_to_string (tags->pdata[0]);

  g_assert_cmpuint (tags->len, ==, 2);
  g_assert_cmpstr (first, ==, "env:prod");
  assert_merged (base, mine, other, "os()", "//tags.env: env:prod | env:dev | env:test\n");
}

static StrataProfile *
with_variable (StrataProfile       *profile,
               const char          *value,
               const char          *regex,
               StrataVariableFlags  flags)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataVariable) bare = strata_variable_new ("password");
  g_autoptr(StrataVariable) valued = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, value);
  g_autoptr(StrataVariable) ruled = strata_variable_with (valued, STRATA_VARIABLE_REGEX, regex);

  g_ptr_array_add (list, strata_variable_with_flags (ruled, flags));

  return strata_profile_with_variables (profile, list);
}

static void
test_variables (void)
{
  g_autoptr(StrataProfile) bare = MAKE ("os", "");
  g_autoptr(StrataProfile) base = with_variable (bare, "one", "", 0);
  g_autoptr(StrataProfile) mine = with_variable (bare, "two", "", 0);
  g_autoptr(StrataProfile) theirs = with_variable (bare, "one", "^o", STRATA_VARIABLE_REQUIRED);
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  StrataVariable *variable = strata_profile_get_variables (strata_merge_get_profile (merge))->pdata[0];

  g_assert_cmpuint (strata_merge_get_n_open (merge), ==, 0);
  g_assert_cmpstr (strata_variable_get (variable, STRATA_VARIABLE_DEFAULT), ==, "two");
  g_assert_cmpstr (strata_variable_get (variable, STRATA_VARIABLE_REGEX), ==, "^o");
  g_assert_cmpuint (strata_variable_get_flags (variable), ==, STRATA_VARIABLE_REQUIRED);
  assert_merged (base, mine, bare, "os()", "//variables.password: two | one | (null)\n");
}

/* A conflict is shown, written to logs, printed as JSON: what is secret on one side stands in none of its texts. */
static void
test_secret_is_masked (void)
{
  g_autoptr(StrataProfile) bare = MAKE ("os", "");
  g_autoptr(StrataProfile) base = with_variable (bare, "one", "", 0);
  g_autoptr(StrataProfile) mine = with_variable (bare, "two", "", STRATA_VARIABLE_SENSITIVE);
  g_autoptr(StrataProfile) theirs = with_variable (bare, "three", "", 0);
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) taken = strata_merge_resolve_all (merge, STRATA_SIDE_THEIRS);
  StrataVariable *variable = strata_profile_get_variables (strata_merge_get_profile (taken))->pdata[0];

  assert_merged (base, mine, theirs, "os()", "//variables.password.defaultValue: ******** | ******** | ********\n");
  g_assert_false (((StrataConflict *) strata_merge_get_conflicts (merge)->pdata[0])->can_edit);
  g_assert_cmpstr (strata_variable_get (variable, STRATA_VARIABLE_DEFAULT), ==, "three");
}

static void
test_no_base (void)
{
  g_autoptr(StrataProfile) mine = MAKE ("os", "a: 1\n", "web", "");
  g_autoptr(StrataProfile) theirs = MAKE ("os", "a: 1\n", "db", "");

  assert_merged (NULL, mine, theirs, "os(a: 1;) db() web()", "");
}

/* Random profiles */

static char *
make_values (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int key = 0; key < 5; key++)
    if (g_rand_int_range (rand, 0, 4) > 0)
      g_string_append_printf (text, "key%d: %d\n", key, g_rand_int_range (rand, 0, 3));

  return g_string_free (text, FALSE);
}

static StrataProfile *
make_random (GRand *rand)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  int n = g_rand_int_range (rand, 0, 6);

  for (int i = 0; i < n; i++)
    {
      g_ptr_array_add (words, g_strdup_printf ("layer%d", i));
      g_ptr_array_add (words, make_values (rand));
    }
  g_ptr_array_add (words, NULL);

  return make ((const char *const *) words->pdata);
}

static StrataProfile *
change_layer (GRand         *rand,
              StrataProfile *profile,
              guint          position)
{
  StrataLayer *layer = strata_profile_get_layer (profile, position);
  g_autofree char *text = make_values (rand);
  g_autofree char *version = g_strdup_printf ("%d.0", g_rand_int_range (rand, 0, 4));
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataLayer) changed = g_rand_boolean (rand) ? strata_layer_with_values (layer, values)
                                                         : strata_layer_with (layer, STRATA_LAYER_VERSION, version);

  return strata_profile_with_layer (profile, position, changed);
}

static StrataProfile *
change_once (GRand         *rand,
             StrataProfile *profile)
{
  static const char *const tags[] = { "env:dev", "env:prod", "site a:b", "" };
  guint n = strata_profile_get_n_layers (profile);
  guint position = n > 0 ? (guint) g_rand_int_range (rand, 0, (int) n) : 0;
  g_autofree char *name = g_strdup_printf ("new%d", g_rand_int_range (rand, 0, 3));

  switch (n > 0 ? g_rand_int_range (rand, 0, 8) : 0)
    {
    case 0:
      if (strata_profile_find_layer (profile, name, NULL) == NULL)
        {
          g_autofree char *text = make_values (rand);
          g_autoptr(StrataProfile) other = MAKE (name, text);

          return strata_profile_with_layer_inserted (profile, position, strata_profile_get_layer (other, 0));
        }
      return g_object_ref (profile);
    case 1:
      return strata_profile_without_layer (profile, position);
    case 2:
      return strata_profile_with_layer_moved (profile, position, (guint) g_rand_int_range (rand, 0, (int) n));
    case 3:
      if (strata_profile_find_layer (profile, name, NULL) == NULL)
        return with_layer_field (profile, position, STRATA_LAYER_NAME, name);
      return g_object_ref (profile);
    case 4:
      return with_tags (profile, tags[g_rand_int_range (rand, 0, 3)]);
    case 5:
      return with_variable (profile, name, name + 2, g_rand_int_range (rand, 0, 4));
    default:
      return change_layer (rand, profile, position);
    }
}

static StrataProfile *
change (GRand         *rand,
        StrataProfile *profile)
{
  StrataProfile *result = g_object_ref (profile);

  for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    {
      StrataProfile *next = change_once (rand, result);

      g_object_unref (result);
      result = next;
    }

  return result;
}

static void
assert_gives (StrataProfile *base,
              StrataProfile *mine,
              StrataProfile *theirs,
              StrataProfile *expected)
{
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);

  g_assert_cmpuint (strata_merge_get_conflicts (merge)->len, ==, 0);
  g_assert_true (strata_profile_equal (strata_merge_get_profile (merge), expected));
}

/* Each layer of @side is in the result under the same name, or was renamed, or the other side or a decision took it. */
static void
assert_no_layer_lost (StrataMerge   *merge,
                      StrataProfile *base,
                      StrataProfile *side,
                      StrataProfile *other)
{
  guint n_lost = 0;
  guint n_gone = 0;
  guint n = strata_profile_get_n_layers (side);

  for (guint i = 0; i < n; i++)
    n_lost += strata_profile_find_layer (strata_merge_get_profile (merge),
                                         strata_layer_get_name (strata_profile_get_layer (side, i)), NULL) == NULL;
  for (guint i = 0; i < strata_profile_get_n_layers (base); i++)
    n_gone += strata_profile_find_layer (other, strata_layer_get_name (strata_profile_get_layer (base, i)), NULL) == NULL;

  g_assert_cmpuint (n_lost, <=, n_gone);
}

static void
test_laws (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (31);
  guint n_clean = 0;

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr(StrataProfile) base = make_random (rand);
      g_autoptr(StrataProfile) mine = change (rand, base);
      g_autoptr(StrataProfile) theirs = change (rand, base);

      assert_gives (base, base, theirs, theirs);
      assert_gives (base, mine, base, mine);
      assert_gives (base, mine, mine, mine);

      g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
      g_autoptr(StrataMerge) swapped = strata_merge_new (base, theirs, mine);
      g_autoptr(StrataMerge) for_mine = strata_merge_resolve_all (merge, STRATA_SIDE_MINE);
      g_autoptr(StrataMerge) for_theirs = strata_merge_resolve_all (swapped, STRATA_SIDE_THEIRS);

      g_assert_cmpuint (strata_merge_get_n_open (for_mine), ==, 0);
      g_assert_cmpuint (strata_merge_get_n_open (merge), ==, strata_merge_get_n_open (swapped));
      g_assert_true (strata_profile_equal (strata_merge_get_profile (for_mine), strata_merge_get_profile (for_theirs)));
      assert_no_layer_lost (merge, base, mine, theirs);
      assert_no_layer_lost (swapped, base, theirs, mine);

      if (strata_merge_get_n_open (merge) == 0)
        {
          n_clean++;
          assert_gives (mine, mine, strata_merge_get_profile (merge), strata_merge_get_profile (merge));
          assert_gives (base, strata_merge_get_profile (merge), strata_merge_get_profile (merge),
                        strata_merge_get_profile (merge));
        }
    }

  g_test_message ("%u of %d without a conflict", n_clean, N_RANDOM);
  g_assert_cmpuint (n_clean, >, N_RANDOM / 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/merge/values", test_values);
  g_test_add_func ("/core/merge/layers-come-and-go", test_layers_come_and_go);
  g_test_add_func ("/core/merge/layers-move", test_layers_move);
  g_test_add_func ("/core/merge/layers-added-apart", test_layers_added_apart);
  g_test_add_func ("/core/merge/layer-renamed", test_layer_renamed);
  g_test_add_func ("/core/merge/layer-removed-and-changed", test_layer_removed_and_changed);
  g_test_add_func ("/core/merge/layer-added-twice", test_layer_added_twice);
  g_test_add_func ("/core/merge/pack-is-whole", test_pack_is_whole);
  g_test_add_func ("/core/merge/resolve", test_resolve);
  g_test_add_func ("/core/merge/manifests", test_manifests);
  g_test_add_func ("/core/merge/manifest-data", test_manifest_data);
  g_test_add_func ("/core/merge/tags", test_tags);
  g_test_add_func ("/core/merge/variables", test_variables);
  g_test_add_func ("/core/merge/secret-is-masked", test_secret_is_masked);
  g_test_add_func ("/core/merge/no-base", test_no_base);
  g_test_add_func ("/core/merge/laws", test_laws);

  return g_test_run ();
}
