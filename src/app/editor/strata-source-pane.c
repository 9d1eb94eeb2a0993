/* strata-source-pane.c - the text of the chosen document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-source-pane"

#include "config.h"

#include "strata-source-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "strata-change-marks.h"
#include "strata-completion.h"
#include "strata-hover.h"
#include "strata-line-numbers.h"
#include "strata-problem-marks.h"
#include "strata-text-colors.h"
#include "strata-tab-stops.h"

/* In bytes: up to here GtkSourceView colours a text in less than a frame. */

struct _StrataSourcePane
{
  GtkWidget             parent_instance;
  StrataEditorDocument *document;   /* (owned) (nullable) */
  StrataProblemMarks   *marks;      /* (owned) (nullable) */
  StrataTextKnowledge  *knowledge;  /* (owned) (nullable) */
  StrataCompletion     *completion; /* (owned) (nullable) */
  StrataHover          *hover;      /* (owned) (nullable) */
  StrataFolding        *folding;    /* (owned) */
  StrataTextColors     *colors;     /* (owned) */
  StrataChangeMarks    *changes;    /* (owned) (nullable) */
  GSettings            *settings;   /* (owned) */
  GtkCssProvider       *font;       /* (owned) */
  GHashTable           *top_lines;  /* (owned): place -> first line on the screen, from 1 */
  GHashTable           *folds;      /* (owned): place -> what was hidden in it, where something was */
  GtkTextMark          *target;     /* (unowned) (nullable): what to scroll to once lines have their height */
  guint                 scroll_idle;

  GtkStack             *stack;
  GtkSourceView        *view;
  GtkSourceBuffer      *buffer;
  StrataFindBar        *find_bar;
};

typedef enum
{
  PROP_LINE = 1,
  PROP_COLUMN,
} StrataSourcePaneProperty;

static GParamSpec *properties[PROP_COLUMN + 1];

G_DEFINE_FINAL_TYPE (StrataSourcePane, strata_source_pane, GTK_TYPE_WIDGET)

static void
get_cursor (StrataSourcePane *self,
            GtkTextIter      *iter)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  gtk_text_buffer_get_iter_at_mark (buffer, iter, gtk_text_buffer_get_insert (buffer));
}

static void
cursor_moved_cb (StrataSourcePane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMN]);
}

/* Only what the text itself has no use for comes here: Escape closes suggestions first. */
static gboolean
key_pressed_cb (StrataSourcePane *self,
                guint             key)
{
  return key == GDK_KEY_Escape && strata_tab_stops_leave (GTK_TEXT_BUFFER (self->buffer));
}

static void
scroll_to_target (StrataSourcePane *self)
{
  gboolean is_cursor = self->target == gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer));

  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), self->target, is_cursor ? 0.15 : 0,
                                !is_cursor, 0, 0);
}

static gboolean
scroll_idle_cb (gpointer data)
{
  StrataSourcePane *self = data;

  self->scroll_idle = 0;
  scroll_to_target (self);
  self->target = NULL;

  return G_SOURCE_REMOVE;
}

