/* strata-sandbox-call.h - one request to the sandbox console and what it answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-sandbox-site.h"

G_BEGIN_DECLS

#define STRATA_SANDBOX_MAX_PAGE 50

/**
 * StrataSandboxRole:
 * @STRATA_SANDBOX_NOBODY: no credentials, or wrong ones
 * @STRATA_SANDBOX_USER: the person, by API key or session
 * @STRATA_SANDBOX_EDGE: an appliance, by the token that it registers with
 * @STRATA_SANDBOX_HOST: an appliance, by the token that it got when it registered
 *
 * Who asks.
 */
typedef enum
{
  STRATA_SANDBOX_NOBODY,
  STRATA_SANDBOX_USER,
  STRATA_SANDBOX_EDGE,
  STRATA_SANDBOX_HOST,
} StrataSandboxRole;

typedef struct
{
  StrataSandboxSite *site;        /* (unowned) */
  const char        *method;      /* (unowned) */
  char              *path;        /* (owned): as it was asked for */
  GHashTable        *query;       /* (owned) (nullable) */
  GBytes            *request;     /* (owned) */
  StrataSandboxRole  role;
  char              *project;     /* (owned): "" for the tenant */
  char              *host;        /* (owned) (nullable): which appliance, for STRATA_SANDBOX_HOST */
  char             **captures;    /* (owned) (nullable): what stood for each {…} of the path */
  JsonNode          *body;        /* (owned) (nullable): @request once it was read */

  guint              status;      /* 0 until there is an answer */
  const char        *type;        /* (unowned): of @reply */
  GBytes            *reply;       /* (owned) (nullable) */
  char              *file_name;   /* (owned) (nullable): for Content-Disposition */
  char              *allow;       /* (owned) (nullable): methods, for 405 */
  char              *digest;      /* (owned) (nullable): for Docker-Content-Digest */
} StrataSandboxCall;

void        strata_sandbox_call_free       (StrataSandboxCall  *self);

const char *strata_sandbox_call_get_query  (StrataSandboxCall  *self,
                                            const char         *name);
JsonObject *strata_sandbox_call_get_body   (StrataSandboxCall  *self);
gboolean    strata_sandbox_call_get_limit  (StrataSandboxCall  *self,
                                            gint64             *limit);

void        strata_sandbox_call_fail       (StrataSandboxCall  *self,
                                            guint               status,
                                            const char         *code,
                                            const char         *format,
                                            ...) G_GNUC_PRINTF (4, 5);
void        strata_sandbox_call_answer     (StrataSandboxCall  *self,
                                            JsonObject         *reply);
void        strata_sandbox_call_answer_list (StrataSandboxCall *self,
                                            const char         *member,
                                            JsonArray          *list);
void        strata_sandbox_call_answer_bytes (StrataSandboxCall *self,
                                            const char         *type,
                                            GBytes             *bytes);
void        strata_sandbox_call_created    (StrataSandboxCall  *self,
                                            const char         *uid);
void        strata_sandbox_call_done       (StrataSandboxCall  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxCall, strata_sandbox_call_free)

G_END_DECLS
