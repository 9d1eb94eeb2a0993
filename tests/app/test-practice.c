/* test-practice.c - the sandbox as a child: it tells where it is, ends with us, and comes back where it was
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-practice.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;   /* (owned) */
  char *program;  /* (owned) (nullable): what the environment named before */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("strata-practice-XXXXXX", NULL);
  fixture->program = g_strdup (g_getenv ("STRATA_SANDBOX"));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_setenv ("STRATA_SANDBOX", fixture->program, TRUE);
  store_fixture_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->program);
}

/* Whether somebody listens there. */
static gboolean
is_answering (const char *address)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection =
    g_socket_client_connect_to_host (client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);

  return connection != NULL;
}

static guint
get_port (StrataPractice *practice)
{
  g_autoptr(GUri) uri = g_uri_parse (strata_practice_get_address (practice), G_URI_FLAGS_NONE, NULL);

  return (guint) g_uri_get_port (uri);
}

static void
wait_until_gone (const char *address)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (is_answering (address))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10000);
    }
}

static void
test_starts_and_ends (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  StrataPractice *practice = strata_practice_start (fixture->folder, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (strata_practice_is_running (practice));
  g_assert_true (g_str_has_prefix (strata_practice_get_address (practice), "http://127.0.0.1:"));
  g_assert_cmpuint (strlen (strata_practice_get_api_key (practice)), >, 16);
  g_assert_nonnull (strata_practice_get_pack_registry (practice));
  g_assert_nonnull (strata_practice_get_helm_repository (practice));
  g_assert_true (is_answering (strata_practice_get_address (practice)));

  g_autofree char *address = g_strdup (strata_practice_get_address (practice));

  g_object_unref (practice);
  wait_until_gone (address);
}

/* What else was told its address finds it again, and its key is the same. */
static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  StrataPractice *practice = strata_practice_start (fixture->folder, 0, NULL, &error);

  g_assert_no_error (error);

  guint port = get_port (practice);
  g_autofree char *key = g_strdup (strata_practice_get_api_key (practice));
  g_autofree char *address = g_strdup (strata_practice_get_address (practice));

  g_object_unref (practice);
  wait_until_gone (address);

  g_autoptr(StrataPractice) again = strata_practice_start (fixture->folder, port, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_port (again), ==, port);
  g_assert_cmpstr (strata_practice_get_api_key (again), ==, key);
}

/* A port that somebody else has is no reason not to start. */
static void
test_port_is_taken (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataPractice) practice = strata_practice_start (fixture->folder, port, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_port (practice), !=, port);
}

static void
test_ends_too_soon (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_setenv ("STRATA_SANDBOX", "/bin/true", TRUE);
  g_assert_null (strata_practice_start (fixture->folder, 0, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SERVER);
}

static void
test_is_cancelled (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *script = g_build_filename (fixture->folder, "silent", NULL);

  g_assert_true (g_file_set_contents (script, "#!/bin/sh\nread line\n", -1, NULL));
  g_chmod (script, 0700);
  g_setenv ("STRATA_SANDBOX", script, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_practice_start (fixture->folder, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/app/practice/starts-and-ends", test_starts_and_ends);
  ADD ("/app/practice/comes-back", test_comes_back);
  ADD ("/app/practice/port-is-taken", test_port_is_taken);
  ADD ("/app/practice/ends-too-soon", test_ends_too_soon);
  ADD ("/app/practice/is-cancelled", test_is_cancelled);

  return g_test_run ();
}
