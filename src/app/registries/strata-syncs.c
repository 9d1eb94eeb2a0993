/* strata-syncs.c - which registries are read anew at the moment, and how far they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-syncs"

#include "strata-syncs.h"

#include "strata-job.h"

#define PROGRESS_MS 100  /* how often a person can read a new figure */

/* One registry: kept after its end for what went wrong. Freed with the table. */
typedef struct
{
  StrataSyncs    *syncs;     /* (not owned): owns the table */
  char           *id;        /* (owned) */
  StrataRegistry *registry;  /* (owned): another has the same id once a person changed the registry */
  StrataJob      *job;       /* (owned) */
  gint           *percent;   /* (owned) (atomic): shared with the worker, an atomic box; -1 when not known */
  gint            shown;     /* what the last "changed" was about */
  guint           timer;
} Sync;

/* What a run needs: touched by the worker only, but for @percent. */
typedef struct
{
  StrataRegistry *registry;  /* (owned) */
  StrataIndex    *index;     /* (owned) */
  gint           *percent;   /* (owned) (atomic) */
  gboolean        believe;
} Run;

struct _StrataSyncs
{
  GObject             parent_instance;
  StrataRegistryList *registries;  /* (owned) */
  StrataIndex        *index;       /* (owned) */
  GHashTable         *syncs;       /* (owned) (element-type utf8 Sync): by id */
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSyncs, strata_syncs, G_TYPE_OBJECT)

static void
run_free (Run *run)
{
  g_object_unref (run->registry);
  g_object_unref (run->index);
  g_atomic_rc_box_release (run->percent);
  g_free (run);
}

static void
sync_free (Sync *sync)
{
  g_clear_handle_id (&sync->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (sync->job, sync);
  strata_job_cancel (sync->job);
  g_object_unref (sync->job);
  g_object_unref (sync->registry);
  g_atomic_rc_box_release (sync->percent);
  g_free (sync->id);
  g_free (sync);
}

/* In the worker. */
static void
progress_cb (guint64  done,
             guint64  total,
             gpointer data)
{
  Run *run = data;

  g_atomic_int_set (run->percent, total > 0 ? (gint) MIN (done * 100 / total, 100) : -1);
}

static gpointer
sync_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Run *run = data;
  g_autofree StrataIndexCounts *counts = g_new0 (StrataIndexCounts, 1);

  if (!strata_registry_sync (run->registry, run->index, run->believe, counts, progress_cb, run,
                             cancellable, error))
    return NULL;

  return g_steal_pointer (&counts);
}

static gboolean
timer_cb (gpointer data)
{
  Sync *sync = data;
  gint percent = g_atomic_int_get (sync->percent);

  if (percent != sync->shown)
    {
      sync->shown = percent;
      g_signal_emit (sync->syncs, signals[CHANGED], 0, sync->id);
    }

  return G_SOURCE_CONTINUE;
}

static void
state_cb (Sync *sync)
{
  if (strata_job_get_state (sync->job) != STRATA_JOB_RUNNING)
    g_clear_handle_id (&sync->timer, g_source_remove);

  g_signal_emit (sync->syncs, signals[CHANGED], 0, sync->id);
  if (strata_job_get_state (sync->job) == STRATA_JOB_FAILED)
    g_signal_emit (sync->syncs, signals[FAILED], 0, sync->id);
}

static Sync *
sync_new (StrataSyncs    *self,
          StrataRegistry *registry)
{
  Sync *sync = g_new0 (Sync, 1);

  sync->syncs = self;
  sync->id = g_strdup (strata_registry_get_id (registry));
  sync->registry = g_object_ref (registry);
  sync->job = strata_job_new ();
  sync->percent = g_atomic_rc_box_new0 (gint);
  g_signal_connect_swapped (sync->job, "notify::state", G_CALLBACK (state_cb), sync);
  g_hash_table_insert (self->syncs, sync->id, sync);

  return sync;
}

