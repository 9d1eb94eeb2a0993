/* strata-values-presets.c - which presets a values text has in effect, and putting one into effect
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values.h"
#include "strata-values-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MARK "spectrocloud.com/enabled-presets:"

/* Finds the comment that names the presets, among the comments the text begins with. Returns where
 * the names begin, and their length; %NULL when there is none.
 */
static const char *
find_names (const char *text,
            gsize      *length)
{
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;

  for (const char *line = text; *line == '#' || *line == '\n' || *line == '\r'; line++)
    {
      gsize line_length = strcspn (line, "\r\n");
      const char *word = line + strspn (line, "# \t");

      if (g_str_has_prefix (word, MARK))
        {
          word += strlen (MARK);
          *length = line_length - (gsize) (word - line);
          return word;
        }

      line += line_length;

      if (*line == '\0')
        break;
    }

  return NULL;
}

/**
 * strata_values_get_presets:
 * @text: a values text
 *
 * Reads the comment `# spectrocloud.com/enabled-presets: group:name,…` at the top of @text.
 *
 * Returns: (transfer full) (array zero-terminated=1): the "group:name" texts in their order, maybe
 * none
 */
char **
strata_values_get_presets (const char *text)
{
  gsize length = 0;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (text != NULL, NULL);

  const char *names = find_names (text, &length);
  g_autofree char *line = g_strndup (names != NULL ? names : "", length);
  g_auto(GStrv) parts = g_strsplit (line, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

/* Where the group of "group:name" ends: a group may be anything, a name has no colon. */
static gboolean
is_of_group (const char *preset,
             const char *group)
{
  const char *colon = strrchr (preset, ':');

  return colon != NULL && strlen (group) == (gsize) (colon - preset) &&
         g_str_has_prefix (preset, group);
}

/**
 * strata_values_get_preset:
 * @text: a values text
 * @group: a group of presets
 *
 * Returns: (transfer full) (nullable): the name of the preset of @group that is in effect, %NULL
 * when none is
 */
char *
strata_values_get_preset (const char *text,
                          const char *group)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (group != NULL, NULL);

  g_auto(GStrv) presets = strata_values_get_presets (text);

  for (guint i = 0; presets[i] != NULL; i++)
    if (is_of_group (presets[i], group))
      return g_strdup (strrchr (presets[i], ':') + 1);

  return NULL;
}

static char *
list_presets (const char *text,
              const char *group,
              const char *name)
{
  g_auto(GStrv) presets = strata_values_get_presets (text);
  g_autofree char *entry = g_strconcat (group, ":", name, NULL);
  GString *line = g_string_new (NULL);
  gboolean is_listed = FALSE;

  for (guint i = 0; presets[i] != NULL; i++)
    {
      gboolean is_ours = is_of_group (presets[i], group);

      if (is_ours && is_listed)
        continue;

      g_string_append_printf (line, "%s%s", line->len > 0 ? "," : "", is_ours ? entry : presets[i]);
      is_listed = is_listed || is_ours;
    }

  if (!is_listed)
    g_string_append_printf (line, "%s%s", line->len > 0 ? "," : "", entry);

  return g_string_free (line, FALSE);
}

/* Notes in the comment at the top that a preset is in effect; the comment is added where there is
 * none.
 */
static char *
set_presets (const char *text,
             const char *group,
             const char *name)
{
  gsize length = 0;
  const char *names = find_names (text, &length);
  g_autofree char *line = list_presets (text, group, name);

  if (names != NULL)
    {
      g_autofree char *head = g_strndup (text, (gsize) (names - text));

      return g_strconcat (head, " ", line, names + length, NULL);
    }

  gboolean has_mark = g_str_has_prefix (text, "\xef\xbb\xbf");
  const char *body = text + (has_mark ? 3 : 0);
  const char *end = strchr (body, '\n');
  const char *eol = end != NULL && end > body && end[-1] == '\r' ? "\r\n" : "\n";

  return g_strconcat (has_mark ? "\xef\xbb\xbf" : "", "# " MARK " ", line, eol, body, NULL);
}

static gboolean
same_tree (const char *text,
           const char *other)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, NULL);
  g_autoptr(StrataYaml) other_yaml = strata_yaml_parse (other, -1, NULL);

  if (yaml == NULL || other_yaml == NULL)
    return FALSE;

  const StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  const StrataYamlNode *other_root = strata_yaml_get_root (other_yaml, 0);

  if (root == NULL || other_root == NULL)
    return root == other_root;

  return strata_yaml_node_equal (root, other_root);
}

/* A name from a stranger's pack must not end the comment that it is put in. */
static char *
note_preset (const char    *text,
             StrataPreset  *preset,
             GError       **error)
{
  g_autofree char *noted = set_presets (text, preset->group, preset->name);
  g_autofree char *name = strata_values_get_preset (noted, preset->group);

  if (g_strcmp0 (name, preset->name) == 0 && same_tree (noted, text))
    return g_steal_pointer (&noted);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("The preset “%s” of “%s” cannot be noted in the first line of the values"),
                  preset->name, preset->group);

  return NULL;
}

/**
 * strata_values_apply_preset:
 * @text: a values text
 * @pack: the pack that has @preset
 * @preset: a preset
 * @error: return location for a #StrataError
 *
 * Puts a preset into effect, as section "presets.yaml" of the pack format has it: the paths of its
 * remove list go, its YAML is merged in (mappings joined, all else replaced), and the comment at
 * the top names it for its group. Nothing else of the text changes. Doing it again changes nothing.
 * May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the new text; or %NULL with @error `INVALID` when @text or
 * the preset is not YAML, `NOT_FOUND` when @pack does not have that preset
 */
char *
strata_values_apply_preset (const char    *text,
                            StrataPack    *pack,
                            StrataPreset  *preset,
                            GError       **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (STRATA_IS_PACK (pack), NULL);
  g_return_val_if_fail (preset != NULL, NULL);

  if (strata_pack_find_preset (pack, preset->group, preset->name) == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("The pack “%s” has no preset “%s” in “%s”"),
                      strata_pack_get (pack, STRATA_PACK_NAME), preset->name, preset->group);
      return NULL;
    }

  g_autofree char *changed = g_strdup (text);

  for (guint i = 0; preset->remove[i] != NULL; i++)
    {
      char *shorter = strata_values_remove (changed, preset->remove[i], error);

      if (shorter == NULL)
        return NULL;

      g_free (changed);
      changed = shorter;
    }

  g_autofree char *merged = strata_values_merge (changed, preset->add, error);

  return merged != NULL ? note_preset (merged, preset, error) : NULL;
}
