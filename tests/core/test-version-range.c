/* test-version-range.c - which versions a range allows, as Helm reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-version-range.h"

typedef struct
{
  const char *range;
  const char *inside;   /* versions, separated by spaces */
  const char *outside;
} RangeCase;

/* Worked out by hand from https://github.com/Masterminds/semver#checking-version-constraints, which Helm follows. */
static const RangeCase cases[] = {
  { "", "0.0.1 9.9.9 1.0.0-rc.1", "" },
  { "*", "0.0.0 1.2.3", "1.2.3-rc.1" },
  { "1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.3-rc.1" },
  { "=1.2.3", "1.2.3", "1.2.2" },
  { "= 1.2.3", "1.2.3", "1.2.2" },
  { "v1.2.3", "1.2.3", "1.2.2" },
  { "1.2", "1.2.0 1.2.9", "1.3.0 1.1.9" },
  { "1.2.x", "1.2.0 1.2.9", "1.3.0" },
  { "1.x", "1.0.0 1.99.0", "2.0.0 0.9.0" },
  { "1.X.X", "1.0.0 1.99.0", "2.0.0" },
  { "!=1.2.3", "1.2.2 1.2.4", "1.2.3" },
  { "!=1.2", "1.1.0 1.3.0", "1.2.0 1.2.7" },
  { ">1.2.3", "1.2.4 2.0.0", "1.2.3 1.2.2" },
  { ">11", "12.0.0", "11.1.0 11.0.0" },
  { ">11.1", "11.2.0 12.0.0", "11.1.3" },
  { ">=1.2.3", "1.2.3 3.0.0", "1.2.2" },
  { "=>1.2", "1.2.0", "1.1.9" },
  { "<1.2.3", "1.2.2 0.1.0", "1.2.3" },
  { "<1.2", "1.1.9", "1.2.0" },
  { "<=1.2.3", "1.2.3", "1.2.4" },
  { "<=1.2", "1.2.9", "1.3.0" },
  { "=<1", "1.9.9", "2.0.0" },
  { "~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2" },
  { "~1.2", "1.2.0 1.2.9", "1.3.0" },
  { "~>1.2", "1.2.0 1.2.9", "1.3.0" },
  { "~1", "1.0.0 1.9.0", "2.0.0" },
  { "~0.0.0", "0.0.0 7.0.0", "" },
  { "^1.2.3", "1.2.3 1.9.0", "2.0.0 1.2.2" },
  { "^1.2.x", "1.2.0 1.9.0", "2.0.0 1.1.0" },
  { "^0.2.3", "0.2.3 0.2.9", "0.3.0 1.0.0" },
  { "^0.2", "0.2.0 0.2.9", "0.3.0" },
  { "^0.0.3", "0.0.3", "0.0.4 0.0.2" },
  { "^0.0", "0.0.0 0.0.9", "0.1.0" },
  { "^0", "0.0.0 0.9.9", "1.0.0" },
  { "^1.8.0-0", "1.8.0 1.30.1 1.8.0-rc.1", "2.0.0 2.0.0-rc.1 1.7.9" },
  { ">=1.2 <2", "1.2.0 1.9.9", "2.0.0 1.1.0" },
  { ">=1.2, <2", "1.2.0 1.9.9", "2.0.0 1.1.0" },
  { ">= 1.2,<2 , !=1.5.0", "1.4.0", "1.5.0 2.0.0" },
  { "1.2 - 1.4.5", "1.2.0 1.4.5", "1.4.6 1.1.9" },
  { "1.2 - 1.4", "1.2.0 1.4.9", "1.5.0" },
  { "~1.2 || ^3", "1.2.4 3.9.0", "2.0.0 4.0.0" },
  { "1.0.0||2.0.0||>=5", "1.0.0 2.0.0 5.0.1", "3.0.0" },
  /* A pre-release only where the terms beside it name one. */
  { ">=1.25.0", "1.25.0", "1.26.0-eks.1 1.24.9" },
  { ">=1.25.0-0", "1.25.0 1.26.0-eks.1 1.25.0-rc.1", "1.24.9" },
  { ">=1.25.0-0 <2.0.0", "1.26.0-eks.1", "2.0.0" },
  { "<2 || >=3.0.0-0", "3.1.0-rc.1 1.0.0", "1.5.0-rc.1" },
  { "!=1.0.0", "1.0.1", "1.0.1-rc.1" },
};

