/* strata-diff-row.c - the widget of one row of a comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-diff-row"

#include "strata-diff-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-diff.h"

/* One of the two texts of a row. */
typedef struct
{
  GtkWidget *box;
  GtkLabel  *number;
  GtkLabel  *sign;
  GtkLabel  *text;
} Half;

struct _StrataDiffRow
{
  AdwBin     parent_instance;
  Half       old_half;
  Half       new_half;
  GtkWidget *halves;
  GtkWidget *take;
  GtkLabel  *fold;
  guint      hunk;
};

enum
{
  TAKE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDiffRow, strata_diff_row, ADW_TYPE_BIN)

static void
take_cb (StrataDiffRow *self)
{
  g_signal_emit (self, signals[TAKE], 0, self->hunk);
}

static void
strata_diff_row_class_init (StrataDiffRowClass *klass)
{
  signals[TAKE] = g_signal_new ("take", STRATA_TYPE_DIFF_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_UINT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
make_half (Half *half)
{
  half->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  half->number = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "width-chars", 5, "xalign", 1.0f, "yalign", 0.0f, NULL));
  half->sign = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "width-request", 14, "yalign", 0.0f, NULL));
  half->text = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "yalign", 0.0f, "hexpand", TRUE, "wrap", TRUE,
                                        "wrap-mode", PANGO_WRAP_WORD_CHAR, "natural-wrap-mode",
                                        GTK_NATURAL_WRAP_NONE, NULL));
  gtk_widget_add_css_class (half->box, "diff-half");
  gtk_widget_add_css_class (GTK_WIDGET (half->number), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (half->number), "tnum");
  gtk_widget_add_css_class (GTK_WIDGET (half->number), "small");
  gtk_widget_set_hexpand (half->box, TRUE);
  gtk_box_append (GTK_BOX (half->box), GTK_WIDGET (half->number));
  gtk_box_append (GTK_BOX (half->box), GTK_WIDGET (half->sign));
  gtk_box_append (GTK_BOX (half->box), GTK_WIDGET (half->text));
}

static void
strata_diff_row_init (StrataDiffRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->halves = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (self->halves), TRUE);
  make_half (&self->old_half);
  make_half (&self->new_half);
  gtk_box_append (GTK_BOX (self->halves), self->old_half.box);
  gtk_box_append (GTK_BOX (self->halves), self->new_half.box);

  self->fold = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "hexpand", TRUE, "margin-top", 3, "margin-bottom", 3, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->fold), "small");
  gtk_widget_add_css_class (GTK_WIDGET (self->fold), "dim-label");

  self->take = gtk_button_new_from_icon_name ("document-revert-symbolic");
  gtk_widget_add_css_class (self->take, "flat");
  gtk_widget_add_css_class (self->take, "diff-take");
  gtk_widget_set_valign (self->take, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->take, _("Take This Over"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->take), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Take This Over"), -1);
  g_signal_connect_object (self->take, "clicked", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_hexpand (self->halves, TRUE);
  gtk_box_append (GTK_BOX (box), self->halves);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fold));
  gtk_box_append (GTK_BOX (box), self->take);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
strata_diff_row_new (void)
{
  return g_object_new (STRATA_TYPE_DIFF_ROW, NULL);
}

/* Bold and underlined, so that the words stand out without colour. */
static void
mark_words (GtkLabel *label,
            GArray   *hunks,
            gboolean  is_old)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; hunks != NULL && i < hunks->len; i++)
    {
      const StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);
      PangoAttribute *marks[] = { pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
                                  pango_attr_weight_new (PANGO_WEIGHT_BOLD) };

      for (gsize k = 0; k < G_N_ELEMENTS (marks); k++)
        {
          marks[k]->start_index = is_old ? hunk->old_start : hunk->new_start;
          marks[k]->end_index = marks[k]->start_index + (is_old ? hunk->old_count : hunk->new_count);
          pango_attr_list_insert (attributes, marks[k]);
        }
    }
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_half (Half       *half,
           const char *text,
           guint       number,
           gboolean    is_changed,
           gboolean    is_old)
{
  g_autofree char *shown = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("");

  gtk_label_set_label (half->number, shown);
  gtk_label_set_label (half->sign, !is_changed || text == NULL ? "" : is_old ? "−" : "+");
  gtk_label_set_label (half->text, text != NULL ? text : "");
  set_class (GTK_WIDGET (half->text), "code", TRUE);
  set_class (half->box, is_old ? "removed" : "added", is_changed && text != NULL);
  set_class (half->box, "missing", is_changed && text == NULL);
}

static void
show_fold (StrataDiffRow  *self,
           StrataDiffLine *line)
{
  gboolean is_fold = line->kind == STRATA_DIFF_LINE_FOLD;
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u unchanged line", "%u unchanged lines", line->n_folded), line->n_folded);

  gtk_label_set_label (self->fold, is_fold ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fold), is_fold);
  gtk_widget_set_visible (self->halves, !is_fold);
}

void
strata_diff_row_show (StrataDiffRow  *self,
                      StrataDiffLine *line,
                      gboolean        can_take)
{
  g_return_if_fail (STRATA_IS_DIFF_ROW (self));
  g_return_if_fail (STRATA_IS_DIFF_LINE (line));

  gboolean is_changed = line->kind == STRATA_DIFF_LINE_CHANGED;
  const char *before = line->old_text != NULL ? line->old_text : line->pair_text;
  const char *after = line->new_text != NULL ? line->new_text : line->pair_text;
  gboolean has_words = is_changed && before != NULL && after != NULL;
  g_autoptr(GArray) words = has_words ? strata_diff_words (before, after) : NULL;

  show_fold (self, line);
  show_half (&self->old_half, line->old_text, line->old_number, is_changed, TRUE);
  show_half (&self->new_half, line->new_text, line->new_number, is_changed, FALSE);
  mark_words (self->old_half.text, words, TRUE);
  mark_words (self->new_half.text, words, FALSE);
  gtk_widget_set_visible (self->old_half.box, !line->is_inline || (is_changed && line->old_text != NULL));
  gtk_widget_set_visible (self->new_half.box, !line->is_inline || line->new_text != NULL);

  self->hunk = line->hunk >= 0 ? (guint) line->hunk : 0;
  gtk_widget_set_opacity (self->take, line->hunk >= 0 && can_take ? 1.0 : 0.0);
  gtk_widget_set_sensitive (self->take, line->hunk >= 0 && can_take);
  gtk_widget_set_visible (self->take, can_take);
}
