/* strata-spaces.c - the workspaces there are: this computer, and each console that was added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-spaces"

#include "strata-spaces.h"

#include "strata-accounts.h"

struct _StrataSpaces
{
  GObject            parent_instance;
  StrataWorkspace   *home;      /* (owned) (not nullable) */
  StrataAccountList *accounts;  /* (owned) (not nullable) */
  GHashTable        *opened;    /* (owned) (not nullable): id -> StrataWorkspace */
};

enum
{
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSpaces, strata_spaces, G_TYPE_OBJECT)

/* Nobody is signed in at what was removed; what still runs there ends. */
static void
leave (StrataWorkspace *workspace)
{
  StrataConnection *connection = strata_workspace_get_connection (workspace);

  strata_connection_set_console (connection, strata_connection_get_account (connection), NULL);
}

/* What was removed, by whomever, is let go. */
static void
accounts_changed_cb (StrataSpaces *self)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  /* What cannot be read is not gone. */
  if (strata_account_list_get_loading (self->accounts) || strata_account_list_get_error (self->accounts) != NULL)
    return;

  g_hash_table_iter_init (&iter, self->opened);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (strata_account_list_find (self->accounts, id) == NULL)
      g_ptr_array_add (gone, g_strdup (id));

  for (guint i = 0; i < gone->len; i++)
    {
      leave (g_hash_table_lookup (self->opened, gone->pdata[i]));
      g_signal_emit (self, signals[CLOSED], 0, gone->pdata[i]);
      g_hash_table_remove (self->opened, gone->pdata[i]);
    }
}

static void
strata_spaces_dispose (GObject *object)
{
  StrataSpaces *self = STRATA_SPACES (object);

  g_hash_table_remove_all (self->opened);
  g_clear_object (&self->accounts);
  g_clear_object (&self->home);

  G_OBJECT_CLASS (strata_spaces_parent_class)->dispose (object);
}

static void
strata_spaces_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_SPACES (object)->opened, g_hash_table_unref);

  G_OBJECT_CLASS (strata_spaces_parent_class)->finalize (object);
}

static void
strata_spaces_class_init (StrataSpacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_spaces_dispose;
  object_class->finalize = strata_spaces_finalize;

  signals[CLOSED] = g_signal_new ("closed", STRATA_TYPE_SPACES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
}

static void
strata_spaces_init (StrataSpaces *self)
{
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* @home is the workspace of this computer; the others are found beside it. */
StrataSpaces *
strata_spaces_new (StrataWorkspace *home)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (home), NULL);

  StrataSpaces *self = g_object_new (STRATA_TYPE_SPACES, NULL);

  self->home = g_object_ref (home);
  self->accounts = strata_account_list_new (strata_workspace_get_data_dir (home));
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

StrataWorkspace *
strata_spaces_get_home (StrataSpaces *self)
{
  g_return_val_if_fail (STRATA_IS_SPACES (self), NULL);

  return self->home;
}

StrataAccountList *
strata_spaces_get_accounts (StrataSpaces *self)
{
  g_return_val_if_fail (STRATA_IS_SPACES (self), NULL);

  return self->accounts;
}

/* The workspace where it was opened before; %NULL otherwise. (transfer none) */
StrataWorkspace *
strata_spaces_peek (StrataSpaces *self,
                    const char   *id)
{
  g_return_val_if_fail (STRATA_IS_SPACES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_str_equal (id, STRATA_SPACES_HOME) ? self->home : g_hash_table_lookup (self->opened, id);
}

/**
 * strata_spaces_open:
 * @self: the workspaces
 * @id: "local", or that of an account
 * @error: return location
 *
 * Opens a workspace on the first time. It stays open, so that what runs in it goes on while another is shown.
 *
 * Returns: (transfer none) (nullable): the workspace, or %NULL with @error set
 */
StrataWorkspace *
strata_spaces_open (StrataSpaces  *self,
                    const char    *id,
                    GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SPACES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  StrataWorkspace *workspace = strata_spaces_peek (self, id);
  if (workspace != NULL)
    return workspace;

  /* At a start, and just after it was added, the list does not have it yet. */
  StrataAccount *known = strata_account_list_find (self->accounts, id);
  g_autoptr(StrataAccount) account =
    known != NULL ? g_object_ref (known) : strata_accounts_find (strata_workspace_get_data_dir (self->home), id, error);
  if (account == NULL)
    return NULL;

  workspace = strata_workspace_new_for_account (self->home, account, error);
  if (workspace != NULL)
    g_hash_table_insert (self->opened, g_strdup (id), workspace);

  return workspace;
}
