/* test-pattern.c - regular expressions from strangers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-error.h"
#include "strata-pattern.h"

static gboolean
matches (const char *pattern,
         const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPattern) compiled = strata_pattern_new (pattern, &error);

  g_assert_no_error (error);

  gboolean result = strata_pattern_matches (compiled, text, -1, &error);

  g_assert_no_error (error);

  return result;
}

static void
test_anywhere (void)
{
  g_assert_true (matches ("b+", "abbc"));
  g_assert_false (matches ("^b+", "abbc"));
  g_assert_true (matches ("", ""));
  g_assert_true (matches ("^(10|172)(\\.\\d{1,3}){3}$", "10.0.0.1"));
  g_assert_false (matches ("^(10|172)(\\.\\d{1,3}){3}$", "11.0.0.1"));
}

/* Where the dialects of regular expressions part, it is as ECMA 262 has it. */
static void
test_words (void)
{
  g_assert_true (matches ("^\\u00e9$", "é"));
  g_assert_true (matches ("^.$", "🐲"));
  g_assert_false (matches ("^\\d$", "߀"));
  g_assert_false (matches ("^a$", "a\n"));
  g_assert_false (matches ("[]", "a"));
  g_assert_true (matches ("^\\p{L}+$", "żółw"));
  g_assert_true (matches ("(?i)^GOLD$", "gold"));
}

/* Each long name of ECMA 262 that the suites and people use is one that the matcher knows. */
static void
test_names (void)
{
  g_assert_true (matches ("^\\p{Letter}+$", "żółw"));
  g_assert_false (matches ("^\\P{Letter}+$", "żółw"));
  g_assert_true (matches ("^[\\p{Lowercase_Letter}\\p{Decimal_Number}]+$", "żółw7"));
  g_assert_false (matches ("^\\p{Lowercase_Letter}+$", "Żółw"));
  g_assert_true (matches ("^\\p{General_Category=Uppercase_Letter}\\p{gc=Ll}$", "Żó"));
  g_assert_true (matches ("^\\p{Cased_Letter}\\p{LC}\\p{gc=LC}$", "aBc"));
  g_assert_true (matches ("^\\p{Script=Greek}\\p{sc=Grek}\\p{Script_Extensions=Greek}$", "αβγ"));
  g_assert_false (matches ("^\\p{Script=Greek}$", "a"));
  g_assert_true (matches ("^\\p{Currency_Symbol}\\p{Space_Separator}\\p{punct}$", "€ !"));
  g_assert_true (matches ("^\\\\p{1}$", "\\p"));
}

static void
assert_no_pattern (const char *pattern,
                   const char *reason)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPattern) compiled = strata_pattern_new (pattern, &error);

  g_assert_null (compiled);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, reason));
}

static void
test_refused (void)
{
  g_autofree char *long_one = g_strnfill (8193, 'a');
  g_autofree char *brackets = g_strnfill (200, '(');

  assert_no_pattern ("a(b", "character 4");
  assert_no_pattern ("[z-a]", "character 4");
  assert_no_pattern ("*a", "character 1");
  assert_no_pattern ("\\C", "character");
  assert_no_pattern ("\\p{Letter}(b", "character 13");
  assert_no_pattern ("\\p{Leter}", "character");
  assert_no_pattern ("\\p{Letter", "character");
  assert_no_pattern ("\\p{", "character");
  assert_no_pattern ("\\", "character");
  assert_no_pattern ("(*LIMIT_MATCH=4000000000)a", "character 1");
  assert_no_pattern ("\xff", "character");
  assert_no_pattern (long_one, "character");
  assert_no_pattern (brackets, "character");
  assert_no_pattern ("((((a{1,999}){1,999}){1,999}){1,999})", "character");
}

static void
assert_too_much (const char *pattern,
                 const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPattern) compiled = strata_pattern_new (pattern, &error);

  g_assert_no_error (error);
  g_assert_false (strata_pattern_matches (compiled, text, -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

/* Without a bound each of these takes longer than the test may. */
static void
test_explodes (void)
{
  g_autofree char *text = g_strnfill (40000, 'a');
  g_autofree char *huge = g_strnfill (64 * 1024 + 1, 'a');

  assert_too_much ("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
  assert_too_much ("^(a|aa)+[^a]", text);
  assert_too_much ("(.*)*(.*)*(.*)*[xy]$", text);
  assert_too_much ("a", huge);
}

static void
test_not_utf8 (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPattern) pattern = strata_pattern_new ("a", NULL);

  g_assert_false (strata_pattern_matches (pattern, "a\xff", -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_true (strata_pattern_matches (pattern, "a\xff", 1, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pattern/anywhere", test_anywhere);
  g_test_add_func ("/pattern/words", test_words);
  g_test_add_func ("/pattern/names", test_names);
  g_test_add_func ("/pattern/refused", test_refused);
  g_test_add_func ("/pattern/explodes", test_explodes);
  g_test_add_func ("/pattern/not-utf8", test_not_utf8);

  return g_test_run ();
}
