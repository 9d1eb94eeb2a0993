/* test-accounts.c - consoles that a person adds: the secret is in the keyring, and in no file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "strata-account-list.h"
#include "strata-activity.h"
#include "strata-error.h"
#include "sync-fixture.h"

#define SECRET "s3cret-k3y-of-a-person"
#define PATIENCE_US (30 * G_USEC_PER_SEC)

static StrataAccount *
make_account (const char        *address,
              StrataAccountKind  kind)
{
  g_autoptr(GError) error = NULL;
  StrataAccount *account = strata_account_new (address, kind, &error);

  g_assert_no_error (error);

  return account;
}

/* Whether any file below @folder has @secret in it. */
static gboolean
has_secret (const char *folder,
            const char *secret)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? has_secret (path, secret)
                                                 : g_file_get_contents (path, &data, &size, NULL) &&
                                                     g_strstr_len (data, (gssize) size, secret) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
test_value (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) account = make_account ("console.example/", STRATA_ACCOUNT_PASSWORD);
  g_autoptr(StrataAccount) named = strata_account_with (account, STRATA_ACCOUNT_PROJECT_NAME, "Retail");
  g_autoptr(StrataAccount) called = strata_account_with (named, STRATA_ACCOUNT_NAME, "Ours");
  g_autofree char *bare_title = strata_account_dup_title (account);
  g_autofree char *title = strata_account_dup_title (named);
  g_autofree char *own_title = strata_account_dup_title (called);

  g_assert_cmpstr (strata_account_get (account, STRATA_ACCOUNT_ADDRESS), ==, "https://console.example");
  g_assert_cmpstr (bare_title, ==, "console.example");
  g_assert_cmpstr (title, ==, "Retail at console.example");
  g_assert_cmpstr (own_title, ==, "Ours");
  g_assert_cmpint (strata_account_get_kind (called), ==, STRATA_ACCOUNT_PASSWORD);
  g_assert_true (strata_account_equal (named, named));
  g_assert_false (strata_account_equal (named, called));
  g_assert_null (strata_account_new ("http://console.example", STRATA_ACCOUNT_KEY, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

static void
test_keep (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unkept = NULL;
  g_autoptr(StrataAccount) account = make_account ("https://console.example", STRATA_ACCOUNT_KEY);
  g_autoptr(StrataAccount) mine = strata_account_with (account, STRATA_ACCOUNT_USER, "me");
  g_autoptr(StrataAccount) yours = strata_account_with (account, STRATA_ACCOUNT_USER, "you");
  g_autofree char *id = strata_account_add (fixture->data, mine, SECRET, &unkept, NULL, &error);
  g_autofree char *again = strata_account_add (fixture->data, mine, SECRET, NULL, NULL, &error);
  g_autofree char *other = strata_account_add (fixture->data, yours, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_no_error (unkept);
  g_assert_cmpstr (id, ==, again);
  g_assert_cmpstr (id, !=, other);
  g_assert_false (has_secret (fixture->data, SECRET));

  g_autoptr(StrataAccount) found = strata_accounts_find (fixture->data, id, &error);
  g_autoptr(StrataConsole) console = strata_account_open (found, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (console);

  /* Who gives an id says which workspace it is, but it is one of a console and no way out of the folder. */
  g_autoptr(StrataAccount) given = strata_account_with (mine, STRATA_ACCOUNT_ID, "practice");
  g_autoptr(StrataAccount) local = strata_account_with (mine, STRATA_ACCOUNT_ID, STRATA_STORE_LOCAL);
  g_autoptr(StrataAccount) outside = strata_account_with (mine, STRATA_ACCOUNT_ID, "../outside");
  g_autofree char *practice = strata_account_add (fixture->data, given, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (practice, ==, "practice");
  g_assert_null (strata_account_add (fixture->data, local, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (strata_account_add (fixture->data, outside, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);

  /* Another person's account has no part in it. */
  g_autoptr(StrataAccount) theirs = strata_accounts_find (fixture->data, other, &error);

  g_assert_null (strata_account_open (theirs, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_clear_error (&error);

  g_assert_true (strata_account_sign_out (fixture->data, id, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (strata_account_open (found, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, SECRET));
  g_clear_error (&error);

  g_autoptr(StrataStore) store = strata_store_open_workspace (fixture->data, id, &error);
  g_autoptr(GPtrArray) list = strata_activity_list (store, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpint (((StrataActivity *) list->pdata[0])->action, ==, STRATA_ACTIVITY_SIGNED_OUT);
  g_assert_false (has_secret (fixture->data, SECRET));
}

/* Who signs in again and does not want it kept has nothing kept: an older secret would sign in the next time. */
static void
test_keep_no_more (SyncFixture   *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unkept = NULL;
  g_autoptr(StrataAccount) account = make_account ("https://console.example", STRATA_ACCOUNT_KEY);
  g_autofree char *id = strata_account_add (fixture->data, account, SECRET, NULL, NULL, &error);
  g_autoptr(StrataAccount) found = strata_accounts_find (fixture->data, id, &error);

  g_assert_no_error (error);

  g_autofree char *again = strata_account_add (fixture->data, found, NULL, &unkept, NULL, &error);

  g_assert_no_error (error);
  g_assert_no_error (unkept);
  g_assert_cmpstr (again, ==, id);
  g_assert_null (strata_account_open (found, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_clear_error (&error);

  /* The same where the console is at another address by now: neither has the secret of the other. */
  g_autofree char *kept = strata_account_add (fixture->data, found, SECRET, NULL, NULL, &error);
  g_autoptr(StrataAccount) moved =
    strata_account_with (found, STRATA_ACCOUNT_ADDRESS, "https://other.example");
  g_autofree char *there = strata_account_add (fixture->data, moved, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, there);
  g_assert_null (strata_account_open (found, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
}

/* A keyring that cannot be had: nothing is written anywhere else, and the person is told why. */
static void
test_no_keyring (SyncFixture   *fixture,
                 gconstpointer  data)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unkept = NULL;
  g_autoptr(StrataAccount) account = make_account ("https://console.example", STRATA_ACCOUNT_KEY);
  g_autofree char *id = strata_account_add (fixture->data, account, SECRET, &unkept, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (unkept);
  g_assert_false (has_secret (fixture->data, SECRET));

  g_autoptr(StrataAccount) found = strata_accounts_find (fixture->data, id, &error);

  g_assert_null (strata_account_open (found, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, unkept->message));
  g_clear_error (&error);

  /* Given each time, it works, and signing out is no failure. */
  g_autoptr(StrataConsole) console = strata_account_open (found, SECRET, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (console);
  g_assert_true (strata_account_sign_out (fixture->data, id, NULL, &error));
  g_assert_no_error (error);
}

static void
test_look_up (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  const char *key = strata_sandbox_get_api_key (fixture->sandbox);
  g_autoptr(StrataAccount) account =
    make_account (strata_sandbox_get_address (fixture->sandbox), STRATA_ACCOUNT_KEY);
  g_autoptr(StrataAccount) known = strata_account_look_up (account, key, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_account_get (known, STRATA_ACCOUNT_USER), !=, "");
  g_assert_cmpint (strata_account_get_seen (known), >, 0);

  g_assert_null (strata_account_look_up (account, "wr0ng", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_clear_error (&error);

  g_autoptr(StrataAccount) nowhere = strata_account_with (account, STRATA_ACCOUNT_PROJECT_UID, "nowhere");

  g_assert_null (strata_account_look_up (nowhere, key, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* By the name of the project, and with a password. */
  g_autoptr(GPtrArray) projects = strata_console_list_projects (fixture->console, NULL, &error);

  g_assert_no_error (error);
  if (projects->len > 0)
    {
      StrataConsoleProject *project = projects->pdata[0];
      g_autoptr(StrataAccount) named =
        strata_account_with (account, STRATA_ACCOUNT_PROJECT_UID, project->name);
      g_autoptr(StrataAccount) found = strata_account_look_up (named, key, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (strata_account_get (found, STRATA_ACCOUNT_PROJECT_UID), ==, project->uid);
      g_assert_cmpstr (strata_account_get (found, STRATA_ACCOUNT_PROJECT_NAME), ==, project->name);
    }

  g_autoptr(StrataAccount) by_password =
    make_account (strata_sandbox_get_address (fixture->sandbox), STRATA_ACCOUNT_PASSWORD);
  g_autoptr(StrataAccount) person =
    strata_account_with (by_password, STRATA_ACCOUNT_EMAIL, "admin@sandbox.example");
  g_autoptr(StrataAccount) signed_in = strata_account_look_up (person, key, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_account_get_kind (signed_in), ==, STRATA_ACCOUNT_PASSWORD);
}

/* What was not pushed is there again when the console is added again. */
static void
test_remove (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, made);

  g_assert_true (strata_account_remove (fixture->data, fixture->workspace, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(GPtrArray) none = strata_accounts_load (fixture->data, &error);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (strata_store_open_workspace (fixture->data, fixture->workspace, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Nobody collects what it still needs. */
  g_autoptr(StrataStore) local = strata_store_open (fixture->data, &error);

  g_assert_true (strata_store_collect (local, 0, NULL, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(StrataAccount) account =
    make_account (strata_sandbox_get_address (fixture->sandbox), STRATA_ACCOUNT_KEY);
  g_autofree char *id = strata_account_add (fixture->data, account, NULL, NULL, NULL, &error);
  g_autoptr(StrataStore) store = strata_store_open_workspace (fixture->data, id, &error);
  g_autoptr(StrataProfile) again =
    strata_store_peek (store, strata_profile_get_id (saved), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, fixture->workspace);
  g_assert_nonnull (again);
}

/* One that cannot be read does not hide the others, and what is no console is none. */
static void
test_damaged (SyncFixture   *fixture,
              gconstpointer  data)
{
  static const char *const bad[] = {
    "", "[", "[workspace]\nkind=console\n", "[workspace]\nkind=console\n[console]\naddress=http://else.example\n",
    "[workspace]\nkind=other\n", "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strdup_printf ("bad-%u", i);
      g_autofree char *folder = g_build_filename (fixture->data, "workspaces", name, NULL);
      g_autofree char *path = g_build_filename (folder, "workspace.ini", NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, bad[i], -1, NULL));
    }

  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = strata_accounts_load (fixture->data, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_null (strata_accounts_find (fixture->data, "../../x", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (strata_store_open_workspace (fixture->data, "../x", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

static void
wait_for (StrataAccountList *list,
          guint              n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while ((strata_account_list_get_loading (list) || g_list_model_get_n_items (G_LIST_MODEL (list)) != n) &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       n_removed,
            guint       n_added,
            gpointer    data)
{
  *(guint *) data += n_removed + n_added;
}

static void
test_list (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccountList) list = strata_account_list_new (fixture->data);
  guint n_changes = 0;

  g_assert_true (strata_account_list_get_loading (list));
  wait_for (list, 1);
  g_assert_nonnull (strata_account_list_find (list, fixture->workspace));
  g_assert_null (strata_account_list_find (list, "nobody"));
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &n_changes);

  /* Another program adds one: only that one is new. */
  g_autoptr(StrataAccount) account = make_account ("https://console.example", STRATA_ACCOUNT_KEY);
  g_autofree char *id = strata_account_add (fixture->data, account, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  strata_account_list_refresh (list);
  wait_for (list, 2);
  g_assert_cmpuint (n_changes, ==, 1);

  g_assert_true (strata_account_remove (fixture->data, id, NULL, &error));
  strata_account_list_refresh (list);
  wait_for (list, 1);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_null (strata_account_list_get_error (list));
}

/* Two workspaces may have a profile of one uid: each has its own secret. */
static void
test_secret_of_variable (SyncFixture   *fixture,
                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) local = strata_store_open (fixture->data, &error);
  StrataStore *stores[] = { local, fixture->store };
  const char *secrets[] = { "one-s3cret", "other-s3cret" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
      g_autoptr(StrataProfile) named = strata_profile_with (made, STRATA_PROFILE_ID, "same-id");
      g_autoptr(StrataVariable) bare = strata_variable_new ("password");
      g_autoptr(StrataVariable) sensitive = strata_variable_with_flags (bare, STRATA_VARIABLE_SENSITIVE);
      g_autoptr(StrataVariable) secret =
        strata_variable_with (sensitive, STRATA_VARIABLE_DEFAULT, secrets[i]);
      g_autoptr(GPtrArray) variables = g_ptr_array_new ();

      g_ptr_array_add (variables, secret);

      g_autoptr(StrataProfile) whole = strata_profile_with_variables (named, variables);
      g_autoptr(StrataProfile) saved = strata_store_save (stores[i], whole, STRATA_REASON_SAVE, NULL, &error);

      g_assert_no_error (error);
    }

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(StrataStore) store =
        strata_store_open_workspace (fixture->data, strata_store_get_workspace (stores[i]), &error);
      g_autoptr(StrataProfile) loaded = strata_store_load (store, "same-id", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (strata_variable_get (strata_profile_get_variables (loaded)->pdata[0], STRATA_VARIABLE_DEFAULT),
                       ==, secrets[i]);
      g_assert_false (has_secret (fixture->data, secrets[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accounts/value", test_value);
  sync_fixture_add ("/accounts/keep", test_keep);
  sync_fixture_add ("/accounts/keep-no-more", test_keep_no_more);
  sync_fixture_add ("/accounts/no-keyring", test_no_keyring);
  sync_fixture_add ("/accounts/look-up", test_look_up);
  sync_fixture_add ("/accounts/remove", test_remove);
  sync_fixture_add ("/accounts/damaged", test_damaged);
  sync_fixture_add ("/accounts/list", test_list);
  sync_fixture_add ("/accounts/secret-of-variable", test_secret_of_variable);

  return g_test_run ();
}
