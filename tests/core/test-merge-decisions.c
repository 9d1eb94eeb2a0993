/* test-merge-decisions.c - what was decided about a merge stays about what it was decided about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-merge.h"

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

/* Which conflicts there are, without what they are about: "- - layers, a values.yaml x". */
static char *
tell_places (StrataMerge *merge)
{
  GPtrArray *conflicts = strata_merge_get_conflicts (merge);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      StrataConflict *conflict = conflicts->pdata[i];

      g_string_append_printf (text, "%s%s %s %s", i > 0 ? ", " : "", conflict->layer != NULL ? conflict->layer : "-",
                              conflict->document != NULL ? conflict->document : "-", conflict->path);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
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

/* Where a layer stands is one decision, what is in it another: the first takes nothing from the second. */
static void
test_order_keeps_decisions (void)
{
  g_autoptr(StrataProfile) base = MAKE ("a", "x: 0\n", "b", "y: 0\n", "c", "");
  g_autoptr(StrataProfile) mine = MAKE ("b", "y: 1\n", "a", "x: 1\n", "c", "");
  g_autoptr(StrataProfile) theirs = MAKE ("a", "x: 2\n", "c", "", "b", "y: 2\n");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) first = strata_merge_resolve (merge, 1, STRATA_SIDE_OWN, "x: 5\n");
  g_autoptr(StrataMerge) both = strata_merge_resolve (first, 2, STRATA_SIDE_THEIRS, NULL);
  g_autoptr(StrataMerge) moved = strata_merge_resolve (both, 0, STRATA_SIDE_THEIRS, NULL);
  g_autoptr(StrataMerge) back = strata_merge_resolve (moved, 0, STRATA_SIDE_BASE, NULL);
  g_autofree char *before = tell_places (merge);
  g_autofree char *after = tell_places (moved);
  g_autofree char *both_text = tell (strata_merge_get_profile (both));
  g_autofree char *moved_text = tell (strata_merge_get_profile (moved));
  g_autofree char *back_text = tell (strata_merge_get_profile (back));

  g_assert_cmpstr (before, ==, "- - layers, a values.yaml x, b values.yaml y");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (both_text, ==, "b(y: 2;) a(x: 5;) c()");
  g_assert_cmpstr (moved_text, ==, "a(x: 5;) c() b(y: 2;)");
  g_assert_cmpstr (back_text, ==, "a(x: 5;) b(y: 2;) c()");
}

/* A row of decisions that is not of this merge decides nothing, and a text of its own only stands where one may. */
static void
test_strange_decisions (void)
{
  g_autoptr(StrataProfile) base_bare = MAKE ("os", "a: 1\n");
  g_autoptr(StrataProfile) base = with_layer_field (base_bare, 0, STRATA_LAYER_VERSION, "1.0");
  g_autoptr(StrataProfile) mine_bare = MAKE ("os", "a: 2\n");
  g_autoptr(StrataProfile) mine = with_layer_field (mine_bare, 0, STRATA_LAYER_VERSION, "2.0");
  g_autoptr(StrataProfile) theirs_bare = MAKE ("os", "a: 3\n");
  g_autoptr(StrataProfile) theirs = with_layer_field (theirs_bare, 0, STRATA_LAYER_VERSION, "3.0");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(GPtrArray) decided = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_conflict_free);

  for (guint i = 0; i < 2; i++)
    {
      StrataConflict *conflict = strata_conflict_copy (strata_merge_get_conflicts (merge)->pdata[i]);

      conflict->decision = STRATA_SIDE_OWN;
      conflict->own = g_strdup ("a: 5\n");
      g_ptr_array_add (decided, conflict);
    }

  g_autoptr(StrataMerge) own = strata_merge_decide (merge, decided);
  g_autofree char *own_text = tell (strata_merge_get_profile (own));
  StrataConflict *last = decided->pdata[1];

  g_assert_cmpuint (strata_merge_get_n_open (own), ==, 1);
  g_assert_cmpstr (own_text, ==, "os(a: 5;)");

  g_free (last->layer);
  last->layer = g_strdup ("web");

  g_autoptr(StrataMerge) other = strata_merge_decide (merge, decided);
  g_autofree char *other_text = tell (strata_merge_get_profile (other));

  g_assert_cmpuint (strata_merge_get_n_open (other), ==, 2);
  g_assert_cmpstr (other_text, ==, "os(a: 2;)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/merge-decisions/order-keeps-decisions", test_order_keeps_decisions);
  g_test_add_func ("/core/merge-decisions/strange-decisions", test_strange_decisions);

  return g_test_run ();
}
