/* strata-ctl-console.c - stratactl console: add, list, use, sign-out, remove
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>

#include "strata-ctl-print.h"
#include "strata-ctl-workspace.h"
#include "strata-error.h"
#include "strata-sync.h"

static gint64
get_checked (StrataCtl     *self,
             StrataAccount *account)
{
  g_autoptr(StrataStore) store =
    strata_store_open_workspace (self->options.data_dir, strata_account_get_id (account), NULL);
  g_autoptr(StrataSync) sync = store != NULL ? strata_sync_new (store) : NULL;

  return sync != NULL ? strata_sync_get_checked (sync) / G_USEC_PER_SEC : 0;
}

static void
set_text (JsonObject         *object,
          const char         *member,
          StrataAccount      *account,
          StrataAccountField  field)
{
  if (*strata_account_get (account, field) != '\0')
    json_object_set_string_member (object, member, strata_account_get (account, field));
}

static JsonObject *
describe_account (StrataCtl     *self,
                  StrataAccount *account,
                  const char    *used)
{
  JsonObject *object = json_object_new ();
  g_autofree char *title = strata_account_dup_title (account);
  gint64 checked = get_checked (self, account);

  json_object_set_string_member (object, "id", strata_account_get_id (account));
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "address", strata_account_get (account, STRATA_ACCOUNT_ADDRESS));
  set_text (object, "project-uid", account, STRATA_ACCOUNT_PROJECT_UID);
  set_text (object, "project", account, STRATA_ACCOUNT_PROJECT_NAME);
  set_text (object, "organization", account, STRATA_ACCOUNT_TENANT);
  set_text (object, "email", account, STRATA_ACCOUNT_EMAIL);
  json_object_set_boolean_member (object, "used", g_strcmp0 (used, strata_account_get_id (account)) == 0);

  if (checked > 0)
    {
      g_autofree char *time = strata_ctl_format_time (checked);

      json_object_set_string_member (object, "checked", time);
    }

  return object;
}

static StrataAccount *
set (StrataAccount      *self,
     StrataAccountField  field,
     const char         *text)
{
  StrataAccount *other = strata_account_with (self, field, text);

  g_object_unref (self);

  return other;
}

/* Of what was typed; the secret is no part of it. */
static StrataAccount *
make_account (StrataCtl *self,
              GError   **error)
{
  StrataCtlOptions *options = &self->options;
  StrataAccountKind kind = options->email != NULL ? STRATA_ACCOUNT_PASSWORD : STRATA_ACCOUNT_KEY;
  StrataAccount *account = strata_account_new (self->arguments[0], kind, error);
  g_autofree char *ca_file = options->ca_file != NULL ? g_canonicalize_filename (options->ca_file, NULL) : NULL;

  if (account == NULL)
    return NULL;

  account = set (account, STRATA_ACCOUNT_NAME, options->name);
  account = set (account, STRATA_ACCOUNT_CA_FILE, ca_file);
  account = set (account, STRATA_ACCOUNT_EMAIL, options->email);
  account = set (account, STRATA_ACCOUNT_ORG, options->organization);

  return set (account, STRATA_ACCOUNT_PROJECT_UID, options->project);
}

/* The API key, which has to be given; or the password, which the person is asked for when it is not. */
static char *
get_secret (StrataCtl      *self,
            StrataAccount  *account,
            GError        **error)
{
  StrataAccountKind kind = strata_account_get_kind (account);
  g_autoptr(GError) reason = NULL;
  g_autofree char *secret = strata_ctl_load_sign_in (self, kind, &reason);

  if (reason == NULL && secret == NULL && kind == STRATA_ACCOUNT_PASSWORD)
    secret = strata_ctl_ask_password (account, &reason);

  if (secret != NULL && *secret != '\0')
    return g_steal_pointer (&secret);

  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         kind == STRATA_ACCOUNT_PASSWORD
                           ? _("The password is empty: type it, or give it with --password-file")
                           : _("Give the API key in STRATA_API_KEY or with --api-key-file"));

  return NULL;
}

