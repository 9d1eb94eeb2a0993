/* strata-storage-group.c - where the profiles lie, how much that is, and whether all of it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-storage-group"

#include "strata-storage-group.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-problem.h"

#define KEEP_SECONDS (30 * 24 * 60 * 60)

struct _StrataStorageGroup
{
  AdwPreferencesGroup  parent_instance;
  StrataStore         *store;          /* (owned) (nullable) */
  StrataJob           *measure_job;    /* (owned) (not nullable): gives a guint64 */
  StrataJob           *check_job;      /* (owned) (not nullable): gives an array of problems */
  StrataJob           *clean_job;      /* (owned) (not nullable): gives a guint64 */
  AdwActionRow        *folder_row;     /* (template) */
  AdwActionRow        *size_row;       /* (template) */
  AdwExpanderRow      *check_row;      /* (template) */
  GtkWidget           *check_button;   /* (template) */
  GtkWidget           *check_spinner;  /* (template) */
  AdwActionRow        *clean_row;      /* (template) */
  GtkWidget           *clean_button;   /* (template) */
  GPtrArray           *found;          /* (owned) (not nullable): rows, unowned, one for each problem */
};

G_DEFINE_FINAL_TYPE (StrataStorageGroup, strata_storage_group, ADW_TYPE_PREFERENCES_GROUP)

/* Size */

static gpointer
measure_thread (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GFile) folder = g_file_new_for_path (data);
  guint64 *size = g_new0 (guint64, 1);

  if (g_file_measure_disk_usage (folder, G_FILE_MEASURE_NONE, cancellable, NULL, NULL, size, NULL,
                                 NULL, error))
    return size;

  g_free (size);
  return NULL;
}

static void
measure (StrataStorageGroup *self)
{
  strata_job_run (self->measure_job, measure_thread, g_strdup (strata_store_get_path (self->store)),
                  g_free, g_free);
}

static void
measured_cb (StrataStorageGroup *self)
{
  const GError *error = strata_job_get_error (self->measure_job);
  const guint64 *size = strata_job_get_result (self->measure_job);

  if (error != NULL)
    {
      adw_action_row_set_subtitle (self->size_row, error->message);
    }
  else if (size != NULL)
    {
      g_autofree char *text = g_format_size (*size);
      adw_action_row_set_subtitle (self->size_row, text);
    }
}

/* Check */

static gpointer
check_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return strata_store_check (data, cancellable, error);
}

static void
check_clicked_cb (StrataStorageGroup *self)
{
  strata_job_run (self->check_job, check_thread, g_object_ref (self->store), g_object_unref,
                  (GDestroyNotify) g_ptr_array_unref);
}

static void
show_problems (StrataStorageGroup *self,
               GPtrArray          *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      StrataProblem *problem = problems->pdata[i];
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->message);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_expander_row_add_row (self->check_row, row);
      g_ptr_array_add (self->found, row);
    }
}

static void
show_check (StrataStorageGroup *self,
            const char         *subtitle,
            GPtrArray          *problems)
{
  gboolean any = problems != NULL && problems->len > 0;

  for (guint i = 0; i < self->found->len; i++)
    adw_expander_row_remove (self->check_row, self->found->pdata[i]);
  g_ptr_array_set_size (self->found, 0);

  adw_expander_row_set_subtitle (self->check_row, subtitle);
  if (any)
    show_problems (self, problems);
  adw_expander_row_set_enable_expansion (self->check_row, any);
  adw_expander_row_set_expanded (self->check_row, any);
}

static void
checked_cb (StrataStorageGroup *self)
{
  StrataJobState state = strata_job_get_state (self->check_job);
  GPtrArray *problems = strata_job_get_result (self->check_job);

  gtk_widget_set_visible (self->check_spinner, state == STRATA_JOB_RUNNING);
  gtk_widget_set_sensitive (self->check_button, state != STRATA_JOB_RUNNING);

  if (state == STRATA_JOB_RUNNING)
    show_check (self, _("Reading every file…"), NULL);
  else if (state == STRATA_JOB_FAILED)
    show_check (self, strata_job_get_error (self->check_job)->message, NULL);
  else if (problems != NULL && problems->len == 0)
    show_check (self, _("Every file is whole, checked just now"), NULL);
  else if (problems != NULL)
    {
      g_autofree char *subtitle = g_strdup_printf (
        ngettext ("%u file is damaged", "%u files are damaged", problems->len), problems->len);
      show_check (self, subtitle, problems);
    }
}

/* Clean up */

static gpointer
clean_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  guint64 *freed = g_new0 (guint64, 1);

  if (strata_store_collect (data, KEEP_SECONDS, freed, cancellable, error))
    return freed;

  g_free (freed);
  return NULL;
}

static void
clean_clicked_cb (StrataStorageGroup *self)
{
  strata_job_run (self->clean_job, clean_thread, g_object_ref (self->store), g_object_unref,
                  g_free);
}

static void
cleaned_cb (StrataStorageGroup *self)
{
  StrataJobState state = strata_job_get_state (self->clean_job);
  const guint64 *freed = strata_job_get_result (self->clean_job);

  gtk_widget_set_sensitive (self->clean_button, state != STRATA_JOB_RUNNING);

  if (state == STRATA_JOB_FAILED)
    {
      adw_action_row_set_subtitle (self->clean_row,
                                   strata_job_get_error (self->clean_job)->message);
    }
  else if (state == STRATA_JOB_DONE && freed != NULL)
    {
      g_autofree char *size = g_format_size (*freed);
      g_autofree char *subtitle = *freed > 0 ? g_strdup_printf (_("%s freed"), size)
                                             : g_strdup (_("There was nothing to remove"));

      adw_action_row_set_subtitle (self->clean_row, subtitle);
      measure (self);
    }
}

static void
open_folder_cb (StrataStorageGroup *self)
{
  g_autofree char *uri = g_filename_to_uri (strata_store_get_path (self->store), NULL, NULL);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static StrataJob *
make_job (StrataStorageGroup *self,
          GCallback           callback)
{
  StrataJob *job = strata_job_new ();

  g_signal_connect_object (job, "notify::state", callback, self, G_CONNECT_SWAPPED);

  return job;
}

static void
strata_storage_group_dispose (GObject *object)
{
  StrataStorageGroup *self = STRATA_STORAGE_GROUP (object);

  g_clear_object (&self->measure_job);
  g_clear_object (&self->check_job);
  g_clear_object (&self->clean_job);
  g_clear_object (&self->store);
  g_clear_pointer (&self->found, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_storage_group_parent_class)->dispose (object);
}

static void
strata_storage_group_class_init (StrataStorageGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_storage_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-storage-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, folder_row);
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, size_row);
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, check_row);
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, check_button);
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, check_spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, clean_row);
  gtk_widget_class_bind_template_child (widget_class, StrataStorageGroup, clean_button);
  gtk_widget_class_bind_template_callback (widget_class, check_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clean_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
}

static void
strata_storage_group_init (StrataStorageGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->found = g_ptr_array_new ();
  self->measure_job = make_job (self, G_CALLBACK (measured_cb));
  self->check_job = make_job (self, G_CALLBACK (checked_cb));
  self->clean_job = make_job (self, G_CALLBACK (cleaned_cb));
}

void
strata_storage_group_set_store (StrataStorageGroup *self,
                                StrataStore        *store)
{
  g_return_if_fail (STRATA_IS_STORAGE_GROUP (self));

  g_set_object (&self->store, store);
  adw_action_row_set_subtitle (self->folder_row, strata_store_get_path (store));
  measure (self);
}
