/* test-archive-refuses.c - no wrong byte of an archive is believed, and the message names the file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"

#include "archive-fixture.h"

static void
assert_refused (GBytes     *bytes,
                const char *says)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_archive_read (bytes, NULL, &error));
  g_assert_true (error->domain == STRATA_ERROR);
  g_test_message ("%s", error->message);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
replace_content (GPtrArray  *files,
                 guint       index,
                 StrataBlob *content)
{
  const char *path = strata_file_get_path (files->pdata[index]);
  StrataFile *changed = strata_file_new (path, content);

  g_object_unref (files->pdata[index]);
  files->pdata[index] = changed;
}

static void
flip_byte (GPtrArray *files,
           guint      index,
           gsize      position)
{
  StrataBlob *content = strata_file_get_content (files->pdata[index]);
  gsize size = strata_blob_get_size (content);
  g_autofree char *copy = g_memdup2 (strata_blob_get_text (content), size + 1);

  copy[position] ^= 0x20;

  g_autoptr(StrataBlob) changed = strata_blob_new_take (g_steal_pointer (&copy), size);

  replace_content (files, index, changed);
}

/* One wrong byte anywhere in any file, in an archive that is otherwise as good as new. */
static void
test_refuses_one_wrong_byte (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) good = unpack (bytes);

  for (guint i = 0; i < good->len; i++)
    {
      gsize size = strata_blob_get_size (strata_file_get_content (good->pdata[i]));
      const char *name = strata_file_get_path (good->pdata[i]);
      gboolean is_sums = g_str_equal (name, "SHA256SUMS");

      for (gsize position = 0; position < size; position += 1 + size / 97)
        {
          g_autoptr(GPtrArray) files = unpack (bytes);

          flip_byte (files, i, position);

          g_autoptr(GBytes) wrong = pack (files);

          /* A wrong digest in the list looks like a wrong file. */
          assert_refused (wrong, is_sums ? "SHA256SUMS" : name);
        }
    }
}

/* Sums that were made anew after @index was changed: the attacker has a calculator too. */
static void
sign_again (GPtrArray *files)
{
  GString *sums = g_string_new (NULL);

  for (guint i = 1; i < files->len; i++)
    g_string_append_printf (sums, "%s  %s\n",
                            strata_blob_get_digest (strata_file_get_content (files->pdata[i])),
                            strata_file_get_path (files->pdata[i]));

  g_autofree char *text = g_string_free (sums, FALSE);
  g_autoptr(StrataBlob) blob = text_blob (text);

  g_assert_cmpstr (strata_file_get_path (files->pdata[0]), ==, "SHA256SUMS");
  replace_content (files, 0, blob);
}

static void
test_refuses_a_changed_file_with_new_sums (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) good = unpack (bytes);

  for (guint i = 1; i < good->len; i++)
    {
      const char *name = strata_file_get_path (good->pdata[i]);
      g_autoptr(GPtrArray) files = unpack (bytes);

      if (strata_blob_get_size (strata_file_get_content (good->pdata[i])) == 0)
        continue;

      flip_byte (files, i, 0);
      sign_again (files);

      g_autoptr(GBytes) wrong = pack (files);

      assert_refused (wrong, g_str_equal (name, "strata.json") ? "" : name);
    }
}

static void
refuse_index (const char *from,
              const char *to,
              const char *says)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(GString) text = g_string_new (strata_file_get_text (files->pdata[files->len - 1]));

  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);

  g_autoptr(StrataBlob) blob = text_blob (text->str);

  replace_content (files, files->len - 1, blob);
  sign_again (files);

  g_autoptr(GBytes) wrong = pack (files);

  assert_refused (wrong, says);
}

/* The attacker also wrote the new digest into strata.json. */
static void
test_refuses_texts_that_differ (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(StrataBlob) other = text_blob ("charts:\n  nginx: {evil: true}\n");
  guint last = files->len - 1;
  guint values = 8;

  g_assert_cmpstr (strata_file_get_path (files->pdata[values]), ==, "layers/02-nginx/values.yaml");

  g_autoptr(GString) text = g_string_new (strata_file_get_text (files->pdata[last]));
  const char *digest = strata_blob_get_digest (strata_file_get_content (files->pdata[values]));

  g_assert_cmpuint (g_string_replace (text, digest, strata_blob_get_digest (other), 0), ==, 1);

  g_autoptr(StrataBlob) index = text_blob (text->str);

  replace_content (files, values, other);
  replace_content (files, last, index);
  sign_again (files);

  g_autoptr(GBytes) wrong = pack (files);

  assert_refused (wrong, "“layers/02-nginx/values.yaml” is not what profile.json says");
}

static void
test_refuses_newer_format (void)
{
  refuse_index ("\"format\": 1", "\"format\": 2", "newer Strata (format 2)");
}

