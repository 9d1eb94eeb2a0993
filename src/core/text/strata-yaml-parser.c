/* strata-yaml-parser.c - from the events of libyaml to a tree, within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

#define MAX_DEPTH 64
#define MAX_NODES 2000000

/* A collection that is not closed yet. */
typedef struct
{
  StrataYamlNode *node;
  guint           first;    /* of its children in @pending */
  guint           deepest;  /* level that anything in it reaches */
  guint           before;   /* nodes counted before it */
} Frame;

typedef struct
{
  StrataYamlNode *node;
  guint           weight;  /* nodes in it, aliases counted in full */
  guint           height;  /* levels of collections in it */
  gboolean        closed;
} Anchor;

typedef struct
{
  yaml_parser_t    parser;
  StrataYamlMarks  marks;
  StrataYaml      *yaml;     /* (owned) */
  GArray          *frames;   /* (owned) (element-type Frame) */
  GPtrArray       *pending;  /* (owned): children of all open collections */
  GTree           *anchors;  /* (owned): a hash table could be flooded by a stranger's names */
  guint            n_nodes;  /* aliases counted in full */
  StrataYamlFault *fault;
} Builder;

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (a, b);
}

static void
builder_init (Builder         *self,
              StrataYamlFault *fault)
{
  self->yaml = strata_yaml_new ();
  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  self->pending = g_ptr_array_new ();
  self->anchors = g_tree_new_full (compare_names, NULL, NULL, g_free);
  self->fault = fault;

  if (yaml_parser_initialize (&self->parser) == 0)
    g_error ("libyaml is out of memory");

  yaml_parser_set_encoding (&self->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&self->parser, (const guchar *) self->marks.text,
                                self->marks.length);
}

static void
builder_clear (Builder *self)
{
  yaml_parser_delete (&self->parser);
  strata_yaml_marks_clear (&self->marks);
  g_clear_pointer (&self->yaml, strata_yaml_unref);
  g_clear_pointer (&self->frames, g_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->anchors, g_tree_unref);
}

static gboolean
refuse (Builder            *self,
        const yaml_event_t *event,
        StrataError         code,
        const char         *sentence)
{
  strata_yaml_fault_set (self->fault, code, (guint) event->start_mark.line + 1,
                         (guint) event->start_mark.column + 1, "%s", sentence);

  return FALSE;
}

static gsize
byte_of (Builder           *self,
         const yaml_mark_t *mark)
{
  return strata_yaml_marks_to_byte (&self->marks, mark->index);
}

static const char *
copy_text (Builder    *self,
           const char *text,
           gsize       length)
{
  char *copy = strata_yaml_alloc (self->yaml, length + 1);

  memcpy (copy, text, length);

  return copy;
}

static const char *
copy_name (Builder           *self,
           const yaml_char_t *name)
{
  return name != NULL ? copy_text (self, (const char *) name, strlen ((const char *) name)) : NULL;
}

static StrataYamlNode *
add_node (Builder            *self,
          const yaml_event_t *event,
          StrataYamlKind      kind)
{
  StrataYamlNode *node = strata_yaml_alloc (self->yaml, sizeof *node);

  node->kind = (guint8) kind;
  node->line = (guint) event->start_mark.line;
  node->column = (guint) event->start_mark.column;
  node->start = (guint) byte_of (self, &event->start_mark);
  node->end = (guint) byte_of (self, &event->end_mark);
  g_ptr_array_add (self->pending, node);

  return node;
}

static gboolean
count_nodes (Builder            *self,
             const yaml_event_t *event,
             guint               n_nodes)
{
  if (n_nodes > MAX_NODES - self->n_nodes)
    return refuse (self, event, STRATA_ERROR_TOO_LARGE,
                   _("The text has too many values, with its aliases written out"));

  self->n_nodes += n_nodes;

  return TRUE;
}

static gboolean
reach_depth (Builder            *self,
             const yaml_event_t *event,
             guint               depth)
{
  if (depth > MAX_DEPTH)
    return refuse (self, event, STRATA_ERROR_TOO_LARGE, _("The text is nested too deep here"));

  if (self->frames->len > 0)
    {
      Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);

      frame->deepest = MAX (frame->deepest, depth);
    }

  return TRUE;
}

