/* strata-preset-reader.c - the presets of a pack, from presets.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-preset-reader"

#include "strata-preset-reader.h"

#include <glib/gi18n-lib.h>

#include "strata-pack.h"
#include "strata-yaml.h"

static void G_GNUC_PRINTF (2, 3)
warn (GPtrArray  *warnings,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

static char **
read_removed_paths (const StrataYamlNode *node)
{
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();

  if (node != NULL && strata_yaml_node_get_kind (node) == STRATA_YAML_SEQUENCE)
    for (guint i = 0; i < strata_yaml_node_get_size (node); i++)
      {
        const StrataYamlNode *item = strata_yaml_node_get_item (node, i);

        if (strata_yaml_node_get_kind (item) == STRATA_YAML_SCALAR)
          g_strv_builder_add (paths, strata_yaml_node_get_value (item));
      }

  return g_strv_builder_end (paths);
}

static StrataPreset *
read_preset (const StrataYamlNode *node)
{
  if (strata_yaml_node_get_kind (node) != STRATA_YAML_MAPPING)
    return NULL;

  const char *name = strata_yaml_node_get_string (node, "name");

  if (name == NULL || *name == '\0')
    return NULL;

  g_auto(GStrv) removed = read_removed_paths (strata_yaml_node_get_member (node, "remove"));

  return strata_preset_new (name,
                            strata_yaml_node_get_string (node, "displayName"),
                            strata_yaml_node_get_string (node, "group"),
                            strata_yaml_node_get_string (node, "add"),
                            (const char *const *) removed);
}

static void
read_preset_list (GPtrArray            *warnings,
                  const StrataYamlNode *list,
                  GPtrArray            *presets)
{
  for (guint i = 0; i < strata_yaml_node_get_size (list); i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (list, i);
      StrataPreset *preset = read_preset (item);

      if (preset != NULL)
        g_ptr_array_add (presets, preset);
      else
        warn (warnings, _("presets.yaml, line %u: a preset without a name was left out"),
              strata_yaml_node_get_line (item));
    }
}

static const StrataYamlNode *
find_list (StrataYaml *yaml)
{
  const StrataYamlNode *root = strata_yaml_get_n_documents (yaml) > 0 ? strata_yaml_get_root (yaml, 0) : NULL;

  if (root == NULL || strata_yaml_node_get_kind (root) != STRATA_YAML_MAPPING)
    return NULL;

  const StrataYamlNode *list = strata_yaml_node_get_member (root, "presets");

  return list != NULL && strata_yaml_node_get_kind (list) == STRATA_YAML_SEQUENCE ? list : NULL;
}

/**
 * strata_preset_read:
 * @text: the text of `presets.yaml`, "" when there is none
 * @warnings: (element-type utf8): gets a sentence for everything that could not be used
 *
 * Reads presets. They are a help, not a need: what is broken is left out, and the pack can be used without it.
 *
 * Returns: (transfer full) (element-type StrataPreset): the presets, in their order
 */
GPtrArray *
strata_preset_read (const char *text,
                    GPtrArray  *warnings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) presets = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preset_free);

  if (*text == '\0')
    return g_steal_pointer (&presets);

  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, &error);

  if (yaml == NULL)
    {
      warn (warnings, _("presets.yaml was left aside: %s"), error->message);
      return g_steal_pointer (&presets);
    }

  const StrataYamlNode *list = find_list (yaml);

  if (list != NULL)
    read_preset_list (warnings, list, presets);
  else
    warn (warnings, _("presets.yaml was left aside: it has no list “presets”"));

  return g_steal_pointer (&presets);
}
