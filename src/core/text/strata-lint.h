/* strata-lint.h - what is wrong with a YAML text, found while it is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"
#include "strata-problem.h"
#include "strata-profile.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LINT_VALUES,    /* one document, a mapping */
  STRATA_LINT_MANIFEST,  /* any number of documents, each an object of Kubernetes */
} StrataLintMode;

GPtrArray *strata_lint_text         (const char      *text,
                                     gssize           length,
                                     StrataLintMode   mode);
GPtrArray *strata_lint_text_to_tree (const char      *text,
                                     gssize           length,
                                     StrataLintMode   mode,
                                     StrataYaml     **yaml);
GPtrArray *strata_lint_layer        (StrataLayer     *layer);
GPtrArray *strata_lint_whole        (StrataProfile   *profile);
GPtrArray *strata_lint_profile      (StrataProfile   *profile);

G_END_DECLS
