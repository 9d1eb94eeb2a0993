/* strata-texts.c - the named texts of a value: an array that shares what is not changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-texts"

#include "strata-texts.h"

/**
 * strata_texts_init:
 * @texts: (array length=n): where they stand
 * @n: how many
 *
 * Makes all of them "".
 */
void
strata_texts_init (char  **texts,
                   gsize   n)
{
  for (gsize i = 0; i < n; i++)
    texts[i] = g_ref_string_new_intern ("");
}

/**
 * strata_texts_clear:
 * @texts: (array length=n): where they stand
 * @n: how many
 *
 * Lets go of all of them.
 */
void
strata_texts_clear (char  **texts,
                    gsize   n)
{
  for (gsize i = 0; i < n; i++)
    g_clear_pointer (&texts[i], g_ref_string_release);
}

/**
 * strata_texts_copy:
 * @texts: (array length=n): where they go; they are let go of first
 * @from: (array length=n): where they come from
 * @n: how many
 *
 * Shares the texts of another value.
 */
void
strata_texts_copy (char  **texts,
                   char  **from,
                   gsize   n)
{
  for (gsize i = 0; i < n; i++)
    strata_texts_set (texts, i, from[i]);
}

/**
 * strata_texts_set:
 * @texts: where they stand
 * @index: which
 * @value: (nullable): the text; %NULL is ""
 *
 * Replaces one text.
 */
void
strata_texts_set (char       **texts,
                  gsize        index,
                  const char  *value)
{
  char *copy = g_ref_string_new_intern (value != NULL ? value : "");

  g_ref_string_release (texts[index]);
  texts[index] = copy;
}

/**
 * strata_texts_equal:
 * @a: (array length=n): texts
 * @b: (array length=n): others
 * @n: how many
 *
 * Returns: whether each is equal to the other at its place
 */
gboolean
strata_texts_equal (char  **a,
                    char  **b,
                    gsize   n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_str_equal (a[i], b[i]))
      return FALSE;

  return TRUE;
}

/**
 * strata_list_equal:
 * @a: (element-type GObject): values
 * @b: (element-type GObject): others
 * @equal: compares two
 *
 * Returns: whether both have equal values in the same order
 */
gboolean
strata_list_equal (GPtrArray  *a,
                   GPtrArray  *b,
                   GEqualFunc  equal)
{
  if (a == b)
    return TRUE;
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    if (!equal (a->pdata[i], b->pdata[i]))
      return FALSE;

  return TRUE;
}

/**
 * strata_list_copy:
 * @list: (element-type GObject): values
 *
 * Returns: (transfer full) (element-type GObject): a list of its own that holds the same values
 */
GPtrArray *
strata_list_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_new_full (list->len + 1, g_object_unref);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (copy, g_object_ref (list->pdata[i]));

  return copy;
}
