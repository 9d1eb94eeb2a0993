/* strata-history-list.h - the revisions of a profile, listed in a worker and put into words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-job.h"
#include "strata-store.h"

G_BEGIN_DECLS

void  strata_history_list_run             (StrataJob             *job,
                                           StrataStore           *store,
                                           const char            *id);
void  strata_history_list_run_link        (StrataJob             *job,
                                           StrataStore           *store,
                                           const char            *id);
char *strata_history_list_describe        (const StrataRevision  *revision);
char *strata_history_list_describe_time   (const StrataRevision  *revision);
char *strata_history_list_describe_reason (const StrataRevision  *revision);

G_END_DECLS
