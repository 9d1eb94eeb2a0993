/* strata-fleet-watch.c - asks a console for its appliances, seldom, and only while somebody looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet-watch"

#include "strata-fleet-watch.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-format.h"
#include "strata-job.h"

#define PERIOD (10 * G_USEC_PER_SEC)       /* a console wants to be asked no more often */
#define MAX_PERIOD (60 * G_USEC_PER_SEC)   /* where it does not answer */
#define SAVE_PERIOD (30 * G_USEC_PER_SEC)
#define N_DETAILS 50                       /* half of what a console takes in a period */
#define N_GLANCE 20                        /* of them where only counts are shown: others have something to ask, too */
#define WHOLE_EVERY 30                     /* rounds: what the short way missed comes back after some minutes */

typedef enum
{
  PHASE_IDLE,
  PHASE_LOADING,
  PHASE_ASKING,
  PHASE_DETAILING,
} Phase;

struct _StrataFleetWatch
{
  GObject        parent_instance;
  char          *path;        /* (owned) (nullable): where the last answer is kept */
  StrataConsole *console;     /* (owned) (nullable) */
  StrataFleet   *fleet;       /* (owned) (not nullable) */
  StrataJob     *job;         /* (owned) (not nullable) */
  GError        *error;       /* (owned) (nullable): of the last try */
  char          *looked_at;   /* (owned) (nullable) */
  Phase          phase;
  gboolean       active;
  gboolean       once;        /* a round is wanted though nobody looks at the board */
  gboolean       loaded;
  gboolean       answered;    /* by this console, in this run */
  guint          timer;
  gint64         asked;       /* monotonic; when the last round began */
  gint64         period;
  gint64         saved;       /* monotonic */
  guint          n_rounds;
  guint          n_done;
  guint          n_total;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STATE_CHANGED,
  SIGNAL_ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataFleetWatch, strata_fleet_watch, G_TYPE_OBJECT)

/* The worker's side */

/* What one call needs; touched by the worker only while it runs. */
typedef struct
{
  GWeakRef       watch;
  StrataFleet   *fleet;    /* (owned) */
  StrataConsole *console;  /* (owned) (nullable) */
  char          *path;     /* (owned) (nullable) */
  char          *first;    /* (owned) (nullable) */
  guint          max;
  gboolean       whole;
  gboolean       save;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_weak_ref_clear (&call->watch);
  g_clear_object (&call->fleet);
  g_clear_object (&call->console);
  g_free (call->path);
  g_free (call->first);
  g_free (call);
}

static gpointer
load_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Call *call = data;
  g_autoptr(GError) reason = NULL;
  StrataFleet *fleet = call->path != NULL ? strata_fleet_load (call->path, &reason) : NULL;

  /* A copy that cannot be read is made again by the next answer. */
  if (reason != NULL && !g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    g_debug ("the appliances of before: %s", reason->message);

  return fleet != NULL ? fleet : strata_fleet_new ();
}

static void
save (const Call  *call,
      StrataFleet *fleet)
{
  g_autoptr(GError) reason = NULL;

  if (call->save && call->path != NULL && fleet != NULL &&
      !strata_fleet_save (fleet, call->path, &reason))
    g_message ("%s", reason->message);
}

/* How far it is, on its way to the main thread. */
typedef struct
{
  GWeakRef watch;
  guint    done;
  guint    total;
} Told;

static void
told_free (gpointer data)
{
  g_weak_ref_clear (&((Told *) data)->watch);
  g_free (data);
}

static gboolean
tell_cb (gpointer data)
{
  const Told *told = data;
  g_autoptr(StrataFleetWatch) self = g_weak_ref_get ((GWeakRef *) &told->watch);

  if (self == NULL || self->phase != PHASE_ASKING)
    return G_SOURCE_REMOVE;

  self->n_done = told->done;
  self->n_total = told->total;
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint    done,
             guint    total,
             gpointer data)
{
  Call *call = data;
  Told *told = g_new0 (Told, 1);
  g_autoptr(StrataFleetWatch) self = g_weak_ref_get (&call->watch);

  g_weak_ref_init (&told->watch, self);
  told->done = done;
  told->total = total;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT_IDLE, tell_cb, told, told_free);
}

static gpointer
ask_thread (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Call *call = data;
  StrataFleet *fleet = strata_fleet_refresh (call->fleet, call->console, call->whole, progress_cb,
                                             call, cancellable, error);

  save (call, fleet);

  return fleet;
}

static gpointer
detail_thread (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Call *call = data;
  StrataFleet *fleet =
    strata_fleet_detail (call->fleet, call->console, call->first, call->max, cancellable, error);

  save (call, fleet);

  return fleet;
}

/* Rounds */

