/* agent-fixture.h - an appliance in the process of a test, and the console it talks with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sys/types.h>

#include "../temp-folder.h"
#include "edge-fixture.h"
#include "strata-agent.h"

typedef struct
{
  TempFolder     folder;
  EdgeFixture   *console;  /* (owned) */
  StrataProfile *profile;  /* (owned): of three layers, published once */
  char          *archive;  /* (owned): of it */
  char          *state;    /* (owned) */
  GString       *events;   /* (owned): "name layer condition: message", one a line */
  StrataAgent   *agent;    /* (owned) (nullable) */
} AgentFixture;

void     agent_fixture_set_up         (AgentFixture   *fixture,
                                       gconstpointer   data);
void     agent_fixture_tear_down      (AgentFixture   *fixture,
                                       gconstpointer   data);
gboolean agent_fixture_try_start      (AgentFixture   *fixture,
                                       const char     *console,
                                       const char     *archive,
                                       GError        **error);
void     agent_fixture_start          (AgentFixture   *fixture);
void     agent_fixture_poll           (AgentFixture   *fixture);
char    *agent_fixture_read_layer     (AgentFixture   *fixture,
                                       guint           number);
void     agent_fixture_assert_layer   (AgentFixture   *fixture,
                                       guint           number,
                                       const char     *part);
void     agent_fixture_assert_history (AgentFixture   *fixture,
                                       const char     *layer,
                                       const char     *expected);
void     agent_fixture_assert_health  (AgentFixture   *fixture,
                                       const char     *start_of_it);
ino_t    agent_fixture_get_inode      (AgentFixture   *fixture,
                                       guint           number);
