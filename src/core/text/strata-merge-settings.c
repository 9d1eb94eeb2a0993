/* strata-merge-settings.c - the tags and variables of three profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge"

#include "strata-merge-private.h"

#include "strata-texts.h"

#define BASE STRATA_SIDE_BASE
#define MINE STRATA_SIDE_MINE
#define THEIRS STRATA_SIDE_THEIRS

#define MASK "********"

static const struct
{
  StrataVariableField  field;
  const char          *name;
  gboolean             can_edit;
} variable_fields[] = {
  { STRATA_VARIABLE_DISPLAY_NAME, "displayName", TRUE },
  { STRATA_VARIABLE_DESCRIPTION, "description", TRUE },
  { STRATA_VARIABLE_FORMAT, "format", FALSE },
  { STRATA_VARIABLE_INPUT_TYPE, "inputType", FALSE },
  { STRATA_VARIABLE_REGEX, "regex", TRUE },
  { STRATA_VARIABLE_EXTRA, "extra", FALSE },
};

/* Tags */

static gboolean
same_tag (StrataTag *a,
          StrataTag *b)
{
  return a == b || (a != NULL && b != NULL && strata_tag_equal (a, b));
}

static StrataTag *
merge_tag (StrataMergeWalk         *self,
           const StrataMergeThread *thread,
           GPtrArray              **rows)
{
  StrataTag *tags[STRATA_N_SIDES];
  char *texts[STRATA_N_SIDES];
  g_autofree char *path = g_strdup_printf ("tags.%s", thread->key);
  StrataMergeSpot spot = { .path = path };

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      tags[side] = strata_merge_thread_get (thread, rows, side);
      spot.texts[side] = texts[side] = tags[side] != NULL ? strata_tag_to_string (tags[side]) : NULL;
    }

  gboolean equal[] = {
    [BASE] = same_tag (tags[MINE], tags[THEIRS]),
    [MINE] = same_tag (tags[THEIRS], tags[BASE]),
    [THEIRS] = same_tag (tags[MINE], tags[BASE]),
  };
  StrataSide side = strata_merge_walk_choose (self, &spot, equal, NULL);

  for (guint i = 0; i < STRATA_N_SIDES; i++)
    g_free (texts[i]);

  return tags[side] != NULL ? g_object_ref (tags[side]) : NULL;
}

/* By key: two values of one key are two answers to one question. (transfer full) (element-type StrataTag) */
GPtrArray *
strata_merge_walk_tags (StrataMergeWalk *self,
                        GPtrArray      **rows)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GArray) threads = strata_merge_threads (rows, (StrataMergeKey) strata_tag_get_key);
  g_autoptr(GArray) order = strata_merge_walk_order (self, threads, NULL);

  for (guint i = 0; i < order->len; i++)
    {
      StrataTag *tag = merge_tag (self, &g_array_index (threads, StrataMergeThread, g_array_index (order, guint, i)), rows);

      if (tag != NULL)
        g_ptr_array_add (result, tag);
    }

  return result;
}

/* Variables */

static gboolean
is_sensitive (StrataVariable *variable)
{
  return variable != NULL && (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0;
}

/* What a person may see of a default: nothing where any side keeps it secret. */
static const char *
show_default (StrataVariable **sides,
              guint            side)
{
  const char *value = sides[side] != NULL ? strata_variable_get (sides[side], STRATA_VARIABLE_DEFAULT) : NULL;

  if (value == NULL || *value == '\0')
    return value;

  return is_sensitive (sides[BASE]) || is_sensitive (sides[MINE]) || is_sensitive (sides[THEIRS]) ? MASK : value;
}

static void
set (StrataVariable     **variable,
     StrataVariableField  field,
     const char          *value)
{
  StrataVariable *changed = strata_variable_with (*variable, field, value);

  g_object_unref (*variable);
  *variable = changed;
}

static void
merge_default (StrataMergeWalk  *self,
               StrataVariable  **result,
               StrataVariable  **sides,
               const char       *name)
{
  g_autofree char *path = g_strdup_printf ("variables.%s.defaultValue", name);
  StrataMergeSpot spot = { .path = path };
  const char *values[STRATA_N_SIDES];
  const char *own = NULL;

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      values[side] = strata_variable_get (sides[side], STRATA_VARIABLE_DEFAULT);
      spot.texts[side] = show_default (sides, side);
    }
  spot.can_edit = !is_sensitive (sides[BASE]) && !is_sensitive (sides[MINE]) && !is_sensitive (sides[THEIRS]);

  gboolean equal[] = {
    [BASE] = g_str_equal (values[MINE], values[THEIRS]),
    [MINE] = g_str_equal (values[THEIRS], values[BASE]),
    [THEIRS] = g_str_equal (values[MINE], values[BASE]),
  };
  StrataSide side = strata_merge_walk_choose (self, &spot, equal, &own);

  set (result, STRATA_VARIABLE_DEFAULT, side == STRATA_SIDE_OWN ? own : values[side]);
}

