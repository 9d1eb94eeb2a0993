/* test-helm-index-refuses.c - the index of a Helm repository, as an enemy writes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "helm-index-fixture.h"

static void
test_entries_of_wrong_shape (Fixture       *self,
                             gconstpointer  data)
{
  import (self, "entries:\n  none: null\n  nothing:\n  empty: []\n  text: hello\n  map: {a: b}\n"
                "  odd: [null, text, [], {}, {version: 1.0.0, urls: [a.tgz]}, {version: [1]}]\n");
  g_assert_cmpuint (self->counts.n_versions, ==, 1);
  g_assert_cmpuint (self->counts.n_names, ==, 1);
  assert_versions (self, "odd", "1.0.0");
  assert_versions (self, "none", "");
  assert_warning (self, "none");
  assert_warning (self, "odd");
}

static void
test_no_entries_at_all (Fixture       *self,
                        gconstpointer  data)
{
  import (self, "apiVersion: v1\nentries: {}\n");
  g_assert_cmpuint (self->counts.n_versions, ==, 0);
  import (self, "apiVersion: v1\nentries:\n");
  assert_refuses (self, "apiVersion: v1\n", -1, STRATA_ERROR_BAD_REPLY, "entries");
  assert_refuses (self, "entries: hello\n", -1, STRATA_ERROR_BAD_REPLY, "entries");
  assert_refuses (self, "- a\n- b\n", -1, STRATA_ERROR_BAD_REPLY, "entries");
  assert_refuses (self, "", -1, STRATA_ERROR_BAD_REPLY, "entries");
}

static void
assert_urls (Fixture    *self,
             const char *urls,
             const char *expected,
             const char *warning)
{
  g_autofree char *text = g_strdup_printf ("entries:\n  a: [{version: 1.0.0, urls: %s}]\n", urls);

  import (self, text);

  g_autoptr(StrataIndexEntry) entry = load (self, "a", "1.0.0");
  g_autofree char *joined =
    entry->urls != NULL ? g_strjoinv (" ", (char **) entry->urls) : g_strdup ("");

  g_assert_cmpstr (joined, ==, expected);
  if (warning != NULL)
    assert_warning (self, warning);
}

static void
test_urls_empty (Fixture       *self,
                 gconstpointer  data)
{
  assert_urls (self, "[]", "", NULL);
  assert_urls (self, "null", "", NULL);
  assert_urls (self, "text", "", NULL);
  assert_urls (self, "['']", "", "it is empty");
}

static void
test_urls_of_another_host (Fixture       *self,
                           gconstpointer  data)
{
  assert_urls (
    self,
    "['HTTPS://other.example/a.tgz', 'oci://other.example/a:1', '//other.example/a.tgz', "
    "'charts/a.tgz']",
    "HTTPS://other.example/a.tgz oci://other.example/a:1 //other.example/a.tgz charts/a.tgz", NULL);
}

static void
test_urls_of_files (Fixture       *self,
                    gconstpointer  data)
{
  assert_urls (
    self,
    "['file:///etc/passwd', 'FILE:/etc/passwd', 'data:text/plain,x', 'javascript:alert(1)', b.tgz]",
    "b.tgz", "only https, http and oci");
}

static void
test_urls_link_local (Fixture       *self,
                      gconstpointer  data)
{
  assert_urls (self,
               "['http://169.254.169.254/latest', 'https://[FE80::1]/a.tgz', '//169.254.1.1/x']",
               "", "on this network only");
}

static void
test_urls_with_user (Fixture       *self,
                     gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (&self->temp, "index.db");
  g_autofree char *bytes = NULL;
  gsize size;

  assert_urls (
    self, "['https://me:s3cret-word@example.org/a.tgz', 'https://me@example.org/a.tgz', a.tgz]",
    "a.tgz", "user name or a password");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_null (memmem (bytes, size, "s3cret-word", strlen ("s3cret-word")));
}

/* A name of a chart is looked up by; a description is only shown. */
static void
test_controls_and_markup (Fixture       *self,
                          gconstpointer  data)
{
  import (self, "entries:\n"
                "  \"esc\\e[31m\": [{version: 1.0.0}]\n"
                "  \"rtl\\u202Egnp\": [{version: 1.0.0}]\n"
                "  \"two\\nlines\": [{version: 1.0.0}]\n"
                "  <b>bold</b>: [{version: 1.0.0, description: \"<b>x</b> \\e[31mred\\u202E "
                "\\u200Bz\\n\\ttab\"}]\n"
                "  ok: [{version: \"1.0.0\\u202E\"}, {version: 1.0.0}]\n");
  g_assert_cmpuint (self->counts.n_skipped, ==, 4);
  assert_versions (self, "ok", "1.0.0");

  g_autoptr(StrataIndexEntry) entry = load (self, "<b>bold</b>", "1.0.0");

  g_assert_cmpstr (entry->description, ==, "<b>x</b> [31mred z  tab");
}

static void
test_too_deep (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new ("entries:\n  a: [{version: 1.0.0, x: ");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  assert_refuses (self, text->str, -1, STRATA_ERROR_TOO_LARGE, "nested too deep");

  g_string_assign (text, "entries:\n");
  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (text, "%*sa:\n", (int) i, "");
  assert_refuses (self, text->str, -1, STRATA_ERROR_TOO_LARGE, "nested too deep");
}

