/* strata-readme-view.c - a README as native text: parsed by cmark, raw HTML never rendered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-readme-view"

#include "strata-readme-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-readme-blocks.h"
#include "strata-readme-markup.h"
#include "strata-readme-table.h"

#define WIDTH 680
#define MAX_TEXT (1024 * 1024)
#define MAX_PARSED_HERE (64 * 1024)  /* more is parsed in a worker */
#define MAX_BLOCKS 3000              /* widgets with text in them */
#define MAX_DEPTH 8                  /* of lists and quotations inside each other that is still drawn */
#define BLOCKS_AT_ONCE 30            /* what can be laid out within one frame */
#define FRAME 16                     /* milliseconds */

struct _StrataReadmeView
{
  GtkWidget           parent_instance;
  GtkWidget          *clamp;       /* (owned) */
  StrataJob          *job;         /* (owned) (not nullable until disposed) */
  char               *text;        /* (owned) (nullable): for what cmark does not know */
  GArray             *lines;       /* (owned) (nullable) (element-type gsize): where each of its lines begins, and its end */
  cmark_node         *document;    /* (owned) (nullable): when it was parsed here */
  cmark_iter         *iter;        /* (owned) (nullable): where the building is */
  GPtrArray          *containers;  /* (owned) (element-type GtkBox): those that are open, the innermost last */
  guint               depth;       /* of lists and quotations, drawn or not */
  StrataReadmeTable  *table;       /* (owned) (nullable): the table whose rows are being added */
  GtkWidget          *rows;        /* (unowned) (nullable): its widget */
  GArray             *widths;      /* (owned) (nullable): of its columns */
  guint               next_row;
  GHashTable         *anchors;     /* (owned) (element-type utf8 GtkWidget): headings by slug */
  guint               n_blocks;
  gboolean            was_cut;     /* something is not shown, which is said at the end */
  guint               source;      /* the timeout that builds */
};

G_DEFINE_FINAL_TYPE (StrataReadmeView, strata_readme_view, GTK_TYPE_WIDGET)

static GtkWidget *
get_container (StrataReadmeView *self)
{
  return g_ptr_array_index (self->containers, self->containers->len - 1);
}

static void
append (StrataReadmeView *self,
        GtkWidget        *widget)
{
  gtk_box_append (GTK_BOX (get_container (self)), widget);
}

static GtkAdjustment *
find_adjustment (StrataReadmeView *self,
                 GtkWidget       **viewport)
{
  *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);

  return *viewport != NULL ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (*viewport)) : NULL;
}

/* Links to headings are followed here; all others are GtkLabel's. */
static gboolean
activate_link_cb (GtkLabel         *label,
                  const char       *uri,
                  StrataReadmeView *self)
{
  GtkWidget *heading = *uri == '#' ? g_hash_table_lookup (self->anchors, uri + 1) : NULL;
  GtkWidget *viewport;
  GtkAdjustment *adjustment = find_adjustment (self, &viewport);
  graphene_point_t point;

  if (heading != NULL && adjustment != NULL
      && gtk_widget_compute_point (heading, viewport, &GRAPHENE_POINT_INIT (0, 0), &point))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + point.y);

  return *uri == '#';
}

static void
append_paragraph (StrataReadmeView *self,
                  const char       *markup)
{
  if (*markup == '\0')
    return;

  GtkWidget *label = strata_readme_blocks_new_paragraph (markup);

  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), self);
  append (self, label);
  self->n_blocks++;
}

static void
build_heading (StrataReadmeView *self,
               cmark_node       *node)
{
  g_autofree char *markup = strata_readme_markup_from_node (node, &self->was_cut);

  if (*markup == '\0')
    return;

  GtkWidget *label = strata_readme_blocks_new_heading (markup, cmark_node_get_heading_level (node));
  char *slug = strata_readme_markup_make_slug (node);

  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), self);
  append (self, label);
  self->n_blocks++;

  if (g_hash_table_contains (self->anchors, slug))
    g_free (slug);
  else
    g_hash_table_insert (self->anchors, slug, label);
}

