/* strata-merge-window.c - what two sides changed in two ways, to be decided place by place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge-window"

#include "strata-merge-window.h"

#include <glib/gi18n.h>

#include "strata-conflict-list.h"
#include "strata-conflict-text.h"
#include "strata-job.h"
#include "strata-merge-columns.h"

#define NARROW_WIDTH 900
#define MAX_MERGED 100  /* of what was clear by itself */

struct _StrataMergeWindow
{
  AdwWindow       parent_instance;
  StrataMerge    *merge;      /* (owned) */
  GPtrArray      *conflicts;  /* (owned) (element-type StrataConflict): ours, with what is decided so far */
  StrataJob      *job;        /* (owned): puts the decisions in */
  gboolean        narrow;
  guint           narrow_idle;

  AdwWindowTitle *title;
  GtkWidget      *apply;
  StrataMergeColumns *columns;
  StrataConflictList *list;
  GtkLabel       *merged_label;
  GtkWidget      *merged;
  GtkBox         *merged_list;
  GtkImage       *foot_icon;
  GtkLabel       *foot;
};

enum
{
  RESPONSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataMergeWindow, strata_merge_window, ADW_TYPE_WINDOW)

static guint
count_open (StrataMergeWindow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->conflicts->len; i++)
    n += ((StrataConflict *) self->conflicts->pdata[i])->decision == STRATA_SIDE_NONE;

  return n;
}

static void
show_foot (StrataMergeWindow *self,
           guint              n_open)
{
  guint n_merged = strata_merge_get_merged (self->merge)->len;
  g_autofree char *open =
    n_open == 0 ? g_strdup (_("All is decided."))
                : g_strdup_printf (ngettext ("%u conflict to decide.", "%u conflicts to decide.", n_open), n_open);
  g_autofree char *merged = g_strdup_printf (ngettext ("%u other change was merged by itself.",
                                                       "%u other changes were merged by themselves.", n_merged),
                                             n_merged);
  g_autofree char *text =
    g_strjoin (" ", open, n_merged > 0 ? merged : _("Nothing else changed."), _("Both sides stay in the history."), NULL);

  gtk_label_set_label (self->foot, text);
  gtk_image_set_from_icon_name (self->foot_icon, n_open == 0 ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->foot_icon), n_open == 0 ? "attention" : "good");
  gtk_widget_add_css_class (GTK_WIDGET (self->foot_icon), n_open == 0 ? "good" : "attention");
}

static void
update (StrataMergeWindow *self)
{
  guint n = self->conflicts->len;
  guint n_open = count_open (self);
  g_autofree char *subtitle =
    g_strdup_printf (ngettext ("%u of %u conflict decided", "%u of %u conflicts decided", n), n - n_open, n);

  g_autofree char *reason = n_open == 0 ? NULL
                                        : g_strdup_printf (ngettext ("%u conflict is not decided yet",
                                                                     "%u conflicts are not decided yet", n_open),
                                                           n_open);

  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_tooltip_text (self->apply, reason);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.apply", n_open == 0);
  show_foot (self, n_open);
}

/* What was clear by itself */

static void
show_merged (StrataMergeWindow *self)
{
  GPtrArray *merged = strata_merge_get_merged (self->merge);
  g_autofree char *label = g_strdup_printf (
    ngettext ("%u change merged by itself", "%u changes merged by themselves", merged->len), merged->len);

  for (guint i = 0; i < MIN (merged->len, MAX_MERGED); i++)
    {
      const StrataConflict *change = merged->pdata[i];
      g_autofree char *place = strata_conflict_text_place (change);
      const char *side = change->decision == STRATA_SIDE_BOTH ? _("both sides") : strata_conflict_text_side (change->decision);
      g_autofree char *text =
        g_strdup_printf ("%s › %s · %s", change->layer != NULL ? change->layer : _("The Profile"), place, side);
      GtkWidget *line = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                                      PANGO_WRAP_WORD_CHAR, "selectable", TRUE, NULL);

      gtk_widget_add_css_class (line, "small");
      gtk_box_append (self->merged_list, line);
    }
  gtk_label_set_label (self->merged_label, label);
  gtk_widget_set_visible (self->merged, merged->len > 0);
}

/* Actions */

static void
respond (StrataMergeWindow *self,
         const char        *response)
{
  g_object_ref (self);
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[RESPONSE], 0, response);
  g_object_unref (self);
}

static void
later_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  respond (STRATA_MERGE_WINDOW (widget), "later");
}

static void
both_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  respond (STRATA_MERGE_WINDOW (widget), "both");
}

typedef struct
{
  StrataMerge *merge;      /* (owned) */
  GPtrArray   *conflicts;  /* (owned) */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->merge);
  g_clear_pointer (&order->conflicts, g_ptr_array_unref);
  g_free (order);
}

/* Runs in a worker thread. */
static gpointer
decide_run (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Order *order = data;

  return strata_merge_decide (order->merge, order->conflicts);
}

static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  StrataMergeWindow *self = STRATA_MERGE_WINDOW (widget);
  Order *order = g_new0 (Order, 1);

  order->merge = g_object_ref (self->merge);
  order->conflicts = g_ptr_array_ref (self->conflicts);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  gtk_widget_action_set_enabled (widget, "merge.apply", FALSE);
  strata_job_run (self->job, decide_run, order, order_free, g_object_unref);
}

