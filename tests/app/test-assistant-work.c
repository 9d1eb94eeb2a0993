/* test-assistant-work.c - layers made of packs, layers half made in a draft, and saves in their order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-draft-saver.h"
#include "strata-layer-facts.h"
#include "strata-layer-work.h"
#include "strata-manifest-import.h"
#include "strata-pending-layer.h"
#include "strata-profile-work.h"

#include "../temp-folder.h"
#include "strata-error.h"
#include "strata-pack-folder.h"

#define WAIT_SECONDS 30

static const char values[] = "# kept\npack:\n  namespace: web\nreplicas: 2 # two\n";
static const char presets[] = "presets:\n"
                              "- name: one\n  displayName: One\n  group: Size\n  add: |\n    replicas: 1\n  remove: []\n"
                              "- name: debug\n  displayName: Debug\n  group: Log\n  add: |\n    log: debug\n  remove: []\n";

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_pack (const char *packs,
            const char *version)
{
  g_autofree char *folder = g_strdup_printf ("%s/web-%s", packs, version);
  g_autofree char *json =
    g_strdup_printf ("{\"name\": \"web\", \"displayName\": \"Web\", \"version\": \"%s\","
                     " \"layer\": \"addon\"}",
                     version);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_file (folder, "pack.json", json);
  write_file (folder, "values.yaml", values);
  write_file (folder, "presets.yaml", presets);
}

static StrataPackSummary *
find_version (StrataRegistry *registry,
              const char     *version)
{
  g_autoptr(GPtrArray) summaries = strata_registry_list (registry, NULL, NULL);

  for (guint i = 0; i < summaries->len; i++)
    if (g_str_equal (strata_pack_summary_get_version (g_ptr_array_index (summaries, i)), version))
      return g_object_ref (g_ptr_array_index (summaries, i));

  g_assert_not_reached ();
}

static StrataRegistry *
make_registry (TempFolder *folder)
{
  write_pack (folder->path, "1.0.0");
  write_pack (folder->path, "2.0.0");

  return strata_pack_folder_new ("packs", "Public packs", folder->path);
}

static StrataLayerOutcome *
run (StrataLayerWork *work)
{
  g_autoptr(StrataLayerWork) owned = work;
  g_autoptr(GError) error = NULL;
  StrataLayerOutcome *outcome = strata_layer_work_run (owned, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (outcome);

  return outcome;
}

static StrataLayerOutcome *
fetch (StrataRegistry *registry,
       const char     *version)
{
  g_autoptr(StrataPackSummary) summary = find_version (registry, version);

  return run (strata_layer_work_new_fetch (registry, summary));
}

static StrataLayerOutcome *
choose (StrataLayerOutcome *before,
        const char         *group,
        const char         *preset)
{
  StrataLayerWork *work = strata_layer_work_new (before->layer, before->pack);

  work->group = g_strdup (group);
  work->preset = g_strdup (preset);

  return run (work);
}

static void
test_fetches_and_sets (TempFolder    *folder,
                       gconstpointer  data)
{
  g_autoptr(StrataRegistry) registry = make_registry (folder);
  g_autoptr(StrataLayerOutcome) fresh = fetch (registry, "2.0.0");

  g_assert_cmpstr (strata_layer_get_name (fresh->layer), ==, "web");
  g_assert_cmpstr (strata_layer_get_version (fresh->layer), ==, "2.0.0");
  g_assert_cmpstr (strata_layer_get_text (fresh->layer), ==, values);
  g_assert_cmpstr (fresh->name_space, ==, "web");
  g_assert_cmpint (fresh->order, ==, 0);
  g_assert_cmpuint (g_hash_table_size (fresh->presets), ==, 0);
  g_assert_cmpuint (fresh->n_errors, ==, 0);
  g_assert_true (g_str_has_prefix (fresh->digest, "sha256:"));

  StrataLayerWork *work = strata_layer_work_new (fresh->layer, fresh->pack);
  work->name_space = g_strdup ("edge");
  work->order = 20;
  work->set_order = TRUE;
  g_autoptr(StrataLayerOutcome) set = run (work);

  g_assert_cmpstr (set->name_space, ==, "edge");
  g_assert_cmpint (set->order, ==, 20);
  g_assert_nonnull (strstr (strata_layer_get_text (set->layer), "# kept\n"));
  g_assert_nonnull (strstr (strata_layer_get_text (set->layer), "replicas: 2 # two\n"));
  g_assert_cmpstr (set->digest, !=, fresh->digest);
}

static void
test_presets_there_and_back (TempFolder    *folder,
                             gconstpointer  data)
{
  g_autoptr(StrataRegistry) registry = make_registry (folder);
  g_autoptr(StrataLayerOutcome) fresh = fetch (registry, "1.0.0");
  g_autoptr(StrataLayerOutcome) one = choose (fresh, "Size", "one");
  g_autoptr(StrataLayerOutcome) both = choose (one, "Log", "debug");
  g_autoptr(StrataLayerOutcome) log_only = choose (both, "Size", "");
  g_autoptr(StrataLayerOutcome) none = choose (log_only, "Log", "");

  g_assert_cmpstr (g_hash_table_lookup (both->presets, "Size"), ==, "one");
  g_assert_cmpstr (g_hash_table_lookup (both->presets, "Log"), ==, "debug");
  g_assert_nonnull (strstr (strata_layer_get_text (both->layer), "replicas: 1"));
  g_assert_null (g_hash_table_lookup (log_only->presets, "Size"));
  g_assert_cmpstr (g_hash_table_lookup (log_only->presets, "Log"), ==, "debug");
  g_assert_nonnull (strstr (strata_layer_get_text (log_only->layer), "replicas: 2"));
  g_assert_cmpstr (strata_layer_get_text (none->layer), ==, values);
}

static void
test_another_version_carries_over (TempFolder    *folder,
                                   gconstpointer  data)
{
  g_autoptr(StrataRegistry) registry = make_registry (folder);
  g_autoptr(StrataLayerOutcome) fresh = fetch (registry, "2.0.0");
  g_autoptr(StrataPackSummary) older = find_version (registry, "1.0.0");
  g_autoptr(StrataBlob) mine = strata_blob_new_text ("pack:\n  namespace: mine\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("extra", mine);
  g_autoptr(StrataLayer) attached = strata_layer_with_manifest (fresh->layer, manifest);
  StrataLayerWork *work = strata_layer_work_new_fetch (registry, older);

  work->carry = strata_layer_with_values (attached, mine);
  work->carry_values = TRUE;
  g_autoptr(StrataLayerOutcome) outcome = run (work);

  g_assert_cmpstr (strata_layer_get_version (outcome->layer), ==, "1.0.0");
  g_assert_cmpstr (outcome->name_space, ==, "mine");
  g_assert_nonnull (strata_layer_find_manifest (outcome->layer, "extra", NULL));
}

static void
test_pack_gone (TempFolder    *folder,
                gconstpointer  data)
{
  g_autofree char *packs = g_build_filename (folder->path, "packs", NULL);
  g_autoptr(StrataRegistry) registry = strata_pack_folder_new ("packs", "Public packs", packs);
  g_autoptr(GError) error = NULL;

  write_pack (packs, "1.0.0");
  g_autoptr(StrataPackSummary) summary = find_version (registry, "1.0.0");
  g_autoptr(StrataLayerWork) work = strata_layer_work_new_fetch (registry, summary);
  temp_folder_remove_tree (packs);

  g_assert_null (strata_layer_work_run (work, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
}

static StrataLayer *
make_manifests (const char *name)
{
  g_autoptr(StrataBlob) content = strata_blob_new_text ("kind: Secret\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("secret", content);
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, name);

  return strata_layer_with_manifest (layer, manifest);
}

static void
test_pending_layer (gconstpointer data)
{
  g_autoptr(StrataLayer) layer = make_manifests (data);
  g_autoptr(StrataLayer) below = make_manifests ("below");
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataProfile) profile = strata_profile_with_layer_inserted (empty, 0, below);
  g_autoptr(StrataProfile) draft = strata_pending_layer_put (profile, layer);
  g_autoptr(StrataLayer) pending = NULL;
  g_autoptr(StrataLayer) nothing = NULL;
  g_autoptr(StrataProfile) rest = strata_pending_layer_take (draft, &pending);
  g_autoptr(StrataProfile) same = strata_pending_layer_take (rest, &nothing);

  g_assert_cmpuint (strata_profile_get_n_layers (draft), ==, 2);
  g_assert_true (strata_profile_equal (rest, profile));
  g_assert_true (strata_layer_equal (pending, layer));
  g_assert_null (nothing);
  g_assert_true (same == rest);
}

static void
test_facts (void)
{
  g_autoptr(StrataLayer) layer = make_manifests ("site-secrets");
  g_autofree char *subtitle = strata_layer_facts_subtitle (layer);
  g_autofree char *images = strata_layer_facts_images (layer, 0);
  g_autofree char *digest = strata_layer_facts_digest (layer);
  g_autoptr(StrataLayer) renamed = strata_layer_with (layer, STRATA_LAYER_NAME, "other");
  g_autofree char *same = strata_layer_facts_digest (renamed);
  g_autoptr(StrataBlob) text = strata_blob_new_text ("pack: {}\n");
  g_autoptr(StrataLayer) changed = strata_layer_with_values (layer, text);
  g_autofree char *other = strata_layer_facts_digest (changed);
  g_autoptr(StrataBlob) bytes = strata_blob_new_text ("a chart");
  g_autoptr(StrataFile) file = strata_file_new ("charts/redis-1.0.0.tgz", bytes);
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, file);
  g_autoptr(StrataLayer) with_chart = strata_layer_with_files (layer, files);
  g_autofree char *unknown = strata_layer_facts_images (with_chart, 0);

  g_assert_cmpstr (subtitle, ==, "Manifests · 1 file");
  g_assert_cmpstr (images, ==, "no images");
  g_assert_cmpstr (unknown, ==, "images not known");
  g_assert_cmpstr (digest, ==, same);
  g_assert_cmpstr (digest, !=, other);
}

static void
test_manifest_names (void)
{
  static const char *const names[][2] = {
    { "ingress.yaml", "ingress" },
    { "site.secrets.yml", "site.secrets" },
    { "two words.json", "two-words" },
    { ".yaml", "manifest" },
    { "plain", "plain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = strata_manifest_name_from_file (names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

/* What the saver said. */
typedef struct
{
  guint    n_saved;
  gboolean finished;
  char    *id;
} Said;

