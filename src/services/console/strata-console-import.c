/* strata-console-import.c - brings a profile to a console that knows its registries under other uids
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-import.h"

#include <glib/gi18n-lib.h>

#include "strata-console-making.h"
#include "strata-console-packs.h"
#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-palette-body.h"
#include "strata-palette.h"

struct _StrataConsoleImport
{
  GObject        parent_instance;
  StrataProfile *profile;  /* (owned) */
  GPtrArray     *matches;  /* (owned) (element-type GPtrArray): of StrataConsoleRegistry, one for each layer */
};

G_DEFINE_FINAL_TYPE (StrataConsoleImport, strata_console_import, G_TYPE_OBJECT)

static void
strata_console_import_finalize (GObject *object)
{
  StrataConsoleImport *self = STRATA_CONSOLE_IMPORT (object);

  g_clear_object (&self->profile);
  g_clear_pointer (&self->matches, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_console_import_parent_class)->finalize (object);
}

static void
strata_console_import_class_init (StrataConsoleImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_console_import_finalize;
}

static void
strata_console_import_init (StrataConsoleImport *self)
{
}

static StrataConsoleRegistry *
find_match (GPtrArray  *matches,
            const char *uid)
{
  for (guint i = 0; i < matches->len; i++)
    {
      StrataConsoleRegistry *registry = matches->pdata[i];

      if (g_str_equal (registry->uid, uid))
        return registry;
    }

  return NULL;
}

static void
add_match (GPtrArray  *matches,
           JsonObject *item)
{
  const char *uid = strata_json_get_string (item, "uid");

  if (*uid == '\0' || find_match (matches, uid) != NULL)
    return;

  StrataConsoleRegistry *registry = g_new0 (StrataConsoleRegistry, 1);

  registry->uid = g_strdup (uid);
  registry->name = g_strdup (strata_json_get_string (item, "name"));
  registry->kind = g_strdup (strata_json_get_string (item, "kind"));
  registry->scope = g_strdup ("");
  registry->is_private = strata_json_get_bool (item, "isPrivate");
  g_ptr_array_add (matches, registry);
}

/* What the console proposes for a layer. That the console knows the one it comes from is not said there. */
static GPtrArray *
read_matches (JsonObject *pack,
              GPtrArray  *registries)
{
  GPtrArray *matches =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_console_registry_free);
  JsonObject *registry = strata_json_get_object (pack, "registry");
  JsonObject *own = strata_json_get_object (registry, "metadata");
  JsonArray *list = strata_json_get_array (registry, "matchingRegistries");

  if (find_match (registries, strata_json_get_string (own, "uid")) != NULL)
    add_match (matches, own);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_match (matches, json_node_get_object (node));
    }

  return matches;
}

static JsonObject *
find_pack (JsonObject *reply,
           const char *name)
{
  JsonObject *spec = strata_json_get_object (reply, "spec");
  JsonObject *template = strata_json_get_object (spec, "template");
  JsonArray *packs = strata_json_get_array (template, "packs");

  for (guint i = 0; packs != NULL && i < json_array_get_length (packs); i++)
    {
      JsonNode *node = json_array_get_element (packs, i);
      JsonObject *pack = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (g_str_equal (strata_json_get_string (pack, "name"), name))
        return pack;
    }

  return NULL;
}

/* What there is no choice about is chosen. */
static void
choose_only (StrataConsoleImport *self)
{
  for (guint i = 0; i < self->matches->len; i++)
    {
      GPtrArray *matches = self->matches->pdata[i];

      if (strata_console_import_is_open (self, i) && matches->len == 1)
        strata_console_import_choose (self, i, ((StrataConsoleRegistry *) matches->pdata[0])->uid);
    }
}

/**
 * strata_console_validate_import:
 * @self: a client that somebody is signed in at
 * @profile: what to import, as strata_palette_read() gives it
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Asks which registries of the console the layers of @profile can come from. Where there is one, it is chosen. Blocks;
 * any thread.
 *
 * Returns: (transfer full) (nullable): what is left to choose and to enter, or %NULL with @error set
 */
StrataConsoleImport *
strata_console_validate_import (StrataConsole  *self,
                                StrataProfile  *profile,
                                GCancellable   *cancellable,
                                GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && STRATA_IS_PROFILE (profile), NULL);

  g_autoptr(JsonNode) owner = NULL;
  g_autoptr(JsonNode) body = strata_palette_make_import (profile);
  StrataConsoleCall call = {
    .method = "POST",
    .path = "/v1/clusterprofiles/import/validate",
    .body = body,
    .is_idempotent = TRUE,
  };
  g_autoptr(GPtrArray) registries = strata_console_get_registries (self, NULL, cancellable, error);

  if (registries == NULL)
    return NULL;

  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

  if (reply == NULL)
    return NULL;

  StrataConsoleImport *import = g_object_new (STRATA_TYPE_CONSOLE_IMPORT, NULL);

  import->profile = g_object_ref (profile);
  import->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      const char *name = strata_layer_get_name (strata_profile_get_layer (profile, i));

      g_ptr_array_add (import->matches, read_matches (find_pack (reply, name), registries));
    }

  choose_only (import);

  return import;
}

/**
 * strata_console_import_get_profile:
 * @self: an import
 *
 * Returns: (transfer none): what will be imported, with the registries that are chosen
 */
StrataProfile *
strata_console_import_get_profile (StrataConsoleImport *self)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (self), NULL);

  return self->profile;
}

/**
 * strata_console_import_set_profile:
 * @self: an import
 * @profile: the same profile, with another name or version, or with values in place of masks; its layers are the same
 */
