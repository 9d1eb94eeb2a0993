/* test-session.c - what was open comes back, also after a crash and from a damaged file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-session.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("strata-session-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "state", "session", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *state = g_path_get_dirname (fixture->path);

  g_remove (fixture->path);
  g_rmdir (state);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GVariant *
make_tabs (guint cursor)
{
  return g_variant_ref_sink (g_variant_new_parsed ("[{'id': <'p-1'>, 'cursor': <%u>}]", cursor));
}

static void
test_first_start (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(StrataSession) session = strata_session_new (fixture->path);

  g_assert_null (strata_session_get_place (session));
  g_assert_null (strata_session_get_tabs (session));
}

static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataSession) session = strata_session_new (fixture->path);
  g_autoptr(GVariant) tabs = make_tabs (12);

  strata_session_set (session, "editor", tabs);
  strata_session_flush (session);

  g_autoptr(StrataSession) again = strata_session_new (fixture->path);
  g_autofree char *place = strata_session_get_place (again);
  g_autoptr(GVariant) read = strata_session_get_tabs (again);

  g_assert_cmpstr (place, ==, "editor");
  g_assert_true (g_variant_equal (read, tabs));
}

/* Nobody asks for a flush when the application crashes. */
static void
test_is_written_without_a_flush (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(StrataSession) session = strata_session_new (fixture->path);
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  g_autofree char *place = NULL;

  strata_session_set (session, "profiles", NULL);
  strata_session_set (session, "registries", NULL);

  while (g_strcmp0 (place, "registries") != 0 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);

      if (!g_file_test (fixture->path, G_FILE_TEST_EXISTS))
        continue;

      g_autoptr(StrataSession) again = strata_session_new (fixture->path);
      g_free (place);
      place = strata_session_get_place (again);
    }

  g_assert_cmpstr (place, ==, "registries");
}

static void
test_last_word_stays (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(StrataSession) session = strata_session_new (fixture->path);
      g_autoptr(GVariant) early = make_tabs (i);
      g_autoptr(GVariant) late = make_tabs (i + 1000);

      strata_session_set (session, "profiles", early);
      strata_session_set (session, "editor", late);
      strata_session_flush (session);
      while (g_main_context_iteration (NULL, FALSE))
        ;

      g_autoptr(StrataSession) again = strata_session_new (fixture->path);
      g_autoptr(GVariant) read = strata_session_get_tabs (again);
      g_assert_true (g_variant_equal (read, late));
    }
}

static void
test_damaged_file (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (
    g_file_set_contents (fixture->path, "[session]\nplace=editor\ntabs=[<{", -1, NULL));

  g_autoptr(StrataSession) session = strata_session_new (fixture->path);
  g_assert_null (strata_session_get_tabs (session));

  g_test_expect_message ("strata-session", G_LOG_LEVEL_WARNING, "*was not read*");
  g_assert_true (g_file_set_contents (fixture->path, "\377\376 no key file", -1, NULL));
  g_autoptr(StrataSession) worse = strata_session_new (fixture->path);
  g_test_assert_expected_messages ();
  g_assert_null (strata_session_get_place (worse));
}

static void
test_each_store_has_its_own (void)
{
  g_autofree char *usual_dir = g_build_filename (g_get_user_data_dir (), "strata", NULL);
  g_autofree char *usual = strata_session_make_path (usual_dir);
  g_autofree char *other = strata_session_make_path ("/media/usb/strata");
  g_autofree char *third = strata_session_make_path ("/media/usb2/strata");

  g_assert_true (g_str_has_suffix (usual, "/strata/session"));
  g_assert_true (g_str_has_prefix (other, g_get_user_state_dir ()));
  g_assert_cmpstr (other, !=, usual);
  g_assert_cmpstr (other, !=, third);
}

/* Each workspace has its own place and its own tabs, and the last one comes back. */
static void
test_workspaces (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataSession) session = strata_session_new (fixture->path);
  g_autoptr(GVariant) tabs = make_tabs (7);
  g_autofree char *first = strata_session_get_workspace (session);

  g_assert_cmpstr (first, ==, "local");
  strata_session_set (session, "editor", tabs);
  strata_session_set_workspace (session, "console-1");
  g_assert_null (strata_session_get_tabs (session));
  strata_session_set (session, "activity", NULL);
  strata_session_flush (session);

  g_autoptr(StrataSession) again = strata_session_new (fixture->path);
  g_autofree char *last = strata_session_get_workspace (again);
  g_autoptr(GVariant) kept = strata_session_get_tabs (again);

  g_assert_cmpstr (last, ==, "console-1");
  g_assert_true (g_variant_equal (kept, tabs));
  strata_session_set_workspace (again, last);
  g_autofree char *place = strata_session_get_place (again);
  g_assert_cmpstr (place, ==, "activity");

  strata_session_set_workspace (again, "local");
  strata_session_forget (again, last);
  strata_session_set_workspace (again, last);
  g_assert_null (strata_session_get_place (again));
  strata_session_flush (again);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/app/session/first-start", test_first_start);
  ADD ("/app/session/comes-back", test_comes_back);
  ADD ("/app/session/is-written-without-a-flush", test_is_written_without_a_flush);
  ADD ("/app/session/last-word-stays", test_last_word_stays);
  ADD ("/app/session/damaged-file", test_damaged_file);
  ADD ("/app/session/workspaces", test_workspaces);
  g_test_add_func ("/app/session/each-store-has-its-own", test_each_store_has_its_own);

  return g_test_run ();
}
