/* strata-readme-table.c - tables of pipes, which plain Markdown does not know
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is that of GitHub Flavored Markdown, section 4.10.
 */

#define G_LOG_DOMAIN "strata-readme-table"

#include "strata-readme-table.h"

#include <string.h>

#define MAX_COLUMNS 12
#define MAX_LINES 4000  /* the view shows fewer cells than that, and says so */

/* Not g_strsplit(): that looks through all that is left again for each line when memory is being checked. */
static char **
split_lines (const char *text)
{
  g_autoptr(GStrvBuilder) lines = g_strv_builder_new ();
  const char *end;

  for (guint i = 0; i < MAX_LINES && (end = strchr (text, '\n')) != NULL; i++)
    {
      g_autofree char *line = g_strndup (text, (gsize) (end - text));

      g_strv_builder_add (lines, line);
      text = end + 1;
    }

  return g_strv_builder_end (lines);
}

/* Splits at pipes, except those behind a backslash, and takes one pipe off each end. */
static char **
split_cells (const char *line)
{
  g_autoptr(GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr(GString) cell = g_string_new (NULL);
  g_autofree char *stripped = g_strstrip (g_strdup (line));
  const char *p = *stripped == '|' ? stripped + 1 : stripped;

  for (; *p != '\0'; p++)
    if (p[0] == '\\' && p[1] == '|')
      g_string_append_c (cell, *++p);
    else if (*p != '|')
      g_string_append_c (cell, *p);
    else
      {
        g_strv_builder_add (cells, g_strstrip (cell->str));
        g_string_truncate (cell, 0);
      }

  /* A pipe at the end closes the last cell; without one the rest of the line is the last cell. */
  if (!g_str_has_suffix (stripped, "|") || g_str_has_suffix (stripped, "\\|"))
    g_strv_builder_add (cells, g_strstrip (cell->str));

  return g_strv_builder_end (cells);
}

static gboolean
is_delimiter_cell (const char *cell)
{
  const char *p = *cell == ':' ? cell + 1 : cell;
  gsize dashes = strspn (p, "-");

  p += dashes;
  if (*p == ':')
    p++;

  return dashes > 0 && *p == '\0';
}

/* The line under the header, such as `| --- | :-: |`: it tells how many columns there are. 0 when it is another line. */
static guint
count_delimiters (const char *line)
{
  if (strchr (line, '|') == NULL || line[strspn (line, " \t|:-")] != '\0')
    return 0;

  g_auto(GStrv) cells = split_cells (line);
  guint n_cells = g_strv_length (cells);

  for (guint i = 0; i < n_cells; i++)
    if (!is_delimiter_cell (cells[i]))
      return 0;

  return n_cells <= MAX_COLUMNS ? n_cells : 0;
}

static char **
make_row (const char *line,
          guint       n_columns)
{
  g_auto(GStrv) cells = split_cells (line);
  guint n_cells = g_strv_length (cells);
  char **row = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    row[i] = g_strdup (i < n_cells ? cells[i] : "");

  return row;
}

static char *
join_lines (char  **lines,
            guint   n_lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text, "%s\n", lines[i]);

  return g_string_free (text, FALSE);
}

/* Whether the lines at @line and below it are a header and its delimiters; gives the number of columns or 0. */
static guint
count_columns (char  **lines,
               guint   line)
{
  guint n_columns = count_delimiters (lines[line + 1]);

  if (n_columns == 0)
    return 0;

  g_auto(GStrv) header = split_cells (lines[line]);

  return g_strv_length (header) == n_columns ? n_columns : 0;
}

/**
 * strata_readme_table_parse:
 * @paragraph: the lines of one paragraph, each with its end
 *
 * Looks for a table in a paragraph. It goes on to the paragraph's end.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL when there is none
 */
StrataReadmeTable *
strata_readme_table_parse (const char *paragraph)
{
  g_auto(GStrv) lines = split_lines (paragraph);
  guint n_lines = g_strv_length (lines);
  guint n_columns = 0;
  guint header = 0;

  while (header + 1 < n_lines && (n_columns = count_columns (lines, header)) == 0)
    header++;

  if (n_columns == 0)
    return NULL;

  StrataReadmeTable *table = g_new0 (StrataReadmeTable, 1);

  table->before = join_lines (lines, header);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (table->rows, make_row (lines[header], n_columns));
  for (guint i = header + 2; i < n_lines; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (table->rows, make_row (lines[i], n_columns));

  return table;
}

/**
 * strata_readme_table_free:
 * @table: (transfer full): a table
 *
 * Frees a table.
 */
void
strata_readme_table_free (StrataReadmeTable *table)
{
  g_free (table->before);
  g_ptr_array_unref (table->rows);
  g_free (table);
}