/* What was taken off the list is not read any more, nor where it was before it was changed. */
static void
registries_changed_cb (StrataSyncs *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->syncs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (strata_registry_list_find (self->registries, ((Sync *) value)->id) != ((Sync *) value)->registry)
      g_hash_table_iter_remove (&iter);
}

static void
strata_syncs_dispose (GObject *object)
{
  StrataSyncs *self = STRATA_SYNCS (object);

  g_hash_table_remove_all (self->syncs);
  g_clear_object (&self->registries);
  g_clear_object (&self->index);

  G_OBJECT_CLASS (strata_syncs_parent_class)->dispose (object);
}

static void
strata_syncs_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_SYNCS (object)->syncs, g_hash_table_unref);

  G_OBJECT_CLASS (strata_syncs_parent_class)->finalize (object);
}

static void
strata_syncs_class_init (StrataSyncsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_syncs_dispose;
  object_class->finalize = strata_syncs_finalize;

  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_SYNCS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", STRATA_TYPE_SYNCS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_syncs_init (StrataSyncs *self)
{
  self->syncs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sync_free);
}

/* Reads into @index what those of @registries offer that are started. */
StrataSyncs *
strata_syncs_new (StrataRegistryList *registries,
                  StrataIndex        *index)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (registries) && STRATA_IS_INDEX (index), NULL);

  StrataSyncs *self = g_object_new (STRATA_TYPE_SYNCS, NULL);

  self->registries = g_object_ref (registries);
  self->index = g_object_ref (index);
  g_signal_connect_object (registries, "items-changed", G_CALLBACK (registries_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Reads the registry @id; @believe: also when it offers far less than before. One that is being read goes on. */
void
strata_syncs_start (StrataSyncs *self,
                    const char  *id,
                    gboolean     believe)
{
  g_return_if_fail (STRATA_IS_SYNCS (self) && id != NULL);

  StrataRegistry *registry = strata_registry_list_find (self->registries, id);
  Sync *sync = g_hash_table_lookup (self->syncs, id);

  if (registry == NULL || strata_syncs_is_running (self, id))
    return;

  if (sync == NULL)
    sync = sync_new (self, registry);

  Run *run = g_new0 (Run, 1);

  run->registry = g_object_ref (registry);
  run->index = g_object_ref (self->index);
  run->percent = g_atomic_rc_box_acquire (sync->percent);
  run->believe = believe;
  g_atomic_int_set (sync->percent, -1);
  sync->shown = -1;
  sync->timer = g_timeout_add (PROGRESS_MS, timer_cb, sync);
  strata_job_run (sync->job, sync_thread, run, (GDestroyNotify) run_free, g_free);
}

void
strata_syncs_cancel (StrataSyncs *self,
                     const char  *id)
{
  g_return_if_fail (STRATA_IS_SYNCS (self) && id != NULL);

  Sync *sync = g_hash_table_lookup (self->syncs, id);

  if (sync != NULL)
    strata_job_cancel (sync->job);
}

gboolean
strata_syncs_is_running (StrataSyncs *self,
                         const char  *id)
{
  g_return_val_if_fail (STRATA_IS_SYNCS (self) && id != NULL, FALSE);

  Sync *sync = g_hash_table_lookup (self->syncs, id);

  return sync != NULL && strata_job_get_state (sync->job) == STRATA_JOB_RUNNING;
}

/* How much of it was read, from 0 to 100; -1 when the other side does not say how much there is. */
int
strata_syncs_get_percent (StrataSyncs *self,
                          const char  *id)
{
  g_return_val_if_fail (STRATA_IS_SYNCS (self) && id != NULL, -1);

  Sync *sync = g_hash_table_lookup (self->syncs, id);

  return sync != NULL ? sync->shown : -1;
}

/* (transfer none) (nullable): why the last run of this session failed */
const GError *
strata_syncs_get_error (StrataSyncs *self,
                        const char  *id)
{
  g_return_val_if_fail (STRATA_IS_SYNCS (self) && id != NULL, NULL);

  Sync *sync = g_hash_table_lookup (self->syncs, id);

  return sync != NULL ? strata_job_get_error (sync->job) : NULL;
}
