/* test-blob.c - bytes, their text and their digest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-blob.h"

#define N_THREADS 8

static void
test_reads_back (void)
{
  g_autoptr(StrataBlob) text = strata_blob_new_text ("pack:\n");
  g_autoptr(StrataBlob) binary = strata_blob_new ("a\0b", 3);
  g_autoptr(StrataBlob) empty = strata_blob_new (NULL, 0);

  g_assert_cmpstr (strata_blob_get_text (text), ==, "pack:\n");
  g_assert_cmpuint (strata_blob_get_size (binary), ==, 3);
  g_assert_cmpmem (strata_blob_get_text (binary), 4, "a\0b\0", 4);
  g_assert_cmpstr (strata_blob_get_text (empty), ==, "");
  g_assert_false (strata_blob_equal (text, binary));
}

static void
test_digest_is_sha256 (void)
{
  /* The first two examples of FIPS 180-4. */
  g_autoptr(StrataBlob) empty = strata_blob_new_text ("");
  g_autoptr(StrataBlob) abc = strata_blob_new_text ("abc");

  g_assert_cmpstr (strata_blob_get_digest (empty), ==,
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (strata_blob_get_digest (abc), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static gpointer
ask_digest (gpointer blob)
{
  return (gpointer) strata_blob_get_digest (blob);
}

static void
test_digest_is_one_for_all_threads (void)
{
  g_autofree char *data = g_strnfill (1 << 20, 'x');
  g_autoptr(StrataBlob) blob = strata_blob_new_text (data);
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("digest", ask_digest, blob);
  for (int i = 0; i < N_THREADS; i++)
    g_assert_true (g_thread_join (threads[i]) == strata_blob_get_digest (blob));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/blob/reads-back", test_reads_back);
  g_test_add_func ("/core/blob/digest-is-sha256", test_digest_is_sha256);
  g_test_add_func ("/core/blob/digest-is-one-for-all-threads", test_digest_is_one_for_all_threads);

  return g_test_run ();
}
