/* strata-ctl-diff.h - what is different between two profiles, printed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

void     strata_ctl_diff_print      (StrataProfile  *old_profile,
                                     StrataProfile  *new_profile);
gboolean strata_ctl_diff_print_json (StrataProfile  *old_profile,
                                     StrataProfile  *new_profile,
                                     GError        **error);

G_END_DECLS
