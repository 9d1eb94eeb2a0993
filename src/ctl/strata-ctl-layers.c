/* strata-ctl-layers.c - stratactl profile: add, move and remove layers, set their values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-ctl-registry.h"
#include "strata-ctl.h"
#include "strata-error.h"
#include "strata-lint.h"
#include "strata-load.h"
#include "strata-names.h"
#include "strata-pack-reader.h"
#include "strata-tarball.h"
#include "strata-values.h"
#include "strata-yaml.h"

/* A text of a file as a person wrote it. */
static char *
load_text (const char *path,
           GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GBytes) bytes = strata_load_bytes (file, STRATA_TARBALL_MAX_FILE, NULL, error);

  if (bytes == NULL)
    return NULL;

  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  const char *end = text;

  if (size == 0 || g_utf8_validate (text, (gssize) size, &end))
    return g_strndup (size > 0 ? text : "", size);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” is not UTF-8 text: byte %u is wrong"), path, (guint) (end - text + 1));

  return NULL;
}

/* Saved all the same: a text that is not right yet is nobody's to lose. */
static void
warn_problems (const char     *text,
               const char     *document,
               StrataLintMode  mode)
{
  g_autoptr(GPtrArray) problems = strata_lint_text (text, -1, mode);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = problems->pdata[i];

      if (problem->severity != STRATA_SEVERITY_NOTE)
        strata_ctl_warn (_("%s: line %u, column %u: %s"), document, problem->line, problem->column,
                            problem->message);
    }
}

static gboolean
print_layer (StrataCtl     *self,
             StrataProfile *profile,
             const char    *layer,
             int            position,
             GError       **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  if (!self->options.json)
    return TRUE;

  json_object_set_string_member (object, "id", strata_profile_get_id (profile));
  json_object_set_string_member (object, "layer", layer);
  if (position >= 0)
    json_object_set_int_member (object, "position", position + 1);
  json_object_set_int_member (object, "layers", strata_profile_get_n_layers (profile));

  return strata_ctl_print_object (object, error);
}

static gboolean
save_layers (StrataCtl     *self,
             StrataProfile *profile,
             const char    *layer,
             int            position,
             GError       **error)
{
  g_autoptr(StrataProfile) saved = strata_ctl_save (self, profile, STRATA_REASON_SAVE, error);

  return saved != NULL && print_layer (self, saved, layer, position, error);
}

/* On top of those that are there. */
static gboolean
append_layer (StrataCtl     *self,
              StrataProfile *profile,
              StrataLayer   *layer,
              GError       **error)
{
  const char *name = strata_layer_get_name (layer);
  guint position = strata_profile_get_n_layers (profile);

  if (strata_profile_find_layer (profile, name, NULL) != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                   _("“%s” already has a layer “%s”"), strata_profile_get_name (profile), name);
      return FALSE;
    }

  g_autoptr(StrataProfile) changed = strata_profile_with_layer_inserted (profile, position, layer);

  return save_layers (self, changed, name, (int) position, error);
}

static void
warn_pack (StrataPack *pack)
{
  GPtrArray *warnings = strata_pack_get_warnings (pack);

  for (guint i = 0; i < warnings->len; i++)
    strata_ctl_warn ("%s", (const char *) warnings->pdata[i]);
}

/* @from is what the pack is from, NULL for a file or folder. */
static StrataLayer *
make_layer (StrataPack     *pack,
            StrataCtlOffer *from,
            const char     *values)
{
  const char *id = from != NULL ? strata_registry_get_id (from->registry) : NULL;
  const char *name = from != NULL ? strata_registry_get_name (from->registry) : NULL;
  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, id, name);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);

  warn_pack (pack);

  return strata_layer_with_values (layer, blob);
}

static gboolean
apply_preset (char       **values,
              StrataPack  *pack,
              const char  *wanted,
              GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (wanted, ":", 2);

  if (parts[0] == NULL || parts[1] == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is not a preset: write it as GROUP:NAME"), wanted);
      return FALSE;
    }

  StrataPreset *preset = strata_pack_find_preset (pack, parts[0], parts[1]);

  if (preset == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("The pack “%s” has no preset “%s”"), strata_pack_get (pack, STRATA_PACK_NAME),
                      wanted);
      return FALSE;
    }

  char *changed = strata_values_apply_preset (*values, pack, preset, error);

  if (changed == NULL)
    return FALSE;

  g_free (*values);
  *values = changed;

  return TRUE;
}

