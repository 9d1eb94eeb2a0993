/* strata-sandbox.c - a console to practise on: the Palette API on loopback, in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox"

#include "config.h"

#include "strata-sandbox.h"

#include "strata-sandbox-door.h"
#include "strata-sandbox-fleet.h"
#include "strata-sandbox-seed.h"

#define MAX_TICK_US (150 * G_TIME_SPAN_MILLISECOND)

struct _StrataSandbox
{
  GObject                parent_instance;

  StrataSandboxSite     *site;           /* (owned): of the thread while it runs */
  StrataSandboxOptions   options;        /* the texts are not kept */
  StrataSandboxObserver  observer;       /* (nullable) */
  gpointer               observer_data;  /* (owned by observer_destroy) */
  GDestroyNotify         observer_destroy;  /* (nullable) */

  GThread               *thread;         /* (owned) (nullable): while it runs */
  GMainContext          *context;        /* (owned) */
  GMainLoop             *loop;           /* (owned) */
  GMutex                 mutex;          /* for what follows */
  GCond                  ready;
  gboolean               is_ready;
  GError                *failure;        /* (owned) (nullable): why it does not listen */
};

G_DEFINE_FINAL_TYPE (StrataSandbox, strata_sandbox, G_TYPE_OBJECT)

static void
strata_sandbox_finalize (GObject *object)
{
  StrataSandbox *self = STRATA_SANDBOX (object);

  strata_sandbox_stop (self);
  if (self->observer_destroy != NULL)
    self->observer_destroy (self->observer_data);
  g_clear_pointer (&self->site, strata_sandbox_site_close);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);

  G_OBJECT_CLASS (strata_sandbox_parent_class)->finalize (object);
}

static void
strata_sandbox_class_init (StrataSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_sandbox_finalize;
}

static void
strata_sandbox_init (StrataSandbox *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
}

/**
 * strata_sandbox_new:
 * @options: how it behaves; nothing of it is kept
 * @error: return location for a #StrataError
 *
 * Opens the console that is kept in the data folder, or founds it with the seed; it does not answer yet. Blocks.
 *
 * Returns: (transfer full) (nullable): the console; else @error is `BUSY` when another process has the folder,
 *   `DISK`, or `INVALID` for a file that is not of this version
 */
StrataSandbox *
strata_sandbox_new (const StrataSandboxOptions  *options,
                    GError                     **error)
{
  g_return_val_if_fail (options != NULL && options->data_dir != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr(StrataSandbox) self = g_object_new (STRATA_TYPE_SANDBOX, NULL);
  gboolean is_demo = options->seed == STRATA_SANDBOX_SEED_DEMO;
  const char *content_dir =
    options->content_dir != NULL ? options->content_dir : SANDBOX_CONTENT_DIR;

  self->options = *options;
  self->options.data_dir = NULL;
  self->options.content_dir = NULL;
  self->site = strata_sandbox_site_open (options->data_dir, content_dir, error);
  if (self->site == NULL ||
      ((is_demo || options->n_profiles > 0) &&
       !strata_sandbox_seed_demo (self->site, content_dir, is_demo ? options->n_appliances : 0,
                                  options->n_profiles, error)))
    return NULL;

  return g_steal_pointer (&self);
}

/* Simulated appliances say something once a second at most, all of them in one transaction. */
static gboolean
tick_cb (gpointer data)
{
  StrataSandbox *self = data;
  g_autoptr(GError) error = NULL;

  strata_sandbox_db_begin (self->site->db);
  strata_sandbox_fleet_tick (self->site, strata_sandbox_now (),
                             g_get_monotonic_time () + MAX_TICK_US);
  if (!strata_sandbox_db_end (self->site->db, TRUE, &error))
    g_debug ("%s", error->message);

  return G_SOURCE_CONTINUE;
}

static GSource *
start_fleet (StrataSandbox *self)
{
  GSource *source;

  if (strata_sandbox_fleet_is_empty (self->site))
    return NULL;

  source = g_timeout_source_new_seconds (1);
  g_source_set_callback (source, tick_cb, self, NULL);
  g_source_attach (source, self->context);

  return source;
}

static void
say_ready (StrataSandbox *self,
           GError        *failure)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->failure = failure;
  self->is_ready = TRUE;
  g_cond_signal (&self->ready);
}

