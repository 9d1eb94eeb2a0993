/* strata-comparison.h - two profiles, read and compared in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-compare-source.h"
#include "strata-job.h"

G_BEGIN_DECLS

/* What came of it. (all fields owned) */
typedef struct
{
  StrataProfile *old_profile;
  StrataProfile *new_profile;
  GPtrArray     *changes;
} StrataComparison;

void strata_comparison_run (StrataJob            *job,
                            StrataStore          *store,
                            StrataCompareSource  *old_source,
                            StrataCompareSource  *new_source);

G_END_DECLS
