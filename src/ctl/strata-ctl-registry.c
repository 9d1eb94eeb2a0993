/* strata-ctl-registry.c - stratactl registry: add, list, sync, remove
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-registry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-error.h"
#include "strata-helm-registry.h"
#include "strata-oci-registry.h"

static JsonObject *
describe_registry (StrataRegistry *registry)
{
  StrataRemote *remote = strata_registry_get_remote (registry);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", strata_registry_get_id (registry));
  json_object_set_string_member (object, "name", strata_registry_get_name (registry));
  json_object_set_string_member (object, "kind", strata_registry_get_kind (registry));
  json_object_set_string_member (object, "location", strata_registry_get_location (registry));
  if (remote != NULL && strata_remote_get_auth (remote) == STRATA_REMOTE_AUTH_BASIC)
    json_object_set_string_member (object, "user", strata_remote_get_user (remote));

  return object;
}

static void
describe_source (JsonObject        *object,
                 StrataIndexSource *source)
{
  json_object_set_int_member (object, "names", source != NULL ? source->n_names : 0);
  json_object_set_int_member (object, "versions", source != NULL ? source->n_versions : 0);

  if (source != NULL && source->synced_at > 0)
    {
      g_autofree char *time = strata_ctl_format_time (source->synced_at);

      json_object_set_string_member (object, "synced", time);
    }
  if (source != NULL && source->error != NULL)
    json_object_set_string_member (object, "error", source->error);
}

static StrataIndex *
get_index (StrataRegistryList *list)
{
  return strata_shelf_get_index (strata_registry_list_get_shelf (list));
}

static StrataIndexSource *
load_source (StrataRegistryList *list,
             StrataRegistry     *registry)
{
  return strata_index_get_source (get_index (list), strata_registry_get_id (registry), NULL, NULL);
}

static gboolean
print_added (StrataCtl           *self,
             StrataRegistryList  *list,
             GError             **error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_autoptr(StrataRegistry) last = g_list_model_get_item (G_LIST_MODEL (list), n - 1);

  if (self->options.json)
    {
      g_autoptr(JsonObject) object = describe_registry (last);

      return strata_ctl_print_object (object, error);
    }

  strata_ctl_print ("%s\n", strata_registry_get_name (last));

  return TRUE;
}

static gboolean
choose_kind (StrataCtl    *self,
             const char  **kind,
             GError      **error)
{
  const char *text = self->options.kind;

  *kind = g_str_has_prefix (self->arguments[0], "oci://") || g_strcmp0 (text, STRATA_REGISTRY_OCI) == 0
            ? STRATA_REGISTRY_OCI : STRATA_REGISTRY_HELM;

  if (text == NULL || g_str_equal (text, *kind))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("“%s” is not a kind of registry at this address: choose helm or oci"), text);

  return FALSE;
}

static StrataRemote *
make_remote (StrataCtl *self,
             GError   **error)
{
  const char *kind;
  StrataCtlOptions *options = &self->options;
  StrataRemoteAuth auth = options->token          ? STRATA_REMOTE_AUTH_TOKEN
                          : options->user != NULL ? STRATA_REMOTE_AUTH_BASIC
                                                  : STRATA_REMOTE_AUTH_NONE;
  const char *const none[] = { NULL };
  const char *const *repositories =
    options->repositories != NULL ? (const char *const *) options->repositories : none;
  g_autoptr(StrataRemote) bare =
    choose_kind (self, &kind, error) ? strata_remote_new (kind, self->arguments[0], error) : NULL;

  if (bare == NULL)
    return NULL;

  g_autoptr(StrataRemote) named = strata_remote_with_name (bare, options->name);
  g_autoptr(StrataRemote) signed_in = strata_remote_with_auth (named, auth, options->user);
  g_autoptr(StrataRemote) trusted = strata_remote_with_ca_file (signed_in, options->ca_file);

  return strata_remote_with_repositories (trusted, repositories);
}

static StrataRegistry *
make_registry (StrataRemote *remote,
               StrataShelf  *shelf)
{
  return g_str_equal (strata_remote_get_kind (remote), STRATA_REGISTRY_OCI)
           ? strata_oci_registry_new (remote, shelf)
           : strata_helm_registry_new (remote, shelf);
}

/* A computer without a keyring has to be told each time. */
static void
keep_secret (StrataRemote *remote,
             const char   *secret)
{
  g_autoptr(GError) reason = NULL;

  if (!strata_remote_keep_secret (remote, secret, NULL, &reason))
    strata_ctl_warn (_("The password is not kept, give it each time in STRATA_REGISTRY_PASSWORD: %s"), reason->message);
}