static void
test_refuses_wrong_index (void)
{
  refuse_index ("\"format\": 1", "\"format\": \"1\"", "which format");
  refuse_index ("\"format\": 1", "\"format\": 0", "which format");
  refuse_index ("\"name\": \"nginx\"", "\"name\": \"apache\"", "layers[1].name");
  refuse_index ("\"name\": \"nginx\"", "\"name\": 7", "layers[1].name must be a text");
  refuse_index ("\"kind\": \"helm\"", "\"kind\": \"oci\"", "layers[1].kind");
  refuse_index ("\"version\": \"18.1.0\"", "\"version\": \"18.1.1\"", "layers[1].version");
  refuse_index ("\"name\": \"extra\"", "\"name\": \"other\"", "manifests[0].name");
  refuse_index ("layers/02-nginx/values.yaml", "layers/02-nginx/values.yml", "values.yml");
  refuse_index ("layers/02-nginx/values.yaml", "layers/01-hello/values.yaml",
                "layers/01-hello/values.yaml");
  refuse_index ("layers/02-nginx/values.yaml", "../values.yaml", "../values.yaml");
}

static void
test_refuses_missing_and_added (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) good = unpack (bytes);
  g_autoptr(StrataBlob) blob = text_blob ("x");
  g_autoptr(GPtrArray) added = unpack (bytes);

  for (guint i = 0; i < good->len; i++)
    {
      g_autoptr(GPtrArray) files = unpack (bytes);

      g_ptr_array_remove_index (files, i);

      g_autoptr(GBytes) wrong = pack (files);

      assert_refused (wrong, strata_file_get_path (good->pdata[i]));
    }

  g_ptr_array_add (added, strata_file_new ("added", blob));

  g_autoptr(GBytes) with_more = pack (added);

  assert_refused (with_more, "“added” is in the archive and not in SHA256SUMS");
  sign_again (added);

  g_autoptr(GBytes) signed_again = pack (added);

  assert_refused (signed_again, "“added” is in the archive and not named by strata.json");
}

/* A signature is not ours to judge, and not in the way. */
static void
test_takes_a_signature (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(StrataBlob) blob = text_blob ("signature");

  g_ptr_array_add (files, strata_file_new ("SHA256SUMS.sig", blob));

  g_autoptr(GBytes) with_signature = pack (files);
  g_autoptr(StrataArchive) archive = read_good (with_signature);

  g_assert_nonnull (archive);
}

static void
refuse_sums (const char *text,
             const char *says)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(StrataBlob) blob = text_blob (text);

  replace_content (files, 0, blob);

  g_autoptr(GBytes) wrong = pack (files);

  assert_refused (wrong, says);
}

static void
test_refuses_wrong_sums (void)
{
  g_autofree char *zeros = g_strnfill (64, '0');
  g_autofree char *outside = g_strconcat (zeros, "  ../x\n", NULL);
  g_autofree char *upper = g_strconcat ("ABCDEF", zeros + 6, "  profile.json\n", NULL);

  refuse_sums ("", "no list of digests");
  refuse_sums ("\n", "Line 1");
  refuse_sums ("abc  profile.json\n", "Line 1");
  refuse_sums (zeros, "no list of digests");
  refuse_sums (outside, "../x");
  refuse_sums (upper, "Line 1");
}

static void
test_says_what_else_it_is (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataBlob) blob = text_blob ("name: chart\n");

  g_ptr_array_add (files, strata_file_new ("Chart.yaml", blob));

  g_autoptr(GBytes) chart = pack (files);
  g_autoptr(GBytes) console = strata_tarball_write ("spc", files, NULL, NULL);

  assert_refused (chart, "Helm chart");
  assert_refused (console, "console");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/archive-refuses/one-wrong-byte", test_refuses_one_wrong_byte);
  g_test_add_func ("/core/archive-refuses/changed-file-with-new-sums",
                   test_refuses_a_changed_file_with_new_sums);
  g_test_add_func ("/core/archive-refuses/texts-that-differ", test_refuses_texts_that_differ);
  g_test_add_func ("/core/archive-refuses/newer-format", test_refuses_newer_format);
  g_test_add_func ("/core/archive-refuses/wrong-index", test_refuses_wrong_index);
  g_test_add_func ("/core/archive-refuses/missing-and-added", test_refuses_missing_and_added);
  g_test_add_func ("/core/archive-refuses/wrong-sums", test_refuses_wrong_sums);
  g_test_add_func ("/core/archive-refuses/takes-a-signature", test_takes_a_signature);
  g_test_add_func ("/core/archive-refuses/says-what-else-it-is", test_says_what_else_it_is);

  return g_test_run ();
}
