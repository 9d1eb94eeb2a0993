/* strata-job.c - one blocking service call in a worker thread, as bindable properties
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-job"

#include "strata-job.h"

/* One call on its way: lives as long as the worker's task, and longer than the job where that was cancelled. */
typedef struct
{
  GWeakRef        job;
  StrataJobFunc   func;
  gpointer        data;         /* (owned by free_data) (nullable) */
  GDestroyNotify  free_data;
  GDestroyNotify  free_result;
  StrataJob      *started;      /* (owned) (nullable): a job that nobody else holds */
  GWeakRef        owner;        /* of that */
  StrataJobDone   done;         /* of that */
} Run;

struct _StrataJob
{
  GObject         parent_instance;
  StrataJobState  state;
  GTask          *task;         /* (unowned) (nullable): the run whose answer counts */
  GCancellable   *cancellable;  /* (owned) (nullable): of that run */
  GError         *error;        /* (owned) (nullable) */
  gpointer        result;       /* (owned by free_result) (nullable) */
  GDestroyNotify  free_result;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_RUNNING,
  PROP_ERROR,
  PROP_RESULT,
} StrataJobProperty;

static GParamSpec *properties[PROP_RESULT + 1];

G_DEFINE_FINAL_TYPE (StrataJob, strata_job, G_TYPE_OBJECT)

static void
run_free (gpointer data)
{
  Run *run = data;

  if (run->free_data != NULL)
    run->free_data (run->data);
  g_clear_object (&run->started);
  g_weak_ref_clear (&run->owner);
  g_weak_ref_clear (&run->job);
  g_free (run);
}

static void
free_result (gpointer        result,
             GDestroyNotify  free_func)
{
  if (result != NULL && free_func != NULL)
    free_func (result);
}

static void
set_state (StrataJob      *self,
           StrataJobState  state)
{
  gboolean was_running = self->state == STRATA_JOB_RUNNING;

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (was_running != (state == STRATA_JOB_RUNNING))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
take_answer (StrataJob      *self,
             gpointer        result,
             GDestroyNotify  free_func,
             GError         *error)
{
  g_autoptr(GError) old_error = self->error;
  gpointer old_result = self->result;
  GDestroyNotify old_free = self->free_result;

  self->result = result;
  self->free_result = free_func;
  self->error = error;
  if (old_result != result)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
  if (old_error != error)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  free_result (old_result, old_free);
}

static void
tell_owner (StrataJob *self,
            Run       *run)
{
  g_autoptr(GObject) owner = g_weak_ref_get (&run->owner);

  if (run->done != NULL && owner != NULL)
    run->done (owner, self, run->data);
}

static void
run_ended_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = G_TASK (result);
  Run *run = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gpointer value = g_task_propagate_pointer (task, &error);
  g_autoptr(StrataJob) self = g_weak_ref_get (&run->job);

  if (self == NULL || self->task != task)
    {
      free_result (value, run->free_result);
      return;
    }

  self->task = NULL;
  g_clear_object (&self->cancellable);

  /* Who was promised to be told takes down what it showed meanwhile. */
  if (run->done == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      set_state (self, STRATA_JOB_IDLE);
      return;
    }

  gboolean failed = error != NULL;
  take_answer (self, value, run->free_result, g_steal_pointer (&error));
  set_state (self, failed ? STRATA_JOB_FAILED : STRATA_JOB_DONE);
  tell_owner (self, run);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Run *run = task_data;
  GError *error = NULL;
  gpointer result = run->func (run->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, run->free_result);
}

static void
strata_job_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  StrataJob *self = STRATA_JOB (object);

  switch ((StrataJobProperty) id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->state == STRATA_JOB_RUNNING);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_RESULT:
      g_value_set_pointer (value, self->result);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_job_dispose (GObject *object)
{
  StrataJob *self = STRATA_JOB (object);

  self->task = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (strata_job_parent_class)->dispose (object);
}

static void
strata_job_finalize (GObject *object)
{
  StrataJob *self = STRATA_JOB (object);

  free_result (self->result, self->free_result);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_job_parent_class)->finalize (object);
}

