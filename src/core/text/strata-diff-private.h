/* strata-diff-private.h - rows of lines, and what is different between two of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-diff.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

/* A text by line. */
typedef struct
{
  const char *text;
  guint       n;       /* lines; the last one may have no line end */
  gsize      *starts;  /* (owned) (array): n + 1 offsets */
} StrataLines;

void    strata_lines_init    (StrataLines         *self,
                              const char          *text);
void    strata_lines_clear   (StrataLines         *self);
guint   strata_lines_number  (const StrataLines  **texts,
                              guint                n_texts,
                              guint              **ids);

GArray *strata_diff_ids      (const guint         *old_ids,
                              guint                n_old,
                              const guint         *new_ids,
                              guint                n_new,
                              guint                n_ids);

char   *strata_path_join     (const char          *path,
                              const char          *key);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataLines, strata_lines_clear)

G_END_DECLS
