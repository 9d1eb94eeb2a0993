/* strata-account-session.c - signing in and out: the secret is in the keyring or asked for, and in no file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-accounts"

#include <glib/gi18n-lib.h>

#include "strata-accounts-private.h"
#include "strata-error.h"
#include "strata-secrets.h"

static StrataAccount *
set (StrataAccount      *self,
     StrataAccountField  field,
     const char         *value)
{
  StrataAccount *other = strata_account_with (self, field, value);

  g_object_unref (self);

  return other;
}

/* What the keyring has its secret by: the place it may go to is part of it. */
static char *
dup_key (StrataAccount *account)
{
  return g_strdup_printf ("console %s %s", strata_account_get (account, STRATA_ACCOUNT_ADDRESS),
                          strata_account_get_id (account));
}

/**
 * strata_account_keep:
 * @self: an account that was added
 * @secret: its API key or password
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_OFFLINE when there is no keyring, or a %STRATA_ERROR_SIGN_IN when it is
 *   locked
 *
 * Puts the secret in the keyring. It is written nowhere else. Blocks, and may wait for a person to unlock the keyring.
 *
 * Returns: whether it is there
 */
gboolean
strata_account_keep (StrataAccount  *self,
                     const char     *secret,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self) && secret != NULL, FALSE);

  g_autofree char *key = dup_key (self);
  g_autofree char *title = strata_account_dup_title (self);

  return strata_secrets_store_key (key, title, secret, cancellable, error);
}

/**
 * strata_account_forget:
 * @self: an account that was added
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_SIGN_IN when the keyring does not answer
 *
 * Takes the secret out of the keyring; where there is no keyring there is nothing in it. Blocks like
 * strata_account_keep().
 *
 * Returns: whether it is not there
 */
gboolean
strata_account_forget (StrataAccount  *self,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self), FALSE);

  g_autofree char *key = dup_key (self);
  g_autoptr(GError) reason = NULL;

  if (strata_secrets_clear_key (key, cancellable, &reason) ||
      g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_OFFLINE))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

/* Says why the keyring has no secret for @self, and what to do. */
static void
set_no_secret (StrataAccount  *self,
               GError         *reason,
               GError        **error)
{
  g_autofree char *title = strata_account_dup_title (self);
  gboolean is_key = strata_account_get_kind (self) == STRATA_ACCOUNT_KEY;

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                 is_key ? _("The API key of “%s” is not in the keyring; sign in again")
                        : _("The password of “%s” is not in the keyring; sign in again"), title);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                 is_key ? _("The API key of “%s” has to be given each time: %s")
                        : _("The password of “%s” has to be given each time: %s"),
                 title, reason->message);
}

static char *
load_secret (StrataAccount  *self,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autofree char *key = dup_key (self);
  g_autofree char *title = strata_account_dup_title (self);
  g_autoptr(GError) reason = NULL;
  char *secret = strata_secrets_lookup_key (key, title, cancellable, &reason);

  if (secret != NULL)
    return secret;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    set_no_secret (self, reason, error);

  return NULL;
}

static gboolean
authenticate (StrataAccount  *self,
              StrataConsole  *console,
              const char     *secret,
              GCancellable   *cancellable,
              GError        **error)
{
  const char *org = strata_account_get (self, STRATA_ACCOUNT_ORG);

  if (strata_account_get_kind (self) == STRATA_ACCOUNT_KEY)
    return strata_console_set_api_key (console, secret, error);

  return strata_console_sign_in (console, strata_account_get (self, STRATA_ACCOUNT_EMAIL), secret,
                                 *org != '\0' ? org : NULL, cancellable, error);
}

static const char *
get_set (StrataAccount      *self,
         StrataAccountField  field)
{
  const char *text = strata_account_get (self, field);

  return *text != '\0' ? text : NULL;
}

/**
 * strata_account_open:
 * @self: an account
 * @secret: (nullable): its API key or password; %NULL to take it from the keyring
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_SIGN_IN when the keyring has no secret for it, with the reason: the
 *   caller asks the person and calls this again; or for the errors of strata_console_sign_in()
 *
 * Makes a client of the console that is signed in: with an API key nothing is asked yet, with a password a token is.
 * Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the client, or %NULL with @error set
 */
