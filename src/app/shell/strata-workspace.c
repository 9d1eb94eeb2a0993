/* strata-workspace.c - what every page works on: the store, its list, the registries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-workspace"

#include "strata-workspace.h"

#include "strata-job.h"

#define LOCAL "local"
#define TIDY_AFTER_S 60  /* once, when a start and what a person does first are over */

struct _StrataWorkspace
{
  GObject             parent_instance;
  StrataWorkspace    *home;        /* (owned) (nullable): whose registries these are, where this is that of a console */
  StrataConnection   *connection;  /* (owned) (nullable): where this is that of a console */
  StrataFleetWatch   *watch;       /* (owned) (nullable): made when first asked for, where there is a console */
  char               *data_dir;    /* (owned) (not nullable) */
  char               *id;          /* (owned) (not nullable) */
  StrataStore        *store;       /* (owned) (not nullable) */
  StrataProfileList  *profiles;    /* (owned) (not nullable) */
  StrataProfileList  *trash;       /* (owned) (nullable): made when first asked for */
  StrataRegistryList *registries;  /* (owned) (nullable): made when first asked for */
  StrataSyncs        *syncs;       /* (owned) (nullable): made when first asked for */
  StrataJob          *tidy_job;    /* (owned) (nullable) */
  guint               tidying;     /* the source that starts it, 0 for none */
};

G_DEFINE_FINAL_TYPE (StrataWorkspace, strata_workspace, G_TYPE_OBJECT)

static void
strata_workspace_dispose (GObject *object)
{
  StrataWorkspace *self = STRATA_WORKSPACE (object);

  g_clear_handle_id (&self->tidying, g_source_remove);
  if (self->tidy_job != NULL)
    strata_job_cancel (self->tidy_job);

  g_clear_object (&self->tidy_job);
  g_clear_object (&self->syncs);
  g_clear_object (&self->registries);
  g_clear_object (&self->trash);
  g_clear_object (&self->profiles);
  g_clear_object (&self->watch);
  g_clear_object (&self->connection);
  g_clear_object (&self->store);
  g_clear_object (&self->home);

  G_OBJECT_CLASS (strata_workspace_parent_class)->dispose (object);
}

static void
strata_workspace_finalize (GObject *object)
{
  StrataWorkspace *self = STRATA_WORKSPACE (object);

  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (strata_workspace_parent_class)->finalize (object);
}

static void
strata_workspace_class_init (StrataWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_workspace_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_workspace_finalize;
}

static void
strata_workspace_init (StrataWorkspace *self)
{
}

/* A failure costs nothing but space on the disk, and *Check* of the preferences names the damage. */
static gpointer
tidy_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  strata_store_tidy (data, cancellable, error);

  return NULL;
}

static gboolean
tidy_cb (gpointer data)
{
  StrataWorkspace *self = data;

  self->tidying = 0;
  strata_job_run (self->tidy_job, tidy_thread, g_object_ref (self->store), g_object_unref, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * strata_workspace_new:
 * @data_dir: the folder of the store; made when it is not there
 * @error: return location for an error of the store
 *
 * Opens the store and begins to read its list in the background.
 *
 * Returns: (transfer full) (nullable): the workspace, or %NULL with @error set
 */
StrataWorkspace *
strata_workspace_new (const char  *data_dir,
                      GError     **error)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  g_autoptr(StrataStore) store = strata_store_open (data_dir, error);
  if (store == NULL)
    return NULL;

  StrataWorkspace *self = g_object_new (STRATA_TYPE_WORKSPACE, NULL);
  self->id = g_strdup (LOCAL);
  self->data_dir = g_strdup (data_dir);
  self->store = g_steal_pointer (&store);
  self->profiles = strata_profile_list_new (self->store, FALSE);
  self->tidy_job = strata_job_new ();
  self->tidying = g_timeout_add_seconds (TIDY_AFTER_S, tidy_cb, self);

  return self;
}

/**
 * strata_workspace_new_for_account:
 * @home: the workspace of this computer, whose registries are used here, too
 * @account: a console and project
 * @error: return location for an error of the store
 *
 * Opens what of @account is on this computer; nothing is asked of the console yet.
 *
 * Returns: (transfer full) (nullable): the workspace, or %NULL with @error set
 */
StrataWorkspace *
strata_workspace_new_for_account (StrataWorkspace  *home,
                                  StrataAccount    *account,
                                  GError          **error)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (home), NULL);
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);

  const char *id = strata_account_get_id (account);
  g_autoptr(StrataStore) store = strata_store_open_workspace (home->data_dir, id, error);
  if (store == NULL)
    return NULL;

  StrataWorkspace *self = g_object_new (STRATA_TYPE_WORKSPACE, NULL);
  self->home = g_object_ref (home);
  self->id = g_strdup (id);
  self->data_dir = g_strdup (home->data_dir);
  self->store = g_steal_pointer (&store);
  self->profiles = strata_profile_list_new (self->store, FALSE);
  self->connection = strata_connection_new (self->data_dir, account, self->store, self->profiles);

  return self;
}

