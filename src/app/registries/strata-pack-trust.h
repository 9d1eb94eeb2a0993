/* strata-pack-trust.h - how far the bytes of a pack or chart are what they should be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-layer-work.h"
#include "strata-pack-about.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PACK_TRUST (strata_pack_trust_get_type ())

G_DECLARE_FINAL_TYPE (StrataPackTrust, strata_pack_trust, STRATA, PACK_TRUST, AdwBin)

void strata_pack_trust_show (StrataPackTrust     *self,
                             StrataRegistry      *registry,
                             StrataLayerOutcome  *outcome,
                             StrataPackAbout     *about);

G_END_DECLS