static GArray *
index_lines (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (gsize));
  const char *line = text;

  while (line != NULL)
    {
      gsize start = (gsize) (line - text);

      g_array_append_val (lines, start);
      line = strchr (line, '\n');
      line = line != NULL ? line + 1 : NULL;
    }

  gsize end = strlen (text) + 1;

  g_array_append_val (lines, end);

  return lines;
}

/* The lines of a paragraph as they were written, without what makes them part of a list or a quotation. */
static char *
get_source (StrataReadmeView *self,
            cmark_node       *node)
{
  GString *source = g_string_new (NULL);
  int first = cmark_node_get_start_line (node);
  int last = MIN (cmark_node_get_end_line (node), (int) self->lines->len - 1);
  gsize skipped = (gsize) MAX (cmark_node_get_start_column (node) - 1, 0);

  for (int i = MAX (first, 1); i <= last; i++)
    {
      const char *line = self->text + g_array_index (self->lines, gsize, i - 1);
      gsize length = g_array_index (self->lines, gsize, i) - g_array_index (self->lines, gsize, i - 1) - 1;

      if (i > first)
        skipped = strspn (line, " \t>");

      skipped = MIN (skipped, length);
      g_string_append_len (source, line + skipped, (gssize) (length - skipped));
      g_string_append_c (source, '\n');
    }

  return g_string_free (source, FALSE);
}

/* ":::tip" and ":::" stand around a hint in the READMEs of packs; they are no words of it. */
static gboolean
is_fence (const char *source)
{
  return g_str_has_prefix (source, ":::") && strchr (source, '\n')[1] == '\0';
}

static void
build_paragraph (StrataReadmeView *self,
                 cmark_node       *node)
{
  g_autofree char *source = get_source (self, node);

  if (is_fence (source))
    return;

  self->table = strchr (source, '|') != NULL ? strata_readme_table_parse (source) : NULL;

  g_autofree char *markup = self->table != NULL
                              ? strata_readme_markup_from_text (self->table->before, &self->was_cut)
                              : strata_readme_markup_from_node (node, &self->was_cut);

  append_paragraph (self, markup);
  if (self->table != NULL)
    {
      self->rows = strata_readme_blocks_new_table ();
      self->widths = strata_readme_blocks_measure_table (self->table->rows);
      self->next_row = 0;
      append (self, self->rows);
    }
}

static void
end_table (StrataReadmeView *self)
{
  g_clear_pointer (&self->table, strata_readme_table_free);
  g_clear_pointer (&self->widths, g_array_unref);
}

static void
build_row (StrataReadmeView *self)
{
  char **cells = g_ptr_array_index (self->table->rows, self->next_row);
  GtkWidget *row = strata_readme_blocks_new_row (self->widths, cells, self->next_row == 0, &self->was_cut);

  gtk_box_append (GTK_BOX (self->rows), row);
  self->n_blocks += self->widths->len;
  self->next_row++;

  if (self->next_row == self->table->rows->len)
    end_table (self);
}

static void
build_html (StrataReadmeView *self,
            cmark_node       *node)
{
  g_autofree char *markup = strata_readme_markup_from_html (cmark_node_get_literal (node), &self->was_cut);

  append_paragraph (self, markup);
}

static void
build_code (StrataReadmeView *self,
            cmark_node       *node)
{
  append (self, strata_readme_blocks_new_code (cmark_node_get_literal (node), &self->was_cut));
  self->n_blocks++;
}

static gboolean
is_container (cmark_node_type type)
{
  return type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE;
}

