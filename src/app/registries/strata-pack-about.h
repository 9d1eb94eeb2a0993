/* strata-pack-about.h - what a registry says of one version of a pack or chart beside its texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-index.h"
#include "strata-registry.h"

G_BEGIN_DECLS

/* Signal "loaded": what the registry says is there. */
#define STRATA_TYPE_PACK_ABOUT (strata_pack_about_get_type ())

G_DECLARE_FINAL_TYPE (StrataPackAbout, strata_pack_about, STRATA, PACK_ABOUT, AdwBin)

void                    strata_pack_about_show      (StrataPackAbout    *self,
                                                     StrataRegistry     *registry,
                                                     StrataIndex        *index,
                                                     StrataPackSummary  *summary);
const StrataIndexEntry *strata_pack_about_get_entry (StrataPackAbout    *self);
StrataIndexAnswer       strata_pack_about_is_signed (StrataPackAbout    *self);
char                   *strata_pack_about_dup_worry (StrataPackAbout    *self);

G_END_DECLS
