/* strata-sandbox-event.h - what happened with the appliances of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-db.h"

G_BEGIN_DECLS

/* One thing that happened, not written down yet. All members are owned. */
typedef struct
{
  char *severity;  /* Normal or Warning */
  char *reason;    /* a word for programs */
  char *message;   /* a sentence for people */
} StrataSandboxEvent;

StrataSandboxEvent *strata_sandbox_event_new  (const char          *severity,
                                               const char          *reason,
                                               const char          *format,
                                               ...) G_GNUC_PRINTF (3, 4);
void                strata_sandbox_event_free (StrataSandboxEvent  *self);
void                strata_sandbox_event_add  (StrataSandboxDb     *db,
                                               const char          *host,
                                               gint64               time,
                                               StrataSandboxEvent  *event);

G_END_DECLS