static gboolean
add_remote (StrataCtl           *self,
            StrataRegistryList  *list,
            GError             **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataRemote) remote = make_remote (self, error);
  gboolean is_known = remote != NULL && strata_remote_get_auth (remote) != STRATA_REMOTE_AUTH_NONE;
  g_autofree char *secret = is_known ? strata_ctl_load_secret (self, &reason) : NULL;
  g_autoptr(StrataRegistry) registry =
    remote != NULL ? make_registry (remote, strata_registry_list_get_shelf (list)) : NULL;

  if (remote == NULL)
    return FALSE;

  if (is_known && secret == NULL)
    {
      if (reason != NULL)
        g_propagate_error (error, g_steal_pointer (&reason));
      else
        g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                             _("Give the password or token in STRATA_REGISTRY_PASSWORD or with --password-file"));
      return FALSE;
    }
  if (is_known)
    strata_remote_remember (remote, secret);

  if (!strata_registry_check (registry, NULL, error) || !strata_registry_list_add_remote (list, remote, error))
    return FALSE;
  if (is_known)
    keep_secret (remote, secret);

  return TRUE;
}

static gboolean
add_here (StrataCtl           *self,
          StrataRegistryList  *list,
          GError             **error)
{
  if (g_file_test (self->arguments[0], G_FILE_TEST_IS_DIR))
    {
      if (self->arguments[1] == NULL)
        return strata_registry_list_add_folder (list, self->arguments[0], error);

      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Add one folder at a time"));
      return FALSE;
    }

  return strata_registry_list_add_charts (list, (const char *const *) self->arguments, error);
}

static gboolean
run_add (StrataCtl *self,
         GError   **error)
{
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);
  gboolean is_address = strstr (self->arguments[0], "://") != NULL;

  if (list == NULL || !(is_address ? add_remote (self, list, error) : add_here (self, list, error)))
    return FALSE;

  return print_added (self, list, error);
}

static gboolean
print_list_json (StrataRegistryList  *list,
                 GError             **error)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autoptr(StrataIndexSource) source = load_source (list, registry);
      JsonObject *object = describe_registry (registry);

      describe_source (object, source);
      json_array_add_object_element (array, object);
    }

  return strata_ctl_print_list (array, error);
}

static gboolean
run_list (StrataCtl *self,
          GError   **error)
{
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);
  g_autoptr(StrataCtlTable) table =
    strata_ctl_table_new (_("NAME"), _("KIND"), _("VERSIONS"), _("SYNCED"), _("ADDRESS"), _("ID"), NULL);

  if (list == NULL)
    return FALSE;
  if (self->options.json)
    return print_list_json (list, error);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autoptr(StrataIndexSource) source = load_source (list, registry);
      g_autofree char *n = g_strdup_printf ("%u", source != NULL ? source->n_versions : 0);
      g_autofree char *time =
        source != NULL && source->synced_at > 0 ? strata_ctl_show_time (source->synced_at) : g_strdup ("-");

      strata_ctl_table_add (table, strata_registry_get_name (registry), strata_registry_get_kind (registry), n, time,
                            strata_registry_get_location (registry), strata_registry_get_id (registry), NULL);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    strata_ctl_table_print (table);

  return TRUE;
}