StrataConsole *
strata_account_open (StrataAccount  *self,
                     const char     *secret,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self), NULL);

  g_autoptr(StrataConsole) console =
    strata_console_new (strata_account_get (self, STRATA_ACCOUNT_ADDRESS),
                        get_set (self, STRATA_ACCOUNT_PROJECT_UID),
                        get_set (self, STRATA_ACCOUNT_CA_FILE), error);
  g_autofree char *kept =
    console != NULL && secret == NULL ? load_secret (self, cancellable, error) : NULL;

  if (console == NULL || (secret == NULL && kept == NULL))
    return NULL;

  if (get_set (self, STRATA_ACCOUNT_PROJECT_NAME) != NULL)
    strata_console_set_project_name (console, strata_account_get (self, STRATA_ACCOUNT_PROJECT_NAME));

  if (!authenticate (self, console, secret != NULL ? secret : kept, cancellable, error))
    return NULL;

  return g_steal_pointer (&console);
}

/* (nullable): the project that @text is the uid or the name of */
static StrataConsoleProject *
find_project (GPtrArray  *projects,
              const char *text)
{
  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (((StrataConsoleProject *) projects->pdata[i])->uid, text))
      return projects->pdata[i];

  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (((StrataConsoleProject *) projects->pdata[i])->name, text))
      return projects->pdata[i];

  return NULL;
}

static StrataAccount *
with_project (StrataAccount  *self,
              StrataConsole  *console,
              GCancellable   *cancellable,
              GError        **error)
{
  const char *wanted = get_set (self, STRATA_ACCOUNT_PROJECT_UID);
  g_autofree char *title = strata_account_dup_title (self);

  if (wanted == NULL)
    return g_object_ref (self);

  g_autoptr(GPtrArray) projects = strata_console_list_projects (console, cancellable, error);
  StrataConsoleProject *project = projects != NULL ? find_project (projects, wanted) : NULL;

  if (projects != NULL && project == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("There is no project “%s” at %s"), wanted,
                    strata_account_get (self, STRATA_ACCOUNT_ADDRESS));

  if (project == NULL)
    return NULL;

  g_autoptr(StrataAccount) found =
    strata_account_with (self, STRATA_ACCOUNT_PROJECT_UID, project->uid);

  return strata_account_with (found, STRATA_ACCOUNT_PROJECT_NAME, project->name);
}

/**
 * strata_account_look_up:
 * @self: an account with an address, a kind, a certificate file, and perhaps e-mail, organization, and the uid or name
 *   of a project
 * @secret: its API key or password
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_SIGN_IN when the console does not take it, a %STRATA_ERROR_NOT_FOUND when
 *   there is no such project, or the other errors of a call
 *
 * Asks the console whether it takes the secret, who that is, and what the project is called. Nothing is kept. Blocks;
 * any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the account with all that is known of it, for strata_account_add(); %NULL with
 *   @error set
 */
StrataAccount *
strata_account_look_up (StrataAccount  *self,
                        const char     *secret,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self) && secret != NULL, NULL);

  g_autoptr(StrataAccount) tenant = strata_account_with (self, STRATA_ACCOUNT_PROJECT_UID, NULL);
  g_autoptr(StrataConsole) console = strata_account_open (tenant, secret, cancellable, error);
  g_auto(StrataConsoleUser) user = { 0 };

  if (console == NULL || !strata_console_who (console, &user, cancellable, error))
    return NULL;

  StrataAccount *found = with_project (self, console, cancellable, error);

  if (found == NULL)
    return NULL;

  found = set (found, STRATA_ACCOUNT_TENANT, user.org);
  found = set (found, STRATA_ACCOUNT_USER, user.user_uid);
  if (user.email != NULL && *user.email != '\0')
    found = set (found, STRATA_ACCOUNT_EMAIL, user.email);

  StrataAccount *seen = strata_account_with_seen (found, g_get_real_time ());

  g_object_unref (found);

  return seen;
}

/**
 * strata_account_sign_out:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 * @id: which account
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, or the errors of strata_account_keep()
 *
 * Removes the secret from the keyring. The console stays in the list and its profiles stay on this disk: signing in
 * again goes on where this stopped. A client that is open is signed out by strata_console_sign_out(). Blocks; any
 * thread but the main one.
 *
 * Returns: whether no secret is kept any more
 */
gboolean
strata_account_sign_out (const char    *data_dir,
                         const char    *id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (id != NULL, FALSE);

  g_autoptr(StrataAccount) account = strata_accounts_find (data_dir, id, error);

  if (account == NULL || !strata_account_forget (account, cancellable, error))
    return FALSE;

  strata_account_note (data_dir, account, STRATA_ACTIVITY_SIGNED_OUT);

  return TRUE;
}
