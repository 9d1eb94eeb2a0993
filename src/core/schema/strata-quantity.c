/* strata-quantity.c - an amount as Kubernetes writes it: "250m", "1.5Gi", "2e3"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-quantity"

#include "strata-quantity.h"

#include <math.h>
#include <string.h>

#define MAX_LENGTH 64

static const struct
{
  const char *suffix;
  double      factor;
} units[] = {
  { "", 1 },
  { "n", 1e-9 },
  { "u", 1e-6 },
  { "m", 1e-3 },
  { "k", 1e3 },
  { "M", 1e6 },
  { "G", 1e9 },
  { "T", 1e12 },
  { "P", 1e15 },
  { "E", 1e18 },
  { "Ki", 1024.0 },
  { "Mi", 1024.0 * 1024 },
  { "Gi", 1024.0 * 1024 * 1024 },
  { "Ti", 1024.0 * 1024 * 1024 * 1024 },
  { "Pi", 1024.0 * 1024 * 1024 * 1024 * 1024 },
  { "Ei", 1024.0 * 1024 * 1024 * 1024 * 1024 * 1024 },
};

/* Digits with at most one point in them, as in "1", "1.", ".5". */
static gsize
measure_digits (const char *text)
{
  gsize whole = strspn (text, G_CSET_DIGITS);
  gsize part = text[whole] == '.' ? strspn (text + whole + 1, G_CSET_DIGITS) : 0;

  return whole + part > 0 ? whole + part + (text[whole] == '.' ? 1 : 0) : 0;
}

/* "e3", "E-2"; but "E" alone is a unit. */
static gsize
measure_exponent (const char *text)
{
  gsize sign = *text != '\0' && (text[1] == '-' || text[1] == '+') ? 1 : 0;
  gsize digits = *text == 'e' || *text == 'E' ? strspn (text + 1 + sign, G_CSET_DIGITS) : 0;

  return digits > 0 ? 1 + sign + digits : 0;
}

/**
 * strata_quantity_parse:
 * @text: an amount
 * @amount: (out): gets it, in cores, bytes or whatever is measured
 *
 * Reads a quantity as https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ defines it; one
 * below zero is none here, since nothing asks for less than nothing.
 *
 * Returns: whether @text is one
 */
gboolean
strata_quantity_parse (const char *text,
                       double     *amount)
{
  g_return_val_if_fail (text != NULL && amount != NULL, FALSE);

  const char *number = *text == '+' ? text + 1 : text;
  gsize digits = strnlen (text, MAX_LENGTH + 1) <= MAX_LENGTH ? measure_digits (number) : 0;
  gsize exponent = digits > 0 ? measure_exponent (number + digits) : 0;
  const char *suffix = number + digits + exponent;

  if (digits == 0 || (exponent > 0 && *suffix != '\0'))
    return FALSE;

  char plain[MAX_LENGTH + 1] = "";

  memcpy (plain, number, digits + exponent);

  double value = g_ascii_strtod (plain, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (suffix, units[i].suffix) && isfinite (value))
      {
        *amount = value * units[i].factor;
        return TRUE;
      }

  return FALSE;
}
