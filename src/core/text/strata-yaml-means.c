/* strata-yaml-means.c - what a scalar means: a number, a truth value, nothing, or just its text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

#include <string.h>

#define TAG_PREFIX "tag:yaml.org,2002:"

/* Every spelling of a word that counts: as it is, with one capital, or all in capitals. */
static gboolean
is_word (const char *text,
         const char *lower,
         const char *capital,
         const char *upper)
{
  return strcmp (text, lower) == 0 || strcmp (text, capital) == 0 || strcmp (text, upper) == 0;
}

static const char *
skip_digits (const char *text)
{
  while (g_ascii_isdigit (*text))
    text++;

  return text;
}

static gboolean
is_based (const char *text,
          const char *digits)
{
  return *text != '\0' && text[strspn (text, digits)] == '\0';
}

/* What follows the digits before the point, and how many those were. */
static gboolean
is_rest_of_float (const char *end,
                  gsize       n_digits)
{
  if (*end == '.')
    {
      const char *fraction = end + 1;

      end = skip_digits (fraction);
      n_digits += (gsize) (end - fraction);
    }

  if (n_digits > 0 && (*end == 'e' || *end == 'E'))
    {
      const char *exponent = end + (end[1] == '-' || end[1] == '+' ? 2 : 1);

      end = skip_digits (exponent);
      n_digits = (gsize) (end - exponent);
    }

  return n_digits > 0 && *end == '\0';
}

static StrataYamlMeaning
number_means (const char *text)
{
  const char *start = text + (*text == '-' || *text == '+' ? 1 : 0);
  const char *end = skip_digits (start);

  if (*end == '\0')
    return end > start ? STRATA_YAML_MEANS_INT : STRATA_YAML_MEANS_STRING;
  if (text[0] == '0' && text[1] == 'o' && is_based (text + 2, "01234567"))
    return STRATA_YAML_MEANS_INT;
  if (text[0] == '0' && text[1] == 'x' && is_based (text + 2, G_CSET_DIGITS "abcdefABCDEF"))
    return STRATA_YAML_MEANS_INT;
  if (is_word (start, ".inf", ".Inf", ".INF") || is_word (start, ".nan", ".NaN", ".NAN"))
    return STRATA_YAML_MEANS_FLOAT;

  return is_rest_of_float (end, (gsize) (end - start)) ? STRATA_YAML_MEANS_FLOAT
                                                       : STRATA_YAML_MEANS_STRING;
}

/* The core schema, section 10.3.2 of YAML 1.2.2: `no` is a text there, and so is a date. The first letter tells most
 * texts from all else.
 */
StrataYamlMeaning
strata_yaml_text_means (const char *text)
{
  switch (*text)
    {
    case '\0':
      return STRATA_YAML_MEANS_NULL;

    case '~':
      return text[1] == '\0' ? STRATA_YAML_MEANS_NULL : STRATA_YAML_MEANS_STRING;

    case 'n':
    case 'N':
      return is_word (text, "null", "Null", "NULL") ? STRATA_YAML_MEANS_NULL
                                                    : STRATA_YAML_MEANS_STRING;

    case 't':
    case 'T':
      return is_word (text, "true", "True", "TRUE") ? STRATA_YAML_MEANS_BOOL
                                                    : STRATA_YAML_MEANS_STRING;

    case 'f':
    case 'F':
      return is_word (text, "false", "False", "FALSE") ? STRATA_YAML_MEANS_BOOL
                                                       : STRATA_YAML_MEANS_STRING;

    case '+':
    case '-':
    case '.':
      return number_means (text);

    default:
      return g_ascii_isdigit (*text) ? number_means (text) : STRATA_YAML_MEANS_STRING;
    }
}

static StrataYamlMeaning
tag_means (const char *tag)
{
  static const struct
  {
    const char *name;
    StrataYamlMeaning meaning;
  } tags[] = {
    { TAG_PREFIX "null", STRATA_YAML_MEANS_NULL },
    { TAG_PREFIX "bool", STRATA_YAML_MEANS_BOOL },
    { TAG_PREFIX "int", STRATA_YAML_MEANS_INT },
    { TAG_PREFIX "float", STRATA_YAML_MEANS_FLOAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_equal (tag, tags[i].name))
      return tags[i].meaning;

  return STRATA_YAML_MEANS_STRING;
}

/* A tag that the text does not live up to, as in `!!int abc`, leaves it a text. */
StrataYamlMeaning
strata_yaml_node_means (const StrataYamlNode *node)
{
  StrataYamlMeaning meaning = strata_yaml_text_means (node->value);

  if (node->tag == NULL)
    return (node->flags & STRATA_YAML_PLAIN) != 0 ? meaning : STRATA_YAML_MEANS_STRING;

  if (tag_means (node->tag) == STRATA_YAML_MEANS_FLOAT && meaning == STRATA_YAML_MEANS_INT)
    return STRATA_YAML_MEANS_FLOAT;

  return tag_means (node->tag) == meaning ? meaning : STRATA_YAML_MEANS_STRING;
}
