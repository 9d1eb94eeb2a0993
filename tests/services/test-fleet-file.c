/* test-fleet-file.c - a fleet that is kept for when the console cannot be asked, and what a file may be instead
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "../app/fleet-fixture.h"
#include "strata-error.h"

static char *
get_path (TempFolder *folder)
{
  return g_build_filename (folder->path, "appliances", NULL);
}

static guint
get_n (StrataFleet *fleet)
{
  return strata_fleet_get_appliances (fleet)->len;
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *text;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (text, size);
}

/* Every fact of an appliance and its layers comes back, and the same fleet makes the same bytes. */
static void
test_keeps_all (TempFolder    *folder,
                gconstpointer  data)
{
  static const char text[] =
    "{\"fleet\":1,\"asked\":7,\"missing\":-2,\"profiles\":9}\n"
    "{\"profile\":\"p\",\"modified\":5,\"name\":\"retail\",\"version\":\"1\",\"layers\":[{\"name\":\"os\","
    "\"kind\":2,\"version\":\"2\",\"digest\":\"00ff\",\"manifests\":3,\"stamp\":\"s\",\"changed\":4}]}\n"
    "{\"metadata\":{\"uid\":\"a\",\"name\":\"till \\\"1\\\"\",\"labels\":{\"site\":\"Malmö\"},"
    "\"lastModifiedTimestamp\":\"2026-09-01T10:00:00.123456Z\"},\"spec\":{\"clusterProfileTemplates\":["
    "{\"uid\":\"p\",\"name\":\"retail\",\"profileVersion\":\"1\",\"packs\":[{\"name\":\"os\",\"type\":\"oci\","
    "\"tag\":\"2\",\"values\":\"a: 1\\n\",\"changedTimestamp\":\"2026-09-01T09:30:00Z\"},{\"name\":\"site\","
    "\"type\":\"manifest\"}]}]},\"status\":{\"state\":\"in-use\",\"health\":{\"state\":\"Unhealthy\","
    "\"message\":\"hot\"},\"packs\":[{\"name\":\"os\",\"version\":\"1\",\"condition\":{\"type\":\"Error\","
    "\"message\":\"no\",\"lastTransitionTime\":\"2026-09-01T09:00:00Z\",\"lastProbeTime\":"
    "\"2026-09-01T11:00:00Z\"}}]}}\n{\"metadata\":{\"uid\":\"b\"},\"status\":{\"state\":\"unpaired\"}}\n";
  g_autoptr(GError) error = NULL;
  g_autofree char *path = get_path (folder);
  g_autofree char *old = g_strconcat (path, ".jsonl", NULL);

  g_assert_true (g_file_set_contents (old, text, -1, &error));

  /* What version 0.3 kept is found, and goes when there is something newer. */
  g_autoptr(StrataFleet) before = strata_fleet_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (strata_fleet_save (before, path, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));

  g_autoptr(StrataFleet) after = strata_fleet_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_fleet_get_asked (after), ==, 7);
  g_assert_cmpuint (get_n (after), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (strata_appliance_equal (strata_fleet_get_appliances (before)->pdata[i],
                                           strata_fleet_get_appliances (after)->pdata[i]));

  StrataApplianceTarget *target = strata_fleet_get_target (after, "p");
  const StrataTargetLayer *layer = strata_appliance_target_get_layer (target, 0);
  g_assert_cmpstr (strata_appliance_target_get_version (target), ==, "1");
  g_assert_cmpstr (layer->name, ==, "os");
  g_assert_cmpint (layer->kind, ==, STRATA_LAYER_KIND_OCI);
  g_assert_cmpstr (layer->version, ==, "2");
  g_assert_cmpstr (layer->digest, ==, "00ff");
  g_assert_cmpstr (layer->stamp, ==, "s");
  g_assert_cmpuint (layer->n_manifests, ==, 3);
  g_assert_cmpint (layer->changed, ==, 4);

  g_autoptr(GBytes) first = read_bytes (path);
  g_assert_true (strata_fleet_save (after, path, &error));
  g_autoptr(GBytes) second = read_bytes (path);
  g_assert_true (g_bytes_equal (first, second));
}

/* Whatever is cut off or turned over: a fleet or an error, and never more appliances than there were. */
static void
test_damaged_tables (TempFolder    *folder,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = get_path (folder);
  g_autoptr(StrataFleet) fleet = fleet_fixture_make (folder->path, 120, "1.0.0");

  g_assert_true (strata_fleet_save (fleet, path, &error));
  g_autoptr(GBytes) bytes = read_bytes (path);
  gsize size = g_bytes_get_size (bytes);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *damaged = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      gsize left = i % 2 == 0 ? size : (gsize) g_test_rand_int_range (0, (int) size);
      gsize at = (gsize) g_test_rand_int_range (0, (int) size);

      damaged[at] ^= (char) (1 << g_test_rand_int_range (0, 7));
      if (i % 4 == 0)
        memset (damaged + at, 0xff, MIN (8, size - at));
      g_assert_true (g_file_set_contents (path, damaged, (gssize) left, &error));

      g_autoptr(GError) reason = NULL;
      g_autoptr(StrataFleet) kept = strata_fleet_load (path, &reason);

      if (kept == NULL)
        g_assert_error (reason, STRATA_ERROR, STRATA_ERROR_CORRUPT);
      else
        g_assert_cmpuint (get_n (kept), <=, get_n (fleet));
    }
}

static void
test_damaged_file (TempFolder    *folder,
                   gconstpointer  data)
{
  static const char text[] =
    "{\"fleet\":1,\"asked\":7,\"missing\":0,\"profiles\":\"x\"}\n[]\nnonsense\n\n"
    "{\"profile\":\"p1\",\"layers\":[null,{\"name\":\"shop\",\"kind\":99,\"manifests\":-3}]}\n"
    "{\"metadata\":{\"uid\":\"edge-1\"}}\n{\"metadata\":{\"uid\":\"edge-1\"}}\n{\"metadata\":{"
    "\"uid";
  g_autoptr(GError) error = NULL;
  g_autofree char *path = get_path (folder);

  g_assert_true (g_file_set_contents (path, text, -1, &error));

  g_autoptr(StrataFleet) fleet = strata_fleet_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_fleet_get_asked (fleet), ==, 7);
  g_assert_cmpuint (get_n (fleet), ==, 1);
  g_assert_nonnull (strata_fleet_get_target (fleet, "p1"));
}

static void
test_no_file (TempFolder    *folder,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = get_path (folder);

  g_assert_null (strata_fleet_load (path, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

#define ADD(name, func) \
  g_test_add ("/services/fleet-file/" name, TempFolder, NULL, temp_folder_set_up, func, temp_folder_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("keeps-all", test_keeps_all);
  ADD ("damaged-tables", test_damaged_tables);
  ADD ("damaged-file", test_damaged_file);
  ADD ("no-file", test_no_file);

  return g_test_run ();
}
