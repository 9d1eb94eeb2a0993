/* strata-console-private.h - what the files of the console's client share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console-rate.h"
#include "strata-console-session.h"
#include "strata-console.h"

G_BEGIN_DECLS

/* All but the name of the project and what is below the lock is made by the constructor and not changed after. */
struct _StrataConsole
{
  GObject               parent_instance;
  StrataHttp           *http;          /* (owned) shared by those of other projects */
  StrataConsoleSession *session;       /* (owned) the same */
  StrataConsoleRate    *rate;          /* (owned) the same, and those of other accounts of the console */
  char                 *address;       /* (owned) */
  char                 *host;          /* (owned) for messages */
  char                 *project;       /* (owned) (nullable) uid; the tenant without */
  char                 *project_name;  /* (owned) (nullable) for messages */

  GMutex                mutex;         /* for all below */
  GPtrArray            *registries;    /* (owned) (nullable) (element-type StrataConsoleRegistry) */
  gint64                registries_end;  /* monotonic: until when they are good enough */
  gint64                heard;         /* µs since 1970: when it last answered; 0 for never */
  GError               *trouble;       /* (owned) (nullable) why it did not, the last time */
  guint                 n_calls;
};

/* Takes one item of a list. Returns whether it was not there before. */
typedef gboolean (* StrataConsoleTake) (JsonObject *item,
                                        gpointer    data);

/* Called in the thread that asks: how many are there, and how many the console thinks it will be. */
typedef void (* StrataConsoleTell)     (guint       done,
                                        guint       total,
                                        gpointer    data);

/* A list that comes in pages of 50. */
typedef struct
{
  const char        *path;       /* (unowned) */
  JsonNode          *body;       /* (unowned) what is looked for */
  StrataConsoleTake  take;
  gpointer           take_data;
  StrataConsoleTell  tell;       /* (nullable) */
  gpointer           tell_data;
  guint              most;       /* how many are wanted; 0 for all */
} StrataConsolePages;

/* A call and what is special about its answer. */
StrataHttpReply *strata_console_send          (StrataConsole           *self,
                                               const StrataConsoleCall *call,
                                               const StrataHttpRequest *special,
                                               GCancellable            *cancellable,
                                               GError                 **error);
JsonObject      *strata_console_call_object   (StrataConsole           *self,
                                               const StrataConsoleCall *call,
                                               JsonNode               **owner,
                                               GCancellable            *cancellable,
                                               GError                 **error);
char            *strata_console_call_uid      (StrataConsole           *self,
                                               const StrataConsoleCall *call,
                                               GCancellable            *cancellable,
                                               GError                 **error);
gboolean         strata_console_call_done     (StrataConsole           *self,
                                               const StrataConsoleCall *call,
                                               GCancellable            *cancellable,
                                               GError                 **error);
char            *strata_console_build_path    (const char              *format,
                                               ...) G_GNUC_PRINTF (1, 2);

StrataCredentials *strata_console_authenticate (StrataConsole          *self,
                                               const char              *email,
                                               const char              *password,
                                               const char              *org,
                                               GCancellable            *cancellable,
                                               GError                 **error);
GPtrArray       *strata_console_get_registries (StrataConsole          *self,
                                               gboolean                *is_old,
                                               GCancellable            *cancellable,
                                               GError                 **error);
GPtrArray       *strata_console_try_registries (StrataConsole          *self,
                                               gboolean                *is_old,
                                               GCancellable            *cancellable,
                                               GError                 **error);
JsonNode        *strata_console_wrap          (JsonObject              *object);
GPtrArray       *strata_console_list_items    (StrataConsole           *self,
                                               const StrataConsoleCall *call,
                                               const char              *member,
                                               JsonNode               **owner,
                                               GCancellable            *cancellable,
                                               GError                 **error);
gboolean         strata_console_read_pages    (StrataConsole           *self,
                                               const StrataConsolePages *pages,
                                               GCancellable            *cancellable,
                                               GError                 **error);
gint64           strata_console_read_time     (JsonObject              *object,
                                               const char              *member);
gint64           strata_console_read_int      (JsonObject              *object,
                                               const char              *member);

char            *strata_console_dup_scope     (StrataConsole           *self,
                                               gboolean                 is_tenant);
void             strata_console_note_call     (StrataConsole           *self,
                                               const GError            *reason);
void             strata_console_set_status    (StrataConsole           *self,
                                               gboolean                 is_tenant,
                                               StrataHttpReply         *reply,
                                               const char              *secret,
                                               GError                 **error);
void             strata_console_take_error    (StrataConsole           *self,
                                               gboolean                 is_tenant,
                                               GError                  *reason,
                                               GError                 **error);
void             strata_console_set_bad_reply (StrataConsole           *self,
                                               const char              *path,
                                               GError                 **error);

G_END_DECLS
