/* strata-history-window.c - an open profile at any time, and the way back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-history-window"

#include "strata-history-window.h"

#include <glib/gi18n.h>

#include "strata-change-row.h"
#include "strata-comparison.h"
#include "strata-diff-pane.h"
#include "strata-history-list.h"

#define MAX_MARKS 60  /* of what a person saved; more would be a bar */

struct _StrataHistoryWindow
{
  AdwWindow        parent_instance;
  StrataEditing   *editing;    /* (owned) (nullable) */
  GPtrArray       *revisions;  /* (owned) (nullable) (element-type StrataRevision): newest first */
  StrataJob       *list;       /* (owned): gives the revisions */
  StrataJob       *compare;    /* (owned): gives a StrataComparison */

  AdwWindowTitle  *title;
  GtkScale        *scale;
  GtkLabel        *time;
  GtkLabel        *reason;
  GtkLabel        *summary;
  GtkToggleButton *then;
  GtkStack        *stack;
  StrataDiffPane  *pane;
  AdwStatusPage   *failed;
};

enum
{
  RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataHistoryWindow, strata_history_window, ADW_TYPE_WINDOW)

/* (nullable): the scale goes from the oldest to the newest */
static const StrataRevision *
get_revision (StrataHistoryWindow *self,
              int                  before)
{
  int n = self->revisions != NULL ? (int) self->revisions->len : 0;
  int at = n - 1 - (int) gtk_range_get_value (GTK_RANGE (self->scale)) + before;

  return at >= 0 && at < n ? self->revisions->pdata[at] : NULL;
}

static StrataCompareSource *
make_source (StrataHistoryWindow  *self,
             const StrataRevision *revision)
{
  const char *id = strata_profile_get_id (strata_editing_get_profile (self->editing));

  return revision != NULL ? strata_compare_source_new_revision (id, revision->digest, "") : NULL;
}

static void
compare (StrataHistoryWindow *self)
{
  const StrataRevision *revision = get_revision (self, 0);
  gboolean is_then = gtk_toggle_button_get_active (self->then);
  g_autoptr(StrataCompareSource) now =
    strata_compare_source_new_profile (strata_editing_get_profile (self->editing), "");
  g_autoptr(StrataCompareSource) chosen = make_source (self, revision);
  g_autoptr(StrataCompareSource) before = make_source (self, get_revision (self, 1));

  if (chosen != NULL && is_then)
    strata_comparison_run (self->compare, strata_editing_get_store (self->editing), before, chosen);
  else if (chosen != NULL)
    strata_comparison_run (self->compare, strata_editing_get_store (self->editing), chosen, now);
}

static void
show_revision (StrataHistoryWindow *self)
{
  const StrataRevision *revision = get_revision (self, 0);

  if (revision == NULL)
    return;

  g_autofree char *time = strata_history_list_describe_time (revision);
  g_autofree char *reason = strata_history_list_describe_reason (revision);
  g_autofree char *all = strata_history_list_describe (revision);

  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->reason, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, all, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.older", get_revision (self, 1) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.newer", get_revision (self, -1) != NULL);
}

static void
moved_cb (StrataHistoryWindow *self)
{
  show_revision (self);
  compare (self);
}

static void
compare_state_cb (StrataHistoryWindow *self)
{
  StrataJobState state = strata_job_get_state (self->compare);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.restore", state == STRATA_JOB_DONE);

  if (state == STRATA_JOB_DONE)
    {
      StrataComparison *comparison = strata_job_get_result (self->compare);
      guint n = strata_change_row_count (comparison->changes);
      g_autofree char *summary = g_strdup_printf (ngettext ("%u change", "%u changes", n), n);

      strata_diff_pane_show (self->pane, comparison->old_profile, comparison->new_profile, comparison->changes,
                             !gtk_toggle_button_get_active (self->then));
      gtk_label_set_label (self->summary, n > 0 ? summary : "");
      gtk_stack_set_visible_child_name (self->stack, "changes");
    }
  else if (state == STRATA_JOB_FAILED)
    {
      g_autofree char *reason = g_markup_escape_text (strata_job_get_error (self->compare)->message, -1);

      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static void
add_marks (StrataHistoryWindow *self)
{
  guint n_marks = 0;

  for (guint i = 0; i < self->revisions->len && n_marks < MAX_MARKS; i++)
    {
      const StrataRevision *revision = self->revisions->pdata[i];

      if (revision->reason == STRATA_REASON_AUTOSAVE)
        continue;
      gtk_scale_add_mark (self->scale, self->revisions->len - 1.0 - i, GTK_POS_BOTTOM, NULL);
      n_marks++;
    }
}

static void
list_state_cb (StrataHistoryWindow *self)
{
  StrataJobState state = strata_job_get_state (self->list);

  if (state == STRATA_JOB_FAILED)
    {
      g_autofree char *reason = g_markup_escape_text (strata_job_get_error (self->list)->message, -1);

      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  if (state != STRATA_JOB_DONE)
    return;

  self->revisions = g_ptr_array_ref (strata_job_get_result (self->list));
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX (self->revisions->len, 2) - 1.0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), self->revisions->len > 1);
  add_marks (self);
  gtk_range_set_value (GTK_RANGE (self->scale), self->revisions->len - 1.0);
  moved_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->scale));
}

