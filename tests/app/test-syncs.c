/* test-syncs.c - registries are read one beside the other, say how far they are, and can be stopped
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-syncs.h"

#include "../temp-folder.h"
#include "strata-error.h"

#define WAIT_SECONDS 30

typedef struct
{
  TempFolder          temp;
  StrataRegistryList *registries;  /* (owned) */
  StrataIndex        *index;       /* (owned) */
  StrataSyncs        *syncs;       /* (owned) */
  const char         *id;          /* of the one registry */
  guint               n_changes;
} Fixture;

static void
put_pack (Fixture    *self,
          const char *name)
{
  g_autofree char *json = g_strdup_printf ("packs/%s/pack.json", name);
  g_autofree char *values = g_strdup_printf ("packs/%s/values.yaml", name);
  g_autofree char *text = g_strdup_printf (
    "{\"name\": \"%s\", \"displayName\": \"%s\", \"version\": \"1.0.0\", \"layer\": \"addon\"}", name,
    name);

  temp_folder_put (&self->temp, json, text);
  temp_folder_put (&self->temp, values, "pack:\n  namespace: x\n");
}

static void
changed_cb (Fixture    *self,
            const char *id)
{
  g_assert_cmpstr (id, ==, self->id);
  self->n_changes++;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  temp_folder_set_up (&self->temp, data);
  put_pack (self, "buoy");
  put_pack (self, "quay");

  g_autofree char *packs = temp_folder_get (&self->temp, "packs");
  g_autofree char *index = temp_folder_get (&self->temp, "index.db");

  self->registries = strata_registry_list_new (self->temp.path);
  strata_registry_list_add_folder (self->registries, packs, &error);
  g_assert_no_error (error);

  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (self->registries), 0);

  self->id = strata_registry_get_id (registry);
  self->index = strata_index_new (index);
  self->syncs = strata_syncs_new (self->registries, self->index);
  g_signal_connect_swapped (self->syncs, "changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gpointer index = self->index;
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  /* A worker that was told to stop still writes, and holds the index as long. */
  g_object_add_weak_pointer (index, &index);
  g_clear_object (&self->syncs);
  g_clear_object (&self->index);
  g_clear_object (&self->registries);
  while (index != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (index);
  temp_folder_tear_down (&self->temp, data);
}

static void
wait_for_end (Fixture *self)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (strata_syncs_is_running (self->syncs, self->id) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (strata_syncs_is_running (self->syncs, self->id));
}

static void
test_read (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_syncs_is_running (self->syncs, self->id));
  strata_syncs_start (self->syncs, self->id, FALSE);
  g_assert_true (strata_syncs_is_running (self->syncs, self->id));
  g_assert_cmpint (strata_syncs_get_percent (self->syncs, self->id), ==, -1);
  wait_for_end (self);
  g_assert_no_error (strata_syncs_get_error (self->syncs, self->id));
  g_assert_cmpuint (self->n_changes, >=, 2);

  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, self->id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (source->n_names, ==, 2);
}

/* What cannot be read says why, keeps what was known, and can be tried again. */
static void
test_unplugged (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *packs = temp_folder_get (&self->temp, "packs");
  g_autofree char *away = temp_folder_get (&self->temp, "away");

  strata_syncs_start (self->syncs, self->id, FALSE);
  wait_for_end (self);
  g_assert_no_errno (g_rename (packs, away));
  strata_syncs_start (self->syncs, self->id, FALSE);
  wait_for_end (self);
  g_assert_error (strata_syncs_get_error (self->syncs, self->id), STRATA_ERROR, STRATA_ERROR_OFFLINE);

  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, self->id, NULL, NULL);

  g_assert_cmpuint (source->n_names, ==, 2);
  g_assert_nonnull (source->error);

  g_assert_no_errno (g_rename (away, packs));
  strata_syncs_start (self->syncs, self->id, FALSE);
  wait_for_end (self);
  g_assert_no_error (strata_syncs_get_error (self->syncs, self->id));
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  strata_syncs_start (self->syncs, self->id, FALSE);
  strata_syncs_cancel (self->syncs, self->id);
  g_assert_false (strata_syncs_is_running (self->syncs, self->id));
  g_assert_no_error (strata_syncs_get_error (self->syncs, self->id));
}

/* A registry that is taken off the list while it is read: nobody is told of it any more. */
static void
test_removed (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = g_strdup (self->id);

  strata_syncs_start (self->syncs, id, FALSE);

  guint n_changes = self->n_changes;

  strata_registry_list_remove (self->registries, id, &error);
  g_assert_no_error (error);
  g_assert_false (strata_syncs_is_running (self->syncs, id));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->n_changes, ==, n_changes);
}

/* One that was changed while it was read is elsewhere now: what comes from there is not waited for. */
static void
test_changed (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) here = strata_remote_new (STRATA_REGISTRY_HELM, "http://127.0.0.1:1/here", &error);
  g_autoptr(StrataRemote) there = strata_remote_new (STRATA_REGISTRY_HELM, "http://127.0.0.1:1/there", &error);
  g_autoptr(StrataRemote) edited = strata_remote_with_id (there, strata_remote_get_id (here));

  g_assert_true (strata_registry_list_add_remote (self->registries, here, &error));
  self->id = strata_remote_get_id (here);
  strata_syncs_start (self->syncs, self->id, FALSE);
  g_assert_true (strata_syncs_is_running (self->syncs, self->id));
  g_assert_true (strata_registry_list_edit_remote (self->registries, edited, &error));
  g_assert_no_error (error);
  g_assert_false (strata_syncs_is_running (self->syncs, self->id));

  strata_syncs_start (self->syncs, self->id, FALSE);
  wait_for_end (self);
  g_assert_error (strata_syncs_get_error (self->syncs, self->id), STRATA_ERROR, STRATA_ERROR_OFFLINE);
}

static void
test_stranger (Fixture       *self,
               gconstpointer  data)
{
  strata_syncs_start (self->syncs, "nobody", FALSE);
  g_assert_false (strata_syncs_is_running (self->syncs, "nobody"));
  strata_syncs_cancel (self->syncs, "nobody");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/syncs/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/syncs/unplugged", Fixture, NULL, set_up, test_unplugged, tear_down);
  g_test_add ("/syncs/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/syncs/removed", Fixture, NULL, set_up, test_removed, tear_down);
  g_test_add ("/syncs/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/syncs/stranger", Fixture, NULL, set_up, test_stranger, tear_down);

  return g_test_run ();
}
