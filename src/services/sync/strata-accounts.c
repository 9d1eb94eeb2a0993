/* strata-accounts.c - the consoles that were added, each in the folder of its workspace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-accounts"

#include "strata-accounts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-key-text.h"
#include "strata-store-private.h"

#define FORMAT 1
#define MAX_SIZE (64 * 1024)
#define MAX_HOST 40  /* characters of an id */
#define FILE_NAME "workspace.ini"
#define REMOVED "removed.ini"  /* what that is called when the account is no longer listed */
#define GROUP "console"

static const char *const keys[STRATA_ACCOUNT_N_FIELDS] = {
  [STRATA_ACCOUNT_NAME] = "name",
  [STRATA_ACCOUNT_ADDRESS] = "address",
  [STRATA_ACCOUNT_PROJECT_UID] = "project-uid",
  [STRATA_ACCOUNT_PROJECT_NAME] = "project-name",
  [STRATA_ACCOUNT_TENANT] = "tenant",
  [STRATA_ACCOUNT_ORG] = "org",
  [STRATA_ACCOUNT_USER] = "user",
  [STRATA_ACCOUNT_EMAIL] = "email",
  [STRATA_ACCOUNT_CA_FILE] = "ca-file",
};

static const char *const kinds[] = {
  [STRATA_ACCOUNT_KEY] = "key",
  [STRATA_ACCOUNT_PASSWORD] = "password",
};

static char *
get_data_dir (const char *data_dir)
{
  return data_dir != NULL ? g_canonicalize_filename (data_dir, NULL)
                          : g_build_filename (g_get_user_data_dir (), "strata", NULL);
}

static char *
get_file (const char *data_dir,
          const char *id,
          const char *name)
{
  g_autofree char *base = get_data_dir (data_dir);

  return g_build_filename (base, "workspaces", id, name, NULL);
}

static StrataAccount *
set (StrataAccount      *self,
     StrataAccountField  field,
     const char         *value)
{
  StrataAccount *other = strata_account_with (self, field, value);

  g_object_unref (self);

  return other;
}

/* (nullable): what a file says, NULL when it is of no console and without @error, or cannot be read */
static StrataAccount *
parse (const char  *id,
       const char  *data,
       gsize        size,
       GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_data (file, data, size, G_KEY_FILE_NONE, error))
    return NULL;

  g_autofree char *kind = strata_key_text_get (file, "workspace", "kind");
  g_autofree char *address = strata_key_text_get (file, GROUP, keys[STRATA_ACCOUNT_ADDRESS]);
  g_autofree char *sign_in = strata_key_text_get (file, GROUP, "sign-in");

  if (!g_str_equal (kind, "console"))
    return NULL;

  StrataAccountKind of = g_str_equal (sign_in, kinds[STRATA_ACCOUNT_PASSWORD]) ? STRATA_ACCOUNT_PASSWORD
                                                                               : STRATA_ACCOUNT_KEY;
  StrataAccount *self = strata_account_new (address, of, error);

  if (self == NULL)
    return NULL;

  self = set (self, STRATA_ACCOUNT_ID, id);
  for (guint i = 0; i < STRATA_ACCOUNT_N_FIELDS; i++)
    if (keys[i] != NULL && i != STRATA_ACCOUNT_ADDRESS)
      {
        g_autofree char *text = strata_key_text_get (file, GROUP, keys[i]);

        self = set (self, i, text);
      }

  StrataAccount *seen =
    strata_account_with_seen (self, g_key_file_get_int64 (file, GROUP, "seen", NULL));

  g_object_unref (self);

  return seen;
}

static StrataAccount *
load_one (const char  *data_dir,
          const char  *id,
          GError     **error)
{
  g_autofree char *path = get_file (data_dir, id, FILE_NAME);
  g_autoptr(GError) local_error = NULL;
  gsize size;
  g_autofree char *data = strata_disk_read (path, MAX_SIZE, &size, &local_error);
  StrataAccount *self = data != NULL ? parse (id, data, size, &local_error) : NULL;

  if (self == NULL && local_error != NULL &&
      !g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      /* It may quote what stands there. */
      g_autofree char *shown = g_utf8_make_valid (local_error->message, -1);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("The console of workspace “%s” cannot be read: %s"), id, shown);
    }

  return self;
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  StrataAccount *one = *(StrataAccount *const *) a;
  StrataAccount *other = *(StrataAccount *const *) b;
  g_autofree char *one_title = strata_account_dup_title (one);
  g_autofree char *other_title = strata_account_dup_title (other);
  int order = g_utf8_collate (one_title, other_title);

  return order != 0 ? order
                    : strcmp (strata_account_get_id (one), strata_account_get_id (other));
}