/* A part of the revision. */
static void
taken_cb (StrataHistoryWindow *self,
          StrataProfile       *profile)
{
  StrataComparison *comparison = strata_job_get_result (self->compare);

  if (strata_job_get_state (self->compare) == STRATA_JOB_DONE && !gtk_toggle_button_get_active (self->then) &&
      comparison->new_profile == strata_editing_get_profile (self->editing))
    strata_editing_apply (self->editing, profile, _("Restore"));
}

/* All of it. Nothing is lost: what was there until now is in the history, and this is a new revision. */
static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  StrataHistoryWindow *self = STRATA_HISTORY_WINDOW (widget);
  StrataComparison *comparison = strata_job_get_result (self->compare);
  const StrataRevision *revision = get_revision (self, 0);

  if (strata_job_get_state (self->compare) != STRATA_JOB_DONE || revision == NULL)
    return;

  StrataProfile *then =
    gtk_toggle_button_get_active (self->then) ? comparison->new_profile : comparison->old_profile;
  g_autofree char *time = strata_history_list_describe_time (revision);

  strata_editing_apply (self->editing, then, _("Restore"));
  strata_saver_save (strata_editing_get_saver (self->editing), STRATA_REASON_SAVE);

  g_object_ref (self);
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[RESTORED], 0, time);
  g_object_unref (self);
}

static void
step_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  GtkRange *range = GTK_RANGE (STRATA_HISTORY_WINDOW (widget)->scale);

  gtk_range_set_value (range, gtk_range_get_value (range) + (g_str_equal (action_name, "history.newer") ? 1 : -1));
}

static void
walk_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  strata_diff_pane_walk (STRATA_HISTORY_WINDOW (widget)->pane, g_str_equal (action_name, "change.next"));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataEditing *editing = STRATA_HISTORY_WINDOW (widget)->editing;

  if (g_str_equal (action_name, "change.undo"))
    strata_editing_undo (editing);
  else
    strata_editing_redo (editing);
}

static void
strata_history_window_dispose (GObject *object)
{
  StrataHistoryWindow *self = STRATA_HISTORY_WINDOW (object);

  g_clear_object (&self->list);
  g_clear_object (&self->compare);
  g_clear_object (&self->editing);

  G_OBJECT_CLASS (strata_history_window_parent_class)->dispose (object);
}

static void
strata_history_window_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_HISTORY_WINDOW (object)->revisions, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_history_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "history.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "history.older", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "history.newer", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "change.next", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "change.previous", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "change.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "change.redo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "history.older", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "history.newer", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "change.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "change.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "change.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "change.redo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
strata_history_window_class_init (StrataHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_history_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_history_window_finalize;
  signals[RESTORED] = g_signal_new ("restored", STRATA_TYPE_HISTORY_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  install_actions (widget_class);

  g_type_ensure (STRATA_TYPE_DIFF_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, scale);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, time);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, then);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, StrataHistoryWindow, failed);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare);
  gtk_widget_class_bind_template_callback (widget_class, taken_cb);
}

static void
strata_history_window_init (StrataHistoryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->list = strata_job_new ();
  self->compare = strata_job_new ();
  g_signal_connect_object (self->list, "notify::state", G_CALLBACK (list_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compare, "notify::state", G_CALLBACK (compare_state_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
strata_history_window_new (GtkWindow     *parent,
                           StrataEditing *editing)
{
  g_return_val_if_fail (STRATA_IS_EDITING (editing), NULL);

  StrataHistoryWindow *self = g_object_new (STRATA_TYPE_HISTORY_WINDOW, "transient-for", parent, NULL);
  StrataProfile *profile = strata_editing_get_profile (editing);
  g_autofree char *subtitle =
    g_strdup_printf ("%s %s", strata_profile_get_name (profile), strata_profile_get_version (profile));

  self->editing = g_object_ref (editing);
  adw_window_title_set_subtitle (self->title, subtitle);
  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (compare), self, G_CONNECT_SWAPPED);
  strata_history_list_run (self->list, strata_editing_get_store (editing), strata_profile_get_id (profile));

  return GTK_WIDGET (self);
}
