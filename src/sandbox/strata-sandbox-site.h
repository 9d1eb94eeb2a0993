/* strata-sandbox-site.h - what every request of a sandbox console works on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-catalog.h"
#include "strata-sandbox-db.h"

G_BEGIN_DECLS

#define STRATA_SANDBOX_ORG "Sandbox"
#define STRATA_SANDBOX_EMAIL "admin@sandbox.example"
#define STRATA_SANDBOX_PROJECT "Default"
#define STRATA_SANDBOX_PROJECT_UID "5a0db0c0de00000000000001"
#define STRATA_SANDBOX_LAB_UID "5a0db0c0de00000000000002"
#define STRATA_SANDBOX_TENANT_UID "5a0db0c0de00000000000010"
#define STRATA_SANDBOX_USER_UID "5a0db0c0de00000000000011"
#define STRATA_SANDBOX_VERSION "4.8.0"

/* All members but the address are set before the first request; one thread. */
typedef struct
{
  StrataSandboxDb      *db;       /* (owned) */
  StrataSandboxCatalog *catalog;  /* (owned) */
  char            *address;     /* (owned) (nullable): "http://127.0.0.1:PORT" while it serves */
  char            *api_key;     /* (owned) */
  char            *edge_token;  /* (owned) */
  char            *secret;      /* (owned): what sessions are signed with */
} StrataSandboxSite;

StrataSandboxSite *strata_sandbox_site_open  (const char         *data_dir,
                                              const char         *content_dir,
                                              GError            **error);
void               strata_sandbox_site_close (StrataSandboxSite  *self);

void               strata_sandbox_set_text   (char              **text,
                                              const char         *value);
char              *strata_sandbox_make_uid   (void);
char              *strata_sandbox_make_key   (void);
gint64             strata_sandbox_now        (void);
char              *strata_sandbox_format_time (gint64             time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxSite, strata_sandbox_site_close)

G_END_DECLS
