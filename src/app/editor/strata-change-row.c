/* strata-change-row.c - one change between two profiles, with its lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-change-row"

#include "strata-change-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-editing.h"

#define MAX_LINES 200   /* of one change */
#define MAX_CHARS 400   /* of one line */
#define MAX_VALUE 60    /* characters of a value in a row */

const char *
strata_change_row_get_icon (StrataChangeKind kind)
{
  switch (kind)
    {
    case STRATA_CHANGE_ADDED:
      return "list-add-symbolic";

    case STRATA_CHANGE_REMOVED:
      return "list-remove-symbolic";

    case STRATA_CHANGE_MOVED:
      return "view-sort-descending-symbolic";

    case STRATA_CHANGE_RENAMED:
      return "insert-text-symbolic";

    case STRATA_CHANGE_CHANGED:
    default:
      return "document-edit-symbolic";
    }
}

static const char *
get_word (StrataChangeKind kind)
{
  switch (kind)
    {
    case STRATA_CHANGE_ADDED:
      return _("Added");

    case STRATA_CHANGE_REMOVED:
      return _("Removed");

    case STRATA_CHANGE_MOVED:
      return _("Moved");

    case STRATA_CHANGE_RENAMED:
      return _("Renamed");

    case STRATA_CHANGE_CHANGED:
    default:
      return _("Changed");
    }
}

/* Both counts, or the one there is. */
static char *
describe_counts (guint n_added,
                 guint n_removed)
{
  g_autofree char *added = g_strdup_printf (ngettext ("%u line added", "%u lines added", n_added), n_added);
  g_autofree char *removed = g_strdup_printf (ngettext ("%u line removed", "%u lines removed", n_removed), n_removed);

  if (n_removed == 0)
    return g_steal_pointer (&added);
  if (n_added == 0)
    return g_steal_pointer (&removed);

  return g_strdup_printf ("%s, %s", added, removed);
}

static char *
describe_hunks (GArray *hunks)
{
  guint n_added = 0, n_removed = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      const StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);

      n_added += hunk->new_count;
      n_removed += hunk->old_count;
    }

  return describe_counts (n_added, n_removed);
}

/* The first line of a value, and not all of a long one. */
static void
append_value (GString    *text,
              const char *before,
              const char *value)
{
  g_auto(GStrv) lines = g_strsplit (value, "\n", 2);
  const char *line = lines[0] != NULL ? lines[0] : "";
  gboolean whole = g_str_equal (line, value) && g_utf8_strlen (line, -1) <= MAX_VALUE;
  g_autofree char *start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_VALUE));

  g_string_append_printf (text, "%s%s%s", before, start, whole ? "" : "…");
}

/* "Changed · values.yaml · 1 → 3" (transfer full) */
char *
strata_change_row_describe (const StrataChange *change)
{
  g_autoptr(GString) text = g_string_new (get_word (change->kind));
  const char *separator = " · ";

  if (change->hunks != NULL)
    {
      g_autofree char *lines = describe_hunks (change->hunks);

      return g_strconcat (text->str, separator, lines, NULL);
    }

  if (change->document != NULL && change->path != NULL)
    g_string_append_printf (text, " · %s", change->document);

  if (change->old_value != NULL)
    {
      append_value (text, separator, change->old_value);
      separator = " → ";
    }

  if (change->new_value != NULL)
    append_value (text, separator, change->new_value);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
strata_change_row_get_title (const StrataChange *change)
{
  if (change->path != NULL)
    return change->path;

  if (change->document != NULL)
    return change->document;

  return change->layer != NULL ? change->layer : _("The profile itself");
}

static char **
get_lines (StrataProfile *profile,
           const char    *layer_name,
           const char    *document)
{
  StrataLayer *layer = strata_profile_find_layer (profile, layer_name, NULL);
  StrataManifest *manifest = NULL;

  if (layer == NULL)
    return g_strsplit ("", "\n", -1);

  if (g_str_equal (document, STRATA_VALUES_DOCUMENT))
    return g_strsplit (strata_layer_get_text (layer), "\n", -1);

  manifest = strata_layer_find_manifest (layer, document, NULL);

  return g_strsplit (manifest != NULL ? strata_manifest_get_text (manifest) : "", "\n", -1);
}

static GtkWidget *
make_line (const char *sign,
           const char *line,
           const char *css_class)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  g_autofree char *text = g_strdup_printf (
    "%s %.*s", sign,
    (int) (g_utf8_offset_to_pointer (valid, MIN (g_utf8_strlen (valid, -1), MAX_CHARS)) - valid),
    valid);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE, NULL);

  gtk_widget_add_css_class (label, "code");
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static guint
add_lines (GtkWidget  *box,
           char      **lines,
           guint       start,
           guint       count,
           const char *sign,
           const char *css_class,
           guint       room)
{
  guint n_lines = g_strv_length (lines);
  guint n = 0;

  for (; n < MIN (count, room) && start + n < n_lines; n++)
    gtk_box_append (GTK_BOX (box), make_line (sign, lines[start + n], css_class));

  return n;
}

