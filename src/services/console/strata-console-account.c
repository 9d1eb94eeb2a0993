/* strata-console-account.c - who is signed in at a console, and which projects there are for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-private.h"
#include "strata-json.h"

/**
 * strata_console_project_free:
 * @project: (transfer full): a project
 */
void
strata_console_project_free (StrataConsoleProject *project)
{
  g_free (project->uid);
  g_free (project->name);
  g_free (project);
}

/**
 * strata_console_user_clear:
 * @user: who is signed in
 *
 * Frees the texts of @user.
 */
void
strata_console_user_clear (StrataConsoleUser *user)
{
  g_clear_pointer (&user->org, g_free);
  g_clear_pointer (&user->tenant_uid, g_free);
  g_clear_pointer (&user->user_uid, g_free);
  g_clear_pointer (&user->email, g_free);
}

/* The e-mail address is nice to have: who may not read it is signed in all the same. */
static gboolean
read_email (StrataConsole      *self,
            StrataConsoleUser  *user,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *path = strata_console_build_path ("/v1/users/%s", user->user_uid);
  g_autoptr(JsonNode) owner = NULL;
  g_autoptr(GError) reason = NULL;
  StrataConsoleCall call = { .path = path, .is_tenant = TRUE };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, &reason);

  if (reply == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);

  const char *email = strata_json_get_string (strata_json_get_object (reply, "spec"), "emailId");

  user->email = *email != '\0' ? g_strdup (email) : NULL;

  return TRUE;
}

/**
 * strata_console_who:
 * @self: a client
 * @user: (out caller-allocates): who is signed in; strata_console_user_clear() frees what is in it
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Asks who is signed in, which also finds out whether somebody is. Blocks; any thread.
 *
 * Returns: whether it is known
 */
gboolean
strata_console_who (StrataConsole      *self,
                    StrataConsoleUser  *user,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && user != NULL, FALSE);

  g_autoptr(JsonNode) owner = NULL;
  g_auto(StrataConsoleUser) found = { 0 };
  StrataConsoleCall call = { .path = "/v1/users/info", .is_tenant = TRUE };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

  *user = found;
  if (reply == NULL)
    return FALSE;

  found.org = g_strdup (strata_json_get_string (reply, "orgName"));
  found.tenant_uid = g_strdup (strata_json_get_string (reply, "tenantUid"));
  found.user_uid = g_strdup (strata_json_get_string (reply, "userUid"));
  if (*found.user_uid == '\0' && *found.tenant_uid == '\0')
    {
      strata_console_set_bad_reply (self, call.path, error);
      return FALSE;
    }

  if (*found.user_uid != '\0' && !read_email (self, &found, cancellable, error))
    return FALSE;

  *user = found;
  found = (StrataConsoleUser){ 0 };

  return TRUE;
}

static int
compare_projects_cb (gconstpointer a,
                     gconstpointer b)
{
  const StrataConsoleProject *first = *(const StrataConsoleProject *const *) a;
  const StrataConsoleProject *second = *(const StrataConsoleProject *const *) b;

  return g_utf8_collate (first->name, second->name);
}

/**
 * strata_console_list_projects:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Asks which projects there are for who is signed in. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataConsoleProject) (nullable): them, by name; or %NULL with @error set
 */
GPtrArray *
strata_console_list_projects (StrataConsole  *self,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  g_autoptr(JsonNode) owner = NULL;
  StrataConsoleCall call = { .path = "/v1/dashboard/projects/metadata", .is_tenant = TRUE };
  g_autoptr(GPtrArray) items =
    strata_console_list_items (self, &call, "items", &owner, cancellable, error);

  if (items == NULL)
    return NULL;

  g_autoptr(GPtrArray) projects =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_console_project_free);

  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *metadata = strata_json_get_object (items->pdata[i], "metadata");
      const char *uid = strata_json_get_string (metadata, "uid");

      if (*uid == '\0')
        continue;

      StrataConsoleProject *project = g_new0 (StrataConsoleProject, 1);

      project->uid = g_strdup (uid);
      project->name = g_strdup (strata_json_get_string (metadata, "name"));
      g_ptr_array_add (projects, project);
    }

  g_ptr_array_sort (projects, compare_projects_cb);

  return g_steal_pointer (&projects);
}
