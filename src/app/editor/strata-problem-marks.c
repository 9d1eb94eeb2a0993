/* strata-problem-marks.c - the problems of the shown document, in the text, in the gutter and on hover
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problem-marks"

#include "strata-problem-marks.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "strata-text-screen.h"

#define N_SEVERITIES (STRATA_SEVERITY_ERROR + 1)

/* How many lines above and below those on the screen are marked as well: a step of the wheel finds them there. */
#define MARGIN 100

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
  GtkTextView          *view;      /* (unowned) (nullable): a weak pointer */
  GtkTextTag           *tags[N_SEVERITIES];  /* (unowned): of the buffer's table */
  GtkTextMark          *first;     /* (unowned): of the buffer; between these two all is marked */
  GtkTextMark          *last;      /* (unowned) */
  guint                 tick;
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

static GtkTextBuffer *
get_buffer (StrataProblemMarks *self)
{
  return GTK_TEXT_BUFFER (strata_editor_document_get_buffer (self->document));
}

static void
get_range (StrataProblemMarks  *self,
           const StrataProblem *problem,
           GtkTextIter         *start,
           GtkTextIter         *end)
{
  gtk_text_buffer_get_iter_at_line_offset (get_buffer (self), start, (int) problem->line - 1,
                                           (int) MAX (problem->column, 1) - 1);
  *end = *start;

  if (problem->length > 0)
    gtk_text_iter_forward_chars (end, (int) problem->length);
  else if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);

  if (gtk_text_iter_equal (start, end))
    gtk_text_iter_backward_char (start);
}

/* The first and the last line that are marked. */
static void
get_marked (StrataProblemMarks *self,
            GtkTextIter        *first,
            GtkTextIter        *last)
{
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), first, self->first);
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), last, self->last);
}

static void
clear (StrataProblemMarks *self)
{
  GtkTextIter start, end;

  get_marked (self, &start, &end);
  gtk_text_iter_set_line_offset (&start, 0);
  gtk_text_iter_forward_line (&end);

  for (guint i = 0; i < N_SEVERITIES; i++)
    {
      gtk_text_buffer_remove_tag (get_buffer (self), self->tags[i], &start, &end);
      gtk_source_buffer_remove_source_marks (GTK_SOURCE_BUFFER (get_buffer (self)), &start, &end, categories[i]);
    }
}

/* One icon a line, the worst: the gutter would draw them over each other. */
static void
put_icon (StrataProblemMarks *self,
          GtkTextIter        *where,
          StrataSeverity      severity)
{
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (get_buffer (self));

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
put (StrataProblemMarks  *self,
     const StrataProblem *problem)
{
  GtkTextIter start, end;

  get_range (self, problem, &start, &end);
  gtk_text_buffer_apply_tag (get_buffer (self), self->tags[problem->severity], &start, &end);
  put_icon (self, &start, problem->severity);
}

/* Marks what is on the screen and a little around it. A text may have a problem in each of a hundred thousand lines; each
 * that is marked has to be measured again, and each check finds them anew. */
static void
show (StrataProblemMarks *self)
{
  GPtrArray *problems = get_problems (self);
  GtkTextIter first, last;

  if (self->view == NULL)
    return;

  clear (self);
  strata_text_screen_get_lines (self->view, self->folding, MARGIN, &first, &last);
  gtk_text_buffer_move_mark (get_buffer (self), self->first, &first);
  gtk_text_buffer_move_mark (get_buffer (self), self->last, &last);

  guint from = (guint) gtk_text_iter_get_line (&first) + 1;
  guint to = (guint) gtk_text_iter_get_line (&last) + 1;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      if (problem->line >= from && problem->line <= to && is_shown (self, problem))
        put (self, problem);
    }
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StrataProblemMarks *self = data;
  GtkTextIter first, last, from, to;

  self->tick = 0;
  strata_text_screen_get_lines (self->view, self->folding, 0, &first, &last);
  get_marked (self, &from, &to);

  if (gtk_text_iter_get_line (&first) < gtk_text_iter_get_line (&from)
      || gtk_text_iter_get_line (&last) > gtk_text_iter_get_line (&to))
    show (self);

  return G_SOURCE_REMOVE;
}

/* Before the next frame: the view may be measuring its lines right now, and marks change what it measures. */
static void
scrolled_cb (StrataProblemMarks *self)
{
  if (self->view != NULL && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
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

  if (self->tick != 0 && self->view != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick);

  self->tick = 0;
  g_clear_object (&self->document);
  g_clear_object (&self->folding);
  g_clear_weak_pointer (&self->view);

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
  GtkTextIter start;

  for (guint i = 0; i < N_SEVERITIES; i++)
    self->tags[i] =
      gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);

  gtk_text_buffer_get_start_iter (buffer, &start);
  self->first = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  self->last = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  update_colors (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colors), self, G_CONNECT_SWAPPED);
}

/* Lines come onto the screen when it is scrolled, when it grows, and as those above them get their height. */
static void
watch_screen (StrataProblemMarks *self)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (vertical == NULL)
    return;

  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
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
  g_set_weak_pointer (&self->view, GTK_TEXT_VIEW (view));
  add_tags (self, get_buffer (self));
  watch_screen (self);
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
