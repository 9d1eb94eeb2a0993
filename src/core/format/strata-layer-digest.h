/* strata-layer-digest.h - tells whether a layer installs the same as another, without its texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

/* The annotation of a pack under which a console tells an appliance the digest. */
#define STRATA_LAYER_DIGEST_ANNOTATION "layer-digest"

char *strata_layer_digest_get (StrataProfile *profile,
                               StrataLayer   *layer);

G_END_DECLS
