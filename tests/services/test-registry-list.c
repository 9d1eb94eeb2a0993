/* test-registry-list.c - the list of registries: kept, followed, and never written over when it is damaged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-registry-list.h"

#include <unistd.h>

#include "../temp-folder.h"

#define WAIT_SECONDS 10

typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
  guint n_signals;
} Seen;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  Seen       *seen)
{
  seen->position = position;
  seen->n_removed = n_removed;
  seen->n_added = n_added;
  seen->n_signals++;
}

/* Folders "stick" and "office" with a pack each, and two files that could be charts. */
static void
set_up (TempFolder    *temp,
        gconstpointer  data)
{
  temp_folder_set_up (temp, data);
  temp_folder_put (temp, "stick/web/pack.json", "{}");
  temp_folder_put (temp, "office/web/pack.json", "{}");
  temp_folder_put (temp, "a.tgz", "\x1f\x8b");
  temp_folder_put (temp, "b.tgz", "\x1f\x8b");
}

static StrataRegistryList *
open_list (TempFolder *temp)
{
  g_autofree char *data_dir = temp_folder_get (temp, "data");

  return strata_registry_list_new (data_dir);
}

static void
add_folder (TempFolder         *temp,
            StrataRegistryList *list,
            const char         *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (temp, name);

  g_assert_true (strata_registry_list_add_folder (list, path, &error));
  g_assert_no_error (error);
}

static gboolean
add_charts (TempFolder          *temp,
            StrataRegistryList  *list,
            const char          *first,
            const char          *second,
            GError             **error)
{
  g_autofree char *first_path = temp_folder_get (temp, first);
  g_autofree char *second_path = second != NULL ? temp_folder_get (temp, second) : NULL;
  const char *paths[] = { first_path, second_path, NULL };

  return strata_registry_list_add_charts (list, paths, error);
}

static guint
count (StrataRegistryList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static char *
dup_id (StrataRegistryList *list,
        guint               position)
{
  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (list), position);

  return g_strdup (strata_registry_get_id (registry));
}

static void
assert_refused (gboolean     done,
                GError     **error,
                StrataError  code)
{
  g_assert_false (done);
  g_assert_error (*error, STRATA_ERROR, (int) code);
  g_test_message ("%s", (*error)->message);
  g_clear_error (error);
}

static void
test_keeps_what_was_added (TempFolder    *temp,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_cmpuint (count (list), ==, 0);
  add_folder (temp, list, "stick");
  g_assert_true (add_charts (temp, list, "a.tgz", NULL, &error));
  g_assert_true (add_charts (temp, list, "b.tgz", NULL, &error));
  g_assert_cmpuint (count (list), ==, 2);

  g_autofree char *id = dup_id (list, 0);
  g_autofree char *charts_id = dup_id (list, 1);
  g_autoptr(StrataRegistryList) again = open_list (temp);
  StrataRegistry *stick = strata_registry_list_find (again, id);
  StrataRegistry *charts = strata_registry_list_find (again, charts_id);

  g_assert_cmpuint (count (again), ==, 2);
  g_assert_cmpstr (strata_registry_get_name (stick), ==, "stick");
  g_assert_cmpstr (strata_registry_get_kind (stick), ==, STRATA_REGISTRY_PACK_FOLDER);
  g_assert_cmpstr (strata_registry_get_name (charts), ==, "Chart Files");
  g_assert_cmpstr (strata_registry_get_location (charts), ==, "2 files");
}

