/* test-draft.c - undo and redo of the whole profile, a word at a time where one types
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-draft.h"

static StrataProfile *
with_text (StrataProfile *profile,
           const char    *text)
{
  return strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, text);
}

static const char *
read_text (StrataDraft *draft)
{
  return strata_profile_get (strata_draft_get_profile (draft), STRATA_PROFILE_DESCRIPTION);
}

/* Types @text letter by letter, as a keyboard gives it. */
static void
type (StrataDraft *draft,
      const char  *place,
      const char  *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      g_autofree char *letter = g_strndup (c, (gsize) (g_utf8_next_char (c) - c));
      g_autofree char *whole = g_strconcat (read_text (draft), letter, NULL);
      g_autoptr(StrataProfile) next = with_text (strata_draft_get_profile (draft), whole);

      strata_draft_type (draft, next, place, letter);
    }
}

static void
erase (StrataDraft *draft,
       const char  *place,
       guint        n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *whole = g_strdup (read_text (draft));

      *g_utf8_prev_char (whole + strlen (whole)) = '\0';

      g_autoptr(StrataProfile) next = with_text (strata_draft_get_profile (draft), whole);

      strata_draft_type (draft, next, place, NULL);
    }
}

static StrataDraft *
make_draft (void)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("retail-edge", "1.0.0");

  return strata_draft_new (profile);
}

static void
test_apply_undo_redo (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();
  g_autoptr(StrataProfile) first = g_object_ref (strata_draft_get_profile (draft));
  g_autoptr(StrataProfile) second = with_text (first, "two");
  g_autoptr(StrataProfile) third = with_text (first, "three");

  strata_draft_apply (draft, second, "Describe");
  strata_draft_apply (draft, third, "Describe Again");
  g_assert_cmpstr (strata_draft_get_undo_label (draft), ==, "Describe Again");
  g_assert_true (strata_draft_undo (draft));
  g_assert_true (strata_draft_get_profile (draft) == second);
  g_assert_cmpstr (strata_draft_get_redo_label (draft), ==, "Describe Again");
  g_assert_true (strata_draft_undo (draft));
  g_assert_true (strata_draft_get_profile (draft) == first);
  g_assert_false (strata_draft_undo (draft));
  g_assert_true (strata_draft_redo (draft));
  g_assert_true (strata_draft_redo (draft));
  g_assert_true (strata_draft_get_profile (draft) == third);
  g_assert_false (strata_draft_redo (draft));
}

static void
test_new_step_ends_redo (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();
  g_autoptr(StrataProfile) one = with_text (strata_draft_get_profile (draft), "one");
  g_autoptr(StrataProfile) two = with_text (one, "two");

  strata_draft_apply (draft, one, "One");
  strata_draft_undo (draft);
  g_assert_true (strata_draft_get_can_redo (draft));
  strata_draft_apply (draft, two, "Two");
  g_assert_false (strata_draft_get_can_redo (draft));
}

static void
test_equal_is_no_step (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();
  g_autoptr(StrataProfile) same = with_text (strata_draft_get_profile (draft), "");

  strata_draft_apply (draft, same, "Nothing");
  g_assert_false (strata_draft_get_can_undo (draft));
}

static void
test_types_in_words (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();

  type (draft, "web/values.yaml", "namespace: größe now");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "namespace: größe ");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "namespace: ");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "");
  g_assert_false (strata_draft_get_can_undo (draft));

  while (strata_draft_redo (draft))
    ;
  g_assert_cmpstr (read_text (draft), ==, "namespace: größe now");
}

static void
test_another_place_is_another_step (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();

  type (draft, "web/values.yaml", "ab");
  type (draft, "redis/values.yaml", "cd");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "ab");
}

static void
test_deleting_is_another_step (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();

  type (draft, "web/values.yaml", "abcd");
  erase (draft, "web/values.yaml", 3);
  type (draft, "web/values.yaml", "x");
  g_assert_cmpstr (read_text (draft), ==, "ax");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "a");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "abcd");
}

