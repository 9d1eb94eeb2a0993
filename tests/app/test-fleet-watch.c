/* test-fleet-watch.c - a console is asked seldom, only while somebody looks, and its last answer is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-server.h"
#include "fleet-fixture.h"
#include "strata-error.h"
#include "strata-fleet-watch.h"

#define SEARCH "POST /v1/dashboard/edgehosts/search"
#define BOUND_S 20

typedef struct
{
  TempFolder        folder;
  FakeServer       *server;   /* (owned) */
  StrataConsole    *console;  /* (owned) */
  StrataFleetWatch *watch;    /* (owned) */
  gint              broken;   /* (atomic): a status for everything */
  guint             n_answers;
  GError           *error;    /* (owned) (nullable): of the last answer */
} Fixture;

static const char appliance[] =
  "{\"metadata\":{\"uid\":\"edge-1\",\"name\":\"till\",\"lastModifiedTimestamp\":\"2026-09-01T10:00:00Z\"},"
  "\"spec\":{\"clusterProfileTemplates\":[{\"uid\":\"p0\",\"name\":\"retail\",\"version\":\"1\",\"packs\":[{\"name\":"
  "\"shop\"}]}]},\"status\":{\"state\":\"ready\"}}";

static void
answer (FakeServer        *server,
        SoupServerMessage *message,
        const char        *path,
        gpointer           data)
{
  Fixture *fixture = data;
  guint broken = (guint) g_atomic_int_get (&fixture->broken);
  g_autofree char *list =
    g_strdup_printf ("{\"items\":[%s],\"listmeta\":{\"continue\":\"\",\"count\":1}}", appliance);

  if (broken != 0)
    fake_server_reply (message, broken, "application/json", "{\"code\":\"X\",\"message\":\"no\"}");
  else if (g_str_equal (path, "/v1/dashboard/edgehosts/search"))
    fake_server_reply (message, 200, "application/json", list);
  else if (g_str_has_prefix (path, "/v1/edgehosts/"))
    fake_server_reply (message, 200, "application/json", appliance);
  else
    fake_server_reply (message, 200, "application/json", "{\"items\":[]}");
}

static void
answered_cb (Fixture      *fixture,
             const GError *error)
{
  fixture->n_answers++;
  g_clear_error (&fixture->error);
  fixture->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  temp_folder_set_up (&fixture->folder, data);
  fixture->server = fake_server_new (NULL, answer, fixture);
  fixture->console = strata_console_new (fake_server_get_url (fixture->server), NULL, NULL, &error);
  g_assert_no_error (error);
  strata_console_set_patience (fixture->console, 60, 1);
  g_assert_true (strata_console_set_api_key (fixture->console, "key", &error));

  g_autofree char *path = g_build_filename (fixture->folder.path, "appliances", NULL);
  fixture->watch = strata_fleet_watch_new (path);
  g_signal_connect_swapped (fixture->watch, "answered", G_CALLBACK (answered_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->watch, fixture);
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->console);
  g_clear_pointer (&fixture->server, fake_server_free);
  g_clear_error (&fixture->error);
  temp_folder_tear_down (&fixture->folder, data);
}

static gboolean
late_cb (gpointer data)
{
  g_test_message ("nothing came within %d s", BOUND_S);
  g_assert_not_reached ();

  return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition)                                           \
  G_STMT_START                                                        \
  {                                                                   \
    guint late = g_timeout_add_seconds (BOUND_S, late_cb, NULL);      \
    while (!(condition))                                              \
      g_main_context_iteration (NULL, TRUE);                          \
    g_source_remove (late);                                           \
  }                                                                   \
  G_STMT_END

static guint
get_n (Fixture *fixture)
{
  return strata_fleet_get_appliances (strata_fleet_watch_get_fleet (fixture->watch))->len;
}

/* The round after the list asks for details, and then it waits. */
static void
first_round (Fixture *fixture)
{
  strata_fleet_watch_set_console (fixture->watch, fixture->console);
  strata_fleet_watch_set_active (fixture->watch, TRUE);
  WAIT_FOR (fixture->n_answers == 2);
}

