/* strata-ctl-offer.c - the registries of this person, and what they offer, as a command names it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-registry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-error.h"
#include "strata-load.h"

#define MAX_SECRET (64 * 1024)
#define SECRET_VARIABLE "STRATA_REGISTRY_PASSWORD"

/* With the store that --data-dir names, or with this person's own. */
StrataRegistryList *
strata_ctl_open_registries (StrataCtl *self,
                            GError   **error)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "strata", NULL);
  g_autoptr(StrataRegistryList) list =
    strata_registry_list_new (self->options.data_dir != NULL ? self->options.data_dir : own);
  const GError *reason = strata_registry_list_get_error (list);

  if (reason == NULL)
    return g_steal_pointer (&list);

  g_propagate_error (error, g_error_copy (reason));

  return NULL;
}

static StrataRegistry *
get_registry (StrataRegistryList *list,
              guint               position)
{
  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (list), position);

  /* The list holds it. */
  return registry;
}

static void
set_ambiguous (GPtrArray   *found,
               const char  *name,
               GError     **error)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (ids, "%s%s (%s)", i > 0 ? ", " : "", strata_registry_get_id (found->pdata[i]),
                            strata_registry_get_location (found->pdata[i]));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” can be more than one registry; give the id of one: %s"), name, ids->str);
}

/* By its name, where only one is called so, or its id. */
StrataRegistry *
strata_ctl_find_registry (StrataRegistryList  *list,
                          const char          *name,
                          GError             **error)
{
  StrataRegistry *registry = strata_registry_list_find (list, name);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  if (registry != NULL)
    return registry;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (strata_registry_get_name (get_registry (list, i)), name))
      g_ptr_array_add (found, get_registry (list, i));

  if (found->len == 1)
    return found->pdata[0];

  if (found->len == 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("There is no registry “%s”; “stratactl registry list” names them"), name);
  else
    set_ambiguous (found, name, error);

  return NULL;
}

/* (transfer full) (nullable): the password or token that was given, without the line break a file ends in. A command
 * line has none: other users of the computer can read those.
 */
char *
strata_ctl_load_secret (StrataCtl *self,
                        GError   **error)
{
  if (self->options.password_file == NULL)
    return g_strdup (g_getenv (SECRET_VARIABLE));

  g_autoptr(GFile) file = g_file_new_for_commandline_arg (self->options.password_file);
  g_autoptr(GBytes) bytes = strata_load_bytes (file, MAX_SECRET, NULL, error);
  gsize size;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return bytes != NULL ? g_strchomp (g_strndup (text != NULL ? text : "", size)) : NULL;
}

/* What was given counts for this run; else the keyring is asked when it comes to that. */
gboolean
strata_ctl_sign_in (StrataCtl      *self,
                    StrataRegistry *registry,
                    GError        **error)
{
  StrataRemote *remote = strata_registry_get_remote (registry);
  g_autoptr(GError) reason = NULL;
  g_autofree char *secret = NULL;

  if (remote == NULL || strata_remote_get_auth (remote) == STRATA_REMOTE_AUTH_NONE)
    return TRUE;

  secret = strata_ctl_load_secret (self, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (secret != NULL)
    strata_remote_remember (remote, secret);

  return TRUE;
}

void
strata_ctl_offer_free (StrataCtlOffer *offer)
{
  g_clear_object (&offer->registry);
  g_clear_object (&offer->summary);
  g_clear_pointer (&offer->versions, g_ptr_array_unref);
  g_free (offer->name);
  g_free (offer);
}

/* The registries that @text begins with: names may have slashes in them, so the longest counts, and two may have the same.
 */
static GPtrArray *
find_start (StrataRegistryList *list,
            const char         *text,
            gsize              *length)
{
  GPtrArray *found = g_ptr_array_new ();

  *length = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      StrataRegistry *registry = get_registry (list, i);
      const char *names[] = { strata_registry_get_name (registry), strata_registry_get_id (registry) };

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          gsize size = strlen (names[j]);

          if (size < MAX (*length, 1) || !g_str_has_prefix (text, names[j]) || text[size] != '/')
            continue;
          if (size > *length)
            g_ptr_array_set_size (found, 0);
          *length = size;
          g_ptr_array_add (found, registry);
        }
    }

  return found;
}

