/* appliance-runner.c - an appliance that can be ended, or failed, at each call that changes the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * appliance-runner STATE ARCHIVE boot, or STATE CONSOLE poll of one that has booted. The shim counts from where that
 * begins. Prints "done" or "failed", how many calls that was, and why.
 */

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "edge-fixture.h"
#include "strata-agent.h"

typedef void (* Arm) (int on);
typedef const char *(* GetCalls) (void);

static gboolean
act (StrataAgent *agent,
     const char  *action,
     Arm          arm,
     GError     **error)
{
  gboolean boots = g_str_equal (action, "boot");

  if (boots)
    arm (1);

  if (!strata_agent_boot (agent, NULL, error))
    return FALSE;

  if (boots)
    return TRUE;

  arm (1);

  return strata_agent_poll (agent, NULL, error) && strata_agent_is_well (agent);
}

int
main (int   argc,
      char *argv[])
{
  Arm arm = (Arm) dlsym (RTLD_DEFAULT, "kill_shim_arm");
  GetCalls get_calls = (GetCalls) dlsym (RTLD_DEFAULT, "kill_shim_get_calls");
  g_autoptr(GError) error = NULL;

  g_assert_true (argc == 4 && arm != NULL && get_calls != NULL);

  gboolean boots = g_str_equal (argv[3], "boot");
  StrataAgentOptions options = {
    .state = argv[1],
    .archive = boots ? argv[2] : NULL,
    .console = boots ? NULL : argv[2],
    .token = boots ? NULL : EDGE_TOKEN,
    .uid = "edge-1",
    .interval_ms = 1,
  };
  g_autoptr(StrataAgent) agent = strata_agent_new (&options, NULL, &error);

  g_assert_no_error (error);

  gboolean done = act (agent, argv[3], arm, &error);

  arm (0);
  printf ("%s %" G_GSIZE_FORMAT " %s\n", done ? "done" : "failed", strlen (get_calls ()),
          error != NULL ? error->message : "");

  return 0;
}
