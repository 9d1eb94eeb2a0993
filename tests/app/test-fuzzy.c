/* test-fuzzy.c - which names a few typed letters find, and which of them first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-fuzzy.h"

static int
score (const char *typed,
       const char *name)
{
  g_autofree char *folded_typed = strata_fuzzy_fold (typed);
  g_autofree char *folded_name = strata_fuzzy_fold (name);

  return strata_fuzzy_score (folded_typed, folded_name);
}

static void
test_finds (void)
{
  g_assert_cmpint (score ("", "anything"), >, 0);
  g_assert_cmpint (score ("retail", "retail-edge"), >, 0);
  g_assert_cmpint (score ("re", "retail-edge"), >, 0);
  g_assert_cmpint (score ("RTL", "retail-edge"), >, 0);
  g_assert_cmpint (score ("go reg", "Go to Registries"), >, 0);
  g_assert_cmpint (score ("ÜBER", "über-kiosk"), >, 0);
}

static void
test_refuses (void)
{
  g_assert_cmpint (score ("x", "retail-edge"), ==, 0);
  g_assert_cmpint (score ("edge retail", "retail-edge"), ==, 0);
  g_assert_cmpint (score ("retail-edges", "retail-edge"), ==, 0);
}

static void
test_words_dead_end (void)
{
  /* The word that begins with "s" leads past the only "t". */
  g_assert_cmpint (score ("st", "last-seen"), >, 0);
}

static void
test_order (void)
{
  g_assert_cmpint (score ("re", "retail-edge"), >, score ("re", "store-kiosk"));
  g_assert_cmpint (score ("se", "store-edge"), >, score ("se", "last-seen"));
  g_assert_cmpint (score ("edge", "retail-edge"), >, score ("edge", "ejected-gear"));
  g_assert_cmpint (score ("kiosk", "kiosk"), >, score ("kiosk", "store-kiosk"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/fuzzy/finds", test_finds);
  g_test_add_func ("/app/fuzzy/refuses", test_refuses);
  g_test_add_func ("/app/fuzzy/words-dead-end", test_words_dead_end);
  g_test_add_func ("/app/fuzzy/order", test_order);

  return g_test_run ();
}