static GPtrArray *
list_versions (StrataIndex     *index,
               StrataCtlOffer  *offer,
               GError         **error)
{
  const StrataLayerKind kinds[] = { STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_HELM, STRATA_LAYER_KIND_OCI };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GPtrArray) versions =
        strata_index_list_versions (index, strata_registry_get_id (offer->registry), kinds[i], offer->name, NULL,
                                    error);

      if (versions == NULL || versions->len > 0)
        return g_steal_pointer (&versions);
    }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("“%s” has no “%s”, as far as is known; “stratactl registry sync” asks it again"),
               strata_registry_get_name (offer->registry), offer->name);

  return NULL;
}

/* The version that is asked for; else the newest that is there and no pre-release, else the newest. */
static StrataPackSummary *
choose_version (GPtrArray  *versions,
                const char *version)
{
  for (guint i = 0; i < versions->len; i++)
    {
      StrataPackSummary *summary = versions->pdata[i];
      gboolean is_plain =
        !strata_pack_summary_get_prerelease (summary) && strata_pack_summary_get_gone_since (summary) == 0;

      if (version != NULL ? g_str_equal (strata_pack_summary_get_version (summary), version) : is_plain)
        return g_object_ref (summary);
    }

  return version == NULL ? g_object_ref (versions->pdata[0]) : NULL;
}

static gboolean
look_up (StrataIndex     *index,
         StrataCtlOffer  *offer,
         const char      *version,
         GError         **error)
{
  offer->versions = list_versions (index, offer, error);
  if (offer->versions == NULL)
    return FALSE;

  offer->summary = choose_version (offer->versions, version);
  if (offer->summary != NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("“%s” has no version %s of “%s”; “stratactl registry versions” lists them"),
               strata_registry_get_name (offer->registry), version, offer->name);

  return FALSE;
}

/* (nullable): @text, written NAME[@VERSION], of one registry */
static StrataCtlOffer *
find_in (StrataRegistryList  *list,
         StrataRegistry      *registry,
         const char          *text,
         GError             **error)
{
  g_auto(GStrv) parts = g_strsplit (text, "@", 2);
  g_autoptr(StrataCtlOffer) offer = g_new0 (StrataCtlOffer, 1);
  StrataIndex *index = strata_shelf_get_index (strata_registry_list_get_shelf (list));

  offer->registry = g_object_ref (registry);
  offer->name = g_strdup (parts[0] != NULL ? parts[0] : "");

  if (!look_up (index, offer, parts[0] != NULL ? parts[1] : NULL, error))
    return NULL;

  return g_steal_pointer (&offer);
}

/* (nullable): what @text names, written REGISTRY/NAME[@VERSION]; of registries of one name the first that has it */
StrataCtlOffer *
strata_ctl_find_offer (StrataCtl   *self,
                       const char  *text,
                       GError     **error)
{
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);
  gsize length;

  if (list == NULL)
    return NULL;

  g_autoptr(GPtrArray) registries = find_start (list, text, &length);
  StrataCtlOffer *offer = NULL;
  GError *reason = NULL;

  if (registries->len == 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("“%s” begins with no registry that is known: write it as REGISTRY/NAME[@VERSION]"), text);

  for (guint i = 0; i < registries->len && offer == NULL; i++)
    {
      g_clear_error (&reason);
      offer = find_in (list, registries->pdata[i], text + length + 1, &reason);
    }

  if (reason != NULL)
    g_propagate_error (error, reason);

  return offer;
}

StrataPack *
strata_ctl_fetch (StrataCtl       *self,
                  StrataCtlOffer  *offer,
                  GError         **error)
{
  if (!strata_ctl_sign_in (self, offer->registry, error))
    return NULL;

  return strata_registry_fetch (offer->registry, offer->summary, NULL, error);
}
