/* test-helm-index.c - the index of a Helm repository, as the world writes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "helm-index-fixture.h"

static const char *const whole =
  "apiVersion: v1\n"
  "entries:\n"
  "  shop:\n"
  "  - annotations:\n"
  "      artifacthub.io/images: |\n"
  "        - name: web\n"
  "          image: example/web:1.2\n"
  "        - image: \"example/db:3\"\n"
  "        - name: none\n"
  "      artifacthub.io/signKey: |\n"
  "        fingerprint: ABCD\n"
  "    appVersion: 4.5\n"
  "    created: 2024-01-02T03:04:05Z\n"
  "    dependencies:\n"
  "    - name: db\n"
  "      version: 3.x.x\n"
  "      repository: oci://example/charts\n"
  "      condition: db.enabled\n"
  "    - name: common\n"
  "      version: ~2\n"
  "    deprecated: true\n"
  "    description: Sells things\n"
  "    digest: 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff\n"
  "    home: https://example.org\n"
  "    icon: https://example.org/icon.png\n"
  "    keywords: [shop, sells]\n"
  "    kubeVersion: '>=1.20'\n"
  "    maintainers:\n"
  "    - name: A. Nobody\n"
  "      email: nobody@example.org\n"
  "    - name: Somebody\n"
  "    name: shop\n"
  "    sources:\n"
  "    - https://example.org/source\n"
  "    type: application\n"
  "    unknown: {a: [1, 2, {b: c}]}\n"
  "    urls:\n"
  "    - shop-1.0.0.tgz\n"
  "    - https://elsewhere.example/shop-1.0.0.tgz\n"
  "    version: 1.0.0\n"
  "generated: now\n";

static void
import_file (Fixture    *self,
             const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (self->index, "r", NULL, &error);

  g_assert_no_error (error);
  strata_helm_index_import_file (path, writer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  strata_index_writer_commit (writer, FALSE, &self->counts, &error);
  g_assert_no_error (error);
}

/* The numbers were counted with another parser of YAML over the same two files. */
static void
test_real (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "charts", NULL);
  g_autofree char *older = g_build_filename (folder, "grafana-index-older.yaml", NULL);
  g_autofree char *newer = g_build_filename (folder, "grafana-index.yaml", NULL);

  if (!g_file_test (newer, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  import_file (self, older);
  g_assert_cmpuint (self->counts.n_new, ==, 3552);
  g_assert_cmpuint (self->counts.n_versions, ==, 3552);
  g_assert_cmpuint (self->counts.n_names, ==, 41);
  g_assert_cmpuint (self->counts.n_skipped, ==, 2);

  import_file (self, newer);
  g_assert_cmpuint (self->counts.n_new, ==, 37);
  g_assert_cmpuint (self->counts.n_changed, ==, 1);
  g_assert_cmpuint (self->counts.n_gone, ==, 0);
  g_assert_cmpuint (self->counts.n_versions, ==, 3589);

  import_file (self, newer);
  g_assert_cmpuint (self->counts.n_new + self->counts.n_changed + self->counts.n_gone, ==, 0);

  import_file (self, older);
  g_assert_cmpuint (self->counts.n_new, ==, 0);
  g_assert_cmpuint (self->counts.n_changed, ==, 1);
  g_assert_cmpuint (self->counts.n_gone, ==, 37);
  g_assert_cmpuint (self->counts.n_versions, ==, 3552);
}

static void
assert_whole (const StrataIndexEntry *entry)
{
  const StrataDependency *db = g_ptr_array_index (entry->dependencies, 0);
  const StrataDependency *common = g_ptr_array_index (entry->dependencies, 1);

  g_assert_cmpstr (entry->app_version, ==, "4.5");
  g_assert_cmpstr (entry->created, ==, "2024-01-02T03:04:05Z");
  g_assert_cmpstr (entry->description, ==, "Sells things");
  g_assert_cmpstr (entry->digest, ==,
                   "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
  g_assert_cmpstr (entry->home, ==, "https://example.org");
  g_assert_cmpstr (entry->icon, ==, "https://example.org/icon.png");
  g_assert_cmpstr (entry->keywords[1], ==, "sells");
  g_assert_null (entry->keywords[2]);
  g_assert_cmpstr (entry->kube_version, ==, ">=1.20");
  g_assert_cmpstr (entry->maintainers[0], ==, "A. Nobody <nobody@example.org>");
  g_assert_cmpstr (entry->maintainers[1], ==, "Somebody");
  g_assert_cmpstr (entry->sources[0], ==, "https://example.org/source");
  g_assert_cmpstr (entry->type, ==, "application");
  g_assert_cmpstr (entry->urls[0], ==, "shop-1.0.0.tgz");
  g_assert_cmpstr (entry->urls[1], ==, "https://elsewhere.example/shop-1.0.0.tgz");
  g_assert_cmpuint (entry->dependencies->len, ==, 2);
  g_assert_cmpstr (db->repository, ==, "oci://example/charts");
  g_assert_true (db->optional);
  g_assert_cmpstr (common->version, ==, "~2");
  g_assert_false (common->optional);
  g_assert_true (entry->deprecated);
  g_assert_cmpint (entry->is_signed, ==, STRATA_INDEX_YES);
}

static void
test_reads_all (Fixture       *self,
                gconstpointer  data)
{
  import (self, whole);

  g_autoptr(StrataIndexEntry) entry = load (self, "shop", "1.0.0");
  g_autoptr(GPtrArray) images = strata_index_entry_list_images (entry);

  assert_whole (entry);
  g_assert_cmpuint (images->len, ==, 2);
  g_assert_cmpstr (images->pdata[0], ==, "example/web:1.2");
  g_assert_cmpstr (images->pdata[1], ==, "example/db:3");
}

static void
test_reads_json (Fixture       *self,
                 gconstpointer  data)
{
  import (self, "{\"apiVersion\":\"v1\",\"entries\":{\"shop\":[{\"name\":\"shop\",\"version\":\"1."
                "0.0\",\"deprecated\":true,"
                "\"description\":\"a \\\"b\\\" \\/ "
                "\\u00e4\\ud83d\\ude00\",\"urls\":[\"a.tgz\"],\n\t\"keywords\":[],"
                "\"icon\":null}]},\"serverInfo\":{}}");

  g_autoptr(StrataIndexEntry) entry = load (self, "shop", "1.0.0");

  g_assert_cmpstr (entry->description, ==, "a \"b\" / ä😀");
  g_assert_cmpstr (entry->urls[0], ==, "a.tgz");
  g_assert_true (entry->deprecated);
  g_assert_null (entry->icon);
}

static void
test_name_twice (Fixture       *self,
                 gconstpointer  data)
{
  import (self, "entries:\n  a: [{version: 1.0.0}]\n  b: [{version: 1.0.0}]\n  a: [{version: "
                "2.0.0}, {version: 1.0.0}]\n");
  g_assert_cmpuint (self->counts.n_versions, ==, 3);
  g_assert_cmpuint (self->counts.n_names, ==, 2);
  g_assert_cmpuint (self->counts.n_skipped, ==, 1);
  assert_versions (self, "a", "2.0.0 1.0.0");
}

static void
test_version_twice (Fixture       *self,
                    gconstpointer  data)
{
  import (self, "entries:\n  a: [{version: 1.0.0, description: first}, {version: 1.0.0, "
                "description: second}]\n");
  g_assert_cmpuint (self->counts.n_versions, ==, 1);
  assert_warning (self, "a 1.0.0 is listed twice");

  g_autoptr(StrataIndexEntry) entry = load (self, "a", "1.0.0");

  g_assert_cmpstr (entry->description, ==, "first");
}

static void
test_versions_that_are_none (Fixture       *self,
                             gconstpointer  data)
{
  g_autofree char *digits = g_strnfill (1000, '9');
  g_autofree char *text =
    g_strdup_printf ("entries:\n  a: [{version: latest}, {version: v1.2}, {version: 1.0.0},"
                     " {version: %s.0.0}, {version: ''}, {urls: [a.tgz]}, {version: 1.0.0-rc.1}]\n",
                     digits);

  import (self, text);
  g_assert_cmpuint (self->counts.n_skipped, ==, 3);
  assert_versions (self, "a", "1.0.0 1.0.0-rc.1 v1.2 latest");
}

static void
test_digests (Fixture       *self,
              gconstpointer  data)
{
  static const char *const wrong[] = {
    "''",  "null",
    "abc", "'zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'",
    "[a]", "'sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("entries:\n  a: [{version: 1.0.0, digest: %s}]\n", wrong[i]);

      import (self, text);

      g_autoptr(StrataIndexEntry) entry = load (self, "a", "1.0.0");

      g_assert_null (entry->digest);
    }
}

/* The same version with other bytes than last time: both are known, and when each was first seen. */
static void
test_digest_that_changes (Fixture       *self,
                          gconstpointer  data)
{
  import (self, "entries:\n  a: [{version: 1.0.0, digest: "
                "1111111111111111111111111111111111111111111111111111111111111111}]\n");
  import (self, "entries:\n  a: [{version: 1.0.0, digest: "
                "2222222222222222222222222222222222222222222222222222222222222222}]\n");
  g_assert_cmpuint (self->counts.n_changed, ==, 1);

  g_autoptr(StrataIndexEntry) entry = load (self, "a", "1.0.0");

  g_assert_true (g_str_has_prefix (entry->digest, "2222"));
  g_assert_true (g_str_has_prefix (entry->earlier_digest, "1111"));
  g_assert_cmpint (entry->earlier_seen, >, 0);
  g_assert_cmpint (entry->first_seen, >=, entry->earlier_seen);
}

static void
test_shrinks (Fixture       *self,
              gconstpointer  data)
{
  import (self, "entries:\n  a: [{version: 1.0.0}, {version: 2.0.0}, {version: 3.0.0}]\n");
  assert_refuses (self, "entries: {}\n", -1, STRATA_ERROR_CONFLICT, "0 versions now");
  assert_refuses (self, "entries:\n  a: [{version: 4.0.0}]\n", -1, STRATA_ERROR_CONFLICT,
                  "1 version now");
  assert_versions (self, "a", "3.0.0 2.0.0 1.0.0");
  import (self, "entries:\n  a: [{version: 3.0.0}, {version: 2.0.0}]\n");
  g_assert_cmpuint (self->counts.n_gone, ==, 1);
}

/* JSON writes what is beyond 16 bits as two escapes; half of such a pair is no character. */
static void
test_json_escapes (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new ("{\"entries\":{\"a\":[");

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (
      text,
      "%s{\"version\":\"%u.0.0\",\"description\":\"\\ud83d\\ude00 \\\\ud83d%*s\\ud83d!\\ude00\"}",
      i > 0 ? "," : "", i, (int) (i % 13), "");
  g_string_append (text, "]},\"x\":\"\\ud83d\"}");
  import (self, text->str);
  g_assert_cmpuint (self->counts.n_versions, ==, 600);
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *version = g_strdup_printf ("%u.0.0", i);
      g_autofree char *expected = g_strdup_printf ("😀 \\ud83d%*s\ufffd!\ufffd", (int) (i % 13), "");
      g_autoptr(StrataIndexEntry) entry = load (self, "a", version);

      g_assert_cmpstr (entry->description, ==, expected);
    }
}

/* Characters of several bytes at every place of the buffer's end. */
static void
test_utf8_across_reads (Fixture       *self,
                        gconstpointer  data)
{
  for (guint shift = 0; shift < 5; shift++)
    {
      g_autoptr(GString) text = g_string_new ("entries:\n  a:\n");

      for (guint i = 0; i < shift; i++)
        g_string_append_c (text, ' ');
      for (guint i = 0; i < 400; i++)
        g_string_append_printf (
          text, "\n  - {version: %u.0.0, description: ä€😀ä€😀ä€😀ä€😀ä€😀ä€😀ä€😀ä€😀ä€😀}", i);
      g_string_append (text, "\n");
      import (self, text->str);
      g_assert_cmpuint (self->counts.n_versions, ==, 400);

      g_autoptr(StrataIndexEntry) entry = load (self, "a", "399.0.0");

      g_assert_true (g_str_has_prefix (entry->description, "ä€😀ä€😀"));
    }
}

/* What was there stays when a new one cannot be read, wherever it breaks off. */
static void
test_cut_off (Fixture       *self,
              gconstpointer  data)
{
  import (self, whole);

  for (gssize length = 0; length < (gssize) strlen (whole) - 16; length += 7)
    {
      g_autoptr(GError) error = NULL;

      if (try_import (self, whole, length, &error))
        import (self, whole);
      else
        g_assert_true (error->domain == STRATA_ERROR);

      g_autofree char *versions = list (self, "shop");

      g_assert_true (g_str_has_prefix (versions, "1.0.0"));
    }
}

#define ADD(name, function) g_test_add ("/helm-index/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("real", test_real);
  ADD ("reads-all", test_reads_all);
  ADD ("reads-json", test_reads_json);
  ADD ("name-twice", test_name_twice);
  ADD ("version-twice", test_version_twice);
  ADD ("versions-that-are-none", test_versions_that_are_none);
  ADD ("digests", test_digests);
  ADD ("digest-that-changes", test_digest_that_changes);
  ADD ("shrinks", test_shrinks);
  ADD ("utf8-across-reads", test_utf8_across_reads);
  ADD ("json-escapes", test_json_escapes);
  ADD ("cut-off", test_cut_off);

  return g_test_run ();
}
