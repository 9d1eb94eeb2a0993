/* test-job.c - a call in a worker: its answer, its failure, and answers nobody waits for any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-job.h"

/* A call that waits until the test lets it go. */
typedef struct
{
  GMutex    lock;
  GCond     cond;
  gboolean  open;
  gboolean  cancelled;  /* what the call saw */
  int       ended;      /* (atomic) */
  int       freed;      /* (atomic): results */
} Gate;

static Gate gate;

static void
set_gate (gboolean open)
{
  g_mutex_lock (&gate.lock);
  gate.open = open;
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.lock);
}

static void
reset_gate (void)
{
  set_gate (FALSE);
  gate.cancelled = FALSE;
  g_atomic_int_set (&gate.ended, 0);
  g_atomic_int_set (&gate.freed, 0);
}

static void
free_text (gpointer text)
{
  g_atomic_int_inc (&gate.freed);
  g_free (text);
}

static gpointer
copy_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return g_strdup (data);
}

static gpointer
wait_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_mutex_lock (&gate.lock);
  while (!gate.open)
    g_cond_wait (&gate.cond, &gate.lock);
  g_mutex_unlock (&gate.lock);

  gate.cancelled = g_cancellable_is_cancelled (cancellable);
  g_atomic_int_inc (&gate.ended);

  return g_strdup (data);
}

static gpointer
fail_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing there");

  return NULL;
}

static gpointer
cancelled_thread (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  return NULL;
}

static gboolean
timeout_cb (gpointer data)
{
  g_error ("nothing happened for ten seconds");

  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition)                                        \
  G_STMT_START                                                       \
  {                                                                  \
    guint timeout = g_timeout_add_seconds (10, timeout_cb, NULL);    \
    while (!(condition))                                             \
      g_main_context_iteration (NULL, TRUE);                         \
    g_source_remove (timeout);                                       \
  }                                                                  \
  G_STMT_END

