/* test-index.c - the index of what registries offer: replaced as a whole, and kept when it must be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sqlite3.h>

#include "index-fixture.h"

static void
test_replaces (TempFolder    *temp,
               gconstpointer  data)
{
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  add (writer, "web", "1.10.0", "Serves");
  add (writer, "db", "2.0.0", "Keeps");
  assert_counts (commit (writer), 3, 0, 0, 2, 3);
  assert_versions (index, "one", "web", "1.10.0 1.0.0");

  writer = begin (index, "one");
  add (writer, "web", "1.9.0", "Serves");
  add (writer, "web", "1.10.0", "Serves more");
  add (writer, "db", "2.0.0", "Keeps");
  assert_counts (commit (writer), 1, 1, 1, 2, 3);
  assert_versions (index, "one", "web", "1.10.0 1.9.0 1.0.0(gone)");

  writer = begin (index, "one");
  add (writer, "web", "1.0.0", "Serves");
  add (writer, "web", "1.9.0", "Serves");
  assert_counts (commit (writer), 1, 0, 2, 1, 2);
  assert_versions (index, "one", "web", "1.10.0(gone) 1.9.0 1.0.0");
  assert_versions (index, "one", "db", "2.0.0(gone)");
  assert_versions (index, "two", "web", "");
}

static void
test_is_all_or_nothing (TempFolder    *temp,
                        gconstpointer  data)
{
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  commit (writer);

  writer = begin (index, "one");
  add (writer, "web", "2.0.0", "Serves");
  assert_versions (index, "one", "web", "1.0.0");
  strata_index_writer_free (writer);
  assert_versions (index, "one", "web", "1.0.0");

  writer = begin (index, "two");
  strata_index_writer_free (writer);
  g_assert_null (strata_index_get_source (index, "two", NULL, NULL));
}

static void
test_does_not_believe (TempFolder    *temp,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");
  StrataIndexCounts counts;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *version = g_strdup_printf ("%u.0.0", i);

      add (writer, "web", version, "Serves");
    }
  commit (writer);

  writer = begin (index, "one");
  add (writer, "web", "1.0.0", "Serves");
  add (writer, "web", "2.0.0", "Serves");
  g_assert_false (strata_index_writer_commit (writer, FALSE, &counts, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_assert_cmpuint (counts.n_gone, ==, 3);
  strata_index_writer_free (writer);
  assert_versions (index, "one", "web", "4.0.0 3.0.0 2.0.0 1.0.0 0.0.0");

  g_clear_error (&error);
  writer = begin (index, "one");
  g_assert_true (strata_index_writer_commit (writer, TRUE, &counts, &error));
  g_assert_no_error (error);
  strata_index_writer_free (writer);
  assert_versions (index, "one", "web",
                   "4.0.0(gone) 3.0.0(gone) 2.0.0(gone) 1.0.0(gone) 0.0.0(gone)");
}

/* Two objects are to the file what two processes are. */
static void
test_readers_and_writers (TempFolder    *temp,
                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(StrataIndex) index = make_index (temp);
  g_autoptr(StrataIndex) other = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  commit (writer);
  assert_versions (other, "one", "web", "1.0.0");

  writer = begin (index, "one");
  add (writer, "web", "1.0.0", "Serves");
  add (writer, "web", "2.0.0", "Serves");
  assert_versions (other, "one", "web", "1.0.0");

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_index_begin (other, "two", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  commit (writer);
  assert_versions (other, "one", "web", "2.0.0 1.0.0");
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_usleep (50 * G_TIME_SPAN_MILLISECOND);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_waiting_is_cancelled (TempFolder    *temp,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);

  g_assert_null (strata_index_begin (index, "two", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  strata_index_writer_free (writer);
}

static void
test_source (TempFolder    *temp,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) offline = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_OFFLINE, "No way");
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexSource *source = strata_index_get_source (index, "one", NULL, &error);

  g_assert_null (source);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);

  g_assert_true (strata_index_note_failure (index, "one", offline, NULL));
  source = strata_index_get_source (index, "one", NULL, NULL);
  g_assert_cmpint (source->synced_at, ==, 0);
  g_assert_cmpstr (source->error, ==, "No way");
  g_assert_cmpint (source->error_code, ==, STRATA_ERROR_OFFLINE);
  g_assert_cmpint (source->failing_since, >, 0);
  strata_index_source_free (source);

  StrataIndexWriter *writer = begin (index, "one");

  strata_index_writer_set_source (writer, "https://charts.example/", "\"tag\"", "yesterday", "abc");
  add (writer, "web", "1.0.0", NULL);
  strata_index_writer_warn (writer, "one\n\033[1mthing");
  strata_index_writer_skip (writer, "another");
  g_assert_cmpuint (commit (writer).n_skipped, ==, 1);

  source = strata_index_get_source (index, "one", NULL, NULL);
  g_assert_cmpstr (source->url, ==, "https://charts.example/");
  g_assert_cmpstr (source->etag, ==, "\"tag\"");
  g_assert_cmpstr (source->last_modified, ==, "yesterday");
  g_assert_cmpstr (source->digest, ==, "abc");
  g_assert_cmpuint (source->n_names, ==, 1);
  g_assert_cmpuint (source->n_versions, ==, 1);
  g_assert_null (source->error);
  g_assert_cmpint (source->failing_since, ==, 0);
  g_assert_cmpint (source->synced_at, >, 0);
  g_assert_cmpuint (g_strv_length (source->warnings), ==, 2);
  g_assert_cmpstr (source->warnings[0], ==, "one [1mthing");
  strata_index_source_free (source);

  g_assert_true (strata_index_note_failure (index, "one", offline, NULL));
  g_assert_true (strata_index_confirm (index, "one", NULL, NULL));
  source = strata_index_get_source (index, "one", NULL, NULL);
  g_assert_null (source->error);
  g_assert_cmpstr (source->digest, ==, "abc");
  strata_index_source_free (source);
}