static void
assert_all (StrataVersionRange *range,
            const char         *versions,
            gboolean            inside)
{
  g_auto(GStrv) list = g_strsplit (versions, " ", -1);

  for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
    {
      g_autoptr(StrataVersion) version = strata_version_parse (list[i], NULL);

      if (strata_version_range_contains (range, version, FALSE) != inside)
        g_error ("“%s” must %sallow %s", strata_version_range_get_text (range), inside ? "" : "not ", list[i]);
    }
}

static void
test_contains (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataVersionRange) range = strata_version_range_parse (cases[i].range, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (strata_version_range_get_text (range), ==, cases[i].range);
      assert_all (range, cases[i].inside, TRUE);
      assert_all (range, cases[i].outside, FALSE);
    }
}

static void
test_pre_releases_on_demand (void)
{
  g_autoptr(StrataVersionRange) range = strata_version_range_parse (">=1.25 <2", NULL);
  g_autoptr(StrataVersion) rke = strata_version_parse ("1.26.0-rke2", NULL);
  g_autoptr(StrataVersion) next = strata_version_parse ("2.0.0", NULL);

  g_assert_false (strata_version_range_contains (range, rke, FALSE));
  g_assert_true (strata_version_range_contains (range, rke, TRUE));
  g_assert_false (strata_version_range_contains (range, next, TRUE));
}

static void
test_versions_of_layers (void)
{
  g_autoptr(StrataVersionRange) range = strata_version_range_parse (">=1.29.3 <1.31", NULL);
  const struct { const char *version; gboolean allowed; } layers[] = {
    { "1.29.3", TRUE }, { "v1.30.0", TRUE }, { "1.29.0", FALSE }, { "1.31.0", FALSE },
    { "1.30", TRUE }, { "1.29.x", TRUE }, { "1.28.x", FALSE }, { "1.x", FALSE }, { "1.31.x", FALSE },
    { "latest", TRUE }, { "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    if (strata_version_range_allows (range, layers[i].version, FALSE) != layers[i].allowed)
      g_error ("%s must %sbe allowed", layers[i].version, layers[i].allowed ? "" : "not ");
}

static void
test_refuses (void)
{
  g_autofree char *endless = g_strnfill (100 * 1000, '9');
  g_autoptr(GString) many = g_string_new (NULL);
  const char *texts[] = {
    "newest", ">=", ">", "1.2.3.4", "1..2", ">=1.2 <", "==1", "><1", "1.2 || ", "|| 1.2", "1.2 |", "1.2 - ",
    "- 1.2", ">=1.2.3-", ">=1.2.3-ä", "(1.2)", "1.2; 1.3", "\x1b[31m", "-1", NULL, NULL,
  };

  for (guint i = 0; i < 100; i++)
    g_string_append (many, ">1 ");

  texts[G_N_ELEMENTS (texts) - 2] = endless;
  texts[G_N_ELEMENTS (texts) - 1] = many->str;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataVersionRange) range = strata_version_range_parse (texts[i], &error);

      if (range != NULL)
        g_error ("“%.60s” is no range", texts[i]);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
      g_assert_cmpuint (strlen (error->message), <, 200);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/version-range/contains", test_contains);
  g_test_add_func ("/version-range/pre-releases-on-demand", test_pre_releases_on_demand);
  g_test_add_func ("/version-range/versions-of-layers", test_versions_of_layers);
  g_test_add_func ("/version-range/refuses", test_refuses);

  return g_test_run ();
}
