/* strata-variables-page.c - what a profile leaves open until it is used, and where its texts use it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variables-page"

#include "strata-variables-page.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-use-list.h"
#include "strata-variable-dialog.h"
#include "strata-variable-row.h"

/* A text from elsewhere may use any number of them. */
#define MAX_UNDEFINED 50

/* What is renamed, in a worker, and how the variable is then. */
typedef struct
{
  StrataProfile  *profile;   /* (owned) */
  StrataVariable *variable;  /* (owned) */
  char           *name;      /* (owned): before */
} Rename;

struct _StrataVariablesPage
{
  GtkWidget            parent_instance;
  StrataEditing       *editing;         /* (owned) (nullable) */
  GPtrArray           *shown;           /* (owned) (nullable) (element-type StrataVariable) */
  GPtrArray           *rows;            /* (owned) (element-type StrataVariableRow): in the group */
  GPtrArray           *undefined_rows;  /* (owned) (element-type GtkWidget): in theirs */
  StrataJob           *look;            /* (owned): where variables are used */
  StrataProfile       *looking;         /* (owned) (nullable): what it looks through */
  StrataJob           *rename;          /* (owned) */
  Rename              *renaming;        /* (unowned) (nullable): the order of that, as long as it runs */
  StrataVariable      *dropped;         /* (owned) (nullable): was dragged... */
  guint                dropped_before;  /* ...to before this place */
  guint                drop_idle;       /* the rows must not go inside the signal of one of them */

  GtkWidget           *root;
  AdwPreferencesGroup *group;
  AdwPreferencesGroup *undefined_group;
};

G_DEFINE_FINAL_TYPE (StrataVariablesPage, strata_variables_page, GTK_TYPE_WIDGET)

static void
rename_free (gpointer data)
{
  Rename *order = data;

  g_clear_object (&order->profile);
  g_clear_object (&order->variable);
  g_clear_pointer (&order->name, g_free);
  g_free (order);
}

static StrataVariable *
find_variable (GPtrArray  *variables,
               const char *name,
               guint      *index)
{
  for (guint i = 0; name != NULL && i < variables->len; i++)
    if (g_str_equal (strata_variable_get_name (g_ptr_array_index (variables, i)), name))
      {
        *index = i;
        return g_ptr_array_index (variables, i);
      }

  return NULL;
}

/* Those of @profile in an array of its own, which may be changed. */
static GPtrArray *
copy_variables (StrataProfile *profile)
{
  GPtrArray *variables = strata_profile_get_variables (profile);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (variables, i)));

  return copy;
}

static void
apply (StrataVariablesPage *self,
       GPtrArray           *variables,
       const char          *label)
{
  g_autoptr(StrataProfile) profile =
    strata_profile_with_variables (strata_editing_get_profile (self->editing), variables);

  strata_editing_apply (self->editing, profile, label);
}

/* @profile with @variable in place of the one called @name; %NULL when that is not there any more. */
static StrataProfile *
put_in_place (StrataProfile  *profile,
              const char     *name,
              StrataVariable *variable)
{
  g_autoptr(GPtrArray) variables = copy_variables (profile);
  guint index;

  if (find_variable (variables, name, &index) == NULL)
    return NULL;

  g_object_unref (g_ptr_array_index (variables, index));
  g_ptr_array_index (variables, index) = g_object_ref (variable);

  return strata_profile_with_variables (profile, variables);
}

/* Runs in a worker thread: a name is followed through all texts. */
static gpointer
rename_run (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Rename *order = data;
  const char *new_name = strata_variable_get_name (order->variable);
  g_autoptr(StrataProfile) renamed = strata_variable_rename (order->profile, order->name, new_name);

  return put_in_place (renamed, new_name, order->variable);
}

static void
start_renaming (StrataVariablesPage *self,
                const char          *name,
                StrataVariable      *variable)
{
  Rename *order = g_new0 (Rename, 1);

  order->profile = g_object_ref (strata_editing_get_profile (self->editing));
  order->variable = g_object_ref (variable);
  order->name = g_strdup (name);
  strata_job_run (self->rename, rename_run, order, rename_free, g_object_unref);
  self->renaming = order;
}

static void
rename_state_cb (StrataVariablesPage *self)
{
  Rename *order = self->renaming;

  if (order == NULL || strata_job_get_state (self->rename) != STRATA_JOB_DONE)
    return;

  StrataProfile *renamed = strata_job_get_result (self->rename);

  self->renaming = NULL;

  /* Something was typed meanwhile: rename in that. */
  if (order->profile != strata_editing_get_profile (self->editing))
    {
      g_autofree char *name = g_strdup (order->name);
      g_autoptr(StrataVariable) variable = g_object_ref (order->variable);

      start_renaming (self, name, variable);
    }
  else if (renamed != NULL)
    strata_editing_apply (self->editing, renamed, _("Rename Variable"));
}

