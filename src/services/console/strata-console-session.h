/* strata-console-session.h - who is signed in at a console, and for how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "strata-credentials.h"

G_BEGIN_DECLS

/* Signs in again: asks the console for a new token. Called without a lock. */
typedef StrataCredentials *(* StrataConsoleRenew) (gpointer       data,
                                                   const char    *email,
                                                   const char    *password,
                                                   const char    *org,
                                                   GCancellable  *cancellable,
                                                   GError       **error);

/* Shared by all that ask one console for one account; any thread. What is secret stays in memory and is wiped after. */
typedef struct _StrataConsoleSession StrataConsoleSession;

StrataConsoleSession *strata_console_session_new          (void);
StrataConsoleSession *strata_console_session_ref          (StrataConsoleSession  *self);
void                  strata_console_session_unref        (StrataConsoleSession  *self);

void                  strata_console_session_set_key      (StrataConsoleSession  *self,
                                                           StrataCredentials     *key);
void                  strata_console_session_set_password (StrataConsoleSession  *self,
                                                           const char            *email,
                                                           const char            *password,
                                                           const char            *org,
                                                           StrataCredentials     *token);
void                  strata_console_session_clear        (StrataConsoleSession  *self);
GCancellable         *strata_console_session_dup_leaving  (StrataConsoleSession  *self);
void                  strata_console_session_set_lifetime (StrataConsoleSession  *self,
                                                           gint64                 lifetime);

gboolean              strata_console_session_can_renew    (StrataConsoleSession  *self);
StrataCredentials    *strata_console_session_get          (StrataConsoleSession  *self,
                                                           StrataCredentials     *refused,
                                                           StrataConsoleRenew     renew,
                                                           gpointer               renew_data,
                                                           GCancellable          *cancellable,
                                                           GError               **error);
char                 *strata_console_session_redact       (StrataConsoleSession  *self,
                                                           const char            *text);
void                  strata_console_session_note_sent    (StrataConsoleSession  *self,
                                                           JsonNode              *body);
char                 *strata_console_session_redact_sent  (StrataConsoleSession  *self,
                                                           const char            *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleSession, strata_console_session_unref)

G_END_DECLS