static void
saved_cb (Said       *said,
          const char *id,
          gboolean    finished)
{
  said->n_saved++;
  said->finished = finished;
  g_free (said->id);
  said->id = g_strdup (id);
}

static void
wait_until_idle (StrataDraftSaver *saver)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (!strata_draft_saver_is_idle (saver) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (strata_draft_saver_is_idle (saver));
}

static void
test_saver_makes_one_profile (TempFolder    *folder,
                              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (folder->path, &error);
  g_autoptr(StrataDraftSaver) saver = strata_draft_saver_new (store, "");
  g_autoptr(StrataProfile) first = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataLayer) layer = make_manifests ("secrets");
  g_autoptr(StrataProfile) second = strata_profile_with_layer_inserted (first, 0, layer);
  Said said = { 0 };

  g_assert_no_error (error);
  g_signal_connect_swapped (saver, "saved", G_CALLBACK (saved_cb), &said);

  /* The second comes while the first is on its way, and has no id of its own yet. */
  strata_draft_saver_keep (saver, first, 1);
  strata_draft_saver_flush (saver);
  strata_draft_saver_keep (saver, second, 2);
  strata_draft_saver_flush (saver);
  wait_until_idle (saver);

  g_autoptr(GPtrArray) drafts = strata_store_list (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (drafts, 0)), ==, 2);
  g_assert_cmpuint (strata_entry_get_n_layers (g_ptr_array_index (drafts, 0)), ==, 1);
  g_assert_cmpuint (said.n_saved, ==, 2);
  g_assert_false (said.finished);
  g_assert_cmpstr (said.id, ==, strata_entry_get_id (g_ptr_array_index (drafts, 0)));

  strata_draft_saver_finish (saver, second);
  wait_until_idle (saver);

  g_autoptr(GPtrArray) finished = strata_store_list (store, NULL, &error);
  g_assert_cmpuint (finished->len, ==, 1);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (finished, 0)), ==, 0);
  g_assert_true (said.finished);
  g_free (said.id);
}

