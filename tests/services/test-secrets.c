/* test-secrets.c - a secret is in the keyring and in no file, also when that is out of reach
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-palette.h"
#include "strata-problem.h"
#include "strata-secrets.h"

#define SECRET "hunter2-and-more"

int __lsan_is_turned_off (void);

/* Asked at the end by the leak sanitizer: libsecret 0.20 leaks a reply or a string each time, with
 * none of its functions on the stack that could be named in lsan.supp.
 */
int
__lsan_is_turned_off (void)
{
  return TRUE;
}

static char *keyring;  /* (owned) the file that the keyring is in this test */

static StrataVariable *
make_variable (const char          *name,
               const char          *text,
               StrataVariableFlags  flags)
{
  g_autoptr(StrataVariable) plain = strata_variable_new (name);
  g_autoptr(StrataVariable) flagged = strata_variable_with_flags (plain, flags);

  return strata_variable_with (flagged, STRATA_VARIABLE_DEFAULT, text);
}

/* A profile with a sensitive, a masked and a plain variable. */
static StrataProfile *
make_profile (const char *secret)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (variables, make_variable ("password", secret, STRATA_VARIABLE_SENSITIVE));
  g_ptr_array_add (variables, make_variable ("masked", "********", STRATA_VARIABLE_SENSITIVE));
  g_ptr_array_add (variables, make_variable ("port", "8080", 0));

  return strata_profile_with_variables (profile, variables);
}

static const char *
get_default (StrataProfile *profile,
             guint          position)
{
  return strata_variable_get (g_ptr_array_index (strata_profile_get_variables (profile), position),
                              STRATA_VARIABLE_DEFAULT);
}

static StrataProfile *
with_default (StrataProfile *profile,
              const char    *text)
{
  g_autoptr(StrataProfile) other = make_profile (text);

  return strata_profile_with_variables (profile, strata_profile_get_variables (other));
}

static StrataProfile *
load (StoreFixture  *fixture,
      StrataProfile *profile)
{
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(GError) error = NULL;
  StrataProfile *loaded = strata_store_load (store, strata_profile_get_id (profile), NULL, &error);

  g_assert_no_error (error);

  return loaded;
}

/* Whether any file below @path holds @text. */
static gboolean
is_in_a_file (const char *path,
              const char *text)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  g_autofree char *data = NULL;
  const char *name;
  gboolean found = FALSE;
  gsize size;

  if (folder == NULL)
    return g_file_get_contents (path, &data, &size, NULL) &&
           memmem (data, size, text, strlen (text)) != NULL;

  while (!found && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      found = is_in_a_file (child, text);
    }

  return found;
}