/* Now, and once more when the text has been measured: before, it ends where measuring has come to. */
static void
scroll_to (StrataSourcePane *self,
           GtkTextMark      *target)
{
  self->target = target;
  scroll_to_target (self);

  if (self->scroll_idle == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->scroll_idle = g_idle_add_full (G_PRIORITY_LOW, scroll_idle_cb, self, NULL);
}

/* A text that nobody can see is not measured. */
static void
strata_source_pane_map (GtkWidget *widget)
{
  StrataSourcePane *self = STRATA_SOURCE_PANE (widget);

  GTK_WIDGET_CLASS (strata_source_pane_parent_class)->map (widget);

  if (self->target != NULL)
    scroll_to (self, self->target);
}

static void
update_scheme (StrataSourcePane *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (self->buffer, gtk_source_style_scheme_manager_get_scheme (
                                                      schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

static void
update_font (StrataSourcePane *self)
{
  g_autofree char *css = g_strdup_printf ("textview { font-size: %dpt; }",
                                          g_settings_get_int (self->settings, "font-size"));

  gtk_css_provider_load_from_data (self->font, css, -1);
}

static void
update_label (StrataSourcePane *self)
{
  StrataEditing *editing = strata_editor_document_get_editing (self->document);
  StrataLayer *layer = strata_editing_get_layer (editing);
  const char *document = strata_editing_get_document (editing);
  g_autofree char *label = NULL;

  gtk_stack_set_visible_child_name (self->stack, layer != NULL ? "text" : "empty");
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view),
                              strata_editor_document_get_editable (self->document));

  if (layer == NULL)
    return;

  if (g_str_equal (document, STRATA_VALUES_DOCUMENT))
    label = g_strdup_printf (_("Values of %s"), strata_layer_get_name (layer));
  else
    label = g_strdup_printf (_("Manifest %s of %s"), document, strata_layer_get_name (layer));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
leaving_cb (StrataSourcePane *self,
            const char       *place)
{
  GArray *folds = strata_folding_remember (self->folding);

  g_hash_table_insert (self->top_lines, g_strdup (place),
                       GUINT_TO_POINTER (strata_source_pane_get_top_line (self)));

  if (folds != NULL)
    g_hash_table_insert (self->folds, g_strdup (place), folds);
  else
    g_hash_table_remove (self->folds, place);
}

static void
update_colors (StrataSourcePane *self)
{
  g_autoptr(StrataBlob) blob = strata_editor_document_dup_blob (self->document);

  strata_text_colors_show (self->colors, blob);
}

static void
entered_cb (StrataSourcePane *self,
            const char       *place)
{
  guint line = place != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->top_lines, place)) : 0;

  GArray *folds = place != NULL ? g_hash_table_lookup (self->folds, place) : NULL;

  update_label (self);
  update_colors (self);

  if (folds != NULL)
    {
      strata_editor_document_complete (self->document);
      strata_folding_restore (self->folding, folds);
    }

  strata_source_pane_scroll_to (self, MAX (line, 1));
}

static void
strata_source_pane_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataSourcePane *self = STRATA_SOURCE_PANE (object);

  switch ((StrataSourcePaneProperty) prop_id)
    {
    case PROP_LINE:
      g_value_set_uint (value, strata_source_pane_get_line (self));
      break;

    case PROP_COLUMN:
      g_value_set_uint (value, strata_source_pane_get_column (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
strata_source_pane_grab_focus (GtkWidget *widget)
{
  StrataSourcePane *self = STRATA_SOURCE_PANE (widget);

  /* Without a layer there is no text, but a button that adds the first one. */
  return gtk_widget_grab_focus (GTK_WIDGET (self->view)) ||
         gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
strata_source_pane_dispose (GObject *object)
{
  StrataSourcePane *self = STRATA_SOURCE_PANE (object);

  g_clear_handle_id (&self->scroll_idle, g_source_remove);
  g_clear_object (&self->marks);
  g_clear_object (&self->knowledge);
  g_clear_object (&self->completion);
  g_clear_object (&self->hover);
  g_clear_object (&self->folding);
  g_clear_object (&self->colors);
  g_clear_object (&self->changes);
  g_clear_object (&self->document);
  g_clear_object (&self->settings);
  g_clear_object (&self->font);
  g_clear_pointer (&self->top_lines, g_hash_table_unref);
  g_clear_pointer (&self->folds, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_SOURCE_PANE);

  G_OBJECT_CLASS (strata_source_pane_parent_class)->dispose (object);
}

static void
strata_source_pane_class_init (StrataSourcePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_source_pane_get_property;
  object_class->dispose = strata_source_pane_dispose;
  widget_class->grab_focus = strata_source_pane_grab_focus;
  widget_class->map = strata_source_pane_map;

  properties[PROP_LINE] = g_param_spec_uint ("line", NULL, NULL, 1, G_MAXUINT, 1, flags);
  properties[PROP_COLUMN] = g_param_spec_uint ("column", NULL, NULL, 1, G_MAXUINT, 1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  g_type_ensure (STRATA_TYPE_FIND_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-source-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSourcePane, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataSourcePane, view);
  gtk_widget_class_bind_template_child (widget_class, StrataSourcePane, buffer);
  gtk_widget_class_bind_template_child (widget_class, StrataSourcePane, find_bar);
  gtk_widget_class_bind_template_callback (widget_class, cursor_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
add_line_numbers (StrataSourcePane *self)
{
  GtkSourceGutter *gutter = gtk_source_view_get_gutter (self->view, GTK_TEXT_WINDOW_LEFT);
  GtkSourceGutterRenderer *numbers = strata_line_numbers_new ();

  gtk_source_gutter_insert (gutter, numbers, GTK_SOURCE_VIEW_GUTTER_POSITION_LINES);
  g_settings_bind (self->settings, "show-line-numbers", numbers, "visible", G_SETTINGS_BIND_GET);
}

static void
bind_settings (StrataSourcePane *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->font = gtk_css_provider_new ();
  gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (self->view)),
                                  GTK_STYLE_PROVIDER (self->font),
                                  GTK_STYLE_PROVIDER_PRIORITY_USER);

  g_settings_bind (self->settings, "highlight-current-line", self->view, "highlight-current-line",
                   G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::font-size", G_CALLBACK (update_font), self,
                           G_CONNECT_SWAPPED);
  update_font (self);
}

static gboolean
wrap_mapping (GValue   *value,
              GVariant *variant,
              gpointer  user_data)
{
  g_value_set_enum (value, g_variant_get_boolean (variant) ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);

  return TRUE;
}

/* Tab goes through a snippet only where words may be snippets, too; those that the library brings are none of ours. */
static void
forget_words (void)
{
  static const char *const nowhere[] = { NULL };

  gtk_source_snippet_manager_set_search_path (gtk_source_snippet_manager_get_default (), nowhere);
}

static void
strata_source_pane_init (StrataSourcePane *self)
{
  self->top_lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_settings (self);
  forget_words ();
  add_line_numbers (self);
  self->folding = strata_folding_new (self->view);
  g_settings_bind_with_mapping (self->settings, "wrap-text", self->view, "wrap-mode",
                                G_SETTINGS_BIND_GET, wrap_mapping, NULL, NULL, NULL);

  gtk_source_buffer_set_language (
    self->buffer,
    gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "yaml"));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_scheme), self, G_CONNECT_SWAPPED);
  update_scheme (self);
  self->colors = strata_text_colors_new (self->view, self->folding);
  strata_find_bar_set_view (self->find_bar, self->view);
}

void
strata_source_pane_set_editing (StrataSourcePane *self,
                                StrataEditing    *editing)
{
  g_return_if_fail (STRATA_IS_SOURCE_PANE (self));
  g_return_if_fail (self->document == NULL);

  self->document = strata_editor_document_new (editing, self->buffer);
  self->marks = strata_problem_marks_new (self->document, self->view, self->folding);
  self->changes = strata_change_marks_new (self->document, self->view);
  self->knowledge = strata_text_knowledge_new (self->document);
  self->completion = strata_completion_new (self->knowledge, self->view);
  self->hover = strata_hover_new (self->knowledge, self->view);
  g_signal_connect_object (self->document, "leaving", G_CALLBACK (leaving_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "entered", G_CALLBACK (entered_cb), self,
                           G_CONNECT_SWAPPED);
  update_label (self);
  update_colors (self);
}

/* (nullable): NULL before there is something to edit */
StrataEditorDocument *
strata_source_pane_get_document (StrataSourcePane *self)
{
  g_return_val_if_fail (STRATA_IS_SOURCE_PANE (self), NULL);

  return self->document;
}

StrataFolding *
strata_source_pane_get_folding (StrataSourcePane *self)
{
  g_return_val_if_fail (STRATA_IS_SOURCE_PANE (self), NULL);

  return self->folding;
}

guint
strata_source_pane_get_line (StrataSourcePane *self)
{
  GtkTextIter cursor;

  g_return_val_if_fail (STRATA_IS_SOURCE_PANE (self), 1);

  get_cursor (self, &cursor);

  return (guint) gtk_text_iter_get_line (&cursor) + 1;
}

guint
strata_source_pane_get_column (StrataSourcePane *self)
{
  GtkTextIter cursor;

  g_return_val_if_fail (STRATA_IS_SOURCE_PANE (self), 1);

  get_cursor (self, &cursor);

  return (guint) gtk_text_iter_get_line_offset (&cursor) + 1;
}

/* The first line on the screen, from 1. */
guint
strata_source_pane_get_top_line (StrataSourcePane *self)
{
  GdkRectangle visible;
  GtkTextIter top;

  g_return_val_if_fail (STRATA_IS_SOURCE_PANE (self), 1);

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self->view), &visible);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self->view), &top, visible.y, NULL);

  return (guint) gtk_text_iter_get_line (&top) + 1;
}

