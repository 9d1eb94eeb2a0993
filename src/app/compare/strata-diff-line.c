/* strata-diff-line.c - one row of a comparison by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-diff-line"

#include "strata-diff-line.h"

G_DEFINE_FINAL_TYPE (StrataDiffLine, strata_diff_line, G_TYPE_OBJECT)

static void
strata_diff_line_finalize (GObject *object)
{
  StrataDiffLine *self = STRATA_DIFF_LINE (object);

  g_clear_pointer (&self->old_text, g_free);
  g_clear_pointer (&self->new_text, g_free);
  g_clear_pointer (&self->pair_text, g_free);

  G_OBJECT_CLASS (strata_diff_line_parent_class)->finalize (object);
}

static void
strata_diff_line_class_init (StrataDiffLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_diff_line_finalize;
}

static void
strata_diff_line_init (StrataDiffLine *self)
{
  self->hunk = -1;
}
