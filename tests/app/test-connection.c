/* test-connection.c - what is known of a console: read from a real one, never guessed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-accounts.h"
#include "strata-connection.h"
#include "strata-error.h"
#include "strata-practice.h"
#include "strata-sign-in.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)

/* A sandbox, an account at it and what is on this disk of it. */
typedef struct
{
  char              *folder;      /* (owned) */
  StrataPractice    *practice;    /* (owned) (nullable) */
  StrataAccount     *account;     /* (owned) */
  StrataStore       *store;       /* (owned) */
  StrataProfileList *profiles;    /* (owned) */
  StrataConnection  *connection;  /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("strata-connection-XXXXXX", NULL);
  g_autofree char *sandbox = g_build_filename (fixture->folder, "sandbox", NULL);
  fixture->practice = strata_practice_start (sandbox, 0, NULL, &error);
  g_assert_no_error (error);

  g_autoptr(StrataAccount) account =
    strata_account_new (strata_practice_get_address (fixture->practice), STRATA_ACCOUNT_KEY, &error);
  g_assert_no_error (error);
  g_autofree char *id = strata_account_add (fixture->folder, account, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->account = strata_accounts_find (fixture->folder, id, &error);
  g_assert_no_error (error);
  fixture->store = strata_store_open_workspace (fixture->folder, id, &error);
  g_assert_no_error (error);
  fixture->profiles = strata_profile_list_new (fixture->store, FALSE);
  fixture->connection =
    strata_connection_new (fixture->folder, fixture->account, fixture->store, fixture->profiles);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->connection);
  g_clear_object (&fixture->profiles);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->practice);
  store_fixture_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
wait_for_state (Fixture               *fixture,
                StrataConnectionState  state)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (strata_connection_get_state (fixture->connection) != state)
    {
      if (g_get_monotonic_time () > end)
        {
          const GError *error = strata_connection_get_error (fixture->connection);
          g_error ("the state is %d, not %d: %s", (int) strata_connection_get_state (fixture->connection), (int) state,
                   error != NULL ? error->message : "no error");
        }
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

/* Ends the sandbox, and waits until nobody listens there: a signal is only a wish. */
static void
end_sandbox (Fixture *fixture)
{
  g_autoptr(GUri) uri = g_uri_parse (strata_practice_get_address (fixture->practice), G_URI_FLAGS_NONE, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  g_clear_object (&fixture->practice);
  for (;;)
    {
      g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (
        client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);

      if (connection == NULL)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10000);
    }
}

static StrataConsole *
sign_in (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  StrataConsole *console = strata_account_open (
    fixture->account, strata_practice_get_api_key (fixture->practice), NULL, &error);

  g_assert_no_error (error);

  return console;
}

/* No secret is kept and none was typed: that is a state, not a failure. */
static void
test_signed_out (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_cmpint (strata_connection_get_checked (fixture->connection), ==, 0);
  strata_connection_refresh (fixture->connection);
  wait_for_state (fixture, STRATA_CONNECTION_SIGNED_OUT);
  g_assert_null (strata_connection_get_console (fixture->connection));
}

static void
test_online_offline_and_back (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(StrataConsole) console = sign_in (fixture);

  strata_connection_set_console (fixture->connection, fixture->account, console);
  wait_for_state (fixture, STRATA_CONNECTION_ONLINE);
  gint64 checked = strata_connection_get_checked (fixture->connection);
  g_assert_cmpint (checked, >, 0);
  g_assert_null (strata_connection_get_error (fixture->connection));

  g_autoptr(GUri) uri = g_uri_parse (strata_practice_get_address (fixture->practice), G_URI_FLAGS_NONE, NULL);
  guint port = (guint) g_uri_get_port (uri);
  end_sandbox (fixture);
  strata_connection_refresh (fixture->connection);
  wait_for_state (fixture, STRATA_CONNECTION_OFFLINE);
  g_assert_error (strata_connection_get_error (fixture->connection), STRATA_ERROR, STRATA_ERROR_OFFLINE);

  /* What was known stays known, and how old it is. */
  g_assert_cmpint (strata_connection_get_checked (fixture->connection), ==, checked);
  g_assert_true (strata_connection_get_console (fixture->connection) == console);

  g_autofree char *sandbox = g_build_filename (fixture->folder, "sandbox", NULL);
  fixture->practice = strata_practice_start (sandbox, port, NULL, NULL);
  g_assert_nonnull (fixture->practice);
  strata_connection_refresh (fixture->connection);
  wait_for_state (fixture, STRATA_CONNECTION_ONLINE);
}

/* What the others who ask report is what is shown. */
static void
test_reports (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) offline = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_OFFLINE, "no way");
  g_autoptr(GError) broken = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_SERVER, "broken");
  g_autoptr(GError) taken = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_CONFLICT, "taken");
  g_autoptr(GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "never mind");

  strata_connection_report (fixture->connection, offline);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_OFFLINE);
  strata_connection_report (fixture->connection, cancelled);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_OFFLINE);
  strata_connection_report (fixture->connection, broken);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_TROUBLE);

  /* Who refuses is there. */
  strata_connection_report (fixture->connection, taken);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_ONLINE);
  g_assert_cmpint (strata_connection_get_checked (fixture->connection), >, 0);
}

/* A list that was refused was not read: that somebody answers makes it no newer. */
static void
test_list_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataConsole) console = sign_in (fixture);
  g_autoptr(StrataConsole) elsewhere = strata_console_with_project (console, "64eaff453040297344bc0099");

  strata_connection_set_console (fixture->connection, fixture->account, elsewhere);
  wait_for_state (fixture, STRATA_CONNECTION_TROUBLE);
  g_assert_cmpint (strata_connection_get_checked (fixture->connection), ==, 0);
  g_assert_nonnull (strata_connection_get_error (fixture->connection));
}

/* A try says who it is, and next to what a failure is about. */
static void
test_sign_in (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  StrataSignIn *wrong = strata_sign_in_new (fixture->account, "no-such-key");
  StrataSignIn *right =
    strata_sign_in_new (fixture->account, strata_practice_get_api_key (fixture->practice));

  g_assert_null (strata_sign_in_thread (wrong, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_cmpint (strata_sign_in_get_part (error, NULL), ==, STRATA_SIGN_IN_ABOUT_SECRET);
  g_assert_null (strstr (error->message, "no-such-key"));
  g_clear_error (&error);

  StrataSignedIn *signed_in = strata_sign_in_thread (right, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *who = strata_signed_in_say_who (signed_in);
  g_assert_nonnull (strstr (who, "Sandbox"));
  strata_signed_in_unref (signed_in);

  end_sandbox (fixture);
  g_assert_null (strata_sign_in_thread (right, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_assert_cmpint (strata_sign_in_get_part (error, NULL), ==, STRATA_SIGN_IN_ABOUT_ADDRESS);

  strata_sign_in_free (wrong);
  strata_sign_in_free (right);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/app/connection/signed-out", test_signed_out);
  ADD ("/app/connection/online-offline-and-back", test_online_offline_and_back);
  ADD ("/app/connection/reports", test_reports);
  ADD ("/app/connection/list-refused", test_list_refused);
  ADD ("/app/connection/sign-in", test_sign_in);

  return g_test_run ();
}
