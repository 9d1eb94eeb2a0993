/* strata-console-sensitive.c - the values that were sent and that nobody is to see, whatever a console says of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-sensitive.h"

#include <string.h>

#include "strata-json.h"
#include "strata-palette.h"

#define MAX_TEXTS 4096  /* of the values that are sent last; a profile has a few */
#define MIN_INSIDE 4    /* letters of what is looked for inside of words, too: a shorter one is in every sentence */
#define MIN_LINE 8      /* letters of a line that says something by itself */
#define REDACTED "[REDACTED]"

struct _StrataConsoleSensitive
{
  GPtrArray  *texts;  /* (owned) (not nullable) of text, in the order in which they came */
  GHashTable *known;  /* (owned) (not nullable) set of the same texts, unowned */
};

/* What is in memory of a secret does not stay there. */
static void
wipe (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

StrataConsoleSensitive *
strata_console_sensitive_new (void)
{
  StrataConsoleSensitive *self = g_new0 (StrataConsoleSensitive, 1);

  self->texts = g_ptr_array_new_with_free_func (wipe);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
strata_console_sensitive_free (StrataConsoleSensitive *self)
{
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

static void
add (StrataConsoleSensitive *self,
     const char             *text)
{
  if (*text == '\0' || g_hash_table_contains (self->known, text))
    return;

  if (self->texts->len == MAX_TEXTS)
    {
      g_hash_table_remove (self->known, self->texts->pdata[0]);
      g_ptr_array_remove_index (self->texts, 0);
    }

  char *kept = g_strdup (text);

  g_ptr_array_add (self->texts, kept);
  g_hash_table_add (self->known, kept);
}

/* As it is, as JSON writes it, and its lines: a console quotes what it does not understand in any of these ways. */
static void
add_value (StrataConsoleSensitive *self,
           const char             *value)
{
  g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), value);
  g_autofree char *escaped = json_to_string (node, FALSE);
  gsize size = strlen (escaped);
  g_auto(GStrv) lines = g_strsplit (value, "\n", -1);

  if (g_str_equal (value, STRATA_PALETTE_MASK))
    return;

  add (self, value);
  escaped[size - 1] = '\0';
  add (self, escaped + 1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (g_strstrip (lines[i])) >= MIN_LINE)
      add (self, lines[i]);
}

/**
 * strata_console_sensitive_note:
 * @self: the values
 * @body: what is sent
 *
 * Notes the values of the variables in @body that are sensitive.
 */
void
strata_console_sensitive_note (StrataConsoleSensitive *self,
                               JsonNode               *body)
{
  if (JSON_NODE_HOLDS_ARRAY (body))
    {
      JsonArray *list = json_node_get_array (body);

      for (guint i = 0; i < json_array_get_length (list); i++)
        strata_console_sensitive_note (self, json_array_get_element (list, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (body))
    {
      JsonObject *object = json_node_get_object (body);
      JsonObjectIter iter;
      JsonNode *member;

      if (strata_json_get_bool (object, "isSensitive"))
        {
          add_value (self, strata_json_get_string (object, "defaultValue"));
          add_value (self, strata_json_get_string (object, "value"));
        }

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, NULL, &member))
        strata_console_sensitive_note (self, member);
    }
}

/* Whether the letter at @place belongs to a word; there may be none. */
static gboolean
is_in_word (const char *text,
            const char *place)
{
  return place >= text && *place != '\0' && ((*place & 0x80) != 0 || g_ascii_isalnum (*place));
}

/* Replaces @secret in @shown; a short one only where it stands for itself, or nothing could be read any more. */
static void
replace (GString    *shown,
         const char *secret)
{
  gsize size = strlen (secret);
  gboolean is_short = size < MIN_INSIDE;
  gsize at = 0;

  for (;;)
    {
      const char *found = strstr (shown->str + at, secret);

      if (found == NULL)
        return;

      at = (gsize) (found - shown->str);
      if (is_short && (is_in_word (shown->str, found - 1) || is_in_word (shown->str, found + size)))
        {
          at += size;
          continue;
        }

      g_string_erase (shown, (gssize) at, (gssize) size);
      g_string_insert (shown, (gssize) at, REDACTED);
      at += strlen (REDACTED);
    }
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  gsize one = strlen (*(const char *const *) a);
  gsize other = strlen (*(const char *const *) b);

  return one < other ? 1 : one > other ? -1 : 0;
}

/**
 * strata_console_sensitive_redact:
 * @self: the values
 * @text: what a console said, as text and not as JSON
 *
 * Returns: (transfer full): @text without the values that were noted; the longest first, as one may be a part of another
 */
char *
strata_console_sensitive_redact (StrataConsoleSensitive *self,
                                 const char             *text)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_copy (self->texts, NULL, NULL);
  GString *shown = g_string_new (text);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_sizes);
  for (guint i = 0; i < sorted->len; i++)
    replace (shown, sorted->pdata[i]);

  return g_string_free (shown, FALSE);
}
