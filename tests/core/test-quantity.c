/* test-quantity.c - amounts as Kubernetes writes them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-quantity.h"

static void
test_reads (void)
{
  const struct { const char *text; double amount; } cases[] = {
    { "0", 0 }, { "2", 2 }, { "+2", 2 }, { "0.5", 0.5 }, { ".5", 0.5 }, { "1.", 1 }, { "250m", 0.25 }, { "1k", 1000 },
    { "2e3", 2000 }, { "1E-3", 0.001 }, { "1E", 1e18 }, { "512Mi", 536870912.0 }, { "1.5Gi", 1610612736.0 },
    { "100n", 1e-7 }, { "3Ei", 3.0 * (1ULL << 60) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double amount = -1;

      g_assert_true (strata_quantity_parse (cases[i].text, &amount));
      g_assert_cmpfloat_with_epsilon (amount, cases[i].amount, cases[i].amount * 1e-12 + 1e-15);
    }
}

static void
test_refuses (void)
{
  g_autofree char *endless = g_strnfill (100 * 1000, '9');
  const char *texts[] = { "", "m", "-1", "1 Gi", "1GiB", "1e", "1e3m", "0x10", "inf", "nan", "1e999", ".", "1,5", endless };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double amount;

      if (strata_quantity_parse (texts[i], &amount))
        g_error ("“%.60s” is no amount", texts[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quantity/reads", test_reads);
  g_test_add_func ("/quantity/refuses", test_refuses);

  return g_test_run ();
}
