/* strata-editor-panes.c - the stack, a text and the inspector side by side, and a status line below
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-panes"

#include "strata-editor-panes.h"

#include "strata-document-bar.h"
#include "strata-inspector.h"
#include "strata-layer-list.h"
#include "strata-status-line.h"

#define COMPACT_WIDTH 640   /* below, the stack is a drop-down */
#define LAYERS_WIDTH 236
#define LAYERS_WIDTH_NARROW 200

struct _StrataEditorPanes
{
  GtkWidget          parent_instance;
  StrataEditing     *editing;    /* (owned) (nullable) */
  guint              fold_idle;
  guint              narrow : 1;
  guint              compact : 1;
  guint              inspector_visible : 1;

  GtkWidget         *box;
  AdwFlap           *flap;
  GtkWidget         *left;
  StrataLayerList   *layers;
  StrataDocumentBar *bar;
  StrataSourcePane  *source;
  StrataInspector   *inspector;
  StrataStatusLine  *status;
};

typedef enum
{
  PROP_NARROW = 1,
  PROP_INSPECTOR_VISIBLE,
} StrataEditorPanesProperty;

static GParamSpec *properties[PROP_INSPECTOR_VISIBLE + 1];

enum
{
  REPAIR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataEditorPanes, strata_editor_panes, GTK_TYPE_WIDGET)

static void
cursor_cb (StrataEditorPanes *self)
{
  strata_status_line_set_cursor (self->status, strata_source_pane_get_line (self->source),
                                 strata_source_pane_get_column (self->source));
}

static void
problem_activated_cb (StrataEditorPanes *self,
                      StrataProblem     *problem)
{
  strata_editor_panes_show_problem (self, strata_editing_get_position (self->editing), problem);
}

static void
problem_repair_cb (StrataEditorPanes *self,
                   StrataProblem     *problem)
{
  problem_activated_cb (self, problem);
  g_signal_emit (self, signals[REPAIR], 0, problem);
}

static void
update_fold (StrataEditorPanes *self)
{
  adw_flap_set_fold_policy (self->flap, self->narrow ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                     : ADW_FLAP_FOLD_POLICY_NEVER);
  gtk_widget_set_size_request (GTK_WIDGET (self->layers),
                               self->narrow ? LAYERS_WIDTH_NARROW : LAYERS_WIDTH, -1);
  g_object_set (self->status, "narrow", self->narrow, NULL);
  gtk_widget_set_visible (self->left, !self->compact);
  strata_document_bar_set_compact (self->bar, self->compact);
}

static void
fold_idle_cb (gpointer data)
{
  StrataEditorPanes *self = data;

  self->fold_idle = 0;
  self->compact = !self->compact;
  update_fold (self);
}

static void
set_inspector_visible (StrataEditorPanes *self,
                       gboolean           visible)
{
  if (self->inspector_visible == visible)
    return;

  self->inspector_visible = visible;
  adw_flap_set_reveal_flap (self->flap, visible);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSPECTOR_VISIBLE]);
}

static void
flap_revealed_cb (StrataEditorPanes *self)
{
  set_inspector_visible (self, adw_flap_get_reveal_flap (self->flap));
}

static void
strata_editor_panes_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  StrataEditorPanes *self = STRATA_EDITOR_PANES (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
strata_editor_panes_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  StrataEditorPanes *self = STRATA_EDITOR_PANES (widget);
  gboolean compact = width < COMPACT_WIDTH;

  gtk_widget_allocate (self->box, width, height, baseline, NULL);

  /* In an idle: children must not come and go inside an allocation. */
  if (compact == self->compact)
    g_clear_handle_id (&self->fold_idle, g_source_remove);
  else if (self->fold_idle == 0)
    self->fold_idle = g_idle_add_once (fold_idle_cb, self);
}

static gboolean
strata_editor_panes_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_EDITOR_PANES (widget)->source));
}

