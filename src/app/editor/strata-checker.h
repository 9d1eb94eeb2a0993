/* strata-checker.h - looks through a profile after each edit, in a worker: problems, images, install orders
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-problem.h"
#include "strata-profile.h"

G_BEGIN_DECLS

/* Signal "checked": what the getters say is new. Main thread only. */
#define STRATA_TYPE_CHECKER (strata_checker_get_type ())

G_DECLARE_FINAL_TYPE (StrataChecker, strata_checker, STRATA, CHECKER, GObject)

StrataChecker *strata_checker_new               (void);
guint          strata_checker_get_kubernetes    (void);

void           strata_checker_check             (StrataChecker  *self,
                                                 StrataProfile  *profile,
                                                 StrataProfile  *base);

guint          strata_checker_get_n_problems    (StrataChecker  *self);
guint          strata_checker_get_n_images      (StrataChecker  *self);
guint          strata_checker_get_n_changes     (StrataChecker  *self);
GPtrArray     *strata_checker_get_problems      (StrataChecker  *self,
                                                 StrataLayer    *layer);
int            strata_checker_get_install_order (StrataChecker  *self,
                                                 StrataLayer    *layer);

G_END_DECLS