static void
failed_cb (guint *n_failed)
{
  (*n_failed)++;
}

static void
wait_for_failure (guint *n_failed,
                  guint  n_expected)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (*n_failed < n_expected && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (*n_failed, ==, n_expected);
}

/* What the disk refused is not said to be on it, and is tried again. */
static void
test_saver_keeps_what_failed (TempFolder    *folder,
                              gconstpointer  data)
{
  g_autoptr(StrataStore) store = strata_store_open (folder->path, NULL);
  g_autoptr(StrataDraftSaver) saver = strata_draft_saver_new (store, "");
  g_autoptr(StrataProfile) profile = strata_profile_new ("edge", "1.0.0");
  g_autofree char *objects = g_build_filename (folder->path, "objects", NULL);
  g_autofree char *away = g_strconcat (objects, ".away", NULL);
  guint n_failed = 0;

  g_assert_cmpint (g_rename (objects, away), ==, 0);
  write_file (folder->path, "objects", "");
  g_signal_connect_swapped (saver, "failed", G_CALLBACK (failed_cb), &n_failed);
  strata_draft_saver_finish (saver, profile);
  wait_for_failure (&n_failed, 1);
  g_assert_false (strata_draft_saver_is_idle (saver));

  g_assert_cmpint (g_remove (objects), ==, 0);
  g_assert_cmpint (g_rename (away, objects), ==, 0);
  strata_draft_saver_flush (saver);
  wait_until_idle (saver);

  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, NULL);

  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (entries, 0)), ==, 1);
}