/* In place of the one of that name, or as the last one. */
static void
dialog_done_cb (StrataVariablesPage  *self,
                const char           *old_name,
                StrataVariable       *variable,
                StrataVariableDialog *dialog)
{
  StrataProfile *profile = strata_editing_get_profile (self->editing);
  g_autoptr(StrataProfile) changed = NULL;

  if (old_name != NULL && !g_str_equal (old_name, strata_variable_get_name (variable)))
    {
      start_renaming (self, old_name, variable);
      return;
    }

  changed = old_name != NULL ? put_in_place (profile, old_name, variable) : NULL;

  if (changed != NULL)
    strata_editing_apply (self->editing, changed, _("Change Variable"));
  else
    {
      g_autoptr(GPtrArray) variables = copy_variables (profile);

      g_ptr_array_add (variables, g_object_ref (variable));
      apply (self, variables, _("Add Variable"));
    }
}

/* (transfer full): those of @name, among all that were found */
static GPtrArray *
pick_uses (StrataVariablesPage *self,
           const char          *name)
{
  GPtrArray *all = strata_job_get_result (self->look);
  GPtrArray *picked = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_use_free);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const StrataVariableUse *use = g_ptr_array_index (all, i);

      if (g_str_equal (use->name, name))
        g_ptr_array_add (picked, strata_variable_use_copy (use));
    }

  return picked;
}

static StrataVariableDialog *
open_dialog (StrataVariablesPage *self,
             StrataVariable      *variable)
{
  g_autoptr(GPtrArray) uses =
    variable != NULL ? pick_uses (self, strata_variable_get_name (variable)) : NULL;
  GtkWidget *dialog = strata_variable_dialog_new (
    variable, strata_editing_get_profile (self->editing), uses != NULL ? uses->len : 0);

  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "done", G_CALLBACK (dialog_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return STRATA_VARIABLE_DIALOG (dialog);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataVariableDialog *dialog = open_dialog (STRATA_VARIABLES_PAGE (widget), NULL);
  const char *name = g_variant_get_string (parameter, NULL);

  if (*name != '\0')
    strata_variable_dialog_suggest_name (dialog, name);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataVariablesPage *self = STRATA_VARIABLES_PAGE (widget);
  StrataProfile *profile = strata_editing_get_profile (self->editing);
  guint index;
  StrataVariable *variable = find_variable (strata_profile_get_variables (profile),
                                            g_variant_get_string (parameter, NULL), &index);

  if (variable != NULL)
    open_dialog (self, variable);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  StrataVariablesPage *self = STRATA_VARIABLES_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  g_autoptr(GPtrArray) variables = copy_variables (strata_editing_get_profile (self->editing));
  g_autofree char *message = g_strdup_printf (_("“%s” removed"), name);
  guint index;

  if (find_variable (variables, name, &index) == NULL)
    return;

  g_ptr_array_remove_index (variables, index);
  apply (self, variables, _("Remove Variable"));
  gtk_widget_activate_action (widget, "editor.notify-undo", "s", message);
}

/* @from goes to where @to is; the keyboard goes with it. */
static void
move_variable (StrataVariablesPage *self,
               guint                from,
               guint                to)
{
  g_autoptr(GPtrArray) variables = copy_variables (strata_editing_get_profile (self->editing));

  if (from >= variables->len || to >= variables->len || from == to)
    return;

  g_ptr_array_insert (variables, (int) to, g_ptr_array_steal_index (variables, from));
  apply (self, variables, _("Move Variable"));

  if (to < self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, to));
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataVariablesPage *self = STRATA_VARIABLES_PAGE (widget);
  GPtrArray *variables = strata_profile_get_variables (strata_editing_get_profile (self->editing));
  const char *name;
  guint index;
  int step;

  g_variant_get (parameter, "(&si)", &name, &step);

  /* Beyond the first there is no place: the number is then too large for any. */
  if (find_variable (variables, name, &index) != NULL)
    move_variable (self, index, index + (guint) step);
}

/* What is dragged may come from the window of another profile: that stays there. */
static void
drop_idle_cb (gpointer data)
{
  StrataVariablesPage *self = data;
  guint before = self->dropped_before;
  guint from;

  self->drop_idle = 0;

  if (g_ptr_array_find (self->shown, self->dropped, &from))
    move_variable (self, from, from < before ? before - 1 : before);

  g_clear_object (&self->dropped);
}

static void
dropped_cb (StrataVariablesPage *self,
            StrataVariable      *dragged,
            guint                before)
{
  g_set_object (&self->dropped, dragged);
  self->dropped_before = before;

  if (self->drop_idle == 0)
    self->drop_idle = g_idle_add_once (drop_idle_cb, self);
}

