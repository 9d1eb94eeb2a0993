/* strata-conflict-row.c - one conflict: mine, base and theirs side by side, and a result of one's own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-conflict-row"

#include "strata-conflict-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-conflict-cell.h"
#include "strata-conflict-text.h"

struct _StrataConflictRow
{
  AdwBin           parent_instance;
  StrataConflict  *conflict;               /* (not owned): lives longer, in the window */
  gboolean         is_updating;

  GtkBox          *box;
  GtkBox          *cells;
  GtkImage        *icon;
  GtkLabel        *place;
  GtkLabel        *decision;
  GtkToggleButton *choices[STRATA_N_SIDES];
  GtkWidget       *edit;
  GtkWidget       *result;
  GtkWidget       *result_space;
  GtkLabel        *result_words;
  GtkTextView     *result_view;
};

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataConflictRow, strata_conflict_row, ADW_TYPE_BIN)

static void
decide (StrataConflictRow *self,
        StrataSide         side,
        char              *own)
{
  self->conflict->decision = side;
  g_free (self->conflict->own);
  self->conflict->own = own;
  strata_conflict_row_update (self);
  g_signal_emit (self, signals[DECIDED], 0);
}

static void
choose (StrataConflictRow *self,
        StrataSide         side)
{
  gboolean active = gtk_toggle_button_get_active (self->choices[side]);

  if (self->is_updating)
    return;
  if (active && self->conflict->decision != side)
    decide (self, side, NULL);
  else if (!active && self->conflict->decision == side)
    decide (self, STRATA_SIDE_NONE, NULL);
}

static void
mine_toggled_cb (StrataConflictRow *self)
{
  choose (self, STRATA_SIDE_MINE);
}

static void
base_toggled_cb (StrataConflictRow *self)
{
  choose (self, STRATA_SIDE_BASE);
}

static void
theirs_toggled_cb (StrataConflictRow *self)
{
  choose (self, STRATA_SIDE_THEIRS);
}

static const char *
get_start (StrataConflict *conflict)
{
  if (conflict->own != NULL)
    return conflict->own;
  if (conflict->proposal != NULL)
    return conflict->proposal;
  if (conflict->decision < STRATA_N_SIDES && conflict->texts[conflict->decision] != NULL)
    return conflict->texts[conflict->decision];

  return conflict->texts[STRATA_SIDE_MINE] != NULL ? conflict->texts[STRATA_SIDE_MINE]
                                                   : conflict->texts[STRATA_SIDE_THEIRS];
}

static void
show_result (StrataConflictRow *self,
             const char        *draft)
{
  const char *start = draft != NULL ? draft : get_start (self->conflict);
  g_autofree char *text = g_utf8_make_valid (start != NULL ? start : "", -1);
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '\n')
    text[length - 1] = '\0';

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->result_view), text, -1);
  gtk_label_set_label (self->result_words, self->conflict->proposal != NULL
                                             ? _("Mine, and what theirs added; edit it here")
                                             : _("As chosen, or as mine has it; edit it here"));
  gtk_widget_set_visible (self->result, TRUE);
}

static void
edit_cb (StrataConflictRow *self)
{
  if (!self->conflict->can_edit)
    return;
  if (!gtk_widget_get_visible (self->result))
    show_result (self, NULL);

  gtk_widget_grab_focus (GTK_WIDGET (self->result_view));
}

/* A document goes on in a new line where it did before. */
static void
use_cb (StrataConflictRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->result_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gboolean is_lines = self->conflict->document != NULL && *text != '\0' && !g_str_has_suffix (text, "\n");

  decide (self, STRATA_SIDE_OWN, is_lines ? g_strconcat (text, "\n", NULL) : g_steal_pointer (&text));
}

/* 1, 2 and 3 from left to right, as the columns stand. */
static gboolean
choose_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  StrataConflictRow *self = STRATA_CONFLICT_ROW (widget);
  guint side = g_variant_get_uint32 (args);

  gtk_toggle_button_set_active (self->choices[side], TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->choices[side]));

  return GDK_EVENT_STOP;
}

static gboolean
edit_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  edit_cb (STRATA_CONFLICT_ROW (widget));

  return GDK_EVENT_STOP;
}

