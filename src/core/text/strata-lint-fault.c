/* strata-lint-fault.c - a text that is not YAML: what is wrong, and how to repair it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint"

#include "strata-lint-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The line of that number, from 1. */
static const char *
find_line (const StrataLint *self,
           guint             number)
{
  const char *line = self->text;

  for (guint i = 1; i < number && line != NULL; i++)
    {
      line = strchr (line, '\n');
      line = line != NULL ? line + 1 : NULL;
    }

  return line != NULL ? line : self->text + self->length;
}

static gboolean
report_tabs (StrataLint            *self,
             const StrataYamlFault *fault)
{
  gsize length;
  g_autofree char *spaces = strata_lint_expand_tabs (find_line (self, fault->line), &length);

  if (spaces == NULL || fault->column > length + 1)
    return FALSE;

  StrataProblem *problem =
    strata_problem_new (STRATA_SEVERITY_ERROR, fault->line, 1, (guint) length,
                        _("YAML"), "%s", _("A tab cannot indent a line; use spaces"));

  strata_lint_set_fix (self, problem, spaces, _("Replace Tabs by Spaces"));
  strata_lint_add (self, problem);

  return TRUE;
}

/* Where a value that starts with `{{` stands in a line; %NULL when there is none outside of
 * quotes.
 */
static const char *
find_braces (const char *line,
             gsize      *length)
{
  gsize line_length = strcspn (line, "\r\n");
  const char *braces = g_strstr_len (line, (gssize) line_length, "{{");
  gsize before = braces != NULL ? (gsize) (braces - line) : 0;

  if (braces == NULL || strcspn (line, "\"'#") < before)
    return NULL;

  while (before > 0 && line[before - 1] == ' ')
    before--;

  const char *comment = g_strstr_len (braces, (gssize) (line + line_length - braces), " #");
  const char *end = comment != NULL ? comment : line + line_length;

  while (end > braces && g_ascii_isspace (end[-1]))
    end--;

  *length = (gsize) (end - braces);

  return before == 0 || line[before - 1] == ':' || line[before - 1] == '-' ? braces : NULL;
}

static gboolean
report_braces (StrataLint *self,
               guint       number)
{
  gsize length = 0;
  const char *line = find_line (self, number);
  const char *braces = find_braces (line, &length);

  if (braces == NULL)
    return FALSE;

  gboolean is_value = line + strspn (line, " ") < braces;
  StrataProblem *problem = strata_problem_new (
    STRATA_SEVERITY_ERROR, number, (guint) g_utf8_strlen (line, braces - line) + 1,
    (guint) g_utf8_strlen (braces, (gssize) length),
    _("YAML"), "%s",
       is_value
       ? _("A value that starts with “{{” has to stand in quotes")
       : _("A line cannot start with “{{”: the text has to be YAML before it is filled in"));

  if (is_value)
    {
      g_autofree char *quoted = strata_lint_quote (braces, length);

      strata_lint_set_fix (self, problem, quoted, _("Put in Quotes"));
    }

  strata_lint_add (self, problem);

  return TRUE;
}

/* Braces are often found out only in the line behind them. */
void
strata_lint_fault (StrataLint            *self,
                   const StrataYamlFault *fault)
{
  if (fault->is_syntax && (report_tabs (self, fault) || report_braces (self, fault->line) ||
                           (fault->line > 1 && report_braces (self, fault->line - 1))))
    return;

  strata_lint_add (self, strata_problem_new (STRATA_SEVERITY_ERROR, fault->line, fault->column, 0,
                                             _("YAML"), "%s", fault->sentence));
}