static void
job_state_cb (StrataMergeWindow *self)
{
  if (strata_job_get_state (self->job) != STRATA_JOB_DONE)
    return;

  g_set_object (&self->merge, strata_job_get_result (self->job));
  respond (self, "merge");
}

static void
take_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  StrataMergeWindow *self = STRATA_MERGE_WINDOW (widget);

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      StrataConflict *conflict = self->conflicts->pdata[i];

      conflict->decision = g_variant_get_uint32 (parameter);
      g_clear_pointer (&conflict->own, g_free);
    }
  strata_conflict_list_update (self->list);
  update (self);
}

static void
walk_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  strata_conflict_list_walk (STRATA_MERGE_WINDOW (widget)->list, g_str_equal (action_name, "merge.next"));
}

/* Narrow */

static void
narrow_idle_cb (gpointer data)
{
  StrataMergeWindow *self = data;

  self->narrow_idle = 0;
  self->narrow = !self->narrow;
  gtk_widget_set_visible (GTK_WIDGET (self->columns), !self->narrow);
  strata_conflict_list_set_narrow (self->list, self->narrow);
}

static void
strata_merge_window_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  StrataMergeWindow *self = STRATA_MERGE_WINDOW (widget);

  GTK_WIDGET_CLASS (strata_merge_window_parent_class)->size_allocate (widget, width, height, baseline);

  /* In an idle: children must not come and go inside an allocation. */
  if ((width < NARROW_WIDTH) == self->narrow)
    g_clear_handle_id (&self->narrow_idle, g_source_remove);
  else if (self->narrow_idle == 0)
    self->narrow_idle = g_idle_add_once (narrow_idle_cb, self);
}

static gboolean
strata_merge_window_close_request (GtkWindow *window)
{
  respond (STRATA_MERGE_WINDOW (window), "later");

  return TRUE;
}

static void
strata_merge_window_dispose (GObject *object)
{
  StrataMergeWindow *self = STRATA_MERGE_WINDOW (object);

  g_clear_handle_id (&self->narrow_idle, g_source_remove);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (strata_merge_window_parent_class)->dispose (object);
}

static void
strata_merge_window_finalize (GObject *object)
{
  StrataMergeWindow *self = STRATA_MERGE_WINDOW (object);

  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_object (&self->merge);

  G_OBJECT_CLASS (strata_merge_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "merge.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "merge.later", NULL, later_action);
  gtk_widget_class_install_action (widget_class, "merge.both", NULL, both_action);
  gtk_widget_class_install_action (widget_class, "merge.take-all", "u", take_all_action);
  gtk_widget_class_install_action (widget_class, "merge.next", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "merge.previous", NULL, walk_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "merge.later", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "merge.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "merge.previous", NULL);
}

static void
strata_merge_window_class_init (StrataMergeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_merge_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_merge_window_finalize;
  widget_class->size_allocate = strata_merge_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = strata_merge_window_close_request;
  signals[RESPONSE] = g_signal_new ("response", STRATA_TYPE_MERGE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  install_actions (widget_class);

  g_type_ensure (STRATA_TYPE_CONFLICT_LIST);
  g_type_ensure (STRATA_TYPE_MERGE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-merge-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, apply);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, list);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, merged);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, merged_label);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, merged_list);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, foot_icon);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeWindow, foot);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
strata_merge_window_init (StrataMergeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_conflict_free);
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
strata_merge_window_new (GtkWindow   *parent,
                         StrataMerge *merge)
{
  g_return_val_if_fail (STRATA_IS_MERGE (merge), NULL);

  StrataMergeWindow *self = g_object_new (STRATA_TYPE_MERGE_WINDOW, "transient-for", parent, NULL);
  StrataProfile *mine = strata_merge_get_side (merge, STRATA_SIDE_MINE);
  GPtrArray *conflicts = strata_merge_get_conflicts (merge);
  g_autofree char *title =
    g_strdup_printf (_("Merge %s %s"), strata_profile_get_name (mine), strata_profile_get_version (mine));

  self->merge = g_object_ref (merge);
  for (guint i = 0; i < conflicts->len; i++)
    g_ptr_array_add (self->conflicts, strata_conflict_copy (conflicts->pdata[i]));

  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  strata_conflict_list_show (self->list, merge, self->conflicts);
  show_merged (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));

  return GTK_WIDGET (self);
}

/* What stands below the name of a side: where it comes from, and of when it is. */
void
strata_merge_window_describe (StrataMergeWindow *self,
                              StrataSide         side,
                              const char        *words)
{
  g_return_if_fail (STRATA_IS_MERGE_WINDOW (self));
  g_return_if_fail (side < STRATA_N_SIDES);

  strata_merge_columns_describe (self->columns, side, words);
}

void
strata_merge_window_set_can_keep_both (StrataMergeWindow *self,
                                       gboolean           can_keep_both)
{
  g_return_if_fail (STRATA_IS_MERGE_WINDOW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.both", can_keep_both);
}

/* The merge with what was decided, once the response is "merge". */
StrataMerge *
strata_merge_window_get_merge (StrataMergeWindow *self)
{
  g_return_val_if_fail (STRATA_IS_MERGE_WINDOW (self), NULL);

  return self->merge;
}
