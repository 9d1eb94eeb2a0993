/* test-helm-index.c - the index of a Helm repository: of the world, and of an enemy
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-helm-index.h"

#include "../temp-folder.h"

static StrataIndexCounts
import (StrataIndex *index,
        const char  *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index, "grafana", NULL, &error);
  StrataIndexCounts counts;

  g_assert_no_error (error);
  strata_helm_index_import_file (path, writer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  strata_index_writer_commit (writer, FALSE, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

/* The numbers were counted with another parser of YAML over the same two files. */
static void
test_real (TempFolder    *temp,
           gconstpointer  data)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "charts", NULL);
  g_autofree char *older = g_build_filename (folder, "grafana-index-older.yaml", NULL);
  g_autofree char *newer = g_build_filename (folder, "grafana-index.yaml", NULL);
  g_autofree char *path = temp_folder_get (temp, "index.db");
  g_autoptr(StrataIndex) index = strata_index_new (path);

  if (!g_file_test (newer, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the indexes of a public repository are not beside the source");
      return;
    }

  StrataIndexCounts counts = import (index, older);

  g_assert_cmpuint (counts.n_new, ==, 3552);
  g_assert_cmpuint (counts.n_versions, ==, 3552);
  g_assert_cmpuint (counts.n_names, ==, 41);
  g_assert_cmpuint (counts.n_skipped, ==, 2);

  counts = import (index, newer);
  g_assert_cmpuint (counts.n_new, ==, 37);
  g_assert_cmpuint (counts.n_changed, ==, 1);
  g_assert_cmpuint (counts.n_gone, ==, 0);
  g_assert_cmpuint (counts.n_versions, ==, 3589);

  counts = import (index, older);
  g_assert_cmpuint (counts.n_new, ==, 0);
  g_assert_cmpuint (counts.n_changed, ==, 1);
  g_assert_cmpuint (counts.n_gone, ==, 37);
  g_assert_cmpuint (counts.n_versions, ==, 3552);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/helm-index/real", TempFolder, NULL, temp_folder_set_up, test_real, temp_folder_tear_down);

  return g_test_run ();
}
