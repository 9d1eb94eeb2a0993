/* strata-conflict-text.c - a conflict in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-conflict-text"

#include "strata-conflict-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define VALUES "values.yaml"
#define MAX_LINES 30   /* of a cell; what is beyond is counted */
#define MAX_CHARS 200  /* of a line */
#define MAX_UNWRAPPED 22  /* bytes of a line that has room in the narrowest column */

/* The name of a side as it stands over its column. */
const char *
strata_conflict_text_side (StrataSide side)
{
  switch (side)
    {
    case STRATA_SIDE_BASE:
      return _("Base");
    case STRATA_SIDE_MINE:
      return _("Mine");
    case STRATA_SIDE_THEIRS:
      return _("Theirs");
    case STRATA_SIDE_OWN:
    case STRATA_SIDE_BOTH:
    case STRATA_SIDE_NONE:
    default:
      return _("Result");
    }
}

/* Where it is, without the layer: "relay.yaml › spec.image". (transfer full) */
char *
strata_conflict_text_place (const StrataConflict *conflict)
{
  gboolean is_values = g_strcmp0 (conflict->document, VALUES) == 0;

  if (conflict->path == NULL && conflict->document == NULL)
    return g_strdup (_("Whole layer"));
  if (conflict->path == NULL)
    return g_strdup (conflict->document);
  if (conflict->layer == NULL && g_str_equal (conflict->path, "layers"))
    return g_strdup (_("Order of the layers"));
  if (conflict->document == NULL && g_str_equal (conflict->path, "manifests"))
    return g_strdup (_("Order of the manifests"));
  if (conflict->document == NULL || is_values)
    return g_strdup (conflict->path);

  return g_strdup_printf ("%s › %s", conflict->document, conflict->path);
}

static gsize
count_indent (const char *line)
{
  gsize n = strspn (line, " ");

  return line[n] == '\0' ? G_MAXSIZE : n;
}

/* The lines as far as a cell shows them, moved to the left as far as all of them go. */
static char *
show_lines (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto(GStrv) lines = g_strsplit (valid, "\n", -1);
  g_autoptr(GString) shown = g_string_new (NULL);
  gsize indent = G_MAXSIZE;
  guint n = g_strv_length (lines);

  while (n > 0 && *lines[n - 1] == '\0')
    n--;
  for (guint i = 0; i < n; i++)
    indent = MIN (indent, count_indent (lines[i]));

  for (guint i = 0; i < MIN (n, MAX_LINES); i++)
    {
      const char *line = lines[i] + MIN (indent, strlen (lines[i]));
      glong length = g_utf8_strlen (line, -1);

      g_string_append_printf (shown, "%s%.*s%s", i > 0 ? "\n" : "",
                              (int) (g_utf8_offset_to_pointer (line, MIN (length, MAX_CHARS)) - line), line,
                              length > MAX_CHARS ? "…" : "");
    }
  if (n > MAX_LINES)
    g_string_append_printf (shown, ngettext ("\n… and %u more line", "\n… and %u more lines", n - MAX_LINES),
                            n - MAX_LINES);

  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static const char *
describe_layer (const StrataConflict *conflict,
                StrataSide            side)
{
  if (conflict->texts[side] == NULL)
    return _("Layer removed");
  if (side == STRATA_SIDE_BASE)
    return *conflict->texts[side] != '\0' ? conflict->texts[side] : _("As it was");

  return side == STRATA_SIDE_MINE ? _("Keep, with my changes") : _("Keep, with their changes");
}

/* What a side has. (transfer full) */
char *
strata_conflict_text_cell (const StrataConflict *conflict,
                           StrataSide            side)
{
  const char *text = conflict->texts[side];

  if (conflict->layer != NULL && conflict->path == NULL && conflict->document == NULL)
    return g_strdup (describe_layer (conflict, side));
  if (text == NULL)
    return g_strdup (_("Not there"));
  if (*text == '\0')
    return g_strdup (_("Nothing"));

  return show_lines (text);
}

/* What is decided, below the path. (transfer full) */
char *
strata_conflict_text_decision (const StrataConflict *conflict)
{
  switch (conflict->decision)
    {
    case STRATA_SIDE_MINE:
      return g_strdup (_("Chosen: mine"));
    case STRATA_SIDE_BASE:
      return g_strdup (_("Chosen: base"));
    case STRATA_SIDE_THEIRS:
      return g_strdup (_("Chosen: theirs"));
    case STRATA_SIDE_OWN:
      return g_strdup (_("Chosen: the result"));
    case STRATA_SIDE_BOTH:
    case STRATA_SIDE_NONE:
    default:
      return g_strdup (conflict->proposal != NULL ? _("Mine and theirs, to confirm") : _("Not decided yet"));
    }
}

/* Shows @text in @label. A label that may wrap is laid out as narrow as can be, letter by letter, each time it is measured:
 * only those that may have to are told to.
 */
void
strata_conflict_text_set (GtkLabel   *label,
                          const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_long = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    is_long = is_long || strlen (lines[i]) > MAX_UNWRAPPED;

  gtk_label_set_wrap (label, is_long);
  gtk_label_set_label (label, text);
}