/* What another program made of the draft stays, and so does what is typed here. */
static void
test_saver_keeps_both (TempFolder    *folder,
                       gconstpointer  data)
{
  g_autoptr(StrataStore) store = strata_store_open (folder->path, NULL);
  g_autoptr(StrataStore) other = strata_store_open (folder->path, NULL);
  g_autoptr(StrataDraftSaver) saver = strata_draft_saver_new (store, "");
  g_autoptr(StrataProfile) profile = strata_profile_new ("edge", "1.0.0");
  guint n_failed = 0;

  g_signal_connect_swapped (saver, "failed", G_CALLBACK (failed_cb), &n_failed);
  strata_draft_saver_keep (saver, profile, 1);
  strata_draft_saver_flush (saver);
  wait_until_idle (saver);

  g_autofree char *id = g_strdup (strata_draft_saver_get_id (saver));
  g_autoptr(StrataProfile) read = strata_store_load (other, id, NULL, NULL);
  g_autoptr(StrataProfile) theirs =
    strata_profile_with (read, STRATA_PROFILE_DESCRIPTION, "theirs");
  g_autoptr(StrataProfile) their_saved =
    strata_store_save (other, theirs, STRATA_REASON_SAVE, NULL, NULL);
  g_autoptr(StrataProfile) mine = strata_profile_with (read, STRATA_PROFILE_DESCRIPTION, "mine");

  strata_draft_saver_keep (saver, mine, 2);
  strata_draft_saver_flush (saver);
  wait_until_idle (saver);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_cmpstr (strata_draft_saver_get_id (saver), !=, id);

  g_autoptr(StrataProfile) there = strata_store_peek (other, id, NULL, NULL);
  g_autoptr(StrataProfile) here =
    strata_store_peek (other, strata_draft_saver_get_id (saver), NULL, NULL);

  g_assert_cmpstr (strata_profile_get (there, STRATA_PROFILE_DESCRIPTION), ==, "theirs");
  g_assert_cmpstr (strata_profile_get (here, STRATA_PROFILE_DESCRIPTION), ==, "mine");
}

/* A change that comes while the profile is being finished does not make a draft of it again. */
static void
test_saver_finishes_once (TempFolder    *folder,
                          gconstpointer  data)
{
  g_autoptr(StrataStore) store = strata_store_open (folder->path, NULL);
  g_autoptr(StrataDraftSaver) saver = strata_draft_saver_new (store, "");
  g_autoptr(StrataProfile) profile = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataProfile) typed =
    strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, "typed");

  strata_draft_saver_finish (saver, profile);
  strata_draft_saver_keep (saver, typed, 3);
  wait_until_idle (saver);

  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, NULL);
  g_autoptr(StrataProfile) there =
    strata_store_peek (store, strata_draft_saver_get_id (saver), NULL, NULL);

  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (strata_entry_get_draft_step (g_ptr_array_index (entries, 0)), ==, 0);
  g_assert_cmpstr (strata_profile_get (there, STRATA_PROFILE_DESCRIPTION), ==, "typed");
}

static void
test_adds_to_what_is_saved (TempFolder    *folder,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (folder->path, &error);
  g_autoptr(StrataLayer) layer = make_manifests ("secrets");
  g_autoptr(StrataLayer) other = make_manifests ("other");
  StrataProfileWork *create = strata_profile_work_new (store, "edge", layer);
  g_autoptr(StrataProfile) made = strata_profile_work_create (create, NULL, &error);

  g_assert_no_error (error);
  StrataProfileWork *add = strata_profile_work_new (store, strata_profile_get_id (made), other);
  g_autoptr(StrataProfile) added = strata_profile_work_add_layer (add, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_profile_get_n_layers (added), ==, 2);
  g_assert_cmpstr (strata_layer_get_name (strata_profile_get_layer (added, 1)), ==, "other");

  g_assert_null (strata_profile_work_add_layer (add, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  strata_profile_work_free (create);
  strata_profile_work_free (add);
}

#define N_ADDED 12

/* An editor that has a profile open while layers are added to it. */
typedef struct
{
  StrataStore *store;  /* (unowned) */
  const char  *id;     /* (unowned) */
  gint         stop;   /* (atomic) */
  guint        n_lost;
} Typist;

static gpointer
type_thread (gpointer data)
{
  Typist *self = data;
  g_autofree char *typed = g_strdup ("");

  for (guint i = 0; !g_atomic_int_get (&self->stop); i++)
    {
      g_autofree char *head = NULL;
      g_autofree char *next = g_strdup_printf ("typed %u", i);
      g_autoptr(StrataProfile) profile =
        strata_store_checkout (self->store, self->id, &head, NULL, NULL);
      g_autoptr(StrataProfile) edited =
        strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, next);

      if (!g_str_equal (strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION), typed))
        self->n_lost++;

      g_autoptr(StrataProfile) saved =
        strata_store_commit (self->store, edited, STRATA_REASON_AUTOSAVE, &head, NULL, NULL);

      if (saved != NULL)
        {
          g_free (typed);
          typed = g_steal_pointer (&next);
        }
      g_usleep (20000);
    }

  return NULL;
}

