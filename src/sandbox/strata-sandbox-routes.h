/* strata-sandbox-routes.h - which function answers which method and path
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-call.h"

G_BEGIN_DECLS

/**
 * StrataSandboxAccess:
 * @STRATA_SANDBOX_OPEN: for everybody
 * @STRATA_SANDBOX_USERS: for the person
 * @STRATA_SANDBOX_DEVICES: for the person and for appliances, which may do so for themselves only
 *
 * Who may ask.
 */
typedef enum
{
  STRATA_SANDBOX_OPEN,
  STRATA_SANDBOX_USERS,
  STRATA_SANDBOX_DEVICES,
} StrataSandboxAccess;

typedef void (* StrataSandboxHandler) (StrataSandboxCall *call);

/* A `{}` in @path stands for any one segment. */
typedef struct
{
  const char           *method;
  const char           *path;
  StrataSandboxAccess   access;
  StrataSandboxHandler  handler;
} StrataSandboxRoute;

extern const StrataSandboxRoute strata_sandbox_access_routes[];
extern const StrataSandboxRoute strata_sandbox_event_routes[];
extern const StrataSandboxRoute strata_sandbox_exchange_routes[];
extern const StrataSandboxRoute strata_sandbox_host_list_routes[];
extern const StrataSandboxRoute strata_sandbox_host_routes[];
extern const StrataSandboxRoute strata_sandbox_layer_routes[];
extern const StrataSandboxRoute strata_sandbox_link_routes[];
extern const StrataSandboxRoute strata_sandbox_pack_routes[];
extern const StrataSandboxRoute strata_sandbox_profile_list_routes[];
extern const StrataSandboxRoute strata_sandbox_profile_routes[];
extern const StrataSandboxRoute strata_sandbox_registry_routes[];
extern const StrataSandboxRoute strata_sandbox_token_routes[];
extern const StrataSandboxRoute strata_sandbox_variable_routes[];

const StrataSandboxRoute *strata_sandbox_routes_find (StrataSandboxCall *call);

G_END_DECLS