/* What is there as a file counts as that; anything else may be in a registry. */
static StrataPack *
read_pack (StrataCtl       *self,
           StrataLayerKind  kind,
           StrataCtlOffer **from,
           GError         **error)
{
  const char *place = self->arguments[1];
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (place);
  gboolean is_here = g_file_query_exists (file, NULL) || strchr (place, '/') == NULL || *place == '/' || *place == '.';

  if (!is_here)
    *from = strata_ctl_find_offer (self, place, error);
  if (!is_here && *from == NULL)
    return NULL;

  g_autoptr(StrataPack) pack = *from != NULL                   ? strata_ctl_fetch (self, *from, error)
                               : kind == STRATA_LAYER_KIND_PACK ? strata_pack_read_folder (file, NULL, error)
                                                                : strata_pack_read_chart (file, NULL, error);

  if (pack == NULL || (strata_pack_get_kind (pack) == STRATA_LAYER_KIND_PACK) == (kind == STRATA_LAYER_KIND_PACK))
    return g_steal_pointer (&pack);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               kind == STRATA_LAYER_KIND_PACK ? _("“%s” is a chart: add it with add-chart")
                                              : _("“%s” is a pack: add it with add-pack"), place);

  return NULL;
}

static gboolean
run_add_pack (StrataCtl *self,
              GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);
  g_autoptr(StrataCtlOffer) from = NULL;
  g_autoptr(StrataPack) pack =
    profile != NULL ? read_pack (self, STRATA_LAYER_KIND_PACK, &from, error) : NULL;

  if (pack == NULL)
    return FALSE;

  g_autofree char *values = self->options.values != NULL
                              ? load_text (self->options.values, error)
                              : g_strdup (strata_pack_get (pack, STRATA_PACK_VALUES));

  if (values == NULL)
    return FALSE;

  for (char **preset = self->options.presets; preset != NULL && *preset != NULL; preset++)
    if (!apply_preset (&values, pack, *preset, error))
      return FALSE;

  if (self->options.values != NULL)
    warn_problems (values, self->options.values, STRATA_LINT_VALUES);

  g_autoptr(StrataLayer) layer = make_layer (pack, from, values);

  return append_layer (self, profile, layer, error);
}

/* A layer's values have the chart's own under charts.<name>; a person may give either form. */
static gboolean
is_wrapped (const char *values)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (values, -1, NULL);
  StrataYamlNode *root =
    yaml != NULL && strata_yaml_get_n_documents (yaml) > 0 ? strata_yaml_get_root (yaml, 0) : NULL;

  return root != NULL && strata_yaml_node_get_kind (root) == STRATA_YAML_MAPPING &&
         strata_yaml_node_get_member (root, "charts") != NULL;
}

static char *
load_chart_values (StrataCtl  *self,
                   StrataPack *pack,
                   GError    **error)
{
  if (self->options.values == NULL)
    return g_strdup (strata_pack_get (pack, STRATA_PACK_VALUES));

  char *values = load_text (self->options.values, error);

  if (values == NULL || is_wrapped (values))
    return values;

  g_autofree char *bare = values;
  const char *name_space = strata_pack_get (pack, STRATA_PACK_NAMESPACE);

  return strata_values_wrap_chart (strata_pack_get (pack, STRATA_PACK_NAME), name_space, bare);
}

static gboolean
run_add_chart (StrataCtl *self,
               GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);
  g_autoptr(StrataCtlOffer) from = NULL;
  g_autoptr(StrataPack) pack =
    profile != NULL ? read_pack (self, STRATA_LAYER_KIND_HELM, &from, error) : NULL;
  g_autofree char *values = pack != NULL ? load_chart_values (self, pack, error) : NULL;

  if (values == NULL)
    return FALSE;

  if (self->options.name_space != NULL)
    {
      g_autofree char *before = g_steal_pointer (&values);

      values = strata_values_set_namespace (before, self->options.name_space, error);
      if (values == NULL)
        return FALSE;
    }

  if (self->options.values != NULL)
    warn_problems (values, self->options.values, STRATA_LINT_VALUES);

  g_autoptr(StrataLayer) layer = make_layer (pack, from, values);

  return append_layer (self, profile, layer, error);
}

/* What a manifest is called that comes from a file: the file's name without what it ends in. */
static char *
name_manifest (const char *path)
{
  char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return name;
}

static StrataLayer *
attach_manifest (StrataLayer *layer,
                 const char  *path,
                 GError     **error)
{
  g_autofree char *name = name_manifest (path);
  g_autofree char *text = strata_name_check_manifest (name, error) ? load_text (path, error) : NULL;

  if (text == NULL)
    return NULL;

  if (strata_layer_find_manifest (layer, name, NULL) != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                   _("“%s” already has a manifest “%s”"), strata_layer_get_name (layer), name);
      return NULL;
    }

  warn_problems (text, path, STRATA_LINT_MANIFEST);

  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, blob);

  return strata_layer_with_manifest (layer, manifest);
}

static gboolean
check_layer_option (StrataCtl *self,
                    GError   **error)
{
  if (self->options.name != NULL)
    return strata_name_check_layer (self->options.name, error);

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("Say which layer the manifests go to: --name LAYER"));

  return FALSE;
}

