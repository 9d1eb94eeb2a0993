/* test-store-history.c - going back, what damage does, and what may be thrown away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-problem.h"

static gint64 clock_offset;

/* Stands in for the one of GLib, so that a test can turn the clock back. */
gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + clock_offset;
}

static GPtrArray *
get_history (StoreFixture  *fixture,
             StrataProfile *profile,
             guint          n_expected)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *steps =
    strata_store_list_history (fixture->store, strata_profile_get_id (profile), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, n_expected);

  return steps;
}

static void
assert_text (StoreFixture   *fixture,
             StrataProfile  *profile,
             StrataRevision *step,
             const char     *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) old = strata_store_load_revision (
    fixture->store, strata_profile_get_id (profile), step->digest, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (old, 0)), ==, text);
}

/* However often it saves by itself, between two saves by hand there is one step; the save by hand
 * stays.
 */
static void
test_coalesces_autosaves (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "a\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) two =
    store_fixture_save_text (fixture, one, "ab\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) three =
    store_fixture_save_text (fixture, two, "ab\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) four =
    store_fixture_save_text (fixture, three, "abc\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) five =
    store_fixture_save_text (fixture, four, "abcd\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) six =
    store_fixture_save_text (fixture, five, "x\n", STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) steps = get_history (fixture, six, 3);
  StrataRevision *newest = g_ptr_array_index (steps, 0);
  StrataRevision *middle = g_ptr_array_index (steps, 1);
  StrataRevision *oldest = g_ptr_array_index (steps, 2);

  g_assert_cmpint (newest->reason, ==, STRATA_REASON_SAVE);
  g_assert_cmpint (middle->reason, ==, STRATA_REASON_AUTOSAVE);
  g_assert_cmpint (oldest->reason, ==, STRATA_REASON_SAVE);
  g_assert_cmpstr (newest->parent, ==, middle->digest);
  g_assert_null (oldest->parent);
  g_assert_cmpstr (oldest->version, ==, "1.0.0");
  g_assert_cmpuint (oldest->n_layers, ==, 1);
  assert_text (fixture, six, newest, "x\n");
  assert_text (fixture, six, middle, "abcd\n");
  assert_text (fixture, six, oldest, "ab\n");
}

/* What another program saved by itself stays in the history, also when nobody meant to save over
 * it.
 */
static void
test_keeps_autosaves_of_others (StoreFixture  *fixture,
                                gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "theirs\n", STRATA_REASON_AUTOSAVE);

  g_clear_object (&fixture->store);
  fixture->store = store_fixture_open (fixture);

  g_autoptr(StrataProfile) loaded =
    strata_store_load (fixture->store, strata_profile_get_id (one), NULL, NULL);
  g_autoptr(StrataProfile) two =
    store_fixture_save_text (fixture, loaded, "mine\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) three =
    store_fixture_save_text (fixture, two, "mine too\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(GPtrArray) steps = get_history (fixture, three, 2);

  assert_text (fixture, three, g_ptr_array_index (steps, 0), "mine too\n");
  assert_text (fixture, three, g_ptr_array_index (steps, 1), "theirs\n");
}

static void
test_goes_by_chain_not_by_clock (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1\n", STRATA_REASON_SAVE);

  clock_offset = -G_TIME_SPAN_DAY * 400;

  g_autoptr(StrataProfile) two = store_fixture_save_text (fixture, one, "2\n", STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) steps = get_history (fixture, two, 2);
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  g_autoptr(StrataProfile) loaded =
    strata_store_load (other, strata_profile_get_id (two), NULL, NULL);

  clock_offset = 0;

  assert_text (fixture, two, g_ptr_array_index (steps, 0), "2\n");
  assert_text (fixture, two, g_ptr_array_index (steps, 1), "1\n");
  g_assert_cmpint (((StrataRevision *) g_ptr_array_index (steps, 0))->time, <,
                   ((StrataRevision *) g_ptr_array_index (steps, 1))->time);
  g_assert_true (strata_profile_equal (loaded, two));
}

typedef void (*Damage) (const char *path);

static void
cut (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize) size - 1, NULL));
}

static void
empty (const char *path)
{
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
lose (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
assert_names_object (const char *message,
                     const char *path)
{
  g_autofree char *rest = g_path_get_basename (path);

  g_assert_nonnull (strstr (message, rest));
}

/* One object is damaged: it is named, the other profile is untouched, and the list says so. */
static void
check_one_damage (StoreFixture  *fixture,
                  const char    *path,
                  StrataProfile *hit,
                  StrataProfile *other)
{
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems = strata_store_check (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  for (guint i = 0; i < problems->len; i++)
    assert_names_object (((StrataProblem *) g_ptr_array_index (problems, i))->message, path);

  g_assert_null (strata_store_load (store, strata_profile_get_id (hit), NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  assert_names_object (error->message, path);

  g_autoptr(StrataProfile) whole =
    strata_store_load (store, strata_profile_get_id (other), NULL, NULL);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (store, strata_profile_get_id (hit), NULL);
  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, NULL);

  g_assert_true (strata_profile_equal (whole, other));
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_DAMAGED);
  assert_names_object (strata_entry_get_problem (entry), path);
  g_assert_cmpstr (strata_entry_get_name (entry), ==, "edge-site");
}

static void
check_damage (StoreFixture *fixture,
              Damage        damage)
{
  g_autoptr(StrataProfile) untouched = strata_profile_new ("other", "1.0.0");
  g_autoptr(StrataProfile) other = store_fixture_save (fixture, untouched, STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) of_other = store_fixture_list_objects (fixture);
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) hit = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) objects = store_fixture_list_objects (fixture);

  g_assert_cmpuint (objects->len, ==, of_other->len + 4); /* a revision, two values, one file */

  for (guint i = 0; i < objects->len; i++)
    {
      const char *path = g_ptr_array_index (objects, i);
      g_autofree char *data = NULL;
      gsize size;

      if (g_ptr_array_find_with_equal_func (of_other, path, g_str_equal, NULL))
        continue;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      damage (path);
      check_one_damage (fixture, path, hit, other);
      g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    }

  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_flipped_bit (StoreFixture  *fixture,
                  gconstpointer  data)
{
  check_damage (fixture, store_fixture_flip_bit);
}

static void
test_cut (StoreFixture  *fixture,
          gconstpointer  data)
{
  check_damage (fixture, cut);
}

static void
test_emptied (StoreFixture  *fixture,
              gconstpointer  data)
{
  check_damage (fixture, empty);
}

static void
test_lost (StoreFixture  *fixture,
           gconstpointer  data)
{
  check_damage (fixture, lose);
}

/* Layer and document are named; the revision before still opens, and saving it makes all well
 * again.
 */
static void
test_goes_back_after_damage (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "good: 1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two =
    store_fixture_save_text (fixture, one, "bad: 1\n", STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (two);
  g_autoptr(StrataBlob) bad = strata_blob_new_text ("bad: 1\n");
  g_autofree char *path = store_fixture_get_object_path (fixture, strata_blob_get_digest (bad));
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(GError) error = NULL;

  store_fixture_flip_bit (path);
  g_assert_null (strata_store_load (store, id, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "values.yaml"));
  g_assert_nonnull (strstr (error->message, "layer-0"));
  g_assert_nonnull (strstr (error->message, "edge-site"));

  g_autoptr(GPtrArray) steps = strata_store_list_history (store, id, NULL, NULL);
  StrataRevision *before = g_ptr_array_index (steps, 1);
  g_autoptr(StrataProfile) good =
    strata_store_load_revision (store, id, before->digest, NULL, NULL);
  g_autoptr(StrataProfile) saved = strata_store_save (store, good, STRATA_REASON_SAVE, NULL, NULL);
  g_autoptr(StrataProfile) loaded = strata_store_load (store, id, NULL, NULL);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (store, id, NULL);

  g_assert_true (strata_profile_equal (saved, one));
  g_assert_true (strata_profile_equal (loaded, one));
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_ONLY_HERE);
}

/* The key file alone remembers what was before a head that cannot be read. */
static void
test_history_survives_damaged_head (StoreFixture  *fixture,
                                    gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two = store_fixture_save_text (fixture, one, "2\n", STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, two);
  g_autofree char *path = store_fixture_get_object_path (fixture, head);

  store_fixture_flip_bit (path);

  g_autoptr(GPtrArray) steps = get_history (fixture, two, 1);

  assert_text (fixture, two, g_ptr_array_index (steps, 0), "1\n");

  g_autoptr(StrataProfile) three =
    store_fixture_save_text (fixture, two, "3\n", STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) after = get_history (fixture, three, 2);

  assert_text (fixture, three, g_ptr_array_index (after, 0), "3\n");
  assert_text (fixture, three, g_ptr_array_index (after, 1), "1\n");
}

/* A damaged object that is saved again is whole again. */
static void
test_saving_heals (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1: 1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two =
    store_fixture_save_text (fixture, one, "2: 2\n", STRATA_REASON_SAVE);
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("1: 1\n");
  g_autofree char *path = store_fixture_get_object_path (fixture, strata_blob_get_digest (blob));

  store_fixture_flip_bit (path);

  g_autoptr(StrataProfile) three =
    store_fixture_save_text (fixture, two, "1: 1\n", STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
}

static char *
get_record_path (StoreFixture  *fixture,
                 StrataProfile *profile)
{
  g_autofree char *name = g_strconcat (strata_profile_get_id (profile), ".ini", NULL);

  return g_build_filename (strata_store_get_profiles_path (fixture->store), name, NULL);
}

static void
test_damaged_key_file (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autofree char *path = get_record_path (fixture, one);

  g_assert_true (g_file_set_contents (path, "[profile\nrubbish", -1, NULL));

  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, NULL);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (store, strata_profile_get_id (one), NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_DAMAGED);
  g_assert_cmpstr (strata_entry_get_problem (entry), !=, "");
  g_assert_null (strata_store_load (store, strata_profile_get_id (one), NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);

  /* Who has it open still knows what it was, and its history. */
  g_autoptr(StrataProfile) three =
    store_fixture_save_text (fixture, one, "2\n", STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) steps = get_history (fixture, three, 2);

  assert_text (fixture, three, g_ptr_array_index (steps, 1), "1\n");
}

/* What a newer version wrote is shown, not read, and never written over. */
static void
test_newer_format (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1\n", STRATA_REASON_SAVE);
  g_autofree char *path = get_record_path (fixture, one);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  char *format = strstr (text, "format=1");

  format[strlen ("format=")] = '2';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  g_autoptr(StrataProfile) edit = store_fixture_edit (one, "2\n");

  g_assert_null (strata_store_load (fixture->store, strata_profile_get_id (one), NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "newer version"));
  g_assert_null (strata_store_save (fixture->store, edit, STRATA_REASON_SAVE, NULL, NULL));
  g_assert_null (strata_store_save_over (fixture->store, edit, STRATA_REASON_SAVE, NULL, NULL));

  g_autofree char *after = NULL;
  g_autoptr(StrataEntry) entry =
    strata_store_get_entry (fixture->store, strata_profile_get_id (one), NULL);

  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_DAMAGED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/store/history/coalesces-autosaves", test_coalesces_autosaves);
  store_fixture_add ("/services/store/history/keeps-autosaves-of-others",
                     test_keeps_autosaves_of_others);
  store_fixture_add ("/services/store/history/by-chain-not-by-clock",
                     test_goes_by_chain_not_by_clock);
  store_fixture_add ("/services/store/damage/flipped-bit", test_flipped_bit);
  store_fixture_add ("/services/store/damage/cut", test_cut);
  store_fixture_add ("/services/store/damage/emptied", test_emptied);
  store_fixture_add ("/services/store/damage/lost", test_lost);
  store_fixture_add ("/services/store/damage/goes-back", test_goes_back_after_damage);
  store_fixture_add ("/services/store/damage/head", test_history_survives_damaged_head);
  store_fixture_add ("/services/store/damage/saving-heals", test_saving_heals);
  store_fixture_add ("/services/store/damage/key-file", test_damaged_key_file);
  store_fixture_add ("/services/store/damage/newer-format", test_newer_format);

  return g_test_run ();
}
