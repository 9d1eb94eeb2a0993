/* strata-compare-window.c - what is different between two profiles, or two versions of one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-compare-window"

#include "strata-compare-window.h"

#include <glib/gi18n.h>

#include "strata-change-row.h"
#include "strata-job.h"
#include "strata-version.h"

/* More than a person reads at once; what is beyond is counted. */
#define MAX_CHANGES 200u

/* Two profiles to read, and what is different. (all fields owned) */
typedef struct
{
  StrataStore   *store;
  char          *old_id;
  char          *new_id;
  StrataProfile *old_profile;
  StrataProfile *new_profile;
  GPtrArray     *changes;
} Comparison;

struct _StrataCompareWindow
{
  AdwWindow       parent_instance;
  StrataStore    *store;     /* (owned) (nullable) */
  StrataEntry    *entry;     /* (owned) (nullable) */
  GPtrArray      *others;    /* (owned) (not nullable): entries, in the order of the choice */
  StrataJob      *job;       /* (owned) (not nullable): gives a Comparison */
  Comparison     *shown;     /* (owned) (nullable): the rows point into it */
  AdwWindowTitle *title;     /* (template) */
  AdwComboRow    *choice;    /* (template) */
  GtkStack       *stack;     /* (template) */
  GtkBox         *layers;    /* (template) */
  GtkLabel       *summary;   /* (template) */
  AdwStatusPage  *failed;    /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataCompareWindow, strata_compare_window, ADW_TYPE_WINDOW)

static void
comparison_clear (gpointer data)
{
  Comparison *self = data;

  g_clear_object (&self->store);
  g_clear_pointer (&self->old_id, g_free);
  g_clear_pointer (&self->new_id, g_free);
  g_clear_object (&self->old_profile);
  g_clear_object (&self->new_profile);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
}

static void
comparison_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, comparison_clear);
}

static gpointer
compare_thread (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Comparison *self = data;

  self->old_profile = strata_store_peek (self->store, self->old_id, cancellable, error);
  if (self->old_profile == NULL)
    return NULL;

  self->new_profile = strata_store_peek (self->store, self->new_id, cancellable, error);
  if (self->new_profile == NULL)
    return NULL;

  self->changes = strata_diff_profiles (self->old_profile, self->new_profile);

  return g_atomic_rc_box_acquire (self);
}

static void
compare_cb (StrataCompareWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->choice);

  if (selected >= self->others->len)
    return;

  Comparison *comparison = g_atomic_rc_box_new0 (Comparison);

  comparison->store = g_object_ref (self->store);
  comparison->old_id = g_strdup (strata_entry_get_id (self->others->pdata[selected]));
  comparison->new_id = g_strdup (strata_entry_get_id (self->entry));
  strata_job_run (self->job, compare_thread, comparison, comparison_unref, comparison_unref);
}

static void
clear_rows (StrataCompareWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->layers))) != NULL)
    gtk_box_remove (self->layers, child);

  g_clear_pointer (&self->shown, comparison_unref);
}

static void
show_summary (StrataCompareWindow *self,
              guint                n_changes)
{
  g_autofree char *text = NULL;

  if (n_changes == 0)
    text = g_strdup (_("They are the same, layer by layer"));
  else if (n_changes > MAX_CHANGES)
    text = g_strdup_printf (_("%u changes, the first %u are shown"), n_changes, MAX_CHANGES);
  else
    text = g_strdup_printf (ngettext ("%u change", "%u changes", n_changes), n_changes);

  gtk_label_set_label (self->summary, text);
}

static void
show_changes (StrataCompareWindow *self,
              Comparison          *comparison)
{
  GPtrArray *changes = comparison->changes;
  AdwPreferencesGroup *group = NULL;
  const char *last = NULL;

  clear_rows (self);
  self->shown = g_atomic_rc_box_acquire (comparison);
  show_summary (self, changes->len);

  for (guint i = 0; i < MIN (changes->len, MAX_CHANGES); i++)
    {
      const StrataChange *change = changes->pdata[i];
      const char *layer = change->layer != NULL ? change->layer : _("The Profile");

      if (group == NULL || !g_str_equal (layer, last))
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, layer);
          gtk_box_append (self->layers, GTK_WIDGET (group));
          last = layer;
        }
      adw_preferences_group_add (
        group, strata_change_row_new (change, comparison->old_profile, comparison->new_profile));
    }
}

