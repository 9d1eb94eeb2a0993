/* strata-console.h - one console, seen by one account from one project: the client of its REST API
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-http.h"

G_BEGIN_DECLS

/**
 * StrataConsoleCall:
 * @method: (nullable): %NULL for `GET`
 * @path: below the address, from its slash: `/v1/users/info`; what was put into it is escaped
 * @query: (nullable) (array zero-terminated=1): names and values in turn, not escaped; a pair whose value is "" is left
 *   out
 * @body: (nullable): what to send
 * @is_tenant: not said to the project: without the `ProjectUid` header
 * @is_idempotent: asked twice it does no more than asked once, so that it may be repeated when the answer is lost; this
 *   is so for `GET`, `PUT` and `DELETE` without saying
 * @max_size: the most bytes of the answer; 0 for %STRATA_HTTP_MAX_SIZE
 * @status: (out) (optional): the status of the answer, also of a refusal; 0 when there was none
 * @audit: (out) (optional) (nullable): the id that the console gave the change in its audit log. What was there is freed
 *
 * What to ask, filled by the names of its members: all that is not named is off.
 */
typedef struct
{
  const char         *method;
  const char         *path;
  const char *const  *query;
  JsonNode           *body;
  gboolean            is_tenant;
  gboolean            is_idempotent;
  guint64             max_size;
  guint              *status;
  char              **audit;
} StrataConsoleCall;

/**
 * StrataConsoleUser:
 * @org: the name of the organisation, "" when the console does not say
 * @tenant_uid: its uid
 * @user_uid: the uid of who is signed in
 * @email: (nullable): of who is signed in, when that may be read
 *
 * Who is signed in. All texts are owned.
 */
typedef struct
{
  char *org;
  char *tenant_uid;
  char *user_uid;
  char *email;
} StrataConsoleUser;

void strata_console_user_clear (StrataConsoleUser *user);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataConsoleUser, strata_console_user_clear)

/**
 * StrataConsoleProject:
 *
 * A project to choose. (all fields owned, not nullable)
 */
typedef struct
{
  char *uid;
  char *name;
} StrataConsoleProject;

void strata_console_project_free (StrataConsoleProject *project);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleProject, strata_console_project_free)

#define STRATA_TYPE_CONSOLE (strata_console_get_type ())

G_DECLARE_FINAL_TYPE (StrataConsole, strata_console, STRATA, CONSOLE, GObject)

StrataConsole *strata_console_new              (const char               *address,
                                                const char               *project_uid,
                                                const char               *ca_file,
                                                GError                  **error);
StrataConsole *strata_console_with_project     (StrataConsole            *self,
                                                const char               *project_uid);

const char    *strata_console_get_address      (StrataConsole            *self);
const char    *strata_console_get_project      (StrataConsole            *self);
void           strata_console_set_project_name (StrataConsole            *self,
                                                const char               *name);
void           strata_console_set_patience     (StrataConsole            *self,
                                                guint                     stall_s,
                                                guint                     first_pause_ms);

gboolean       strata_console_set_api_key      (StrataConsole            *self,
                                                const char               *key,
                                                GError                  **error);
gboolean       strata_console_sign_in          (StrataConsole            *self,
                                                const char               *email,
                                                const char               *password,
                                                const char               *org,
                                                GCancellable             *cancellable,
                                                GError                  **error);
void           strata_console_sign_out         (StrataConsole            *self);

gint64         strata_console_get_heard        (StrataConsole            *self,
                                                guint                    *n_calls,
                                                GError                  **error);

JsonNode      *strata_console_call             (StrataConsole            *self,
                                                const StrataConsoleCall  *call,
                                                GCancellable             *cancellable,
                                                GError                  **error);

gboolean       strata_console_who              (StrataConsole            *self,
                                                StrataConsoleUser        *user,
                                                GCancellable             *cancellable,
                                                GError                  **error);
GPtrArray     *strata_console_list_projects    (StrataConsole            *self,
                                                GCancellable             *cancellable,
                                                GError                  **error);

G_END_DECLS
