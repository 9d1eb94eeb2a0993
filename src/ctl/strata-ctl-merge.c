/* strata-ctl-merge.c - what came of a merge, printed: each conflict with its place and what each side has there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-merge.h"

#include <glib/gi18n.h>

#include "strata-ctl-print.h"

static const char *const sides[STRATA_N_SIDES] = {
  [STRATA_SIDE_BASE] = N_("base"),
  [STRATA_SIDE_MINE] = N_("mine"),
  [STRATA_SIDE_THEIRS] = N_("theirs"),
};

static const char *const json_sides[] = {
  [STRATA_SIDE_BASE] = "base", [STRATA_SIDE_MINE] = "mine", [STRATA_SIDE_THEIRS] = "theirs",
  [STRATA_SIDE_OWN] = "own",   [STRATA_SIDE_BOTH] = "both", [STRATA_SIDE_NONE] = "none",
};

/* "web · values.yaml · a.b" */
static char *
describe_place (const StrataConflict *conflict)
{
  const char *parts[] = { conflict->layer, conflict->document, conflict->path };
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *shown = parts[i] != NULL ? strata_ctl_show_text (parts[i]) : NULL;

      if (shown != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", shown);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_side (const StrataConflict *conflict,
            guint                 side)
{
  g_auto(GStrv) lines = g_strsplit (conflict->texts[side] != NULL ? conflict->texts[side] : "", "\n", -1);

  if (conflict->texts[side] == NULL)
    strata_ctl_print ("  %s: %s\n", _(sides[side]), _("not there"));
  else if (conflict->lines[side] > 0)
    strata_ctl_print (_("  %s, from line %u:\n"), _(sides[side]), conflict->lines[side]);
  else
    strata_ctl_print ("  %s:\n", _(sides[side]));

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *shown = strata_ctl_show_text (lines[i]);

      if (*shown != '\0' || lines[i + 1] != NULL)
        strata_ctl_print ("      %s\n", shown);
    }
}

void
strata_ctl_merge_print (StrataMerge *merge)
{
  static const guint order[] = { STRATA_SIDE_MINE, STRATA_SIDE_BASE, STRATA_SIDE_THEIRS };
  GPtrArray *conflicts = strata_merge_get_conflicts (merge);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const StrataConflict *conflict = conflicts->pdata[i];
      g_autofree char *place = describe_place (conflict);

      strata_ctl_print ("%s\n", place);
      for (gsize k = 0; k < G_N_ELEMENTS (order); k++)
        print_side (conflict, order[k]);
    }
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, member, valid);
}

static JsonObject *
describe (const StrataConflict *conflict)
{
  JsonObject *object = json_object_new ();

  set_text (object, "layer", conflict->layer);
  set_text (object, "document", conflict->document);
  set_text (object, "path", conflict->path);
  json_object_set_string_member (object, "decision", json_sides[conflict->decision]);
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      g_autofree char *line = g_strconcat (json_sides[side], "-line", NULL);

      set_text (object, json_sides[side], conflict->texts[side]);
      if (conflict->lines[side] > 0)
        json_object_set_int_member (object, line, conflict->lines[side]);
    }

  return object;
}

static JsonArray *
describe_all (GPtrArray *conflicts)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < conflicts->len; i++)
    json_array_add_object_element (list, describe (conflicts->pdata[i]));

  return list;
}

gboolean
strata_ctl_merge_print_json (StrataMerge  *merge,
                             GError      **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_array_member (object, "conflicts", describe_all (strata_merge_get_conflicts (merge)));
  json_object_set_array_member (object, "merged", describe_all (strata_merge_get_merged (merge)));

  return strata_ctl_print_object (object, error);
}
