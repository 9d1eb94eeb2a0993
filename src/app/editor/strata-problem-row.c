/* strata-problem-row.c - a row that says one problem, where it is and what would repair it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problem-row"

#include "strata-problem-row.h"

#include <glib/gi18n.h>

struct _StrataProblemRow
{
  AdwActionRow   parent_instance;
  StrataProblem *problem;   /* (owned) (nullable) */
  GtkWidget     *icon;      /* (unowned) */
  GtkWidget     *content;   /* (owned): what an action row has for a child */
  GtkWidget     *button;    /* (unowned) (nullable): while there is something to repair */
};

enum
{
  REPAIR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataProblemRow, strata_problem_row, ADW_TYPE_ACTION_ROW)

/* @document is the one that is shown: what is in that needs no name. */
static char *
describe_place (const StrataProblem *problem,
                const char          *document)
{
  gboolean elsewhere = problem->document != NULL && g_strcmp0 (problem->document, document) != 0;
  g_autoptr(GString) text = g_string_new (NULL);

  if (elsewhere)
    g_string_append_printf (text, "%s · ", problem->document);

  if (problem->line > 0 && problem->column > 0)
    g_string_append_printf (text, _("Line %u, column %u"), problem->line, problem->column);
  else if (problem->line > 0)
    g_string_append_printf (text, _("Line %u"), problem->line);

  if (problem->line > 0)
    g_string_append (text, " · ");

  g_string_append (text, problem->source);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_severity (StrataProblemRow *self,
               StrataSeverity    severity)
{
  static const char *const icons[] = {
    "dialog-information-symbolic",
    "dialog-warning-symbolic",
    "dialog-error-symbolic",
  };
  static const char *const classes[] = { "moving", "attention", "bad" };
  static const char *const names[] = { N_("Note"), N_("Warning"), N_("Error") };
  const char *css_classes[] = { classes[severity], NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icons[severity]);
  gtk_widget_set_css_classes (self->icon, css_classes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(names[severity]), -1);
}

static void
clicked_cb (StrataProblemRow *self)
{
  g_signal_emit (self, signals[REPAIR], 0);
}

static GtkWidget *
make_button (StrataProblemRow *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_start (button, 40);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 9);
  gtk_widget_set_tooltip_text (button, _("Repair (Ctrl+.)"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

/* The theme gives the content its margins only where it is the row's own child. */
static void
set_margins (GtkWidget *content,
             int        top,
             int        sides)
{
  gtk_widget_set_margin_top (content, top);
  gtk_widget_set_margin_start (content, sides);
  gtk_widget_set_margin_end (content, sides);
  gtk_box_set_spacing (GTK_BOX (content), sides);
}

/* Below the text: beside it a long label would leave no room for the reason. */
static void
add_button (StrataProblemRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->button = make_button (self);
  set_margins (self->content, 9, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), NULL);
  gtk_box_append (GTK_BOX (box), self->content);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
remove_button (StrataProblemRow *self)
{
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->content)), self->content);
  self->button = NULL;
  set_margins (self->content, 0, 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->content);
}

static void
show_fix (StrataProblemRow    *self,
          const StrataProblem *problem)
{
  if (problem->fix != NULL && self->button == NULL)
    add_button (self);
  else if (problem->fix == NULL && self->button != NULL)
    remove_button (self);

  if (self->button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button),
                          problem->fix_label != NULL ? problem->fix_label : _("Repair"));
}

/* A path that is broken at the end of a line has no hyphen there. */
static void
leave_words_alone (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (widget), attributes);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    leave_words_alone (child);
}

static void
strata_problem_row_dispose (GObject *object)
{
  g_clear_object (&STRATA_PROBLEM_ROW (object)->content);

  G_OBJECT_CLASS (strata_problem_row_parent_class)->dispose (object);
}

static void
strata_problem_row_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_PROBLEM_ROW (object)->problem, strata_problem_free);

  G_OBJECT_CLASS (strata_problem_row_parent_class)->finalize (object);
}

static void
strata_problem_row_class_init (StrataProblemRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_problem_row_dispose;
  object_class->finalize = strata_problem_row_finalize;

  signals[REPAIR] = g_signal_new ("repair", STRATA_TYPE_PROBLEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
strata_problem_row_init (StrataProblemRow *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE, "valign", GTK_ALIGN_START, "margin-top", 14, NULL);
  self->content = g_object_ref (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self)));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  leave_words_alone (GTK_WIDGET (self));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
}

StrataProblemRow *
strata_problem_row_new (void)
{
  return g_object_new (STRATA_TYPE_PROBLEM_ROW, NULL);
}

/* (nullable): NULL before one was set */
const StrataProblem *
strata_problem_row_get_problem (StrataProblemRow *self)
{
  g_return_val_if_fail (STRATA_IS_PROBLEM_ROW (self), NULL);

  return self->problem;
}

/* Says @problem while @document is the one that is shown, and returns whether the row looks different now: what it says
 * already costs nothing. */
gboolean
strata_problem_row_set_problem (StrataProblemRow    *self,
                                const StrataProblem *problem,
                                const char          *document)
{
  g_return_val_if_fail (STRATA_IS_PROBLEM_ROW (self), FALSE);
  g_return_val_if_fail (problem != NULL, FALSE);

  g_autoptr(StrataProblem) before = self->problem;
  g_autofree char *place = describe_place (problem, document);
  gboolean is_same_place = g_strcmp0 (place, adw_action_row_get_subtitle (ADW_ACTION_ROW (self))) == 0;

  self->problem = strata_problem_copy (problem);

  if (before != NULL && is_same_place && before->severity == problem->severity
      && g_str_equal (before->message, problem->message) && g_strcmp0 (before->fix, problem->fix) == 0
      && g_strcmp0 (before->fix_label, problem->fix_label) == 0)
    return FALSE;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), problem->message);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), place);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), problem->line > 0);
  show_severity (self, problem->severity);
  show_fix (self, problem);

  return TRUE;
}
