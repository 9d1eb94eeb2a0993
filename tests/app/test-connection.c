/* test-connection.c - what is known of a console: read from a real one, never guessed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-fixture.h"
#include "practice-end.h"
#include "store-fixture.h"
#include "strata-accounts.h"
#include "strata-connection.h"
#include "strata-listed.h"
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
  practice_end (&fixture->practice);
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

/* A console that says what it is told to, as the one that the connection is of. */
static ConsoleFixture *
sign_in_at_other (Fixture            *fixture,
                  const ConsoleRoute *routes)
{
  ConsoleFixture *other = console_fixture_new (routes);

  strata_connection_set_console (fixture->connection, fixture->account, other->console);
  wait_for_state (fixture, STRATA_CONNECTION_ONLINE);

  return other;
}

static void
ask (StrataConsole *console,
     const char    *path)
{
  StrataConsoleCall call = { .path = path };
  g_autoptr(JsonNode) node = strata_console_call (console, &call, NULL, NULL);
}

#define EMPTY_LIST { "POST /v1/dashboard/clusterprofiles", 200, "{\"items\":[],\"listmeta\":{}}" }

/* What the last call found is what is shown, whoever it was for. */
static void
test_reports (Fixture       *fixture,
              gconstpointer  data)
{
  static const ConsoleRoute routes[] = {
    EMPTY_LIST,
    { "GET /v1/good", 200, "{}" },
    { "GET /v1/taken", 409, "{\"code\":\"X\"}" },
    { "GET /v1/locked", 423, "{\"code\":\"X\"}" },
    { "GET /v1/key", 401, "{\"code\":\"X\"}" },
    { "GET /v1/broken", 500, "{\"code\":\"X\"}" },
    { "GET /v1/page", 200, "<html>" },
    { NULL },
  };
  static const struct
  {
    const char           *path;
    StrataConnectionState state;
  } calls[] = {
    { "/v1/broken", STRATA_CONNECTION_TROUBLE },
    { "/v1/taken", STRATA_CONNECTION_ONLINE },  /* who refuses is there */
    { "/v1/page", STRATA_CONNECTION_TROUBLE },
    { "/v1/locked", STRATA_CONNECTION_ONLINE },
    { "/v1/key", STRATA_CONNECTION_SIGNED_OUT },
    { "/v1/good", STRATA_CONNECTION_ONLINE },
  };
  g_autoptr(ConsoleFixture) other = sign_in_at_other (fixture, routes);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      ask (other->console, calls[i].path);
      strata_connection_report (fixture->connection, other->console);
      g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, calls[i].state);
      g_assert_true ((strata_connection_get_error (fixture->connection) == NULL) ==
                     (calls[i].state == STRATA_CONNECTION_ONLINE));
    }

  gint64 checked = strata_connection_get_checked (fixture->connection);
  StrataConsole *console = other->console;

  g_assert_cmpint (checked, >, 0);
  g_clear_pointer (&other->web, web_stop);
  ask (console, "/v1/good");
  strata_connection_report (fixture->connection, console);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_OFFLINE);
  g_assert_cmpint (strata_connection_get_checked (fixture->connection), ==, checked);
}

/* What went wrong here, or was stopped, is no news of the console. */
static void
test_no_news (Fixture       *fixture,
              gconstpointer  data)
{
  static const ConsoleRoute routes[] = { EMPTY_LIST, { "GET /v1/broken", 500, "{}" }, { NULL } };
  g_autoptr(ConsoleFixture) other = sign_in_at_other (fixture, routes);
  g_autoptr(StrataSync) sync = strata_sync_new (fixture->store);
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/broken" };

  ask (other->console, "/v1/broken");
  strata_connection_report (fixture->connection, other->console);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_TROUBLE);

  g_assert_null (strata_sync_push (sync, other->console, "no-such-profile", STRATA_SYNC_PUSH_NONE, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  strata_connection_report (fixture->connection, other->console);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_TROUBLE);

  g_cancellable_cancel (cancelled);
  g_assert_null (strata_console_call (other->console, &call, cancelled, NULL));
  strata_connection_report (fixture->connection, other->console);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_TROUBLE);
}

/* What was under way when somebody signed out says nothing any more, and the key is forgotten. */
static void
test_sign_out (Fixture       *fixture,
               gconstpointer  data)
{
  static const ConsoleRoute routes[] = { EMPTY_LIST, { "GET /v1/good", 200, "{}" }, { NULL } };
  g_autoptr(ConsoleFixture) other = sign_in_at_other (fixture, routes);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "never mind");
  StrataConsoleCall call = { .path = "/v1/good" };

  ask (other->console, "/v1/good");
  strata_connection_set_console (fixture->connection, fixture->account, NULL);
  strata_connection_report (fixture->connection, other->console);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_SIGNED_OUT);
  g_assert_null (strata_console_call (other->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);

  /* That is what they wanted. */
  g_assert_false (strata_connection_is_to_say (fixture->connection, other->console, error));
  g_assert_false (strata_connection_is_to_say (fixture->connection, other->console, cancelled));
  g_assert_false (strata_connection_is_to_say (fixture->connection, other->console, NULL));

  /* Nobody is signed in again by a look, though the keyring may still have the key. */
  strata_connection_refresh (fixture->connection);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_SIGNED_OUT);

  g_autoptr(StrataConsole) again = sign_in (fixture);
  strata_connection_set_console (fixture->connection, fixture->account, again);
  wait_for_state (fixture, STRATA_CONNECTION_ONLINE);
  g_assert_true (strata_connection_is_to_say (fixture->connection, again, error));
  strata_connection_report (fixture->connection, other->console);
  g_assert_cmpint (strata_connection_get_state (fixture->connection), ==, STRATA_CONNECTION_ONLINE);
}

/* A list that this disk does not take is no trouble of the console. */
static void
test_list_not_taken (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataConsole) console = sign_in (fixture);
  g_autofree char *path =
    g_build_filename (strata_store_get_workspace_path (fixture->store), STRATA_LISTED_FILE, "in-the-way", NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  strata_connection_set_console (fixture->connection, fixture->account, console);
  wait_for_state (fixture, STRATA_CONNECTION_UNREAD);
  g_assert_nonnull (strata_connection_get_error (fixture->connection));
}

/* How old the list is that is on this computer is known without the console. */
static void
test_recalls (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataConsole) console = sign_in (fixture);
  g_autoptr(StrataSync) sync = strata_sync_new (fixture->store);
  g_autoptr(GError) error = NULL;
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  strata_sync_refresh (sync, console, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  g_autoptr(StrataConnection) next =
    strata_connection_new (fixture->folder, fixture->account, fixture->store, fixture->profiles);

  while (strata_connection_get_checked (next) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  g_assert_cmpint (strata_connection_get_checked (next), ==, strata_sync_get_checked (sync));
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

  practice_end (&fixture->practice);
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
  ADD ("/app/connection/no-news", test_no_news);
  ADD ("/app/connection/sign-out", test_sign_out);
  ADD ("/app/connection/list-refused", test_list_refused);
  ADD ("/app/connection/list-not-taken", test_list_not_taken);
  ADD ("/app/connection/recalls", test_recalls);
  ADD ("/app/connection/sign-in", test_sign_in);

  return g_test_run ();
}
