/* strata-sandbox-profile.c - one version of a profile as the sandbox console keeps it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-profile"

#include "strata-sandbox-profile.h"

#include "strata-json.h"
#include "strata-layer-digest.h"
#include "strata-palette.h"
#include "strata-sandbox-pack.h"
#include "strata-sandbox-site.h"

/* Returns: (transfer full): a profile that is not saved yet, with no layers */
StrataSandboxProfile *
strata_sandbox_profile_new (const char *project,
                            const char *name,
                            const char *version)
{
  StrataSandboxProfile *self = g_new0 (StrataSandboxProfile, 1);

  self->uid = strata_sandbox_make_uid ();
  self->project = g_strdup (project);
  self->name = g_strdup (name);
  self->version = g_strdup (version);
  self->type = g_strdup ("cluster");
  self->cloud = g_strdup ("all");
  self->annotations = json_object_new ();
  self->labels = json_object_new ();
  self->created = strata_sandbox_now ();
  self->modified = self->created;
  self->draft = json_array_new ();
  self->variables = json_array_new ();
  self->published_variables = json_array_new ();

  return self;
}

void
strata_sandbox_profile_free (StrataSandboxProfile *self)
{
  g_free (self->uid);
  g_free (self->project);
  g_free (self->name);
  g_free (self->version);
  g_free (self->type);
  g_free (self->cloud);
  g_clear_pointer (&self->annotations, json_object_unref);
  g_clear_pointer (&self->labels, json_object_unref);
  g_clear_pointer (&self->draft, json_array_unref);
  g_clear_pointer (&self->variables, json_array_unref);
  g_clear_pointer (&self->published, json_array_unref);
  g_clear_pointer (&self->published_variables, json_array_unref);
  g_free (self);
}

static JsonArray *
read_list (sqlite3_stmt *row,
           int           column)
{
  return sqlite3_column_type (row, column) != SQLITE_NULL
           ? strata_sandbox_json_read_array (strata_sandbox_db_column (row, column))
           : NULL;
}

/* Returns: (transfer full) (nullable): the profile of that uid, of whatever project */
StrataSandboxProfile *
strata_sandbox_profile_load (StrataSandboxDb *db,
                             const char      *uid)
{
  g_autoptr(sqlite3_stmt) row = strata_sandbox_db_query (
    db,
    "SELECT uid, project, name, version, type, cloud, annotations, labels, created, modified, "
    "revision, draft,"
    " variables, published, published_variables FROM profile WHERE uid = ?",
    "s", uid);

  if (!strata_sandbox_db_next (db, row))
    return NULL;

  StrataSandboxProfile *self = g_new0 (StrataSandboxProfile, 1);

  self->uid = g_strdup (strata_sandbox_db_column (row, 0));
  self->project = g_strdup (strata_sandbox_db_column (row, 1));
  self->name = g_strdup (strata_sandbox_db_column (row, 2));
  self->version = g_strdup (strata_sandbox_db_column (row, 3));
  self->type = g_strdup (strata_sandbox_db_column (row, 4));
  self->cloud = g_strdup (strata_sandbox_db_column (row, 5));
  self->annotations = strata_sandbox_json_read_object (strata_sandbox_db_column (row, 6));
  self->labels = strata_sandbox_json_read_object (strata_sandbox_db_column (row, 7));
  self->created = sqlite3_column_int64 (row, 8);
  self->modified = sqlite3_column_int64 (row, 9);
  self->revision = sqlite3_column_int64 (row, 10);
  self->draft = read_list (row, 11);
  self->variables = read_list (row, 12);
  self->published = read_list (row, 13);
  self->published_variables = read_list (row, 14);

  return self;
}

static char *
write_list (JsonArray *list)
{
  return list != NULL ? strata_sandbox_json_write_array (list) : NULL;
}

static char *
write_summary (StrataSandboxCatalog *catalog,
               JsonArray            *packs)
{
  g_autoptr(JsonArray) summaries =
    packs != NULL ? strata_sandbox_pack_make_summaries (catalog, packs) : NULL;

  return write_list (summaries);
}

/* Writes @self whether or not it was there. */
void
strata_sandbox_profile_save (StrataSandboxProfile *self,
                             StrataSandboxDb      *db,
                             StrataSandboxCatalog *catalog)
{
  g_autofree char *annotations = strata_sandbox_json_write_object (self->annotations);
  g_autofree char *labels = strata_sandbox_json_write_object (self->labels);
  g_autofree char *draft = write_list (self->draft);
  g_autofree char *draft_summary = write_summary (catalog, self->draft);
  g_autofree char *variables = write_list (self->variables);
  g_autofree char *published = write_list (self->published);
  g_autofree char *published_summary = write_summary (catalog, self->published);
  g_autofree char *published_variables = write_list (self->published_variables);

  strata_sandbox_db_run (
    db,
    "INSERT INTO profile (uid, project, name, version, type, cloud, annotations, labels, created, "
    "modified,"
    " revision, draft, draft_summary, variables, published, published_summary, published_variables)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON "
    "CONFLICT (uid) DO UPDATE SET"
    " project = ?2, name = ?3, version = ?4, type = ?5, cloud = ?6, annotations = ?7, labels = ?8, "
    "created = ?9,"
    " modified = ?10, revision = ?11, draft = ?12, draft_summary = ?13, variables = ?14, published "
    "= ?15,"
    " published_summary = ?16, published_variables = ?17",
    "ssssssssiiissssss", self->uid, self->project, self->name, self->version, self->type,
    self->cloud, annotations, labels, self->created, self->modified, self->revision, draft,
    draft_summary, variables, published, published_summary, published_variables);
}

