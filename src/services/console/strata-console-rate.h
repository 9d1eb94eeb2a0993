/* strata-console-rate.h - asks a console no faster than it wants to be asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One for each console; any thread. */
typedef struct _StrataConsoleRate StrataConsoleRate;

StrataConsoleRate *strata_console_rate_get   (const char         *address);
StrataConsoleRate *strata_console_rate_ref   (StrataConsoleRate  *self);
void               strata_console_rate_unref (StrataConsoleRate  *self);

gint64             strata_console_rate_take  (StrataConsoleRate  *self,
                                              const char         *path,
                                              gint64              now);
gboolean           strata_console_rate_wait  (StrataConsoleRate  *self,
                                              const char         *path,
                                              GCancellable       *cancellable,
                                              GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleRate, strata_console_rate_unref)

G_END_DECLS
