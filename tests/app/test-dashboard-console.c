/* test-dashboard-console.c - what a console says beside the profiles comes when it is known, and not more often
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-server.h"
#include "fleet-fixture.h"
#include "store-fixture.h"
#include "strata-dashboard-console.h"

#define BOUND_S 20

static StrataAccount *
make_account (void)
{
  g_autoptr(GError) error = NULL;
  StrataAccount *account = strata_account_new ("https://console.example", STRATA_ACCOUNT_KEY, &error);

  g_assert_no_error (error);

  return account;
}

static StrataConnection *
make_connection (StoreFixture  *fixture,
                 StrataAccount *account)
{
  g_autoptr(StrataProfileList) profiles = strata_profile_list_new (fixture->store, FALSE);

  return strata_connection_new (fixture->path, account, fixture->store, profiles);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_counts (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataAccount) account = make_account ();
  g_autoptr(StrataConnection) connection = make_connection (fixture, account);
  g_autoptr(StrataFleetWatch) watch = strata_fleet_watch_new (NULL);
  g_autoptr(StrataDashboardConsole) console = strata_dashboard_console_new (connection, watch);
  g_autoptr(StrataFleet) fleet = fleet_fixture_make (fixture->path, 20, "1.0.0");
  guint n_changes = 0;

  g_signal_connect_swapped (console, "changed", G_CALLBACK (count_cb), &n_changes);
  g_autofree char *before = strata_fleet_tally_say (strata_dashboard_console_get_tally (console), "p0");
  g_assert_cmpstr (before, ==, "");

  strata_fleet_watch_take (watch, fleet);
  g_autofree char *none = strata_fleet_tally_say (strata_dashboard_console_get_tally (console), "p9");
  g_assert_cmpstr (none, ==, "none yet");
  g_autofree char *said = strata_fleet_tally_say (strata_dashboard_console_get_tally (console), "p0");
  g_assert_cmpstr (said, ==, "6 of 10 current");
  g_assert_cmpuint (n_changes, ==, 1);
}

static void
answer (FakeServer        *server,
        SoupServerMessage *message,
        const char        *path,
        gpointer           data)
{
  fake_server_reply (message, 200, "application/json", "{\"items\":[]}");
}

static gboolean
late_cb (gpointer data)
{
  g_test_message ("nothing came within %d s", BOUND_S);
  g_assert_not_reached ();

  return G_SOURCE_REMOVE;
}

static void
wait_for (guint *n,
          guint  wanted)
{
  guint late = g_timeout_add_seconds (BOUND_S, late_cb, NULL);

  while (*n < wanted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
test_says_when (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  FakeServer *server = fake_server_new (NULL, answer, NULL);
  g_autoptr(StrataConsole) asked = strata_console_new (fake_server_get_url (server), NULL, NULL, &error);
  g_autoptr(StrataAccount) account = make_account ();
  g_autoptr(StrataConnection) connection = make_connection (fixture, account);
  g_autoptr(StrataFleetWatch) watch = strata_fleet_watch_new (NULL);
  g_autoptr(StrataDashboardConsole) console = strata_dashboard_console_new (connection, watch);
  guint n_changes = 0, n_answers = 0;

  g_assert_no_error (error);
  g_assert_true (strata_console_set_api_key (asked, "key", &error));
  g_signal_connect_swapped (console, "changed", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (connection, "notify::checked", G_CALLBACK (count_cb), &n_answers);
  g_assert_cmpint (strata_dashboard_console_get_checked (console), ==, 0);

  strata_connection_set_console (connection, account, asked);
  wait_for (&n_changes, 1);
  g_assert_cmpint (strata_dashboard_console_get_checked (console), >, 0);

  /* At most one minute begins while this goes on. */
  for (guint i = 0; i < 5; i++)
    {
      guint before = n_answers;

      strata_connection_refresh (connection);
      wait_for (&n_answers, before + 1);
    }
  g_assert_cmpuint (n_changes, <=, 2);

  fake_server_free (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/app/dashboard-console/counts", test_counts);
  store_fixture_add ("/app/dashboard-console/says-when", test_says_when);

  return g_test_run ();
}
