/* test-saver-keyring.c - a keyring that waits for a person does not keep a tab from closing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store-fixture.h"
#include "strata-saver.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)

static char *keyring;  /* a pipe: whoever opens it to read waits until somebody writes */

static StrataProfile *
with_secret (StrataProfile *profile,
             const char    *secret)
{
  g_autoptr(StrataVariable) plain = strata_variable_new ("token");
  g_autoptr(StrataVariable) sensitive = strata_variable_with_flags (plain, STRATA_VARIABLE_SENSITIVE);
  g_autoptr(StrataVariable) variable = strata_variable_with (sensitive, STRATA_VARIABLE_DEFAULT, secret);
  g_autoptr(GPtrArray) variables = g_ptr_array_new ();

  g_ptr_array_add (variables, variable);

  return strata_profile_with_variables (profile, variables);
}

/* Answers every question with an empty file, until nobody has the store any more. */
static void
answer_until_gone (gpointer *store)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (*store != NULL && g_get_monotonic_time () < end)
    {
      int writer = g_open (keyring, O_WRONLY | O_NONBLOCK | O_CLOEXEC, 0);

      if (writer >= 0)
        g_close (writer, NULL);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }

  g_assert_null (*store);
}

static void
test_flush_does_not_wait (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, profile);
  g_autofree char *id = g_strdup (strata_profile_get_id (profile));
  StrataStore *store = store_fixture_open (fixture);
  g_autoptr(StrataDraft) draft = strata_draft_new (profile);
  StrataSaver *saver = strata_saver_new (store, draft, head, 0);
  g_autoptr(StrataProfile) edited = store_fixture_edit (profile, "typed: 1\n");
  g_autoptr(StrataProfile) secret = with_secret (edited, "hunter2");

  strata_draft_apply (draft, secret, "Typing");
  g_assert_true (strata_saver_flush (saver, &error));
  g_assert_no_error (error);

  /* The keyring was not heard: else it would have said that it is none. */
  g_autoptr(GPtrArray) problems = strata_store_list_problems (store, id);
  g_assert_cmpuint (problems->len, ==, 0);

  g_autofree char *head_after = store_fixture_get_head (fixture, profile);
  g_assert_cmpstr (head_after, !=, head);

  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (saver);
  g_object_unref (store);
  answer_until_gone ((gpointer *) &store);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("strata-keyring-XXXXXX", NULL);

  keyring = g_build_filename (folder, "keyring", NULL);
  g_assert_no_errno (mkfifo (keyring, 0600));
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/app/saver-keyring/flush-does-not-wait", test_flush_does_not_wait);

  int status = g_test_run ();

  g_unlink (keyring);
  g_rmdir (folder);
  g_free (keyring);

  return status;
}