static void
strata_job_class_init (StrataJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_job_get_property;
  object_class->dispose = strata_job_dispose;
  object_class->finalize = strata_job_finalize;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, STRATA_JOB_IDLE,
                                              STRATA_JOB_FAILED, STRATA_JOB_IDLE, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_RESULT] = g_param_spec_pointer ("result", NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_job_init (StrataJob *self)
{
}

StrataJob *
strata_job_new (void)
{
  return g_object_new (STRATA_TYPE_JOB, NULL);
}

static void
begin (StrataJob *self,
       Run       *run)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_autoptr(GTask) task = g_task_new (NULL, self->cancellable, run_ended_cb, NULL);
  g_task_set_source_tag (task, begin);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, run_free);
  self->task = task;
  g_task_run_in_thread (task, run_thread);

  if (self->error != NULL)
    {
      g_clear_error (&self->error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  set_state (self, STRATA_JOB_RUNNING);
}

static Run *
run_new (StrataJob      *job,
         StrataJobFunc   func,
         gpointer        data,
         GDestroyNotify  free_data,
         GDestroyNotify  free_result_func)
{
  Run *run = g_new0 (Run, 1);

  g_weak_ref_init (&run->job, job);
  g_weak_ref_init (&run->owner, NULL);
  run->func = func;
  run->data = data;
  run->free_data = free_data;
  run->free_result = free_result_func;

  return run;
}

/**
 * strata_job_run:
 * @self: a job
 * @func: the blocking call
 * @data: (nullable): what @func gets
 * @free_data: (nullable): frees @data when @func has returned, in any thread
 * @free_result: (nullable): frees what @func returned
 *
 * Starts @func in a worker thread. A run that is still on its way is cancelled and its answer dropped. The result of
 * the last run stays readable until this one has answered; an error does not survive the start.
 */
void
strata_job_run (StrataJob      *self,
                StrataJobFunc   func,
                gpointer        data,
                GDestroyNotify  free_data,
                GDestroyNotify  free_result_func)
{
  g_return_if_fail (STRATA_IS_JOB (self));
  g_return_if_fail (func != NULL);

  begin (self, run_new (self, func, data, free_data, free_result_func));
}

/**
 * strata_job_start:
 * @owner: (type GObject.Object): who hears of the end, if it is still there then
 * @func: the blocking call
 * @data: (nullable): what @func and @done get
 * @free_data: (nullable): frees @data at the end
 * @free_result: (nullable): frees what @func returned
 * @done: (nullable): called in the main thread at the end
 *
 * Starts @func in a worker thread for something a person asked for once, like an import: several may run side by side,
 * and one that was started is never cancelled.
 */
void
strata_job_start (gpointer        owner,
                  StrataJobFunc   func,
                  gpointer        data,
                  GDestroyNotify  free_data,
                  GDestroyNotify  free_result_func,
                  StrataJobDone   done)
{
  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (func != NULL);

  StrataJob *self = strata_job_new ();
  Run *run = run_new (self, func, data, free_data, free_result_func);

  run->started = self;
  run->done = done;
  g_weak_ref_set (&run->owner, owner);
  begin (self, run);
}

/**
 * strata_job_cancel:
 * @self: a job
 *
 * Asks the running call to stop and goes back to %STRATA_JOB_IDLE at once; what it still answers is dropped.
 */
void
strata_job_cancel (StrataJob *self)
{
  g_return_if_fail (STRATA_IS_JOB (self));

  if (self->state != STRATA_JOB_RUNNING)
    return;

  self->task = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_state (self, STRATA_JOB_IDLE);
}

StrataJobState
strata_job_get_state (StrataJob *self)
{
  g_return_val_if_fail (STRATA_IS_JOB (self), STRATA_JOB_IDLE);

  return self->state;
}

/**
 * strata_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why the last run failed
 */
const GError *
strata_job_get_error (StrataJob *self)
{
  g_return_val_if_fail (STRATA_IS_JOB (self), NULL);

  return self->error;
}

/**
 * strata_job_get_result:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what the last run that was answered returned
 */
gpointer
strata_job_get_result (StrataJob *self)
{
  g_return_val_if_fail (STRATA_IS_JOB (self), NULL);

  return self->result;
}