static Anchor *
remember_anchor (Builder           *self,
                 StrataYamlNode    *node,
                 const yaml_char_t *name)
{
  Anchor *anchor = g_new0 (Anchor, 1);

  node->anchor = copy_name (self, name);
  anchor->node = node;
  g_tree_replace (self->anchors, (char *) node->anchor, anchor);

  return anchor;
}

static gboolean
take_scalar (Builder            *self,
             const yaml_event_t *event)
{
  const char *value = (const char *) event->data.scalar.value;
  gsize length = event->data.scalar.length;
  yaml_scalar_style_t style = event->data.scalar.style;

  if (strlen (value) != length)
    return refuse (self, event, STRATA_ERROR_INVALID,
                   _("The value holds the character U+0000; remove it"));

  if (!count_nodes (self, event, 1))
    return FALSE;

  StrataYamlNode *node = add_node (self, event, STRATA_YAML_SCALAR);

  node->value = copy_text (self, value, length);
  node->size = (guint) length;
  node->tag = copy_name (self, event->data.scalar.tag);

  if (style == YAML_PLAIN_SCALAR_STYLE)
    node->flags = STRATA_YAML_PLAIN;
  else if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
    node->flags = STRATA_YAML_BLOCK;

  if (event->data.scalar.anchor != NULL)
    {
      Anchor *anchor = remember_anchor (self, node, event->data.scalar.anchor);

      anchor->weight = 1;
      anchor->closed = TRUE;
    }

  return TRUE;
}

static gboolean
take_alias (Builder            *self,
            const yaml_event_t *event)
{
  Anchor *anchor = g_tree_lookup (self->anchors, event->data.alias.anchor);

  if (anchor == NULL)
    return refuse (
      self, event, STRATA_ERROR_INVALID,
      _("No anchor of that name stands above; put a text that starts with “*” in quotes"));
  if (!anchor->closed)
    return refuse (self, event, STRATA_ERROR_INVALID,
                   _("The alias stands inside the value that it names"));
  if (!count_nodes (self, event, anchor->weight) ||
      !reach_depth (self, event, self->frames->len + anchor->height))
    return FALSE;

  StrataYamlNode *node = add_node (self, event, (StrataYamlKind) anchor->node->kind);

  node->flags = STRATA_YAML_ALIAS;
  node->anchor = anchor->node->anchor;
  node->target = anchor->node;

  return TRUE;
}

static gboolean
open_collection (Builder            *self,
                 const yaml_event_t *event,
                 StrataYamlKind      kind)
{
  gboolean is_mapping = kind == STRATA_YAML_MAPPING;
  const yaml_char_t *anchor =
    is_mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
  const yaml_char_t *tag =
    is_mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag;
  gboolean is_flow = is_mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                                : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
  Frame frame = { .first = self->pending->len + 1, .before = self->n_nodes };

  if (!count_nodes (self, event, 1) || !reach_depth (self, event, self->frames->len + 1))
    return FALSE;

  frame.node = add_node (self, event, kind);
  frame.node->flags = is_flow ? STRATA_YAML_FLOW : 0;
  frame.node->tag = copy_name (self, tag);
  frame.deepest = self->frames->len + 1;
  g_array_append_val (self->frames, frame);

  if (anchor != NULL)
    remember_anchor (self, frame.node, anchor);

  return TRUE;
}

static void
close_anchor (Builder     *self,
              const Frame *frame)
{
  Anchor *anchor = g_tree_lookup (self->anchors, frame->node->anchor);

  if (anchor->node != frame->node)
    return;

  anchor->weight = self->n_nodes - frame->before;
  anchor->height = frame->deepest - self->frames->len;
  anchor->closed = TRUE;
}

/* A block collection ends where its last child does: the event only says where the next thing
 * begins.
 */
