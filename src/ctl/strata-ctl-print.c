/* strata-ctl-print.c - what stratactl says: tables, JSON, documents, warnings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-print.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-json.h"
#include "strata-palette.h"

#define GAP 2  /* spaces between two columns */

struct _StrataCtlTable
{
  GPtrArray *cells;      /* (owned) (element-type utf8): row by row, the headings first */
  guint      n_columns;
};

void
strata_ctl_print (const char *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_print ("%s", text);
}

void
strata_ctl_warn (const char *format,
                 ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_autofree char *shown = strata_ctl_show_text (text);

  g_printerr (_("stratactl: warning: %s\n"), shown);
}

void
strata_ctl_warn_masked (StrataProfile *profile)
{
  GPtrArray *variables = strata_profile_get_variables (profile);
  g_autoptr(GString) names = g_string_new (NULL);

  if (!strata_palette_has_masked (profile))
    return;

  for (guint i = 0; i < variables->len; i++)
    if ((strata_variable_get_flags (variables->pdata[i]) & STRATA_VARIABLE_SENSITIVE) != 0 &&
        *strata_variable_get (variables->pdata[i], STRATA_VARIABLE_DEFAULT) != '\0')
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              strata_variable_get_name (variables->pdata[i]));

  /* Translators: names of variables */
  strata_ctl_warn (
    _("the defaults of sensitive variables are masked, enter them again after the import: %s"),
       names->str);
}

static gboolean
print_node (JsonNode *node,
            GError  **error)
{
  g_autofree char *text = strata_json_to_text (node, TRUE);

  return strata_ctl_write (text, strlen (text), error) && strata_ctl_write ("\n", 1, error);
}

gboolean
strata_ctl_print_object (JsonObject *object,
                         GError    **error)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return print_node (node, error);
}

gboolean
strata_ctl_print_list (JsonArray *list,
                       GError   **error)
{
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), list);

  return print_node (node, error);
}

static void
add_row (StrataCtlTable *self,
         const char     *first,
         va_list         others)
{
  for (const char *cell = first; cell != NULL; cell = va_arg (others, const char *))
    g_ptr_array_add (self->cells, strata_ctl_show_text (cell));
}

StrataCtlTable *
strata_ctl_table_new (const char *first,
                      ...)
{
  StrataCtlTable *self = g_new0 (StrataCtlTable, 1);
  va_list others;

  self->cells = g_ptr_array_new_with_free_func (g_free);
  va_start (others, first);
  add_row (self, first, others);
  va_end (others);
  self->n_columns = self->cells->len;

  return self;
}

void
strata_ctl_table_add (StrataCtlTable *self,
                      const char     *first,
                      ...)
{
  va_list others;

  va_start (others, first);
  add_row (self, first, others);
  va_end (others);

  g_assert (self->cells->len % self->n_columns == 0);
}

/* In columns of a terminal. */
guint
strata_ctl_measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

static guint
measure_column (StrataCtlTable *self,
                guint           column)
{
  guint width = 0;

  for (guint i = column; i < self->cells->len; i += self->n_columns)
    width = MAX (width, strata_ctl_measure (self->cells->pdata[i]));

  return width;
}

void
strata_ctl_table_print (StrataCtlTable *self)
{
  g_autofree guint *widths = g_new (guint, self->n_columns);

  for (guint i = 0; i < self->n_columns; i++)
    widths[i] = measure_column (self, i);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const char *cell = self->cells->pdata[i];
      guint column = i % self->n_columns;
      gboolean is_last = column == self->n_columns - 1;

      strata_ctl_print ("%s%*s%s", cell,
                        is_last ? 0 : (int) (widths[column] - strata_ctl_measure (cell) + GAP), "",
                        is_last ? "\n" : "");
    }
}

void
strata_ctl_table_free (StrataCtlTable *self)
{
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self);
}

/* On one line, and without what could drive the terminal: texts come from strangers. */
char *
strata_ctl_show_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *shown = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

      if (c == '\n' || c == '\t')
        g_string_append_c (shown, ' ');
      else if (g_unichar_iscntrl (c) || turns)
        g_string_append_printf (shown, "\\u%04x", c);
      else
        g_string_append_unichar (shown, c);
    }

  return g_string_free (shown, FALSE);
}

/* For a person: here, to the minute. */
char *
strata_ctl_show_time (gint64 time)
{
  g_autoptr(GDateTime) local = g_date_time_new_from_unix_local (time);

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/* For a program: RFC 3339, UTC. */
char *
strata_ctl_format_time (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time);

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

static const struct
{
  const char *json;
  const char *shown;
} states[] = {
  [STRATA_STATE_ONLY_HERE] = { "only-here", N_("only here") },
  [STRATA_STATE_UNPUBLISHED] = { "unpublished", N_("unpublished changes") },
  [STRATA_STATE_PUBLISHED] = { "published", N_("published") },
  [STRATA_STATE_BEHIND] = { "behind", N_("behind the console") },
  [STRATA_STATE_CONFLICT] = { "conflict", N_("conflict") },
  [STRATA_STATE_DAMAGED] = { "damaged", N_("damaged") },
};

/* The word for it in JSON, which is the same in every language. */
const char *
strata_ctl_state_to_string (StrataState state)
{
  return states[state].json;
}

/* The word for a person. */
const char *
strata_ctl_show_state (StrataEntry *entry)
{
  StrataState state = strata_entry_get_state (entry);

  if (strata_entry_get_is_away (entry))
    return state == STRATA_STATE_PUBLISHED ? _("only at the console, published") : _("only at the console, draft");

  if (state == STRATA_STATE_UNPUBLISHED && !strata_entry_get_is_changed (entry))
    return _("draft at the console");

  return _(states[state].shown);
}
