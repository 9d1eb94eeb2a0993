/* strata-sandbox-profile.h - one version of a profile as the sandbox console keeps it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"
#include "strata-sandbox-catalog.h"
#include "strata-sandbox-db.h"
#include "strata-sandbox-json.h"

G_BEGIN_DECLS

/* Everything is owned. An array that was set is never changed, so that a draft and what is published may share it. */
typedef struct
{
  char       *uid;
  char       *project;      /* "" for the tenant */
  char       *name;
  char       *version;
  char       *type;
  char       *cloud;
  JsonObject *annotations;
  JsonObject *labels;
  gint64      created;
  gint64      modified;
  gint64      revision;     /* how often it was published */
  JsonArray  *draft;        /* (nullable): packs, as strata-sandbox-pack.h keeps them */
  JsonArray  *variables;    /* of the draft, or of what is published when there is none */
  JsonArray  *published;    /* (nullable): packs */
  JsonArray  *published_variables;
} StrataSandboxProfile;

StrataSandboxProfile *strata_sandbox_profile_new       (const char            *project,
                                                        const char            *name,
                                                        const char            *version);
void                  strata_sandbox_profile_free      (StrataSandboxProfile  *self);

StrataSandboxProfile *strata_sandbox_profile_load      (StrataSandboxDb       *db,
                                                        const char            *uid);
void                  strata_sandbox_profile_save      (StrataSandboxProfile  *self,
                                                        StrataSandboxDb       *db,
                                                        StrataSandboxCatalog  *catalog);
gboolean              strata_sandbox_profile_is_taken  (StrataSandboxDb       *db,
                                                        const char            *project,
                                                        const char            *name,
                                                        const char            *version,
                                                        const char            *but_for);

JsonArray            *strata_sandbox_profile_get_packs (StrataSandboxProfile  *self);
void                  strata_sandbox_profile_set_draft (StrataSandboxProfile  *self,
                                                        JsonArray             *packs);
void                  strata_sandbox_profile_set_variables (StrataSandboxProfile *self,
                                                        JsonArray             *variables);
gboolean              strata_sandbox_profile_publish   (StrataSandboxProfile  *self);

JsonObject           *strata_sandbox_profile_make_export (StrataSandboxProfile *self,
                                                        JsonArray             *packs,
                                                        JsonArray             *variables);
StrataProfile        *strata_sandbox_profile_make_value (StrataSandboxProfile *self,
                                                        JsonArray             *packs,
                                                        JsonArray             *variables,
                                                        GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxProfile, strata_sandbox_profile_free)

G_END_DECLS
