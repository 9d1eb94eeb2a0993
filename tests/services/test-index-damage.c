/* test-index-damage.c - an index that is no index, was damaged, taken away, or left by a process that was ended
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "index-fixture.h"

/* The index is of use again, whatever was in its place; what was there is kept beside it. */
static void
assert_starts_anew (TempFolder *temp)
{
  g_autofree char *broken = temp_folder_get (temp, "cache/index.db.broken");
  g_autoptr(StrataIndex) index = make_index (temp);

  g_test_expect_message ("strata-index", G_LOG_LEVEL_WARNING, "*set aside*");
  assert_versions (index, "one", "web", "");
  g_test_assert_expected_messages ();
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));

  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  commit (writer);
  assert_versions (index, "one", "web", "1.0.0");
}

static void
test_no_database (TempFolder    *temp,
                  gconstpointer  data)
{
  g_autofree char *text = g_strnfill (10000, 'x');

  temp_folder_put (temp, "cache/index.db", text);
  temp_folder_put (temp, "cache/index.db-wal", text);
  assert_starts_anew (temp);
}

static void
test_database_of_another (TempFolder    *temp,
                          gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (temp, "cache/index.db");
  sqlite3 *db = NULL;

  temp_folder_put (temp, "cache/x", "");
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
    sqlite3_exec (db, "CREATE TABLE mine (a); INSERT INTO mine VALUES (1)", NULL, NULL, NULL), ==,
    SQLITE_OK);
  sqlite3_close (db);
  assert_starts_anew (temp);
}

/* A file with a sound head and nothing sensible behind it: the first who looks may be told, the next finds a new one. */
static void
test_damaged_inside (TempFolder    *temp,
                     gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (temp, "cache/index.db");
  g_autofree char *bytes = NULL;
  gsize size;
  StrataIndex *index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *version = g_strdup_printf ("%u.0.0", i);

      add (writer, "web", version, "Serves");
    }
  commit (writer);
  g_assert_finalize_object (index);

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  memset (bytes + 4096, 0x5a, size - 4096);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));

  g_autoptr(StrataIndex) again = make_index (temp);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) versions = NULL;

  g_test_expect_message ("strata-index", G_LOG_LEVEL_WARNING, "*set aside*");
  versions = strata_index_list_versions (again, "one", STRATA_LAYER_KIND_HELM, "web", NULL, &error);
  g_assert_true (versions != NULL || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CORRUPT));
  writer = begin (again, "one");
  add (writer, "web", "1.0.0", "Serves");
  commit (writer);
  g_test_assert_expected_messages ();
  assert_versions (again, "one", "web", "1.0.0");
}

static void
test_deleted_while_open (TempFolder    *temp,
                         gconstpointer  data)
{
  g_autofree char *cache = temp_folder_get (temp, "cache");
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  commit (writer);
  temp_folder_remove_tree (cache);
  assert_versions (index, "one", "web", "");

  writer = begin (index, "one");
  add (writer, "web", "2.0.0", "Serves");
  temp_folder_remove_tree (cache);
  strata_index_writer_free (writer);
  writer = begin (index, "one");
  add (writer, "web", "3.0.0", "Serves");
  commit (writer);
  assert_versions (index, "one", "web", "3.0.0");
}

static void
test_folder_not_to_be_had (TempFolder    *temp,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (temp, "file/index.db");
  g_autoptr(StrataIndex) index = strata_index_new (path);

  temp_folder_put (temp, "file", "");
  g_assert_null (strata_index_begin (index, "one", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DISK);
}

static void
write_for_ever (StrataIndex *index,
                int          ready)
{
  for (guint round = 0;; round++)
    {
      StrataIndexWriter *writer = begin (index, "one");
      guint n = round % 2 == 0 ? 300 : 400;

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *version = g_strdup_printf ("%u.0.0", i);
          g_autofree char *about = g_strdup_printf ("Round %u", round);

          add (writer, "web", version, about);
        }
      commit (writer);
      if (write (ready, "x", 1) != 1)
        _exit (1);
    }
}

/* Ends a writer wherever it happens to be; what is left is one of the two lists, whole. */
static void
test_killed (TempFolder    *temp,
             gconstpointer  data)
{
  for (guint i = 0; i < 15; i++)
    {
      int ready[2];
      char byte;

      g_assert_no_errno (pipe (ready));

      pid_t pid = fork ();

      if (pid == 0)
        write_for_ever (make_index (temp), ready[1]);
      g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
      g_usleep ((gulong) g_test_rand_int_range (0, 40000));
      g_assert_no_errno (kill (pid, SIGKILL));
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      close (ready[0]);
      close (ready[1]);

      g_autoptr(StrataIndex) index = make_index (temp);
      g_autoptr(StrataIndexSource) source = strata_index_get_source (index, "one", NULL, NULL);
      g_autoptr(GPtrArray) versions =
        strata_index_list_versions (index, "one", STRATA_LAYER_KIND_HELM, "web", NULL, NULL);
      guint n_here = 0;

      for (guint j = 0; j < versions->len; j++)
        {
          n_here += strata_pack_summary_get_gone_since (versions->pdata[j]) == 0;
          if (strata_pack_summary_get_gone_since (versions->pdata[j]) == 0)
            g_assert_cmpstr (
              strata_pack_summary_get_description (versions->pdata[j]), ==,
              strata_pack_summary_get_description (versions->pdata[versions->len - 1]));
        }
      g_assert_true (n_here == 300 || n_here == 400);
      g_assert_cmpuint (source->n_versions, ==, n_here);
    }
}

#define ADD(name, function) \
  g_test_add ("/index-damage/" name, TempFolder, NULL, temp_folder_set_up, function, temp_folder_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("no-database", test_no_database);
  ADD ("database-of-another", test_database_of_another);
  ADD ("damaged-inside", test_damaged_inside);
  ADD ("deleted-while-open", test_deleted_while_open);
  ADD ("folder-not-to-be-had", test_folder_not_to_be_had);
  ADD ("killed", test_killed);

  return g_test_run ();
}