/* Nothing is written out for an alias, so it costs nothing; what is behind it is not read. */
static void
test_aliases (Fixture       *self,
              gconstpointer  data)
{
  import (
    self,
    "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
    "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nv: &v {version: 3.0.0}\nself: &s [*s]\n"
    "entries:\n  a: [*c, *v, {version: 1.0.0, keywords: *a, <<: *v, home: *nowhere}]\n  b: *c\n");
  assert_versions (self, "a", "1.0.0");
  assert_versions (self, "b", "");
}

static void
test_one_endless_value (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char *fill = g_strnfill (9 * 1024 * 1024, 'x');
  g_autofree char *text =
    g_strconcat ("entries:\n  a: [{version: 1.0.0, description: \"", fill, "\"}]\n", NULL);

  assert_refuses (self, text, -1, STRATA_ERROR_TOO_LARGE, "over 8 MB");
}

/* A server that never ends: the same line for ever. */
#define TEST_TYPE_ENDLESS (test_endless_get_type ())
G_DECLARE_FINAL_TYPE (TestEndless, test_endless, TEST, ENDLESS, GInputStream)

struct _TestEndless
{
  GInputStream  parent_instance;
  gboolean      started;
  guint64       n_given;
  GCancellable *stop;  /* (not owned) (nullable): cancelled once something was read */
};

G_DEFINE_FINAL_TYPE (TestEndless, test_endless, G_TYPE_INPUT_STREAM)

static gssize
test_endless_read (GInputStream  *stream,
                   void          *buffer,
                   gsize          count,
                   GCancellable  *cancellable,
                   GError       **error)
{
  TestEndless *self = TEST_ENDLESS (stream);

  if (!self->started)
    {
      self->started = TRUE;
      memcpy (buffer, "x: [", 4);
      return 4;
    }
  if (self->stop != NULL)
    g_cancellable_cancel (self->stop);

  self->n_given += count;
  memset (buffer, ' ', count);
  for (gsize i = 0; i + 4096 <= count; i += 4096)
    memcpy ((char *) buffer + i, "a,\n", 3);

  return (gssize) count;
}

static void
test_endless_class_init (TestEndlessClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_endless_read;
}

static void
test_endless_init (TestEndless *self)
{
}

static void
test_endless_stream (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = g_object_new (TEST_TYPE_ENDLESS, NULL);

  g_assert_false (import_stream (self, stream, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "over 256 MB"));
  g_assert_cmpuint (TEST_ENDLESS (stream)->n_given, <, 257 * 1024 * 1024);
}

static void
test_is_cancelled (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GInputStream) stream = g_object_new (TEST_TYPE_ENDLESS, NULL);
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (self->index, "r", cancellable, &error);

  g_assert_no_error (error);
  TEST_ENDLESS (stream)->stop = cancellable;
  g_assert_false (strata_helm_index_import (stream, writer, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_not_utf8 (Fixture       *self,
               gconstpointer  data)
{
  assert_refuses (self, "entries: {a: [{version: 1.0.0, home: \xff}]}", -1, STRATA_ERROR_BAD_REPLY,
                  "UTF-8");
  assert_refuses (self, "entries: {a: [{version: 1.0.0, home: a\0b}]}", 43, STRATA_ERROR_BAD_REPLY,
                  "UTF-8");
  assert_refuses (self,
                  "\xff\xfe"
                  "e\0n\0",
                  6, STRATA_ERROR_BAD_REPLY, "UTF-8");
  assert_refuses (self, "entries: \xe2\x82", -1, STRATA_ERROR_BAD_REPLY, "UTF-8");
}

static void
test_not_yaml (Fixture       *self,
               gconstpointer  data)
{
  assert_refuses (self, "entries:\n  a: [{version: 1.0.0}\n  b: }\n", -1, STRATA_ERROR_BAD_REPLY,
                  "Line 3");
  assert_refuses (self, "<!DOCTYPE html>\n<html><body>Sign in: please</body></html>\n", -1,
                  STRATA_ERROR_BAD_REPLY, "index");
  assert_refuses (self, "{\"entries\": {\"a\": [{\"version\": \"1.0.0\"}", -1,
                  STRATA_ERROR_BAD_REPLY, "YAML");
}

#define ADD(name, function) g_test_add ("/helm-index-refuses/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("entries-of-wrong-shape", test_entries_of_wrong_shape);
  ADD ("no-entries-at-all", test_no_entries_at_all);
  ADD ("urls-empty", test_urls_empty);
  ADD ("urls-of-another-host", test_urls_of_another_host);
  ADD ("urls-of-files", test_urls_of_files);
  ADD ("urls-link-local", test_urls_link_local);
  ADD ("urls-with-user", test_urls_with_user);
  ADD ("controls-and-markup", test_controls_and_markup);
  ADD ("too-deep", test_too_deep);
  ADD ("aliases", test_aliases);
  ADD ("one-endless-value", test_one_endless_value);
  ADD ("endless-stream", test_endless_stream);
  ADD ("is-cancelled", test_is_cancelled);
  ADD ("not-utf8", test_not_utf8);
  ADD ("not-yaml", test_not_yaml);

  return g_test_run ();
}