static void
run (StrataFleetWatch *self,
     Phase             phase,
     StrataJobFunc     func,
     guint             max)
{
  Call *call = g_new0 (Call, 1);
  gint64 now = g_get_monotonic_time ();

  g_weak_ref_init (&call->watch, self);
  call->fleet = g_object_ref (self->fleet);
  g_set_object (&call->console, self->console);
  call->path = g_strdup (self->path);
  call->first = g_strdup (self->looked_at);
  call->max = max;
  call->whole = self->n_rounds % WHOLE_EVERY == WHOLE_EVERY - 1;
  call->save = phase != PHASE_LOADING && (self->saved == 0 || now - self->saved > SAVE_PERIOD);
  if (call->save)
    self->saved = now;

  self->phase = phase;
  strata_job_run (self->job, func, call, call_free, g_object_unref);
}

static void
ask (StrataFleetWatch *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->asked = g_get_monotonic_time ();
  self->once = FALSE;
  self->n_done = self->n_total = 0;
  run (self, PHASE_ASKING, ask_thread, 0);
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

static gboolean
timer_cb (gpointer user_data)
{
  StrataFleetWatch *self = STRATA_FLEET_WATCH (user_data);

  self->timer = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

/* What comes next, when nothing is under way. */
static void
go_on (StrataFleetWatch *self)
{
  gint64 wait = self->asked + self->period - g_get_monotonic_time ();

  if (self->phase != PHASE_IDLE || (!self->active && !self->once))
    return;

  if (!self->loaded)
    return run (self, PHASE_LOADING, load_thread, 0);

  if (self->console == NULL || self->timer != 0)
    return;

  if (self->asked == 0 || wait <= 0)
    ask (self);
  else
    self->timer = g_timeout_add ((guint) (wait / 1000) + 1, timer_cb, self);
}

/* Puts an answer in the place of the last one: for who has asked, and for tests. */
void
strata_fleet_watch_take (StrataFleetWatch *self,
                         StrataFleet      *fleet)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self) && STRATA_IS_FLEET (fleet));

  if (g_set_object (&self->fleet, fleet))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
take_error (StrataFleetWatch *self,
            const GError     *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->period = error != NULL ? MIN (self->period * 2, MAX_PERIOD) : PERIOD;
  self->answered = self->answered || error == NULL;
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, error);
}

static void
ended (StrataFleetWatch *self,
       Phase             phase,
       const GError     *error)
{
  if (error == NULL)
    strata_fleet_watch_take (self, strata_job_get_result (self->job));
  if (phase == PHASE_LOADING)
    self->loaded = TRUE;
  else
    take_error (self, error);

  if (phase == PHASE_ASKING && error == NULL)
    {
      self->n_rounds++;
      if (self->phase == PHASE_IDLE && self->console != NULL)
        run (self, PHASE_DETAILING, detail_thread, self->active ? N_DETAILS : N_GLANCE);
    }

  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
  go_on (self);
}

static void
job_cb (StrataFleetWatch *self)
{
  StrataJobState state = strata_job_get_state (self->job);
  Phase phase = self->phase;

  if (state == STRATA_JOB_RUNNING)
    return;

  self->phase = PHASE_IDLE;
  if (state == STRATA_JOB_DONE || state == STRATA_JOB_FAILED)
    ended (self, phase, strata_job_get_error (self->job));
}

/* Class */

static void
strata_fleet_watch_dispose (GObject *object)
{
  StrataFleetWatch *self = STRATA_FLEET_WATCH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, job_cb, self);
  g_clear_object (&self->job);
  g_clear_object (&self->console);
  g_clear_object (&self->fleet);

  G_OBJECT_CLASS (strata_fleet_watch_parent_class)->dispose (object);
}

static void
strata_fleet_watch_finalize (GObject *object)
{
  StrataFleetWatch *self = STRATA_FLEET_WATCH (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->looked_at, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_fleet_watch_parent_class)->finalize (object);
}

static void
strata_fleet_watch_class_init (StrataFleetWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_fleet_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_fleet_watch_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STRATA_TYPE_FLEET_WATCH, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STATE_CHANGED] =
    g_signal_new ("state-changed", STRATA_TYPE_FLEET_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", STRATA_TYPE_FLEET_WATCH, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
strata_fleet_watch_init (StrataFleetWatch *self)
{
  self->period = PERIOD;
  self->fleet = strata_fleet_new ();
  self->job = strata_job_new ();
  g_signal_connect_swapped (self->job, "notify::state", G_CALLBACK (job_cb), self);
}

/**
 * strata_fleet_watch_new:
 * @path: (nullable): where the last answer is kept for when there is no other
 *
 * Returns: (transfer full): a watch that does nothing yet
 */
StrataFleetWatch *
strata_fleet_watch_new (const char *path)
{
  StrataFleetWatch *self = g_object_new (STRATA_TYPE_FLEET_WATCH, NULL);

  self->path = g_strdup (path);

  return self;
}

/* Whom to ask; %NULL while nobody may be asked. */
void
strata_fleet_watch_set_console (StrataFleetWatch *self,
                                StrataConsole    *console)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  if (!g_set_object (&self->console, console))
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->phase != PHASE_LOADING)
    {
      self->phase = PHASE_IDLE;
      strata_job_cancel (self->job);
    }
  self->answered = FALSE;
  self->asked = 0;
  self->period = PERIOD;
  g_clear_error (&self->error);
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
  go_on (self);
}