static gboolean
check_add (StrataCtl *self,
           GError   **error)
{
  StrataCtlOptions *options = &self->options;

  if (options->email == NULL ? options->password_file == NULL && options->organization == NULL
                             : options->api_key_file == NULL)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       options->email == NULL ? _("--password-file and --organization are for --email")
                                              : _("Sign in with --email or with --api-key-file, not with both"));

  return FALSE;
}

static gboolean
print_account (StrataCtl      *self,
               StrataAccount  *account,
               const char     *used,
               GError        **error)
{
  if (!self->options.json)
    {
      strata_ctl_print ("%s\n", strata_account_get_id (account));
      return TRUE;
    }

  g_autoptr(JsonObject) object = describe_account (self, account, used);

  return strata_ctl_print_object (object, error);
}

static gboolean
run_add (StrataCtl *self,
         GError   **error)
{
  g_autoptr(GError) unkept = NULL;
  g_autoptr(StrataAccount) typed = check_add (self, error) ? make_account (self, error) : NULL;
  g_autofree char *secret = typed != NULL ? get_secret (self, typed, error) : NULL;

  if (secret == NULL)
    return FALSE;

  g_autoptr(StrataAccount) known = strata_account_look_up (typed, secret, NULL, error);
  g_autofree char *id =
    known != NULL ? strata_account_add (self->options.data_dir, known, secret, &unkept, NULL, error) : NULL;

  if (id == NULL)
    return FALSE;

  if (unkept != NULL)
    strata_ctl_warn (strata_account_get_kind (known) == STRATA_ACCOUNT_PASSWORD
                       ? _("The password is not kept, it is asked for each time: %s")
                       : _("The API key is not kept, give it each time in STRATA_API_KEY: %s"), unkept->message);

  g_autoptr(StrataAccount) added = strata_account_with (known, STRATA_ACCOUNT_ID, id);

  return print_account (self, added, NULL, error);
}

static gboolean
run_list (StrataCtl *self,
          GError   **error)
{
  g_autoptr(GPtrArray) accounts = strata_accounts_load (self->options.data_dir, error);
  g_autofree char *used = strata_ctl_dup_workspace (self, NULL);
  g_autoptr(JsonArray) list = json_array_new ();
  g_autoptr(StrataCtlTable) table =
    strata_ctl_table_new ("", _("NAME"), _("ADDRESS"), _("LIST READ"), _("ID"), NULL);

  if (accounts == NULL)
    return FALSE;

  for (guint i = 0; i < accounts->len; i++)
    {
      StrataAccount *account = accounts->pdata[i];
      g_autofree char *title = strata_account_dup_title (account);
      gint64 checked = get_checked (self, account);
      g_autofree char *time = checked > 0 ? strata_ctl_show_time (checked) : g_strdup ("-");

      json_array_add_object_element (list, describe_account (self, account, used));
      strata_ctl_table_add (table, g_strcmp0 (used, strata_account_get_id (account)) == 0 ? "*" : "", title,
                            strata_account_get (account, STRATA_ACCOUNT_ADDRESS), time,
                            strata_account_get_id (account), NULL);
    }

  if (self->options.json)
    return strata_ctl_print_list (list, error);

  if (accounts->len > 0)
    strata_ctl_table_print (table);

  return TRUE;
}

static gboolean
run_use (StrataCtl *self,
         GError   **error)
{
  const char *wanted = self->arguments[0];
  g_autoptr(StrataAccount) account = NULL;
  g_autoptr(JsonObject) object = json_object_new ();

  if (!g_str_equal (wanted, STRATA_STORE_LOCAL))
    {
      account = strata_accounts_find (self->options.data_dir, wanted, error);
      if (account == NULL)
        return FALSE;
    }

  const char *id = account != NULL ? strata_account_get_id (account) : STRATA_STORE_LOCAL;

  if (!strata_ctl_use_workspace (self, id, error))
    return FALSE;

  json_object_set_string_member (object, "workspace", id);

  return !self->options.json || strata_ctl_print_object (object, error);
}

