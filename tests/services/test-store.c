/* test-store.c - what is saved comes back, and nobody overwrites what another saved
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "store-fixture.h"
#include "strata-error.h"

static void
test_comes_back_equal (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (3);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strlen (id), ==, 16);

  g_autoptr(StrataProfile) loaded = strata_store_load (other, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (strata_profile_equal (loaded, saved));
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (loaded, 1)), ==,
                   strata_layer_get_text (strata_profile_get_layer (profile, 1)));
}

static void
test_lists (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (3);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, NULL);

  g_assert_cmpuint (entries->len, ==, 1);

  StrataEntry *entry = g_ptr_array_index (entries, 0);

  g_assert_cmpstr (strata_entry_get_id (entry), ==, strata_profile_get_id (saved));
  g_assert_cmpstr (strata_entry_get_name (entry), ==, "edge-site");
  g_assert_cmpstr (strata_entry_get_version (entry), ==, "1.0.0");
  g_assert_cmpstr (strata_entry_get_description (entry), ==, "Shop; floor: 1\n=#[x] ");
  g_assert_cmpuint (g_strv_length ((GStrv) strata_entry_get_tags (entry)), ==, 2);
  g_assert_cmpstr (strata_entry_get_tags (entry)[1], ==, "site:berlin");
  g_assert_cmpuint (g_strv_length ((GStrv) strata_entry_get_registries (entry)), ==, 1);
  g_assert_cmpstr (strata_entry_get_registries (entry)[0], ==, "Public");
  g_assert_cmpuint (strata_entry_get_n_layers (entry), ==, 3);
  g_assert_cmpint (strata_entry_get_layer_kind (entry, 0), ==, STRATA_LAYER_KIND_PACK);
  g_assert_cmpint (strata_entry_get_layer_kind (entry, 1), ==, STRATA_LAYER_KIND_HELM);
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_ONLY_HERE);
  g_assert_cmpstr (strata_entry_get_problem (entry), ==, "");
  g_assert_cmpint (strata_entry_get_changed (entry), >, 1000000000);
  g_assert_cmpuint (strata_entry_get_draft_step (entry), ==, 0);
  g_assert_false (strata_entry_get_in_trash (entry));
}

/* The same object as long as nothing changed, a new one for what did. */
static void
test_lists_by_difference (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) other = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) before = strata_store_list (fixture->store, NULL, NULL);
  g_autoptr(StrataProfile) edited = store_fixture_edit (one, "a: 2\n");
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, edited, STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) after = strata_store_list (fixture->store, NULL, NULL);

  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpuint (after->len, ==, 2);

  for (guint i = 0; i < 2; i++)
    {
      StrataEntry *entry = g_ptr_array_index (before, i);
      gboolean is_same = entry == g_ptr_array_index (after, i);

      g_assert_true (is_same ==
                     g_str_equal (strata_entry_get_id (entry), strata_profile_get_id (other)));
    }
}

static void
test_same_again_is_no_revision (StoreFixture  *fixture,
                                gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, saved);
  g_autoptr(StrataProfile) again = store_fixture_save (fixture, saved, STRATA_REASON_SAVE);
  g_autofree char *head_again = store_fixture_get_head (fixture, again);

  g_assert_cmpstr (head, ==, head_again);
}

/* The conflict names the profile, nothing is overwritten, and saving over keeps the other side in
 * the history.
 */
static void
test_conflict (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  g_autoptr(StrataProfile) theirs = strata_store_load (other, id, NULL, NULL);
  g_autoptr(StrataProfile) their_edit = store_fixture_edit (theirs, "theirs: 1\n");
  g_autoptr(StrataProfile) my_edit = store_fixture_edit (saved, "mine: 1\n");
  g_autoptr(StrataProfile) their_saved =
    strata_store_save (other, their_edit, STRATA_REASON_AUTOSAVE, NULL, NULL);
  g_autofree char *their_head = store_fixture_get_head (fixture, saved);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (their_saved);
  g_assert_null (strata_store_save (fixture->store, my_edit, STRATA_REASON_AUTOSAVE, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "edge-site"));
  g_clear_error (&error);

  g_autoptr(StrataProfile) peeked = strata_store_peek (fixture->store, id, NULL, NULL);

  g_assert_true (strata_profile_equal (peeked, their_edit));
  g_assert_null (strata_store_save (fixture->store, my_edit, STRATA_REASON_AUTOSAVE, NULL, NULL));

  g_autoptr(StrataProfile) over =
    strata_store_save_over (fixture->store, my_edit, STRATA_REASON_AUTOSAVE, NULL, &error);
  g_autoptr(StrataProfile) mine = strata_store_load (other, id, NULL, NULL);
  g_autoptr(StrataProfile) kept = strata_store_load_revision (other, id, their_head, NULL, NULL);

  g_assert_no_error (error);
  g_assert_true (strata_profile_equal (mine, my_edit));
  g_assert_true (strata_profile_equal (kept, their_edit));
}

