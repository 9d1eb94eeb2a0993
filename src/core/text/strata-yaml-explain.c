/* strata-yaml-explain.c - what libyaml says, in words a person can act on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *problem;   /* what libyaml calls it */
  const char *sentence;  /* (nullable): what we call it */
} Explanation;

static const Explanation explanations[] = {
  { "found character that cannot start any token",
    N_("This character cannot start a value; put the value in quotes") },
  { "could not find expected ':'",
    N_("A “:” is missing after this key") },
  { "block sequence entries are not allowed in this context",
    N_("A list item cannot start here; put it on a line of its own") },
  { "mapping keys are not allowed in this context",
    N_("A key cannot start here; put it on a line of its own") },
  { "mapping values are not allowed in this context",
    N_("A second “: ” cannot stand here; put the value in quotes or check the indentation") },
  { "did not find expected key",
    N_("This does not fit the block around it; check its indentation") },
  { "did not find expected '-' indicator",
    N_("This does not fit the list around it; check its indentation") },
  { "did not find expected node content",
    N_("A value is missing here") },
  { "did not find expected <document start>",
    N_("Nothing can follow here; check the indentation, or start a document with “---”") },
  { "found undefined tag handle",
    N_("This tag uses a prefix that is not declared") },
  { "found unknown escape character",
    N_("There is no such “\\” escape; use “\\\\” for a backslash, or single quotes") },
  { "did not find expected hexdecimal number",
    N_("This “\\” escape needs more hexadecimal digits") },
  { "found invalid Unicode character escape code",
    N_("This “\\” escape does not stand for a character") },
  { "found a tab character that violates indentation",
    N_("A tab cannot indent a line; use spaces") },
  { "found a tab character where an indentation space is expected",
    N_("A tab cannot indent a line; use spaces") },
  { "found an indentation indicator equal to 0",
    N_("The indentation of a block cannot be 0") },
  { "did not find expected comment or line break",
    N_("Only a comment can stand here; put the text on the next line") },
  { "did not find expected alphabetic or numeric character",
    N_("The name of an anchor or alias is missing; put a text that starts with “*” or “&” in quotes") },
  { "found unexpected document indicator",
    N_("A new document cannot start inside quotes; close the quotes first") },
  { "found unknown directive name",
    N_("A line cannot start with “%”; put the value in quotes") },
  { "could not find expected directive name",
    N_("A line cannot start with “%”; put the value in quotes") },
  { "found incompatible YAML document",
    N_("This is not YAML 1.1 or 1.2") },
};

static char *
explain_unclosed (const char *problem,
                  guint       context_line)
{
  if (g_str_equal (problem, "did not find expected ',' or '}'"))
    return g_strdup_printf (
      _("The “{” of line %u is not closed, or a “,” is missing; put a text that starts with "
                              "“{” in quotes"),
         context_line);
  if (g_str_equal (problem, "did not find expected ',' or ']'"))
    return g_strdup_printf (
      _("The “[” of line %u is not closed, or a “,” is missing; put a text that starts with "
                              "“[” in quotes"),
         context_line);
  if (g_str_equal (problem, "found unexpected end of stream"))
    return g_strdup_printf (_("The quote that opens in line %u is never closed"), context_line);

  return NULL;
}

/* Translates what libyaml found. @context_line, from 1, is where the thing around it began. */
char *
strata_yaml_explain (const char *problem,
                     guint       context_line)
{
  char *sentence = explain_unclosed (problem, context_line);

  if (sentence != NULL)
    return sentence;

  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    if (g_str_equal (problem, explanations[i].problem))
      return g_strdup (_(explanations[i].sentence));

  return g_strdup_printf (_("This is not YAML: %s"), problem);
}