static void
assert_n_problems (StoreFixture  *fixture,
                   StrataProfile *profile,
                   guint          n_expected)
{
  g_autoptr(GPtrArray) problems =
    strata_store_list_problems (fixture->store, strata_profile_get_id (profile));

  g_assert_cmpuint (problems->len, ==, n_expected);

  for (guint i = 0; i < n_expected; i++)
    {
      const char *message = ((StrataProblem *) g_ptr_array_index (problems, i))->message;

      g_assert_nonnull (strstr (message, "password"));
      g_assert_null (strstr (message, SECRET));
    }
}

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_secrets_lookup ("p1", "name; =[x]", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (strata_secrets_store ("p1", "name; =[x]", "one\nä", NULL, &error));
  g_assert_true (strata_secrets_store ("p1", "other", "two", NULL, &error));
  g_assert_true (strata_secrets_store ("p2", "other", "three", NULL, &error));
  g_assert_true (strata_secrets_store ("p1", "other", "four", NULL, &error));
  g_assert_no_error (error);

  g_autofree char *one = strata_secrets_lookup ("p1", "name; =[x]", NULL, NULL);
  g_autofree char *four = strata_secrets_lookup ("p1", "other", NULL, NULL);

  g_assert_cmpstr (one, ==, "one\nä");
  g_assert_cmpstr (four, ==, "four");

  g_assert_true (strata_secrets_clear ("p1", NULL, NULL, &error));
  g_assert_true (strata_secrets_clear ("p1", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (strata_secrets_lookup ("p1", "other", NULL, NULL));

  g_autofree char *three = strata_secrets_lookup ("p2", "other", NULL, NULL);

  g_assert_cmpstr (three, ==, "three");
}

static void
test_is_in_no_file (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = make_profile (SECRET);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) loaded = load (fixture, saved);
  g_autoptr(StrataProfile) peeked =
    strata_store_peek (fixture->store, strata_profile_get_id (saved), NULL, NULL);

  g_assert_true (strata_profile_equal (loaded, saved));
  g_assert_true (strata_profile_equal (peeked, saved));
  g_assert_cmpstr (get_default (loaded, 0), ==, SECRET);
  g_assert_cmpstr (get_default (loaded, 1), ==, "********");
  g_assert_true (is_in_a_file (fixture->path, "8080"));
  g_assert_true (is_in_a_file (fixture->path, "sensitive-in-keyring=true"));
  g_assert_false (is_in_a_file (fixture->path, SECRET));
  assert_n_problems (fixture, saved, 0);
}

/* Changing, taking away and deleting it reach the keyring; going back in the history does not lose
 * it.
 */
static void
test_follows_the_profile (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = make_profile (SECRET);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autofree char *head = store_fixture_get_head (fixture, saved);
  g_autoptr(StrataProfile) changed = with_default (saved, "other-" SECRET);
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, changed, STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) loaded = load (fixture, two);

  g_assert_cmpstr (get_default (loaded, 0), ==, "other-" SECRET);

  g_autoptr(StrataProfile) back =
    strata_store_load_revision (fixture->store, id, head, NULL, NULL);
  g_autoptr(StrataProfile) three = store_fixture_save (fixture, back, STRATA_REASON_SAVE);
  g_autofree char *kept = strata_secrets_lookup (id, "password", NULL, NULL);

  g_assert_cmpstr (kept, ==, "other-" SECRET);

  g_autoptr(StrataProfile) emptied = with_default (three, "");
  g_autoptr(StrataProfile) four = store_fixture_save (fixture, emptied, STRATA_REASON_SAVE);

  g_assert_null (strata_secrets_lookup (id, "password", NULL, NULL));

  g_autoptr(StrataProfile) five = store_fixture_save (fixture, saved, STRATA_REASON_SAVE);
  g_autofree char *again = strata_secrets_lookup (id, "password", NULL, NULL);

  g_assert_cmpstr (again, ==, SECRET);
  g_assert_true (strata_store_trash (fixture->store, id, NULL));
  g_assert_true (strata_store_purge (fixture->store, id, NULL));
  g_assert_null (strata_secrets_lookup (id, "password", NULL, NULL));
}

/* Somebody opened the profile while the keyring was locked, and saves it when it is open again. */
static void
test_asterisks_take_nothing_away (StoreFixture  *fixture,
                                  gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = make_profile (SECRET);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autofree char *head = store_fixture_get_head (fixture, saved);
  g_autoptr(StrataProfile) masked = with_default (saved, STRATA_PALETTE_MASK);
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, masked, STRATA_REASON_SAVE);
  g_autofree char *same = store_fixture_get_head (fixture, two);
  g_autofree char *kept = strata_secrets_lookup (id, "password", NULL, NULL);
  g_autoptr(StrataProfile) loaded = load (fixture, two);

  g_assert_cmpstr (kept, ==, SECRET);
  g_assert_cmpstr (same, ==, head);
  g_assert_cmpstr (get_default (loaded, 0), ==, SECRET);
}

static void
break_keyring (void)
{
  g_assert_cmpint (g_mkdir (keyring, 0700), ==, 0);
}

static void
mend_keyring (void)
{
  g_assert_cmpint (g_rmdir (keyring), ==, 0);
}

/* libsecret keeps what it read: a keyring that is out of reach needs a program that never reached
 * it.
 */