/* Whether somebody looks. */
void
strata_fleet_watch_set_active (StrataFleetWatch *self,
                               gboolean          active)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  if (self->active == active)
    return;

  self->active = active;
  if (!active && !self->once)
    g_clear_handle_id (&self->timer, g_source_remove);
  go_on (self);
}

static gboolean
wants_details (StrataFleetWatch *self)
{
  StrataAppliance *appliance =
    self->looked_at != NULL ? strata_fleet_find (self->fleet, self->looked_at) : NULL;

  return appliance != NULL && !strata_appliance_get_facts (appliance)->is_detailed;
}

/* The appliance that somebody looks at, for which no round is waited for; %NULL for none. */
void
strata_fleet_watch_set_looked_at (StrataFleetWatch *self,
                                  const char       *uid)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  if (g_strcmp0 (self->looked_at, uid) == 0)
    return;

  g_free (self->looked_at);
  self->looked_at = g_strdup (uid);
  if (self->phase == PHASE_IDLE && self->active && self->answered && self->console != NULL &&
      wants_details (self))
    run (self, PHASE_DETAILING, detail_thread, 1);
}

/* Reads what is kept, without asking anybody. */
void
strata_fleet_watch_load (StrataFleetWatch *self)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  if (self->phase == PHASE_IDLE && !self->loaded)
    run (self, PHASE_LOADING, load_thread, 0);
}

/* Reads what is kept, and asks one time, as soon as there is somebody to ask: who shows how many there are wants to be
 * right, but nobody looks at each. */
void
strata_fleet_watch_ask_once (StrataFleetWatch *self)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  self->once = TRUE;
  strata_fleet_watch_load (self);
  go_on (self);
}

/* At once, and everything: a person wants it. */
void
strata_fleet_watch_ask (StrataFleetWatch *self)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  if (self->console == NULL || self->phase == PHASE_ASKING || !self->loaded)
    return;

  self->n_rounds = WHOLE_EVERY - 1;
  ask (self);
}

/**
 * strata_fleet_watch_get_fleet:
 * @self: a watch
 *
 * Returns: (transfer none): the last answer, also one of before this run; empty before the first
 */
StrataFleet *
strata_fleet_watch_get_fleet (StrataFleetWatch *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (self), NULL);

  return self->fleet;
}

gboolean
strata_fleet_watch_is_asking (StrataFleetWatch *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (self), FALSE);

  return self->phase == PHASE_LOADING || self->phase == PHASE_ASKING;
}

/* Whether the fleet is how it was, not how it is: nobody answered, or not the last time. */
gboolean
strata_fleet_watch_is_past (StrataFleetWatch *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (self), TRUE);

  return self->console == NULL || !self->answered || self->error != NULL;
}

gboolean
strata_fleet_watch_can_ask (StrataFleetWatch *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (self), FALSE);

  return self->console != NULL;
}

/* Why the last try was none; %NULL where it was answered. */
const GError *
strata_fleet_watch_get_error (StrataFleetWatch *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (self), NULL);

  return self->error;
}

/* How much of a long list is read; both 0 while nobody said. */
void
strata_fleet_watch_get_progress (StrataFleetWatch *self,
                                 guint            *done,
                                 guint            *total)
{
  g_return_if_fail (STRATA_IS_FLEET_WATCH (self));

  *done = self->phase == PHASE_ASKING ? self->n_done : 0;
  *total = self->phase == PHASE_ASKING ? self->n_total : 0;
}

/* When it was, to be freed: "checked 2 minutes ago", "as of 09:12" for an answer of before, "" before the first. */
char *
strata_fleet_watch_say_when (StrataFleetWatch *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (self), NULL);

  gint64 asked = strata_fleet_get_asked (self->fleet) / G_USEC_PER_SEC;
  g_autofree char *age = strata_format_age_sentence (asked);

  if (asked == 0)
    return g_strdup ("");
  if (!strata_fleet_watch_is_past (self))
    return g_strdup_printf (_("checked %s"), age);

  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (asked);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  gboolean today = g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now) &&
                   g_date_time_get_year (time) == g_date_time_get_year (now);
  /* Translators: a time of today, and a date with a time */
  g_autofree char *when = g_date_time_format (time, today ? _("%H:%M") : _("%-d %b %Y, %H:%M"));

  /* Translators: how the appliances were at that time, for they cannot be asked now: "as of 09:12"
   */
  return g_strdup_printf (_("as of %s"), when);
}