static void
strata_editor_panes_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  StrataEditorPanes *self = STRATA_EDITOR_PANES (object);

  switch ((StrataEditorPanesProperty) prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    case PROP_INSPECTOR_VISIBLE:
      g_value_set_boolean (value, self->inspector_visible);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editor_panes_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  StrataEditorPanes *self = STRATA_EDITOR_PANES (object);

  switch ((StrataEditorPanesProperty) prop_id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      update_fold (self);
      break;

    case PROP_INSPECTOR_VISIBLE:
      set_inspector_visible (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editor_panes_dispose (GObject *object)
{
  StrataEditorPanes *self = STRATA_EDITOR_PANES (object);

  g_clear_handle_id (&self->fold_idle, g_source_remove);
  g_clear_object (&self->editing);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_EDITOR_PANES);

  G_OBJECT_CLASS (strata_editor_panes_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STRATA_TYPE_LAYER_LIST);
  g_type_ensure (STRATA_TYPE_DOCUMENT_BAR);
  g_type_ensure (STRATA_TYPE_SOURCE_PANE);
  g_type_ensure (STRATA_TYPE_INSPECTOR);
  g_type_ensure (STRATA_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-editor-panes.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, box);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, flap);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, left);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, layers);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, bar);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, source);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, inspector);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPanes, status);
  gtk_widget_class_bind_template_callback (widget_class, cursor_cb);
  gtk_widget_class_bind_template_callback (widget_class, flap_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_repair_cb);
}

static void
strata_editor_panes_class_init (StrataEditorPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_editor_panes_get_property;
  object_class->set_property = strata_editor_panes_set_property;
  object_class->dispose = strata_editor_panes_dispose;
  widget_class->measure = strata_editor_panes_measure;
  widget_class->size_allocate = strata_editor_panes_size_allocate;
  widget_class->grab_focus = strata_editor_panes_grab_focus;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_INSPECTOR_VISIBLE] =
    g_param_spec_boolean ("inspector-visible", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[REPAIR] = g_signal_new ("repair", STRATA_TYPE_EDITOR_PANES, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, STRATA_TYPE_PROBLEM);

  bind_template (widget_class);
}

static void
strata_editor_panes_init (StrataEditorPanes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_editor_panes_set_editing (StrataEditorPanes *self,
                                 StrataEditing     *editing)
{
  g_return_if_fail (STRATA_IS_EDITOR_PANES (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  strata_layer_list_set_editing (self->layers, editing);
  strata_document_bar_set_editing (self->bar, editing);
  strata_source_pane_set_editing (self->source, editing);
  strata_inspector_set_editing (self->inspector, editing);
  strata_status_line_set_editing (self->status, editing);
  update_fold (self);
}

StrataSourcePane *
strata_editor_panes_get_source (StrataEditorPanes *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_PANES (self), NULL);

  return self->source;
}

/* Stack, text, inspector, and round again. */
void
strata_editor_panes_focus_next (StrataEditorPanes *self)
{
  g_return_if_fail (STRATA_IS_EDITOR_PANES (self));

  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean in_text = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->source));
  gboolean in_stack = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->layers));

  if (in_text && self->inspector_visible)
    gtk_widget_child_focus (GTK_WIDGET (self->inspector), GTK_DIR_TAB_FORWARD);
  else if (in_stack || self->compact)
    gtk_widget_grab_focus (GTK_WIDGET (self->source));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->layers), GTK_DIR_TAB_FORWARD);
}

/* Goes to a place in the layer at @position; a @line of 0 is its beginning. */
void
strata_editor_panes_show_place (StrataEditorPanes *self,
                                guint              position,
                                const char        *document,
                                guint              line,
                                guint              column)
{
  g_return_if_fail (STRATA_IS_EDITOR_PANES (self));

  strata_editing_select (self->editing, position, document);

  if (line > 0)
    strata_source_pane_go_to (self->source, line, column);
}

/* Goes to where @problem is, in the layer at @position. */
void
strata_editor_panes_show_problem (StrataEditorPanes   *self,
                                  guint                position,
                                  const StrataProblem *problem)
{
  g_return_if_fail (STRATA_IS_EDITOR_PANES (self));
  g_return_if_fail (problem != NULL);

  strata_editor_panes_show_place (self, position, problem->document, problem->line, problem->column);
}
