/* strata-values-window.c - the values of two versions of a pack or chart, side by side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values-window"

#include "strata-values-window.h"

#include <glib/gi18n.h>

#include "strata-diff-view.h"
#include "strata-job.h"
#include "strata-spinner.h"

struct _StrataValuesWindow
{
  AdwWindow            parent_instance;
  AdwWindowTitle      *title;
  GtkDropDown         *other;
  GtkStack            *stack;
  StrataDiffView      *diff;
  AdwStatusPage       *error_page;

  StrataRegistry      *registry;  /* (owned) (nullable) */
  StrataVersionChoice *versions;  /* (owned) (nullable) */
  StrataPack          *pack;      /* (owned) (nullable): the one that is compared */
  StrataJob           *job;       /* (owned) */
};

G_DEFINE_FINAL_TYPE (StrataValuesWindow, strata_values_window, ADW_TYPE_WINDOW)

/* What a run needs: touched by the worker only. */
typedef struct
{
  StrataRegistry    *registry;  /* (owned) */
  StrataPackSummary *summary;   /* (owned) */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->registry);
  g_object_unref (run->summary);
  g_free (run);
}

static gpointer
fetch_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Run *run = data;

  return strata_registry_fetch (run->registry, run->summary, cancellable, error);
}

static void
show_diff (StrataValuesWindow *self,
           StrataPack         *other)
{
  const char *old_values = strata_pack_get (other, STRATA_PACK_VALUES);
  const char *new_values = strata_pack_get (self->pack, STRATA_PACK_VALUES);

  if (g_str_equal (old_values, new_values))
    {
      gtk_stack_set_visible_child_name (self->stack, "same");
      return;
    }

  g_autoptr(StrataBlob) old_text = strata_blob_new_text (old_values);
  g_autoptr(StrataBlob) new_text = strata_blob_new_text (new_values);

  strata_diff_view_set_texts (self->diff, old_text, new_text, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "diff");
}

static void
job_state_cb (StrataValuesWindow *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    show_diff (self, strata_job_get_result (self->job));
  if (state != STRATA_JOB_FAILED)
    return;

  g_autofree char *escaped = g_markup_escape_text (strata_job_get_error (self->job)->message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
other_cb (StrataValuesWindow *self)
{
  guint position = gtk_drop_down_get_selected (self->other);

  if (self->versions == NULL || position >= strata_version_choice_get_n (self->versions))
    return;

  Run *run = g_new0 (Run, 1);

  run->registry = g_object_ref (self->registry);
  run->summary = g_object_ref (strata_version_choice_get (self->versions, position));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  strata_job_run (self->job, fetch_thread, run, run_free, g_object_unref);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  other_cb (STRATA_VALUES_WINDOW (widget));
}

static void
strata_values_window_dispose (GObject *object)
{
  StrataValuesWindow *self = STRATA_VALUES_WINDOW (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->registry);
  g_clear_object (&self->versions);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (strata_values_window_parent_class)->dispose (object);
}

static void
strata_values_window_class_init (StrataValuesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_values_window_dispose;

  g_type_ensure (STRATA_TYPE_DIFF_VIEW);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "values.retry", NULL, retry_cb);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-values-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataValuesWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataValuesWindow, other);
  gtk_widget_class_bind_template_child (widget_class, StrataValuesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataValuesWindow, diff);
  gtk_widget_class_bind_template_child (widget_class, StrataValuesWindow, error_page);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
}

static void
strata_values_window_init (StrataValuesWindow *self)
{
  self->job = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  /* From GTK 4.18 on, a drop-down is named by what is chosen in it, and a name of its own is not heard. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->other), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Compares @pack, which is the version at @position, with the one before it; another can be chosen. */
GtkWidget *
strata_values_window_new (GtkWindow           *parent,
                          StrataRegistry      *registry,
                          StrataVersionChoice *versions,
                          guint                position,
                          StrataPack          *pack)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (registry) && STRATA_IS_VERSION_CHOICE (versions), NULL);
  g_return_val_if_fail (STRATA_IS_PACK (pack), NULL);

  StrataValuesWindow *self =
    g_object_new (STRATA_TYPE_VALUES_WINDOW, "transient-for", parent, NULL);
  g_autoptr(GtkStringList) names = strata_version_choice_make_names (versions);
  g_autofree char *title = g_strdup_printf (_("Values of %s"), strata_pack_get (pack, STRATA_PACK_NAME));
  g_autofree char *subtitle =
    g_strdup_printf (_("What is new in %s"), strata_pack_get (pack, STRATA_PACK_VERSION));
  guint n = strata_version_choice_get_n (versions);

  self->registry = g_object_ref (registry);
  self->pack = g_object_ref (pack);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_drop_down_set_model (self->other, G_LIST_MODEL (names));
  self->versions = g_object_ref (versions);
  gtk_drop_down_set_selected (self->other, position + 1 < n ? position + 1 : position);
  other_cb (self);

  return GTK_WIDGET (self);
}
