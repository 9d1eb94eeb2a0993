/* strata-json-to-yaml.c - JSON written as the YAML a person would write
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-json"

#include "strata-json-private.h"
#include "strata-yaml-private.h"

#include <string.h>
#include <yaml.h>

typedef struct
{
  yaml_emitter_t  emitter;
  GString        *text;  /* (owned) */
} Writer;

static void write_node (Writer   *self,
                        JsonNode *node);

static int
append_cb (void   *user_data,
           guchar *bytes,
           size_t  size)
{
  g_string_append_len (user_data, (const char *) bytes, (gssize) size);

  return 1;
}

/* libyaml fails only for want of memory, or for events in an order that write_document() does not
 * produce.
 */
static void
emit (Writer       *self,
      yaml_event_t *event)
{
  if (yaml_emitter_emit (&self->emitter, event) == 0)
    g_error ("libyaml cannot write: %s",
             self->emitter.problem != NULL ? self->emitter.problem : "out of memory");
}

/* What some reader or other takes for a truth value: YAML 1.1 did. */
static gboolean
is_old_bool (const char *text)
{
  static const char *const words[] = { "y", "n", "yes", "no", "on", "off", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return g_strv_contains (words, lower);
}

static gboolean
is_plain_text (const char *text)
{
  return (g_ascii_isalpha (*text) || *text == '_' || *text == '/') &&
         strata_yaml_text_means (text) == STRATA_YAML_MEANS_STRING && !is_old_bool (text);
}

/* A literal block keeps its lines when they are printable and the first of them needs no
 * indentation of its own.
 */
static gboolean
is_literal_text (const char *text)
{
  const char *first = text + strspn (text, "\n");

  return first == text && strchr (text, '\n') != NULL && *text != ' ' && *text != '\t' &&
         strpbrk (text, "\r\t") == NULL;
}

static yaml_scalar_style_t
choose_style (const char *text)
{
  if (is_literal_text (text))
    return YAML_LITERAL_SCALAR_STYLE;
  if (strpbrk (text, "\n\r\t") != NULL)
    return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  if (is_plain_text (text))
    return YAML_PLAIN_SCALAR_STYLE;

  return *text == '\0' ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE;
}

static void
write_scalar (Writer              *self,
              const char          *text,
              yaml_scalar_style_t  style)
{
  yaml_event_t event;

  yaml_scalar_event_initialize (&event, NULL, NULL, (yaml_char_t *) text, (int) strlen (text), 1, 1,
                                style);
  emit (self, &event);
}

static void
write_object (Writer     *self,
              JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  yaml_event_t event;

  yaml_mapping_start_event_initialize (&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE);
  emit (self, &event);
  json_object_iter_init_ordered (&iter, object);

  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      gboolean has_breaks = strpbrk (name, "\n\r") != NULL;

      write_scalar (self, name, has_breaks ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : choose_style (name));
      write_node (self, member);
    }

  yaml_mapping_end_event_initialize (&event);
  emit (self, &event);
}

static void
write_array (Writer    *self,
             JsonArray *array)
{
  yaml_event_t event;

  yaml_sequence_start_event_initialize (&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE);
  emit (self, &event);

  for (guint i = 0; i < json_array_get_length (array); i++)
    write_node (self, json_array_get_element (array, i));

  yaml_sequence_end_event_initialize (&event);
  emit (self, &event);
}

static void
write_node (Writer   *self,
            JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (self, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (self, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    write_scalar (self, json_node_get_string (node), choose_style (json_node_get_string (node)));
  else
    {
      g_autofree char *text = strata_json_to_text (node, FALSE);

      write_scalar (self, text, YAML_PLAIN_SCALAR_STYLE);
    }
}

static void
write_document (Writer   *self,
                JsonNode *node)
{
  yaml_event_t event;

  yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING);
  emit (self, &event);
  yaml_document_start_event_initialize (&event, NULL, NULL, NULL, 1);
  emit (self, &event);
  write_node (self, node);
  yaml_document_end_event_initialize (&event, 1);
  emit (self, &event);
  yaml_stream_end_event_initialize (&event);
  emit (self, &event);
}

/**
 * strata_json_to_yaml:
 * @node: a node, with strings in UTF-8
 *
 * Writes @node as block style YAML with its members in their order: texts of several lines as
 * literal blocks, texts that a reader could take for something else in quotes.
 * [func@json_from_yaml] reads it back as an equal node. Equal nodes give equal bytes. May be called
 * from any thread.
 *
 * Returns: (transfer full): the text, ending with a line break
 */
char *
strata_json_to_yaml (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  Writer writer = { .text = g_string_new (NULL) };

  if (yaml_emitter_initialize (&writer.emitter) == 0)
    g_error ("libyaml is out of memory");

  yaml_emitter_set_output (&writer.emitter, append_cb, writer.text);
  yaml_emitter_set_unicode (&writer.emitter, 1);
  yaml_emitter_set_width (&writer.emitter, -1);
  yaml_emitter_set_indent (&writer.emitter, 2);
  write_document (&writer, node);
  yaml_emitter_delete (&writer.emitter);

  return g_string_free (writer.text, FALSE);
}
