/* strata-editor-loader.h - what an editor needs to open a profile, read in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-job.h"
#include "strata-store.h"

G_BEGIN_DECLS

/* One profile as the disk has it. (all fields owned) */
typedef struct
{
  StrataProfile *profile;
  char          *head;       /* the revision that is */
  gint64         saved_at;
  StrataProfile *base;       /* the last revision that did not save itself, or @profile */
  gint64         base_time;
} StrataLoaded;

void strata_editor_loader_run  (StrataJob    *job,
                                StrataStore  *store,
                                const char   *id);

G_END_DECLS