static void
run_without_keyring (StoreFixture *fixture,
                     const char   *test)
{
  if (!g_str_equal (g_getenv ("SECRET_BACKEND"), "file"))
    {
      g_test_skip ("the real keyring is not broken on purpose");
      return;
    }

  g_setenv ("STRATA_TEST_STORE", fixture->path, TRUE);
  g_test_trap_subprocess (test, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_unsetenv ("STRATA_TEST_STORE");
}

/* The rest is saved, it is said what was not, and the next save by hand tries again. */
static void
saves_without_keyring (void)
{
  StoreFixture fixture = { .path = (char *) g_getenv ("STRATA_TEST_STORE") };
  g_autoptr(StrataStore) store = store_fixture_open (&fixture);
  g_autoptr(StrataProfile) profile = make_profile (SECRET);

  fixture.store = store;
  break_keyring ();

  g_autoptr(StrataProfile) saved = store_fixture_save (&fixture, profile, STRATA_REASON_SAVE);

  assert_n_problems (&fixture, saved, 1);
  g_assert_false (is_in_a_file (fixture.path, SECRET));

  g_autoptr(StrataProfile) loaded = load (&fixture, saved);

  g_assert_cmpstr (get_default (loaded, 0), ==, STRATA_PALETTE_MASK);
  g_assert_cmpstr (get_default (loaded, 2), ==, "8080");

  mend_keyring ();

  g_autoptr(StrataProfile) auto_saved =
    store_fixture_save (&fixture, saved, STRATA_REASON_AUTOSAVE);

  assert_n_problems (&fixture, saved, 1);

  g_autoptr(StrataProfile) again = store_fixture_save (&fixture, saved, STRATA_REASON_SAVE);

  assert_n_problems (&fixture, saved, 0);

  g_autoptr(StrataProfile) after = load (&fixture, saved);

  g_assert_cmpstr (get_default (after, 0), ==, SECRET);
}

static void
test_saves_without_keyring (StoreFixture  *fixture,
                            gconstpointer  data)
{
  run_without_keyring (fixture, "/services/secrets/subprocess/saves");
}

/* Opens the one profile there is, finds no secret, and saves a change. */
static void
edits_without_keyring (void)
{
  StoreFixture fixture = { .path = (char *) g_getenv ("STRATA_TEST_STORE") };
  g_autoptr(StrataStore) store = store_fixture_open (&fixture);
  g_autofree char *id = strata_store_resolve (store, "edge-site", NULL);
  g_autoptr(GError) error = NULL;

  fixture.store = store;
  break_keyring ();

  g_autoptr(StrataProfile) loaded = strata_store_load (store, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (get_default (loaded, 0), ==, STRATA_PALETTE_MASK);
  assert_n_problems (&fixture, loaded, 1);

  g_autoptr(StrataProfile) edit = store_fixture_edit (loaded, "b: 2\n");
  g_autoptr(StrataProfile) saved = store_fixture_save (&fixture, edit, STRATA_REASON_SAVE);

  /* That save had nothing to keep, so an automatic one is free to try. */
  assert_n_problems (&fixture, saved, 0);

  g_autoptr(StrataProfile) typed = with_default (saved, "typed");
  g_autoptr(StrataProfile) auto_saved =
    store_fixture_save (&fixture, typed, STRATA_REASON_AUTOSAVE);

  assert_n_problems (&fixture, saved, 1);

  g_autoptr(StrataProfile) undone = store_fixture_save (&fixture, saved, STRATA_REASON_SAVE);

  mend_keyring ();
}

/* Who opens a profile while the keyring is out of reach, and saves it, does not lose the secret. */
static void
test_keeps_what_it_cannot_read (StoreFixture  *fixture,
                                gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = make_profile (SECRET);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);

  run_without_keyring (fixture, "/services/secrets/subprocess/edits");
  if (!g_str_equal (g_getenv ("SECRET_BACKEND"), "file"))
    return;

  g_autoptr(StrataProfile) after = load (fixture, saved);

  g_assert_cmpstr (get_default (after, 0), ==, SECRET);
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (after, 0)), ==, "b: 2\n");
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_secrets_lookup ("p1", "x", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("strata-keyring-XXXXXX", NULL);

  keyring = g_build_filename (folder, "test.keyring", NULL);

  /* run-with-keyring asks for the real one; all else has a file in its place. */
  g_setenv ("SECRET_BACKEND", "file", FALSE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/secrets/round-trip", test_round_trip);
  store_fixture_add ("/services/secrets/is-in-no-file", test_is_in_no_file);
  store_fixture_add ("/services/secrets/follows-the-profile", test_follows_the_profile);
  store_fixture_add ("/services/secrets/asterisks", test_asterisks_take_nothing_away);
  store_fixture_add ("/services/secrets/saves-without-keyring", test_saves_without_keyring);
  store_fixture_add ("/services/secrets/keeps-what-it-cannot-read", test_keeps_what_it_cannot_read);
  g_test_add_func ("/services/secrets/subprocess/saves", saves_without_keyring);
  g_test_add_func ("/services/secrets/subprocess/edits", edits_without_keyring);
  store_fixture_add ("/services/secrets/cancelled", test_cancelled);

  int result = g_test_run ();

  store_fixture_remove_tree (folder);
  g_free (keyring);

  return result;
}