void
strata_console_import_set_profile (StrataConsoleImport *self,
                                   StrataProfile       *profile)
{
  g_return_if_fail (STRATA_IS_CONSOLE_IMPORT (self) && STRATA_IS_PROFILE (profile));
  g_return_if_fail (strata_profile_get_n_layers (profile) == self->matches->len);

  g_set_object (&self->profile, profile);
}

/**
 * strata_console_import_get_matches:
 * @self: an import
 * @layer: the position of a layer
 *
 * Returns: (transfer none) (element-type StrataConsoleRegistry): the registries that it can come from; empty when the
 *   console has none, and then the profile cannot be imported
 */
GPtrArray *
strata_console_import_get_matches (StrataConsoleImport *self,
                                   guint                layer)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (self) && layer < self->matches->len, NULL);

  return self->matches->pdata[layer];
}

/**
 * strata_console_import_choose:
 * @self: an import
 * @layer: the position of a layer
 * @registry_uid: the uid of one of its matches
 *
 * Sets where the layer comes from.
 *
 * Returns: whether it is one of the matches
 */
gboolean
strata_console_import_choose (StrataConsoleImport *self,
                              guint                layer,
                              const char          *registry_uid)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (self) && registry_uid != NULL, FALSE);
  g_return_val_if_fail (layer < self->matches->len, FALSE);

  StrataConsoleRegistry *registry = find_match (self->matches->pdata[layer], registry_uid);
  StrataLayer *old = strata_profile_get_layer (self->profile, layer);

  if (registry == NULL)
    return FALSE;

  g_autoptr(StrataLayer) bare = strata_layer_with (old, STRATA_LAYER_PACK_UID, "");
  g_autoptr(StrataLayer) one = strata_layer_with (bare, STRATA_LAYER_REGISTRY_UID, registry->uid);
  g_autoptr(StrataLayer) two = strata_layer_with (one, STRATA_LAYER_REGISTRY_NAME, registry->name);
  g_autoptr(StrataLayer) three = strata_layer_with (two, STRATA_LAYER_REGISTRY_KIND, registry->kind);
  StrataProfile *changed = strata_profile_with_layer (self->profile, layer, three);

  g_object_unref (self->profile);
  self->profile = changed;

  return TRUE;
}

/**
 * strata_console_import_is_open:
 * @self: an import
 * @layer: the position of a layer
 *
 * Returns: whether it is not chosen yet where the layer comes from
 */
gboolean
strata_console_import_is_open (StrataConsoleImport *self,
                               guint                layer)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (self) && layer < self->matches->len, FALSE);

  StrataLayer *value = strata_profile_get_layer (self->profile, layer);

  return strata_layer_get_kind (value) != STRATA_LAYER_KIND_MANIFEST &&
         find_match (self->matches->pdata[layer],
                     strata_layer_get (value, STRATA_LAYER_REGISTRY_UID)) == NULL;
}

/**
 * strata_console_import_get_masked:
 * @self: an import
 *
 * Returns: (transfer full) (element-type StrataVariable): the variables whose defaults were masked when the profile was
 *   exported: they have none at the console unless they are entered again
 */
GPtrArray *
strata_console_import_get_masked (StrataConsoleImport *self)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (self), NULL);

  GPtrArray *masked = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *variables = strata_profile_get_variables (self->profile);

  for (guint i = 0; i < variables->len; i++)
    if ((strata_variable_get_flags (variables->pdata[i]) & STRATA_VARIABLE_SENSITIVE) != 0 &&
        g_str_equal (strata_variable_get (variables->pdata[i], STRATA_VARIABLE_DEFAULT),
                     STRATA_PALETTE_MASK))
      g_ptr_array_add (masked, g_object_ref (variables->pdata[i]));

  return masked;
}

static gboolean
check_chosen (StrataConsoleImport  *import,
              GError              **error)
{
  for (guint i = 0; i < import->matches->len; i++)
    if (strata_console_import_is_open (import, i))
      {
        StrataLayer *layer = strata_profile_get_layer (import->profile, i);

        g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                     _("The layer “%s” has no registry yet; choose where it comes from"),
                     strata_layer_get_name (layer));
        return FALSE;
      }

  return TRUE;
}

/**
 * strata_console_import:
 * @self: a client that somebody is signed in at
 * @import: what strata_console_validate_import() gave for it, with all that was open chosen
 * @publish: whether appliances get it at once
 * @audit: (out) (optional) (nullable): the id of this in the console's audit log
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_INVALID` when something is open, a `STRATA_ERROR_CONFLICT` when there is
 *   one of this name and version, or another [error@Error]
 *
 * Imports a profile. When the answer is lost it is looked up, so that it is never made twice. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): its uid, or %NULL with @error set
 */
char *
strata_console_import (StrataConsole        *self,
                       StrataConsoleImport  *import,
                       gboolean              publish,
                       char                **audit,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && STRATA_IS_CONSOLE_IMPORT (import), NULL);

  if (!check_chosen (import, error))
    return NULL;

  const char *const query[] = { "publish", publish ? "true" : "false", NULL };
  g_autoptr(JsonNode) body = strata_palette_make_import (import->profile);
  StrataConsoleCall call = {
    .method = "POST",
    .path = "/v1/clusterprofiles/import",
    .query = query,
    .body = body,
    .audit = audit,
  };
  StrataConsoleMaking making = {
    .call = &call,
    .profile = import->profile,
    .name = strata_profile_get_name (import->profile),
    .version = strata_profile_get_version (import->profile),
    .publish = publish,
  };

  return strata_console_make (self, &making, cancellable, error);
}
