/* test-editor-saver.c - what is typed gets to the disk in time, and nothing of anybody else is lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-saver.h"

#define PROMISED_US (2 * G_USEC_PER_SEC)  /* from the first unsaved letter to the disk */
#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* A draft with its saver, as the editor has them. */
typedef struct
{
  StoreFixture *store;  /* (unowned) */
  StrataDraft  *draft;  /* (owned) */
  StrataSaver  *saver;  /* (owned) */
} Desk;

static void
desk_clear (Desk *desk)
{
  g_clear_object (&desk->saver);
  g_clear_object (&desk->draft);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (StoreFixture *store)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (3);
  g_autoptr(StrataProfile) profile = store_fixture_save (store, made, STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (store, profile);
  Desk desk = { store, strata_draft_new (profile), NULL };

  desk.saver = strata_saver_new (store->store, desk.draft, head, 0);

  return desk;
}

static void
type (Desk       *desk,
      const char *text)
{
  g_autoptr(StrataProfile) profile =
    store_fixture_edit (strata_draft_get_profile (desk->draft), text);

  strata_draft_apply (desk->draft, profile, "Typing");
  strata_saver_touch (desk->saver);
}

static gboolean
wait_for (Desk             *desk,
          StrataSaverState  state,
          gint64            patience)
{
  gint64 end = g_get_monotonic_time () + patience;

  while (strata_saver_get_state (desk->saver) != state && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);

  return strata_saver_get_state (desk->saver) == state;
}

/* What another program reads. */
static void
assert_on_disk (Desk       *desk,
                const char *text)
{
  g_autoptr(StrataStore) store = store_fixture_open (desk->store);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = strata_store_load (
    store, strata_profile_get_id (strata_draft_get_profile (desk->draft)), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (profile, 0)), ==, text);
}

static void
save_elsewhere (Desk        *desk,
                StrataStore *store,
                const char  *text)
{
  const char *id = strata_profile_get_id (strata_draft_get_profile (desk->draft));
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) there = strata_store_load (store, id, NULL, &error);
  g_autoptr(StrataProfile) changed = store_fixture_edit (there, text);
  g_autoptr(StrataProfile) saved =
    strata_store_save (store, changed, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);
}

static void
test_saves_in_time (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  g_assert_cmpint (strata_saver_get_state (desk.saver), ==, STRATA_SAVER_SAVED);
  type (&desk, "typed: 1\n");
  g_assert_cmpint (strata_saver_get_state (desk.saver), ==, STRATA_SAVER_CHANGED);
  g_assert_true (wait_for (&desk, STRATA_SAVER_SAVED, PROMISED_US));
  assert_on_disk (&desk, "typed: 1\n");
}

static void
test_typing_on_does_not_put_off (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  gint64 end = g_get_monotonic_time () + PROMISED_US;
  gboolean saved = FALSE;

  for (guint i = 0; !saved && g_get_monotonic_time () < end; i++)
    {
      g_autofree char *text = g_strdup_printf ("typed: %u\n", i);

      type (&desk, text);
      g_usleep (20 * 1000);
      g_main_context_iteration (NULL, FALSE);
      saved = strata_saver_get_saved_at (desk.saver) > 0;
    }

  g_assert_true (saved);
}

static void
test_undo_to_what_is_saved_saves_nothing (StoreFixture  *fixture,
                                          gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  type (&desk, "typed: 1\n");
  strata_draft_undo (desk.draft);
  strata_saver_touch (desk.saver);
  g_assert_cmpint (strata_saver_get_state (desk.saver), ==, STRATA_SAVER_SAVED);
}

/* The save that is on its way must not come after the one that waits for it. */
static void
test_flush_has_the_last_word (StoreFixture  *fixture,
                              gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *first = g_strdup_printf ("first: %u\n", i);
      g_autofree char *last = g_strdup_printf ("last: %u\n", i);

      type (&desk, first);
      strata_saver_save (desk.saver, STRATA_REASON_AUTOSAVE);
      type (&desk, last);
      g_assert_true (strata_saver_flush (desk.saver, &error));
      g_assert_no_error (error);
      assert_on_disk (&desk, last);

      for (guint j = 0; j < 20; j++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (1000);
        }

      assert_on_disk (&desk, last);
    }
}

static void
test_flush_of_what_is_saved_does_nothing (StoreFixture  *fixture,
                                          gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autofree char *before = strata_saver_dup_head (desk.saver);

  g_assert_true (strata_saver_flush (desk.saver, NULL));

  g_autofree char *after = strata_saver_dup_head (desk.saver);
  g_assert_cmpstr (before, ==, after);
}

static void
test_save_by_hand_is_kept_in_the_history (StoreFixture  *fixture,
                                          gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  const char *id = strata_profile_get_id (strata_draft_get_profile (desk.draft));

  type (&desk, "typed: 1\n");
  strata_saver_save (desk.saver, STRATA_REASON_AUTOSAVE);
  strata_saver_save (desk.saver, STRATA_REASON_SAVE);
  g_assert_true (wait_for (&desk, STRATA_SAVER_SAVED, PATIENCE_US));

  g_autoptr(GPtrArray) history = strata_store_list_history (fixture->store, id, NULL, NULL);
  const StrataRevision *newest = g_ptr_array_index (history, 0);

  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpint (newest->reason, ==, STRATA_REASON_SAVE);
}

