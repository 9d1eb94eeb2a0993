/* strata-draft-saver.c - keeps what the assistant holds on this disk, one save after the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-draft-saver"

#include "strata-draft-saver.h"

#include "strata-error.h"
#include "strata-job.h"
#include "strata-pending-layer.h"

#define PAUSE_MS 1000  /* typing is saved this long after it began */

/* One save: touched by the worker only once it runs. */
typedef struct
{
  StrataStore   *store;    /* (owned) */
  StrataProfile *profile;  /* (owned) */
  guint          step;     /* 0 when the assistant is done */
  gboolean       aside;    /* only the layer that is being made, beside the profile */
} Save;

struct _StrataDraftSaver
{
  GObject        parent_instance;
  StrataStore   *store;       /* (owned) */
  StrataJob     *job;         /* (owned) */
  Save          *next;        /* (owned) (nullable): waits for its time, or for the one before it */
  StrataProfile *running;     /* (owned) (nullable): what is being saved, or was last */
  char          *id;          /* (owned): "" until the first save came back */
  guint          timeout;
  guint          step;        /* of the save that runs */
  guint          draft_step;  /* of the last draft */
  gboolean       aside;
};

enum
{
  SAVED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDraftSaver, strata_draft_saver, G_TYPE_OBJECT)

static void
save_free (Save *save)
{
  g_object_unref (save->store);
  g_object_unref (save->profile);
  g_free (save);
}

/* The layer alone, in a profile of its own: nothing of the one it is for is written. */
static gboolean
put_aside (Save          *save,
           GCancellable  *cancellable,
           GError       **error)
{
  const char *id = strata_profile_get_id (save->profile);
  g_autoptr(StrataLayer) layer = NULL;
  g_autoptr(StrataProfile) rest = strata_pending_layer_take (save->profile, &layer);
  g_autoptr(StrataProfile) empty =
    strata_profile_new (strata_profile_get_name (rest), strata_profile_get_version (rest));
  g_autoptr(StrataProfile) aside = layer != NULL ? strata_pending_layer_put (empty, layer) : NULL;

  return strata_store_put_aside (save->store, id, aside, cancellable, error);
}

static gpointer
run_save (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Save *save = data;

  if (save->aside)
    return put_aside (save, cancellable, error) ? g_object_ref (save->profile) : NULL;
  if (save->step == 0)
    return strata_store_save (save->store, save->profile, STRATA_REASON_SAVE, cancellable, error);

  return strata_store_save_draft (save->store, save->profile, save->step, cancellable, error);
}

/* The application stays, and so does @self, until the save has come back. */
static void
start_next (StrataDraftSaver *self)
{
  GApplication *application = g_application_get_default ();
  Save *save = g_steal_pointer (&self->next);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_set_object (&self->running, save->profile);
  g_object_unref (save->profile);
  save->profile = strata_profile_with (self->running, STRATA_PROFILE_ID, self->id);
  if (application != NULL)
    g_application_hold (application);
  self->step = save->step;
  g_object_ref (self);
  strata_job_run (self->job, run_save, save, (GDestroyNotify) save_free, g_object_unref);
}

static void
set_next (StrataDraftSaver *self,
          StrataProfile    *profile,
          guint             step)
{
  g_clear_pointer (&self->next, save_free);
  self->next = g_new0 (Save, 1);
  self->next->store = g_object_ref (self->store);
  self->next->profile = g_object_ref (profile);
  self->next->step = step;
  self->next->aside = self->aside;
}

/* What could not be saved waits for the next change, or for a flush. What somebody else changed or took away is left
 * to them, and goes on here as a profile of its own.
 */
static void
failed (StrataDraftSaver *self,
        const GError     *error)
{
  gboolean conflict = g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  gboolean newer = self->next != NULL;

  if (conflict)
    {
      g_free (self->id);
      self->id = g_strdup ("");
    }
  if (!newer)
    set_next (self, self->running, self->step > 0 ? self->step : self->draft_step);
  g_signal_emit (self, signals[FAILED], 0, error->message);
  if ((conflict || newer) && self->timeout == 0)
    strata_draft_saver_flush (self);
}

