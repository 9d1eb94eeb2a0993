/* strata-source-text.c - a YAML or JSON text with colours and line numbers, to read or to edit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-source-text"

#include "strata-source-text.h"

#include <adwaita.h>

struct _StrataSourceText
{
  GtkWidget        parent_instance;
  GtkSourceView   *view;
  GtkSourceBuffer *buffer;   /* (owned) */
  gboolean         setting;
};

typedef enum
{
  PROP_EDITABLE = 1,
} StrataSourceTextProperty;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_EDITABLE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSourceText, strata_source_text, GTK_TYPE_WIDGET)

static void
follow_style (StrataSourceText *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (self->buffer, gtk_source_style_scheme_manager_get_scheme (
                                                      schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

static void
buffer_changed_cb (StrataSourceText *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
strata_source_text_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataSourceText *self = STRATA_SOURCE_TEXT (object);

  switch ((StrataSourceTextProperty) id)
    {
    case PROP_EDITABLE:
      g_value_set_boolean (value, gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_source_text_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataSourceText *self = STRATA_SOURCE_TEXT (object);

  switch ((StrataSourceTextProperty) id)
    {
    case PROP_EDITABLE:
      gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), g_value_get_boolean (value));
      gtk_source_view_set_highlight_current_line (self->view, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_source_text_dispose (GObject *object)
{
  StrataSourceText *self = STRATA_SOURCE_TEXT (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (strata_source_text_parent_class)->dispose (object);
}

static void
strata_source_text_class_init (StrataSourceTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_source_text_dispose;
  object_class->get_property = strata_source_text_get_property;
  object_class->set_property = strata_source_text_set_property;

  properties[PROP_EDITABLE] = g_param_spec_boolean (
    "editable", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
set_up_view (GtkSourceView *view)
{
  GtkTextView *text = GTK_TEXT_VIEW (view);

  gtk_source_view_set_show_line_numbers (view, TRUE);
  gtk_source_view_set_auto_indent (view, TRUE);
  gtk_source_view_set_insert_spaces_instead_of_tabs (view, TRUE);
  gtk_source_view_set_tab_width (view, 2);
  gtk_source_view_set_indent_width (view, 2);
  gtk_text_view_set_monospace (text, TRUE);
  gtk_text_view_set_left_margin (text, 6);
  gtk_text_view_set_top_margin (text, 6);
  gtk_text_view_set_bottom_margin (text, 12);
  gtk_widget_add_css_class (GTK_WIDGET (view), "code");
}

static void
strata_source_text_init (StrataSourceText *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->buffer = gtk_source_buffer_new (NULL);
  self->view = GTK_SOURCE_VIEW (gtk_source_view_new_with_buffer (self->buffer));
  set_up_view (self->view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));

  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
  follow_style (self);
}

/* The buffer behind the view, for what watches it. */
GtkTextBuffer *
strata_source_text_get_buffer (StrataSourceText *self)
{
  g_return_val_if_fail (STRATA_IS_SOURCE_TEXT (self), NULL);

  return GTK_TEXT_BUFFER (self->buffer);
}

char *
strata_source_text_dup_text (StrataSourceText *self)
{
  g_return_val_if_fail (STRATA_IS_SOURCE_TEXT (self), NULL);

  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

/* Shows @text from its first line, in the colours of @language ("yaml", "json"); nothing of it can be undone. */
void
strata_source_text_set_text (StrataSourceText *self,
                             const char       *text,
                             const char       *language)
{
  g_return_if_fail (STRATA_IS_SOURCE_TEXT (self) && text != NULL && language != NULL);

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkTextIter start;

  self->setting = TRUE;
  gtk_source_buffer_set_language (self->buffer,
                                  gtk_source_language_manager_get_language (languages, language));
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, valid, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  self->setting = FALSE;
}

/* What a screen reader says of the text. */
void
strata_source_text_set_label (StrataSourceText *self,
                              const char       *label)
{
  g_return_if_fail (STRATA_IS_SOURCE_TEXT (self) && label != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* Puts the cursor at the start of @line, counted from 1, and the focus into the text. */
void
strata_source_text_go_to_line (StrataSourceText *self,
                               guint             line)
{
  g_return_if_fail (STRATA_IS_SOURCE_TEXT (self) && line > 0);

  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &iter, (int) line - 1);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->view), &iter, 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