/* @data: whether the other one shares our store, as the assistant does, or has one of its own. */
static void
test_conflict_overwrites_nothing (StoreFixture  *fixture,
                                  gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(StrataStore) store =
    GPOINTER_TO_INT (data) ? g_object_ref (fixture->store) : store_fixture_open (fixture);
  g_autoptr(GError) error = NULL;

  save_elsewhere (&desk, store, "theirs: 1\n");
  type (&desk, "mine: 1\n");
  g_assert_true (wait_for (&desk, STRATA_SAVER_CONFLICT, PATIENCE_US));
  assert_on_disk (&desk, "theirs: 1\n");

  g_assert_false (strata_saver_flush (desk.saver, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  assert_on_disk (&desk, "theirs: 1\n");
}

static void
test_conflict_in_one_store (StoreFixture  *fixture,
                            gconstpointer  data)
{
  test_conflict_overwrites_nothing (fixture, GINT_TO_POINTER (TRUE));
}

static void
test_adopting_theirs_ends_the_conflict (StoreFixture  *fixture,
                                        gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  const char *id = strata_profile_get_id (strata_draft_get_profile (desk.draft));

  save_elsewhere (&desk, store, "theirs: 1\n");
  type (&desk, "mine: 1\n");
  g_assert_true (wait_for (&desk, STRATA_SAVER_CONFLICT, PATIENCE_US));

  g_autoptr(StrataProfile) theirs = strata_store_load (fixture->store, id, NULL, NULL);
  g_autofree char *head = store_fixture_get_head (fixture, theirs);

  strata_draft_apply (desk.draft, theirs, "Take Saved Profile");
  strata_saver_adopt (desk.saver, strata_draft_get_profile (desk.draft), head, 1);
  g_assert_cmpint (strata_saver_get_state (desk.saver), ==, STRATA_SAVER_SAVED);

  /* Undo brings ours back, and now it may be saved over theirs. */
  strata_draft_undo (desk.draft);
  strata_saver_touch (desk.saver);
  g_assert_true (wait_for (&desk, STRATA_SAVER_SAVED, PATIENCE_US));
  assert_on_disk (&desk, "mine: 1\n");
}

static void
test_failure_is_told_and_tried_again (StoreFixture  *fixture,
                                      gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autofree char *objects = g_build_filename (fixture->path, "objects", NULL);
  g_autofree char *away = g_strconcat (objects, ".away", NULL);

  g_assert_cmpint (g_rename (objects, away), ==, 0);
  g_assert_true (g_file_set_contents (objects, "", 0, NULL));
  type (&desk, "typed: 1\n");
  g_assert_true (wait_for (&desk, STRATA_SAVER_FAILED, PATIENCE_US));
  g_assert_nonnull (strata_saver_get_error (desk.saver));

  g_assert_cmpint (g_remove (objects), ==, 0);
  g_assert_cmpint (g_rename (away, objects), ==, 0);
  strata_saver_save (desk.saver, STRATA_REASON_AUTOSAVE);
  g_assert_true (wait_for (&desk, STRATA_SAVER_SAVED, PATIENCE_US));
  g_assert_null (strata_saver_get_error (desk.saver));
  assert_on_disk (&desk, "typed: 1\n");
}

/* What the keyring did not take is no longer called saved, and the next save by hand without it is. */
static void
test_secret_that_is_not_kept_is_told (StoreFixture  *fixture,
                                      gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(StrataProfile) plain = g_object_ref (strata_draft_get_profile (desk.draft));
  g_autoptr(StrataVariable) variable = strata_variable_new ("password");
  g_autoptr(StrataVariable) sensitive =
    strata_variable_with_flags (variable, STRATA_VARIABLE_SENSITIVE);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_null (strata_saver_get_warning (desk.saver));
  g_ptr_array_add (variables, strata_variable_with (sensitive, STRATA_VARIABLE_DEFAULT, "hunter2"));

  g_autoptr(StrataProfile) profile = strata_profile_with_variables (plain, variables);

  strata_draft_apply (desk.draft, profile, "Add Variable");
  strata_saver_save (desk.saver, STRATA_REASON_SAVE);
  g_assert_true (wait_for (&desk, STRATA_SAVER_SAVED, PATIENCE_US));
  g_assert_nonnull (strata_saver_get_warning (desk.saver));
  g_assert_nonnull (strstr (strata_saver_get_warning (desk.saver), "password"));

  strata_draft_undo (desk.draft);
  strata_saver_save (desk.saver, STRATA_REASON_SAVE);
  g_assert_true (wait_for (&desk, STRATA_SAVER_SAVED, PATIENCE_US));
  g_assert_null (strata_saver_get_warning (desk.saver));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* A folder is no keyring: none of these tests reaches one. */
  g_setenv ("SECRET_FILE_TEST_PATH", g_get_tmp_dir (), TRUE);

  store_fixture_add ("/app/editor-saver/in-time", test_saves_in_time);
  store_fixture_add ("/app/editor-saver/typing-on", test_typing_on_does_not_put_off);
  store_fixture_add ("/app/editor-saver/undo-to-saved", test_undo_to_what_is_saved_saves_nothing);
  store_fixture_add ("/app/editor-saver/flush-is-last", test_flush_has_the_last_word);
  store_fixture_add ("/app/editor-saver/flush-of-saved", test_flush_of_what_is_saved_does_nothing);
  store_fixture_add ("/app/editor-saver/by-hand", test_save_by_hand_is_kept_in_the_history);
  store_fixture_add ("/app/editor-saver/conflict", test_conflict_overwrites_nothing);
  store_fixture_add ("/app/editor-saver/conflict-in-one-store", test_conflict_in_one_store);
  store_fixture_add ("/app/editor-saver/adopt", test_adopting_theirs_ends_the_conflict);
  store_fixture_add ("/app/editor-saver/secret", test_secret_that_is_not_kept_is_told);
  store_fixture_add ("/app/editor-saver/failure", test_failure_is_told_and_tried_again);

  return g_test_run ();
}
