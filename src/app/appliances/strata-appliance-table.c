/* strata-appliance-table.c - the appliances of the board, sorted, filtered and one of them selected
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-table"

#include "strata-appliance-table.h"

#include <glib/gi18n.h>

#include "strata-appliance-columns.h"
#include "strata-gradual-model.h"

#define AGE_SECONDS 20
#define STATE_WIDTH 118
#define STATE_WIDTH_NARROW 152  /* it says the health, too */

struct _StrataApplianceTable
{
  AdwBin                parent_instance;
  StrataApplianceList  *list;       /* (owned) (nullable) */
  StrataGradualModel   *gradual;    /* (owned) (nullable): those that have come into the view */
  GtkSingleSelection   *selection;  /* (owned) (nullable) */
  StrataApplianceView   view;       /* its plan is (owned) (nullable) */
  char                 *selected;   /* (owned) (nullable): the uid of what is selected, wherever it stands */
  gboolean              picked;     /* a person selected it */
  gboolean              changing;
  guint                 age_source; /* keeps "for 4 min" true while it can be seen */
  GtkColumnView        *table;      /* (template) */
  GtkColumnViewColumn  *columns[STRATA_APPLIANCE_N_COLUMNS];  /* (owned) */
};

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_SHOWN_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataApplianceTable, strata_appliance_table, ADW_TYPE_BIN)

static const char *const column_children[] = {
  "name_column", "state_column", "health_column", "profile_column", "version_column", "current_column", "heard_column",
};

/* Columns */

static void
fill_column (StrataApplianceTable  *self,
             StrataApplianceColumn  column)
{
  g_autoptr(GtkListItemFactory) factory =
    strata_appliance_column_new_factory (column, &self->view);

  gtk_column_view_column_set_factory (self->columns[column], factory);
}

static gboolean
is_shown_narrow (StrataApplianceColumn column)
{
  return column == STRATA_APPLIANCE_COLUMN_NAME || column == STRATA_APPLIANCE_COLUMN_STATE ||
         column == STRATA_APPLIANCE_COLUMN_CURRENT || column == STRATA_APPLIANCE_COLUMN_HEARD;
}

/* A hidden column still counts in the width here, so it goes out and comes in again. */
static void
arrange_columns (StrataApplianceTable *self)
{
  guint position = 0;

  for (guint i = 0; i < STRATA_APPLIANCE_N_COLUMNS; i++)
    {
      gboolean wanted = !self->view.narrow || is_shown_narrow ((StrataApplianceColumn) i);
      gboolean there = gtk_column_view_column_get_column_view (self->columns[i]) != NULL;

      if (wanted && !there)
        gtk_column_view_insert_column (self->table, position, self->columns[i]);
      else if (!wanted && there)
        gtk_column_view_remove_column (self->table, self->columns[i]);
      position += wanted;
    }
}

static void
show_anew (StrataApplianceTable *self)
{
  if (self->list != NULL)
    strata_slot_list_show_anew (STRATA_SLOT_LIST (self->list));
}

/* What passes with time: how long ago, and for how long. */
static gboolean
refresh_ages_cb (gpointer user_data)
{
  show_anew (user_data);

  return G_SOURCE_CONTINUE;
}

static void
strata_appliance_table_map (GtkWidget *widget)
{
  StrataApplianceTable *self = STRATA_APPLIANCE_TABLE (widget);

  GTK_WIDGET_CLASS (strata_appliance_table_parent_class)->map (widget);

  show_anew (self);
  self->age_source = g_timeout_add_seconds (AGE_SECONDS, refresh_ages_cb, self);
}

static gboolean
strata_appliance_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_APPLIANCE_TABLE (widget)->table));
}

static void
strata_appliance_table_unmap (GtkWidget *widget)
{
  StrataApplianceTable *self = STRATA_APPLIANCE_TABLE (widget);

  g_clear_handle_id (&self->age_source, g_source_remove);

  GTK_WIDGET_CLASS (strata_appliance_table_parent_class)->unmap (widget);
}

/* Selection: of an appliance, wherever the next answer puts it */

static void
select_kept (StrataApplianceTable *self)
{
  guint position = self->selected != NULL ? strata_appliance_list_find (self->list, self->selected)
                                          : GTK_INVALID_LIST_POSITION;

  /* Only a place that is in the view already can be selected. */
  if (position != GTK_INVALID_LIST_POSITION &&
      position >= g_list_model_get_n_items (G_LIST_MODEL (self->gradual)))
    strata_gradual_model_finish (self->gradual);

  gtk_single_selection_set_selected (self->selection, position);
}

static void
selection_cb (StrataApplianceTable *self)
{
  StrataApplianceRow *row =
    strata_appliance_list_get_row (self->list, gtk_single_selection_get_selected (self->selection));
  const char *uid = row != NULL ? strata_appliance_row_get_uid (row) : "";

  /* While the rows change places, what is selected is still the same. */
  if (self->changing || g_strcmp0 (self->selected, uid) == 0)
    return;

  g_free (self->selected);
  self->selected = *uid != '\0' ? g_strdup (uid) : NULL;
  self->picked = self->selected != NULL;
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
will_change_cb (StrataApplianceTable *self)
{
  self->changing = TRUE;
}

/* The first one, which is the worst, until a person selects another. */
static void
select_first (StrataApplianceTable *self)
{
  if (!self->picked)
    g_clear_pointer (&self->selected, g_free);

  for (guint i = 0; i < 2 && self->selected == NULL; i++)
    {
      StrataApplianceRow *row = strata_appliance_list_get_row (self->list, i);

      if (row != NULL && strata_appliance_row_get_appliance (row) != NULL)
        self->selected = g_strdup (strata_appliance_row_get_uid (row));
    }
}

static void
did_change_cb (StrataApplianceTable *self)
{
  select_first (self);
  select_kept (self);
  self->changing = FALSE;

  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_SHOWN_CHANGED], 0);
}

