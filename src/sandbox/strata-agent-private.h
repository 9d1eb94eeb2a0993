/* strata-agent-private.h - an appliance as its parts share it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-agent.h"
#include "strata-edge-client.h"
#include "strata-layer-reports.h"
#include "strata-node.h"

G_BEGIN_DECLS

#define STRATA_AGENT_VERSION "strata-appliance " PACKAGE_VERSION

struct _StrataAgent
{
  GObject              parent_instance;
  StrataNode          *node;         /* (owned) */
  StrataEdgeClient    *client;       /* (owned) (nullable): without a console */
  StrataLayerReports  *reports;      /* (owned) */
  GHashTable          *settings;     /* (owned) */
  char                *archive;      /* (owned) (nullable) */
  char               **labels;       /* (owned) */
  guint                interval_ms;
  gboolean             is_settled;   /* the node is in line with its profile */
  gboolean             is_reached;   /* the console answered when it was last asked */
  gboolean             is_linked;    /* and was seen to link the profile to this appliance */
  char                *checksum;     /* (owned): of what is installed, or "" */
  char                *told;         /* (owned): the checksum that the console knows, or "" */
  char                *failed;       /* (owned) (nullable): the revision that could not be taken */
  gint64               retry_at;     /* when to try that again, by the clock that never jumps */
  guint                n_failures;
  StrataAgentObserver  observer;
  gpointer             data;
};

void     strata_agent_say        (StrataAgent   *self,
                                  const char    *name,
                                  const char    *format,
                                  ...) G_GNUC_PRINTF (3, 4);
void     strata_agent_set_layer  (StrataAgent   *self,
                                  StrataLayer   *layer,
                                  const char    *condition,
                                  const char    *message,
                                  GCancellable  *cancellable);
void     strata_agent_fail_layer (StrataAgent   *self,
                                  StrataProfile *profile,
                                  const char    *layer,
                                  const GError  *reason,
                                  GCancellable  *cancellable);
gboolean strata_agent_settle     (StrataAgent   *self,
                                  GPtrArray     *installs,
                                  GCancellable  *cancellable,
                                  GError       **error);
void     strata_agent_tell       (StrataAgent   *self,
                                  GCancellable  *cancellable);
GPtrArray *strata_agent_prepare  (StrataAgent   *self,
                                  StrataProfile *profile,
                                  char         **failed,
                                  GError       **error);

JsonNode *strata_agent_describe  (StrataAgent   *self);

G_END_DECLS
