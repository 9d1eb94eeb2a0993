/* strata-values-private.h - what the tools for values texts share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-values-text.h"

G_BEGIN_DECLS

char *strata_values_shift         (const char            *text,
                                   gsize                  length,
                                   int                    columns,
                                   const char            *eol);
char *strata_values_merge         (const char            *text,
                                   const char            *add,
                                   GError               **error);
char *strata_values_merge_at      (const char            *text,
                                   GArray                *base,
                                   const char            *add,
                                   guint                  replace_depth,
                                   GError               **error);
char *strata_values_remove_steps  (StrataValuesText      *values,
                                   GArray                *steps);
void  strata_values_remove_pair   (StrataValuesText      *values,
                                   GArray                *steps);
void  strata_values_refuse        (const char            *path,
                                   GError               **error);

G_END_DECLS
