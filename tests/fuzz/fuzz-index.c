/* fuzz-index.c - the index of a Helm repository: any bytes give an index or one error, and what is in it can be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <stdlib.h>

#include "strata-helm-index.h"
#include "strata-index-query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static StrataIndex *index_of_all = NULL;

static void
remove_folder (void)
{
  const char *path = strata_index_get_path (index_of_all);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  g_object_unref (index_of_all);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

static void
make_index (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "index.db", NULL);

  index_of_all = strata_index_new (path);
  atexit (remove_folder);
}

/* What a list shows is text that anything may show. */
static void
check (StrataPackSummary *summary)
{
  g_autofree char *name = strata_index_clean (strata_pack_summary_get_name (summary), 1000);
  g_autofree char *description =
    strata_index_clean (strata_pack_summary_get_description (summary), 100000);

  g_assert_cmpstr (name, ==, strata_pack_summary_get_name (summary));
  g_assert_cmpstr (description, ==, strata_pack_summary_get_description (summary));
}

static void
read_back (void)
{
  const StrataIndexQuery query = { .text = "a", .kind = STRATA_INDEX_ANY_KIND };
  g_autoptr(StrataIndexMatches) matches = strata_index_search (index_of_all, &query, NULL, NULL);
  g_autoptr(GPtrArray) found = strata_index_load_matches (index_of_all, matches, 0, 5, NULL, NULL);

  for (guint i = 0; i < found->len; i++)
    {
      StrataPackSummary *summary = found->pdata[i];
      g_autoptr(StrataIndexEntry) entry = strata_index_load_entry (
        index_of_all, "fuzz", STRATA_LAYER_KIND_HELM, strata_pack_summary_get_name (summary),
        strata_pack_summary_get_version (summary), NULL, NULL);
      g_autoptr(GPtrArray) images = strata_index_entry_list_images (entry);

      check (summary);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  if (index_of_all == NULL)
    make_index ();

  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index_of_all, "fuzz", NULL, NULL);
  g_autoptr(GError) error = NULL;

  strata_index_writer_forget_gone (writer);
  if (!strata_helm_index_import (stream, writer, NULL, NULL, NULL, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  g_assert_true (strata_index_writer_commit (writer, TRUE, NULL, &error));
  g_clear_pointer (&writer, strata_index_writer_free);
  read_back ();

  return 0;
}
