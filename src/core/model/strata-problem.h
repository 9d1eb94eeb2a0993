/* strata-problem.h - one thing that is wrong with a text or a profile, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_SEVERITY_NOTE,
  STRATA_SEVERITY_WARNING,
  STRATA_SEVERITY_ERROR,
} StrataSeverity;

/**
 * StrataProblem:
 * @severity: how bad
 * @line: from 1; 0 when it is about the whole
 * @column: from 1, in characters; 0 when it is about the whole line
 * @length: in characters; 0 when not known
 * @layer: (nullable): the layer it is in
 * @document: (nullable): "values.yaml" or the manifest's name
 * @message: one translated sentence
 * @source: who says so, translated: "YAML", "the chart's schema"
 * @fix: (nullable): the text that repairs it when put in place of the @length characters at @line and @column
 * @fix_label: (nullable): what the button of the repair says, translated
 *
 * A boxed value; all texts are owned.
 */
typedef struct
{
  StrataSeverity  severity;
  guint           line;
  guint           column;
  guint           length;
  char           *layer;
  char           *document;
  char           *message;
  char           *source;
  char           *fix;
  char           *fix_label;
} StrataProblem;

#define STRATA_TYPE_PROBLEM (strata_problem_get_type ())

GType          strata_problem_get_type (void);
StrataProblem *strata_problem_new      (StrataSeverity        severity,
                                        guint                 line,
                                        guint                 column,
                                        guint                 length,
                                        const char           *source,
                                        const char           *format,
                                        ...) G_GNUC_PRINTF (6, 7);
StrataProblem *strata_problem_copy     (const StrataProblem  *problem);
void           strata_problem_free     (StrataProblem        *problem);
guint          strata_problem_count    (GPtrArray            *problems,
                                        StrataSeverity        least);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProblem, strata_problem_free)

G_END_DECLS