/* Two in one program, who share the store: only who knows the newest revision may save. */
static void
test_commit (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autoptr(StrataProfile) my_read =
    strata_store_checkout (fixture->store, id, &mine, NULL, NULL);
  g_autoptr(StrataProfile) their_read =
    strata_store_checkout (fixture->store, id, &theirs, NULL, NULL);
  g_autoptr(StrataProfile) their_edit = store_fixture_edit (their_read, "theirs: 1\n");
  g_autoptr(StrataProfile) my_edit = store_fixture_edit (my_read, "mine: 1\n");
  g_autofree char *before = g_strdup (mine);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) their_saved = strata_store_commit (
    fixture->store, their_edit, STRATA_REASON_SAVE, &theirs, NULL, &error);
  g_autofree char *head = store_fixture_get_head (fixture, saved);

  g_assert_no_error (error);
  g_assert_cmpstr (theirs, ==, head);
  g_assert_null (
    strata_store_commit (fixture->store, my_edit, STRATA_REASON_SAVE, &mine, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_assert_cmpstr (mine, ==, before);

  g_autoptr(StrataProfile) kept = strata_store_peek (fixture->store, id, NULL, NULL);
  g_autoptr(StrataProfile) again = store_fixture_edit (kept, "theirs: 2\n");
  g_autoptr(StrataProfile) their_next =
    strata_store_commit (fixture->store, again, STRATA_REASON_SAVE, &theirs, NULL, NULL);

  g_assert_true (strata_profile_equal (kept, their_edit));
  g_assert_nonnull (their_next);
}

static void
test_does_not_overwrite_unseen (StoreFixture  *fixture,
                                gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  g_autoptr(StrataProfile) edit = store_fixture_edit (saved, "b: 1\n");
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_store_save (other, edit, STRATA_REASON_SAVE, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
}

static void
test_trash (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_store_trash (fixture->store, id, &error));
  g_assert_no_error (error);
  store_fixture_assert_lists (fixture, 0, 1);
  g_assert_null (strata_store_load (fixture->store, id, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* An editor that is still open does not bring it back behind anyone's back. */
  g_autoptr(StrataProfile) edit = store_fixture_edit (saved, "b: 1\n");

  g_assert_null (strata_store_save (fixture->store, edit, STRATA_REASON_AUTOSAVE, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);

  g_autoptr(StrataProfile) peeked = strata_store_peek (fixture->store, id, NULL, NULL);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (fixture->store, id, NULL);

  g_assert_true (strata_profile_equal (peeked, saved));
  g_assert_true (strata_entry_get_in_trash (entry));

  g_assert_true (strata_store_restore (fixture->store, id, &error));
  g_assert_no_error (error);
  store_fixture_assert_lists (fixture, 1, 0);
  g_assert_false (strata_store_purge (fixture->store, id, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (strata_store_trash (fixture->store, id, NULL));
  g_assert_true (strata_store_purge (fixture->store, id, &error));
  g_assert_no_error (error);
  store_fixture_assert_lists (fixture, 0, 0);
}

static void
test_save_over_brings_back (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_store_trash (fixture->store, strata_profile_get_id (saved), NULL));

  g_autoptr(StrataProfile) over =
    strata_store_save_over (fixture->store, saved, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);
  store_fixture_assert_lists (fixture, 1, 0);
}

static void
test_draft (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (0);
  g_autoptr(StrataProfile) draft =
    strata_store_save_draft (fixture->store, profile, 2, NULL, NULL);
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  const char *id = strata_profile_get_id (draft);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (other, id, NULL);

  g_assert_cmpuint (strata_entry_get_draft_step (entry), ==, 2);

  /* The step alone is worth a save. */
  g_autoptr(StrataProfile) next = strata_store_save_draft (fixture->store, draft, 3, NULL, NULL);
  g_autoptr(StrataEntry) next_entry = strata_store_get_entry (other, id, NULL);

  g_assert_cmpuint (strata_entry_get_draft_step (next_entry), ==, 3);

  g_autoptr(StrataProfile) done =
    strata_store_save (fixture->store, next, STRATA_REASON_SAVE, NULL, NULL);
  g_autoptr(StrataEntry) done_entry = strata_store_get_entry (other, id, NULL);

  g_assert_true (strata_profile_equal (done, draft));
  g_assert_cmpuint (strata_entry_get_draft_step (done_entry), ==, 0);
}

static void
test_publish_is_the_base (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(StrataProfile) published = store_fixture_save (fixture, saved, STRATA_REASON_PUBLISH);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (fixture->store, id, NULL);
  g_autoptr(StrataProfile) edit = store_fixture_edit (saved, "b: 1\n");
  g_autoptr(StrataProfile) changed = store_fixture_save (fixture, edit, STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataEntry) changed_entry = strata_store_get_entry (fixture->store, id, NULL);

  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_PUBLISHED);
  g_assert_cmpint (strata_entry_get_state (changed_entry), ==, STRATA_STATE_UNPUBLISHED);
}

static void
assert_resolves (StoreFixture *fixture,
                 const char   *text,
                 const char   *id)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *found = strata_store_resolve (fixture->store, text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, id);
}

static void
test_resolve (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (0);
  g_autoptr(StrataProfile) newer = strata_profile_with (profile, STRATA_PROFILE_VERSION, "2.0.0");
  g_autoptr(StrataProfile) other = strata_profile_with (profile, STRATA_PROFILE_NAME, "lab");
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, newer, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) three = store_fixture_save (fixture, other, STRATA_REASON_SAVE);
  g_autoptr(GError) error = NULL;

  assert_resolves (fixture, strata_profile_get_id (one), strata_profile_get_id (one));
  assert_resolves (fixture, "lab", strata_profile_get_id (three));
  assert_resolves (fixture, "edge-site@2.0.0", strata_profile_get_id (two));
  assert_resolves (fixture, "edge-site 1.0.0", strata_profile_get_id (one));

  g_assert_null (strata_store_resolve (fixture->store, "edge-site", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, strata_profile_get_id (one)));
  g_assert_nonnull (strstr (error->message, strata_profile_get_id (two)));
  g_clear_error (&error);

  g_assert_null (strata_store_resolve (fixture->store, "edge-siet@1.0.0", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_null (strata_store_resolve (fixture->store, "Lap", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“lab”"));
}

static void
test_refuses_id (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const char *const ids[] = { "../x", "a/b", ".hidden", "a b", "ä" };
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (0);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(StrataProfile) named = strata_profile_with (profile, STRATA_PROFILE_ID, ids[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) load_error = NULL;

      g_assert_null (strata_store_save (fixture->store, named, STRATA_REASON_SAVE, NULL, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
      g_assert_null (strata_store_load (fixture->store, ids[i], NULL, &load_error));
      g_assert_error (load_error, STRATA_ERROR, STRATA_ERROR_INVALID);
    }
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);

  g_assert_null (
    strata_store_save (fixture->store, profile, STRATA_REASON_SAVE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  store_fixture_assert_lists (fixture, 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/store/comes-back-equal", test_comes_back_equal);
  store_fixture_add ("/services/store/lists", test_lists);
  store_fixture_add ("/services/store/lists-by-difference", test_lists_by_difference);
  store_fixture_add ("/services/store/same-again-is-no-revision", test_same_again_is_no_revision);
  store_fixture_add ("/services/store/conflict", test_conflict);
  store_fixture_add ("/services/store/commit", test_commit);
  store_fixture_add ("/services/store/does-not-overwrite-unseen", test_does_not_overwrite_unseen);
  store_fixture_add ("/services/store/trash", test_trash);
  store_fixture_add ("/services/store/save-over-brings-back", test_save_over_brings_back);
  store_fixture_add ("/services/store/draft", test_draft);
  store_fixture_add ("/services/store/publish-is-the-base", test_publish_is_the_base);
  store_fixture_add ("/services/store/resolve", test_resolve);
  store_fixture_add ("/services/store/refuses-id", test_refuses_id);
  store_fixture_add ("/services/store/cancelled", test_cancelled);

  return g_test_run ();
}
