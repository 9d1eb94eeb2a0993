/* strata-saver.c - keeps the disk within two seconds of what is typed, and says how far it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-saver"

#include "strata-saver.h"

#include "strata-error.h"
#include "strata-job.h"
#include "strata-problem.h"

/* From the first unsaved letter, not from the last one: typing on does not push the save away. */
#define AUTOSAVE_DELAY_MS 1500

/* What the worker threads share: one save at a time, never an older profile over a newer one. The keyring has a turn of
 * its own, because it may wait for a person and the disk does not.
 */
typedef struct
{
  GMutex       mutex;
  GMutex       secrets_mutex;
  StrataStore *store;         /* (owned) */
  char        *head;          /* (owned): the revision the disk had when we last looked */
  guint        turn;          /* of the newest save that was written */
  guint        secrets_turn;  /* of the newest one whose secrets are in the keyring */
} SaveQueue;

typedef struct
{
  SaveQueue     *queue;    /* (owned) */
  StrataProfile *profile;  /* (owned) */
  StrataReason   reason;
  guint          turn;
} SaveOrder;

struct _StrataSaver
{
  GObject           parent_instance;
  StrataDraft      *draft;    /* (owned) */
  StrataProfile    *saved;    /* (owned): what the disk has */
  StrataProfile    *writing;  /* (owned) (nullable) */
  SaveQueue        *queue;    /* (owned) */
  StrataJob        *job;      /* (owned) */
  GError           *error;    /* (owned) (nullable) */
  char             *warning;  /* (owned) (nullable): what the last load or save left out */
  StrataSaverState  state;
  StrataReason      reason;   /* of the next save */
  gint64            saved_at;
  guint             turn;
  guint             timeout;
};

typedef enum
{
  PROP_STATE = 1,
} StrataSaverProperty;

static GParamSpec *properties[PROP_STATE + 1];

G_DEFINE_FINAL_TYPE (StrataSaver, strata_saver, G_TYPE_OBJECT)

static void
save_queue_clear (gpointer data)
{
  SaveQueue *queue = data;

  g_mutex_clear (&queue->mutex);
  g_mutex_clear (&queue->secrets_mutex);
  g_clear_object (&queue->store);
  g_clear_pointer (&queue->head, g_free);
}

static void
save_queue_unref (SaveQueue *queue)
{
  g_atomic_rc_box_release_full (queue, save_queue_clear);
}

static void
save_order_free (gpointer data)
{
  SaveOrder *order = data;

  g_clear_pointer (&order->queue, save_queue_unref);
  g_clear_object (&order->profile);
  g_free (order);
}

/* Runs in a worker thread. */
static StrataProfile *
write_texts (SaveOrder  *order,
             GError    **error)
{
  SaveQueue *queue = order->queue;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&queue->mutex);

  if (order->turn < queue->turn)
    return g_object_ref (order->profile);

  /* A save that has begun is never cancelled: nothing could say what the disk has then. */
  StrataProfile *saved =
    strata_store_commit_texts (queue->store, order->profile, order->reason, &queue->head, NULL, error);

  if (saved != NULL)
    queue->turn = order->turn;

  return saved;
}

/* Runs in a worker thread. */
static void
keep_secrets (SaveOrder     *order,
              StrataProfile *saved)
{
  SaveQueue *queue = order->queue;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&queue->secrets_mutex);

  if (order->turn < queue->secrets_turn)
    return;

  strata_store_commit_secrets (queue->store, saved, order->reason, NULL);
  queue->secrets_turn = order->turn;
}

/* Runs in a worker thread. */
static gpointer
save_order_run (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  StrataProfile *saved = write_texts (data, error);

  if (saved != NULL)
    keep_secrets (data, saved);

  return saved;
}

static SaveOrder *
make_order (StrataSaver *self)
{
  SaveOrder *order = g_new0 (SaveOrder, 1);

  order->queue = g_atomic_rc_box_acquire (self->queue);
  order->profile = g_object_ref (strata_draft_get_profile (self->draft));
  order->reason = self->reason;
  order->turn = ++self->turn;
  self->reason = STRATA_REASON_AUTOSAVE;

  return order;
}

