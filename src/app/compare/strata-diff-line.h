/* strata-diff-line.h - one row of a comparison by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_DIFF_LINE_SAME,
  STRATA_DIFF_LINE_CHANGED,  /* side by side, or removed, or added: what is not there is NULL */
  STRATA_DIFF_LINE_FOLD,     /* stands for lines that are the same */
} StrataDiffLineKind;

#define STRATA_TYPE_DIFF_LINE (strata_diff_line_get_type ())

G_DECLARE_FINAL_TYPE (StrataDiffLine, strata_diff_line, STRATA, DIFF_LINE, GObject)

struct _StrataDiffLine
{
  GObject             parent_instance;
  StrataDiffLineKind  kind;
  guint               old_number;  /* from 1 */
  guint               new_number;
  guint               n_folded;
  int                 hunk;        /* whose first row this is; -1 otherwise */
  gboolean            is_inline;
  char               *old_text;    /* (owned) (nullable) */
  char               *new_text;    /* (owned) (nullable) */
  char               *pair_text;   /* (owned) (nullable): inline, the line of the other side that it is compared with */
};

G_END_DECLS
