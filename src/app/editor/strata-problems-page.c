/* strata-problems-page.c - what is wrong with the chosen layer, and how the others are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problems-page"

#include "strata-problems-page.h"

#include <glib/gi18n.h>

/* A text that is not what it should be at all has a problem in every line; the first ones tell that as well. */
#define MAX_ROWS 50

struct _StrataProblemsPage
{
  GtkWidget            parent_instance;
  StrataEditing       *editing;  /* (owned) (nullable) */
  GPtrArray           *shown;    /* (owned) (element-type StrataProblem): one a row */
  GPtrArray           *rows;     /* (owned) (element-type GtkWidget) */

  GtkWidget           *root;
  AdwPreferencesGroup *group;
  AdwPreferencesGroup *profile_group;
  AdwActionRow        *fine;
  GtkWidget           *others_group;
  AdwActionRow        *others;
  GtkImage            *others_icon;
};

enum
{
  ACTIVATED,
  REPAIR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataProblemsPage, strata_problems_page, GTK_TYPE_WIDGET)

static const StrataProblem *
get_problem (StrataProblemsPage *self,
             GtkWidget          *row)
{
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return NULL;

  return g_ptr_array_index (self->shown, index);
}

static void
activated_cb (AdwActionRow       *row,
              StrataProblemsPage *self)
{
  const StrataProblem *problem = get_problem (self, GTK_WIDGET (row));

  if (problem != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, problem);
}

static void
repair_cb (GtkButton          *button,
           StrataProblemsPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);
  const StrataProblem *problem = get_problem (self, row);

  if (problem != NULL)
    g_signal_emit (self, signals[REPAIR], 0, problem);
}

static char *
describe_place (StrataProblemsPage  *self,
                const StrataProblem *problem)
{
  const char *document = strata_editing_get_document (self->editing);
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

static GtkWidget *
make_icon (StrataSeverity severity)
{
  static const char *const icons[] = {
    "dialog-information-symbolic",
    "dialog-warning-symbolic",
    "dialog-error-symbolic",
  };
  static const char *const classes[] = { "moving", "attention", "bad" };
  static const char *const names[] = { N_("Note"), N_("Warning"), N_("Error") };

  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icons[severity], "valign",
                                   GTK_ALIGN_START, "margin-top", 14, NULL);

  gtk_widget_add_css_class (image, classes[severity]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(names[severity]), -1);

  return image;
}

static GtkWidget *
make_repair_button (StrataProblemsPage  *self,
                    const StrataProblem *problem)
{
  const char *label = problem->fix_label != NULL ? problem->fix_label : _("Repair");
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_start (button, 40);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 9);
  gtk_widget_set_tooltip_text (button, _("Repair (Ctrl+.)"));
  g_signal_connect (button, "clicked", G_CALLBACK (repair_cb), self);

  return button;
}

/* Below the text of @row: beside it a long label would leave no room for the reason. */
static void
add_below (GtkWidget *row,
           GtkWidget *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr(GtkWidget) content = g_object_ref (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));

  /* The theme gives the content its margins only where it is the row's own child. */
  gtk_widget_set_margin_top (content, 9);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_box_set_spacing (GTK_BOX (content), 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), NULL);
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
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

static GtkWidget *
make_row (StrataProblemsPage  *self,
          const StrataProblem *problem)
{
  g_autofree char *place = describe_place (self, problem);
  GtkWidget *row =
    g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", problem->message, "subtitle",
                  place, "activatable", problem->line > 0, NULL);

  leave_words_alone (row);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_icon (problem->severity));

  if (problem->fix != NULL)
    add_below (row, make_repair_button (self, problem));

  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), self);

  return row;
}

static void
clear_rows (StrataProblemsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->shown, 0);
}

static void
add_rows (StrataProblemsPage  *self,
          AdwPreferencesGroup *group,
          GPtrArray           *problems)
{
  guint n_rows = problems != NULL ? MIN (problems->len, MAX_ROWS) : 0;
  guint n_hidden = problems != NULL ? problems->len - n_rows : 0;
  g_autofree char *more =
    n_hidden > 0
      ? g_strdup_printf (ngettext ("%u more is not listed", "%u more are not listed", n_hidden),
                         n_hidden)
      : NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      StrataProblem *problem = g_ptr_array_index (problems, i);
      GtkWidget *row = make_row (self, problem);

      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
      g_ptr_array_add (self->shown, strata_problem_copy (problem));
    }

  adw_preferences_group_set_description (group, more);
}

static void
update_others (StrataProblemsPage *self,
               guint               n_problems)
{
  guint n_layers = strata_profile_get_n_layers (strata_editing_get_profile (self->editing));
  guint n_others = n_layers > 0 ? n_layers - 1 : 0;
  const char *classes[] = { n_problems > 0 ? "attention" : "good", NULL };
  g_autofree char *title =
    g_strdup_printf (ngettext ("%u other layer", "%u other layers", n_others), n_others);
  g_autofree char *subtitle = n_problems == 0
    ? g_strdup (_("No problems"))
    : g_strdup_printf (ngettext ("%u problem", "%u problems", n_problems), n_problems);

  gtk_widget_set_visible (self->others_group, n_others > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->others), title);
  adw_action_row_set_subtitle (self->others, subtitle);
  gtk_image_set_from_icon_name (self->others_icon,
                                n_problems > 0 ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->others_icon), classes);
}

static void
update (StrataProblemsPage *self)
{
  StrataChecker *checker = strata_editing_get_checker (self->editing);
  StrataLayer *layer = strata_editing_get_layer (self->editing);
  GPtrArray *here = layer != NULL ? strata_checker_get_problems (checker, layer) : NULL;
  GPtrArray *of_profile = strata_checker_get_problems (checker, NULL);
  guint n_here = here != NULL ? here->len : 0;
  guint n_of_profile = of_profile != NULL ? of_profile->len : 0;
  guint n_others = strata_checker_get_n_problems (checker)
                   - strata_problem_count (here, STRATA_SEVERITY_WARNING)
                   - strata_problem_count (of_profile, STRATA_SEVERITY_WARNING);

  clear_rows (self);
  add_rows (self, self->group, here);
  add_rows (self, self->profile_group, of_profile);
  gtk_widget_set_visible (GTK_WIDGET (self->group), layer != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fine), here != NULL && n_here == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->profile_group), n_of_profile > 0);
  update_others (self, n_others);
}

static void
strata_problems_page_dispose (GObject *object)
{
  StrataProblemsPage *self = STRATA_PROBLEMS_PAGE (object);

  g_clear_object (&self->editing);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_PROBLEMS_PAGE);

  G_OBJECT_CLASS (strata_problems_page_parent_class)->dispose (object);
}

static void
strata_problems_page_class_init (StrataProblemsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_problems_page_dispose;

  signals[ACTIVATED] = g_signal_new ("activated", STRATA_TYPE_PROBLEMS_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, STRATA_TYPE_PROBLEM);
  signals[REPAIR] = g_signal_new ("repair", STRATA_TYPE_PROBLEMS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, STRATA_TYPE_PROBLEM);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-problems-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, root);
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, group);
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, profile_group);
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, fine);
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, others_group);
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, others);
  gtk_widget_class_bind_template_child (widget_class, StrataProblemsPage, others_icon);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_problems_page_init (StrataProblemsPage *self)
{
  self->rows = g_ptr_array_new ();
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_problems_page_set_editing (StrataProblemsPage *self,
                                  StrataEditing      *editing)
{
  g_return_if_fail (STRATA_IS_PROBLEMS_PAGE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify::position", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify::document", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}
