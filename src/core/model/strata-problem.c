/* strata-problem.c - one thing that is wrong with a text or a profile, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problem"

#include "strata-problem.h"

G_DEFINE_BOXED_TYPE (StrataProblem, strata_problem, strata_problem_copy, strata_problem_free)

static gboolean
is_plain (gunichar c)
{
  gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

  return !turns && (c == '\n' || c == '\t' || !g_unichar_iscntrl (c));
}

/* A sentence quotes what strangers wrote: what would turn it around or drive a terminal is spelled out. */
static char *
spell_out (char *sentence)
{
  g_autofree char *text = sentence;
  GString *plain = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (plain == NULL && !is_plain (c))
        plain = g_string_new_len (text, p - text);
      if (plain == NULL)
        continue;

      if (is_plain (c))
        g_string_append_unichar (plain, c);
      else
        g_string_append_printf (plain, "\\u%04x", c);
    }

  return plain != NULL ? g_string_free (plain, FALSE) : g_steal_pointer (&text);
}

/**
 * strata_problem_new:
 * @severity: how bad
 * @line: from 1, or 0
 * @column: from 1, in characters, or 0
 * @length: in characters, or 0
 * @source: who says so, translated
 * @format: a translated sentence as for printf()
 * @...: what goes into it: UTF-8, as all texts are by then
 *
 * Returns: (transfer full): a problem with no layer, document or repair
 */
StrataProblem *
strata_problem_new (StrataSeverity  severity,
                    guint           line,
                    guint           column,
                    guint           length,
                    const char     *source,
                    const char     *format,
                    ...)
{
  g_return_val_if_fail (source != NULL && format != NULL, NULL);

  StrataProblem *problem = g_new0 (StrataProblem, 1);
  va_list arguments;

  problem->severity = severity;
  problem->line = line;
  problem->column = column;
  problem->length = length;
  problem->source = g_strdup (source);

  va_start (arguments, format);
  problem->message = spell_out (g_strdup_vprintf (format, arguments));
  va_end (arguments);

  return problem;
}

/**
 * strata_problem_copy:
 * @problem: a problem
 *
 * Returns: (transfer full): a copy
 */
StrataProblem *
strata_problem_copy (const StrataProblem *problem)
{
  g_return_val_if_fail (problem != NULL, NULL);

  StrataProblem *copy = g_new (StrataProblem, 1);

  *copy = *problem;
  copy->layer = g_strdup (problem->layer);
  copy->document = g_strdup (problem->document);
  copy->message = g_strdup (problem->message);
  copy->source = g_strdup (problem->source);
  copy->fix = g_strdup (problem->fix);
  copy->fix_label = g_strdup (problem->fix_label);

  return copy;
}

/**
 * strata_problem_free:
 * @problem: (transfer full): a problem
 *
 * Frees it.
 */
void
strata_problem_free (StrataProblem *problem)
{
  g_free (problem->layer);
  g_free (problem->document);
  g_free (problem->message);
  g_free (problem->source);
  g_free (problem->fix);
  g_free (problem->fix_label);
  g_free (problem);
}

/**
 * strata_problem_count:
 * @problems: (nullable) (element-type StrataProblem): what was found
 * @least: how bad it has to be to count
 *
 * Any thread.
 *
 * Returns: how many of @problems are @least or worse; 0 for %NULL
 */
guint
strata_problem_count (GPtrArray      *problems,
                      StrataSeverity  least)
{
  guint n = 0;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    n += ((const StrataProblem *) g_ptr_array_index (problems, i))->severity >= least;

  return n;
}
