/* strata-knowledge.c - all that is known for writing the texts of one layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-knowledge"

#include "strata-knowledge-private.h"

#include <string.h>

#include "strata-comments.h"
#include "strata-pack-reader.h"
#include "strata-values.h"

G_DEFINE_BOXED_TYPE (StrataKnowledge, strata_knowledge, strata_knowledge_ref, strata_knowledge_unref)

static void
strata_knowledge_clear (gpointer data)
{
  StrataKnowledge *self = data;

  g_clear_pointer (&self->schema, strata_layer_schema_unref);
  g_clear_pointer (&self->comments, g_hash_table_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->definitions, strata_definitions_unref);
  g_clear_pointer (&self->by_layer, g_hash_table_unref);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_clear_pointer (&self->variables, g_ptr_array_unref);
  g_clear_pointer (&self->layers, g_ptr_array_unref);
}

/**
 * strata_knowledge_ref:
 * @self: a knowledge
 *
 * Returns: (transfer full): @self
 */
StrataKnowledge *
strata_knowledge_ref (StrataKnowledge *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * strata_knowledge_unref:
 * @self: (transfer full): a knowledge
 *
 * Lets go of it.
 */
void
strata_knowledge_unref (StrataKnowledge *self)
{
  g_atomic_rc_box_release_full (self, strata_knowledge_clear);
}

/* The values that a layer's files bring have the comments, also when somebody took them out of the layer's own. */
static GHashTable *
read_comments (StrataLayer *layer)
{
  StrataFile *values = strata_layer_find_file (layer, "values.yaml");
  g_autoptr(StrataPack) pack = values == NULL ? strata_pack_read_layer (layer, NULL) : NULL;
  const char *of_chart = pack != NULL ? strata_pack_get (pack, STRATA_PACK_VALUES) : "";

  return strata_comments_read (values != NULL ? strata_file_get_text (values) : of_chart);
}

static void
take_comments (StrataKnowledge *self,
               StrataLayer     *layer,
               StrataKnowledge *before)
{
  self->files = g_ptr_array_ref (strata_layer_get_files (layer));

  if (before != NULL && before->files == self->files)
    self->comments = g_hash_table_ref (before->comments);
  else
    self->comments = read_comments (layer);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A layer never changes, so that what it names is looked for once. */
static void
take_images (StrataKnowledge *self,
             StrataKnowledge *before)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->images = g_ptr_array_new_with_free_func (g_free);
  self->by_layer = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < self->layers->len; i++)
    {
      StrataLayer *layer = g_ptr_array_index (self->layers, i);
      GPtrArray *known = before != NULL ? g_hash_table_lookup (before->by_layer, layer) : NULL;
      GPtrArray *images = known != NULL ? g_ptr_array_ref (known) : strata_values_list_images (layer);

      g_hash_table_insert (self->by_layer, g_object_ref (layer), images);

      for (guint j = 0; j < images->len; j++)
        if (g_hash_table_add (seen, g_ptr_array_index (images, j)))
          g_ptr_array_add (self->images, g_strdup (g_ptr_array_index (images, j)));
    }

  g_ptr_array_sort (self->images, compare_texts);
}

/**
 * strata_knowledge_gather:
 * @profile: a profile
 * @layer: one of its layers
 * @crds: (nullable) (element-type StrataBlob): texts with definitions of kinds that the profile does not bring itself
 * @before: (nullable): what was gathered before, for this or another profile
 *
 * Reads what is known for writing the texts of @layer. What @before has already is not read again. Takes a while for a large
 * chart; any thread.
 *
 * Returns: (transfer full): the knowledge
 */
StrataKnowledge *
strata_knowledge_gather (StrataProfile   *profile,
                         StrataLayer     *layer,
                         GPtrArray       *crds,
                         StrataKnowledge *before)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  StrataKnowledge *self = g_atomic_rc_box_new0 (StrataKnowledge);

  self->layers = g_ptr_array_ref (strata_profile_get_layers (profile));
  self->variables = g_ptr_array_ref (strata_profile_get_variables (profile));
  self->schema = strata_layer_schema_read (layer, before != NULL ? before->schema : NULL);
  self->definitions = strata_definitions_new (self->layers, crds, before != NULL ? before->definitions : NULL);
  self->kubernetes = strata_validate_find_kubernetes (self->layers);
  take_comments (self, layer, before);
  take_images (self, before);

  return self;
}

