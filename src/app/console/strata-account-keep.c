/* strata-account-keep.c - what is written when a console was added: the account, and its secret if it is to be kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-account-keep"

#include "strata-account-keep.h"

#include "strata-accounts.h"

StrataAccountKeep *
strata_account_keep_new (const char    *data_dir,
                         StrataAccount *account,
                         StrataConsole *console,
                         const char    *secret)
{
  StrataAccountKeep *self = g_new0 (StrataAccountKeep, 1);

  self->data_dir = g_strdup (data_dir);
  self->account = g_object_ref (account);
  self->console = g_object_ref (console);
  self->secret = g_strdup (secret);

  return self;
}

void
strata_account_keep_free (gpointer data)
{
  StrataAccountKeep *self = data;

  g_free (self->data_dir);
  g_clear_object (&self->account);
  g_clear_object (&self->console);
  g_free (self->secret);
  g_clear_error (&self->unkept);
  g_free (self);
}

/* Runs in a worker thread. Returns the StrataAccount as it is on the disk. */
gpointer
strata_account_keep_thread (gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  StrataAccountKeep *self = data;
  g_autofree char *id = strata_account_add (self->data_dir, self->account, self->secret, &self->unkept, cancellable,
                                            error);

  return id != NULL ? strata_accounts_find (self->data_dir, id, error) : NULL;
}

static StrataAccount *
with (StrataAccount      *account,
      StrataAccountField  field,
      const char         *value)
{
  g_autoptr(StrataAccount) old = account;

  return value != NULL ? strata_account_with (old, field, value) : g_steal_pointer (&old);
}

/* @account as @user sees it from @project, or from all of the tenant where that is %NULL. */
StrataAccount *
strata_account_with_project (StrataAccount              *account,
                             const StrataConsoleProject *project,
                             const StrataConsoleUser    *user)
{
  StrataAccount *self = g_object_ref (account);

  self = with (self, STRATA_ACCOUNT_PROJECT_UID, project != NULL ? project->uid : "");
  self = with (self, STRATA_ACCOUNT_PROJECT_NAME, project != NULL ? project->name : "");
  self = with (self, STRATA_ACCOUNT_TENANT, user->org);
  self = with (self, STRATA_ACCOUNT_USER, user->user_uid);

  return with (self, STRATA_ACCOUNT_EMAIL, user->email);
}