static void
warn_source (StrataRegistryList *list,
             StrataRegistry     *registry)
{
  g_autoptr(StrataIndexSource) source = load_source (list, registry);

  for (guint i = 0; source != NULL && source->warnings != NULL && source->warnings[i] != NULL; i++)
    strata_ctl_warn ("%s: %s", strata_registry_get_name (registry), source->warnings[i]);
}

static gboolean
sync_one (StrataCtl           *self,
          StrataRegistryList  *list,
          StrataRegistry      *registry,
          JsonArray           *array,
          GError             **error)
{
  StrataIndexCounts counts = { 0 };

  if (!strata_ctl_sign_in (self, registry, error)
      || !strata_registry_sync (registry, get_index (list), self->options.believe, &counts, NULL, NULL, NULL, error))
    return FALSE;

  JsonObject *object = describe_registry (registry);

  json_object_set_int_member (object, "names", counts.n_names);
  json_object_set_int_member (object, "versions", counts.n_versions);
  json_object_set_int_member (object, "new", counts.n_new);
  json_object_set_int_member (object, "changed", counts.n_changed);
  json_object_set_int_member (object, "gone", counts.n_gone);
  json_array_add_object_element (array, object);

  if (!self->options.json)
    strata_ctl_print (_("%s: %u versions of %u packs and charts; %u new, %u changed, %u gone\n"),
                      strata_registry_get_name (registry), counts.n_versions, counts.n_names, counts.n_new,
                      counts.n_changed, counts.n_gone);
  warn_source (list, registry);

  return TRUE;
}

/* One that fails does not keep the others from it. */
static gboolean
sync_all (StrataCtl           *self,
          StrataRegistryList  *list,
          JsonArray           *array,
          GError             **error)
{
  g_autoptr(GError) failure = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autoptr(GError) reason = NULL;

      if (sync_one (self, list, registry, array, &reason))
        continue;
      if (failure != NULL)
        strata_ctl_warn ("%s", failure->message);
      g_clear_error (&failure);
      failure = g_steal_pointer (&reason);
    }

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
run_sync (StrataCtl *self,
          GError   **error)
{
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);
  g_autoptr(JsonArray) array = json_array_new ();

  if (list == NULL || (self->arguments[0] == NULL && !sync_all (self, list, array, error)))
    return FALSE;

  for (char **name = self->arguments; *name != NULL; name++)
    {
      StrataRegistry *registry = strata_ctl_find_registry (list, *name, error);

      if (registry == NULL || !sync_one (self, list, registry, array, error))
        return FALSE;
    }

  return !self->options.json || strata_ctl_print_list (array, error);
}

static gboolean
run_remove (StrataCtl *self,
            GError   **error)
{
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);
  StrataRegistry *found = list != NULL ? strata_ctl_find_registry (list, self->arguments[0], error) : NULL;
  g_autoptr(StrataRegistry) registry = found != NULL ? g_object_ref (found) : NULL;
  g_autoptr(GError) reason = NULL;

  if (registry == NULL || !strata_registry_list_remove (list, strata_registry_get_id (registry), error))
    return FALSE;

  /* It is off the list; what is left of it does no harm. */
  if (!strata_registry_forget (registry, strata_registry_list_get_shelf (list), NULL, &reason))
    strata_ctl_warn ("%s", reason->message);

  if (!self->options.json)
    return TRUE;

  g_autoptr(JsonObject) object = describe_registry (registry);

  return strata_ctl_print_object (object, error);
}

const StrataCtlCommand strata_ctl_registry_commands[] = {
  { "registry", "add", N_("URL|DIR|FILE.tgz…"), N_("Add a registry, after a look whether it is one"),
    "name kind user token password-file ca-file repository", 1, G_MAXUINT, run_add },
  { "registry", "list", "", N_("List the registries"), "", 0, 0, run_list },
  { "registry", "sync", N_("[REGISTRY…]"), N_("Ask registries what they offer"), "password-file believe", 0,
    G_MAXUINT, run_sync },
  { "registry", "remove", N_("REGISTRY"), N_("Forget a registry, and what is kept of it"), "", 1, 1, run_remove },
  { NULL },
};
