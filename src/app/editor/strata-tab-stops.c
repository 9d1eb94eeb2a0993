/* strata-tab-stops.c - a snippet in the text, whose stops Tab goes through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tab-stops"

#include "strata-tab-stops.h"

#define SNIPPET "strata-snippet"

/* A snippet has a buffer for as long as Tab goes through it. */
static gboolean
has_stops (GtkTextBuffer *buffer)
{
  GtkSourceSnippet *snippet = g_object_get_data (G_OBJECT (buffer), SNIPPET);
  g_autoptr(GtkTextBuffer) inside = NULL;

  if (snippet != NULL)
    g_object_get (snippet, "buffer", &inside, NULL);

  return inside != NULL;
}

/* Puts @snippet, as strata_suggestion_new() describes one, at @where, each line as far in as the first, and the cursor on
 * its first stop. Part of the user action that is going on, if there is one.
 */
void
strata_tab_stops_insert (GtkSourceView *view,
                         GtkTextIter   *where,
                         const char    *snippet)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));
  g_return_if_fail (where != NULL && snippet != NULL);

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkSourceSnippet *parsed = gtk_source_snippet_new_parsed (snippet, &error);

  g_assert_no_error (error);
  strata_tab_stops_leave (buffer);
  g_object_set_data_full (G_OBJECT (buffer), SNIPPET, parsed, g_object_unref);
  gtk_source_view_push_snippet (view, parsed, where);
}

/* Ends what Tab goes through, and says whether there was something. From then on the text is like any other: a snippet
 * writes into it again whatever one of its stops said, which must not happen to what comes from elsewhere.
 */
gboolean
strata_tab_stops_leave (GtkTextBuffer *buffer)
{
  GtkTextIter insert, bound, start;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  if (!has_stops (buffer))
    return FALSE;

  /* It ends once the cursor is outside; no stop is where a text begins. */
  gtk_text_buffer_get_iter_at_mark (buffer, &insert, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_mark (buffer, &bound, gtk_text_buffer_get_selection_bound (buffer));
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_select_range (buffer, &insert, &bound);
  g_object_set_data (G_OBJECT (buffer), SNIPPET, NULL);

  return TRUE;
}