/* How long something fails is counted from its first failure on. */
static void
test_failing_since (TempFolder    *temp,
                    gconstpointer  data)
{
  g_autoptr(GError) offline = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_OFFLINE, "No way");
  g_autoptr(GError) broken = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_SERVER, "Broken");
  g_autofree char *path = temp_folder_get (temp, "cache/index.db");
  g_autoptr(StrataIndex) index = make_index (temp);
  sqlite3 *db = NULL;

  g_assert_true (strata_index_note_failure (index, "one", offline, NULL));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE registry SET failing_since = 1234", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (strata_index_note_failure (index, "one", broken, NULL));

  g_autoptr(StrataIndexSource) source = strata_index_get_source (index, "one", NULL, NULL);

  g_assert_cmpint (source->failing_since, ==, 1234);
  g_assert_cmpstr (source->error, ==, "Broken");
}

static void
test_kept (TempFolder    *temp,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  add (writer, "web", "2.0.0", "Serves");
  commit (writer);
  g_assert_true (
    strata_index_set_kept (index, "one", STRATA_LAYER_KIND_HELM, "web", "1.0.0", TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (
    strata_index_set_kept (index, "one", STRATA_LAYER_KIND_HELM, "none", "1.0.0", TRUE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);

  writer = begin (index, "one");
  add (writer, "web", "1.0.0", "Serves more");
  add (writer, "web", "2.0.0", "Serves");
  commit (writer);

  g_autoptr(GPtrArray) versions =
    strata_index_list_versions (index, "one", STRATA_LAYER_KIND_HELM, "web", NULL, NULL);

  g_assert_false (strata_pack_summary_get_kept (versions->pdata[0]));
  g_assert_true (strata_pack_summary_get_kept (versions->pdata[1]));
}

static void
test_removes (TempFolder    *temp,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  commit (writer);
  writer = begin (index, "two");
  add (writer, "web", "2.0.0", "Serves");
  commit (writer);
  g_assert_true (strata_index_remove (index, "one", &error));
  g_assert_no_error (error);
  assert_versions (index, "one", "web", "");
  assert_versions (index, "two", "web", "2.0.0");
  g_assert_null (strata_index_get_source (index, "one", NULL, NULL));
}

static void
test_forgets_gone (TempFolder    *temp,
                   gconstpointer  data)
{
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  add (writer, "web", "1.0.0", "Serves");
  add (writer, "db", "1.0.0", "Keeps");
  commit (writer);
  writer = begin (index, "one");
  strata_index_writer_forget_gone (writer);
  add (writer, "web", "2.0.0", "Serves");
  assert_counts (commit (writer), 1, 0, 2, 1, 1);
  assert_versions (index, "one", "web", "2.0.0");
  assert_versions (index, "one", "db", "");
}

/* A location is a path in the encoding of file names: it comes back byte by byte. */
static void
test_location_is_kept (TempFolder    *temp,
                       gconstpointer  data)
{
  static const char location[] = "/tmp/\xff\xfe \n\x1f%41/ä.tgz";
  const StrataIndexEntry entry = {
    .kind = STRATA_LAYER_KIND_PACK, .name = "web", .version = "1.0.0", .location = location
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndex) index = make_index (temp);
  StrataIndexWriter *writer = begin (index, "one");

  g_assert_true (strata_index_writer_add (writer, &entry, &error));
  commit (writer);

  g_autoptr(StrataIndexEntry) read =
    strata_index_load_entry (index, "one", STRATA_LAYER_KIND_PACK, "web", "1.0.0", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->location, ==, location);
}

static void
test_cleans (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *clean;
  } cases[] = {
    { "plain", 100, "plain" },
    { "plain", 3, "pla" },
    { "a\tb\r\nc", 100, "a b  c" },
    { "a\x1b[31mb\x7f", 100, "a[31mb" },
    { "äöü", 3, "ä" },
    { "a\u202eb\u2066c\u200fd\u061ce", 100, "abcde" },
    { "a\u2028b\ufeffc", 100, "abc" },
    { "<b>&amp;", 100, "<b>&amp;" },
    { "bad\xff", 100, "bad\ufffd" },
    { "", 100, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = strata_index_clean (cases[i].text, cases[i].max);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
}

#define ADD(name, function) \
  g_test_add ("/index/" name, TempFolder, NULL, temp_folder_set_up, function, temp_folder_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("replaces", test_replaces);
  ADD ("is-all-or-nothing", test_is_all_or_nothing);
  ADD ("does-not-believe", test_does_not_believe);
  ADD ("readers-and-writers", test_readers_and_writers);
  ADD ("waiting-is-cancelled", test_waiting_is_cancelled);
  ADD ("source", test_source);
  ADD ("failing-since", test_failing_since);
  ADD ("kept", test_kept);
  ADD ("removes", test_removes);
  ADD ("forgets-gone", test_forgets_gone);
  ADD ("location-is-kept", test_location_is_kept);
  g_test_add_func ("/index/cleans", test_cleans);

  return g_test_run ();
}
