/* strata-ctl-console.c - stratactl console: add, list, use, sign-out
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

/* Of what was typed; the secret is no part of it. */
static StrataAccount *
make_account (StrataCtl *self,
              GError   **error)
{
  StrataCtlOptions *options = &self->options;
  g_autoptr(StrataAccount) bare = strata_account_new (self->arguments[0], STRATA_ACCOUNT_KEY, error);
  g_autofree char *ca_file = options->ca_file != NULL ? g_canonicalize_filename (options->ca_file, NULL) : NULL;

  if (bare == NULL)
    return NULL;

  g_autoptr(StrataAccount) named = strata_account_with (bare, STRATA_ACCOUNT_NAME, options->name);
  g_autoptr(StrataAccount) trusted = strata_account_with (named, STRATA_ACCOUNT_CA_FILE, ca_file);

  return strata_account_with (trusted, STRATA_ACCOUNT_PROJECT_UID, options->project);
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
  g_autoptr(GError) reason = NULL;
  g_autoptr(GError) unkept = NULL;
  g_autoptr(StrataAccount) typed = make_account (self, error);
  g_autofree char *key = typed != NULL ? strata_ctl_load_key (self, &reason) : NULL;

  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (typed != NULL && (key == NULL || *key == '\0'))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("Give the API key in STRATA_API_KEY or with --api-key-file"));

  if (typed == NULL || key == NULL || *key == '\0')
    return FALSE;

  g_autoptr(StrataAccount) known = strata_account_look_up (typed, key, NULL, error);
  g_autofree char *id =
    known != NULL ? strata_account_add (self->options.data_dir, known, key, &unkept, NULL, error) : NULL;

  if (id == NULL)
    return FALSE;

  if (unkept != NULL)
    strata_ctl_warn (_("The API key is not kept, give it each time in STRATA_API_KEY: %s"), unkept->message);

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

const StrataCtlCommand strata_ctl_console_commands[] = {
  { "console", "add", N_("ADDRESS"), N_("Sign in at a console, and make a workspace of it"), "project api-key-file ca name",
    1, 1, run_add },
  { "console", "list", "", N_("List the consoles"), "", 0, 0, run_list },
  { "console", "use", N_("ID|local"), N_("Work there from now on"), "", 1, 1, run_use },
  { "console", "sign-out", N_("ID"), N_("Forget the API key; the profiles stay"), "", 1, 1, run_sign_out },
  { NULL },
};
