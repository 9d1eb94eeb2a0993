/* strata-ctl-profile.c - stratactl profile: new, list, show, history, delete, restore
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>

#include "strata-ctl-print.h"
#include "strata-ctl.h"
#include "strata-error.h"
#include "strata-names.h"
#include "strata-palette.h"
#include "strata-values.h"
#include "strata-version.h"

#define FIRST_VERSION "1.0.0"
#define SHORT_DIGEST 12

static GPtrArray *
parse_tags (char   **texts,
            GError **error)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      StrataTag *tag = strata_tag_parse (texts[i], error);

      if (tag == NULL)
        return NULL;

      g_ptr_array_add (tags, tag);
    }

  return g_steal_pointer (&tags);
}

static gboolean
print_saved (StrataCtl     *self,
             StrataProfile *profile,
             GError       **error)
{
  if (!self->options.json)
    {
      strata_ctl_print ("%s\n", strata_profile_get_id (profile));
      return TRUE;
    }

  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id", strata_profile_get_id (profile));
  json_object_set_string_member (object, "name", strata_profile_get_name (profile));
  json_object_set_string_member (object, "version", strata_profile_get_version (profile));

  return strata_ctl_print_object (object, error);
}

static gboolean
run_new (StrataCtl *self,
         GError   **error)
{
  const char *name = self->arguments[0];
  const char *text = self->options.version != NULL ? self->options.version : FIRST_VERSION;
  g_autoptr(StrataVersion) version = NULL;

  if (!strata_name_check_profile (name, error) ||
      (version = strata_version_parse (text, error)) == NULL)
    return FALSE;

  g_autoptr(GPtrArray) tags = parse_tags (self->options.tags, error);

  if (tags == NULL)
    return FALSE;

  g_autoptr(StrataProfile) bare = strata_profile_new (name, text);
  g_autoptr(StrataProfile) described =
    strata_profile_with (bare, STRATA_PROFILE_DESCRIPTION, self->options.description);
  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (described, tags);

  if (!strata_ctl_check_free (self, tagged, error))
    return FALSE;

  g_autoptr(StrataProfile) saved = strata_ctl_save (self, tagged, STRATA_REASON_SAVE, error);

  return saved != NULL && print_saved (self, saved, error);
}

static int
compare_entries (const void *a,
                 const void *b)
{
  StrataEntry *one = *(StrataEntry **) a;
  StrataEntry *other = *(StrataEntry **) b;
  int by_name = g_strcmp0 (strata_entry_get_name (one), strata_entry_get_name (other));

  return by_name != 0 ? by_name
                      : strata_version_compare_text (strata_entry_get_version (one),
                                                     strata_entry_get_version (other));
}

static JsonObject *
describe_entry (StrataEntry *entry)
{
  JsonObject *object = json_object_new ();
  JsonArray *tags = json_array_new ();
  g_autofree char *changed = strata_ctl_format_time (strata_entry_get_changed (entry));
  const char *problem = strata_entry_get_problem (entry);

  for (const char *const *tag = strata_entry_get_tags (entry); tag != NULL && *tag != NULL; tag++)
    json_array_add_string_element (tags, *tag);

  json_object_set_string_member (object, "id", strata_entry_get_id (entry));
  json_object_set_string_member (object, "name", strata_entry_get_name (entry));
  json_object_set_string_member (object, "version", strata_entry_get_version (entry));
  json_object_set_string_member (object, "description", strata_entry_get_description (entry));
  json_object_set_array_member (object, "tags", tags);
  json_object_set_int_member (object, "layers", strata_entry_get_n_layers (entry));
  json_object_set_string_member (object, "state", strata_ctl_state_to_string (strata_entry_get_state (entry)));
  json_object_set_string_member (object, "changed", changed);
  json_object_set_boolean_member (object, "away", strata_entry_get_is_away (entry));
  if (*strata_entry_get_uid (entry) != '\0')
    json_object_set_string_member (object, "uid", strata_entry_get_uid (entry));
  if (problem != NULL && *problem != '\0')
    json_object_set_string_member (object, "problem", problem);

  return object;
}

static void
print_entries (GPtrArray *entries)
{
  g_autoptr(StrataCtlTable) table = strata_ctl_table_new (
    _("NAME"), _("VERSION"), _("LAYERS"), _("STATE"), _("CHANGED"), _("ID"), NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      StrataEntry *entry = entries->pdata[i];
      g_autofree char *layers = g_strdup_printf ("%u", strata_entry_get_n_layers (entry));
      g_autofree char *changed = strata_ctl_show_time (strata_entry_get_changed (entry));

      strata_ctl_table_add (table, strata_entry_get_name (entry), strata_entry_get_version (entry),
                            layers,
                            strata_ctl_show_state (entry), changed, strata_entry_get_id (entry), NULL);
    }

  if (entries->len > 0)
    strata_ctl_table_print (table);
}

static gboolean
run_list (StrataCtl *self,
          GError   **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autoptr(GPtrArray) entries = store != NULL ? strata_store_list (store, NULL, error) : NULL;

  if (entries == NULL)
    return FALSE;

  g_ptr_array_sort (entries, compare_entries);

  if (!self->options.json)
    {
      print_entries (entries);
      return TRUE;
    }

  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (list, describe_entry (entries->pdata[i]));

  return strata_ctl_print_list (list, error);
}

static JsonObject *
describe_blob (const char *name,
               StrataBlob *blob)
{
  JsonObject *object = json_object_new ();

  if (name != NULL)
    json_object_set_string_member (object, "name", name);
  json_object_set_int_member (object, "size", (gint64) strata_blob_get_size (blob));
  json_object_set_string_member (object, "sha256", strata_blob_get_digest (blob));

  return object;
}

static JsonArray *
list_images (StrataLayer *layer)
{
  JsonArray *list = json_array_new ();
  g_autoptr(GPtrArray) images = strata_values_list_images (layer);

  for (guint i = 0; i < images->len; i++)
    json_array_add_string_element (list, images->pdata[i]);

  return list;
}

static JsonObject *
describe_layer (StrataLayer *layer)
{
  JsonObject *object = json_object_new ();
  JsonArray *manifests = json_array_new ();
  JsonArray *files = json_array_new ();
  GPtrArray *list = strata_layer_get_manifests (layer);

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (manifests,
                                   describe_blob (strata_manifest_get_name (list->pdata[i]),
                                                  strata_manifest_get_content (list->pdata[i])));

  list = strata_layer_get_files (layer);
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (files, describe_blob (strata_file_get_path (list->pdata[i]),
                                                         strata_file_get_content (list->pdata[i])));

  json_object_set_string_member (object, "name", strata_layer_get_name (layer));
  json_object_set_string_member (object, "kind",
                                 strata_layer_kind_to_string (strata_layer_get_kind (layer)));
  json_object_set_string_member (object, "version", strata_layer_get_version (layer));
  json_object_set_string_member (object, "tag", strata_layer_get (layer, STRATA_LAYER_TAG));
  json_object_set_string_member (object, "registry",
                                 strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME));
  json_object_set_object_member (object, "values",
                                 describe_blob (NULL, strata_layer_get_values (layer)));
  json_object_set_array_member (object, "manifests", manifests);
  json_object_set_array_member (object, "files", files);
  json_object_set_array_member (object, "images", list_images (layer));

  return object;
}

static gboolean
is_sensitive (StrataVariable *variable)
{
  return (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0;
}

static const char *
show_default (StrataVariable *variable)
{
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);

  return is_sensitive (variable) && *value != '\0' ? STRATA_PALETTE_MASK : value;
}

static JsonObject *
describe_variable (StrataVariable *variable)
{
  StrataVariableFlags flags = strata_variable_get_flags (variable);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", strata_variable_get_name (variable));
  json_object_set_string_member (object, "format",
                                 strata_variable_get (variable, STRATA_VARIABLE_FORMAT));
  json_object_set_string_member (object, "default", show_default (variable));
  json_object_set_boolean_member (object, "required", (flags & STRATA_VARIABLE_REQUIRED) != 0);
  json_object_set_boolean_member (object, "sensitive", is_sensitive (variable));

  return object;
}

static JsonObject *
describe_profile (StrataProfile *profile)
{
  JsonObject *object = json_object_new ();
  JsonArray *tags = json_array_new ();
  JsonArray *layers = json_array_new ();
  JsonArray *variables = json_array_new ();
  GPtrArray *list = strata_profile_get_tags (profile);

  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *tag = strata_tag_to_string (list->pdata[i]);

      json_array_add_string_element (tags, tag);
    }

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    json_array_add_object_element (layers, describe_layer (strata_profile_get_layer (profile, i)));

  list = strata_profile_get_variables (profile);
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (variables, describe_variable (list->pdata[i]));

  json_object_set_string_member (object, "id", strata_profile_get_id (profile));
  json_object_set_string_member (object, "name", strata_profile_get_name (profile));
  json_object_set_string_member (object, "version", strata_profile_get_version (profile));
  json_object_set_string_member (object, "description",
                                 strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION));
  json_object_set_array_member (object, "tags", tags);
  json_object_set_array_member (object, "layers", layers);
  json_object_set_array_member (object, "variables", variables);

  return object;
}

static void
print_head (StrataProfile *profile)
{
  g_autofree char *description =
    strata_ctl_show_text (strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION));
  GPtrArray *tags = strata_profile_get_tags (profile);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *tag = strata_tag_to_string (tags->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", tag);
    }

  strata_ctl_print ("%s %s\n", strata_profile_get_name (profile),
                    strata_profile_get_version (profile));
  if (*description != '\0')
    strata_ctl_print ("%s\n", description);
  if (text->len > 0)
    strata_ctl_print (_("Tags: %s\n"), text->str);
  strata_ctl_print (_("Id: %s\n"), strata_profile_get_id (profile));
}

static void
print_layers (StrataProfile *profile)
{
  g_autoptr(StrataCtlTable) table = strata_ctl_table_new (
    "#", _("LAYER"), _("KIND"), _("VERSION"), _("MANIFESTS"), _("FILES"), NULL);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      const char *version = strata_layer_get_version (layer);
      g_autofree char *position = g_strdup_printf ("%u", i + 1);
      g_autofree char *manifests = g_strdup_printf ("%u", strata_layer_get_manifests (layer)->len);
      g_autofree char *files = g_strdup_printf ("%u", strata_layer_get_files (layer)->len);

      strata_ctl_table_add (table, position, strata_layer_get_name (layer),
                            strata_layer_kind_to_string (strata_layer_get_kind (layer)),
                            *version != '\0' ? version : "-", manifests, files, NULL);
    }

  strata_ctl_print ("\n");
  if (strata_profile_get_n_layers (profile) > 0)
    strata_ctl_table_print (table);
  else
    strata_ctl_print ("%s\n", _("No layers yet"));
}

static void
print_variables (StrataProfile *profile)
{
  GPtrArray *variables = strata_profile_get_variables (profile);
  g_autoptr(StrataCtlTable) table =
    strata_ctl_table_new (_("VARIABLE"), _("FORMAT"), _("DEFAULT"), NULL);

  if (variables->len == 0)
    return;

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = variables->pdata[i];
      const char *format = strata_variable_get (variable, STRATA_VARIABLE_FORMAT);

      strata_ctl_table_add (table, strata_variable_get_name (variable),
                            *format != '\0' ? format : "string", show_default (variable), NULL);
    }

  strata_ctl_print ("\n");
  strata_ctl_table_print (table);
}

static gboolean
run_show (StrataCtl *self,
          GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);

  if (profile == NULL)
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonObject) object = describe_profile (profile);

      return strata_ctl_print_object (object, error);
    }

  print_head (profile);
  print_layers (profile);
  print_variables (profile);

  return TRUE;
}

static const struct
{
  const char *json;
  const char *shown;
} reasons[] = {
  [STRATA_REASON_AUTOSAVE] = { "autosave", N_("saved by itself") },
  [STRATA_REASON_SAVE] = { "save", N_("saved") },
  [STRATA_REASON_PUBLISH] = { "publish", N_("published") },
  [STRATA_REASON_IMPORT] = { "import", N_("imported") },
  [STRATA_REASON_MERGE] = { "merge", N_("merged") },
};

static gboolean
print_history_json (GPtrArray *revisions,
                    GError   **error)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < revisions->len; i++)
    {
      const StrataRevision *revision = revisions->pdata[i];
      g_autofree char *time = strata_ctl_format_time (revision->time);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "digest", revision->digest);
      if (revision->parent != NULL)
        json_object_set_string_member (object, "parent", revision->parent);
      json_object_set_string_member (object, "version", revision->version);
      json_object_set_string_member (object, "time", time);
      json_object_set_string_member (object, "reason", reasons[revision->reason].json);
      json_object_set_int_member (object, "layers", revision->n_layers);
      json_array_add_object_element (list, object);
    }

  return strata_ctl_print_list (list, error);
}

static void
print_history (GPtrArray *revisions)
{
  g_autoptr(StrataCtlTable) table =
    strata_ctl_table_new (_("WHEN"), _("WHY"), _("VERSION"), _("LAYERS"), _("REVISION"), NULL);

  for (guint i = 0; i < revisions->len; i++)
    {
      const StrataRevision *revision = revisions->pdata[i];
      g_autofree char *time = strata_ctl_show_time (revision->time);
      g_autofree char *layers = g_strdup_printf ("%u", revision->n_layers);
      g_autofree char *digest = g_strndup (revision->digest, SHORT_DIGEST);

      strata_ctl_table_add (
        table, time, _(reasons[revision->reason].shown), revision->version, layers, digest, NULL);
    }

  strata_ctl_table_print (table);
}

static gboolean
run_history (StrataCtl *self,
             GError   **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autofree char *id =
    store != NULL ? strata_store_resolve (store, self->arguments[0], error) : NULL;
  g_autoptr(GPtrArray) revisions =
    id != NULL ? strata_store_list_history (store, id, NULL, error) : NULL;

  if (revisions == NULL)
    return FALSE;

  if (self->options.json)
    return print_history_json (revisions, error);

  print_history (revisions);

  return TRUE;
}

static gboolean
print_moved (StrataCtl   *self,
             const char  *id,
             const char  *member,
             GError     **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  if (!self->options.json)
    return TRUE;

  json_object_set_string_member (object, "id", id);
  json_object_set_boolean_member (object, member, TRUE);

  return strata_ctl_print_object (object, error);
}

static gboolean
run_delete (StrataCtl *self,
            GError   **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autofree char *id =
    store != NULL ? strata_store_resolve (store, self->arguments[0], error) : NULL;

  g_autoptr(GError) reason = NULL;

  if (id == NULL)
    return FALSE;

  if (strata_store_trash (store, id, &reason))
    return print_moved (self, id, "deleted", error);

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("“%s” is only at the console: there is nothing of it on this computer"), self->arguments[0]);
  else
    g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

/* The one profile in the trash of that id or name. */
static const char *
find_in_trash (GPtrArray   *entries,
               const char  *name_or_id,
               GError     **error)
{
  const char *found = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const char *id = strata_entry_get_id (entries->pdata[i]);

      if (g_str_equal (id, name_or_id))
        return id;

      if (!g_str_equal (strata_entry_get_name (entries->pdata[i]), name_or_id))
        continue;

      if (found != NULL)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                       _("“%s” is more than once in the trash: give the id, as %s or %s"),
                          name_or_id, found, id);
          return NULL;
        }

      found = id;
    }

  if (found == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("There is no profile “%s” in the trash"), name_or_id);

  return found;
}

static gboolean
run_restore (StrataCtl *self,
             GError   **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autoptr(GPtrArray) entries =
    store != NULL ? strata_store_list_trash (store, NULL, error) : NULL;
  const char *id = entries != NULL ? find_in_trash (entries, self->arguments[0], error) : NULL;

  return id != NULL && strata_store_restore (store, id, error) &&
         print_moved (self, id, "restored", error);
}

const StrataCtlCommand strata_ctl_profile_commands[] = {
  { "profile", "new", N_("NAME"), N_("Make a profile and print its id"), "version description tag", 1, 1,
    run_new },
  { "profile", "list", "", N_("List the profiles on this computer"), "", 0, 0, run_list },
  { "profile", "show", N_("ID"), N_("Show a profile and its layers"), "", 1, 1, run_show },
  { "profile", "history", N_("ID"), N_("List what was saved, newest first"), "", 1, 1, run_history },
  { "profile", "delete", N_("ID"), N_("Move a profile to the trash"), "", 1, 1, run_delete },
  { "profile", "restore", N_("ID"), N_("Take a profile out of the trash"), "", 1, 1, run_restore },
  { NULL },
};