static void
undefined_activated_cb (AdwActionRow *row)
{
  strata_use_list_go_to (GTK_WIDGET (row), g_object_get_data (G_OBJECT (row), "use"));
}

static GtkWidget *
make_add_button (const char *name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Add…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "variable.add");

  return button;
}

static void
add_undefined (StrataVariablesPage     *self,
               const StrataVariableUse *use)
{
  g_autofree char *place = strata_use_list_describe (use, self->looking);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), use->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  g_object_set_data_full (G_OBJECT (row), "use", strata_variable_use_copy (use),
                          (GDestroyNotify) strata_variable_use_free);
  g_signal_connect (row, "activated", G_CALLBACK (undefined_activated_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_add_button (use->name));
  adw_preferences_group_add (self->undefined_group, row);
  g_ptr_array_add (self->undefined_rows, row);
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray           *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));

  g_ptr_array_set_size (rows, 0);
}

/* Each name once, with the first place that uses it. */
static void
update_undefined (StrataVariablesPage *self,
                  GPtrArray           *uses)
{
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  clear_rows (self->undefined_group, self->undefined_rows);

  for (guint i = 0; i < self->shown->len; i++)
    g_hash_table_add (known, (char *) strata_variable_get_name (g_ptr_array_index (self->shown, i)));

  for (guint i = 0; i < uses->len && self->undefined_rows->len < MAX_UNDEFINED; i++)
    {
      const StrataVariableUse *use = g_ptr_array_index (uses, i);

      if (g_hash_table_add (known, use->name))
        add_undefined (self, use);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->undefined_group), self->undefined_rows->len > 0);
}

static void
update_uses (StrataVariablesPage *self)
{
  GPtrArray *uses = strata_job_get_result (self->look);

  if (strata_job_get_state (self->look) != STRATA_JOB_DONE)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *name = strata_variable_get_name (g_ptr_array_index (self->shown, i));
      g_autoptr(GPtrArray) picked = pick_uses (self, name);

      strata_variable_row_set_uses (g_ptr_array_index (self->rows, i), picked, self->looking);
    }

  update_undefined (self, uses);
}

/* Runs in a worker thread. */
static gpointer
look_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return strata_variable_find_uses (data);
}

static void
checked_cb (StrataVariablesPage *self)
{
  StrataProfile *profile = strata_editing_get_profile (self->editing);

  if (profile == self->looking)
    return;

  g_set_object (&self->looking, profile);
  strata_job_run (self->look, look_run, g_object_ref (profile), g_object_unref,
                  (GDestroyNotify) g_ptr_array_unref);
}

static void
update (StrataVariablesPage *self)
{
  GPtrArray *variables = strata_profile_get_variables (strata_editing_get_profile (self->editing));

  if (variables == self->shown)
    return;

  clear_rows (self->group, self->rows);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (variables);

  for (guint i = 0; i < variables->len; i++)
    {
      GtkWidget *row = strata_variable_row_new (g_ptr_array_index (variables, i), i, variables->len);

      g_signal_connect_object (row, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }

  update_uses (self);
}

static void
strata_variables_page_dispose (GObject *object)
{
  StrataVariablesPage *self = STRATA_VARIABLES_PAGE (object);

  g_clear_handle_id (&self->drop_idle, g_source_remove);
  g_clear_object (&self->dropped);
  g_clear_object (&self->look);
  g_clear_object (&self->looking);
  g_clear_object (&self->rename);
  g_clear_object (&self->editing);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->undefined_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_VARIABLES_PAGE);

  G_OBJECT_CLASS (strata_variables_page_parent_class)->dispose (object);
}

static void
strata_variables_page_class_init (StrataVariablesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_variables_page_dispose;

  gtk_widget_class_install_action (widget_class, "variable.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "variable.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "variable.move", "(si)", move_action);
  gtk_widget_class_install_action (widget_class, "variable.remove", "s", remove_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-variables-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataVariablesPage, root);
  gtk_widget_class_bind_template_child (widget_class, StrataVariablesPage, group);
  gtk_widget_class_bind_template_child (widget_class, StrataVariablesPage, undefined_group);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_variables_page_init (StrataVariablesPage *self)
{
  self->rows = g_ptr_array_new ();
  self->undefined_rows = g_ptr_array_new ();
  self->look = strata_job_new ();
  self->rename = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->look, "notify::state", G_CALLBACK (update_uses), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rename, "notify::state", G_CALLBACK (rename_state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
strata_variables_page_set_editing (StrataVariablesPage *self,
                                   StrataEditing       *editing)
{
  g_return_if_fail (STRATA_IS_VARIABLES_PAGE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (checked_cb),
                           self, G_CONNECT_SWAPPED);
  update (self);
}
