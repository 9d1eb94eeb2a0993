/* strata-outline.c - what is in the texts of a profile, to go to: layers, documents, objects, first keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By lines, so that it holds also while a text is no YAML.
 */

#define G_LOG_DOMAIN "strata-outline"

#include "strata-outline.h"

#include <string.h>

#include "strata-cursor-line.h"

#define VALUES "values.yaml"
#define MAX_ENTRIES 20000

/* A text while it is looked through, and the object that its lines are in. */
typedef struct
{
  GPtrArray  *entries;  /* (element-type StrataOutlineEntry) */
  guint       position;
  const char *document;
  guint       line;
  guint       object_line;  /* 0 as long as nothing but comments was seen of it */
  char       *kind;         /* (owned) (nullable) */
  char       *name;         /* (owned) (nullable) */
  gboolean    in_metadata;
  guint       name_column;  /* of the keys of metadata */
} Reader;

/**
 * strata_outline_entry_free:
 * @entry: (transfer full): an entry
 *
 * Frees it.
 */
void
strata_outline_entry_free (StrataOutlineEntry *entry)
{
  g_free (entry->title);
  g_free (entry->document);
  g_free (entry);
}

static void
add (Reader            *self,
     StrataOutlineKind  kind,
     const char        *title,
     guint              line)
{
  if (self->entries->len >= MAX_ENTRIES)
    return;

  StrataOutlineEntry *entry = g_new0 (StrataOutlineEntry, 1);

  entry->kind = kind;
  entry->title = g_utf8_make_valid (title, -1);
  entry->position = self->position;
  entry->document = g_strdup (self->document);
  entry->line = line;
  g_ptr_array_add (self->entries, entry);
}

static char *
dup_value (const StrataCursorLine *line)
{
  const char *value = line->start + line->value;
  gsize length = line->value_end - line->value;

  if (length >= 2 && (*value == '"' || *value == '\'') && value[length - 1] == *value)
    return g_strndup (value + 1, length - 2);

  return g_strndup (value, length);
}

static gboolean
is_key (const StrataCursorLine *line,
        const char             *name)
{
  return line->key_length == strlen (name) && strncmp (line->start + line->key_start, name, line->key_length) == 0;
}

static void
end_object (Reader *self)
{
  if (self->kind != NULL)
    {
      g_autofree char *title =
        g_strdup_printf ("%s%s%s", self->kind, self->name != NULL ? " " : "", self->name != NULL ? self->name : "");

      add (self, STRATA_OUTLINE_OBJECT, title, MAX (self->object_line, 1));
    }

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->name, g_free);
  self->object_line = 0;
  self->in_metadata = FALSE;
}

static void
read_manifest_line (Reader                 *self,
                    const StrataCursorLine *line)
{
  if (strata_cursor_line_is_break (line))
    {
      end_object (self);
      return;
    }

  if (line->is_blank || !line->has_key)
    return;

  if (self->object_line == 0)
    self->object_line = self->line;

  if (line->content == 0)
    {
      self->in_metadata = is_key (line, "metadata");
      self->name_column = 0;

      if (is_key (line, "kind") && self->kind == NULL)
        self->kind = dup_value (line);
    }
  else if (self->in_metadata && line->n_dashes == 0)
    {
      if (self->name_column == 0)
        self->name_column = line->content;

      if (line->content == self->name_column && is_key (line, "name") && self->name == NULL)
        self->name = dup_value (line);
    }
}

/* Keys at the top, and those below `charts:` and `manifests:`, each of which is a text of its own in truth. */
static void
read_values_line (Reader                 *self,
                  const StrataCursorLine *line)
{
  g_autofree char *name = NULL;

  if (line->is_blank || !line->has_key || line->n_dashes > 0)
    return;

  name = g_strndup (line->start + line->key_start, line->key_length);

  if (line->content == 0)
    {
      add (self, STRATA_OUTLINE_KEY, name, self->line);
      g_free (self->name);
      self->name = g_str_equal (name, "charts") || g_str_equal (name, "manifests") ? g_strdup (name) : NULL;
      self->name_column = 0;
    }
  else if (self->name != NULL)
    {
      g_autofree char *title = g_strdup_printf ("%s.%s", self->name, name);

      if (self->name_column == 0)
        self->name_column = line->content;
      if (line->content == self->name_column)
        add (self, STRATA_OUTLINE_KEY, title, self->line);
    }
}

static void
read_text (Reader     *self,
           const char *text,
           gboolean    is_values)
{
  self->line = 0;

  for (const char *start = text; *start != '\0';)
    {
      StrataCursorLine line;
      gsize length = strcspn (start, "\n");

      self->line++;
      strata_cursor_line_read (&line, start, length);

      if (is_values)
        read_values_line (self, &line);
      else
        read_manifest_line (self, &line);

      start += length + (start[length] == '\n');
    }

  if (is_values)
    g_clear_pointer (&self->name, g_free);
  else
    end_object (self);
}

static void
read_document (Reader     *self,
               const char *document,
               const char *text)
{
  self->document = document;
  add (self, STRATA_OUTLINE_DOCUMENT, document, 1);
  read_text (self, text, g_str_equal (document, VALUES));
}

static void
read_layer (Reader      *self,
            StrataLayer *layer)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  gboolean has_values = strata_blob_get_size (strata_layer_get_values (layer)) > 0 || manifests->len == 0;

  self->document =
    has_values ? VALUES : strata_manifest_get_name (g_ptr_array_index (manifests, 0));
  add (self, STRATA_OUTLINE_LAYER, strata_layer_get_name (layer), 1);

  if (has_values)
    read_document (self, VALUES, strata_layer_get_text (layer));

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      read_document (self, strata_manifest_get_name (manifest), strata_manifest_get_text (manifest));
    }
}

/**
 * strata_outline_read:
 * @profile: a profile
 *
 * Any thread; takes a time in proportion to the texts.
 *
 * Returns: (transfer full) (element-type StrataOutlineEntry): layers from the top, each followed by its documents with what is
 *   in them; at most 20,000
 */
GPtrArray *
strata_outline_read (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  Reader reader = {
    .entries = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_outline_entry_free),
  };

  for (guint i = strata_profile_get_n_layers (profile); i > 0; i--)
    {
      reader.position = i - 1;
      read_layer (&reader, strata_profile_get_layer (profile, i - 1));
    }

  return reader.entries;
}
