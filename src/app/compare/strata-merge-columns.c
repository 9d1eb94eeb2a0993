/* strata-merge-columns.c - the three sides of a merge, named above their columns
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge-columns"

#include "strata-merge-columns.h"

struct _StrataMergeColumns
{
  AdwBin    parent_instance;
  GtkLabel *words[STRATA_N_SIDES];
};

G_DEFINE_FINAL_TYPE (StrataMergeColumns, strata_merge_columns, ADW_TYPE_BIN)

static void
strata_merge_columns_class_init (StrataMergeColumnsClass *klass)
{
  static const char *const words[STRATA_N_SIDES] = {
    [STRATA_SIDE_BASE] = "base_words", [STRATA_SIDE_MINE] = "mine_words", [STRATA_SIDE_THEIRS] = "theirs_words",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-merge-columns.ui");
  for (gsize side = 0; side < G_N_ELEMENTS (words); side++)
    gtk_widget_class_bind_template_child_full (widget_class, words[side], FALSE,
                                               G_STRUCT_OFFSET (StrataMergeColumns, words) +
                                                 (gssize) (side * sizeof (gpointer)));
}

static void
strata_merge_columns_init (StrataMergeColumns *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Where a side comes from, and of when it is. */
void
strata_merge_columns_describe (StrataMergeColumns *self,
                               StrataSide          side,
                               const char         *words)
{
  g_return_if_fail (STRATA_IS_MERGE_COLUMNS (self));
  g_return_if_fail (side < STRATA_N_SIDES);

  gtk_label_set_label (self->words[side], words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words[side]), words);
}
