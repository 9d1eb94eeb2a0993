/* strata-appliance-details.c - one appliance, layer by layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-details"

#include "strata-appliance-details.h"

#include <glib/gi18n.h>

#include "strata-appliance-report.h"
#include "strata-kind-swatch.h"
#include "strata-layer-state.h"
#include "strata-standing-text.h"
#include "strata-text-cell.h"

typedef enum
{
  COLUMN_NAME,
  COLUMN_THERE,
  COLUMN_WANTED,
  COLUMN_CONDITION,
  COLUMN_MESSAGE,
  COLUMN_SINCE,
  N_COLUMNS,
} Column;

struct _StrataApplianceDetails
{
  AdwBin                 parent_instance;
  StrataApplianceRow    *row;       /* (owned) (nullable) */
  StrataApplianceTarget *target;    /* (owned) (nullable) */
  GListStore            *states;    /* (owned) (not nullable) */
  gboolean               is_past;
  GtkWidget             *content;   /* (template) */
  GtkImage              *icon;      /* (template) */
  GtkLabel              *title;     /* (template) */
  GtkLabel              *sentence;  /* (template) */
  GtkWidget             *more;      /* (template) */
  GtkWidget             *copy;      /* (template) */
  GtkWidget             *open;      /* (template) */
  GtkWidget             *layers;    /* (template) */
  GtkColumnView         *table;     /* (template) */
  GtkColumnViewColumn   *columns[N_COLUMNS];  /* (owned) */
};

G_DEFINE_FINAL_TYPE (StrataApplianceDetails, strata_appliance_details, ADW_TYPE_BIN)

static const char *const column_children[] = {
  "name_column", "there_column", "wanted_column", "condition_column", "message_column", "since_column",
};

/* Cells */

static GtkWidget *
make_name_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *swatch = strata_kind_swatch_new (STRATA_LAYER_KIND_PACK);
  GtkWidget *name = strata_text_cell_new (STRATA_TEXT_CELL_PLAIN);

  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), name);

  return box;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  Column column = (Column) GPOINTER_TO_UINT (data);

  gtk_list_item_set_child (item, column == COLUMN_NAME
                                   ? make_name_cell ()
                                   : strata_text_cell_new (column == COLUMN_SINCE
                                                             ? STRATA_TEXT_CELL_QUIET
                                                             : STRATA_TEXT_CELL_PLAIN));
}

static void
show_name (GtkWidget        *box,
           StrataLayerState *state)
{
  strata_kind_swatch_set_kind (STRATA_KIND_SWATCH (gtk_widget_get_first_child (box)),
                               strata_layer_state_get_kind (state));
  strata_text_cell_set_text (STRATA_TEXT_CELL (gtk_widget_get_last_child (box)),
                             strata_layer_state_get_name (state), NULL);
}

/* Words tell how the layer is; where they are of before, or it waits, no colour does. */
static void
show_condition (StrataTextCell   *cell,
                StrataLayerState *state)
{
  const char *icon = strata_layer_state_get_icon (state);
  gboolean is_waiting = g_str_equal (icon, "content-loading-symbolic");
  GtkWidget *details = gtk_widget_get_ancestor (GTK_WIDGET (cell), STRATA_TYPE_APPLIANCE_DETAILS);
  gboolean is_past = details != NULL && STRATA_APPLIANCE_DETAILS (details)->is_past;

  strata_text_cell_set_text (cell, strata_layer_state_get_condition (state), NULL);
  strata_text_cell_set_icon (cell, icon,
                             is_waiting || is_past ? NULL
                                                   : strata_standing_kind_get_color (
                                                       strata_layer_state_get_standing (state)));
}

static void
show_since (StrataTextCell   *cell,
            StrataLayerState *state)
{
  gint64 since = strata_layer_state_get_since (state);
  g_autofree char *span = since > 0 ? strata_span_say (g_get_real_time () - since) : NULL;

  strata_text_cell_set_text (cell, span, NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  StrataLayerState *state = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);

  switch ((Column) GPOINTER_TO_UINT (data))
    {
    case COLUMN_NAME:
      show_name (cell, state);
      break;
    case COLUMN_THERE:
      strata_text_cell_set_text (STRATA_TEXT_CELL (cell), strata_layer_state_get_there (state),
                                 NULL);
      break;
    case COLUMN_WANTED:
      strata_text_cell_set_text (STRATA_TEXT_CELL (cell), strata_layer_state_get_wanted (state),
                                 NULL);
      break;
    case COLUMN_CONDITION:
      show_condition (STRATA_TEXT_CELL (cell), state);
      break;
    case COLUMN_MESSAGE:
      strata_text_cell_set_text (STRATA_TEXT_CELL (cell), strata_layer_state_get_message (state),
                                 NULL);
      strata_text_cell_set_tooltip (STRATA_TEXT_CELL (cell), strata_layer_state_get_message (state));
      break;
    case COLUMN_SINCE:
      show_since (STRATA_TEXT_CELL (cell), state);
      break;
    case N_COLUMNS:
    default:
      g_assert_not_reached ();
    }
}

