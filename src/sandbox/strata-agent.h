/* strata-agent.h - the small program on an edge appliance that keeps its node like its profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How an appliance is started. All borrowed during strata_agent_new(), and nullable unless it says otherwise. */
typedef struct
{
  const char        *state;     /* (not nullable): the folder of the appliance */
  const char        *archive;   /* the profile to boot from; not needed once it has booted */
  const char        *console;   /* its address; without it nothing is connected to */
  const char        *ca_file;   /* who signed the console's certificate */
  const char        *token;     /* to register with; not needed once it has registered */
  const char        *uid;       /* what the appliance is called; made up when it is new */
  const char *const *labels;    /* of the appliance, `key=value` */
  const char        *settings;  /* a file of strata_macros_read_settings() */
  guint              interval_ms;
} StrataAgentOptions;

/**
 * StrataAgentEvent:
 * @name: one word for programs
 * @layer: (nullable): the layer it is about
 * @condition: (nullable): what state that is in
 * @message: a sentence for people
 *
 * Something that happened.
 */
typedef struct
{
  const char *name;
  const char *layer;
  const char *condition;
  const char *message;
} StrataAgentEvent;

typedef void (* StrataAgentObserver) (const StrataAgentEvent *event,
                                      gpointer                data);

#define STRATA_TYPE_AGENT (strata_agent_get_type ())

G_DECLARE_FINAL_TYPE (StrataAgent, strata_agent, STRATA, AGENT, GObject)

StrataAgent *strata_agent_new          (const StrataAgentOptions  *options,
                                        GCancellable              *cancellable,
                                        GError                   **error);
void         strata_agent_set_observer (StrataAgent               *self,
                                        StrataAgentObserver        observer,
                                        gpointer                   data);
const char  *strata_agent_get_uid      (StrataAgent               *self);
gboolean     strata_agent_has_profile  (StrataAgent               *self);
gboolean     strata_agent_is_well      (StrataAgent               *self);

gboolean     strata_agent_boot         (StrataAgent               *self,
                                        GCancellable              *cancellable,
                                        GError                   **error);
gboolean     strata_agent_poll         (StrataAgent               *self,
                                        GCancellable              *cancellable,
                                        GError                   **error);
void         strata_agent_run          (StrataAgent               *self,
                                        GCancellable              *cancellable);

G_END_DECLS