static gboolean
strata_conflict_row_grab_focus (GtkWidget *widget)
{
  StrataConflictRow *self = STRATA_CONFLICT_ROW (widget);
  StrataSide side = self->conflict->decision < STRATA_N_SIDES ? self->conflict->decision : STRATA_SIDE_MINE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->choices[side]));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  static const char *const names[STRATA_N_SIDES] = {
    [STRATA_SIDE_BASE] = "base", [STRATA_SIDE_MINE] = "mine", [STRATA_SIDE_THEIRS] = "theirs",
  };

  for (gsize side = 0; side < G_N_ELEMENTS (names); side++)
    gtk_widget_class_bind_template_child_full (widget_class, names[side], FALSE,
                                               G_STRUCT_OFFSET (StrataConflictRow, choices) +
                                                 (gssize) (side * sizeof (gpointer)));
}

static void
strata_conflict_row_class_init (StrataConflictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = strata_conflict_row_grab_focus;
  signals[DECIDED] = g_signal_new ("decided", STRATA_TYPE_CONFLICT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (STRATA_TYPE_CONFLICT_CELL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-conflict-row.ui");
  bind_template (widget_class);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, box);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, cells);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, place);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, decision);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, edit);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, result);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, result_space);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, result_words);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictRow, result_view);
  gtk_widget_class_bind_template_callback (widget_class, mine_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, base_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, theirs_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_1, 0, choose_key_cb, "u", STRATA_SIDE_MINE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_2, 0, choose_key_cb, "u", STRATA_SIDE_BASE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_3, 0, choose_key_cb, "u", STRATA_SIDE_THEIRS);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_e, 0, edit_key_cb, NULL);
}

static void
strata_conflict_row_init (StrataConflictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_sides (StrataConflictRow *self)
{
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      g_autofree char *text = strata_conflict_text_cell (self->conflict, side);

      strata_conflict_cell_show (STRATA_CONFLICT_CELL (self->choices[side]), text, self->conflict->decision == side);
    }
}

/* Shows the conflict as it is now. */
void
strata_conflict_row_update (StrataConflictRow *self)
{
  g_return_if_fail (STRATA_IS_CONFLICT_ROW (self));

  gboolean is_decided = self->conflict->decision != STRATA_SIDE_NONE;
  g_autofree char *decision = strata_conflict_text_decision (self->conflict);

  self->is_updating = TRUE;
  show_sides (self);
  self->is_updating = FALSE;

  strata_conflict_text_set (self->decision, decision);
  gtk_image_set_from_icon_name (self->icon, is_decided ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), is_decided ? "attention" : "good");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), is_decided ? "good" : "attention");
}

StrataConflict *
strata_conflict_row_get_conflict (StrataConflictRow *self)
{
  g_return_val_if_fail (STRATA_IS_CONFLICT_ROW (self), NULL);

  return self->conflict;
}

/* @conflict lives longer than the row, which changes its decision. @draft: (nullable): a result that was begun before */
void
strata_conflict_row_set_conflict (StrataConflictRow *self,
                                  StrataConflict    *conflict,
                                  const char        *draft)
{
  g_return_if_fail (STRATA_IS_CONFLICT_ROW (self));
  g_return_if_fail (conflict != NULL);

  g_autofree char *place = strata_conflict_text_place (conflict);

  self->conflict = conflict;
  strata_conflict_text_set (self->place, place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, place, -1);
  gtk_widget_set_opacity (self->edit, conflict->can_edit ? 1.0 : 0.0);
  gtk_widget_set_sensitive (self->edit, conflict->can_edit);
  gtk_widget_set_visible (self->result, FALSE);
  strata_conflict_row_update (self);

  if (draft != NULL || conflict->proposal != NULL)
    show_result (self, draft);
}

/* (transfer full) (nullable): what stands in the result now, when it is open */
char *
strata_conflict_row_dup_draft (StrataConflictRow *self)
{
  g_return_val_if_fail (STRATA_IS_CONFLICT_ROW (self), NULL);

  GtkTextIter start, end;

  if (!gtk_widget_get_visible (self->result))
    return NULL;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->result_view), &start, &end);

  return gtk_text_iter_get_text (&start, &end);
}

/* Narrow, the sides stand below each other, and each says which it is. */
void
strata_conflict_row_set_narrow (StrataConflictRow *self,
                                gboolean           narrow)
{
  g_return_if_fail (STRATA_IS_CONFLICT_ROW (self));

  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->cells), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), orientation);
  gtk_box_set_homogeneous (self->cells, !narrow);
  gtk_widget_set_visible (self->result_space, !narrow);
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    strata_conflict_cell_set_narrow (STRATA_CONFLICT_CELL (self->choices[side]), narrow);
}
