/* strata-text-screen.c - which lines of a text are on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-screen"

#include "strata-text-screen.h"

/* In pixels, and less than any font that can be chosen needs: before lines are measured they have no height at all. */
#define LEAST_HEIGHT 8

/* Sets @first and @last to the starts of the first and the last line that are seen, with @margin more lines on each side. The
 * first is one that is not hidden. */
void
strata_text_screen_get_lines (GtkTextView   *view,
                              StrataFolding *folding,
                              int            margin,
                              GtkTextIter   *first,
                              GtkTextIter   *last)
{
  GdkRectangle visible = { 0 };

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));
  g_return_if_fail (STRATA_IS_FOLDING (folding));

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, first, visible.y, NULL);
  gtk_text_view_get_line_at_y (view, last, visible.y + visible.height, NULL);

  int line = gtk_text_iter_get_line (first);

  for (int i = 0; i < visible.height / LEAST_HEIGHT && line < gtk_text_iter_get_line (last); i++)
    line = strata_folding_get_next_line (folding, line);

  gtk_text_iter_set_line (last, line + margin);
  gtk_text_iter_set_line (first, strata_folding_get_shown_line (folding, MAX (gtk_text_iter_get_line (first) - margin, 0)));
}