static void
test_paste_is_one_step (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();
  g_autoptr(StrataProfile) pasted = NULL;

  type (draft, "web/values.yaml", "ab");
  pasted = with_text (strata_draft_get_profile (draft), "ab: many words\n");
  strata_draft_type (draft, pasted, "web/values.yaml", ": many words\n");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "ab");
}

static void
test_typing_after_undo_is_a_step (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();

  type (draft, "web/values.yaml", "ab cd");
  strata_draft_undo (draft);
  type (draft, "web/values.yaml", "x");
  strata_draft_undo (draft);
  g_assert_cmpstr (read_text (draft), ==, "ab ");
}

static void
test_knows_what_changed (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();

  g_assert_false (strata_draft_is_changed (draft));
  type (draft, "web/values.yaml", "a");
  g_assert_true (strata_draft_is_changed (draft));
  strata_draft_set_base (draft, strata_draft_get_profile (draft));
  g_assert_false (strata_draft_is_changed (draft));
  strata_draft_undo (draft);
  g_assert_true (strata_draft_is_changed (draft));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_notifies_on_change (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();
  guint profiles = 0;
  guint undos = 0;

  g_signal_connect_swapped (draft, "notify::profile", G_CALLBACK (count_cb), &profiles);
  g_signal_connect_swapped (draft, "notify::can-undo", G_CALLBACK (count_cb), &undos);
  type (draft, "web/values.yaml", "abc");
  g_assert_cmpuint (profiles, ==, 3);
  g_assert_cmpuint (undos, ==, 1);
  strata_draft_undo (draft);
  g_assert_cmpuint (profiles, ==, 4);
  g_assert_cmpuint (undos, ==, 2);
}

static StrataProfile *
with_large_text (StrataProfile *profile,
                 char           letter)
{
  g_autofree char *text = g_strnfill (16 * 1024 * 1024, letter);
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "web");
  g_autoptr(StrataLayer) large = strata_layer_with_values (layer, values);
  g_autoptr(GPtrArray) layers = g_ptr_array_new ();

  g_ptr_array_add (layers, large);

  return strata_profile_with_layers (profile, layers);
}

static guint
count_undos (StrataDraft *draft)
{
  guint n = 0;

  while (strata_draft_undo (draft))
    n++;

  return n;
}

/* Each step keeps the whole text, so what all of them hold has a bound; steps that share it go on being cheap. */
static void
test_large_texts_are_bounded (void)
{
  g_autoptr(StrataDraft) draft = make_draft ();

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(StrataProfile) next =
        with_large_text (strata_draft_get_profile (draft), (char) ('a' + i));

      strata_draft_apply (draft, next, "Paste");
    }
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autoptr(StrataProfile) next = with_text (strata_draft_get_profile (draft), text);

      strata_draft_apply (draft, next, "Describe");
    }

  /* 256 MiB are 16 texts of 16 MiB. */
  g_assert_cmpuint (count_undos (draft), ==, 100 + 16);
  for (guint n = 0; n < 100 + 16; n++)
    g_assert_true (strata_draft_redo (draft));
  g_assert_false (strata_draft_redo (draft));
  g_assert_cmpuint (count_undos (draft), ==, 100 + 16);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/draft/apply-undo-redo", test_apply_undo_redo);
  g_test_add_func ("/core/draft/new-step-ends-redo", test_new_step_ends_redo);
  g_test_add_func ("/core/draft/equal-is-no-step", test_equal_is_no_step);
  g_test_add_func ("/core/draft/types-in-words", test_types_in_words);
  g_test_add_func ("/core/draft/another-place-is-another-step", test_another_place_is_another_step);
  g_test_add_func ("/core/draft/deleting-is-another-step", test_deleting_is_another_step);
  g_test_add_func ("/core/draft/paste-is-one-step", test_paste_is_one_step);
  g_test_add_func ("/core/draft/typing-after-undo-is-a-step", test_typing_after_undo_is_a_step);
  g_test_add_func ("/core/draft/knows-what-changed", test_knows_what_changed);
  g_test_add_func ("/core/draft/notifies-on-change", test_notifies_on_change);
  g_test_add_func ("/core/draft/large-texts-are-bounded", test_large_texts_are_bounded);

  return g_test_run ();
}