/* Too deep, its contents go where the one around it has them. */
static void
open_container (StrataReadmeView *self,
                cmark_node       *node)
{
  cmark_node_type type = cmark_node_get_type (node);
  GtkWidget *widget;
  GtkWidget *content;

  if (++self->depth > 2 * MAX_DEPTH)
    return;

  if (type == CMARK_NODE_LIST)
    content = widget = strata_readme_blocks_new_list (node);
  else if (type == CMARK_NODE_ITEM)
    widget = strata_readme_blocks_new_item (node, &content);
  else
    widget = strata_readme_blocks_new_quote (&content);

  append (self, widget);
  g_ptr_array_add (self->containers, content);
  self->n_blocks++;
}

static void
close_container (StrataReadmeView *self)
{
  if (self->depth-- <= 2 * MAX_DEPTH)
    g_ptr_array_set_size (self->containers, (int) self->containers->len - 1);
}

static void
build_leaf (StrataReadmeView *self,
            cmark_node       *node)
{
  cmark_node_type type = cmark_node_get_type (node);

  if (type == CMARK_NODE_HEADING)
    build_heading (self, node);
  else if (type == CMARK_NODE_PARAGRAPH)
    build_paragraph (self, node);
  else if (type == CMARK_NODE_CODE_BLOCK)
    build_code (self, node);
  else if (type == CMARK_NODE_HTML_BLOCK)
    build_html (self, node);
  else if (type == CMARK_NODE_THEMATIC_BREAK)
    append (self, strata_readme_blocks_new_rule ());
  else
    return;

  cmark_iter_reset (self->iter, node, CMARK_EVENT_EXIT);
}

/* One step; %FALSE at the end. */
static gboolean
build_next (StrataReadmeView *self)
{
  if (self->table != NULL)
    {
      build_row (self);
      return TRUE;
    }

  cmark_event_type event = cmark_iter_next (self->iter);
  cmark_node *node = event != CMARK_EVENT_DONE ? cmark_iter_get_node (self->iter) : NULL;

  if (node == NULL)
    return FALSE;

  if (!is_container (cmark_node_get_type (node)))
    {
      if (event == CMARK_EVENT_ENTER)
        build_leaf (self, node);
    }
  else if (event == CMARK_EVENT_ENTER)
    open_container (self, node);
  else
    close_container (self);

  return TRUE;
}

static void
end_building (StrataReadmeView *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  end_table (self);
  g_clear_pointer (&self->iter, cmark_iter_free);
  g_clear_pointer (&self->document, cmark_node_free);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->text, g_free);
}

static void
say_that_it_was_cut (StrataReadmeView *self)
{
  g_autofree char *text = g_markup_escape_text (_("This README is too long to be shown whole."), -1);

  g_ptr_array_set_size (self->containers, 1);
  append_paragraph (self, text);
  gtk_widget_add_css_class (gtk_widget_get_last_child (get_container (self)), "dim-label");
}

static gboolean
build_some (StrataReadmeView *self)
{
  guint enough = self->n_blocks + BLOCKS_AT_ONCE;
  gboolean more = TRUE;

  while (more && self->n_blocks < enough)
    {
      self->was_cut |= self->n_blocks >= MAX_BLOCKS;
      more = self->n_blocks < MAX_BLOCKS && build_next (self);
    }

  if (more)
    return G_SOURCE_CONTINUE;

  if (self->was_cut)
    say_that_it_was_cut (self);

  self->source = 0;
  end_building (self);

  return G_SOURCE_REMOVE;
}

static gboolean
build_cb (gpointer user_data)
{
  return build_some (user_data);
}

/* What fits into a screen stands there at once, without an empty frame before it. */
static void
start_building (StrataReadmeView *self,
                cmark_node       *document)
{
  self->iter = cmark_iter_new (document);
  if (build_some (self) == G_SOURCE_CONTINUE)
    self->source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, FRAME, build_cb, self, NULL);
}

static gpointer
parse (gpointer       text,
       GCancellable  *cancellable,
       GError       **error)
{
  return strata_readme_markup_parse (text, strlen (text));
}

static void
job_changed_cb (StrataReadmeView *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    start_building (self, strata_job_get_result (self->job));
}