static gpointer
run (gpointer data)
{
  StrataSandbox *self = data;
  GError *error = NULL;

  g_main_context_push_thread_default (self->context);

  StrataSandboxDoor *door = strata_sandbox_door_open (self->site, &self->options, self->observer,
                                                      self->observer_data, &error);

  if (door != NULL)
    {
      g_free (self->site->address);
      self->site->address =
        g_strdup_printf ("http://127.0.0.1:%d", strata_sandbox_door_get_port (door));
    }
  say_ready (self, error);

  if (door != NULL)
    {
      g_autoptr(GSource) fleet = start_fleet (self);

      g_main_loop_run (self->loop);
      if (fleet != NULL)
        g_source_destroy (fleet);
      strata_sandbox_door_close (door);
    }
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/**
 * strata_sandbox_start:
 * @self: a console that does not answer
 * @error: return location for a #StrataError
 *
 * Listens and answers from now on, in a thread of its own.
 *
 * Returns: whether it listens; else @error is `BUSY`: the port is taken
 */
gboolean
strata_sandbox_start (StrataSandbox  *self,
                      GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (self->thread == NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  self->is_ready = FALSE;
  self->thread = g_thread_new ("sandbox", run, self);

  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);

  if (self->failure == NULL)
    return TRUE;

  g_thread_join (g_steal_pointer (&self->thread));
  g_propagate_error (error, g_steal_pointer (&self->failure));

  return FALSE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

/**
 * strata_sandbox_stop:
 * @self: a console
 *
 * Answers no longer; what it answered is on the disk. It may be started again, at another address. Blocks until its
 * thread has ended.
 */
void
strata_sandbox_stop (StrataSandbox *self)
{
  g_autoptr(GSource) source = NULL;

  g_return_if_fail (STRATA_IS_SANDBOX (self));

  if (self->thread == NULL)
    return;

  /* As a source of the loop, so that one that has not begun to run is ended as well. */
  source = g_idle_source_new ();
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * strata_sandbox_get_address:
 * @self: a console that was started
 *
 * Returns: (nullable): `http://127.0.0.1:PORT`, %NULL before the first start
 */
const char *
strata_sandbox_get_address (StrataSandbox *self)
{
  g_return_val_if_fail (STRATA_IS_SANDBOX (self), NULL);

  return self->site->address;
}

/**
 * strata_sandbox_get_api_key:
 * @self: a console
 *
 * Returns: the key of its only person, which stays the same for a data folder
 */
const char *
strata_sandbox_get_api_key (StrataSandbox *self)
{
  g_return_val_if_fail (STRATA_IS_SANDBOX (self), NULL);

  return self->site->api_key;
}

/**
 * strata_sandbox_get_token:
 * @self: a console
 *
 * Returns: the token that appliances register with, which stays the same for a data folder
 */
const char *
strata_sandbox_get_token (StrataSandbox *self)
{
  g_return_val_if_fail (STRATA_IS_SANDBOX (self), NULL);

  return self->site->edge_token;
}

/**
 * strata_sandbox_set_observer:
 * @self: a console that does not answer
 * @func: (nullable) (scope notified): what sees each request and its answer
 * @data: for @func
 * @destroy: (nullable): for @data, when another takes its place or @self goes
 *
 * Lets a test look at all that is said.
 */
void
strata_sandbox_set_observer (StrataSandbox         *self,
                             StrataSandboxObserver  func,
                             gpointer               data,
                             GDestroyNotify         destroy)
{
  g_return_if_fail (STRATA_IS_SANDBOX (self));
  g_return_if_fail (self->thread == NULL);

  if (self->observer_destroy != NULL)
    self->observer_destroy (self->observer_data);
  self->observer = func;
  self->observer_data = data;
  self->observer_destroy = destroy;
}
