/* strata-problems-page.c - what is wrong with the chosen layer, and how the others are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problems-page"

#include "strata-problems-page.h"

#include <glib/gi18n.h>

#include "strata-problem-row.h"

/* A text that is not what it should be at all has a problem in every line; the first ones tell that as well. */
#define MAX_ROWS 50

/* How many rows may become different in one frame: each wraps its text anew, at several widths. */
#define STEP 2

/* What is said in one group, and the rows that say it: these come and change by and by, and wait hidden when there is
 * nothing for them to say. */
typedef struct
{
  AdwPreferencesGroup *group;     /* (unowned) */
  GPtrArray           *problems;  /* (owned) (element-type StrataProblem): as many as are listed */
  GPtrArray           *rows;      /* (owned) (element-type StrataProblemRow) */
} Part;

struct _StrataProblemsPage
{
  GtkWidget            parent_instance;
  StrataEditing       *editing;  /* (owned) (nullable) */
  Part                 here;
  Part                 of_profile;
  guint                tick;     /* while rows are not yet as they should be */

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

static void
part_init (Part                *part,
           AdwPreferencesGroup *group)
{
  part->group = group;
  part->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  part->rows = g_ptr_array_new ();
}

static void
part_clear (Part *part)
{
  g_clear_pointer (&part->problems, g_ptr_array_unref);
  g_clear_pointer (&part->rows, g_ptr_array_unref);
}

static void
activated_cb (StrataProblemsPage *self,
              StrataProblemRow   *row)
{
  g_signal_emit (self, signals[ACTIVATED], 0, strata_problem_row_get_problem (row));
}

static void
repair_cb (StrataProblemsPage *self,
           StrataProblemRow   *row)
{
  g_signal_emit (self, signals[REPAIR], 0, strata_problem_row_get_problem (row));
}

static StrataProblemRow *
add_row (StrataProblemsPage *self,
         Part               *part)
{
  StrataProblemRow *row = strata_problem_row_new ();

  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "repair", G_CALLBACK (repair_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (part->group, GTK_WIDGET (row));
  g_ptr_array_add (part->rows, row);

  return row;
}

/* What is not so any more goes at once. Rows are kept for what comes: a key that is being typed breaks a text and heals it. */
static void
hide_rows (Part *part)
{
  for (guint i = part->problems->len; i < part->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (part->rows, i), FALSE);
}

/* Whether the list ends within a screen of what is seen: a row that nobody can see takes as long as one that is looked at. */
static gboolean
is_short (StrataProblemsPage *self)
{
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->root));
  double page = gtk_adjustment_get_page_size (vertical);

  return gtk_adjustment_get_upper (vertical) - gtk_adjustment_get_value (vertical) < 2 * page;
}

/* Returns: how many rows became different, @most or fewer; fewer when all that are seen are as they should be */
static guint
update_rows (StrataProblemsPage *self,
             Part               *part,
             guint               most)
{
  const char *document = strata_editing_get_document (self->editing);
  guint n_needed = is_short (self) ? part->problems->len : MIN (part->problems->len, part->rows->len);
  guint n_changed = 0;

  for (guint i = 0; i < n_needed && n_changed < most; i++)
    {
      StrataProblemRow *row =
        i < part->rows->len ? g_ptr_array_index (part->rows, i) : add_row (self, part);

      if (strata_problem_row_set_problem (row, g_ptr_array_index (part->problems, i), document))
        n_changed++;

      gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
    }

  return n_changed;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StrataProblemsPage *self = STRATA_PROBLEMS_PAGE (widget);
  guint n_changed = update_rows (self, &self->here, STEP);

  n_changed += update_rows (self, &self->of_profile, STEP - n_changed);

  if (n_changed == STEP)
    return G_SOURCE_CONTINUE;

  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
queue_rows (StrataProblemsPage *self)
{
  if (self->tick == 0 && self->editing != NULL)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
take_problems (Part      *part,
               GPtrArray *problems)
{
  guint n_rows = problems != NULL ? MIN (problems->len, MAX_ROWS) : 0;
  guint n_hidden = problems != NULL ? problems->len - n_rows : 0;
  g_autofree char *more =
    n_hidden > 0
      ? g_strdup_printf (ngettext ("%u more is not listed", "%u more are not listed", n_hidden),
                         n_hidden)
      : NULL;

  g_ptr_array_set_size (part->problems, 0);

  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (part->problems, strata_problem_copy (g_ptr_array_index (problems, i)));

  hide_rows (part);
  adw_preferences_group_set_description (part->group, more);
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

  take_problems (&self->here, here);
  take_problems (&self->of_profile, of_profile);
  queue_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->group), layer != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fine), here != NULL && n_here == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->profile_group), n_of_profile > 0);
  update_others (self, n_others);
}

static void
strata_problems_page_dispose (GObject *object)
{
  StrataProblemsPage *self = STRATA_PROBLEMS_PAGE (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);

  self->tick = 0;
  g_clear_object (&self->editing);
  part_clear (&self->here);
  part_clear (&self->of_profile);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  part_init (&self->here, self->group);
  part_init (&self->of_profile, self->profile_group);

  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->root));

  g_signal_connect_object (vertical, "changed", G_CALLBACK (queue_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (queue_rows), self, G_CONNECT_SWAPPED);
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
