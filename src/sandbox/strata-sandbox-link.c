/* strata-sandbox-link.c - which profiles an appliance is to run, with what is set for it alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-link"

#include "strata-sandbox-link.h"

#include "strata-json.h"
#include "strata-layer-digest.h"
#include "strata-sandbox-pack.h"
#include "strata-sandbox-profile-json.h"

void
strata_sandbox_link_free (StrataSandboxLink *self)
{
  g_clear_pointer (&self->profile, strata_sandbox_profile_free);
  g_clear_pointer (&self->settings, json_object_unref);
  g_clear_pointer (&self->packs, json_array_unref);
  g_clear_pointer (&self->variables, json_array_unref);
  g_free (self);
}

static void
set_values (JsonArray *packs,
            JsonArray *pack_values)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (pack_values); i++)
    {
      JsonObject *given = strata_sandbox_json_get_item (pack_values, i);
      JsonObject *pack =
        strata_sandbox_json_find (packs, "name", strata_json_get_string (given, "name"));

      if (pack != NULL && *strata_json_get_string (given, "values") != '\0')
        json_object_set_string_member (pack, "values", strata_json_get_string (given, "values"));
    }
}

static void
set_variables (JsonArray *variables,
               JsonArray *values)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (values); i++)
    {
      JsonObject *given = strata_sandbox_json_get_item (values, i);
      JsonObject *variable =
        strata_sandbox_json_find (variables, "name", strata_json_get_string (given, "name"));

      if (variable != NULL)
        json_object_set_string_member (variable, "defaultValue",
                                       strata_json_get_string (given, "value"));
    }
}

static JsonArray *
dup_array (JsonArray *array)
{
  g_autofree char *text = strata_sandbox_json_write_array (array);

  return strata_sandbox_json_read_array (text);
}

static void
set_digests (StrataSandboxLink *self)
{
  g_autoptr(StrataProfile) value =
    strata_sandbox_profile_make_value (self->profile, self->packs, self->variables, NULL);

  for (guint i = 0; value != NULL && i < json_array_get_length (self->packs); i++)
    {
      g_autofree char *digest =
        strata_layer_digest_get (value, strata_profile_get_layer (value, i));

      json_object_set_string_member (strata_sandbox_json_get_item (self->packs, i),
                                     STRATA_SANDBOX_PACK_DIGEST, digest);
    }
}

/* Works out what the appliance gets. Most have nothing of their own, and share what is published. */
static void
apply (StrataSandboxLink *self)
{
  JsonArray *pack_values = strata_json_get_array (self->settings, "packValues");
  JsonArray *values = strata_json_get_array (self->settings, "variables");

  self->variables = json_array_ref (self->profile->published_variables);
  if (self->profile->published == NULL)
    return;

  self->packs = json_array_ref (self->profile->published);
  if (strata_sandbox_json_get_length (pack_values) == 0 &&
      strata_sandbox_json_get_length (values) == 0)
    return;

  g_autoptr(JsonArray) packs = g_steal_pointer (&self->packs);
  g_autoptr(JsonArray) variables = g_steal_pointer (&self->variables);

  self->packs = dup_array (packs);
  self->variables = dup_array (variables);
  set_values (self->packs, pack_values);
  set_variables (self->variables, values);
  set_digests (self);
}

/* Returns: (transfer full) (element-type StrataSandboxLink): the profiles of an appliance, in their order */
GPtrArray *
strata_sandbox_link_load (StrataSandboxDb *db,
                          const char      *host)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_sandbox_link_free);
  g_autoptr(sqlite3_stmt) rows = strata_sandbox_db_query (
    db, "SELECT profile, settings FROM link WHERE host = ? ORDER BY position", "s", host);

  while (strata_sandbox_db_next (db, rows))
    {
      g_autoptr(StrataSandboxLink) self = g_new0 (StrataSandboxLink, 1);

      self->profile = strata_sandbox_profile_load (db, strata_sandbox_db_column (rows, 0));
      if (self->profile == NULL)
        continue;
      self->settings = strata_sandbox_json_read_object (strata_sandbox_db_column (rows, 1));
      apply (self);
      g_ptr_array_add (links, g_steal_pointer (&self));
    }

  return links;
}

/* Makes @profiles those of the appliance, each with its @settings. */
void
strata_sandbox_link_save (StrataSandboxDb   *db,
                          const char        *host,
                          const char *const *profiles,
                          const char *const *settings)
{
  strata_sandbox_db_run (db, "DELETE FROM link WHERE host = ?", "s", host);
  for (gint64 i = 0; profiles[i] != NULL; i++)
    strata_sandbox_db_run (db, "INSERT INTO link VALUES (?, ?, ?, ?)", "siss", host, i, profiles[i],
                           settings[i]);
}

static gboolean
replace_cb (const GMatchInfo *match,
            GString          *result,
            gpointer          data)
{
  JsonArray *variables = data;
  g_autofree char *name = g_match_info_fetch (match, 1);
  JsonObject *variable = strata_sandbox_json_find (variables, "name", name);
  g_autofree char *whole = g_match_info_fetch (match, 0);

  g_string_append (result,
                   variable != NULL ? strata_json_get_string (variable, "defaultValue") : whole);

  return FALSE;
}

/* Returns: (transfer full): @text with the values of the variables in it, secret ones as well */
char *
strata_sandbox_link_resolve (StrataSandboxLink *self,
                             const char        *text)
{
  g_autoptr(GRegex) regex =
    g_regex_new ("\\{\\{-?\\s*\\.spectro\\.var\\.([A-Za-z0-9_-]+)\\s*-?\\}\\}", 0, 0, NULL);

  return g_regex_replace_eval (regex, text, -1, 0, 0, replace_cb, self->variables, NULL);
}

static void
resolve_packs (StrataSandboxLink *self,
               JsonArray         *references)
{
  for (guint i = 0; i < json_array_get_length (references); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (references, i);
      g_autofree char *values =
        strata_sandbox_link_resolve (self, strata_json_get_string (pack, "values"));

      json_object_set_string_member (pack, "values", values);
    }
}

/* Returns: (transfer full): `v1ClusterProfileTemplate` for the appliance; without packs when nothing is published */
JsonObject *
strata_sandbox_link_make_template (StrataSandboxLink    *self,
                                   StrataSandboxCatalog *catalog,
                                   const char           *host,
                                   const char           *meta,
                                   gboolean              resolve)
{
  JsonObject *template =
    strata_sandbox_profile_make_template (self->profile, catalog, FALSE, meta, TRUE);
  JsonObject *related = json_object_new ();
  JsonArray *references = strata_sandbox_pack_make_refs (catalog, self->packs, meta, TRUE);

  if (resolve)
    resolve_packs (self, references);
  json_object_set_string_member (related, "kind", "edgeHost");
  json_object_set_string_member (related, "name", host);
  json_object_set_string_member (related, "uid", host);
  json_object_set_object_member (template, "relatedObject", related);
  json_object_set_array_member (template, "packs", references);

  return template;
}