static void
test_refuses (TempFolder    *temp,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRegistryList) list = open_list (temp);
  g_autofree char *stick = temp_folder_get (temp, "stick");
  g_autofree char *same = temp_folder_get (temp, "office/../stick/");
  g_autofree char *no_pack = temp_folder_get (temp, "office/web/..//web");
  g_autofree char *link = temp_folder_get (temp, "link");

  add_folder (temp, list, "stick");
  g_assert_true (add_charts (temp, list, "a.tgz", NULL, &error));

  g_assert_no_errno (symlink (stick, link));
  assert_refused (strata_registry_list_add_folder (list, stick, &error), &error, STRATA_ERROR_CONFLICT);
  assert_refused (strata_registry_list_add_folder (list, same, &error), &error, STRATA_ERROR_CONFLICT);
  assert_refused (strata_registry_list_add_folder (list, link, &error), &error, STRATA_ERROR_CONFLICT);
  assert_refused (strata_registry_list_add_folder (list, temp->path + 1, &error), &error, STRATA_ERROR_NOT_FOUND);
  assert_refused (add_charts (temp, list, "b.tgz", "a.tgz", &error), &error, STRATA_ERROR_CONFLICT);
  assert_refused (add_charts (temp, list, "b.tgz", "b.tgz", &error), &error, STRATA_ERROR_CONFLICT);
  assert_refused (add_charts (temp, list, "office/web/pack.json", NULL, &error), &error, STRATA_ERROR_INVALID);
  assert_refused (strata_registry_list_remove (list, "nobody", &error), &error, STRATA_ERROR_NOT_FOUND);
  assert_refused (strata_registry_list_rename (list, "nobody", "x", &error), &error, STRATA_ERROR_NOT_FOUND);

  temp_folder_put (temp, "empty/notes.txt", "no pack");

  g_autofree char *empty = temp_folder_get (temp, "empty");

  assert_refused (strata_registry_list_add_folder (list, empty, &error), &error, STRATA_ERROR_INVALID);
  g_assert_cmpuint (count (list), ==, 2);

  g_autoptr(StrataRegistry) charts = g_list_model_get_item (G_LIST_MODEL (list), 1);

  g_assert_true (g_str_has_suffix (strata_registry_get_location (charts), "a.tgz"));
  g_assert_true (strata_registry_list_add_folder (list, no_pack, &error));
}

static void
test_removes_and_renames (TempFolder    *temp,
                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRegistryList) list = open_list (temp);
  Seen seen = { 0 };

  add_folder (temp, list, "stick");
  add_folder (temp, list, "office");

  g_autofree char *stick = dup_id (list, 0);
  g_autofree char *office = dup_id (list, 1);
  StrataRegistry *before = strata_registry_list_find (list, stick);

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &seen);
  g_assert_true (strata_registry_list_rename (list, office, "  Büro ", &error));
  g_assert_cmpstr (strata_registry_get_name (strata_registry_list_find (list, office)), ==, "Büro");
  g_assert_true (strata_registry_list_find (list, stick) == before);
  g_assert_cmpuint (seen.n_signals, ==, 1);
  g_assert_cmpuint (seen.position, ==, 1);
  g_assert_cmpuint (seen.n_removed, ==, 1);
  g_assert_cmpuint (seen.n_added, ==, 1);

  g_assert_true (strata_registry_list_rename (list, office, "", &error));
  g_assert_cmpstr (strata_registry_get_name (strata_registry_list_find (list, office)), ==, "office");

  g_assert_true (strata_registry_list_remove (list, stick, &error));
  g_assert_no_error (error);
  g_assert_null (strata_registry_list_find (list, stick));
  g_assert_cmpuint (seen.n_signals, ==, 3);
  g_assert_cmpuint (seen.position, ==, 0);
  g_assert_cmpuint (seen.n_removed, ==, 1);
  g_assert_cmpuint (seen.n_added, ==, 0);
}

