/* helm-fixture.h - a Helm repository of small charts, and a person who added it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "../core/tar-fixture.h"
#include "../temp-folder.h"
#include "strata-helm-registry.h"
#include "web-fixture.h"

typedef struct
{
  TempFolder      temp;
  StrataShelf    *shelf;     /* (owned) */
  StrataRemote   *remote;    /* (owned) (nullable) */
  StrataRegistry *registry;  /* (owned) (nullable) */
} HelmFixture;

static inline void
helm_fixture_set_up (HelmFixture   *self,
                     gconstpointer  data)
{
  temp_folder_set_up (&self->temp, NULL);

  g_autofree char *data_dir = temp_folder_get (&self->temp, "data");
  g_autofree char *cache_dir = temp_folder_get (&self->temp, "cache");

  self->shelf = strata_shelf_new (data_dir, cache_dir);
}

static inline void
helm_fixture_tear_down (HelmFixture   *self,
                        gconstpointer  data)
{
  g_clear_object (&self->registry);
  g_clear_object (&self->remote);
  g_clear_object (&self->shelf);
  temp_folder_tear_down (&self->temp, NULL);
}

/* Makes the registry at @url, under the id "far". */
static inline void
helm_fixture_open (HelmFixture      *self,
                   const char       *url,
                   StrataRemoteAuth  auth)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) plain = strata_remote_new (STRATA_REGISTRY_HELM, url, &error);

  g_assert_no_error (error);

  g_autoptr(StrataRemote) known = strata_remote_with_id (plain, "far");
  g_autoptr(StrataRemote) direct = strata_remote_with_proxy (known, FALSE);

  g_clear_object (&self->registry);
  g_clear_object (&self->remote);
  self->remote = strata_remote_with_auth (direct, auth, "ada");
  self->registry = strata_helm_registry_new (self->remote, self->shelf);
}

/* As if the program was started again: nothing is known but what is on the disk. */
static inline void
helm_fixture_start_again (HelmFixture *self)
{
  g_autofree char *url = g_strdup (strata_remote_get_url (self->remote));
  StrataRemoteAuth auth = strata_remote_get_auth (self->remote);

  g_clear_object (&self->registry);
  g_clear_object (&self->shelf);

  g_autofree char *data_dir = temp_folder_get (&self->temp, "data");
  g_autofree char *cache_dir = temp_folder_get (&self->temp, "cache");

  self->shelf = strata_shelf_new (data_dir, cache_dir);
  helm_fixture_open (self, url, auth);
}

static inline gboolean
helm_fixture_sync (HelmFixture        *self,
                   StrataIndexCounts  *counts,
                   GError            **error)
{
  return strata_registry_sync (self->registry, strata_shelf_get_index (self->shelf), FALSE, counts, NULL, NULL, NULL,
                               error);
}

static inline StrataPackSummary *
helm_fixture_summary (const char *name,
                      const char *version)
{
  return strata_pack_summary_new (STRATA_LAYER_KIND_HELM, name, name, version, "", "far", "Far", "");
}

static inline StrataPack *
helm_fixture_fetch (HelmFixture  *self,
                    const char   *name,
                    const char   *version,
                    GError      **error)
{
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary (name, version);

  return strata_registry_fetch (self->registry, summary, NULL, error);
}

/* A chart that can be read; @text makes its bytes other than those of another. */
static inline GBytes *
helm_fixture_make_chart (const char *name,
                         const char *version,
                         const char *text)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autofree char *meta_path = g_strconcat (name, "/Chart.yaml", NULL);
  g_autofree char *values_path = g_strconcat (name, "/values.yaml", NULL);
  g_autofree char *meta = g_strdup_printf ("apiVersion: v2\nname: %s\nversion: %s\n", name, version);
  g_autofree char *values = g_strdup_printf ("text: \"%s\"\n", text);

  tar_add (tar, meta_path, meta);
  tar_add (tar, values_path, values);

  return tar_finish (tar);
}