static gboolean
run_sign_out (StrataCtl *self,
              GError   **error)
{
  g_autoptr(StrataAccount) account =
    strata_accounts_find (self->options.data_dir, self->arguments[0], error);
  g_autoptr(JsonObject) object = json_object_new ();

  if (account == NULL ||
      !strata_account_sign_out (self->options.data_dir, strata_account_get_id (account), NULL, error))
    return FALSE;

  json_object_set_string_member (object, "id", strata_account_get_id (account));
  json_object_set_boolean_member (object, "signed-out", TRUE);

  return !self->options.json || strata_ctl_print_object (object, error);
}

/* Counts the profiles that the workspace keeps, and those of them that the console does not have as they are here. */
static gboolean
count_profiles (StrataCtl      *self,
                StrataAccount  *account,
                guint          *n_profiles,
                guint          *n_unsent,
                GError        **error)
{
  g_autoptr(StrataStore) store =
    strata_store_open_workspace (self->options.data_dir, strata_account_get_id (account), error);
  g_autoptr(GPtrArray) entries = store != NULL ? strata_store_list (store, NULL, error) : NULL;

  *n_profiles = *n_unsent = 0;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      StrataEntry *entry = entries->pdata[i];

      if (strata_entry_get_is_away (entry))
        continue;

      *n_profiles += 1;
      *n_unsent += strata_entry_get_state (entry) == STRATA_STATE_ONLY_HERE || strata_entry_get_is_changed (entry);
    }

  return entries != NULL;
}

/* What becomes of the profiles is said: they stay, and who adds the console again has them again. */
static gboolean
print_removed (StrataCtl      *self,
               StrataAccount  *account,
               guint           n_profiles,
               guint           n_unsent,
               GError        **error)
{
  g_autofree char *title = strata_account_dup_title (account);
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id", strata_account_get_id (account));
  json_object_set_boolean_member (object, "removed", TRUE);
  json_object_set_int_member (object, "profiles-kept", n_profiles);
  json_object_set_int_member (object, "profiles-not-sent", n_unsent);

  if (self->options.json)
    return strata_ctl_print_object (object, error);

  strata_ctl_print (_("“%s” is removed, and its API key or password forgotten.\n"), title);
  if (n_profiles > 0)
    strata_ctl_print (ngettext ("%u profile stays on this computer; add the console again to have it back.\n",
                                "%u profiles stay on this computer; add the console again to have them back.\n",
                                n_profiles), n_profiles);
  if (n_unsent > 0)
    strata_ctl_print (ngettext ("%u of them has something that the console does not have.\n",
                                "%u of them have something that the console does not have.\n", n_unsent), n_unsent);

  return TRUE;
}

static gboolean
run_remove (StrataCtl *self,
            GError   **error)
{
  g_autoptr(StrataAccount) account =
    strata_accounts_find (self->options.data_dir, self->arguments[0], error);
  g_autofree char *used = NULL;
  guint n_profiles;
  guint n_unsent;

  /* What `console use` said, whatever this run is about. */
  g_clear_pointer (&self->options.workspace, g_free);
  used = strata_ctl_dup_workspace (self, NULL);

  if (account == NULL || !count_profiles (self, account, &n_profiles, &n_unsent, error) ||
      !strata_account_remove (self->options.data_dir, strata_account_get_id (account), NULL, error))
    return FALSE;

  if (g_strcmp0 (used, strata_account_get_id (account)) == 0 &&
      !strata_ctl_use_workspace (self, STRATA_STORE_LOCAL, error))
    return FALSE;

  return print_removed (self, account, n_profiles, n_unsent, error);
}

const StrataCtlCommand strata_ctl_console_commands[] = {
  { "console", "add", N_("ADDRESS"), N_("Sign in at a console, and make a workspace of it"),
    "project api-key-file email organization password-file ca name", 1, 1, run_add },
  { "console", "list", "", N_("List the consoles"), "", 0, 0, run_list },
  { "console", "use", N_("ID|local"), N_("Work there from now on"), "", 1, 1, run_use },
  { "console", "sign-out", N_("ID"), N_("Forget the API key or password; the profiles stay"), "", 1, 1, run_sign_out },
  { "console", "remove", N_("ID"), N_("Sign out and take the console from the list; the profiles stay"), "", 1, 1, run_remove },
  { NULL },
};