static void
test_asks_once (Fixture       *fixture,
                gconstpointer  data)
{
  first_round (fixture);

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (get_n (fixture), ==, 1);
  g_assert_false (strata_fleet_watch_is_past (fixture->watch));
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 1);
  g_assert_cmpuint (fake_server_count (fixture->server, "GET /v1/edgehosts/edge-1"), ==, 1);

  /* Whoever looks away and looks again does not ask again. */
  strata_fleet_watch_set_active (fixture->watch, FALSE);
  strata_fleet_watch_set_active (fixture->watch, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 1);
}

static void
test_asks_nobody (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = fleet_fixture_write (fixture->folder.path, 5, 3600, "1.0.0");

  strata_fleet_watch_set_console (fixture->watch, fixture->console);
  strata_fleet_watch_load (fixture->watch);
  WAIT_FOR (get_n (fixture) == 5);

  /* What is kept is how it was. */
  g_assert_true (strata_fleet_watch_is_past (fixture->watch));
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 0);

  g_autofree char *when = strata_fleet_watch_say_when (fixture->watch);
  g_assert_true (g_str_has_prefix (when, "as of "));
}

/* Where only counts are shown, what is kept comes first, and the console is asked one time. */
static void
test_asks_for_counts (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = fleet_fixture_write (fixture->folder.path, 5, 3600, "1.0.0");

  strata_fleet_watch_ask_once (fixture->watch);
  WAIT_FOR (get_n (fixture) == 5);
  g_assert_true (strata_fleet_watch_is_past (fixture->watch));

  strata_fleet_watch_set_console (fixture->watch, fixture->console);
  WAIT_FOR (fixture->n_answers == 2);
  g_assert_cmpuint (get_n (fixture), ==, 1);
  g_assert_false (strata_fleet_watch_is_past (fixture->watch));

  /* Nobody looks: no round is waited for, and none comes with the next look away. */
  strata_fleet_watch_set_active (fixture->watch, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 1);
}

static void
test_person_asks (Fixture       *fixture,
                  gconstpointer  data)
{
  first_round (fixture);
  strata_fleet_watch_ask (fixture->watch);
  WAIT_FOR (fixture->n_answers >= 3);
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 2);
}

static void
test_keeps_what_was (Fixture       *fixture,
                     gconstpointer  data)
{
  first_round (fixture);
  g_atomic_int_set (&fixture->broken, 500);
  strata_fleet_watch_ask (fixture->watch);
  WAIT_FOR (fixture->n_answers == 3);

  g_assert_error (fixture->error, STRATA_ERROR, STRATA_ERROR_SERVER);
  g_assert_true (strata_fleet_watch_is_past (fixture->watch));
  g_assert_cmpuint (get_n (fixture), ==, 1);

  g_atomic_int_set (&fixture->broken, 0);
  strata_fleet_watch_ask (fixture->watch);
  WAIT_FOR (fixture->n_answers >= 4);
  g_assert_no_error (fixture->error);
  g_assert_false (strata_fleet_watch_is_past (fixture->watch));
}

static void
test_kept_for_offline (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder.path, "appliances", NULL);

  first_round (fixture);

  g_autoptr(StrataFleetWatch) later = strata_fleet_watch_new (path);
  strata_fleet_watch_set_active (later, TRUE);
  WAIT_FOR (strata_fleet_get_appliances (strata_fleet_watch_get_fleet (later))->len == 1);
  g_assert_true (strata_fleet_watch_is_past (later));
  g_assert_false (strata_fleet_watch_can_ask (later));
}

static void
test_signed_out (Fixture       *fixture,
                 gconstpointer  data)
{
  first_round (fixture);
  strata_fleet_watch_set_console (fixture->watch, NULL);

  g_assert_true (strata_fleet_watch_is_past (fixture->watch));
  g_assert_cmpuint (get_n (fixture), ==, 1);
  strata_fleet_watch_ask (fixture->watch);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 1);
}

#define ADD(name, func) g_test_add ("/app/fleet-watch/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("asks-once", test_asks_once);
  ADD ("asks-nobody", test_asks_nobody);
  ADD ("asks-for-counts", test_asks_for_counts);
  ADD ("person-asks", test_person_asks);
  ADD ("keeps-what-was", test_keeps_what_was);
  ADD ("kept-for-offline", test_kept_for_offline);
  ADD ("signed-out", test_signed_out);

  return g_test_run ();
}
