/* test-remote.c - where a registry on the network is: kept in a file, but never its password
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-helm-registry.h"
#include "strata-registry-file.h"
#include "strata-remote-file.h"
#include "strata-remote.h"

#include "../temp-folder.h"

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

static StrataRemote *
make_remote (const char       *url,
             StrataRemoteAuth  auth)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) plain = strata_remote_new (STRATA_REGISTRY_HELM, url, &error);

  g_assert_no_error (error);

  return strata_remote_with_auth (plain, auth, auth == STRATA_REMOTE_AUTH_BASIC ? "ada" : NULL);
}

/* The credentials of @remote as a server reads them, or the name of what is missing. */
static char *
dup_header (StrataRemote *remote)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataCredentials) credentials = strata_remote_load_credentials (remote, NULL, &error);

  if (credentials != NULL)
    return g_strdup (strata_credentials_get_value (credentials));

  g_test_message ("%s", error->message);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);

  return g_strdup ("none");
}

static void
test_addresses (void)
{
  const char *const cases[][2] = {
    { "https://charts.example", "https://charts.example" },
    { "  https://charts.example/stable//  ", "https://charts.example/stable/" },
    { "HTTP://Charts.Example:80/x/", "http://charts.example/x" },
    { "https://charts.example:8443", "https://charts.example:8443" },
    { "https://[::1]:8443/a%20b", "https://[::1]:8443/a%20b" },
    { "oci://charts.example", NULL },
    { "https://ada:secret@charts.example", NULL },
    { "https://charts.example/?token=1", NULL },
    { "https://charts.example/#top", NULL },
    { "file:///etc/passwd", NULL },
    { "charts.example", NULL },
    { "https://", NULL },
    { "https://a\nb", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataRemote) remote =
        strata_remote_new (STRATA_REGISTRY_HELM, cases[i][0], &error);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (remote != NULL ? strata_remote_get_url (remote) : NULL, ==, cases[i][1]);
      if (remote == NULL)
        g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
      g_assert_true (error == NULL || strstr (error->message, "secret") == NULL);
    }

  g_autoptr(StrataRemote) oci =
    strata_remote_new (STRATA_REGISTRY_OCI, "oci://charts.example/team", NULL);

  g_assert_cmpstr (strata_remote_get_url (oci), ==, "https://charts.example/team");
}

static void
test_is_the_same_from_its_file (void)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(StrataRemote) signed_in =
    make_remote ("https://charts.example/stable", STRATA_REMOTE_AUTH_BASIC);
  g_autoptr(StrataRemote) named = strata_remote_with_name (signed_in, " Office ");
  g_autoptr(StrataRemote) trusted = strata_remote_with_ca_file (named, "/etc/caf\351;\n.pem");
  g_autoptr(StrataRemote) remote = strata_remote_with_proxy (trusted, FALSE);

  strata_remote_file_write (file, "g", remote);

  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);
  g_autoptr(GKeyFile) read = g_key_file_new ();

  g_assert_true (g_key_file_load_from_data (read, text, (gsize) -1, G_KEY_FILE_NONE, NULL));

  g_autoptr(StrataRemote) again =
    strata_remote_file_read (read, "g", strata_remote_get_id (remote));

  g_assert_true (strata_remote_equal (remote, again));
  g_assert_cmpstr (strata_remote_get_name (again), ==, "Office");
  g_assert_cmpstr (strata_remote_get_user (again), ==, "ada");
  g_assert_false (strata_remote_get_use_proxy (again));
  g_assert_false (strata_remote_equal (remote, trusted));
}

static void
test_secret_is_in_the_keyring_only (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(StrataRemote) basic = make_remote ("https://charts.example", STRATA_REMOTE_AUTH_BASIC);
  g_autoptr(StrataRemote) token = make_remote ("https://other.example", STRATA_REMOTE_AUTH_TOKEN);
  g_autofree char *before = dup_header (basic);

  g_assert_cmpstr (before, ==, "none");
  g_assert_true (strata_remote_keep_secret (basic, SECRET, NULL, &error));
  g_assert_true (strata_remote_keep_secret (token, SECRET, NULL, &error));
  g_assert_no_error (error);

  g_autofree char *basic_header = dup_header (basic);
  g_autofree char *token_header = dup_header (token);

  g_assert_cmpstr (basic_header, ==, "Basic YWRhOmh1bnRlcjItYW5kLW1vcmU=");
  g_assert_cmpstr (token_header, ==, "Bearer " SECRET);

  strata_remote_file_write (file, "g", basic);

  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);

  g_assert_null (strstr (text, SECRET));
  g_assert_true (strata_remote_forget_secret (basic, NULL, &error));
  g_assert_true (strata_remote_forget_secret (token, NULL, &error));

  g_autofree char *after = dup_header (basic);

  g_assert_cmpstr (after, ==, "none");
}

static void
test_secret_for_this_run (void)
{
  g_autoptr(StrataRemote) remote =
    make_remote ("https://charts.example", STRATA_REMOTE_AUTH_TOKEN);

  strata_remote_remember (remote, "first");
  strata_remote_remember (remote, "second");

  g_autofree char *header = dup_header (remote);

  g_assert_cmpstr (header, ==, "Bearer second");
  strata_remote_remember (remote, NULL);

  g_autofree char *after = dup_header (remote);

  g_assert_cmpstr (after, ==, "none");
}