static GtkWidget *
make_lines (const StrataChange *change,
            StrataProfile      *old_profile,
            StrataProfile      *new_profile)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto(GStrv) old_lines = get_lines (old_profile, change->layer, change->document);
  g_auto(GStrv) new_lines = get_lines (new_profile, change->layer, change->document);
  guint room = MAX_LINES;

  gtk_widget_add_css_class (box, "change-lines");

  for (guint i = 0; i < change->hunks->len && room > 0; i++)
    {
      StrataHunk *hunk = &g_array_index (change->hunks, StrataHunk, i);

      room -= add_lines (box, old_lines, hunk->old_start, hunk->old_count, "−", "removed", room);
      room -= add_lines (box, new_lines, hunk->new_start, hunk->new_count, "+", "added", room);
    }

  return box;
}

/* Lines are made when they are asked for: a profile can differ in all of them. */
static void
expanded_cb (AdwExpanderRow *row)
{
  const StrataChange *change = g_object_get_data (G_OBJECT (row), "change");
  StrataProfile *old_profile = g_object_get_data (G_OBJECT (row), "old");
  StrataProfile *new_profile = g_object_get_data (G_OBJECT (row), "new");

  if (!adw_expander_row_get_expanded (row) || change == NULL)
    return;

  adw_expander_row_add_row (row, make_lines (change, old_profile, new_profile));
  g_object_set_data (G_OBJECT (row), "change", NULL);
}

/* Keeps both profiles; @change as long as the row lives. */
GtkWidget *
strata_change_row_new (const StrataChange *change,
                       StrataProfile      *old_profile,
                       StrataProfile      *new_profile)
{
  gboolean has_lines = change->hunks != NULL && change->hunks->len > 0 && change->layer != NULL &&
                       change->document != NULL;
  g_autofree char *subtitle = strata_change_row_describe (change);
  GtkWidget *row =
    g_object_new (has_lines ? ADW_TYPE_EXPANDER_ROW : ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (strata_change_row_get_icon (change->kind));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), strata_change_row_get_title (change));
  g_object_set (row, "subtitle", subtitle, NULL);

  if (!has_lines)
    {
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
      return row;
    }

  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), icon);
  g_object_set_data (G_OBJECT (row), "change", (gpointer) change);
  g_object_set_data_full (G_OBJECT (row), "old", g_object_ref (old_profile), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "new", g_object_ref (new_profile), g_object_unref);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), NULL);

  return row;
}

/* How many things changed, as a person counts: a document that is there with its paths is no thing of its own. */
guint
strata_change_row_count (GPtrArray *changes)
{
  guint n_changes = changes->len;

  for (guint i = 0; i + 1 < changes->len; i++)
    {
      const StrataChange *whole = g_ptr_array_index (changes, i);
      const StrataChange *next = g_ptr_array_index (changes, i + 1);

      if (whole->hunks != NULL && next->hunks == NULL && next->path != NULL &&
          g_strcmp0 (whole->layer, next->layer) == 0 &&
          g_strcmp0 (whole->document, next->document) == 0)
        n_changes--;
    }

  return n_changes;
}
