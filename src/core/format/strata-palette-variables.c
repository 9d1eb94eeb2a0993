/* strata-palette-variables.c - the variables of a body of the console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-palette-variables"

#include "strata-extra.h"
#include "strata-members.h"
#include "strata-palette-private.h"

/* A text of a value and the member it comes from. */
typedef StrataPaletteLink Source;

static const Source variable_sources[] = {
  { "displayName", STRATA_VARIABLE_DISPLAY_NAME },
  { "description", STRATA_VARIABLE_DESCRIPTION },
  { "format", STRATA_VARIABLE_FORMAT },
  { "inputType", STRATA_VARIABLE_INPUT_TYPE },
  { "defaultValue", STRATA_VARIABLE_DEFAULT },
  { "regex", STRATA_VARIABLE_REGEX },
};

static const Source variable_flags[] = {
  { "required", STRATA_VARIABLE_REQUIRED },
  { "isSensitive", STRATA_VARIABLE_SENSITIVE },
  { "immutable", STRATA_VARIABLE_IMMUTABLE },
  { "hidden", STRATA_VARIABLE_HIDDEN },
};

static void
take_variable (StrataVariable **variable,
               StrataVariable  *changed)
{
  g_object_unref (*variable);
  *variable = changed;
}

static GPtrArray *
read_options (JsonObject  *variable,
              const char  *path,
              GError     **failure)
{
  JsonArray *list = strata_members_get_list (variable, path, "options", failure);
  GPtrArray *options =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.options[%u]", path, i);
      JsonObject *object = strata_members_get_item (list, i, where, failure);
      const char *value = strata_members_get_text (object, where, "value", failure);
      const char *label = strata_members_get_text (object, where, "label", failure);
      const char *description = strata_members_get_text (object, where, "description", failure);
      gboolean is_default = strata_members_get_bool (object, where, "default", failure);

      g_ptr_array_add (options, strata_variable_option_new (value, label, description, is_default));
    }

  return options;
}

static StrataVariable *
read_variable (JsonObject  *object,
               const char  *path,
               GError     **failure)
{
  const char *name = strata_members_get_name (object, path, "name", failure);
  g_autoptr(StrataVariable) variable = strata_variable_new (name);
  g_autoptr(GPtrArray) options = read_options (object, path, failure);
  guint flags = 0;

  for (guint i = 0; i < G_N_ELEMENTS (variable_sources); i++)
    {
      const char *text = strata_members_get_text (object, path, variable_sources[i].path, failure);

      take_variable (&variable, strata_variable_with (variable, variable_sources[i].field, text));
    }

  for (guint i = 0; i < G_N_ELEMENTS (variable_flags); i++)
    if (strata_members_get_bool (object, path, variable_flags[i].path, failure))
      flags |= variable_flags[i].field;

  if (*failure != NULL)
    return NULL;

  take_variable (&variable, strata_variable_with_flags (variable, flags));
  take_variable (&variable, strata_variable_with_options (variable, options));

  g_autoptr(JsonObject) known = strata_palette_build_variable (variable);
  g_autoptr(JsonObject) rest = strata_extra_subtract (object, known);
  g_autofree char *extra = strata_extra_to_text (rest);

  return strata_variable_with (variable, STRATA_VARIABLE_EXTRA, extra);
}

/* `v1Variable`s, with all that is not known of them; %NULL once @failure is set. */
GPtrArray *
strata_palette_read_variables (JsonArray  *list,
                               GError    **failure)
{
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      g_autofree char *path = g_strdup_printf ("spec.variables[%u]", i);
      JsonObject *object = strata_members_get_item (list, i, path, failure);
      StrataVariable *variable = read_variable (object, path, failure);

      if (variable == NULL)
        return NULL;

      g_ptr_array_add (variables, variable);
    }

  return g_steal_pointer (&variables);
}