/* Control characters and marks that turn the direction of text would let it show what it does not say. */
static gboolean
is_shown (gunichar c)
{
  return !(c < 0x20 && c != '\n' && c != '\t') && !(c >= 0x7f && c < 0xa0)
         && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) && c != 0x2028 && c != 0x2029;
}

static char *
make_clean (const char *markdown,
            gboolean   *was_cut)
{
  gsize length = strnlen (markdown, MAX_TEXT + 1);
  g_autofree char *valid = g_utf8_make_valid (markdown, (gssize) MIN (length, MAX_TEXT));
  GString *clean = g_string_sized_new (length);

  *was_cut = length > MAX_TEXT;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] != '\n')
        g_string_append_c (clean, '\n');
      else if (is_shown (c))
        g_string_append_unichar (clean, c);
    }

  return g_string_free (clean, FALSE);
}

static void
clear (StrataReadmeView *self)
{
  GtkWidget *root = g_ptr_array_index (self->containers, 0);
  GtkWidget *child;

  strata_job_cancel (self->job);
  end_building (self);
  g_ptr_array_set_size (self->containers, 1);
  g_hash_table_remove_all (self->anchors);
  self->depth = 0;
  self->n_blocks = 0;

  while ((child = gtk_widget_get_first_child (root)) != NULL)
    gtk_box_remove (GTK_BOX (root), child);
}

static void
strata_readme_view_dispose (GObject *object)
{
  StrataReadmeView *self = STRATA_README_VIEW (object);

  end_building (self);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_pointer (&self->clamp, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_readme_view_parent_class)->dispose (object);
}

static void
strata_readme_view_finalize (GObject *object)
{
  StrataReadmeView *self = STRATA_README_VIEW (object);

  g_clear_pointer (&self->containers, g_ptr_array_unref);
  g_clear_pointer (&self->anchors, g_hash_table_unref);

  G_OBJECT_CLASS (strata_readme_view_parent_class)->finalize (object);
}

static void
strata_readme_view_class_init (StrataReadmeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_readme_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_readme_view_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
strata_readme_view_init (StrataReadmeView *self)
{
  GtkWidget *root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->clamp = g_object_new (ADW_TYPE_CLAMP,
                              "child", root,
                              "maximum-size", WIDTH,
                              "tightening-threshold", WIDTH,
                              NULL);
  gtk_widget_set_parent (self->clamp, GTK_WIDGET (self));

  self->job = strata_job_new ();
  g_signal_connect_swapped (self->job, "notify::state", G_CALLBACK (job_changed_cb), self);

  self->containers = g_ptr_array_new ();
  g_ptr_array_add (self->containers, root);
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * strata_readme_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
strata_readme_view_new (void)
{
  return g_object_new (STRATA_TYPE_README_VIEW, NULL);
}

/**
 * strata_readme_view_set_text:
 * @self: a view
 * @markdown: (nullable): the README; whatever it holds, this returns soon and loads nothing
 *
 * Shows a README. Long ones come in pieces, in the moments when nothing else is to be done.
 */
void
strata_readme_view_set_text (StrataReadmeView *self,
                             const char       *markdown)
{
  g_return_if_fail (STRATA_IS_README_VIEW (self));

  clear (self);
  if (markdown == NULL || *markdown == '\0')
    return;

  self->text = make_clean (markdown, &self->was_cut);
  self->lines = index_lines (self->text);

  gsize length = strlen (self->text);

  if (length > MAX_PARSED_HERE)
    {
      strata_job_run (self->job, parse, g_strdup (self->text), g_free, (GDestroyNotify) cmark_node_free);
      return;
    }

  self->document = strata_readme_markup_parse (self->text, length);
  start_building (self, self->document);
}

/**
 * strata_readme_view_get_loading:
 * @self: a view
 *
 * Returns: whether there is more to come
 */
gboolean
strata_readme_view_get_loading (StrataReadmeView *self)
{
  g_return_val_if_fail (STRATA_IS_README_VIEW (self), FALSE);

  return self->iter != NULL || strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
}