/**
 * strata_accounts_load:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 * @error: return location for a %STRATA_ERROR_DISK
 *
 * One that cannot be read is said in the log and left out: the others are still there. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataAccount): the consoles that were added, sorted by title
 */
GPtrArray *
strata_accounts_load (const char  *data_dir,
                      GError     **error)
{
  g_autofree char *base = get_data_dir (data_dir);
  g_autofree char *path = g_build_filename (base, "workspaces", NULL);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GDir) folder = g_dir_open (path, 0, &local_error);
  const char *id;

  if (folder == NULL && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_DISK, local_error->message);
      return NULL;
    }

  while (folder != NULL && (id = g_dir_read_name (folder)) != NULL)
    {
      g_autoptr(GError) reason = NULL;
      StrataAccount *account = g_utf8_validate (id, -1, NULL) ? load_one (base, id, &reason) : NULL;

      if (account != NULL)
        g_ptr_array_add (list, account);
      else if (reason != NULL)
        g_message ("%s", reason->message);
    }

  g_ptr_array_sort (list, compare_titles);

  return g_steal_pointer (&list);
}

/**
 * strata_accounts_find:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 * @id: an id, or the title or address of one console only
 * @error: return location for a %STRATA_ERROR_NOT_FOUND or a %STRATA_ERROR_INVALID when it can be more than one
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the console that is meant, or %NULL with @error set
 */
StrataAccount *
strata_accounts_find (const char  *data_dir,
                      const char  *id,
                      GError     **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  g_autoptr(GPtrArray) list = strata_accounts_load (data_dir, error);
  StrataAccount *found = NULL;
  guint n_found = 0;

  if (list == NULL)
    return NULL;

  for (guint i = 0; i < list->len; i++)
    {
      StrataAccount *account = list->pdata[i];
      g_autofree char *title = strata_account_dup_title (account);

      if (g_str_equal (strata_account_get_id (account), id))
        return g_object_ref (account);

      if (!g_str_equal (title, id) &&
          !g_str_equal (strata_account_get (account, STRATA_ACCOUNT_ADDRESS), id))
        continue;

      found = account;
      n_found++;
    }

  if (n_found == 1)
    return g_object_ref (found);

  g_set_error (error, STRATA_ERROR, n_found > 1 ? STRATA_ERROR_INVALID : STRATA_ERROR_NOT_FOUND,
               n_found > 1 ? _("“%s” can be more than one console; give the id of one")
                           : _("There is no console “%s”; add it first"), id);

  return NULL;
}

static gboolean
write_file (const char     *data_dir,
            StrataAccount  *account,
            GError        **error)
{
  g_autofree char *path = get_file (data_dir, strata_account_get_id (account), FILE_NAME);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  gsize size;

  g_key_file_set_integer (file, "workspace", "format", FORMAT);
  g_key_file_set_string (file, "workspace", "kind", "console");
  g_key_file_set_string (file, GROUP, "sign-in", kinds[strata_account_get_kind (account)]);
  for (guint i = 0; i < STRATA_ACCOUNT_N_FIELDS; i++)
    if (keys[i] != NULL)
      strata_key_text_set (file, GROUP, keys[i], strata_account_get (account, i));
  if (strata_account_get_seen (account) != 0)
    g_key_file_set_int64 (file, GROUP, "seen", strata_account_get_seen (account));

  g_autofree char *data = g_key_file_to_data (file, &size, NULL);

  return strata_disk_make_folder (folder, error) && strata_disk_replace (path, data, size, error);
}

