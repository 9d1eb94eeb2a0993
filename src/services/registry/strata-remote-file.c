/* strata-remote-file.c - a registry on the network as registries.ini has it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-file"

#include "strata-remote-file.h"

#include "strata-registry.h"

#define KEY_KIND "kind"
#define KEY_NAME "name"
#define KEY_URL "url"
#define KEY_AUTH "auth"
#define KEY_USER "user"
#define KEY_CA_URI "ca-uri"  /* a path need not be UTF-8, a key file must be */
#define KEY_PROXY "proxy"
#define KEY_REPOSITORIES "repositories"

static const char *const auths[] = {
  [STRATA_REMOTE_AUTH_NONE] = "none",
  [STRATA_REMOTE_AUTH_BASIC] = "basic",
  [STRATA_REMOTE_AUTH_TOKEN] = "token",
};

static StrataRemoteAuth
get_auth (GKeyFile   *file,
          const char *group)
{
  g_autofree char *text = g_key_file_get_string (file, group, KEY_AUTH, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (auths); i++)
    if (g_strcmp0 (text, auths[i]) == 0)
      return (StrataRemoteAuth) i;

  return STRATA_REMOTE_AUTH_NONE;
}

static gboolean
is_remote_kind (const char *kind)
{
  return g_strcmp0 (kind, STRATA_REGISTRY_HELM) == 0 || g_strcmp0 (kind, STRATA_REGISTRY_OCI) == 0;
}

/**
 * strata_remote_file_read:
 * @file: `registries.ini`
 * @group: the group of a registry
 * @id: its id
 *
 * Returns: (transfer full) (nullable): the registry, or %NULL when it is none on the network, or of no use
 */
StrataRemote *
strata_remote_file_read (GKeyFile   *file,
                         const char *group,
                         const char *id)
{
  g_autofree char *kind = g_key_file_get_string (file, group, KEY_KIND, NULL);
  g_autofree char *url = g_key_file_get_string (file, group, KEY_URL, NULL);
  g_autofree char *name = g_key_file_get_string (file, group, KEY_NAME, NULL);
  g_autofree char *user = g_key_file_get_string (file, group, KEY_USER, NULL);
  g_autofree char *ca_uri = g_key_file_get_string (file, group, KEY_CA_URI, NULL);
  g_autofree char *ca_file = ca_uri != NULL ? g_filename_from_uri (ca_uri, NULL, NULL) : NULL;
  gboolean without_proxy = g_key_file_has_key (file, group, KEY_PROXY, NULL) &&
                           !g_key_file_get_boolean (file, group, KEY_PROXY, NULL);
  g_autoptr(StrataRemote) plain = is_remote_kind (kind) && url != NULL && *id != '\0'
                                     ? strata_remote_new (kind, url, NULL)
                                     : NULL;

  if (plain == NULL)
    return NULL;

  g_autoptr(StrataRemote) known = strata_remote_with_id (plain, id);
  g_autoptr(StrataRemote) named = strata_remote_with_name (known, name);
  g_autoptr(StrataRemote) signed_in =
    strata_remote_with_auth (named, get_auth (file, group), user);
  g_autoptr(StrataRemote) trusted = strata_remote_with_ca_file (signed_in, ca_file);

  g_autoptr(StrataRemote) routed = strata_remote_with_proxy (trusted, !without_proxy);
  g_auto(GStrv) repositories =
    g_key_file_get_string_list (file, group, KEY_REPOSITORIES, NULL, NULL);

  return repositories != NULL
           ? strata_remote_with_repositories (routed, (const char *const *) repositories)
           : g_steal_pointer (&routed);
}

static void
set_or_remove (GKeyFile   *file,
               const char *group,
               const char *key,
               const char *text)
{
  if (text != NULL && *text != '\0')
    g_key_file_set_string (file, group, key, text);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

/**
 * strata_remote_file_write:
 * @file: `registries.ini`
 * @group: the group of the registry
 * @remote: the registry
 *
 * Writes all that may stand in a file, and that is everything but its password or token.
 */
void
strata_remote_file_write (GKeyFile     *file,
                          const char   *group,
                          StrataRemote *remote)
{
  const char *ca_file = strata_remote_get_ca_file (remote);
  g_autofree char *ca_uri = ca_file != NULL ? g_filename_to_uri (ca_file, NULL, NULL) : NULL;

  g_key_file_set_string (file, group, KEY_KIND, strata_remote_get_kind (remote));
  g_key_file_set_string (file, group, KEY_URL, strata_remote_get_url (remote));
  set_or_remove (file, group, KEY_NAME, strata_remote_get_name (remote));
  g_key_file_set_string (file, group, KEY_AUTH, auths[strata_remote_get_auth (remote)]);
  set_or_remove (file, group, KEY_USER, strata_remote_get_user (remote));
  set_or_remove (file, group, KEY_CA_URI, ca_uri);
  set_or_remove (file, group, KEY_PROXY, strata_remote_get_use_proxy (remote) ? NULL : "false");

  const char *const *repositories = strata_remote_get_repositories (remote);

  if (*repositories != NULL)
    g_key_file_set_string_list (file, group, KEY_REPOSITORIES, repositories,
                                g_strv_length ((char **) repositories));
  else
    g_key_file_remove_key (file, group, KEY_REPOSITORIES, NULL);
}
