/* strata-ctl-registry.h - the registries of this person, and what they offer, as a command names it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-ctl.h"
#include "strata-registry-list.h"

G_BEGIN_DECLS

/* What REGISTRY/NAME[@VERSION] names. */
typedef struct
{
  StrataRegistry    *registry;  /* (owned) */
  char              *name;      /* (owned) */
  StrataPackSummary *summary;   /* (owned) (nullable): the version that is asked for, or the newest */
  GPtrArray         *versions;  /* (owned) (element-type StrataPackSummary): all of that name */
} StrataCtlOffer;

StrataRegistryList *strata_ctl_open_registries (StrataCtl           *self,
                                                GError             **error);
StrataRegistry     *strata_ctl_find_registry   (StrataRegistryList  *list,
                                                const char          *name,
                                                GError             **error);
char               *strata_ctl_load_secret     (StrataCtl           *self,
                                                GError             **error);
gboolean            strata_ctl_sign_in         (StrataCtl           *self,
                                                StrataRegistry      *registry,
                                                GError             **error);

StrataCtlOffer     *strata_ctl_find_offer      (StrataCtl           *self,
                                                const char          *text,
                                                GError             **error);
void                strata_ctl_offer_free      (StrataCtlOffer      *offer);
StrataPack         *strata_ctl_fetch           (StrataCtl           *self,
                                                StrataCtlOffer      *offer,
                                                GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCtlOffer, strata_ctl_offer_free)

G_END_DECLS
