/* strata-work-bar.c - what takes longer than a moment, at the foot of the window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-work-bar"

#include "strata-work-bar.h"

#define PATIENCE_MS 500  /* what is done sooner is not worth a bar that flashes up */
#define STEP_MS 100

struct _StrataWorkBar
{
  GtkWidget       parent_instance;
  GPtrArray      *works;   /* (owned): of StrataWork, the one that is shown first */
  guint           source;  /* runs only while there is work */

  GtkRevealer    *revealer;
  GtkLabel       *label;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
};

G_DEFINE_FINAL_TYPE (StrataWorkBar, strata_work_bar, GTK_TYPE_WIDGET)

static void
show_step (StrataWorkBar *self)
{
  StrataWork *work = g_ptr_array_index (self->works, 0);
  double fraction = strata_work_get_fraction (work);

  gtk_label_set_label (self->label, strata_work_get_label (work));
  gtk_widget_set_sensitive (self->cancel,
                            !g_cancellable_is_cancelled (strata_work_get_cancellable (work)));
  if (fraction >= 0.0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
}

static gboolean
step_cb (gpointer user_data)
{
  show_step (STRATA_WORK_BAR (user_data));

  return G_SOURCE_CONTINUE;
}

static gboolean
patience_cb (gpointer user_data)
{
  StrataWorkBar *self = STRATA_WORK_BAR (user_data);

  show_step (self);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  self->source = g_timeout_add (STEP_MS, step_cb, self);

  return G_SOURCE_REMOVE;
}

/* What has slid away is not there for a screen reader either. */
static void
revealed_cb (StrataWorkBar *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
}

static void
cancel_cb (StrataWorkBar *self)
{
  if (self->works->len == 0)
    return;

  g_cancellable_cancel (strata_work_get_cancellable (g_ptr_array_index (self->works, 0)));
  show_step (self);
}

static void
strata_work_bar_dispose (GObject *object)
{
  StrataWorkBar *self = STRATA_WORK_BAR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->works, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_WORK_BAR);

  G_OBJECT_CLASS (strata_work_bar_parent_class)->dispose (object);
}

static void
strata_work_bar_class_init (StrataWorkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_work_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-work-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWorkBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, StrataWorkBar, label);
  gtk_widget_class_bind_template_child (widget_class, StrataWorkBar, progress);
  gtk_widget_class_bind_template_child (widget_class, StrataWorkBar, cancel);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
strata_work_bar_init (StrataWorkBar *self)
{
  self->works = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows @work when it is not done in a moment, and until strata_work_bar_remove(). */
void
strata_work_bar_add (StrataWorkBar *self,
                     StrataWork    *work)
{
  g_return_if_fail (STRATA_IS_WORK_BAR (self));
  g_return_if_fail (STRATA_IS_WORK (work));

  g_ptr_array_add (self->works, g_object_ref (work));
  if (self->source == 0)
    self->source = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

void
strata_work_bar_remove (StrataWorkBar *self,
                        StrataWork    *work)
{
  g_return_if_fail (STRATA_IS_WORK_BAR (self));
  g_return_if_fail (STRATA_IS_WORK (work));

  if (self->works == NULL || !g_ptr_array_remove (self->works, work) || self->works->len > 0)
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
