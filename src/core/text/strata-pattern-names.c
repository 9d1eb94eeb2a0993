/* strata-pattern-names.c - the long names of classes of characters, as the matcher knows them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pattern"

#include "strata-pattern-names.h"

#include <string.h>

/* What ECMA 262 calls the general categories of Unicode, where PCRE2 has only the short name. */
static const struct
{
  const char *name;
  const char *known;
} categories[] = {
  { "Letter", "L" },
  { "Cased_Letter", "L&" },
  { "LC", "L&" },
  { "Uppercase_Letter", "Lu" },
  { "Lowercase_Letter", "Ll" },
  { "Titlecase_Letter", "Lt" },
  { "Modifier_Letter", "Lm" },
  { "Other_Letter", "Lo" },
  { "Mark", "M" },
  { "Combining_Mark", "M" },
  { "Nonspacing_Mark", "Mn" },
  { "Spacing_Mark", "Mc" },
  { "Enclosing_Mark", "Me" },
  { "Number", "N" },
  { "Decimal_Number", "Nd" },
  { "digit", "Nd" },
  { "Letter_Number", "Nl" },
  { "Other_Number", "No" },
  { "Punctuation", "P" },
  { "punct", "P" },
  { "Connector_Punctuation", "Pc" },
  { "Dash_Punctuation", "Pd" },
  { "Open_Punctuation", "Ps" },
  { "Close_Punctuation", "Pe" },
  { "Initial_Punctuation", "Pi" },
  { "Final_Punctuation", "Pf" },
  { "Other_Punctuation", "Po" },
  { "Symbol", "S" },
  { "Math_Symbol", "Sm" },
  { "Currency_Symbol", "Sc" },
  { "Modifier_Symbol", "Sk" },
  { "Other_Symbol", "So" },
  { "Separator", "Z" },
  { "Space_Separator", "Zs" },
  { "Line_Separator", "Zl" },
  { "Paragraph_Separator", "Zp" },
  { "Other", "C" },
  { "Control", "Cc" },
  { "cntrl", "Cc" },
  { "Format", "Cf" },
  { "Surrogate", "Cs" },
  { "Private_Use", "Co" },
  { "Unassigned", "Cn" },
};

/* (nullable): the short name; of what says that it is a category also one that is short already */
static const char *
find_category (const char *name,
               gboolean    is_said)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_str_equal (categories[i].name, name) || (is_said && g_str_equal (categories[i].known, name)))
      return categories[i].known;

  return NULL;
}

/* (nullable): what @name, that stands between braces, is to the matcher, when that is not itself */
static const char *
find_known (const char *name)
{
  static const char *const prefixes[] = { "General_Category=", "gc=" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return find_category (name + strlen (prefixes[i]), TRUE);

  return find_category (name, FALSE);
}

/* The name is filled up with spaces, which mean nothing there, so that what is said of a place holds for what was written. */
static void
shorten (char  *name,
         gsize  length)
{
  g_autofree char *written = g_strndup (name, length);
  const char *known = find_known (written);

  if (known == NULL)
    return;

  memset (name, ' ', length);
  memcpy (name, known, strlen (known));
}

/**
 * strata_pattern_shorten_names:
 * @pattern: a regular expression; any bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): the same with `\p{L}` in place of `\p{Letter}` and the like, as long as it was
 */
char *
strata_pattern_shorten_names (const char *pattern)
{
  g_return_val_if_fail (pattern != NULL, NULL);

  char *copy = g_strdup (pattern);

  for (char *at = strchr (copy, '\\'); at != NULL && at[1] != '\0'; at = strchr (at + 2, '\\'))
    {
      gsize length = (at[1] == 'p' || at[1] == 'P') && at[2] == '{' ? strcspn (at + 3, "}") : 0;

      if (length > 0)
        shorten (at + 3, length);
    }

  return copy;
}