/* Flags and options, as a person reads them. Two that read alike may still be two. */
static char *
describe_rules (StrataVariable *variable)
{
  static const struct
  {
    StrataVariableFlags  flag;
    const char          *name;
  } flags[] = {
    { STRATA_VARIABLE_REQUIRED, "required" },
    { STRATA_VARIABLE_SENSITIVE, "sensitive" },
    { STRATA_VARIABLE_HIDDEN, "hidden" },
    { STRATA_VARIABLE_IMMUTABLE, "immutable" },
  };
  GPtrArray *options = strata_variable_get_options (variable);
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if ((strata_variable_get_flags (variable) & flags[i].flag) != 0)
      g_string_append_printf (text, "%s\n", flags[i].name);

  for (guint i = 0; i < options->len; i++)
    {
      StrataVariableOption *option = options->pdata[i];

      g_string_append_printf (text, "- %s%s%s%s%s%s\n", option->value, option->is_default ? " *" : "",
                              *option->label != '\0' ? ": " : "", option->label,
                              *option->description != '\0' ? ", " : "", option->description);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
same_rules (StrataVariable *a,
            StrataVariable *b)
{
  return strata_variable_get_flags (a) == strata_variable_get_flags (b) &&
         strata_list_equal (strata_variable_get_options (a), strata_variable_get_options (b),
                            (GEqualFunc) strata_variable_option_equal);
}

static void
merge_rules (StrataMergeWalk  *self,
             StrataVariable  **result,
             StrataVariable  **sides,
             const char       *name)
{
  g_autofree char *path = g_strdup_printf ("variables.%s.rules", name);
  g_autofree char *base = describe_rules (sides[BASE]);
  g_autofree char *mine = describe_rules (sides[MINE]);
  g_autofree char *theirs = describe_rules (sides[THEIRS]);
  StrataMergeSpot spot = { NULL, path, { base, mine, theirs }, FALSE };
  gboolean equal[] = {
    [BASE] = same_rules (sides[MINE], sides[THEIRS]),
    [MINE] = same_rules (sides[THEIRS], sides[BASE]),
    [THEIRS] = same_rules (sides[MINE], sides[BASE]),
  };
  StrataSide side = strata_merge_walk_choose (self, &spot, equal, NULL);
  g_autoptr(StrataVariable) flagged =
    strata_variable_with_flags (*result, strata_variable_get_flags (sides[side]));
  StrataVariable *changed = strata_variable_with_options (flagged, strata_variable_get_options (sides[side]));

  g_object_unref (*result);
  *result = changed;
}

static StrataVariable *
merge_variable (StrataMergeWalk *self,
                StrataVariable  *base,
                StrataVariable  *mine,
                StrataVariable  *theirs)
{
  const char *name = strata_variable_get_name (mine);
  g_autoptr(StrataVariable) nothing = strata_variable_new (name);
  StrataVariable *sides[] = { base != NULL ? base : nothing, mine, theirs };
  g_autoptr(StrataVariable) result = g_object_ref (mine);

  for (gsize i = 0; i < G_N_ELEMENTS (variable_fields); i++)
    {
      StrataVariableField field = variable_fields[i].field;
      g_autofree char *path = g_strdup_printf ("variables.%s.%s", name, variable_fields[i].name);

      set (&result, field,
           strata_merge_walk_text (self, NULL, path, strata_variable_get (sides[BASE], field),
                                   strata_variable_get (mine, field), strata_variable_get (theirs, field),
                                   variable_fields[i].can_edit));
    }
  merge_default (self, &result, sides, name);
  merge_rules (self, &result, sides, name);

  return strata_variable_equal (result, mine) ? g_object_ref (mine) : g_steal_pointer (&result);
}

static gboolean
same_variable (StrataVariable *a,
               StrataVariable *b)
{
  return a == b || (a != NULL && b != NULL && strata_variable_equal (a, b));
}

static StrataVariable *
merge_removed (StrataMergeWalk *self,
               StrataVariable **sides,
               const char      *name)
{
  g_autofree char *path = g_strdup_printf ("variables.%s", name);
  StrataMergeSpot spot = { .path = path };
  gboolean equal[] = {
    [BASE] = same_variable (sides[MINE], sides[THEIRS]),
    [MINE] = same_variable (sides[THEIRS], sides[BASE]),
    [THEIRS] = same_variable (sides[MINE], sides[BASE]),
  };

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    spot.texts[side] = show_default (sides, side);

  StrataSide side = strata_merge_walk_choose (self, &spot, equal, NULL);

  return sides[side] != NULL ? g_object_ref (sides[side]) : NULL;
}

/* By name, and of each what its fields are. (transfer full) (element-type StrataVariable) */
GPtrArray *
strata_merge_walk_variables (StrataMergeWalk *self,
                             GPtrArray      **rows)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GArray) threads = strata_merge_threads (rows, (StrataMergeKey) strata_variable_get_name);
  g_autoptr(GArray) order = strata_merge_walk_order (self, threads, NULL);

  for (guint i = 0; i < order->len; i++)
    {
      const StrataMergeThread *thread =
        &g_array_index (threads, StrataMergeThread, g_array_index (order, guint, i));
      StrataVariable *sides[STRATA_N_SIDES];

      for (guint side = 0; side < STRATA_N_SIDES; side++)
        sides[side] = strata_merge_thread_get (thread, rows, side);

      StrataVariable *variable = sides[MINE] != NULL && sides[THEIRS] != NULL
                                   ? merge_variable (self, sides[BASE], sides[MINE], sides[THEIRS])
                                   : merge_removed (self, sides, thread->key);

      if (variable != NULL)
        g_ptr_array_add (result, variable);
    }

  return result;
}
