/* test-pack-reader.c - every real pack is read; broken and hostile ones say what is wrong with them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-pack-reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include "../temp-folder.h"
#include "pack-fixture.h"

#define GOOD_META "{\"name\": \"web\", \"displayName\": \"Web\", \"version\": \"1.2.0\", \"layer\": \"addon\""

static StrataPack *
read_folder (TempFolder  *temp,
             GError  **error)
{
  g_autoptr(GFile) folder = g_file_new_for_path (temp->path);

  return strata_pack_read_folder (folder, NULL, error);
}

static void
assert_refused (TempFolder  *temp,
                StrataError  code,
                const char  *says)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPack) pack = read_folder (temp, &error);

  g_assert_null (pack);
  g_assert_error (error, STRATA_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_reads_real_pack (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) folder = g_file_new_for_path (data);
  g_autoptr(StrataPack) pack = strata_pack_read_folder (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_pack_get_kind (pack), ==, STRATA_LAYER_KIND_PACK);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), !=, "");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_DISPLAY_NAME), !=, "");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VALUES), !=, "");
  g_assert_true (g_str_has_suffix (data, strata_pack_get (pack, STRATA_PACK_VERSION)));
  pack_fixture_assert_survives (pack);

  g_autoptr(StrataPack) head = strata_pack_read_head (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (head, STRATA_PACK_NAME), ==, strata_pack_get (pack, STRATA_PACK_NAME));
  g_assert_cmpstr (strata_pack_get (head, STRATA_PACK_VERSION), ==, strata_pack_get (pack, STRATA_PACK_VERSION));
  g_assert_cmpuint (strata_pack_get_files (head)->len, ==, 0);
}

static void
test_reads_known_pack (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *packs = pack_fixture_find ("packs");
  g_autofree char *path = g_build_filename (packs, "hello-universe-1.3.1", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autofree char *values_path = g_build_filename (path, "values.yaml", NULL);
  g_autofree char *values = NULL;

  if (!g_file_get_contents (values_path, &values, NULL, NULL))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(StrataPack) pack = strata_pack_read_folder (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_DISPLAY_NAME), ==, "Hello Universe");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_LAYER), ==, "addon");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_TYPE), ==, "app services");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VALUES), ==, values);
  g_assert_nonnull (strstr (strata_pack_get (pack, STRATA_PACK_README), "Hello Universe"));
  g_assert_nonnull (strstr (strata_pack_get (pack, STRATA_PACK_SCHEMA), "manifests.hello-universe"));
  g_assert_cmpuint (strata_pack_get_presets (pack)->len, ==, 2);
  g_assert_cmpuint (strata_pack_get_files (pack)->len, ==, 7);
  g_assert_cmpuint (strata_pack_get_warnings (pack)->len, ==, 0);

  StrataPreset *preset = strata_pack_find_preset (pack, "Backend", "enable-api");

  g_assert_cmpstr (preset->display_name, ==, "Enable Hello Universe API");
  g_assert_true (g_str_has_prefix (preset->add, "manifests:\n  hello-universe:\n    images:\n"));
  g_assert_cmpuint (g_strv_length (preset->remove), ==, 0);
}

static void
test_missing_manifests_are_warnings (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *packs = pack_fixture_find ("packs");
  g_autofree char *path = g_build_filename (packs, "external-snapshotter-4.0.1", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (path);

  if (!g_file_query_exists (folder, NULL))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(StrataPack) pack = strata_pack_read_folder (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_pack_get_warnings (pack)->len, ==, 8);
  g_assert_nonnull (strstr (strata_pack_get_warnings (pack)->pdata[0],
                            "manifests/csi-snapshotter/rbac-csi-snapshotter.yaml"));
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_DESCRIPTION), ==,
                   "Container Storage Interface (CSI) Snapshotter");
}

static void
test_small_pack (TempFolder    *temp,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  temp_folder_put (temp, "pack.json", GOOD_META ", \"charts\": [\"./charts/web.tgz\"], \"later\": 3,"
       "\"constraints\": {\"dependencies\": ["
       "  {\"packName\": \"kubernetes\", \"minVersion\": \"1.27\", \"maxVersion\": \"1.30\", \"type\": \"required\"},"
       "  {\"packName\": \"storage\", \"type\": \"optional\"}, {\"packName\": \"web\", \"type\": \"upgrade\"},"
       "  {\"packName\": \"apache\", \"type\": \"notSupported\"}, 7, null]}}");
  temp_folder_put (temp, "values.yaml", "pack:\n  namespace: shop\n");
  temp_folder_put (temp, "ReadMe.md", "# Web\n");
  temp_folder_put (temp, "charts/web.tgz", "bytes");
  temp_folder_put (temp, ".git/config", "not part of it");

  g_autoptr(StrataPack) pack = read_folder (temp, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAMESPACE), ==, "shop");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_README), ==, "# Web\n");
  g_assert_cmpuint (strata_pack_get_files (pack)->len, ==, 4);
  g_assert_cmpuint (strata_pack_get_dependencies (pack)->len, ==, 2);
  g_assert_cmpuint (strata_pack_get_warnings (pack)->len, ==, 1);
  g_assert_nonnull (strstr (strata_pack_get_warnings (pack)->pdata[0], "apache"));

  StrataDependency *need = strata_pack_get_dependencies (pack)->pdata[0];

  g_assert_cmpstr (need->version, ==, ">=1.27 <=1.30");
  g_assert_false (need->optional);
}

static void
test_refuses_meta (TempFolder    *temp,
                   gconstpointer  data)
{
  const PackCase *test = data;

  temp_folder_put (temp, "values.yaml", "a: 1\n");
  temp_folder_put (temp, "pack.json", test->meta);
  assert_refused (temp, test->code, test->says);
}

static const PackCase refused_metas[] = {
  { "not-json", "{\"name\": ", STRATA_ERROR_INVALID, "pack.json of" },
  { "not-an-object", "[]", STRATA_ERROR_INVALID, "not a JSON object" },
  { "no-name",
    "{\"displayName\": \"W\", \"version\": \"1\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "has no “name”" },
  { "no-display-name",
    "{\"name\": \"w\", \"version\": \"1\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "has no “displayName”" },
  { "no-version",
    "{\"name\": \"w\", \"displayName\": \"W\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "has no “version”" },
  { "no-layer",
    "{\"name\": \"w\", \"displayName\": \"W\", \"version\": \"1\"}",
    STRATA_ERROR_INVALID, "has no “layer”" },
  { "null-name",
    "{\"name\": null, \"displayName\": \"W\", \"version\": \"1\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "has no “name”" },
  { "number-name",
    "{\"name\": 3, \"displayName\": \"W\", \"version\": \"1\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "“name” must be a text" },
  { "empty-name",
    "{\"name\": \"\", \"displayName\": \"W\", \"version\": \"1\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "“name” must be a text" },
  { "name-with-slash",
    "{\"name\": \"../w\", \"displayName\": \"W\", \"version\": \"1\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "../w" },
  { "version-with-slash",
    "{\"name\": \"w\", \"displayName\": \"W\", \"version\": \"1/../2\", \"layer\": \"os\"}",
    STRATA_ERROR_INVALID, "not a version" },
  { "charts-not-a-list",
    GOOD_META ", \"charts\": \"a.tgz\"}",
    STRATA_ERROR_INVALID, "“charts” must be a list" },
  { "charts-of-numbers",
    GOOD_META ", \"charts\": [1]}",
    STRATA_ERROR_INVALID, "“charts” must be a list" },
  { "charts-of-nulls",
    GOOD_META ", \"charts\": [null]}",
    STRATA_ERROR_INVALID, "“charts” must be a list" },
  { "chart-outside",
    GOOD_META ", \"charts\": [\"charts/../../a.tgz\"]}",
    STRATA_ERROR_INVALID, "charts/../../a.tgz" },
  { "chart-absolute",
    GOOD_META ", \"charts\": [\"/etc/passwd\"]}",
    STRATA_ERROR_INVALID, "/etc/passwd" },
  { "chart-nowhere",
    GOOD_META ", \"charts\": [\"\"]}",
    STRATA_ERROR_INVALID, "not a file of the pack" },
  { "manifest-drive",
    GOOD_META ", \"kubeManifests\": [\"C:\\\\x.yaml\"]}",
    STRATA_ERROR_INVALID, "C:\\x.yaml" },
  { "manifest-escape",
    GOOD_META ", \"kubeManifests\": [\"a\\u001b[2J\"]}",
    STRATA_ERROR_INVALID, "a\\x1b[2J" },
};

static void
test_reads_with_warning (TempFolder    *temp,
                         gconstpointer  data)
{
  const PackCase *test = data;
  g_autoptr(GError) error = NULL;

  temp_folder_put (temp, "values.yaml", "a: 1\n");
  temp_folder_put (temp, "pack.json", GOOD_META "}");
  temp_folder_put (temp, test->name, test->meta);

  g_autoptr(StrataPack) pack = read_folder (temp, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_pack_get_warnings (pack)->len, ==, 1);
  g_test_message ("%s", (char *) strata_pack_get_warnings (pack)->pdata[0]);
  g_assert_nonnull (strstr (strata_pack_get_warnings (pack)->pdata[0], test->says));
}

static const PackCase warned[] = {
  { "presets.yaml", "presets: [\n", STRATA_ERROR_INVALID, "presets.yaml was left aside" },
  { "presets.yaml", "presets: 3\n", STRATA_ERROR_INVALID, "no list" },
  { "presets.yaml", "- name: a\n", STRATA_ERROR_INVALID, "no list" },
  { "presets.yaml", "presets:\n  - group: a\n", STRATA_ERROR_INVALID, "line 2" },
  { "presets.yaml", "presets:\n  - word\n", STRATA_ERROR_INVALID, "line 2" },
  { "README.md", "caf\351", STRATA_ERROR_INVALID, "README.md is not valid UTF-8" },
  { "schema.yaml", "\377\376", STRATA_ERROR_INVALID, "schema.yaml is not valid UTF-8" },
  { "pack.json",
    "{\"name\": \"w\", \"displayName\": \"W\", \"version\": \"1\", \"layer\": \"roof\"}",
    STRATA_ERROR_INVALID, "roof" },
};

static void
test_refuses_link (TempFolder    *temp,
                   gconstpointer  target)
{
  g_autofree char *link = temp_folder_get (temp, "charts");

  temp_folder_put (temp, "pack.json", GOOD_META "}");
  temp_folder_put (temp, "values.yaml", "a: 1\n");
  g_assert_no_errno (symlink (target, link));
  assert_refused (temp, STRATA_ERROR_INVALID, "“charts” is a link");
}

static void
test_refuses_fifo (TempFolder    *temp,
                   gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (temp, "README.md");

  temp_folder_put (temp, "pack.json", GOOD_META "}");
  temp_folder_put (temp, "values.yaml", "a: 1\n");
  g_assert_no_errno (mkfifo (path, 0600));
  assert_refused (temp, STRATA_ERROR_INVALID, "“README.md” is neither");
}

static void
test_refuses_broken_values (TempFolder    *temp,
                            gconstpointer  data)
{
  temp_folder_put (temp, "pack.json", GOOD_META "}");
  assert_refused (temp, STRATA_ERROR_INVALID, "has no values.yaml");

  temp_folder_put_bytes (temp, "values.yaml", "a: \0b", 5);
  assert_refused (temp, STRATA_ERROR_INVALID, "not valid UTF-8");
}

static void
test_refuses_no_pack (TempFolder    *temp,
                      gconstpointer  data)
{
  g_autofree char *gone = temp_folder_get (temp, "gone");
  g_autoptr(GFile) folder = g_file_new_for_path (gone);
  g_autoptr(GError) error = NULL;

  assert_refused (temp, STRATA_ERROR_INVALID, "no pack.json");
  g_assert_null (strata_pack_read_folder (folder, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

static void
test_refuses_large_file (TempFolder    *temp,
                         gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (temp, "logo.png");

  temp_folder_put (temp, "pack.json", GOOD_META "}");
  temp_folder_put (temp, "logo.png", "");
  g_assert_no_errno (truncate (path, 20 * 1024 * 1024 + 1));
  assert_refused (temp, STRATA_ERROR_TOO_LARGE, "logo.png");
}

static void
test_refuses_large_folder (TempFolder    *temp,
                           gconstpointer  data)
{
  temp_folder_put (temp, "pack.json", GOOD_META "}");
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("part-%u", i);
      g_autofree char *path = temp_folder_get (temp, name);

      temp_folder_put (temp, name, "");
      g_assert_no_errno (truncate (path, 18 * 1024 * 1024));
    }
  assert_refused (temp, STRATA_ERROR_TOO_LARGE, "more than 100");
}

static void
test_refuses_many_files (TempFolder    *temp,
                         gconstpointer  data)
{
  g_autofree char *folder = temp_folder_get (temp, "many");

  temp_folder_put (temp, "pack.json", GOOD_META "}");
  g_assert_no_errno (g_mkdir (folder, 0700));
  for (guint i = 0; i < 10001; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", folder, i);

      g_assert_no_errno (mknod (path, S_IFREG | 0600, 0));
    }
  assert_refused (temp, STRATA_ERROR_TOO_LARGE, "10000");
}

static void
test_refuses_strange_name (TempFolder    *temp,
                           gconstpointer  name)
{
  temp_folder_put (temp, "pack.json", GOOD_META "}");
  temp_folder_put (temp, "values.yaml", "a: 1\n");
  temp_folder_put (temp, name, "");
  assert_refused (temp, STRATA_ERROR_INVALID, "rename the file");
}

static void
test_cancelled (TempFolder    *temp,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GFile) folder = g_file_new_for_path (temp->path);

  temp_folder_put (temp, "pack.json", GOOD_META "}");
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_pack_read_folder (folder, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_layer_without_pack (void)
{
  const StrataLayerKind kinds[] = { STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_HELM, STRATA_LAYER_KIND_MANIFEST };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataLayer) layer = strata_layer_new (kinds[i], "web");

      g_assert_null (strata_pack_read_layer (layer, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, "came without its pack"));
    }
}

static void
add (const char     *name,
     gconstpointer   data,
     void          (*func) (TempFolder *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/core/pack-reader/", name, NULL);

  g_test_add (path, TempFolder, data, temp_folder_set_up, func, temp_folder_tear_down);
}

static void
add_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_metas); i++)
    {
      g_autofree char *name = g_strconcat ("refuses-meta/", refused_metas[i].name, NULL);

      add (name, &refused_metas[i], test_refuses_meta);
    }

  for (guint i = 0; i < G_N_ELEMENTS (warned); i++)
    {
      g_autofree char *name = g_strdup_printf ("warns/%u-%s", i, warned[i].name);

      add (name, &warned[i], test_reads_with_warning);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  pack_fixture_add_real ("packs", "/core/pack-reader/packs/", test_reads_real_pack);
  add_cases ();

  g_test_add_func ("/core/pack-reader/known-pack", test_reads_known_pack);
  g_test_add_func ("/core/pack-reader/missing-manifests", test_missing_manifests_are_warnings);
  g_test_add_func ("/core/pack-reader/layer-without-pack", test_layer_without_pack);

  add ("small-pack", NULL, test_small_pack);
  add ("refuses-link/out", "/etc", test_refuses_link);
  add ("refuses-link/inside", "values.yaml", test_refuses_link);
  add ("refuses-fifo", NULL, test_refuses_fifo);
  add ("refuses-broken-values", NULL, test_refuses_broken_values);
  add ("refuses-no-pack", NULL, test_refuses_no_pack);
  add ("refuses-large-file", NULL, test_refuses_large_file);
  add ("refuses-large-folder", NULL, test_refuses_large_folder);
  add ("refuses-many-files", NULL, test_refuses_many_files);
  add ("refuses-name/escape", "a\033[2Jb", test_refuses_strange_name);
  add ("refuses-name/latin1", "caf\351", test_refuses_strange_name);
  add ("refuses-name/bidi", "a\u202egpj.exe", test_refuses_strange_name);
  add ("cancelled", NULL, test_cancelled);

  return g_test_run ();
}