/* Whether another than @but_for, which may be "", has the name and version in @project. */
gboolean
strata_sandbox_profile_is_taken (StrataSandboxDb *db,
                                 const char      *project,
                                 const char      *name,
                                 const char      *version,
                                 const char      *but_for)
{
  return strata_sandbox_db_get_int (db,
                                    "SELECT count(*) FROM profile WHERE project = ? AND name = ? "
                                    "AND version = ? AND uid != ?",
                                    "ssss", project, name, version, but_for) > 0;
}

/* Returns: (nullable): the packs that a person works on: those of the draft, else those that are published */
JsonArray *
strata_sandbox_profile_get_packs (StrataSandboxProfile *self)
{
  return self->draft != NULL ? self->draft : self->published;
}

/* Takes @packs. */
void
strata_sandbox_profile_set_draft (StrataSandboxProfile *self,
                                  JsonArray            *packs)
{
  g_clear_pointer (&self->draft, json_array_unref);
  self->draft = packs;
}

/* Takes @variables. They are published with the layers, so the draft has them until then. */
void
strata_sandbox_profile_set_variables (StrataSandboxProfile *self,
                                      JsonArray            *variables)
{
  json_array_unref (self->variables);
  self->variables = variables;
  if (self->draft == NULL && self->published != NULL)
    self->draft = json_array_ref (self->published);
}

/* Notes with each pack what an appliance compares. */
static JsonArray *
add_digests (StrataSandboxProfile *self,
             JsonArray            *packs)
{
  g_autofree char *text = write_list (packs);
  JsonArray *list = strata_sandbox_json_read_array (text);
  g_autoptr(StrataProfile) profile =
    strata_sandbox_profile_make_value (self, list, self->variables, NULL);

  for (guint i = 0; profile != NULL && i < json_array_get_length (list); i++)
    {
      g_autofree char *digest =
        strata_layer_digest_get (profile, strata_profile_get_layer (profile, i));

      json_object_set_string_member (strata_sandbox_json_get_item (list, i),
                                     STRATA_SANDBOX_PACK_DIGEST, digest);
    }

  return list;
}

/* Makes the draft what appliances get. Returns: whether there was one */
gboolean
strata_sandbox_profile_publish (StrataSandboxProfile *self)
{
  g_autoptr(JsonArray) draft = g_steal_pointer (&self->draft);

  if (draft == NULL)
    return FALSE;

  g_clear_pointer (&self->published, json_array_unref);
  self->published = add_digests (self, draft);
  g_clear_pointer (&self->published_variables, json_array_unref);
  self->published_variables = json_array_ref (self->variables);
  self->revision += 1;
  self->modified = strata_sandbox_now ();

  return TRUE;
}

/* Returns: (transfer full): `v1ClusterProfileImportEntity`, with the secrets of @variables as they are */
JsonObject *
strata_sandbox_profile_make_export (StrataSandboxProfile *self,
                                    JsonArray            *packs,
                                    JsonArray            *variables)
{
  JsonObject *object = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonObject *template = json_object_new ();

  json_object_set_string_member (metadata, "name", self->name);
  json_object_set_string_member (metadata, "description",
                                 strata_json_get_string (self->annotations, "description"));
  json_object_set_object_member (metadata, "labels", json_object_ref (self->labels));
  json_object_set_string_member (template, "type", self->type);
  json_object_set_string_member (template, "cloudType", self->cloud);
  json_object_set_array_member (template, "packs", strata_sandbox_pack_make_exports (packs));
  json_object_set_string_member (spec, "version", self->version);
  json_object_set_object_member (spec, "template", template);
  json_object_set_array_member (spec, "variables", json_array_ref (variables));
  json_object_set_object_member (object, "metadata", metadata);
  json_object_set_object_member (object, "spec", spec);

  return object;
}

/* Returns: (transfer full) (nullable): the profile as Strata works with it, its uid set; else @error says what of it
 * makes no sense
 */
StrataProfile *
strata_sandbox_profile_make_value (StrataSandboxProfile  *self,
                                   JsonArray             *packs,
                                   JsonArray             *variables,
                                   GError               **error)
{
  g_autoptr(JsonObject) object = strata_sandbox_profile_make_export (self, packs, variables);
  g_autofree char *text = strata_sandbox_json_write_object (object);
  g_autoptr(StrataProfile) profile = strata_palette_read (text, -1, self->name, error);

  return profile != NULL ? strata_profile_with (profile, STRATA_PROFILE_UID, self->uid) : NULL;
}
