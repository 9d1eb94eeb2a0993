/* strata-sandbox-rate.h - how many requests a second the sandbox console takes, as the real one does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _StrataSandboxRate StrataSandboxRate;

StrataSandboxRate *strata_sandbox_rate_new  (void);
void               strata_sandbox_rate_free (StrataSandboxRate  *self);

gboolean           strata_sandbox_rate_take (StrataSandboxRate  *self,
                                             const char         *path,
                                             gint64              now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxRate, strata_sandbox_rate_free)

G_END_DECLS
