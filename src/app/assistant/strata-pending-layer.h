/* strata-pending-layer.h - a layer that is not confirmed yet, kept in a draft so that nothing typed is lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

StrataProfile *strata_pending_layer_put  (StrataProfile  *profile,
                                          StrataLayer    *layer);
StrataProfile *strata_pending_layer_take (StrataProfile  *profile,
                                          StrataLayer   **layer);

G_END_DECLS
