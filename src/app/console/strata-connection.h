/* strata-connection.h - what is known of one console: signed in or not, answering or not, and since when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account.h"
#include "strata-console.h"
#include "strata-profile-list.h"
#include "strata-sync.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_CONNECTION_SIGNED_OUT,
  STRATA_CONNECTION_ASKING,
  STRATA_CONNECTION_ONLINE,
  STRATA_CONNECTION_OFFLINE,
  STRATA_CONNECTION_TROUBLE,
  STRATA_CONNECTION_UNREAD,
} StrataConnectionState;

/* Properties "state", "checked" (µs since 1970 of the last answer, 0 for never), "error" (why not online, or
 * why some profiles could not be read), "console",
 * "n-waiting" (how many profiles have something to send). Main thread only. The state is that of the last call, whoever
 * it was for: who asked the console says so with strata_connection_report(). UNREAD is a list that this computer could not
 * take.
 */
#define STRATA_TYPE_CONNECTION (strata_connection_get_type ())

G_DECLARE_FINAL_TYPE (StrataConnection, strata_connection, STRATA, CONNECTION, GObject)

StrataConnection      *strata_connection_new           (const char         *data_dir,
                                                        StrataAccount      *account,
                                                        StrataStore        *store,
                                                        StrataProfileList  *profiles);
StrataAccount         *strata_connection_get_account   (StrataConnection   *self);
StrataSync            *strata_connection_get_sync      (StrataConnection   *self);
StrataConsole         *strata_connection_get_console   (StrataConnection   *self);
StrataConnectionState  strata_connection_get_state     (StrataConnection   *self);
gint64                 strata_connection_get_checked   (StrataConnection   *self);
const GError          *strata_connection_get_error     (StrataConnection   *self);
guint                  strata_connection_get_n_waiting (StrataConnection   *self);

void                   strata_connection_set_console   (StrataConnection   *self,
                                                        StrataAccount      *account,
                                                        StrataConsole      *console);
void                   strata_connection_refresh       (StrataConnection   *self);
void                   strata_connection_report        (StrataConnection   *self,
                                                        StrataConsole      *console);
gboolean               strata_connection_is_to_say     (StrataConnection   *self,
                                                        StrataConsole      *console,
                                                        const GError       *error);
void                   strata_connection_hurry         (StrataConsole      *console);

G_END_DECLS