/* A registry that moves to another host, port or scheme does not take the secret along. */
static void
test_secret_stays_with_its_origin (void)
{
  const char *const others[] = { "https://other.example/a", "https://charts.example:8443/a",
                                 "http://charts.example/a" };
  g_autoptr(StrataRemote) remote =
    make_remote ("https://charts.example/a", STRATA_REMOTE_AUTH_TOKEN);
  g_autoptr(StrataRemote) beside =
    make_remote ("https://charts.example/b", STRATA_REMOTE_AUTH_TOKEN);
  g_autoptr(StrataRemote) moved = strata_remote_with_id (beside, strata_remote_get_id (remote));

  strata_remote_remember (remote, SECRET);

  g_autofree char *kept = dup_header (moved);

  g_assert_cmpstr (kept, ==, "Bearer " SECRET);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(StrataRemote) other = make_remote (others[i], STRATA_REMOTE_AUTH_TOKEN);
      g_autoptr(StrataRemote) away = strata_remote_with_id (other, strata_remote_get_id (remote));
      g_autofree char *header = dup_header (away);

      g_assert_cmpstr (header, ==, "none");
    }

  strata_remote_remember (remote, NULL);
}

/* The keyring has no more than what the registry needs where it is now. */
static void
test_secret_is_not_left_behind (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) old = make_remote ("https://charts.example", STRATA_REMOTE_AUTH_TOKEN);
  g_autoptr(StrataRemote) elsewhere = make_remote ("https://other.example", STRATA_REMOTE_AUTH_TOKEN);
  g_autoptr(StrataRemote) moved = strata_remote_with_id (elsewhere, strata_remote_get_id (old));
  g_autoptr(StrataRemote) open = strata_remote_with_auth (moved, STRATA_REMOTE_AUTH_NONE, "");

  g_assert_true (strata_remote_change_secret (old, NULL, SECRET, NULL, &error));
  g_assert_true (strata_remote_change_secret (old, old, NULL, NULL, &error));

  g_autofree char *same = dup_header (old);

  g_assert_cmpstr (same, ==, "Bearer " SECRET);
  g_assert_true (strata_remote_change_secret (moved, old, "new", NULL, &error));

  g_autofree char *left = dup_header (old);
  g_autofree char *taken = dup_header (moved);

  g_assert_cmpstr (left, ==, "none");
  g_assert_cmpstr (taken, ==, "Bearer new");
  g_assert_true (strata_remote_change_secret (open, moved, NULL, NULL, &error));
  g_assert_no_error (error);

  g_autofree char *after = dup_header (moved);

  g_assert_cmpstr (after, ==, "none");
}

/* A registry that was changed to ask nobody leaves no secret either when it goes. */
static void
test_forget_clears_an_old_secret (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("strata-test-XXXXXX", &error);
  g_autoptr(StrataShelf) shelf = strata_shelf_new (path, path);
  g_autoptr(StrataRemote) remote = make_remote ("https://charts.example", STRATA_REMOTE_AUTH_TOKEN);
  g_autoptr(StrataRemote) open = strata_remote_with_auth (remote, STRATA_REMOTE_AUTH_NONE, "");
  g_autoptr(StrataRegistry) registry = strata_helm_registry_new (open, shelf);

  g_assert_true (strata_remote_keep_secret (remote, SECRET, NULL, &error));
  g_assert_true (strata_registry_forget (registry, shelf, NULL, &error));
  g_assert_no_error (error);

  g_autofree char *after = dup_header (remote);

  g_assert_cmpstr (after, ==, "none");
  temp_folder_remove_tree (path);
}

static gboolean
set_remote (GKeyFile         *file,
            StrataRemote     *remote,
            gboolean          is_new,
            int               code)
{
  g_autoptr(GError) error = NULL;
  gboolean done = strata_registry_file_set_remote (file, remote, is_new, &error);

  if (!done)
    g_assert_error (error, STRATA_ERROR, code);

  return done;
}

static void
test_one_registry_a_place (void)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(StrataRemote) first =
    make_remote ("https://charts.example/a", STRATA_REMOTE_AUTH_NONE);
  g_autoptr(StrataRemote) same =
    make_remote ("https://Charts.Example:443/a/", STRATA_REMOTE_AUTH_NONE);
  g_autoptr(StrataRemote) second =
    make_remote ("https://charts.example/b", STRATA_REMOTE_AUTH_NONE);
  g_autoptr(StrataRemote) onto_first =
    strata_remote_with_id (first, strata_remote_get_id (second));
  g_autoptr(StrataRemote) renamed = strata_remote_with_name (second, "B");

  g_assert_true (set_remote (file, first, TRUE, 0));
  g_assert_false (set_remote (file, same, TRUE, STRATA_ERROR_CONFLICT));
  g_assert_false (set_remote (file, second, FALSE, STRATA_ERROR_NOT_FOUND));
  g_assert_true (set_remote (file, second, TRUE, 0));
  g_assert_false (set_remote (file, onto_first, FALSE, STRATA_ERROR_CONFLICT));
  g_assert_true (set_remote (file, renamed, FALSE, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/remote/addresses", test_addresses);
  g_test_add_func ("/services/remote/is-the-same-from-its-file", test_is_the_same_from_its_file);
  g_test_add_func ("/services/remote/secret-is-in-the-keyring-only",
                   test_secret_is_in_the_keyring_only);
  g_test_add_func ("/services/remote/secret-for-this-run", test_secret_for_this_run);
  g_test_add_func ("/services/remote/secret-stays-with-its-origin",
                   test_secret_stays_with_its_origin);
  g_test_add_func ("/services/remote/secret-is-not-left-behind", test_secret_is_not_left_behind);
  g_test_add_func ("/services/remote/forget-clears-an-old-secret", test_forget_clears_an_old_secret);
  g_test_add_func ("/services/remote/one-registry-a-place", test_one_registry_a_place);

  return g_test_run ();
}