static void
fill_column (StrataApplianceDetails *self,
             Column                  column)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
  gtk_column_view_column_set_factory (self->columns[column], factory);
}

/* What is shown */

static void
show_head (StrataApplianceDetails *self)
{
  StrataStandingKind kind =
    strata_standing_get_kind (strata_appliance_row_get_standing (self->row));
  const char *color = self->is_past ? NULL : strata_standing_kind_get_color (kind);
  g_autofree char *sentence = strata_appliance_report_sentence (self->row, g_get_real_time ());
  const char *title = strata_appliance_row_get_title (self->row);
  g_autofree char *label = g_strdup_printf (_("Layers of %s"), title);
  const char *const classes[] = {
    color == NULL                          ? "quiet"
    : g_str_equal (color, "error_color")   ? "bad"
    : g_str_equal (color, "warning_color") ? "attention"
    : g_str_equal (color, "accent_color")  ? "moving"
                                           : "good",
    NULL,
  };

  gtk_image_set_from_icon_name (self->icon, strata_standing_kind_get_icon (kind));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char **) classes);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->sentence, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
show_layers (StrataApplianceDetails *self)
{
  g_autoptr(GPtrArray) states =
    strata_layer_state_list (strata_appliance_row_get_appliance (self->row), self->target);

  g_list_store_splice (self->states, 0, g_list_model_get_n_items (G_LIST_MODEL (self->states)),
                       states->pdata, states->len);
}

/* Class */

static void
strata_appliance_details_dispose (GObject *object)
{
  StrataApplianceDetails *self = STRATA_APPLIANCE_DETAILS (object);

  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->row);
  g_clear_object (&self->target);
  g_clear_object (&self->states);

  G_OBJECT_CLASS (strata_appliance_details_parent_class)->dispose (object);
}

static void
strata_appliance_details_class_init (StrataApplianceDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_appliance_details_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-appliance-details.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, content);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, title);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, sentence);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, more);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, copy);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, open);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, layers);
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceDetails, table);
  for (guint i = 0; i < N_COLUMNS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, column_children[i], FALSE, 0);
}

static void
strata_appliance_details_init (StrataApplianceDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->states = g_list_store_new (STRATA_TYPE_LAYER_STATE);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      self->columns[i] = g_object_ref (GTK_COLUMN_VIEW_COLUMN (gtk_widget_get_template_child (
        GTK_WIDGET (self), STRATA_TYPE_APPLIANCE_DETAILS, column_children[i])));
      fill_column (self, (Column) i);
    }

  g_autoptr(GtkNoSelection) selection =
    gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->states)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
}

/* @row and @target may be %NULL: for nothing to show, and for a profile that is not known. */
void
strata_appliance_details_set_row (StrataApplianceDetails *self,
                                  StrataApplianceRow     *row,
                                  StrataApplianceTarget  *target,
                                  gboolean                is_past)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_DETAILS (self));

  /* What is below one that is silent was true once: no colour says that it is. */
  if (row != NULL)
    is_past |=
      strata_standing_get_kind (strata_appliance_row_get_standing (row)) == STRATA_STANDING_UNKNOWN;

  /* Rows and targets are values: the same one shows the same, but for how long ago it was. */
  gboolean is_same = self->row == row && self->target == target && self->is_past == is_past;

  g_set_object (&self->row, row);
  g_set_object (&self->target, target);
  self->is_past = is_past;
  gtk_widget_set_visible (self->content, row != NULL);
  if (row == NULL)
    return;

  show_head (self);
  gtk_widget_set_sensitive (
    self->open,
    *strata_appliance_get_facts (strata_appliance_row_get_appliance (row))->profile_uid != '\0');
  if (!is_same)
    show_layers (self);
}

/* A hidden column still counts in the width here, so it goes out and comes in again. */
void
strata_appliance_details_set_narrow (StrataApplianceDetails *self,
                                     gboolean                narrow)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_DETAILS (self));

  GtkColumnViewColumn *column = self->columns[COLUMN_WANTED];
  gboolean there = gtk_column_view_column_get_column_view (column) != NULL;

  if (narrow && there)
    gtk_column_view_remove_column (self->table, column);
  else if (!narrow && !there)
    gtk_column_view_insert_column (self->table, COLUMN_WANTED, column);
}

/* What is selected and how it stands, in one line that leads to the rest: where there is no room for the layers. */
void
strata_appliance_details_set_brief (StrataApplianceDetails *self,
                                    gboolean                brief)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_DETAILS (self));

  gtk_label_set_wrap (self->sentence, !brief);
  gtk_label_set_ellipsize (self->sentence, brief ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_visible (self->more, brief);
  gtk_widget_set_visible (self->copy, !brief);
  gtk_widget_set_visible (self->open, !brief);
  gtk_widget_set_visible (self->layers, !brief);
}

/* Puts all that is known of what is shown into the clipboard, as lines that can be sent to somebody who helps. */
void
strata_appliance_details_copy (StrataApplianceDetails *self)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_DETAILS (self));

  if (self->row == NULL)
    return;

  g_autofree char *text = strata_appliance_report_text (self->row, self->target, g_get_real_time ());

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}
