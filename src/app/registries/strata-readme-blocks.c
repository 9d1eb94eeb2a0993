/* strata-readme-blocks.c - the widgets that the blocks of a README become
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-readme-blocks"

#include "strata-readme-blocks.h"

#include <string.h>

#include "strata-readme-markup.h"
#include "strata-readme-row.h"

#define BLOCK_SPACING 12
#define ITEM_SPACING 3
#define HEADING_MARGIN 6
#define LONG_CELL 100         /* characters after which all cells are long */
#define MAX_CODE (16 * 1024)  /* bytes of one code block that are shown */

static GtkWidget *
new_label (const char        *markup,
           GtkAccessibleRole  role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", role,
                                   "use-markup", TRUE,
                                   "label", markup,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0f,
                                   NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  /* A name or path that is broken over two lines must not look as if it had a hyphen in it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);

  return label;
}

static GtkWidget *
new_box (GtkAccessibleRole role,
         int               spacing)
{
  return g_object_new (GTK_TYPE_BOX,
                       "accessible-role", role,
                       "orientation", GTK_ORIENTATION_VERTICAL,
                       "spacing", spacing,
                       NULL);
}

/* Makes a heading; the higher two levels differ in looks, all of them to a screen reader. */
GtkWidget *
strata_readme_blocks_new_heading (const char *markup,
                                  int         level)
{
  GtkWidget *label = new_label (markup, GTK_ACCESSIBLE_ROLE_HEADING);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
  gtk_widget_add_css_class (label, level == 1 ? "title-3" : "heading");
  if (level > 2)
    gtk_widget_add_css_class (label, "small");
  gtk_widget_set_margin_top (label, HEADING_MARGIN);

  return label;
}

/* Makes a paragraph. */
GtkWidget *
strata_readme_blocks_new_paragraph (const char *markup)
{
  return new_label (markup, GTK_ACCESSIBLE_ROLE_LABEL);
}

/* Makes a code block: its lines stay lines, and long ones are scrolled to. */
GtkWidget *
strata_readme_blocks_new_code (const char *text,
                               gboolean   *was_cut)
{
  gsize length = strlen (text);

  if (length > MAX_CODE)
    {
      length = (gsize) (g_utf8_find_prev_char (text, text + MAX_CODE) - text);
      *was_cut = TRUE;
    }

  g_autofree char *shown = g_strchomp (g_strndup (text, length));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", shown,
                                   "selectable", TRUE,
                                   "xalign", 0.0f,
                                   "css-classes", (const char *[]) { "codeblock", NULL },
                                   NULL);

  return g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                       "child", label,
                       "hscrollbar-policy", GTK_POLICY_AUTOMATIC,
                       "vscrollbar-policy", GTK_POLICY_NEVER,
                       "propagate-natural-height", TRUE,
                       NULL);
}

/* Makes a line across. */
GtkWidget *
strata_readme_blocks_new_rule (void)
{
  return g_object_new (GTK_TYPE_SEPARATOR,
                       "css-classes", (const char *[]) { "hairline", NULL },
                       NULL);
}

/* Makes a quotation; what is quoted goes into @content. */
GtkWidget *
strata_readme_blocks_new_quote (GtkWidget **content)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                 "spacing", BLOCK_SPACING,
                                 NULL);
  GtkWidget *bar = g_object_new (GTK_TYPE_SEPARATOR, "orientation", GTK_ORIENTATION_VERTICAL, NULL);

  *content = new_box (GTK_ACCESSIBLE_ROLE_GROUP, BLOCK_SPACING);
  gtk_widget_set_hexpand (*content, TRUE);
  gtk_widget_add_css_class (*content, "dim-label");
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), *content);

  return box;
}

/* Makes a list; items go into it. */
GtkWidget *
strata_readme_blocks_new_list (cmark_node *list)
{
  return new_box (GTK_ACCESSIBLE_ROLE_LIST, cmark_node_get_list_tight (list) ? ITEM_SPACING : BLOCK_SPACING);
}

static char *
make_bullet (cmark_node *item)
{
  cmark_node *list = cmark_node_parent (item);
  int number = cmark_node_get_list_start (list);

  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return g_strdup ("•");

  for (cmark_node *before = cmark_node_previous (item); before != NULL; before = cmark_node_previous (before))
    number++;

  return g_strdup_printf ("%d.", number);
}

/* Makes one item of a list; what it says goes into @content. */
GtkWidget *
strata_readme_blocks_new_item (cmark_node  *item,
                               GtkWidget  **content)
{
  g_autofree char *bullet = make_bullet (item);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                 "spacing", 6,
                                 NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", bullet, "yalign", 0.0f, NULL);

  gtk_widget_add_css_class (label, "tnum");
  *content = new_box (GTK_ACCESSIBLE_ROLE_GROUP, ITEM_SPACING);
  gtk_widget_set_hexpand (*content, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), *content);

  return box;
}

static GtkWidget *
new_cell (const char *markdown,
          gboolean    is_header,
          gboolean   *was_cut)
{
  g_autofree char *markup = strata_readme_markup_from_text (markdown, was_cut);
  GtkWidget *label = new_label (markup, is_header ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_CELL);

  gtk_widget_add_css_class (label, "small");
  if (is_header)
    gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_valign (label, GTK_ALIGN_START);

  return label;
}

static int
measure_cell (const char *markdown,
              gboolean    is_header)
{
  gboolean was_cut;
  g_autoptr(GtkWidget) label = g_object_ref_sink (new_cell (markdown, is_header, &was_cut));
  int width;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

/* To ask each cell would take long, so only the one with the longest text is asked; code is wider than words. */
static int
measure_column (GPtrArray *rows,
                guint      column)
{
  const char *longest = "";
  gsize most = 0;

  for (guint i = 1; i < rows->len; i++)
    {
      const char *cell = ((char **) g_ptr_array_index (rows, i))[column];
      gsize length = strnlen (cell, 2 * LONG_CELL) * (*cell == '`' ? 4 : 3);

      if (length > most)
        {
          most = length;
          longest = cell;
        }
    }

  char **header = g_ptr_array_index (rows, 0);

  return MAX (measure_cell (header[column], TRUE), measure_cell (longest, FALSE));
}

/* Measures the columns of a table, for strata_readme_blocks_new_row(). */
GArray *
strata_readme_blocks_measure_table (GPtrArray *rows)
{
  guint n_columns = g_strv_length (g_ptr_array_index (rows, 0));
  GArray *widths = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < n_columns; i++)
    {
      int width = measure_column (rows, i);

      g_array_append_val (widths, width);
    }

  return widths;
}

/* Makes an empty table; rows go into it. */
GtkWidget *
strata_readme_blocks_new_table (void)
{
  return new_box (GTK_ACCESSIBLE_ROLE_TABLE, 6);
}

/* Makes a row of Markdown cells. */
GtkWidget *
strata_readme_blocks_new_row (GArray    *widths,
                              char     **cells,
                              gboolean   is_header,
                              gboolean  *was_cut)
{
  GtkWidget *row = strata_readme_row_new (widths);

  for (guint i = 0; i < widths->len; i++)
    strata_readme_row_append (STRATA_README_ROW (row), new_cell (cells[i], is_header, was_cut));

  return row;
}
