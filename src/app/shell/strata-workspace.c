/* strata-workspace.c - what every page works on: the store, its list, the registries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-workspace"

#include "strata-workspace.h"

struct _StrataWorkspace
{
  GObject             parent_instance;
  StrataStore        *store;       /* (owned) (not nullable) */
  StrataProfileList  *profiles;    /* (owned) (not nullable) */
  StrataProfileList  *trash;       /* (owned) (nullable): made when first asked for */
  StrataRegistryList *registries;  /* (owned) (nullable): made when first asked for */
};

G_DEFINE_FINAL_TYPE (StrataWorkspace, strata_workspace, G_TYPE_OBJECT)

static void
strata_workspace_dispose (GObject *object)
{
  StrataWorkspace *self = STRATA_WORKSPACE (object);

  g_clear_object (&self->registries);
  g_clear_object (&self->trash);
  g_clear_object (&self->profiles);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (strata_workspace_parent_class)->dispose (object);
}

static void
strata_workspace_class_init (StrataWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_workspace_dispose;
}

static void
strata_workspace_init (StrataWorkspace *self)
{
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
  self->store = g_steal_pointer (&store);
  self->profiles = strata_profile_list_new (self->store, FALSE);

  return self;
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

  if (self->registries == NULL)
    self->registries = strata_registry_list_new (strata_store_get_path (self->store));

  return self->registries;
}
