/* strata-ctl-workspace.c - which workspace a run is about, and the console that it is of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-workspace.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-terminal.h"
#include "strata-disk.h"
#include "strata-error.h"
#include "strata-load.h"

#define FILE_NAME "stratactl.ini"
#define KEY_VARIABLE "STRATA_API_KEY"
#define MAX_FILE (64 * 1024)
#define MAX_KEY (64 * 1024)

static char *
get_path (StrataCtl *self)
{
  return self->options.data_dir != NULL
           ? g_build_filename (self->options.data_dir, FILE_NAME, NULL)
           : g_build_filename (g_get_user_data_dir (), "strata", FILE_NAME, NULL);
}

/* What `console use` said last; the local workspace when it never did. */
static char *
load_used (StrataCtl *self)
{
  g_autofree char *path = get_path (self);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  gsize size;
  g_autofree char *data = strata_disk_read (path, MAX_FILE, &size, NULL);
  char *used = NULL;

  if (data != NULL && g_key_file_load_from_data (file, data, size, G_KEY_FILE_NONE, NULL))
    used = g_key_file_get_string (file, "stratactl", "workspace", NULL);

  return used != NULL ? used : g_strdup (STRATA_STORE_LOCAL);
}

/* The workspace that --workspace or `console use` names: "local", or the id of a console. */
char *
strata_ctl_dup_workspace (StrataCtl *self,
                          GError   **error)
{
  const char *wanted = self->options.workspace;
  g_autoptr(StrataAccount) account = NULL;

  if (wanted == NULL)
    return load_used (self);

  if (g_str_equal (wanted, STRATA_STORE_LOCAL))
    return g_strdup (wanted);

  account = strata_accounts_find (self->options.data_dir, wanted, error);

  return account != NULL ? g_strdup (strata_account_get_id (account)) : NULL;
}

/* From now on all commands work there. */
gboolean
strata_ctl_use_workspace (StrataCtl   *self,
                          const char  *id,
                          GError     **error)
{
  g_autofree char *path = get_path (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  gsize size;

  g_key_file_set_string (file, "stratactl", "workspace", id);

  g_autofree char *data = g_key_file_to_data (file, &size, NULL);

  return strata_disk_make_folder (folder, error) && strata_disk_replace (path, data, size, error);
}

/* (transfer full) (nullable): the one line of a file */
static char *
load_line (const char  *path,
           GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GBytes) bytes = strata_load_bytes (file, MAX_KEY, NULL, error);
  gsize size;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return bytes != NULL ? g_strchomp (g_strndup (text != NULL ? text : "", size)) : NULL;
}

/* The API key or password that the person gave, %NULL without @error when they gave none. The command line has none: other
 * users of the computer can read those.
 */
char *
strata_ctl_load_sign_in (StrataCtl          *self,
                         StrataAccountKind   kind,
                         GError            **error)
{
  const char *path =
    kind == STRATA_ACCOUNT_PASSWORD ? self->options.password_file : self->options.api_key_file;

  if (path != NULL)
    return load_line (path, error);

  return kind == STRATA_ACCOUNT_PASSWORD ? NULL : g_strdup (g_getenv (KEY_VARIABLE));
}

/* The password, which only the person at the terminal knows. */
char *
strata_ctl_ask_password (StrataAccount  *account,
                         GError        **error)
{
  g_autofree char *question =
    g_strdup_printf (_("Password of %s at %s: "), strata_account_get (account, STRATA_ACCOUNT_EMAIL),
                     strata_account_get (account, STRATA_ACCOUNT_ADDRESS));

  return strata_ctl_ask_secret (question, error);
}

/* The console of the workspace that is used. */
StrataAccount *
strata_ctl_get_account (StrataCtl *self,
                        GError   **error)
{
  g_autofree char *workspace = strata_ctl_dup_workspace (self, error);

  if (workspace == NULL)
    return NULL;

  if (!g_str_equal (workspace, STRATA_STORE_LOCAL))
    return strata_accounts_find (self->options.data_dir, workspace, error);

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                       _("The local workspace is of no console: choose one with “stratactl console use ID” or --workspace ID"));

  return NULL;
}

/* A client of @account that is signed in. Where the keyring does not have the password, whoever is at a terminal is asked.
 */
static StrataConsole *
open_account (StrataAccount  *account,
              const char     *secret,
              GError        **error)
{
  g_autoptr(GError) reason = NULL;
  g_autofree char *typed = NULL;
  StrataConsole *console = strata_account_open (account, secret, NULL, &reason);
  gboolean is_asked = secret == NULL && strata_account_get_kind (account) == STRATA_ACCOUNT_PASSWORD &&
                      g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_SIGN_IN);

  if (console != NULL)
    return console;

  if (is_asked)
    typed = strata_ctl_ask_password (account, NULL);

  if (typed != NULL)
    return strata_account_open (account, typed, NULL, error);

  g_propagate_error (error, g_steal_pointer (&reason));

  return NULL;
}

/* A client of it that is signed in: with the key or password that was given, or else the one of the keyring. */
StrataConsole *
strata_ctl_open_console (StrataCtl *self,
                         GError   **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataAccount) account = strata_ctl_get_account (self, error);
  g_autofree char *secret =
    account != NULL ? strata_ctl_load_sign_in (self, strata_account_get_kind (account), &reason) : NULL;

  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (account != NULL)
    return open_account (account, secret, error);

  return NULL;
}
