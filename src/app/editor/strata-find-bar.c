/* strata-find-bar.c - finding, replacing and going to a line of the shown text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-find-bar"

#include "strata-find-bar.h"

#include <glib/gi18n.h>

struct _StrataFindBar
{
  GtkWidget               parent_instance;
  GtkSourceView          *view;      /* (owned) (nullable) */
  GtkSourceSearchContext *context;   /* (owned) (nullable) */

  GtkRevealer            *revealer;
  GtkEditable            *find;
  GtkLabel               *count;
  GtkWidget              *replace_row;
  GtkEditable            *replacement;
  GtkWidget              *find_row;
  GtkWidget              *line_row;
  GtkEditable            *line;
};

G_DEFINE_FINAL_TYPE (StrataFindBar, strata_find_bar, GTK_TYPE_WIDGET)

static GtkTextBuffer *
get_buffer (StrataFindBar *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static void
update_count (StrataFindBar *self)
{
  int n_found = gtk_source_search_context_get_occurrences_count (self->context);
  gboolean searching = *gtk_editable_get_text (self->find) != '\0';
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);

  int position = gtk_source_search_context_get_occurrence_position (self->context, &start, &end);

  if (searching && n_found == 0)
    text = g_strdup (_("Not found"));
  else if (searching && position > 0)
    /* Translators: the place of the found text among all that were found, "2 of 7" */
    text = g_strdup_printf (_("%d of %d"), position, n_found);
  else if (searching && n_found > 0)
    text = g_strdup_printf (ngettext ("%d found", "%d found", n_found), n_found);

  gtk_label_set_label (self->count, text);
}

static void
show_match (StrataFindBar     *self,
            const GtkTextIter *start,
            const GtkTextIter *end)
{
  GtkTextBuffer *buffer = get_buffer (self);

  gtk_text_buffer_select_range (buffer, start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer),
                                0.2, FALSE, 0, 0);
  update_count (self);
}

static void
find (StrataFindBar *self,
      gboolean       forward,
      gboolean       from_start)
{
  GtkTextIter start, end, found_start, found_end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);

  gboolean found =
    forward
      ? gtk_source_search_context_forward (self->context, from_start ? &start : &end, &found_start,
                                           &found_end, NULL)
      : gtk_source_search_context_backward (self->context, &start, &found_start, &found_end, NULL);

  if (found)
    show_match (self, &found_start, &found_end);
  else
    update_count (self);
}

static void
find_changed_cb (StrataFindBar *self)
{
  GtkSourceSearchSettings *settings = gtk_source_search_context_get_settings (self->context);

  gtk_source_search_settings_set_search_text (settings, gtk_editable_get_text (self->find));
  find (self, TRUE, TRUE);
}

static void
next_cb (StrataFindBar *self)
{
  find (self, TRUE, FALSE);
}

static void
previous_cb (StrataFindBar *self)
{
  find (self, FALSE, FALSE);
}

static void
replace_cb (StrataFindBar *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  gtk_source_search_context_replace (self->context, &start, &end,
                                     gtk_editable_get_text (self->replacement), -1, NULL);
  find (self, TRUE, TRUE);
}

static void
replace_all_cb (StrataFindBar *self)
{
  gtk_source_search_context_replace_all (self->context, gtk_editable_get_text (self->replacement),
                                         -1, NULL);
  update_count (self);
}

static void
close_cb (StrataFindBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
go_to_line_cb (StrataFindBar *self)
{
  gint64 line = g_ascii_strtoll (gtk_editable_get_text (self->line), NULL, 10);
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter iter;

  if (line < 1)
    return;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, (int) MIN (line, G_MAXINT) - 1);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer),
                                0.2, FALSE, 0, 0);
  close_cb (self);
}

static void
close_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  close_cb (STRATA_FIND_BAR (widget));
}

static void
strata_find_bar_dispose (GObject *object)
{
  StrataFindBar *self = STRATA_FIND_BAR (object);

  g_clear_object (&self->context);
  g_clear_object (&self->view);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_FIND_BAR);

  G_OBJECT_CLASS (strata_find_bar_parent_class)->dispose (object);
}

static void
strata_find_bar_class_init (StrataFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_find_bar_dispose;

  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "find.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, find);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, replace_row);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, replacement);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, find_row);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, line_row);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, line);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_to_line_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_find_bar_init (StrataFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_find_bar_set_view (StrataFindBar *self,
                          GtkSourceView *view)
{
  g_return_if_fail (STRATA_IS_FIND_BAR (self));
  g_return_if_fail (self->view == NULL);

  g_autoptr(GtkSourceSearchSettings) settings = gtk_source_search_settings_new ();
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));

  gtk_source_search_settings_set_wrap_around (settings, TRUE);
  self->view = g_object_ref (view);
  self->context = gtk_source_search_context_new (buffer, settings);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  g_signal_connect_object (self->context, "notify::occurrences-count", G_CALLBACK (update_count),
                           self, G_CONNECT_SWAPPED);
}

/* What is selected on one line becomes what is looked for. */
static void
take_selection (StrataFindBar *self)
{
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end) ||
      gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return;

  g_autofree char *text = gtk_text_iter_get_text (&start, &end);

  gtk_editable_set_text (self->find, text);
}

void
strata_find_bar_open (StrataFindBar  *self,
                      StrataFindMode  mode)
{
  g_return_if_fail (STRATA_IS_FIND_BAR (self));

  GtkEditable *entry = mode == STRATA_GO_TO_LINE ? self->line : self->find;

  gtk_widget_set_visible (self->find_row, mode != STRATA_GO_TO_LINE);
  gtk_widget_set_visible (self->replace_row, mode == STRATA_FIND_AND_REPLACE);
  gtk_widget_set_visible (self->line_row, mode == STRATA_GO_TO_LINE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_source_search_context_set_highlight (self->context, mode != STRATA_GO_TO_LINE);

  if (mode != STRATA_GO_TO_LINE)
    take_selection (self);

  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_select_region (entry, 0, -1);
}
