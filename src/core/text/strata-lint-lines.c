/* strata-lint-lines.c - what is wrong with the lines of a text that is YAML
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint"

#include "strata-lint-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAB_WIDTH 2

/* The blanks a line begins with, with its tabs as spaces; %NULL when it has no tabs there. */
char *
strata_lint_expand_tabs (const char *line,
                         gsize      *length)
{
  *length = strspn (line, " \t");

  if (memchr (line, '\t', *length) == NULL)
    return NULL;

  GString *spaces = g_string_new (NULL);

  for (gsize i = 0; i < *length; i++)
    g_string_append_printf (spaces, "%*s", line[i] == '\t' ? TAB_WIDTH : 1, "");

  return g_string_free (spaces, FALSE);
}

static void
collect_scalars (const StrataLint     *self,
                 const StrataYamlNode *node,
                 GPtrArray            *scalars)
{
  if ((node->flags & STRATA_YAML_ALIAS) != 0)
    return;

  if (node->kind == STRATA_YAML_SCALAR)
    {
      if (memchr (self->text + node->start, '\n', node->end - node->start) != NULL)
        g_ptr_array_add (scalars, (gpointer) node);

      return;
    }

  guint n_children = node->kind == STRATA_YAML_MAPPING ? 2 * node->size : node->size;

  for (guint i = 0; i < n_children; i++)
    collect_scalars (self, node->items[i], scalars);
}

/* Whether a line lies in a scalar of several lines. Lines are asked for in their order. */
static gboolean
is_in_scalar (GPtrArray *scalars,
              guint     *next,
              gsize      offset)
{
  while (*next < scalars->len)
    {
      const StrataYamlNode *scalar = g_ptr_array_index (scalars, *next);

      if (offset < scalar->end)
        return offset > scalar->start;

      (*next)++;
    }

  return FALSE;
}

static void
report_tab (StrataLint *self,
            const char *line,
            guint       number)
{
  gsize length;
  g_autofree char *spaces = strata_lint_expand_tabs (line, &length);

  if (spaces == NULL || strchr ("#\r\n", line[length]) != NULL)
    return;

  StrataProblem *problem = strata_problem_new (
    STRATA_SEVERITY_WARNING, number, 1, (guint) length,
    _("YAML"), "%s",
       _("This line is indented with a tab, which not every reader allows; use spaces"));

  strata_lint_set_fix (self, problem, spaces, _("Replace Tabs by Spaces"));
  strata_lint_add (self, problem);
}

static void
report_line_end (StrataLint *self,
                 guint       number,
                 gboolean    is_crlf)
{
  strata_lint_add (
    self, strata_problem_new (STRATA_SEVERITY_NOTE, number, 0, 0,
                              _("Text"), "%s",
                                 is_crlf
                                 ? _("This line ends as on Windows, the lines above do not")
                                 : _("This line does not end as on Windows, the lines above do")));
}

/* What makes what stands behind it run the other way; marks of direction, which languages need, do not. */
static gboolean
is_turn (const char *text)
{
  const guchar *bytes = (const guchar *) text;

  return bytes[0] == 0xe2 && ((bytes[1] == 0x80 && bytes[2] >= 0xaa && bytes[2] <= 0xae) ||
                              (bytes[1] == 0x81 && bytes[2] >= 0xa6 && bytes[2] <= 0xa9));
}

/* A person reads something else than what a cluster gets, and says yes to it. */
static void
report_turn (StrataLint *self,
             const char *turn,
             guint       number,
             guint       column)
{
  StrataProblem *problem = strata_problem_new (
    STRATA_SEVERITY_WARNING, number, column, 1, _("Text"),
    _("The character U+%04X turns around what is shown behind it, and not what is read; remove it"),
    g_utf8_get_char (turn));

  strata_lint_set_fix (self, problem, "", _("Remove the Character"));
  strata_lint_add (self, problem);
}

static void
report_turns (StrataLint *self)
{
  const char *end = self->text + self->length;
  const char *done = self->text;
  guint number = 1, column = 1;

  /* Few texts have that byte at all. */
  for (const char *p = self->text; (p = memchr (p, 0xe2, (gsize) (end - p))) != NULL; p++)
    {
      if (!is_turn (p))
        continue;

      for (const char *next; (next = memchr (done, '\n', (gsize) (p - done))) != NULL; number++, column = 1)
        done = next + 1;
      column += (guint) g_utf8_pointer_to_offset (done, p);
      done = p;
      report_turn (self, p, number, column);
    }
}

/* Tabs that libyaml lets pass, the first line that ends in another way than the lines above, and what turns text around. */
void
strata_lint_lines (StrataLint *self,
                   StrataYaml *yaml)
{
  g_autoptr(GPtrArray) scalars = g_ptr_array_new ();
  gboolean is_first = TRUE, first_is_crlf = FALSE, is_mixed = FALSE;
  guint number = 1, next = 0;

  for (guint i = 0; i < strata_yaml_get_n_documents (yaml); i++)
    collect_scalars (self, strata_yaml_get_root (yaml, i), scalars);

  for (const char *line = self->text; *line != '\0'; number++)
    {
      const char *end = strchr (line, '\n');
      gboolean is_crlf = end != NULL && end > line && end[-1] == '\r';

      if (!is_in_scalar (scalars, &next, (gsize) (line - self->text)))
        report_tab (self, line, number);

      if (end == NULL)
        break;

      if (!is_first && !is_mixed && is_crlf != first_is_crlf)
        {
          report_line_end (self, number, is_crlf);
          is_mixed = TRUE;
        }

      first_is_crlf = is_first ? is_crlf : first_is_crlf;
      is_first = FALSE;
      line = end + 1;
    }

  report_turns (self);
}