static void
set_state (StrataSaver      *self,
           StrataSaverState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
autosave_cb (gpointer data)
{
  StrataSaver *self = data;

  self->timeout = 0;
  strata_saver_save (self, STRATA_REASON_AUTOSAVE);
}

static void
update_warning (StrataSaver *self)
{
  const char *id = strata_profile_get_id (strata_draft_get_profile (self->draft));
  g_autoptr(GPtrArray) problems = strata_store_list_problems (self->queue->store, id);

  g_clear_pointer (&self->warning, g_free);

  if (problems->len > 0)
    self->warning = g_strdup (((StrataProblem *) problems->pdata[0])->message);
}

static void
saved (StrataSaver   *self,
       StrataProfile *profile)
{
  g_clear_error (&self->error);
  update_warning (self);
  g_set_object (&self->saved, profile);
  self->saved_at = g_get_real_time () / G_USEC_PER_SEC;

  set_state (self, STRATA_SAVER_SAVED);

  if (self->reason != STRATA_REASON_AUTOSAVE)
    strata_saver_save (self, self->reason);
  else
    strata_saver_touch (self);
}

static void
failed (StrataSaver  *self,
        const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);

  set_state (self, g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT)
                     ? STRATA_SAVER_CONFLICT
                     : STRATA_SAVER_FAILED);
}

static void
job_state_cb (StrataSaver *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state != STRATA_JOB_DONE && state != STRATA_JOB_FAILED)
    return;

  g_autoptr(StrataProfile) written = g_steal_pointer (&self->writing);

  if (written == NULL)
    return;

  if (state == STRATA_JOB_DONE)
    saved (self, written);
  else
    failed (self, strata_job_get_error (self->job));
}

static void
strata_saver_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StrataSaver *self = STRATA_SAVER (object);

  switch ((StrataSaverProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_saver_dispose (GObject *object)
{
  StrataSaver *self = STRATA_SAVER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->job);
  g_clear_object (&self->draft);
  g_clear_object (&self->saved);
  g_clear_object (&self->writing);

  G_OBJECT_CLASS (strata_saver_parent_class)->dispose (object);
}

static void
strata_saver_finalize (GObject *object)
{
  StrataSaver *self = STRATA_SAVER (object);

  g_clear_pointer (&self->queue, save_queue_unref);
  g_clear_pointer (&self->warning, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_saver_parent_class)->finalize (object);
}

static void
strata_saver_class_init (StrataSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = strata_saver_get_property;
  object_class->dispose = strata_saver_dispose;
  object_class->finalize = strata_saver_finalize;

  properties[PROP_STATE] = g_param_spec_int (
    "state", NULL, NULL, STRATA_SAVER_SAVED, STRATA_SAVER_CONFLICT, STRATA_SAVER_SAVED,
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_saver_init (StrataSaver *self)
{
  self->queue = g_atomic_rc_box_new0 (SaveQueue);
  g_mutex_init (&self->queue->mutex);
  g_mutex_init (&self->queue->secrets_mutex);
  self->job = strata_job_new ();
  self->reason = STRATA_REASON_AUTOSAVE;

  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* @head is the revision that @draft's profile was read from, @saved_at when that was written. */
StrataSaver *
strata_saver_new (StrataStore *store,
                  StrataDraft *draft,
                  const char  *head,
                  gint64       saved_at)
{
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);
  g_return_val_if_fail (STRATA_IS_DRAFT (draft), NULL);

  StrataSaver *self = g_object_new (STRATA_TYPE_SAVER, NULL);

  self->draft = g_object_ref (draft);
  self->saved = g_object_ref (strata_draft_get_profile (draft));
  self->saved_at = saved_at;
  self->queue->store = g_object_ref (store);
  self->queue->head = g_strdup (head);
  update_warning (self);

  return self;
}

StrataSaverState
strata_saver_get_state (StrataSaver *self)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), STRATA_SAVER_SAVED);

  return self->state;
}

/* What the disk had when we last wrote or read it: what a conflict has in common. */
StrataProfile *
strata_saver_get_saved (StrataSaver *self)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), NULL);

  return self->saved;
}

/* (nullable): why the state is FAILED or CONFLICT */
const GError *
strata_saver_get_error (StrataSaver *self)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), NULL);

  return self->error;
}

/* (nullable): what the last load or save could not do though it did the rest, such as a secret that the keyring did not
 * take. The first of several.
 */
const char *
strata_saver_get_warning (StrataSaver *self)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), NULL);

  return self->warning;
}

gint64
strata_saver_get_saved_at (StrataSaver *self)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), 0);

  return self->saved_at;
}

/* The revision this saver wrote or adopted last. Waits for a save that is being written. */
char *
strata_saver_dup_head (StrataSaver *self)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->queue->mutex);

  return g_strdup (self->queue->head);
}

/* The draft may have changed: a save follows within the delay. */
void
strata_saver_touch (StrataSaver *self)
{
  g_return_if_fail (STRATA_IS_SAVER (self));

  gboolean clean = strata_draft_get_profile (self->draft) == self->saved;

  if (self->writing != NULL || self->state == STRATA_SAVER_CONFLICT)
    return;

  if (clean)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      set_state (self, STRATA_SAVER_SAVED);
      return;
    }

  if (self->state != STRATA_SAVER_FAILED)
    set_state (self, STRATA_SAVER_CHANGED);

  if (self->timeout == 0)
    self->timeout = g_timeout_add_once (AUTOSAVE_DELAY_MS, autosave_cb, self);
}

