/* strata-yaml-means.c - what a scalar means: a number, a truth value, nothing, or just its text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

#include <string.h>

#define TAG_PREFIX "tag:yaml.org,2002:"

static gboolean
is_one_of (const char        *text,
           const char *const *words)
{
  return g_strv_contains (words, text);
}

static gboolean
is_all (const char *text,
        const char *characters)
{
  return *text != '\0' && text[strspn (text, characters)] == '\0';
}

static gboolean
is_int (const char *text)
{
  if (g_str_has_prefix (text, "0o"))
    return is_all (text + 2, "01234567");
  if (g_str_has_prefix (text, "0x"))
    return is_all (text + 2, G_CSET_DIGITS "abcdefABCDEF");

  return is_all (text + (*text == '-' || *text == '+' ? 1 : 0), G_CSET_DIGITS);
}

static const char *
skip_digits (const char *text)
{
  return text + strspn (text, G_CSET_DIGITS);
}

static gboolean
is_float (const char *text)
{
  static const char *const specials[] = { ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN", NULL };
  const char *start = text + (*text == '-' || *text == '+' ? 1 : 0);

  if (is_one_of (start, specials))
    return TRUE;

  const char *end = skip_digits (start);
  gsize n_digits = (gsize) (end - start);

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

/* The core schema, section 10.3.2 of YAML 1.2.2: `no` is a text there, and so is a date. */
StrataYamlMeaning
strata_yaml_text_means (const char *text)
{
  static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };
  static const char *const bools[] = { "true", "True", "TRUE", "false", "False", "FALSE", NULL };

  if (*text != '\0' && strchr ("~nNtTfF+-.0123456789", *text) == NULL)
    return STRATA_YAML_MEANS_STRING;
  if (is_one_of (text, nulls))
    return STRATA_YAML_MEANS_NULL;
  if (is_one_of (text, bools))
    return STRATA_YAML_MEANS_BOOL;
  if (is_int (text))
    return STRATA_YAML_MEANS_INT;
  if (is_float (text))
    return STRATA_YAML_MEANS_FLOAT;

  return STRATA_YAML_MEANS_STRING;
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
