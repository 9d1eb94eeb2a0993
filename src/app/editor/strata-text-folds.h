/* strata-text-folds.h - which lines of a YAML text belong together, and hiding them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* More lines than this are not hidden at once: the gutter of GtkSourceView goes through those between two shown ones with
 * each frame. */
#define STRATA_TEXT_FOLDS_MOST 5000

/* Lines count from 0, as those of a text buffer. What is hidden is hidden by the one tag @hidden and by whole lines; the
 * text stays what it is. A head is the line that stays: "spec:" above what is indented below it, or "---" above its
 * document. */

gboolean strata_text_folds_is_head  (GtkTextBuffer     *buffer,
                                     int                line);
int      strata_text_folds_find     (GtkTextBuffer     *buffer,
                                     int                line);

gboolean strata_text_folds_is_shown (GtkTextBuffer     *buffer,
                                     GtkTextTag        *hidden,
                                     int                line);
int      strata_text_folds_get_head (GtkTextBuffer     *buffer,
                                     GtkTextTag        *hidden,
                                     int                line);

gboolean strata_text_folds_hide     (GtkTextBuffer     *buffer,
                                     GtkTextTag        *hidden,
                                     int                line);
gboolean strata_text_folds_hide_around (GtkTextBuffer  *buffer,
                                        GtkTextTag     *hidden,
                                        int             line);
gboolean strata_text_folds_hide_all (GtkTextBuffer     *buffer,
                                     GtkTextTag        *hidden);
gboolean strata_text_folds_show     (GtkTextBuffer     *buffer,
                                     GtkTextTag        *hidden,
                                     int                line);
gboolean strata_text_folds_show_all (GtkTextBuffer     *buffer,
                                     GtkTextTag        *hidden);

G_END_DECLS
