/* strata-job.h - one blocking service call in a worker thread, as bindable properties
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_JOB_IDLE,
  STRATA_JOB_RUNNING,
  STRATA_JOB_DONE,
  STRATA_JOB_FAILED,
} StrataJobState;

/**
 * StrataJobFunc:
 *
 * Runs in a worker thread and touches nothing but @data. Returns the result, or %NULL with @error set.
 */
typedef gpointer (* StrataJobFunc) (gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

typedef struct _StrataJob StrataJob;

/**
 * StrataJobDone:
 *
 * Runs in the main thread when a started call has ended; @data is what the call was given.
 */
typedef void (* StrataJobDone) (gpointer   owner,
                                StrataJob *job,
                                gpointer   data);

#define STRATA_TYPE_JOB (strata_job_get_type ())

G_DECLARE_FINAL_TYPE (StrataJob, strata_job, STRATA, JOB, GObject)

StrataJob      *strata_job_new        (void);
void            strata_job_run        (StrataJob       *self,
                                       StrataJobFunc    func,
                                       gpointer         data,
                                       GDestroyNotify   free_data,
                                       GDestroyNotify   free_result);
void            strata_job_cancel     (StrataJob       *self);
StrataJobState  strata_job_get_state  (StrataJob       *self);
const GError   *strata_job_get_error  (StrataJob       *self);
gpointer        strata_job_get_result (StrataJob       *self);

void            strata_job_start      (gpointer         owner,
                                       StrataJobFunc    func,
                                       gpointer         data,
                                       GDestroyNotify   free_data,
                                       GDestroyNotify   free_result,
                                       StrataJobDone    done);

G_END_DECLS
