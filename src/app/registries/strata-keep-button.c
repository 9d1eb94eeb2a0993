/* strata-keep-button.c - keeps a chart on this computer, for where there is no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-keep-button"

#include "strata-keep-button.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-keep-offline.h"

struct _StrataKeepButton
{
  AdwBin             parent_instance;
  GtkButton         *button;      /* (not owned): the child */
  AdwButtonContent  *content;     /* (not owned): of the button */
  GListModel        *registries;  /* (owned) (nullable): where what a chart needs may be */
  StrataRegistry    *registry;    /* (owned) (nullable) */
  StrataShelf       *shelf;       /* (owned) (nullable) */
  StrataPackSummary *summary;     /* (owned) (nullable) */
  StrataJob         *job;         /* (owned) */
  StrataJob         *look;        /* (owned): whether it is kept, after a run that may have come to its end or not */
  gboolean           is_kept;
};

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataKeepButton, strata_keep_button, ADW_TYPE_BIN)

/* What a run needs: touched by the worker only. */
typedef struct
{
  GPtrArray         *registries;  /* (owned) (element-type StrataRegistry) */
  StrataRegistry    *registry;    /* (owned) */
  StrataShelf       *shelf;       /* (owned) */
  StrataPackSummary *summary;     /* (owned) */
  gboolean           keeps;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_ptr_array_unref (run->registries);
  g_object_unref (run->registry);
  g_object_unref (run->shelf);
  g_object_unref (run->summary);
  g_free (run);
}

/* Returns the first of what is needed and could not be kept, "" when all was. */
static char *
keep (Run           *run,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  if (!strata_keep_offline (run->registries, run->registry, run->shelf, run->summary, missing, NULL,
                            NULL, cancellable, error))
    return NULL;

  return g_strdup (missing->len > 0 ? missing->pdata[0] : "");
}

static gpointer
keep_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Run *run = data;

  if (run->keeps)
    return keep (run, cancellable, error);

  return strata_shelf_unkeep (run->shelf, strata_registry_get_id (run->registry),
                              strata_pack_summary_get_kind (run->summary),
                              strata_pack_summary_get_name (run->summary),
                              strata_pack_summary_get_version (run->summary), error)
           ? g_strdup ("")
           : NULL;
}

/* Returns "" when it is kept. */
static gpointer
look_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Run *run = data;
  g_autoptr(GPtrArray) list = strata_shelf_list_kept (run->shelf, error);

  return list != NULL && strata_kept_find (list, strata_registry_get_id (run->registry),
                                           strata_pack_summary_get_kind (run->summary),
                                           strata_pack_summary_get_name (run->summary),
                                           strata_pack_summary_get_version (run->summary)) != NULL
           ? g_strdup ("")
           : NULL;
}

static Run *
run_new (StrataKeepButton *self)
{
  Run *run = g_new0 (Run, 1);

  run->registries = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (self->registries); i++)
    g_ptr_array_add (run->registries, g_list_model_get_item (self->registries, i));
  run->registry = g_object_ref (self->registry);
  run->shelf = g_object_ref (self->shelf);
  run->summary = g_object_ref (self->summary);
  run->keeps = !self->is_kept;

  return run;
}

static void
show_state (StrataKeepButton *self)
{
  gboolean is_running = strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
  const char *label =
    is_running ? _("_Stop") : self->is_kept ? _("_Kept Offline") : _("_Keep Offline");
  const char *hint = is_running                                    ? _("It is being downloaded")
                                                                   : self->is_kept
    ? _("It is on this computer; press to let it go")
    : _("Download it, for where there is no network");

  adw_button_content_set_label (self->content, label);
  adw_button_content_set_icon_name (self->content, is_running      ? "process-stop-symbolic"
                                                   : self->is_kept ? "object-select-symbolic"
                                                                   : "folder-download-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), hint);
}

static void
job_state_cb (StrataKeepButton *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    {
      const char *missing = strata_job_get_result (self->job);

      self->is_kept = !self->is_kept;
      if (*missing != '\0')
        g_signal_emit (self, signals[FAILED], 0, missing);
    }

  show_state (self);
  if (strata_job_get_state (self->job) == STRATA_JOB_FAILED)
    {
      strata_job_run (self->look, look_thread, run_new (self), run_free, g_free);
      g_signal_emit (self, signals[FAILED], 0, strata_job_get_error (self->job)->message);
    }
}

/* The disk knows better than what was asked for. */
static void
look_state_cb (StrataKeepButton *self)
{
  if (strata_job_get_state (self->look) != STRATA_JOB_DONE)
    return;

  self->is_kept = strata_job_get_result (self->look) != NULL;
  show_state (self);
}

static void
clicked_cb (StrataKeepButton *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_RUNNING)
    {
      strata_job_cancel (self->job);
      strata_job_run (self->look, look_thread, run_new (self), run_free, g_free);
      show_state (self);
      return;
    }

  strata_job_cancel (self->look);
  strata_job_run (self->job, keep_thread, run_new (self), run_free, g_free);
}

static void
strata_keep_button_dispose (GObject *object)
{
  StrataKeepButton *self = STRATA_KEEP_BUTTON (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  if (self->look != NULL)
    strata_job_cancel (self->look);
  g_clear_object (&self->look);
  g_clear_object (&self->registries);
  g_clear_object (&self->registry);
  g_clear_object (&self->shelf);
  g_clear_object (&self->summary);

  G_OBJECT_CLASS (strata_keep_button_parent_class)->dispose (object);
}

static void
strata_keep_button_class_init (StrataKeepButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_keep_button_dispose;

  signals[FAILED] = g_signal_new ("failed", STRATA_TYPE_KEEP_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_keep_button_init (StrataKeepButton *self)
{
  self->job = strata_job_new ();
  self->look = strata_job_new ();
  self->button = GTK_BUTTON (gtk_button_new ());
  self->content = ADW_BUTTON_CONTENT (adw_button_content_new ());
  adw_button_content_set_use_underline (self->content, TRUE);
  gtk_button_set_child (self->button, GTK_WIDGET (self->content));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->look, "notify::state", G_CALLBACK (look_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Is about the version @summary of @registry from now on, to be kept on @shelf, with what it needs from any of
 * @registries; about nothing when it is NULL.
 */
void
strata_keep_button_show (StrataKeepButton  *self,
                         GListModel        *registries,
                         StrataRegistry    *registry,
                         StrataShelf       *shelf,
                         StrataPackSummary *summary)
{
  g_return_if_fail (STRATA_IS_KEEP_BUTTON (self));

  gboolean is_remote = registry != NULL && strata_registry_get_remote (registry) != NULL;

  strata_job_cancel (self->job);
  strata_job_cancel (self->look);
  g_set_object (&self->registries, registries);
  g_set_object (&self->registry, registry);
  g_set_object (&self->shelf, shelf);
  g_set_object (&self->summary, summary);
  self->is_kept = summary != NULL && strata_pack_summary_get_kept (summary);
  gtk_widget_set_visible (GTK_WIDGET (self), is_remote && summary != NULL);
  show_state (self);
}
