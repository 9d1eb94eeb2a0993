/* strata-attached-manifests.h - the manifests that are created together with a pack or chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal "changed" when a person attached, wrote or removed one. */
#define STRATA_TYPE_ATTACHED_MANIFESTS (strata_attached_manifests_get_type ())

G_DECLARE_FINAL_TYPE (StrataAttachedManifests, strata_attached_manifests, STRATA, ATTACHED_MANIFESTS, GtkWidget)

void       strata_attached_manifests_set (StrataAttachedManifests  *self,
                                          GPtrArray                *manifests,
                                          const char               *empty);
GPtrArray *strata_attached_manifests_get (StrataAttachedManifests  *self);

G_END_DECLS