/* To a layer that is there, of any kind, or to a new one on top. */
static gboolean
run_add_manifest (StrataCtl *self,
                  GError   **error)
{
  g_autoptr(StrataProfile) profile =
    check_layer_option (self, error) ? strata_ctl_load (self, self->arguments[0], error) : NULL;

  if (profile == NULL)
    return FALSE;

  guint position = 0;
  StrataLayer *there = strata_profile_find_layer (profile, self->options.name, &position);
  g_autoptr(StrataLayer) layer =
    there != NULL ? g_object_ref (there)
                  : strata_layer_new (STRATA_LAYER_KIND_MANIFEST, self->options.name);

  for (char **path = self->arguments + 1; *path != NULL; path++)
    {
      StrataLayer *changed = attach_manifest (layer, *path, error);

      if (changed == NULL)
        return FALSE;

      g_set_object (&layer, changed);
      g_object_unref (changed);
    }

  if (there == NULL)
    return append_layer (self, profile, layer, error);

  g_autoptr(StrataProfile) changed = strata_profile_with_layer (profile, position, layer);

  return save_layers (self, changed, self->options.name, (int) position, error);
}

/* The layer of that name, or at that place when no layer is called like a number. */
static StrataLayer *
find_layer (StrataProfile *profile,
            const char    *text,
            guint         *position,
            GError       **error)
{
  StrataLayer *layer = strata_profile_find_layer (profile, text, position);
  guint64 number;

  if (layer != NULL)
    return layer;

  if (g_ascii_string_to_unsigned (text, 10, 1, strata_profile_get_n_layers (profile), &number,
                                  NULL))
    {
      *position = (guint) number - 1;
      return strata_profile_get_layer (profile, *position);
    }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("“%s” has no layer “%s”"), strata_profile_get_name (profile), text);

  return NULL;
}

static gboolean
parse_position (StrataProfile *profile,
                const char    *text,
                guint         *position,
                GError       **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is not a position: 1 is the bottom layer"), text);
      return FALSE;
    }

  if (number < 1 || number > strata_profile_get_n_layers (profile))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("Position %s is not among the %u layers of “%s”"), text,
                      strata_profile_get_n_layers (profile), strata_profile_get_name (profile));
      return FALSE;
    }

  *position = (guint) number - 1;

  return TRUE;
}

static gboolean
run_move_layer (StrataCtl *self,
                GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);
  guint from;
  guint to;
  StrataLayer *layer =
    profile != NULL ? find_layer (profile, self->arguments[1], &from, error) : NULL;

  if (layer == NULL || !parse_position (profile, self->arguments[2], &to, error))
    return FALSE;

  g_autoptr(StrataProfile) changed = strata_profile_with_layer_moved (profile, from, to);

  return save_layers (self, changed, strata_layer_get_name (layer), (int) to, error);
}

static gboolean
run_remove_layer (StrataCtl *self,
                  GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);
  guint position;
  StrataLayer *layer =
    profile != NULL ? find_layer (profile, self->arguments[1], &position, error) : NULL;

  if (layer == NULL)
    return FALSE;

  g_autoptr(StrataProfile) changed = strata_profile_without_layer (profile, position);

  return save_layers (self, changed, strata_layer_get_name (layer), -1, error);
}

static gboolean
run_set_values (StrataCtl *self,
                GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);
  guint position;
  StrataLayer *layer =
    profile != NULL ? find_layer (profile, self->arguments[1], &position, error) : NULL;
  g_autofree char *text = layer != NULL ? load_text (self->arguments[2], error) : NULL;

  if (text == NULL)
    return FALSE;

  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataLayer) valued = strata_layer_with_values (layer, blob);
  g_autoptr(StrataProfile) changed = strata_profile_with_layer (profile, position, valued);

  warn_problems (text, self->arguments[2], STRATA_LINT_VALUES);

  return save_layers (self, changed, strata_layer_get_name (layer), (int) position, error);
}

const StrataCtlCommand strata_ctl_layer_commands[] = {
  { "profile", "add-pack", N_("ID DIR|REGISTRY/NAME[@VERSION]"), N_("Add a pack from its folder or from a registry"),
    "preset values password-file", 2, 2,
    run_add_pack },
  { "profile", "add-chart", N_("ID FILE.tgz|REGISTRY/NAME[@VERSION]"),
    N_("Add a Helm chart from its file or from a registry"),
    "values namespace password-file", 2, 2,
    run_add_chart },
  { "profile", "add-manifest", N_("ID --name LAYER FILE…"), N_("Add Kubernetes manifests, to a layer or as one"),
    "name", 2, G_MAXUINT, run_add_manifest },
  { "profile", "move-layer", N_("ID LAYER POSITION"), N_("Move a layer; 1 is the bottom"), "", 3, 3,
    run_move_layer },
  { "profile", "remove-layer", N_("ID LAYER"), N_("Remove a layer"), "", 2, 2, run_remove_layer },
  { "profile", "set-values", N_("ID LAYER FILE"), N_("Replace the values of a layer"), "", 3, 3,
    run_set_values },
  { NULL },
};
