/* strata-sandbox-host.h - one appliance as the sandbox console keeps it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-event.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-site.h"

G_BEGIN_DECLS

/* Everything is owned. */
typedef struct
{
  char       *uid;
  char       *project;
  char       *name;
  char       *state;     /* unpaired until it called, then ready */
  char       *health;    /* healthy, unhealthy, or "" */
  char       *arch;
  JsonObject *labels;
  gint64      created;
  gint64      modified;  /* when it was last heard of */
  char       *token;     /* what it shows from then on, "" before it called */
  JsonObject *document;  /* what it said of itself: type, version, host, device, health */
  JsonArray  *packs;     /* `v1ClusterPackStatus`, as it said */
  GPtrArray  *events;    /* (element-type StrataSandboxEvent): what is written down with it */
} StrataSandboxHost;

StrataSandboxHost *strata_sandbox_host_new         (const char         *project,
                                                    const char         *uid,
                                                    const char         *name);
void               strata_sandbox_host_free        (StrataSandboxHost  *self);

StrataSandboxHost *strata_sandbox_host_load        (StrataSandboxDb    *db,
                                                    const char         *uid);
void               strata_sandbox_host_save        (StrataSandboxHost  *self,
                                                    StrataSandboxDb    *db);

void               strata_sandbox_host_note        (StrataSandboxHost  *self,
                                                    StrataSandboxEvent *event);
void               strata_sandbox_host_set_health  (StrataSandboxHost  *self,
                                                    JsonObject         *health);
void               strata_sandbox_host_set_packs   (StrataSandboxHost  *self,
                                                    JsonArray          *reports);

JsonObject        *strata_sandbox_host_make_object (StrataSandboxHost  *self,
                                                    StrataSandboxSite  *site,
                                                    gboolean            resolve);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxHost, strata_sandbox_host_free)

G_END_DECLS
