/* strata-console-making.h - makes something at a console once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console-profiles.h"
#include "strata-profile.h"

G_BEGIN_DECLS

/* What to make, and how to know it again when the answer was lost. (all unowned) */
typedef struct
{
  const StrataConsoleCall *call;
  StrataProfile           *profile;  /* (nullable) what it is */
  const char              *source;   /* (nullable) or the uid of what it is a copy of */
  const char              *name;
  const char              *version;
  gboolean                 publish;  /* the call publishes it too */
} StrataConsoleMaking;

StrataConsoleProfile *strata_console_read_profile (StrataConsole        *self,
                                            const char                 *uid,
                                            JsonNode                  **reply,
                                            GCancellable               *cancellable,
                                            GError                    **error);
char          *strata_console_make         (StrataConsole              *self,
                                            const StrataConsoleMaking  *making,
                                            GCancellable               *cancellable,
                                            GError                    **error);
StrataProfile *strata_console_place_layers (StrataConsole              *self,
                                            StrataProfile              *profile,
                                            StrataProfile              *current,
                                            GCancellable               *cancellable,
                                            GError                    **error);

G_END_DECLS