static void
test_second_instance_sees_it (TempFolder    *temp,
                              gconstpointer  data)
{
  g_autoptr(StrataRegistryList) first = open_list (temp);

  add_folder (temp, first, "stick");

  g_autoptr(StrataRegistryList) second = open_list (temp);
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  add_folder (temp, first, "office");
  while (count (second) < 2 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  g_assert_cmpuint (count (second), ==, 2);

  g_autofree char *id = dup_id (first, 1);

  g_assert_nonnull (strata_registry_list_find (second, id));
}

static void
test_damaged_file_is_left_alone (TempFolder    *temp,
                                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (temp, "data/registries.ini");
  g_autofree char *stick = temp_folder_get (temp, "stick");
  g_autofree char *text = NULL;

  temp_folder_put (temp, "data/registries.ini", "[registry 1\nkind=");

  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_cmpuint (count (list), ==, 0);
  g_assert_error (strata_registry_list_get_error (list), STRATA_ERROR, STRATA_ERROR_CORRUPT);
  assert_refused (strata_registry_list_add_folder (list, stick, &error), &error, STRATA_ERROR_CORRUPT);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "[registry 1\nkind=");
}

static void
test_keeps_what_it_does_not_know (TempFolder    *temp,
                                  gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (temp, "data/registries.ini");
  g_autofree char *text = NULL;

  temp_folder_put (temp, "data/registries.ini",
                   "# mine\n[registry far]\nkind=later\nurl=https://charts.example\n\n"
                   "[registry none]\nkind=pack-folder\n\n[registry]\nkind=pack-folder\nuris=file:///x\n");

  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_cmpuint (count (list), ==, 0);
  g_assert_no_error (strata_registry_list_get_error (list));
  add_folder (temp, list, "stick");
  g_assert_cmpuint (count (list), ==, 1);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# mine\n"));
  g_assert_nonnull (strstr (text, "[registry far]\nkind=later\nurl=https://charts.example\n"));
}

static void
test_registries_on_the_network (TempFolder    *temp,
                                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRegistryList) list = open_list (temp);
  g_autoptr(StrataRemote) helm = strata_remote_new (STRATA_REGISTRY_HELM, "https://charts.example/stable", NULL);
  g_autoptr(StrataRemote) named = strata_remote_with_name (helm, "Stable");
  const char *id = strata_remote_get_id (helm);

  g_assert_true (strata_registry_list_add_remote (list, helm, &error));
  assert_refused (strata_registry_list_add_remote (list, helm, &error), &error, STRATA_ERROR_CONFLICT);

  StrataRegistry *registry = strata_registry_list_find (list, id);

  g_assert_cmpstr (strata_registry_get_name (registry), ==, "charts.example");
  g_assert_cmpstr (strata_registry_get_kind (registry), ==, STRATA_REGISTRY_HELM);
  g_assert_cmpstr (strata_registry_get_location (registry), ==, "https://charts.example/stable");

  g_assert_true (strata_registry_list_edit_remote (list, named, &error));
  g_assert_cmpstr (strata_registry_get_name (strata_registry_list_find (list, id)), ==, "Stable");
  g_assert_cmpuint (count (list), ==, 1);

  g_autoptr(StrataRegistryList) again = open_list (temp);

  g_assert_true (strata_remote_equal (strata_registry_get_remote (strata_registry_list_find (again, id)), named));
  g_assert_true (strata_registry_list_rename (list, id, "", &error));
  g_assert_cmpstr (strata_registry_get_name (strata_registry_list_find (list, id)), ==, "charts.example");
  g_assert_true (strata_registry_list_remove (list, id, &error));
  assert_refused (strata_registry_list_edit_remote (list, named, &error), &error, STRATA_ERROR_NOT_FOUND);
}

static void
test_odd_path (TempFolder    *temp,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (temp, "st;ick\n caf\351");

  temp_folder_put (temp, "st;ick\n caf\351/web/pack.json", "{}");

  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_true (strata_registry_list_add_folder (list, path, &error));
  g_assert_no_error (error);

  g_autoptr(StrataRegistryList) again = open_list (temp);
  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_autoptr(GPtrArray) offered = strata_registry_list (registry, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (strata_registry_get_name (registry), -1, NULL));
}

