/* fuzz-keyfile.c - hostile input for what reads a revision or the key file of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-key-text.h"
#include "strata-record.h"
#include "strata-revision.h"

int LLVMFuzzerTestOneInput (const unsigned char *data,
                            size_t               size);

static void
read_record (const char *data,
             gsize       size)
{
  g_autoptr(StrataRecord) record = strata_record_parse (data, size, NULL);

  if (record == NULL)
    return;

  g_autoptr(StrataEntry) entry = strata_record_to_entry (record, "id", FALSE);
  g_autofree char *again = strata_record_to_data (record, &size);
  g_autoptr(StrataRecord) record_again = strata_record_parse (again, size, NULL);
  g_autoptr(StrataEntry) entry_again = strata_record_to_entry (record_again, "id", FALSE);

  g_assert_true (strata_entry_equal (entry, entry_again));
}

/* There are no objects: what is read names none. Written and read again, it is the same. */
static void
read_revision (StrataBlob *sealed)
{
  g_autoptr(GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(StrataRevision) step = strata_revision_read_step (sealed, NULL);
  g_autoptr(StrataProfile) profile = strata_revision_read (sealed, "/nonexistent", NULL, NULL);

  strata_revision_collect_digests (sealed, digests);

  if (profile == NULL)
    return;

  g_autofree char *body = strata_revision_write (profile, NULL, blobs, NULL);

  if (body == NULL || g_hash_table_size (blobs) > 0)
    return;

  g_autoptr(StrataBlob) again = strata_revision_seal (body, NULL, 1, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) profile_again =
    strata_revision_read (again, "/nonexistent", NULL, NULL);

  g_assert_nonnull (profile_again);
  if (strstr (body, "sensitive-in-keyring") == NULL)
    g_assert_true (strata_profile_equal (profile, profile_again));
}

/* Any text comes back, alone and in a list. */
static void
keep_text (const char *text)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GKeyFile) again = g_key_file_new ();
  const char *texts[] = { text, "", text, NULL };

  if (!g_utf8_validate (text, -1, NULL))
    return;

  strata_key_text_set (file, "g", "text", text);
  strata_key_text_set_list (file, "g", "list", texts);

  g_autofree char *data = g_key_file_to_data (file, NULL, NULL);

  g_assert_true (g_key_file_load_from_data (again, data, strlen (data), G_KEY_FILE_NONE, NULL));

  g_autofree char *kept = strata_key_text_get (again, "g", "text");
  g_auto(GStrv) list = strata_key_text_get_list (again, "g", "list");

  g_assert_cmpstr (kept, ==, text);
  g_assert_true (g_strv_equal ((const char *const *) list, texts));
}

int
LLVMFuzzerTestOneInput (const unsigned char *data,
                        size_t               size)
{
  g_autoptr(StrataBlob) blob = strata_blob_new (data, size);

  read_record (strata_blob_get_text (blob), size);
  read_revision (blob);
  keep_text (strata_blob_get_text (blob));

  return 0;
}
