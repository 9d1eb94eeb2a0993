/* strata-problem-marks.c - the problems of the shown document, in the text, in the gutter and on hover
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problem-marks"

#include "strata-problem-marks.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define N_SEVERITIES (STRATA_SEVERITY_ERROR + 1)

/* The colours of style.css, which a text tag cannot ask for: note, warning, error. */
static const char *const light_colors[N_SEVERITIES] = { "#1c71d8", "#9c6e03", "#c01c28" };
static const char *const dark_colors[N_SEVERITIES] = { "#78aeed", "#f8e45c", "#ff7b63" };

/* Different shapes, because the gutter draws them all in the colour of the text. */
static const char *const icons[N_SEVERITIES] = {
  "dialog-information-symbolic", "dialog-warning-symbolic", "dialog-error-symbolic",
};
static const char *const categories[N_SEVERITIES] = {
  "strata-note", "strata-warning", "strata-error",
};

struct _StrataProblemMarks
{
  GObject               parent_instance;
  StrataEditorDocument *document;  /* (owned) */
  StrataFolding        *folding;   /* (owned) */
  GtkTextTag           *tags[N_SEVERITIES];  /* (unowned): of the buffer's table */
};

static void hover_provider_init (GtkSourceHoverProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataProblemMarks, strata_problem_marks, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_HOVER_PROVIDER,
                                                      hover_provider_init))

static void
update_colors (StrataProblemMarks *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  for (guint i = 0; i < N_SEVERITIES; i++)
    {
      GdkRGBA color;

      gdk_rgba_parse (&color, dark ? dark_colors[i] : light_colors[i]);
      g_object_set (self->tags[i], "underline-rgba", &color, NULL);
    }
}

/* Problems of the shown document, as last found; NULL when there are none. */
static GPtrArray *
get_problems (StrataProblemMarks *self)
{
  StrataEditing *editing = strata_editor_document_get_editing (self->document);
  StrataLayer *layer = strata_editing_get_layer (editing);

  if (layer == NULL)
    return NULL;

  return strata_checker_get_problems (strata_editing_get_checker (editing), layer);
}

static gboolean
is_shown (StrataProblemMarks  *self,
          const StrataProblem *problem)
{
  StrataEditing *editing = strata_editor_document_get_editing (self->document);

  return problem->line > 0 &&
         g_strcmp0 (problem->document, strata_editing_get_document (editing)) == 0;
}

static void
get_range (StrataProblemMarks  *self,
           const StrataProblem *problem,
           GtkTextIter         *start,
           GtkTextIter         *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (strata_editor_document_get_buffer (self->document));

  gtk_text_buffer_get_iter_at_line_offset (buffer, start, (int) problem->line - 1,
                                           (int) MAX (problem->column, 1) - 1);
  *end = *start;

  if (problem->length > 0)
    gtk_text_iter_forward_chars (end, (int) problem->length);
  else if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);

  if (gtk_text_iter_equal (start, end))
    gtk_text_iter_backward_char (start);
}

static void
clear (StrataProblemMarks *self)
{
  GtkSourceBuffer *buffer = strata_editor_document_get_buffer (self->document);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);

  for (guint i = 0; i < N_SEVERITIES; i++)
    {
      gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (buffer), self->tags[i], &start, &end);
      gtk_source_buffer_remove_source_marks (buffer, &start, &end, categories[i]);
    }
}

/* One icon a line, the worst: the gutter would draw them over each other. */
static void
put_icon (StrataProblemMarks *self,
          GtkTextIter        *where,
          StrataSeverity      severity)
{
  GtkSourceBuffer *buffer = strata_editor_document_get_buffer (self->document);

  /* The gutter looks for marks at the start of a line only; a hidden line is stood for by another. */
  gtk_text_iter_set_line (where, strata_folding_get_shown_line (self->folding, gtk_text_iter_get_line (where)));

  for (guint i = 0; i < N_SEVERITIES; i++)
    {
      g_autoptr(GSList) marks =
        gtk_source_buffer_get_source_marks_at_iter (buffer, where, categories[i]);

      if (marks != NULL && i >= severity)
        return;

      if (marks != NULL)
        gtk_source_buffer_remove_source_marks (buffer, where, where, categories[i]);
    }

  gtk_source_buffer_create_source_mark (buffer, NULL, categories[severity], where);
}