static void
activate_cb (StrataApplianceTable *self,
             guint                 position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (self->selected != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* To go to the end is about every row. */
static gboolean
key_cb (StrataApplianceTable *self,
        guint                 keyval)
{
  if (keyval == GDK_KEY_End || keyval == GDK_KEY_KP_End)
    {
      strata_slot_list_trim (STRATA_SLOT_LIST (self->list));
      strata_gradual_model_finish (self->gradual);
    }

  return GDK_EVENT_PROPAGATE;
}

/* Class */

static void
strata_appliance_table_dispose (GObject *object)
{
  StrataApplianceTable *self = STRATA_APPLIANCE_TABLE (object);

  if (self->list != NULL)
    strata_appliance_list_set_sorter (self->list, NULL);
  g_clear_handle_id (&self->age_source, g_source_remove);
  for (guint i = 0; i < STRATA_APPLIANCE_N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->selection);
  g_clear_object (&self->gradual);
  g_clear_object (&self->list);
  g_clear_object (&self->view.plan);

  G_OBJECT_CLASS (strata_appliance_table_parent_class)->dispose (object);
}

static void
strata_appliance_table_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_APPLIANCE_TABLE (object)->selected, g_free);

  G_OBJECT_CLASS (strata_appliance_table_parent_class)->finalize (object);
}

static void
add_signal (const char *name,
            guint       signal)
{
  signals[signal] = g_signal_new (name, STRATA_TYPE_APPLIANCE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_appliance_table_class_init (StrataApplianceTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_appliance_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_table_finalize;
  widget_class->grab_focus = strata_appliance_table_grab_focus;
  widget_class->map = strata_appliance_table_map;
  widget_class->unmap = strata_appliance_table_unmap;

  add_signal ("selection-changed", SIGNAL_SELECTION_CHANGED);
  add_signal ("shown-changed", SIGNAL_SHOWN_CHANGED);
  add_signal ("activated", SIGNAL_ACTIVATED);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-appliance-table.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceTable, table);
  for (guint i = 0; i < G_N_ELEMENTS (column_children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, column_children[i], FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
strata_appliance_table_init (StrataApplianceTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < STRATA_APPLIANCE_N_COLUMNS; i++)
    {
      StrataApplianceColumn column = (StrataApplianceColumn) i;
      g_autoptr(GtkSorter) sorter = strata_appliance_column_new_sorter (column);

      self->columns[i] = g_object_ref (GTK_COLUMN_VIEW_COLUMN (gtk_widget_get_template_child (
        GTK_WIDGET (self), STRATA_TYPE_APPLIANCE_TABLE, column_children[i])));
      gtk_column_view_column_set_sorter (self->columns[i], sorter);
      fill_column (self, column);
    }
}

void
strata_appliance_table_set_model (StrataApplianceTable *self,
                                  StrataApplianceModel *model)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_TABLE (self));
  g_return_if_fail (self->list == NULL);

  self->list = strata_appliance_list_new (model);
  gtk_column_view_sort_by_column (self->table, self->columns[STRATA_APPLIANCE_COLUMN_CURRENT],
                                  GTK_SORT_ASCENDING);
  strata_appliance_list_set_sorter (self->list, gtk_column_view_get_sorter (self->table));

  self->gradual = strata_gradual_model_new (G_LIST_MODEL (self->list));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->gradual));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "will-change", G_CALLBACK (will_change_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "did-change", G_CALLBACK (did_change_cb), self,
                           G_CONNECT_SWAPPED);
  did_change_cb (self);
}

StrataApplianceList *
strata_appliance_table_get_list (StrataApplianceTable *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TABLE (self), NULL);

  return self->list;
}

/* %NULL where nothing is selected, or what is selected is not shown. */
StrataApplianceRow *
strata_appliance_table_get_selected (StrataApplianceTable *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TABLE (self), NULL);

  guint position = self->selected != NULL ? strata_appliance_list_find (self->list, self->selected)
                                          : GTK_INVALID_LIST_POSITION;

  return strata_appliance_list_get_row (self->list, position);
}

void
strata_appliance_table_set_narrow (StrataApplianceTable *self,
                                   gboolean              narrow)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_TABLE (self));

  if (self->view.narrow == narrow)
    return;

  self->view.narrow = narrow;
  gtk_column_view_column_set_fixed_width (self->columns[STRATA_APPLIANCE_COLUMN_STATE],
                                          narrow ? STATE_WIDTH_NARROW : STATE_WIDTH);
  arrange_columns (self);
  show_anew (self);
}

/* What is shown is an answer of before: no colour says that anything is well now. */
void
strata_appliance_table_set_is_past (StrataApplianceTable *self,
                                    gboolean              is_past)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_TABLE (self));

  if (self->view.is_past == is_past)
    return;

  self->view.is_past = is_past;
  show_anew (self);
}

/* What each appliance would change if a profile were published as @plan; %NULL for how it is. */
void
strata_appliance_table_set_plan (StrataApplianceTable  *self,
                                 StrataApplianceTarget *plan)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_TABLE (self));

  if (!g_set_object (&self->view.plan, plan))
    return;

  gtk_column_view_column_set_title (self->columns[STRATA_APPLIANCE_COLUMN_CURRENT],
                                    plan != NULL ? _("If Published Now") : _("Current?"));
  show_anew (self);
}
