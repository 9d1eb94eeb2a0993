/* strata-lint-private.h - one text while it is looked through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-lint.h"
#include "strata-yaml-private.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text;
  gsize       length;
  GPtrArray  *problems;  /* (element-type StrataProblem) */
  gboolean    can_fix;   /* every reader counts the lines of @text alike */
} StrataLint;

void           strata_lint_init        (StrataLint           *self,
                                        const char           *text,
                                        gsize                 length);
StrataProblem *strata_lint_add_at      (StrataLint           *self,
                                        StrataSeverity        severity,
                                        const StrataYamlNode *node,
                                        const char           *source,
                                        const char           *sentence);
StrataProblem *strata_lint_add         (StrataLint           *self,
                                        StrataProblem        *problem);
void           strata_lint_sort        (GPtrArray            *problems);
void           strata_lint_set_fix     (StrataLint           *self,
                                        StrataProblem        *problem,
                                        const char           *fix,
                                        const char           *label);
gboolean       strata_lint_has_plain_lines (const char       *text);
char          *strata_lint_quote       (const char           *text,
                                        gsize                 length);
char          *strata_lint_expand_tabs (const char           *line,
                                        gsize                *length);

void           strata_lint_fault       (StrataLint           *self,
                                        const StrataYamlFault *fault);
void           strata_lint_tree        (StrataLint           *self,
                                        StrataYaml           *yaml);
void           strata_lint_lines       (StrataLint           *self,
                                        StrataYaml           *yaml);
void           strata_lint_values      (StrataLint           *self,
                                        StrataYaml           *yaml);
void           strata_lint_manifest    (StrataLint           *self,
                                        StrataYaml           *yaml);
void           strata_lint_variables   (StrataLint           *self,
                                        GHashTable           *declared);
void           strata_lint_declared    (GPtrArray            *problems,
                                        GPtrArray            *variables,
                                        StrataVariable       *variable);

G_END_DECLS
