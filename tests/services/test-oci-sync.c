/* test-oci-sync.c - a sync that must not take all, and one with a registry that is elsewhere now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "oci-fixture.h"
#include "strata-error.h"
#include "strata-oci-registry.h"
#include "strata-oci-sync.h"

#include "../temp-folder.h"

static void
push (OciServer  *server,
      const char *repository,
      const char *tag)
{
  g_autoptr(GBytes) archive = g_bytes_new_static ("archive", 7);
  g_autofree char *name = g_path_get_basename (repository);
  g_autofree char *config = g_strdup_printf ("{\"name\": \"%s\"}", name);

  g_free (oci_server_push_chart (server, repository, tag, archive, config));
}

/* All versions are in memory until the last is known: more than that is no gap in the list, it is no list. */
static void
test_too_many_versions (TempFolder    *temp,
                        gconstpointer  data)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_PLAIN);
  const char *const none[] = { NULL };

  if (server == NULL)
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttp) http = strata_http_new (server->url, &error);
  g_autoptr(StrataOciClient) client = strata_oci_client_new (http, NULL);
  g_autofree char *path = temp_folder_get (temp, "index.db");
  g_autoptr(StrataIndex) index = strata_index_new (path);
  StrataOciSync sync = {
    .client = client, .registry_id = "oci", .prefix = "", .repositories = none, .index = index, .max_versions = 2,
  };

  push (server, "charts/web", "1.2.0");
  push (server, "charts/web", "1.3.0");
  push (server, "charts/db", "2.0.0");
  g_assert_false (strata_oci_sync_run (&sync, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
  g_assert_null (strata_index_get_source (index, "oci", NULL, NULL));
  g_clear_error (&error);

  sync.max_versions = 3;
  g_assert_true (strata_oci_sync_run (&sync, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
sync_at (OciServer  *server,
         StrataShelf *shelf,
         const char  *repository)
{
  g_autoptr(GError) error = NULL;
  const char *const names[] = { repository, NULL };
  g_autoptr(StrataRemote) bare = strata_remote_new (STRATA_REGISTRY_OCI, server->url, &error);
  g_autoptr(StrataRemote) known = strata_remote_with_id (bare, "oci");
  g_autoptr(StrataRemote) remote = strata_remote_with_repositories (known, names);
  g_autoptr(StrataRegistry) registry = strata_oci_registry_new (remote, shelf);

  strata_registry_sync (registry, strata_shelf_get_index (shelf), TRUE, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What was known of a repository that cannot be read holds for the place where it was read, and for no other. */
static void
test_elsewhere (TempFolder    *temp,
                gconstpointer  data)
{
  g_autoptr(OciServer) here = oci_server_start (OCI_SERVER_PLAIN);
  g_autoptr(OciServer) there = oci_server_start (OCI_SERVER_PLAIN);

  if (here == NULL || there == NULL)
    return;

  g_autofree char *kept = temp_folder_get (temp, "data");
  g_autofree char *cache = temp_folder_get (temp, "cache");
  g_autoptr(StrataShelf) shelf = strata_shelf_new (kept, cache);

  push (here, "charts/web", "1.2.0");
  push (there, "charts/db", "2.0.0");
  sync_at (here, shelf, "charts/web");
  sync_at (there, shelf, "charts/web");

  g_autoptr(StrataIndexSource) source =
    strata_index_get_source (strata_shelf_get_index (shelf), "oci", NULL, NULL);
  g_autoptr(StrataIndexEntry) entry = strata_index_load_entry (
    strata_shelf_get_index (shelf), "oci", STRATA_LAYER_KIND_OCI, "web", "1.2.0", NULL, NULL);

  g_assert_cmpuint (source->n_versions, ==, 1);
  g_assert_cmpint (entry->gone_since, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/oci-sync/too-many-versions", TempFolder, NULL, temp_folder_set_up, test_too_many_versions,
              temp_folder_tear_down);
  g_test_add ("/oci-sync/elsewhere", TempFolder, NULL, temp_folder_set_up, test_elsewhere, temp_folder_tear_down);

  return g_test_run ();
}
