/* strata-console-import.h - brings a profile to a console that knows its registries under other uids
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console.h"
#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CONSOLE_IMPORT (strata_console_import_get_type ())

/* What will be imported, and what is open: not for several threads at once. */
G_DECLARE_FINAL_TYPE (StrataConsoleImport, strata_console_import, STRATA, CONSOLE_IMPORT, GObject)

StrataConsoleImport *strata_console_validate_import      (StrataConsole        *self,
                                                          StrataProfile        *profile,
                                                          GCancellable         *cancellable,
                                                          GError              **error);
char                *strata_console_import               (StrataConsole        *self,
                                                          StrataConsoleImport  *import,
                                                          gboolean              publish,
                                                          char                **audit,
                                                          GCancellable         *cancellable,
                                                          GError              **error);

StrataProfile       *strata_console_import_get_profile   (StrataConsoleImport  *self);
void                 strata_console_import_set_profile   (StrataConsoleImport  *self,
                                                          StrataProfile        *profile);
GPtrArray           *strata_console_import_get_matches   (StrataConsoleImport  *self,
                                                          guint                 layer);
gboolean             strata_console_import_choose        (StrataConsoleImport  *self,
                                                          guint                 layer,
                                                          const char           *registry_uid);
gboolean             strata_console_import_is_open       (StrataConsoleImport  *self,
                                                          guint                 layer);
GPtrArray           *strata_console_import_get_masked    (StrataConsoleImport  *self);

G_END_DECLS