static void
saved (StrataDraftSaver *self)
{
  g_free (self->id);
  self->id = g_strdup (strata_profile_get_id (strata_job_get_result (self->job)));
  g_signal_emit (self, signals[SAVED], 0, self->id, self->step == 0);
  if (self->next != NULL && self->timeout == 0)
    strata_draft_saver_flush (self);
}

static void
job_state_cb (StrataDraftSaver *self)
{
  GApplication *application = g_application_get_default ();
  StrataJobState state = strata_job_get_state (self->job);

  if (state != STRATA_JOB_DONE && state != STRATA_JOB_FAILED)
    return;

  if (state == STRATA_JOB_FAILED)
    failed (self, strata_job_get_error (self->job));
  else
    saved (self);
  if (application != NULL)
    g_application_release (application);
  g_object_unref (self);
}

static gboolean
is_busy (StrataDraftSaver *self)
{
  return strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
}

static gboolean
timeout_cb (gpointer user_data)
{
  StrataDraftSaver *self = user_data;

  self->timeout = 0;
  if (!is_busy (self))
    start_next (self);

  return G_SOURCE_REMOVE;
}

static void
strata_draft_saver_dispose (GObject *object)
{
  StrataDraftSaver *self = STRATA_DRAFT_SAVER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->next, save_free);
  g_clear_object (&self->running);
  g_clear_object (&self->job);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (strata_draft_saver_parent_class)->dispose (object);
}

static void
strata_draft_saver_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_DRAFT_SAVER (object)->id, g_free);

  G_OBJECT_CLASS (strata_draft_saver_parent_class)->finalize (object);
}

static void
strata_draft_saver_class_init (StrataDraftSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = strata_draft_saver_dispose;
  object_class->finalize = strata_draft_saver_finalize;

  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_draft_saver_init (StrataDraftSaver *self)
{
  self->job = strata_job_new ();
  self->draft_step = 1;
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Saves into @store; @id is "" for a profile that is not there yet. */
StrataDraftSaver *
strata_draft_saver_new (StrataStore *store,
                        const char  *id)
{
  g_return_val_if_fail (STRATA_IS_STORE (store) && id != NULL, NULL);

  StrataDraftSaver *self = g_object_new (STRATA_TYPE_DRAFT_SAVER, NULL);

  self->store = g_object_ref (store);
  self->id = g_strdup (id);

  return self;
}

/* Keeps no more than the layer that is being made for the profile @id: see strata_store_put_aside(). */
StrataDraftSaver *
strata_draft_saver_new_aside (StrataStore *store,
                              const char  *id)
{
  StrataDraftSaver *self = strata_draft_saver_new (store, id);

  self->aside = TRUE;

  return self;
}

/* What the profile is called on this disk; "" before the first save came back. */
const char *
strata_draft_saver_get_id (StrataDraftSaver *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT_SAVER (self), NULL);

  return self->id;
}

/* Whether everything it was given is on the disk. */
gboolean
strata_draft_saver_is_idle (StrataDraftSaver *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT_SAVER (self), FALSE);

  return self->next == NULL && !is_busy (self);
}

/* Saves @profile as a draft at @step, a moment from now: what comes until then is one save. While it is being finished,
 * what comes belongs to the finished profile.
 */
void
strata_draft_saver_keep (StrataDraftSaver *self,
                         StrataProfile    *profile,
                         guint             step)
{
  g_return_if_fail (STRATA_IS_DRAFT_SAVER (self) && STRATA_IS_PROFILE (profile) && step > 0);

  gboolean finishing =
    is_busy (self) && (self->step == 0 || (self->next != NULL && self->next->step == 0));

  self->draft_step = step;
  set_next (self, profile, finishing ? 0 : step);
  if (finishing)
    return;
  if (self->timeout == 0)
    self->timeout = g_timeout_add (PAUSE_MS, timeout_cb, self);
}

/* Saves @profile for good, at once. */
void
strata_draft_saver_finish (StrataDraftSaver *self,
                           StrataProfile    *profile)
{
  g_return_if_fail (STRATA_IS_DRAFT_SAVER (self) && STRATA_IS_PROFILE (profile));

  set_next (self, profile, 0);
  strata_draft_saver_flush (self);
}

/* Starts what waits, without waiting for more. */
void
strata_draft_saver_flush (StrataDraftSaver *self)
{
  g_return_if_fail (STRATA_IS_DRAFT_SAVER (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->next != NULL && !is_busy (self))
    start_next (self);
}
