/* strata-ctl-diff.c - what is different between two profiles, printed: by layer, by path, by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-diff.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-diff.h"

#define MAX_VALUE 60  /* characters of a value that stand in one line */

static const struct
{
  const char *json;
  char        sign;
} kinds[] = {
  [STRATA_CHANGE_ADDED] = { "added", '+' },
  [STRATA_CHANGE_REMOVED] = { "removed", '-' },
  [STRATA_CHANGE_CHANGED] = { "changed", '~' },
  [STRATA_CHANGE_MOVED] = { "moved", '>' },
  [STRATA_CHANGE_RENAMED] = { "renamed", '=' },
};

static char *
show_value (const char *value)
{
  g_autofree char *shown = strata_ctl_show_text (value);

  if (g_utf8_strlen (shown, -1) <= MAX_VALUE)
    return g_steal_pointer (&shown);

  g_autofree char *start = g_utf8_substring (shown, 0, MAX_VALUE - 1);

  return g_strconcat (start, "…", NULL);
}

/* "before → after", or the one that there is. */
static char *
show_values (const StrataChange *change)
{
  g_autofree char *before = change->old_value != NULL ? show_value (change->old_value) : NULL;
  g_autofree char *after = change->new_value != NULL ? show_value (change->new_value) : NULL;

  if (before != NULL && after != NULL)
    return g_strdup_printf (": %s → %s", before, after);

  if (before == NULL && after == NULL)
    return g_strdup ("");

  return g_strconcat (": ", before != NULL ? before : after, NULL);
}

static void
print_lines (const StrataChange *document)
{
  g_autofree char *unified = strata_diff_unified (document->old_value, document->new_value,
                                                  document->document, document->document);
  g_auto(GStrv) lines = g_strsplit (unified, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *shown = strata_ctl_show_text (lines[i]);

      if (lines[i + 1] != NULL || *shown != '\0')
        strata_ctl_print ("      %s\n", shown);
    }
}

static void
print_change (const StrataChange *change)
{
  g_autofree char *values = change->hunks == NULL ? show_values (change) : g_strdup ("");
  g_autofree char *what = strata_ctl_show_text (change->path != NULL       ? change->path
                                                : change->document != NULL ? change->document
                                                                           : "");
  gboolean is_inside = change->document != NULL && change->path != NULL;

  /* A layer as a whole, with its version, or with its positions when it was moved, its names when it was renamed. */
  if (change->document == NULL && change->path == NULL)
    strata_ctl_print ("  %c %s%s\n", kinds[change->kind].sign,
                      change->kind == STRATA_CHANGE_MOVED     ? _("position")
                      : change->kind == STRATA_CHANGE_RENAMED ? _("name")
                                                              : _("layer"),
                      values);
  else
    strata_ctl_print ("  %s%c %s%s\n", is_inside ? "  " : "", kinds[change->kind].sign, what,
                      values);
}

static gboolean
is_part_of (const StrataChange *change,
            const StrataChange *document)
{
  return document != NULL && change->path != NULL &&
         g_strcmp0 (change->layer, document->layer) == 0 &&
         g_strcmp0 (change->document, document->document) == 0;
}

static void
print_heading (const StrataChange *change,
               const StrataChange *before)
{
  if (before != NULL && g_strcmp0 (before->layer, change->layer) == 0)
    return;

  g_autofree char *layer = strata_ctl_show_text (change->layer != NULL ? change->layer : "");

  if (change->layer == NULL)
    strata_ctl_print ("%s\n", _("Profile"));
  else
    strata_ctl_print (_("Layer %s\n"), layer);
}

void
strata_ctl_diff_print (StrataProfile *old_profile,
                       StrataProfile *new_profile)
{
  g_autoptr(GPtrArray) changes = strata_diff_profiles (old_profile, new_profile);
  const StrataChange *document = NULL; /* whose lines follow when its paths are done */

  for (guint i = 0; i < changes->len; i++)
    {
      const StrataChange *change = changes->pdata[i];

      if (document != NULL && !is_part_of (change, document))
        print_lines (g_steal_pointer (&document));

      print_heading (change, i > 0 ? changes->pdata[i - 1] : NULL);
      print_change (change);

      if (change->hunks != NULL)
        document = change;
    }

  if (document != NULL)
    print_lines (document);
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

/* Lines count from 1, as in the unified format. */
static JsonArray *
describe_hunks (GArray *hunks)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < hunks->len; i++)
    {
      const StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "old-line", hunk->old_start + 1);
      json_object_set_int_member (object, "old-count", hunk->old_count);
      json_object_set_int_member (object, "new-line", hunk->new_start + 1);
      json_object_set_int_member (object, "new-count", hunk->new_count);
      json_array_add_object_element (list, object);
    }

  return list;
}

static JsonObject *
describe_change (const StrataChange *change)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "change", kinds[change->kind].json);
  set_text (object, "layer", change->layer);
  set_text (object, "document", change->document);
  set_text (object, "path", change->path);
  set_text (object, "old", change->old_value);
  set_text (object, "new", change->new_value);
  if (change->hunks != NULL)
    json_object_set_array_member (object, "hunks", describe_hunks (change->hunks));

  return object;
}

gboolean
strata_ctl_diff_print_json (StrataProfile *old_profile,
                            StrataProfile *new_profile,
                            GError       **error)
{
  g_autoptr(GPtrArray) changes = strata_diff_profiles (old_profile, new_profile);
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < changes->len; i++)
    json_array_add_object_element (list, describe_change (changes->pdata[i]));

  return strata_ctl_print_list (list, error);
}
