/* test-registry-sync.c - a folder of packs taken into the index, and what is remembered when it is not there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-pack-folder.h"
#include "strata-registry.h"

#include "../temp-folder.h"

typedef struct
{
  TempFolder      temp;
  StrataIndex    *index;     /* (owned) */
  StrataRegistry *registry;  /* (owned) */
} Fixture;

static void
put_pack (Fixture    *self,
          const char *version,
          const char *meta)
{
  g_autofree char *path = g_strdup_printf ("packs/web-%s/pack.json", version);
  g_autofree char *good = g_strdup_printf (
    "{\"name\": \"web\", \"displayName\": \"Web\", \"version\": \"%s\", \"layer\": \"addon\"}", version);

  temp_folder_put (&self->temp, path, meta != NULL ? meta : good);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  temp_folder_set_up (&self->temp, NULL);

  g_autofree char *path = temp_folder_get (&self->temp, "index.db");
  g_autofree char *packs = temp_folder_get (&self->temp, "packs");

  self->index = strata_index_new (path);
  self->registry = strata_pack_folder_new ("folder", "Packs", packs);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->registry);
  g_clear_object (&self->index);
  temp_folder_tear_down (&self->temp, NULL);
}

static void
test_takes_a_folder (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  StrataIndexCounts counts = { 0 };

  put_pack (self, "1.0.0", NULL);
  put_pack (self, "1.1.0", NULL);
  put_pack (self, "broken", "{");
  g_assert_true (strata_registry_sync (self->registry, self->index, FALSE, &counts, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_names, ==, 1);
  g_assert_cmpuint (counts.n_new, ==, 2);
  g_assert_cmpuint (counts.n_skipped, ==, 1);

  g_autoptr(GPtrArray) versions =
    strata_index_list_versions (self->index, "folder", STRATA_LAYER_KIND_PACK, "web", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpstr (strata_pack_summary_get_version (versions->pdata[0]), ==, "1.1.0");

  /* What the index remembers is enough to get the pack. */
  put_pack (self, "1.1.0", NULL);
  temp_folder_put (&self->temp, "packs/web-1.1.0/values.yaml", "a: 1\n");

  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, versions->pdata[0], NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VALUES), ==, "a: 1\n");
}

static void
test_remembers_why_not (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  put_pack (self, "1.0.0", NULL);
  g_assert_true (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  g_autofree char *packs = temp_folder_get (&self->temp, "packs");

  temp_folder_remove_tree (packs);
  g_assert_false (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_clear_error (&error);

  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, "folder", NULL, &error);
  g_autoptr(GPtrArray) versions =
    strata_index_list_versions (self->index, "folder", STRATA_LAYER_KIND_PACK, "web", NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpint (source->error_code, ==, STRATA_ERROR_OFFLINE);
  g_assert_cmpint (source->failing_since, >, 0);
  g_assert_cmpuint (source->n_versions, ==, 1);
  g_assert_cmpuint (versions->len, ==, 1);
}

static void
test_cancel_is_no_failure (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  put_pack (self, "1.0.0", NULL);
  g_assert_true (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  g_cancellable_cancel (cancellable);
  g_assert_false (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, "folder", NULL, NULL);

  g_assert_null (source->error);
}

static void
test_asks_before_it_shrinks (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *gone = temp_folder_get (&self->temp, "packs/web-1.1.0");
  g_autofree char *gone_too = temp_folder_get (&self->temp, "packs/web-1.2.0");

  put_pack (self, "1.0.0", NULL);
  put_pack (self, "1.1.0", NULL);
  put_pack (self, "1.2.0", NULL);
  g_assert_true (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  temp_folder_remove_tree (gone);
  temp_folder_remove_tree (gone_too);
  g_assert_false (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (strata_registry_sync (self->registry, self->index, TRUE, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/registry-sync/takes-a-folder", Fixture, NULL, set_up, test_takes_a_folder, tear_down);
  g_test_add ("/registry-sync/remembers-why-not", Fixture, NULL, set_up, test_remembers_why_not, tear_down);
  g_test_add ("/registry-sync/cancel-is-no-failure", Fixture, NULL, set_up, test_cancel_is_no_failure, tear_down);
  g_test_add ("/registry-sync/asks-before-it-shrinks", Fixture, NULL, set_up, test_asks_before_it_shrinks, tear_down);

  return g_test_run ();
}