/* Nothing is suggested twice, and no key that the mapping has already. */
void
strata_suggest_add (StrataSuggest        *self,
                    StrataSuggestionKind  kind,
                    const char           *label,
                    const char           *text,
                    const char           *detail,
                    const char           *description)
{
  if (kind == STRATA_SUGGESTION_KEY && g_strv_contains ((const char *const *) self->cursor->siblings, label))
    return;

  if (g_hash_table_add (self->seen, g_strdup (label)))
    g_ptr_array_add (self->found, strata_suggestion_new (kind, label, text, detail, description));
}

static gboolean
needs_quotes (const char *name)
{
  return *name == '\0' || strpbrk (name, ":#{}[],&*!|>'\"%@` ") != NULL;
}

/* A key with all that has to be behind it, so that what it holds is typed at once. @as_item: the first of an item. */
void
strata_suggest_key (StrataSuggest     *self,
                    const char        *name,
                    StrataSuggestForm  form,
                    gboolean           as_item,
                    const char        *detail,
                    const char        *description)
{
  static const char *const ends[] = { " ", "\n%*s", "\n%*s- " };
  g_autofree char *escaped = needs_quotes (name) ? g_strescape (name, NULL) : NULL;
  g_autoptr(GString) text = g_string_new (as_item ? "- " : "");
  int inner = (int) self->cursor->column + (as_item ? 4 : 2);

  /* A key among the items of a list in brackets would have to bring its own braces. */
  if (self->cursor->bracket != '\0' && (as_item || self->cursor->bracket == '['))
    return;

  if (escaped != NULL)
    g_string_append_printf (text, "\"%s\":", escaped);
  else
    g_string_append_printf (text, "%s:", name);

  if (form == STRATA_SUGGEST_SCALAR || self->cursor->bracket != '\0')
    g_string_append (text, ends[STRATA_SUGGEST_SCALAR]);
  else
    g_string_append_printf (text, "\n%*s%s", inner, "", form == STRATA_SUGGEST_LIST ? "- " : "");

  strata_suggest_add (self, STRATA_SUGGESTION_KEY, name, text->str, detail, description);
}

/* A snippet of several lines, as strata_suggestion_new() describes it. */
void
strata_suggest_block (StrataSuggest *self,
                      const char    *label,
                      const char    *block,
                      const char    *description)
{
  /* Lines of their own mean nothing among braces. */
  if (self->cursor->bracket != '\0')
    return;

  strata_suggest_add (self, STRATA_SUGGESTION_SNIPPET, label, block, "", description);
}

static void
suggest_images (StrataSuggest *self)
{
  GPtrArray *images = self->knowledge->images;
  guint n_steps = g_strv_length (self->cursor->path);
  const char *key = n_steps > 0 ? self->cursor->path[n_steps - 1] : "";

  if (self->cursor->place != STRATA_CURSOR_VALUE || !g_str_equal (key, "image"))
    return;

  for (guint i = 0; i < images->len; i++)
    {
      const char *image = g_ptr_array_index (images, i);

      strata_suggest_add (self, STRATA_SUGGESTION_IMAGE, image, image, "", "");
    }
}

/**
 * strata_knowledge_suggest:
 * @self: what is known
 * @is_values: whether the text is the layer's values, else it is a manifest
 * @cursor: where something is typed
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type StrataSuggestion): what could stand there, whatever is typed of it so far
 */
GPtrArray *
strata_knowledge_suggest (StrataKnowledge    *self,
                          gboolean            is_values,
                          const StrataCursor *cursor)
{
  g_return_val_if_fail (self != NULL && cursor != NULL, NULL);

  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataSuggest suggest = { self, cursor, g_ptr_array_new_with_free_func (g_object_unref), seen };

  if (cursor->place == STRATA_CURSOR_TEMPLATE)
    strata_suggest_template (&suggest);
  else if (cursor->place != STRATA_CURSOR_NOWHERE)
    {
      suggest_images (&suggest);

      if (is_values)
        strata_suggest_values (&suggest);
      else
        strata_suggest_manifest (&suggest);

      strata_suggest_quoted_variables (&suggest);
    }

  return suggest.found;
}

/**
 * strata_knowledge_explain:
 * @self: what is known
 * @is_values: whether the text is the layer's values, else it is a manifest
 * @key: a key, as [func@cursor_find_key] finds it
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what the key is for, in a few lines; %NULL when nothing is known of it
 */
char *
strata_knowledge_explain (StrataKnowledge    *self,
                          gboolean            is_values,
                          const StrataCursor *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  return is_values ? strata_explain_values (self, key) : strata_explain_manifest (self, key);
}