/* What an editor saves between the reading and the saving of the one who adds a layer stays. */
static void
test_adds_while_somebody_types (TempFolder    *folder,
                                gconstpointer  data)
{
  g_autoptr(StrataStore) store = strata_store_open (folder->path, NULL);
  g_autoptr(StrataLayer) first = make_manifests ("first");
  StrataProfileWork *create = strata_profile_work_new (store, "edge", first);
  g_autoptr(StrataProfile) made = strata_profile_work_create (create, NULL, NULL);
  Typist typist = { .store = store, .id = strata_profile_get_id (made) };
  GThread *thread = g_thread_new ("typist", type_thread, &typist);

  for (guint i = 0; i < N_ADDED; i++)
    {
      g_autofree char *name = g_strdup_printf ("layer-%u", i);
      g_autoptr(StrataLayer) layer = make_manifests (name);
      StrataProfileWork *add = strata_profile_work_new (store, typist.id, layer);
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataProfile) added = strata_profile_work_add_layer (add, NULL, &error);

      g_assert_no_error (error);
      strata_profile_work_free (add);
    }

  g_atomic_int_set (&typist.stop, TRUE);
  g_thread_join (thread);

  g_autoptr(StrataProfile) all = strata_store_peek (store, typist.id, NULL, NULL);

  g_assert_cmpuint (typist.n_lost, ==, 0);
  g_assert_cmpuint (strata_profile_get_n_layers (all), ==, 1 + N_ADDED);
  strata_profile_work_free (create);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/app/layer-work/fetches-and-sets", TempFolder, NULL, temp_folder_set_up,
              test_fetches_and_sets, temp_folder_tear_down);
  g_test_add ("/app/layer-work/presets-there-and-back", TempFolder, NULL, temp_folder_set_up,
              test_presets_there_and_back, temp_folder_tear_down);
  g_test_add ("/app/layer-work/another-version-carries-over", TempFolder, NULL, temp_folder_set_up,
              test_another_version_carries_over, temp_folder_tear_down);
  g_test_add ("/app/layer-work/pack-gone", TempFolder, NULL, temp_folder_set_up, test_pack_gone,
              temp_folder_tear_down);
  g_test_add_data_func ("/app/pending-layer/named", "site-secrets", test_pending_layer);
  g_test_add_data_func ("/app/pending-layer/unnamed", "", test_pending_layer);
  g_test_add_func ("/app/layer-facts/says-only-what-is-known", test_facts);
  g_test_add_func ("/app/manifest-import/names", test_manifest_names);
  g_test_add ("/app/draft-saver/makes-one-profile", TempFolder, NULL, temp_folder_set_up,
              test_saver_makes_one_profile, temp_folder_tear_down);
  g_test_add ("/app/draft-saver/keeps-what-failed", TempFolder, NULL, temp_folder_set_up,
              test_saver_keeps_what_failed, temp_folder_tear_down);
  g_test_add ("/app/draft-saver/keeps-both", TempFolder, NULL, temp_folder_set_up,
              test_saver_keeps_both, temp_folder_tear_down);
  g_test_add ("/app/draft-saver/finishes-once", TempFolder, NULL, temp_folder_set_up,
              test_saver_finishes_once, temp_folder_tear_down);
  g_test_add ("/app/profile-work/adds-to-what-is-saved", TempFolder, NULL, temp_folder_set_up,
              test_adds_to_what_is_saved, temp_folder_tear_down);
  g_test_add ("/app/profile-work/adds-while-somebody-types", TempFolder, NULL, temp_folder_set_up,
              test_adds_while_somebody_types, temp_folder_tear_down);

  return g_test_run ();
}