/* Turns the loop until what is on its way has arrived, also what nobody may see. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_answers (void)
{
  g_autoptr(StrataJob) job = strata_job_new ();
  guint changes = 0;

  g_signal_connect_swapped (job, "notify::state", G_CALLBACK (count_cb), &changes);
  g_assert_cmpint (strata_job_get_state (job), ==, STRATA_JOB_IDLE);
  g_assert_null (strata_job_get_result (job));

  strata_job_run (job, copy_thread, g_strdup ("hello"), g_free, g_free);
  g_assert_cmpint (strata_job_get_state (job), ==, STRATA_JOB_RUNNING);

  WAIT_UNTIL (strata_job_get_state (job) != STRATA_JOB_RUNNING);
  g_assert_cmpint (strata_job_get_state (job), ==, STRATA_JOB_DONE);
  g_assert_cmpstr (strata_job_get_result (job), ==, "hello");
  g_assert_cmpuint (changes, ==, 2);
}

static void
test_fails_and_runs_again (void)
{
  g_autoptr(StrataJob) job = strata_job_new ();

  strata_job_run (job, fail_thread, NULL, NULL, NULL);
  WAIT_UNTIL (strata_job_get_state (job) == STRATA_JOB_FAILED);
  g_assert_error ((GError *) strata_job_get_error (job), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  strata_job_run (job, copy_thread, g_strdup ("again"), g_free, g_free);
  g_assert_null (strata_job_get_error (job));
  WAIT_UNTIL (strata_job_get_state (job) == STRATA_JOB_DONE);
  g_assert_cmpstr (strata_job_get_result (job), ==, "again");
}

static void
test_keeps_the_last_result_while_it_runs (void)
{
  g_autoptr(StrataJob) job = strata_job_new ();

  reset_gate ();
  strata_job_run (job, copy_thread, g_strdup ("old"), g_free, g_free);
  WAIT_UNTIL (strata_job_get_state (job) == STRATA_JOB_DONE);

  strata_job_run (job, wait_thread, g_strdup ("new"), g_free, g_free);
  g_assert_cmpstr (strata_job_get_result (job), ==, "old");

  set_gate (TRUE);
  WAIT_UNTIL (strata_job_get_state (job) == STRATA_JOB_DONE);
  g_assert_cmpstr (strata_job_get_result (job), ==, "new");
}

static void
test_drops_a_late_answer (void)
{
  g_autoptr(StrataJob) job = strata_job_new ();

  reset_gate ();
  strata_job_run (job, wait_thread, g_strdup ("first"), g_free, free_text);
  strata_job_run (job, copy_thread, g_strdup ("second"), g_free, g_free);
  WAIT_UNTIL (strata_job_get_state (job) == STRATA_JOB_DONE);
  g_assert_cmpstr (strata_job_get_result (job), ==, "second");

  set_gate (TRUE);
  WAIT_UNTIL (g_atomic_int_get (&gate.freed) == 1);
  g_assert_true (gate.cancelled);
  g_assert_cmpstr (strata_job_get_result (job), ==, "second");
}

static void
test_cancel_is_silent (void)
{
  g_autoptr(StrataJob) job = strata_job_new ();

  reset_gate ();
  strata_job_run (job, wait_thread, g_strdup ("late"), g_free, free_text);
  strata_job_cancel (job);
  g_assert_cmpint (strata_job_get_state (job), ==, STRATA_JOB_IDLE);

  set_gate (TRUE);
  WAIT_UNTIL (g_atomic_int_get (&gate.freed) == 1);
  g_assert_cmpint (strata_job_get_state (job), ==, STRATA_JOB_IDLE);
  g_assert_null (strata_job_get_result (job));
  g_assert_null (strata_job_get_error (job));

  strata_job_run (job, cancelled_thread, NULL, NULL, NULL);
  WAIT_UNTIL (strata_job_get_state (job) == STRATA_JOB_IDLE);
  g_assert_null (strata_job_get_error (job));
}

static void
test_dies_while_it_runs (void)
{
  StrataJob *job = strata_job_new ();

  reset_gate ();
  g_object_add_weak_pointer (G_OBJECT (job), (gpointer *) &job);
  strata_job_run (job, wait_thread, g_strdup ("orphan"), g_free, free_text);
  g_object_unref (job);
  g_assert_null (job);

  set_gate (TRUE);
  WAIT_UNTIL (g_atomic_int_get (&gate.freed) == 1);
  g_assert_true (gate.cancelled);
}

static void
done_cb (gpointer   owner,
         StrataJob *job,
         gpointer   data)
{
  char *said = g_strconcat (data, " -> ", strata_job_get_result (job), NULL);

  g_object_set_data_full (owner, "said", said, g_free);
}

static void
test_started_tells_its_owner (void)
{
  g_autoptr(GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  strata_job_start (owner, copy_thread, g_strdup ("in"), g_free, g_free, done_cb);
  WAIT_UNTIL (g_object_get_data (owner, "said") != NULL);
  g_assert_cmpstr (g_object_get_data (owner, "said"), ==, "in -> in");
}

static void
stopped_cb (gpointer   owner,
            StrataJob *job,
            gpointer   data)
{
  g_assert_error (strata_job_get_error (job), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_set_data (owner, "told", GINT_TO_POINTER (TRUE));
}

/* What was stopped from outside has ended too: a bar that shows it is taken down then. */
static void
test_started_tells_that_it_was_stopped (void)
{
  g_autoptr(GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  strata_job_start (owner, cancelled_thread, NULL, NULL, NULL, stopped_cb);
  WAIT_UNTIL (g_object_get_data (owner, "told") != NULL);
}

static void
test_started_outlives_its_owner (void)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);

  reset_gate ();
  strata_job_start (owner, wait_thread, g_strdup ("work"), g_free, free_text, done_cb);
  g_object_unref (owner);

  set_gate (TRUE);
  WAIT_UNTIL (g_atomic_int_get (&gate.ended) == 1);
  settle ();
  g_assert_false (gate.cancelled);
  g_assert_cmpint (g_atomic_int_get (&gate.freed), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/job/answers", test_answers);
  g_test_add_func ("/app/job/started-tells-that-it-was-stopped", test_started_tells_that_it_was_stopped);
  g_test_add_func ("/app/job/fails-and-runs-again", test_fails_and_runs_again);
  g_test_add_func ("/app/job/keeps-the-last-result", test_keeps_the_last_result_while_it_runs);
  g_test_add_func ("/app/job/drops-a-late-answer", test_drops_a_late_answer);
  g_test_add_func ("/app/job/cancel-is-silent", test_cancel_is_silent);
  g_test_add_func ("/app/job/dies-while-it-runs", test_dies_while_it_runs);
  g_test_add_func ("/app/job/started-tells-its-owner", test_started_tells_its_owner);
  g_test_add_func ("/app/job/started-outlives-its-owner", test_started_outlives_its_owner);

  return g_test_run ();
}