static void
test_removes_one_chart (TempFolder    *temp,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *a = temp_folder_get (temp, "a.tgz");
  g_autofree char *b = temp_folder_get (temp, "b.tgz");
  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_true (add_charts (temp, list, "a.tgz", "b.tgz", &error));

  g_autofree char *id = dup_id (list, 0);

  g_assert_true (strata_registry_list_remove_chart (list, id, a, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (strata_registry_get_location (strata_registry_list_find (list, id)), ==, b);
  g_assert_true (g_file_test (a, G_FILE_TEST_EXISTS));
  assert_refused (strata_registry_list_remove_chart (list, id, a, &error), &error, STRATA_ERROR_NOT_FOUND);

  g_autoptr(StrataRegistryList) again = open_list (temp);

  g_assert_cmpstr (strata_registry_get_location (strata_registry_list_find (again, id)), ==, b);
}

/* What layers remember a chart by is the same when it was taken back. */
static void
test_last_chart_comes_back (TempFolder    *temp,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *a = temp_folder_get (temp, "a.tgz");
  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_true (add_charts (temp, list, "a.tgz", NULL, &error));

  g_autofree char *id = dup_id (list, 0);

  g_assert_true (strata_registry_list_rename (list, id, "Harbour", &error));
  g_assert_true (strata_registry_list_remove_chart (list, id, a, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (list), ==, 0);

  g_assert_true (add_charts (temp, list, "a.tgz", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpstr (strata_registry_get_name (strata_registry_list_find (list, id)), ==, "Harbour");
  g_assert_cmpstr (strata_registry_get_location (strata_registry_list_find (list, id)), ==, a);
}

/* A pack folder is one thing: nothing is taken out of it, and nothing is where there is no such registry. */
static void
test_removes_charts_only (TempFolder    *temp,
                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *stick = temp_folder_get (temp, "stick");
  g_autoptr(StrataRegistryList) list = open_list (temp);

  add_folder (temp, list, "stick");

  g_autofree char *id = dup_id (list, 0);

  assert_refused (strata_registry_list_remove_chart (list, id, stick, &error), &error, STRATA_ERROR_NOT_FOUND);
  assert_refused (strata_registry_list_remove_chart (list, "nobody", stick, &error), &error, STRATA_ERROR_NOT_FOUND);
  g_assert_cmpuint (count (list), ==, 1);
}

/* A URI that means nothing here may mean something to a newer version. */
static void
test_removal_keeps_odd_uris (TempFolder    *temp,
                             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (temp, "data/registries.ini");
  g_autofree char *text = NULL;

  temp_folder_put (temp, "data/registries.ini",
                   "[registry 1]\nkind=chart-files\nuris=later:a.tgz;file:///caf%E9%3B.tgz;\n");

  g_autoptr(StrataRegistryList) list = open_list (temp);

  g_assert_true (strata_registry_list_remove_chart (list, "1", "/caf\351;.tgz", &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "uris=later:a.tgz;\n"));
}

static void
add (const char  *name,
     void       (*func) (TempFolder *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/services/registry-list/", name, NULL);

  g_test_add (path, TempFolder, NULL, set_up, func, temp_folder_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("keeps-what-was-added", test_keeps_what_was_added);
  add ("refuses", test_refuses);
  add ("removes-and-renames", test_removes_and_renames);
  add ("second-instance-sees-it", test_second_instance_sees_it);
  add ("damaged-file-is-left-alone", test_damaged_file_is_left_alone);
  add ("keeps-what-it-does-not-know", test_keeps_what_it_does_not_know);
  add ("registries-on-the-network", test_registries_on_the_network);
  add ("odd-path", test_odd_path);
  add ("removes-one-chart", test_removes_one_chart);
  add ("last-chart-comes-back", test_last_chart_comes_back);
  add ("removes-charts-only", test_removes_charts_only);
  add ("removal-keeps-odd-uris", test_removal_keeps_odd_uris);

  return g_test_run ();
}
