/* strata-sandbox-session.h - the tokens of people who signed in by password
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_SANDBOX_SESSION_S (15 * 60)

char     *strata_sandbox_session_make  (const char  *secret,
                                        const char  *session,
                                        gint64       now);
gboolean  strata_sandbox_session_check (const char  *secret,
                                        const char  *token,
                                        gint64       now,
                                        char       **session);

G_END_DECLS
