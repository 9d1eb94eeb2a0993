/* strata-sandbox-link.h - which profiles an appliance is to run, with what is set for it alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-profile.h"
#include "strata-sandbox-site.h"

G_BEGIN_DECLS

/**
 * StrataSandboxLink:
 * @profile: what is published of it is to run; it may have nothing published
 * @settings: `packValues` and `variables` for this appliance
 * @packs: (nullable): what the appliance gets: the layers with its settings in them
 * @variables: the variables with its values
 *
 * One profile of an appliance. All members are owned.
 */
typedef struct
{
  StrataSandboxProfile *profile;
  JsonObject           *settings;
  JsonArray            *packs;
  JsonArray            *variables;
} StrataSandboxLink;

GPtrArray  *strata_sandbox_link_load      (StrataSandboxDb        *db,
                                           const char             *host);
void        strata_sandbox_link_save      (StrataSandboxDb        *db,
                                           const char             *host,
                                           const char *const      *profiles,
                                           const char *const      *settings);
void        strata_sandbox_link_free      (StrataSandboxLink      *self);

JsonObject *strata_sandbox_link_make_template (StrataSandboxLink  *self,
                                           StrataSandboxCatalog   *catalog,
                                           const char             *host,
                                           const char             *meta,
                                           gboolean                resolve);
char       *strata_sandbox_link_resolve   (StrataSandboxLink      *self,
                                           const char             *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxLink, strata_sandbox_link_free)

G_END_DECLS
