/* strata-cursor-flow.h - where a place is among braces and brackets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *path;        /* (owned) (element-type utf8): from the outermost bracket in, without the value's own key before it */
  GPtrArray *siblings;    /* (owned) (element-type utf8): the keys that the braces have beside this one */
  gsize      word;        /* where what is typed begins, in bytes of the text */
  char       quote;       /* that it stands in, or NUL */
  char       bracket;     /* the innermost one that is open */
  gboolean   is_value;    /* behind the colon of a key */
  gboolean   is_nowhere;  /* in a comment, or right behind a colon */
} StrataCursorFlow;

gboolean strata_cursor_flow_read  (StrataCursorFlow  *self,
                                   const char        *text,
                                   gsize              start,
                                   gsize              offset);
void     strata_cursor_flow_clear (StrataCursorFlow  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataCursorFlow, strata_cursor_flow_clear)

G_END_DECLS
