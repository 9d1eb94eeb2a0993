/* sandbox-fixture.h - a sandbox console in the process of the test, and somebody who asks it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "contract.h"
#include "strata-json.h"
#include "strata-sandbox-catalog.h"
#include "strata-sandbox-site.h"
#include "strata-sandbox.h"

#include "../temp-folder.h"

typedef struct
{
  TempFolder            temp;
  StrataSandboxOptions  options;
  char                 *content;   /* (owned): the folder of the example */
  char                 *data_dir;  /* (owned) */
  StrataSandbox        *sandbox;   /* (owned) (nullable) */
  SoupSession          *session;   /* (owned) */
  Contract             *contract;  /* (owned) (nullable): NULL where it is not there */
  const char           *key;       /* (nullable): NULL for the right one, "" for none */
  const char           *authorization;  /* (nullable) */
  const char           *project;   /* (nullable): NULL for the tenant */
  SoupMessageHeaders   *headers;   /* (owned) (nullable): of the last answer */
  GMutex                mutex;     /* for what follows */
  GString              *faults;    /* (owned): what was said against the contract */
} Sandbox;

/* The options before it starts; NULL for none. */
typedef void (* SandboxOptionsFunc) (StrataSandboxOptions *options);

void      sandbox_set_up      (Sandbox            *self,
                               gconstpointer       data);
void      sandbox_tear_down   (Sandbox            *self,
                               gconstpointer       data);
void      sandbox_restart     (Sandbox            *self);

GBytes   *sandbox_send        (Sandbox            *self,
                               const char         *method,
                               const char         *path,
                               const char         *body,
                               guint              *status);
JsonNode *sandbox_ask         (Sandbox            *self,
                               guint               status,
                               const char         *method,
                               const char         *path,
                               const char         *body);
void      sandbox_tell        (Sandbox            *self,
                               guint               status,
                               const char         *method,
                               const char         *path,
                               const char         *body);
void      sandbox_refuse      (Sandbox            *self,
                               guint               status,
                               const char         *code,
                               const char         *method,
                               const char         *path,
                               const char         *body);
char     *sandbox_create      (Sandbox            *self,
                               const char         *query,
                               const char         *body);

JsonNode   *sandbox_find      (JsonNode           *node,
                               const char         *path);
const char *sandbox_get       (JsonNode           *node,
                               const char         *path);
gint64      sandbox_get_int   (JsonNode           *node,
                               const char         *path);
guint       sandbox_count     (JsonNode           *node,
                               const char         *path);

/* A profile of one layer with one manifest, its name and version, and what else its spec has. */
#define PROFILE(name, version, more) \
  "{\"metadata\":{\"name\":\"" name "\",\"annotations\":{\"description\":\"For a test\"},\"labels\":{\"region\":\"emea\"," \
  "\"edge\":\"spectro__tag\"}},\"spec\":{\"version\":\"" version "\",\"template\":{\"type\":\"system\",\"cloudType\":\"all\"," \
  "\"packs\":[{\"name\":\"site\",\"type\":\"manifest\",\"layer\":\"addon\",\"uid\":\"spectro-manifest-pack\"," \
  "\"values\":\"pack:\\n  spectrocloud.com/install-priority: \\\"10\\\"\",\"manifests\":[{\"name\":\"space\"," \
  "\"content\":\"apiVersion: v1\\nkind: Namespace\\nmetadata:\\n  name: shop\"}]}]}" more "}}"
