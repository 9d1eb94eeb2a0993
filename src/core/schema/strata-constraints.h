/* strata-constraints.h - what packs and charts ask of each other and of the appliance, checked with no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-problem.h"
#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CONSTRAINTS (strata_constraints_get_type ())

G_DECLARE_FINAL_TYPE (StrataConstraints, strata_constraints, STRATA, CONSTRAINTS, GObject)

StrataConstraints *strata_constraints_read          (StrataLayer        *layer);
GPtrArray         *strata_constraints_read_profile  (StrataProfile      *profile,
                                                     GPtrArray          *known);
GPtrArray         *strata_constraints_check         (StrataProfile      *profile,
                                                     GPtrArray          *constraints);
GPtrArray         *strata_constraints_check_profile (StrataProfile      *profile);

guint              strata_constraints_get_n_needs     (StrataConstraints  *self);
guint              strata_constraints_get_n_resources (StrataConstraints  *self);
GPtrArray         *strata_constraints_get_problems    (StrataConstraints  *self);

G_END_DECLS
