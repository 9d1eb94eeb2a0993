/* strata-line-preview.c - the lines that a change of a text takes away and brings, to be looked at before it is made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-line-preview"

#include "strata-line-preview.h"

#include <glib/gi18n.h>

#include "strata-diff.h"

#define MAX_LINES 60
#define MAX_CHARS 300

static void
add_label (GtkWidget  *box,
           const char *text,
           const char *css_class)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  /* A hyphen that is not in the text must not look as if it were. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_line (GtkWidget  *box,
          const char *sign,
          const char *line,
          const char *css_class)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_CHARS));
  g_autofree char *text = g_strdup_printf ("%s %s", sign, start);

  add_label (box, text, css_class);
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "code");
}

/* Returns how many were added. */
static guint
add_lines (GtkWidget  *box,
           char      **lines,
           guint       start,
           guint       count,
           const char *sign,
           const char *css_class,
           guint       room)
{
  guint n_lines = g_strv_length (lines);
  guint n = 0;

  for (; n < MIN (count, room) && start + n < n_lines; n++)
    add_line (box, sign, lines[start + n], css_class);

  return n;
}

static guint
count_lines (GArray *hunks)
{
  guint n = 0;

  for (guint i = 0; i < hunks->len; i++)
    n += g_array_index (hunks, StrataHunk, i).old_count + g_array_index (hunks, StrataHunk, i).new_count;

  return n;
}

/* @hunks (element-type StrataHunk): what strata_diff_lines() says of the two */
GtkWidget *
strata_line_preview_new (const char *old_text,
                         const char *new_text,
                         GArray     *hunks)
{
  g_return_val_if_fail (old_text != NULL && new_text != NULL && hunks != NULL, NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto(GStrv) old_lines = g_strsplit (old_text, "\n", -1);
  g_auto(GStrv) new_lines = g_strsplit (new_text, "\n", -1);
  guint n_lines = count_lines (hunks);
  guint room = MAX_LINES;

  gtk_widget_add_css_class (box, "change-lines");

  for (guint i = 0; i < hunks->len && room > 0; i++)
    {
      const StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);

      room -= add_lines (box, old_lines, hunk->old_start, hunk->old_count, "−", "removed", room);
      room -= add_lines (box, new_lines, hunk->new_start, hunk->new_count, "+", "added", room);
    }

  if (n_lines > MAX_LINES - room)
    {
      guint n_more = n_lines - (MAX_LINES - room);
      g_autofree char *more =
        g_strdup_printf (ngettext ("%u more line", "%u more lines", n_more), n_more);

      add_label (box, more, "dim-label");
    }

  return box;
}