/* The same for the same person in the same project, so that who adds a console again finds what was there. */
static char *
make_id (StrataAccount *account)
{
  const char *address = strata_account_get (account, STRATA_ACCOUNT_ADDRESS);
  const char *user = strata_account_get (account, STRATA_ACCOUNT_USER);
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = g_strdup (uri != NULL ? g_uri_get_host (uri) : "console");
  g_autofree char *all =
    g_strjoin ("\n", address, strata_account_get (account, STRATA_ACCOUNT_PROJECT_UID),
               *user != '\0' ? user : strata_account_get (account, STRATA_ACCOUNT_EMAIL), NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  g_strcanon (host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-.", '-');

  return g_strdup_printf ("c-%.*s-%.10s", MAX_HOST, host, digest);
}

/* Says in the log of its workspace what was done with an account. */
void
strata_account_note (const char           *data_dir,
                     StrataAccount        *account,
                     StrataActivityAction  action)
{
  g_autoptr(StrataStore) store =
    strata_store_open_workspace (data_dir, strata_account_get_id (account), NULL);
  g_autofree char *title = strata_account_dup_title (account);
  const StrataActivity what = { .action = action, .by = STRATA_ACTIVITY_LOCAL, .name = title };

  if (store != NULL)
    strata_activity_add (store, &what);
}

/* It becomes the name of a folder, and one is taken. */
static gboolean
check_id (const char  *id,
          GError     **error)
{
  if (!g_str_equal (id, STRATA_STORE_LOCAL))
    return strata_store_check_id (id, error);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("“%s” cannot be the id of a console"), id);

  return FALSE;
}

/**
 * strata_account_add:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 * @account: what to add, as strata_account_look_up() gave it; its id may say which workspace it is to be
 * @secret: (nullable): its API key or password; %NULL to ask a person each time
 * @unkept: (out) (optional): why @secret is not in the keyring, or an older one still is, though all else was done; a
 *   person has to be asked for it each time
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_DISK, a %STRATA_ERROR_FORBIDDEN, or a %STRATA_ERROR_INVALID for an id
 *   that cannot be one
 *
 * Makes a workspace for the console. The same console, project and person again are the same workspace, with all that
 * is in it; a secret of theirs that is in the keyring makes way for @secret, also where that is not to be kept. Nothing
 * is asked of the console. Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the id of the account and its workspace, or %NULL with @error set
 */
char *
strata_account_add (const char     *data_dir,
                    StrataAccount  *account,
                    const char     *secret,
                    GError        **unkept,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);

  /* Who signs in again keeps the workspace, also when the console has another address by now. */
  const char *known = strata_account_get_id (account);
  g_autofree char *id = *known != '\0' ? g_strdup (known) : make_id (account);
  g_autoptr(StrataAccount) named = strata_account_with (account, STRATA_ACCOUNT_ID, id);

  if (!check_id (id, error))
    return NULL;

  g_autoptr(StrataAccount) before = load_one (data_dir, id, NULL);

  if (!write_file (data_dir, named, error))
    return NULL;

  g_autoptr(StrataStore) store = strata_store_open_workspace (data_dir, id, error);

  if (store == NULL)
    return NULL;

  if (before != NULL && !strata_account_forget (before, cancellable, unkept))
    unkept = NULL;
  if (secret != NULL)
    strata_account_keep (named, secret, cancellable, unkept);
  strata_account_note (data_dir, named, STRATA_ACTIVITY_SIGNED_IN);

  return g_steal_pointer (&id);
}

/**
 * strata_account_touch:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 * @account: an account that was added, with what is known of it now
 * @error: return location for a %STRATA_ERROR_DISK or %STRATA_ERROR_FORBIDDEN
 *
 * Writes what changed of an account: another name, or that its console was seen. Blocks; any thread.
 *
 * Returns: whether it is written
 */
gboolean
strata_account_touch (const char     *data_dir,
                      StrataAccount  *account,
                      GError        **error)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (*strata_account_get_id (account) != '\0', FALSE);

  return write_file (data_dir, account, error);
}

/**
 * strata_account_remove:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 * @id: which account
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_account_sign_out(), or a %STRATA_ERROR_DISK
 *
 * Signs out and takes the console from the list. Its profiles stay on this disk, with all that was not pushed, and are
 * there again when the same console is added. Blocks; any thread but the main one.
 *
 * Returns: whether it is gone
 */
gboolean
strata_account_remove (const char    *data_dir,
                       const char    *id,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (id != NULL, FALSE);

  g_autoptr(StrataAccount) account = strata_accounts_find (data_dir, id, error);

  if (account == NULL || !strata_account_sign_out (data_dir, strata_account_get_id (account), cancellable, error))
    return FALSE;

  g_autofree char *path = get_file (data_dir, strata_account_get_id (account), FILE_NAME);
  g_autofree char *removed = get_file (data_dir, strata_account_get_id (account), REMOVED);

  return strata_disk_move (path, removed, error);
}
