/* strata-schema-decimal.c - a number as it is written, so that 0.0075 is 75 times 0.0001
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-decimal.h"

#include <string.h>

#define MAX_DIGITS 18
#define MAX_EXPONENT 1000000  /* beyond it every number is as large, or as small, as the next */

__extension__ typedef unsigned __int128 Wide;

static void
shorten (StrataSchemaDecimal *self)
{
  while (self->digits != 0 && self->digits % 10 == 0)
    {
      self->digits /= 10;
      self->exponent++;
    }

  if (self->digits == 0)
    {
      self->exponent = 0;
      self->is_negative = FALSE;
    }
}

/* Digits of another base; those that are too many are as good as infinite. */
static void
read_base (StrataSchemaDecimal *self,
           const char          *text,
           guint                base)
{
  for (; *text != '\0'; text++)
    if (self->digits > G_MAXUINT64 / 32)
      self->is_cut = TRUE;
    else
      self->digits = self->digits * base + (guint) g_ascii_xdigit_value (*text);

  shorten (self);
}

static int
read_exponent (const char *text)
{
  gboolean is_negative = *text == '-';
  int exponent = 0;

  if (*text == '-' || *text == '+')
    text++;

  for (; g_ascii_isdigit (*text); text++)
    exponent = MIN (exponent * 10 + (*text - '0'), MAX_EXPONENT);

  return is_negative ? -exponent : exponent;
}

static void
read_digits (StrataSchemaDecimal *self,
             const char          *text)
{
  gboolean in_fraction = FALSE;
  guint n_digits = 0;

  for (; g_ascii_isdigit (*text) || *text == '.'; text++)
    {
      if (*text == '.')
        {
          in_fraction = TRUE;
          continue;
        }

      if (n_digits < MAX_DIGITS)
        {
          self->digits = self->digits * 10 + (guint) (*text - '0');
          self->exponent -= in_fraction ? 1 : 0;
          n_digits += self->digits != 0 ? 1 : 0;
        }
      else
        {
          self->is_cut = self->is_cut || *text != '0';
          self->exponent += in_fraction ? 0 : 1;
        }
    }

  if (*text == 'e' || *text == 'E')
    self->exponent += read_exponent (text + 1);

  shorten (self);
}

/* Reads what YAML takes for an integer or a float, section 10.3.2 of YAML 1.2.2. What is no number at all, `.inf` and
 * `.nan`, is larger than every other.
 */
void
strata_schema_decimal_read (StrataSchemaDecimal *self,
                            const char          *text)
{
  memset (self, 0, sizeof *self);
  self->text = text;

  if (*text == '-' || *text == '+')
    {
      self->is_negative = *text == '-';
      text++;
    }

  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'o'))
    {
      read_base (self, text + 2, text[1] == 'x' ? 16 : 8);
      return;
    }

  if (text[0] == '.' && g_ascii_isalpha (text[1]))
    {
      self->digits = 1;
      self->exponent = 2 * MAX_EXPONENT;
      self->is_cut = TRUE;
      return;
    }

  read_digits (self, text);
}

/* 1.0 is whole too. */
gboolean
strata_schema_decimal_is_whole (const StrataSchemaDecimal *self)
{
  return self->exponent >= 0 && self->exponent <= MAX_EXPONENT;
}

static int
count_digits (guint64 digits)
{
  int n_digits = 1;

  for (; digits >= 10; digits /= 10)
    n_digits++;

  return n_digits;
}

static Wide
scale (guint64 digits,
       int     power)
{
  Wide scaled = digits;

  for (; power > 0; power--)
    scaled *= 10;

  return scaled;
}

static int
compare_sizes (const StrataSchemaDecimal *self,
               const StrataSchemaDecimal *other)
{
  int size = count_digits (self->digits) + self->exponent;
  int other_size = count_digits (other->digits) + other->exponent;

  if (size != other_size)
    return size < other_size ? -1 : 1;

  /* Of the same size, they are at most as far apart as their digits are many. */
  int lowest = MIN (self->exponent, other->exponent);
  Wide one = scale (self->digits, self->exponent - lowest);
  Wide two = scale (other->digits, other->exponent - lowest);

  if (one != two)
    return one < two ? -1 : 1;

  return self->is_cut || other->is_cut ? strcmp (self->text, other->text) : 0;
}

/* Exact up to 18 digits; beyond them numbers that begin alike are compared as they are written. */
int
strata_schema_decimal_compare (const StrataSchemaDecimal *self,
                               const StrataSchemaDecimal *other)
{
  if (self->digits == 0 || other->digits == 0)
    {
      int sign = self->digits == 0 ? 0 : (self->is_negative ? -1 : 1);
      int other_sign = other->digits == 0 ? 0 : (other->is_negative ? -1 : 1);

      return sign - other_sign;
    }

  if (self->is_negative != other->is_negative)
    return self->is_negative ? -1 : 1;

  return self->is_negative ? compare_sizes (other, self) : compare_sizes (self, other);
}

/* Whether it is a whole number of @step. */
gboolean
strata_schema_decimal_is_step (const StrataSchemaDecimal *self,
                               const StrataSchemaDecimal *step)
{
  int power = self->exponent - step->exponent;

  if (self->digits == 0 || step->digits == 0)
    return TRUE;

  /* With no zero at the end of the digits, ten does not go into them. */
  if (power < 0)
    return FALSE;

  Wide rest = self->digits % step->digits, factor = 10 % step->digits;

  for (; power > 0 && rest != 0; power >>= 1)
    {
      if ((power & 1) != 0)
        rest = rest * factor % step->digits;
      factor = factor * factor % step->digits;
    }

  return rest == 0;
}
