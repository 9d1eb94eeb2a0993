/* bench-console.c - how long the list of a console takes, and one profile of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-console FOLDER N     list N profiles of a sandbox console that is kept in FOLDER
 *
 * The console does not hold anybody back: a real one lets ten pages of a list through in a second. Prints one line of
 * JSON: milliseconds until the list is there and how many of them the client worked, requests, and the milliseconds of
 * one profile.
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "strata-console-profiles.h"
#include "strata-sandbox.h"

static gint n_requests;  /* (atomic) */

static void
check (GError *error)
{
  if (error == NULL)
    return;

  fprintf (stderr, "bench-console: %s\n", error->message);
  exit (1);
}

static double
get_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
count (const char *method,
       const char *path,
       const char *query,
       GBytes     *request,
       guint       status,
       GBytes     *reply,
       gpointer    data)
{
  g_atomic_int_inc (&n_requests);
}

static StrataConsole *
sign_in (StrataSandbox *sandbox)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConsole) tenant =
    strata_console_new (strata_sandbox_get_address (sandbox), NULL, NULL, &error);

  check (error);
  strata_console_set_api_key (tenant, strata_sandbox_get_api_key (sandbox), &error);
  check (error);

  g_autoptr(GPtrArray) projects = strata_console_list_projects (tenant, NULL, &error);

  check (error);

  return strata_console_with_project (tenant, ((StrataConsoleProject *) projects->pdata[0])->uid);
}

static void
measure (StrataConsole *console)
{
  g_autoptr(GError) error = NULL;
  double start = get_clock (CLOCK_MONOTONIC);
  double start_cpu = get_clock (CLOCK_THREAD_CPUTIME_ID);
  int before = g_atomic_int_get (&n_requests);
  g_autoptr(GPtrArray) entries =
    strata_console_list_profiles (console, NULL, NULL, NULL, NULL, &error);

  check (error);

  double list = get_clock (CLOCK_MONOTONIC) - start;
  double list_cpu = get_clock (CLOCK_THREAD_CPUTIME_ID) - start_cpu;
  int asked = g_atomic_int_get (&n_requests) - before;

  start = get_clock (CLOCK_MONOTONIC);

  StrataConsoleEntry *first = entries->pdata[0];
  g_autoptr(StrataConsoleProfile) profile =
    strata_console_get_profile (console, first->uid, NULL, &error);

  check (error);
  printf ("{\"n\": %u, \"list_ms\": %.1f, \"client_ms\": %.1f, \"requests\": %d, \"get_ms\": %.1f}\n", entries->len,
          list, list_cpu, asked, get_clock (CLOCK_MONOTONIC) - start);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  if (argc != 3)
    {
      fprintf (stderr, "usage: bench-console FOLDER N\n");
      return 2;
    }

  StrataSandboxOptions options = {
    .data_dir = argv[1],
    .seed = STRATA_SANDBOX_SEED_DEMO,
    .n_profiles = (guint) atoi (argv[2]),
    .no_rate_limit = TRUE,
  };
  g_autoptr(StrataSandbox) sandbox = strata_sandbox_new (&options, &error);

  check (error);
  strata_sandbox_set_observer (sandbox, count, NULL, NULL);
  strata_sandbox_start (sandbox, &error);
  check (error);

  g_autoptr(StrataConsole) console = sign_in (sandbox);

  measure (console);
  strata_sandbox_stop (sandbox);

  return 0;
}