/* "local", or that of the account. */
const char *
strata_workspace_get_id (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return self->id;
}

/* The folder that the stores of all workspaces are in. */
const char *
strata_workspace_get_data_dir (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return self->data_dir;
}

StrataStore *
strata_workspace_get_store (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return self->store;
}

StrataProfileList *
strata_workspace_get_profiles (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return self->profiles;
}

StrataProfileList *
strata_workspace_get_trash (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  if (self->trash == NULL)
    self->trash = strata_profile_list_new (self->store, TRUE);

  return self->trash;
}

StrataRegistryList *
strata_workspace_get_registries (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  if (self->home != NULL)
    return strata_workspace_get_registries (self->home);

  if (self->registries == NULL)
    self->registries = strata_registry_list_new (strata_store_get_path (self->store));

  return self->registries;
}

/* What the registries offered when they were last looked at; any thread may read it. */
StrataIndex *
strata_workspace_get_index (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return strata_shelf_get_index (
    strata_registry_list_get_shelf (strata_workspace_get_registries (self)));
}

/* Which registries are read anew at the moment; what is started here goes on while another page is shown. */
StrataSyncs *
strata_workspace_get_syncs (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  if (self->home != NULL)
    return strata_workspace_get_syncs (self->home);

  if (self->syncs == NULL)
    self->syncs =
      strata_syncs_new (strata_workspace_get_registries (self), strata_workspace_get_index (self));

  return self->syncs;
}

/**
 * strata_workspace_get_connection:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): what is known of its console; %NULL for the workspace of this computer
 */
StrataConnection *
strata_workspace_get_connection (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return self->connection;
}

/**
 * strata_workspace_get_console:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): its console; %NULL on this computer, and while nobody is signed in
 */
StrataConsole *
strata_workspace_get_console (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  return self->connection != NULL ? strata_connection_get_console (self->connection) : NULL;
}

static void
console_changed_cb (StrataWorkspace *self)
{
  strata_fleet_watch_set_console (self->watch, strata_connection_get_console (self->connection));
}

static void
answered_cb (StrataWorkspace *self)
{
  strata_connection_report (self->connection, strata_connection_get_console (self->connection));
}

/**
 * strata_workspace_get_watch:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the appliances of its console; %NULL on this computer
 */
StrataFleetWatch *
strata_workspace_get_watch (StrataWorkspace *self)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (self), NULL);

  if (self->connection == NULL || self->watch != NULL)
    return self->watch;

  g_autofree char *path =
    g_build_filename (self->data_dir, "workspaces", self->id, "appliances", NULL);

  self->watch = strata_fleet_watch_new (path);
  g_signal_connect_object (self->connection, "notify::console", G_CALLBACK (console_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  console_changed_cb (self);

  return self->watch;
}