static void
show (StrataProblemMarks *self)
{
  GtkSourceBuffer *buffer = strata_editor_document_get_buffer (self->document);
  GPtrArray *problems = get_problems (self);

  clear (self);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);
      GtkTextIter start, end;

      if (!is_shown (self, problem))
        continue;

      get_range (self, problem, &start, &end);
      gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (buffer), self->tags[problem->severity], &start,
                                 &end);
      put_icon (self, &start, problem->severity);
    }
}

static GtkWidget *
make_repair_button (const StrataProblem *problem)
{
  GtkWidget *button = gtk_button_new_with_label (problem->fix_label != NULL ? problem->fix_label : _("Repair"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uu)", problem->line, problem->column);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "problem.repair-at");

  return button;
}

/* What is wrong, and the button that repairs it. */
static GtkWidget *
make_note (const StrataProblem *problem)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (problem->message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_widget_add_css_class (box, "hover-note");
  gtk_box_append (GTK_BOX (box), label);

  if (problem->fix != NULL)
    gtk_box_append (GTK_BOX (box), make_repair_button (problem));

  return box;
}

static gboolean
strata_problem_marks_populate (GtkSourceHoverProvider  *provider,
                               GtkSourceHoverContext   *context,
                               GtkSourceHoverDisplay   *display,
                               GError                 **error)
{
  StrataProblemMarks *self = STRATA_PROBLEM_MARKS (provider);
  GtkTextIter where;

  const StrataProblem *problem =
    gtk_source_hover_context_get_iter (context, &where) ? strata_problem_marks_find (self, &where) : NULL;

  /* Without an error the view would wait for this answer, and show nobody else's. */
  if (problem == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no problem here");
      return FALSE;
    }

  gtk_source_hover_display_append (display, make_note (problem));

  return TRUE;
}

static void
hover_provider_init (GtkSourceHoverProviderInterface *iface)
{
  iface->populate = strata_problem_marks_populate;
}

static void
strata_problem_marks_dispose (GObject *object)
{
  StrataProblemMarks *self = STRATA_PROBLEM_MARKS (object);

  g_clear_object (&self->document);
  g_clear_object (&self->folding);

  G_OBJECT_CLASS (strata_problem_marks_parent_class)->dispose (object);
}

static void
strata_problem_marks_class_init (StrataProblemMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_problem_marks_dispose;
}

static void
strata_problem_marks_init (StrataProblemMarks *self)
{
}

static void
add_tags (StrataProblemMarks *self,
          GtkTextBuffer      *buffer)
{
  for (guint i = 0; i < N_SEVERITIES; i++)
    self->tags[i] =
      gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);

  update_colors (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colors), self, G_CONNECT_SWAPPED);
}

static void
add_gutter_icons (GtkSourceView *view)
{
  for (guint i = 0; i < N_SEVERITIES; i++)
    {
      g_autoptr(GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

      gtk_source_mark_attributes_set_icon_name (attributes, icons[i]);
      gtk_source_view_set_mark_attributes (view, categories[i], attributes, (int) i);
    }
}

StrataProblemMarks *
strata_problem_marks_new (StrataEditorDocument *document,
                          GtkSourceView        *view,
                          StrataFolding        *folding)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (document), NULL);
  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);

  StrataProblemMarks *self = g_object_new (STRATA_TYPE_PROBLEM_MARKS, NULL);
  StrataEditing *editing = strata_editor_document_get_editing (document);

  self->document = g_object_ref (document);
  self->folding = g_object_ref (folding);
  add_tags (self, GTK_TEXT_BUFFER (strata_editor_document_get_buffer (document)));
  add_gutter_icons (view);
  gtk_source_hover_add_provider (gtk_source_view_get_hover (view),
                                 GTK_SOURCE_HOVER_PROVIDER (self));

  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "entered", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (folding, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);

  return self;
}

/* (nullable): the problem that is underlined at @where */
const StrataProblem *
strata_problem_marks_find (StrataProblemMarks *self,
                           const GtkTextIter  *where)
{
  g_return_val_if_fail (STRATA_IS_PROBLEM_MARKS (self), NULL);

  GPtrArray *problems = get_problems (self);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);
      GtkTextIter start, end;

      if (!is_shown (self, problem))
        continue;

      get_range (self, problem, &start, &end);

      if (gtk_text_iter_compare (&start, where) <= 0 && gtk_text_iter_compare (where, &end) <= 0)
        return problem;
    }

  return NULL;
}