static void
job_state_cb (StrataCompareWindow *self)
{
  g_autofree char *reason = NULL;

  switch (strata_job_get_state (self->job))
    {
    case STRATA_JOB_DONE:
      show_changes (self, strata_job_get_result (self->job));
      gtk_stack_set_visible_child_name (self->stack, "changes");
      break;
    case STRATA_JOB_FAILED:
      clear_rows (self);
      reason = g_markup_escape_text (strata_job_get_error (self->job)->message, -1);
      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      break;
    case STRATA_JOB_IDLE:
    case STRATA_JOB_RUNNING:
    default:
      break;
    }
}

static void
strata_compare_window_dispose (GObject *object)
{
  StrataCompareWindow *self = STRATA_COMPARE_WINDOW (object);

  g_clear_object (&self->job);
  g_clear_pointer (&self->shown, comparison_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_object (&self->entry);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (strata_compare_window_parent_class)->dispose (object);
}

static void
strata_compare_window_class_init (StrataCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_compare_window_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, choice);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, layers);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, failed);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
strata_compare_window_init (StrataCompareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The other versions of the same name first, newest first; then the others by name. */
static int
compare_others (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  StrataEntry *one = *(StrataEntry **) a;
  StrataEntry *other = *(StrataEntry **) b;
  const char *name = user_data;
  gboolean one_same = g_str_equal (strata_entry_get_name (one), name);
  gboolean other_same = g_str_equal (strata_entry_get_name (other), name);
  int by_name = g_utf8_collate (strata_entry_get_name (one), strata_entry_get_name (other));

  if (one_same != other_same)
    return other_same - one_same;
  if (by_name != 0)
    return by_name;

  return strata_version_compare_text (strata_entry_get_version (other),
                                      strata_entry_get_version (one));
}

static void
fill_choice (StrataCompareWindow *self,
             GListModel          *profiles)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n_profiles = g_list_model_get_n_items (profiles);

  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (profiles, i);

      if (!g_str_equal (strata_entry_get_id (entry), strata_entry_get_id (self->entry)))
        g_ptr_array_add (self->others, g_steal_pointer (&entry));
    }
  g_ptr_array_sort_with_data (self->others, compare_others,
                              (gpointer) strata_entry_get_name (self->entry));

  for (guint i = 0; i < self->others->len; i++)
    gtk_string_list_take (names,
                          g_strdup_printf ("%s %s", strata_entry_get_name (self->others->pdata[i]),
                                           strata_entry_get_version (self->others->pdata[i])));
  adw_combo_row_set_model (self->choice, G_LIST_MODEL (names));
}

GtkWidget *
strata_compare_window_new (GtkWindow       *parent,
                           StrataWorkspace *workspace,
                           StrataEntry     *entry)
{
  StrataCompareWindow *self =
    g_object_new (STRATA_TYPE_COMPARE_WINDOW, "transient-for", parent, NULL);
  g_autofree char *subtitle =
    g_strdup_printf ("%s %s", strata_entry_get_name (entry), strata_entry_get_version (entry));

  self->store = g_object_ref (strata_workspace_get_store (workspace));
  self->entry = g_object_ref (entry);
  adw_window_title_set_subtitle (self->title, subtitle);
  fill_choice (self, G_LIST_MODEL (strata_workspace_get_profiles (workspace)));
  gtk_stack_set_visible_child_name (self->stack, self->others->len > 0 ? "changes" : "alone");
  gtk_widget_set_visible (GTK_WIDGET (self->choice), self->others->len > 0);
  compare_cb (self);

  return GTK_WIDGET (self);
}