/* Saves now, also what is saved already when @reason says more than the last save did. */
void
strata_saver_save (StrataSaver  *self,
                   StrataReason  reason)
{
  g_return_if_fail (STRATA_IS_SAVER (self));

  if (reason != STRATA_REASON_AUTOSAVE)
    self->reason = reason;

  if (self->writing != NULL || self->state == STRATA_SAVER_CONFLICT)
    return;

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->writing = g_object_ref (strata_draft_get_profile (self->draft));
  set_state (self, STRATA_SAVER_SAVING);
  strata_job_run (self->job, save_order_run, make_order (self), save_order_free, g_object_unref);
}

/* What a flush and its thread share. */
typedef struct
{
  SaveOrder   *order;    /* (owned) */
  GAsyncQueue *written;  /* (owned): gets a Written */
} Flush;

typedef struct
{
  StrataProfile *profile;  /* (owned) (nullable) */
  GError        *error;    /* (owned) (nullable) */
} Written;

static void
flush_ended_cb (gpointer application)
{
  g_application_release (application);
  g_object_unref (application);
}

static gpointer
flush_thread (gpointer data)
{
  Flush *flush = data;
  Written *written = g_new0 (Written, 1);
  g_autoptr(StrataProfile) saved = write_texts (flush->order, &written->error);

  g_set_object (&written->profile, saved);
  g_async_queue_push (flush->written, written);

  if (saved != NULL)
    keep_secrets (flush->order, saved);

  g_async_queue_unref (flush->written);
  save_order_free (flush->order);
  g_free (flush);

  return NULL;
}

/* The application stays until the thread has ended. */
static gpointer
held_thread (gpointer data)
{
  GApplication *application = g_application_get_default ();

  flush_thread (data);
  if (application != NULL)
    g_idle_add_once (flush_ended_cb, application);

  return NULL;
}

static Written *
write_now (StrataSaver *self)
{
  GApplication *application = g_application_get_default ();
  g_autoptr(GAsyncQueue) queue = g_async_queue_new ();
  Flush *flush = g_new0 (Flush, 1);

  flush->order = make_order (self);
  flush->written = g_async_queue_ref (queue);
  if (application != NULL)
    g_application_hold (g_object_ref (application));
  g_thread_unref (g_thread_new ("flush", held_thread, flush));

  return g_async_queue_pop (queue);
}

/* Writes in a worker and waits for the disk, but not for the keyring: for the moment before the window goes. */
gboolean
strata_saver_flush (StrataSaver  *self,
                    GError      **error)
{
  g_return_val_if_fail (STRATA_IS_SAVER (self), FALSE);

  StrataProfile *profile = strata_draft_get_profile (self->draft);

  if (profile == self->saved && self->writing == NULL)
    return TRUE;

  g_clear_handle_id (&self->timeout, g_source_remove);

  g_autofree Written *written = write_now (self);
  g_autoptr(StrataProfile) done = written->profile;

  g_clear_object (&self->writing);

  if (done != NULL)
    saved (self, profile);
  else
    failed (self, written->error);

  if (written->error != NULL)
    g_propagate_error (error, written->error);

  return done != NULL;
}

/* The disk has @profile as revision @head: written by somebody else and read by us. Ends a conflict. */
void
strata_saver_adopt (StrataSaver   *self,
                    StrataProfile *profile,
                    const char    *head,
                    gint64         saved_at)
{
  g_return_if_fail (STRATA_IS_SAVER (self));
  g_return_if_fail (STRATA_IS_PROFILE (profile));

  g_mutex_lock (&self->queue->mutex);
  g_free (self->queue->head);
  self->queue->head = g_strdup (head);
  g_mutex_unlock (&self->queue->mutex);

  g_clear_error (&self->error);
  g_set_object (&self->saved, profile);
  self->saved_at = saved_at;
  update_warning (self);
  set_state (self, STRATA_SAVER_SAVED);
  strata_saver_touch (self);
}

/* What stood in the way of a save is cleared away, the revision on the disk is ours: saves at once. */
void
strata_saver_resume (StrataSaver *self)
{
  g_return_if_fail (STRATA_IS_SAVER (self));

  if (self->state != STRATA_SAVER_CONFLICT)
    return;

  g_clear_error (&self->error);
  set_state (self, STRATA_SAVER_CHANGED);
  strata_saver_save (self, STRATA_REASON_AUTOSAVE);
}
