/* strata-practice-registries.c - the packs and charts of the sandbox, so that a first profile can be made of something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-practice-registries"

#include "strata-practice-registries.h"

#include <glib/gi18n.h>

static StrataRemote *
make_remote (const char *kind,
             const char *url,
             const char *id,
             const char *name)
{
  g_autoptr(StrataRemote) plain = strata_remote_new (kind, url, NULL);
  g_autoptr(StrataRemote) named = plain != NULL ? strata_remote_with_name (plain, name) : NULL;

  return named != NULL ? strata_remote_with_id (named, id) : NULL;
}

static void
offer (StrataWorkspace *home,
       StrataRemote    *remote,
       gboolean         is_first)
{
  StrataRegistryList *registries = strata_workspace_get_registries (home);
  StrataRegistry *registry = strata_registry_list_find (registries, strata_remote_get_id (remote));
  g_autoptr(GError) error = NULL;
  gboolean changed = FALSE;

  /* Who removed it does not want it back; one that is there follows the sandbox to its port. */
  if (registry == NULL && is_first)
    changed = strata_registry_list_add_remote (registries, remote, &error);
  else if (registry != NULL && g_strcmp0 (strata_remote_get_url (strata_registry_get_remote (registry)),
                                          strata_remote_get_url (remote)) != 0)
    changed = strata_registry_list_edit_remote (registries, remote, &error);

  if (error != NULL)
    g_message ("A registry of the sandbox was not added: %s", error->message);
  if (changed)
    strata_syncs_start (strata_workspace_get_syncs (home), strata_remote_get_id (remote), FALSE);
}

/**
 * strata_practice_registries_offer:
 * @home: the workspace whose registries all others use
 * @practice: a running sandbox
 * @is_first: whether it was never started here before
 *
 * Adds what the sandbox offers to the registries, on the first time, and begins to read it.
 */
void
strata_practice_registries_offer (StrataWorkspace *home,
                                  StrataPractice  *practice,
                                  gboolean         is_first)
{
  g_return_if_fail (STRATA_IS_WORKSPACE (home));
  g_return_if_fail (STRATA_IS_PRACTICE (practice));

  g_autoptr(StrataRemote) packs = make_remote (STRATA_REGISTRY_OCI, strata_practice_get_pack_registry (practice),
                                               "sandbox-packs", _("Sandbox Packs"));
  g_autoptr(StrataRemote) charts = make_remote (STRATA_REGISTRY_HELM, strata_practice_get_helm_repository (practice),
                                                "sandbox-charts", _("Sandbox Charts"));

  if (packs != NULL)
    offer (home, packs, is_first);
  if (charts != NULL)
    offer (home, charts, is_first);
}
