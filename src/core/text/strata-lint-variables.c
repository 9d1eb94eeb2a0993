/* strata-lint-variables.c - variables that are used, and whether the profile has them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint"

#include "strata-lint-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFIX ".spectro.var."
#define NAME_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"

/* A place in the text, counted on from the one before. */
typedef struct
{
  const char *at;
  const char *line_start;
  guint       line;
} Cursor;

static void
move_to (Cursor     *self,
         const char *at)
{
  for (; self->at < at; self->at++)
    if (*self->at == '\n')
      {
        self->line++;
        self->line_start = self->at + 1;
      }
}

static void
report (StrataLint *self,
        Cursor     *cursor,
        const char *at,
        const char *name)
{
  move_to (cursor, at);

  guint column = (guint) g_utf8_strlen (cursor->line_start, at - cursor->line_start) + 1;

  strata_lint_add (
    self,
    strata_problem_new (
      STRATA_SEVERITY_WARNING, cursor->line, column, (guint) (strlen (PREFIX) + strlen (name)),
      _("Variables"), _("The profile has no variable “%s”; add it, or correct the name"), name));
}

/* Between `{{` and `}}`. */
static void
look_at_template (StrataLint *self,
                  Cursor     *cursor,
                  const char *start,
                  const char *end,
                  GHashTable *declared)
{
  const char *use = start;

  while ((use = g_strstr_len (use, end - use, PREFIX)) != NULL)
    {
      const char *name = use + strlen (PREFIX);
      gsize length = MIN (strspn (name, NAME_CHARACTERS), (gsize) (end - name));
      g_autofree char *copy = g_strndup (name, length);

      if (length > 0 && !g_hash_table_contains (declared, copy))
        report (self, cursor, use, copy);

      use = name;
    }
}

/* Variables of the profile that are used and are none of @declared, wherever they stand: in
 * comments too a template is filled in.
 */
void
strata_lint_variables (StrataLint *self,
                       GHashTable *declared)
{
  Cursor cursor = { self->text, self->text, 1 };
  const char *start = self->text;

  while ((start = strstr (start, "{{")) != NULL)
    {
      const char *end = strstr (start, "}}");

      if (end == NULL)
        break;

      look_at_template (self, &cursor, start, end, declared);
      start = end;
    }
}
