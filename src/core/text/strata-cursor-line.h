/* strata-cursor-line.h - one line of YAML by itself: its dashes, its key, its value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_CURSOR_MAX_DASHES 8

/* Offsets are in bytes from the start of the line; columns are the same, as what is before a key are spaces and dashes. */
typedef struct
{
  const char *start;
  gsize       length;    /* without the line's end */
  gboolean    is_blank;  /* nothing, or a comment */
  guint       dashes[STRATA_CURSOR_MAX_DASHES];
  guint       n_dashes;
  guint       content;   /* where what is behind the dashes begins */
  gboolean    has_key;
  gsize       key_start;   /* of its text, behind a quote */
  gsize       key_length;
  gsize       value;       /* behind the colon and its spaces; the end of the line when there is none */
  gsize       value_end;   /* before a comment and spaces */
} StrataCursorLine;

void     strata_cursor_line_read     (StrataCursorLine        *self,
                                      const char              *start,
                                      gsize                    length);
gboolean strata_cursor_line_is_break (const StrataCursorLine  *self);
gboolean strata_cursor_line_is_text  (const StrataCursorLine  *self);
gboolean strata_cursor_line_is_open  (const StrataCursorLine  *self);

G_END_DECLS