static void
close_collection (Builder            *self,
                  const yaml_event_t *event)
{
  Frame frame = g_array_index (self->frames, Frame, self->frames->len - 1);
  StrataYamlNode *node = frame.node;
  guint n_children = self->pending->len - frame.first;

  g_array_set_size (self->frames, self->frames->len - 1);
  node->size = node->kind == STRATA_YAML_MAPPING ? n_children / 2 : n_children;
  node->items = strata_yaml_alloc (self->yaml, MAX (n_children, 1) * sizeof (StrataYamlNode *));

  if (n_children > 0)
    memcpy (node->items, self->pending->pdata + frame.first,
            n_children * sizeof (StrataYamlNode *));

  g_ptr_array_set_size (self->pending, (int) frame.first);
  strata_yaml_node_sort (self->yaml, node);

  if ((node->flags & STRATA_YAML_FLOW) != 0)
    node->end = (guint) byte_of (self, &event->end_mark);
  else if (n_children > 0)
    node->end = node->items[n_children - 1]->end;

  if (node->anchor != NULL)
    close_anchor (self, &frame);

  if (self->frames->len > 0)
    {
      Frame *parent = &g_array_index (self->frames, Frame, self->frames->len - 1);

      parent->deepest = MAX (parent->deepest, frame.deepest);
    }
}

static void
close_document (Builder *self)
{
  strata_yaml_add_root (self->yaml, g_ptr_array_index (self->pending, 0));
  g_ptr_array_set_size (self->pending, 0);
  g_tree_remove_all (self->anchors);
}

static gboolean
take_event (Builder            *self,
            const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_SCALAR_EVENT:
      return take_scalar (self, event);

    case YAML_ALIAS_EVENT:
      return take_alias (self, event);

    case YAML_SEQUENCE_START_EVENT:
      return open_collection (self, event, STRATA_YAML_SEQUENCE);

    case YAML_MAPPING_START_EVENT:
      return open_collection (self, event, STRATA_YAML_MAPPING);

    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      close_collection (self, event);
      return TRUE;

    case YAML_DOCUMENT_END_EVENT:
      close_document (self);
      return TRUE;

    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    default:
      return TRUE;
    }
}

/* For a thing that is never finished the place where it began says more than where the text gave
 * out.
 */
static void
explain_failure (Builder *self)
{
  const yaml_parser_t *parser = &self->parser;
  const char *problem = parser->problem != NULL ? parser->problem : "";
  gboolean began_elsewhere = g_str_equal (problem, "could not find expected ':'") ||
                             g_str_equal (problem, "found unexpected end of stream");
  const yaml_mark_t *mark = began_elsewhere ? &parser->context_mark : &parser->problem_mark;
  g_autofree char *sentence = strata_yaml_explain (problem, (guint) parser->context_mark.line + 1);

  strata_yaml_fault_set (self->fault, STRATA_ERROR_INVALID, (guint) mark->line + 1,
                         (guint) mark->column + 1, "%s", sentence);
  self->fault->is_syntax = TRUE;
}

static gboolean
take_events (Builder *self)
{
  gboolean go_on = TRUE, at_end = FALSE;

  while (go_on && !at_end)
    {
      yaml_event_t event;

      if (yaml_parser_parse (&self->parser, &event) == 0)
        {
          explain_failure (self);
          return FALSE;
        }

      at_end = event.type == YAML_STREAM_END_EVENT;
      go_on = take_event (self, &event);
      yaml_event_delete (&event);
    }

  return go_on;
}

/* Parses, or says in @fault what is wrong and where. */
StrataYaml *
strata_yaml_parse_or_fault (const char      *text,
                            gssize           length,
                            StrataYamlFault *fault)
{
  Builder builder = { 0 };
  StrataYaml *yaml = NULL;

  if (!strata_yaml_check_text (&builder.marks, text, length < 0 ? strlen (text) : (gsize) length,
                               fault))
    {
      strata_yaml_marks_clear (&builder.marks);
      return NULL;
    }

  builder_init (&builder, fault);

  if (take_events (&builder))
    yaml = g_steal_pointer (&builder.yaml);

  builder_clear (&builder);

  return yaml;
}