void
strata_source_pane_scroll_to (StrataSourcePane *self,
                              guint             line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter top;

  g_return_if_fail (STRATA_IS_SOURCE_PANE (self));

  if (line > 1 && self->document != NULL)
    strata_editor_document_complete (self->document);

  gtk_text_buffer_get_iter_at_line (buffer, &top, (int) MAX (line, 1) - 1);

  /* A mark, because lines above it may not have their height yet. */
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, "strata-top");

  if (mark == NULL)
    mark = gtk_text_buffer_create_mark (buffer, "strata-top", &top, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, mark, &top);

  scroll_to (self, mark);
}

void
strata_source_pane_show_cursor (StrataSourcePane *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  g_return_if_fail (STRATA_IS_SOURCE_PANE (self));

  scroll_to (self, gtk_text_buffer_get_insert (buffer));
}

/* Puts the cursor there, shows it and takes the keyboard. */
void
strata_source_pane_go_to (StrataSourcePane *self,
                          guint             line,
                          guint             column)
{
  g_return_if_fail (STRATA_IS_SOURCE_PANE (self));

  strata_editor_document_go_to (self->document, line, column);
  strata_source_pane_show_cursor (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Goes to the next or last line that is different from what was saved, and says whether there is one. */
gboolean
strata_source_pane_go_to_change (StrataSourcePane *self,
                                 gboolean          forward)
{
  guint line;

  g_return_val_if_fail (STRATA_IS_SOURCE_PANE (self), FALSE);

  if (self->changes == NULL
      || !strata_change_marks_walk (self->changes, strata_source_pane_get_line (self) - 1, forward, &line))
    return FALSE;

  strata_source_pane_go_to (self, line + 1, 1);

  return TRUE;
}

void
strata_source_pane_find (StrataSourcePane *self,
                         StrataFindMode    mode)
{
  g_return_if_fail (STRATA_IS_SOURCE_PANE (self));

  /* What is hidden is not found. */
  if (mode != STRATA_GO_TO_LINE)
    strata_folding_show_all (self->folding);

  strata_find_bar_open (self->find_bar, mode);
}
