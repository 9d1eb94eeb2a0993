/* strata-sandbox-profile-json.c - a profile of the sandbox console as the API shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-profile-json"

#include "strata-sandbox-profile-json.h"

#include <string.h>

#include "strata-json.h"
#include "strata-sandbox-pack.h"

/* Returns: what the API calls the place of a profile */
const char *
strata_sandbox_profile_get_scope (const char *project)
{
  return *project != '\0' ? "project" : "tenant";
}

/* Returns: (transfer full): `v1ObjectMeta` */
JsonObject *
strata_sandbox_profile_make_metadata (StrataSandboxProfile *self)
{
  JsonObject *metadata = json_object_new ();
  JsonObject *annotations = strata_sandbox_json_dup (self->annotations);

  json_object_set_string_member (annotations, "scope",
                                 strata_sandbox_profile_get_scope (self->project));
  json_object_set_string_member (metadata, "name", self->name);
  json_object_set_string_member (metadata, "uid", self->uid);
  json_object_set_object_member (metadata, "annotations", annotations);
  json_object_set_object_member (metadata, "labels", json_object_ref (self->labels));
  strata_sandbox_json_set_time (metadata, "creationTimestamp", self->created);
  strata_sandbox_json_set_time (metadata, "lastModifiedTimestamp", self->modified);

  return metadata;
}

/* Returns: (transfer full): `v1ClusterProfileTemplate` of the draft or of what is published, which has to be there */
JsonObject *
strata_sandbox_profile_make_template (StrataSandboxProfile *self,
                                      StrataSandboxCatalog *catalog,
                                      gboolean              is_draft,
                                      const char           *meta,
                                      gboolean              for_device)
{
  JsonObject *template = json_object_new ();
  JsonArray *packs = is_draft ? self->draft : self->published;

  json_object_set_string_member (template, "uid", self->uid);
  json_object_set_string_member (template, "name", self->name);
  json_object_set_string_member (template, "type", self->type);
  json_object_set_string_member (template, "cloudType", self->cloud);
  json_object_set_string_member (template, "profileVersion", self->version);
  json_object_set_int_member (template, "version", is_draft ? self->revision + 1 : self->revision);
  json_object_set_array_member (template, "packs",
                                strata_sandbox_pack_make_refs (catalog, packs, meta, for_device));

  return template;
}

/* Returns: (transfer full): `v1ClusterProfileVersion`s of all profiles of the name, the oldest first */
JsonArray *
strata_sandbox_profile_list_versions (StrataSandboxDb *db,
                                      const char      *project,
                                      const char      *name)
{
  JsonArray *versions = json_array_new ();
  g_autoptr(sqlite3_stmt) rows = strata_sandbox_db_query (
    db, "SELECT uid, version FROM profile WHERE project = ? AND name = ? ORDER BY created, version",
    "ss", project, name);

  while (strata_sandbox_db_next (db, rows))
    {
      JsonObject *version = json_object_new ();

      json_object_set_string_member (version, "uid", strata_sandbox_db_column (rows, 0));
      json_object_set_string_member (version, "version", strata_sandbox_db_column (rows, 1));
      json_array_add_object_element (versions, version);
    }

  return versions;
}

static gboolean
has_user_macros (JsonArray *packs)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    if (strstr (strata_json_get_string (strata_sandbox_json_get_item (packs, i), "values"),
                ".spectro.macro.") != NULL)
      return TRUE;

  return FALSE;
}

static JsonObject *
make_status (StrataSandboxProfile *self)
{
  JsonObject *status = json_object_new ();

  json_object_set_boolean_member (status, "isPublished", self->published != NULL);
  json_object_set_boolean_member (status, "hasUserMacros",
                                  has_user_macros (strata_sandbox_profile_get_packs (self)));
  json_object_set_array_member (status, "inUseClusterUids", json_array_new ());
  json_object_set_array_member (status, "inUseClusters", json_array_new ());

  return status;
}

/* Returns: (transfer full): `v1ClusterProfile` */
JsonObject *
strata_sandbox_profile_make_object (StrataSandboxProfile *self,
                                    StrataSandboxSite    *site,
                                    const char           *meta)
{
  JsonObject *object = json_object_new ();
  JsonObject *spec = json_object_new ();

  if (self->draft != NULL)
    json_object_set_object_member (
      spec, "draft", strata_sandbox_profile_make_template (self, site->catalog, TRUE, meta, FALSE));
  if (self->published != NULL)
    json_object_set_object_member (
      spec, "published",
      strata_sandbox_profile_make_template (self, site->catalog, FALSE, meta, FALSE));
  json_object_set_string_member (spec, "version", self->version);
  json_object_set_array_member (
    spec, "versions", strata_sandbox_profile_list_versions (site->db, self->project, self->name));
  json_object_set_object_member (object, "metadata", strata_sandbox_profile_make_metadata (self));
  json_object_set_object_member (object, "spec", spec);
  json_object_set_object_member (object, "status", make_status (self));

  return object;
}
