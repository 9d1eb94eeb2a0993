/* strata-connection.c - what is known of one console: signed in or not, answering or not, and since when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-connection"

#include "strata-connection.h"

#include "strata-accounts.h"
#include "strata-error.h"
#include "strata-job.h"

#define STALL_S 20
#define FIRST_PAUSE_MS 100

struct _StrataConnection
{
  GObject                parent_instance;
  char                  *data_dir;   /* (owned) (not nullable) */
  StrataAccount         *account;    /* (owned) (not nullable) */
  StrataSync            *sync;       /* (owned) (not nullable) */
  StrataProfileList     *profiles;   /* (owned) (not nullable) */
  StrataConsole         *console;    /* (owned) (nullable): while nobody is signed in */
  StrataJob             *job;        /* (owned) (not nullable): reads the list */
  GError                *error;      /* (owned) (nullable): why it is not online */
  gint64                 checked;    /* µs */
  StrataConnectionState  state;
  guint                  n_waiting;
  guint                  count_source;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_CHECKED,
  PROP_ERROR,
  PROP_CONSOLE,
  PROP_N_WAITING,
} StrataConnectionProperty;

static GParamSpec *properties[PROP_N_WAITING + 1];

G_DEFINE_FINAL_TYPE (StrataConnection, strata_connection, G_TYPE_OBJECT)

/* What waits */

/* A draft of the assistant is nobody's business yet, and what only the console has is the console's. */
static gboolean
is_waiting (StrataEntry *entry)
{
  StrataState state = strata_entry_get_state (entry);

  return strata_entry_get_draft_step (entry) == 0 && !strata_entry_get_is_away (entry) &&
         (state == STRATA_STATE_ONLY_HERE || state == STRATA_STATE_UNPUBLISHED || state == STRATA_STATE_CONFLICT);
}

static gboolean
count_cb (gpointer user_data)
{
  StrataConnection *self = user_data;
  guint n_profiles = g_list_model_get_n_items (G_LIST_MODEL (self->profiles));
  guint n_waiting = 0;

  self->count_source = 0;
  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->profiles), i);
      n_waiting += is_waiting (entry);
    }

  if (self->n_waiting != n_waiting)
    {
      self->n_waiting = n_waiting;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
    }

  return G_SOURCE_REMOVE;
}

static void
profiles_changed_cb (StrataConnection *self)
{
  if (self->count_source == 0)
    self->count_source = g_idle_add (count_cb, self);
}

/* The last answer */

static StrataConnectionState
judge (const GError *error)
{
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN))
    return STRATA_CONNECTION_SIGNED_OUT;
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE))
    return STRATA_CONNECTION_OFFLINE;

  return STRATA_CONNECTION_TROUBLE;
}

static void
set_state (StrataConnection      *self,
           StrataConnectionState  state,
           const GError          *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * strata_connection_report:
 * @self: a connection
 * @error: (nullable): what the last call to the console came to; %NULL when it answered
 *
 * Whoever called the console tells what came of it, so that the state is one that was read. What was cancelled, or was
 * refused for what was in it, says that the console is there.
 */
void
strata_connection_report (StrataConnection *self,
                          const GError     *error)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gboolean answered = error == NULL || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT) ||
                      g_error_matches (error, STRATA_ERROR, STRATA_ERROR_INVALID) ||
                      g_error_matches (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN) ||
                      g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);

  if (answered)
    {
      self->checked = g_get_real_time ();
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
    }
  set_state (self, answered ? STRATA_CONNECTION_ONLINE : judge (error), answered ? NULL : error);
}

/* Somebody looks at the state: that a console is not there is known within seconds, not after a minute of patience. */
void
strata_connection_hurry (StrataConsole *console)
{
  g_return_if_fail (STRATA_IS_CONSOLE (console));

  strata_console_set_patience (console, STALL_S, FIRST_PAUSE_MS);
}

/* Reading the list */

/* What one reading is given. (all fields owned) */
typedef struct
{
  StrataAccount *account;
  StrataConsole *console;  /* or NULL, to sign in with what the keyring has */
  StrataSync    *sync;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->account);
  g_clear_object (&reading->console);
  g_object_unref (reading->sync);
  g_free (reading);
}

static gpointer
read_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Reading *reading = data;
  g_autoptr(StrataConsole) console = reading->console != NULL
    ? g_object_ref (reading->console)
    : strata_account_open (reading->account, NULL, cancellable, error);

  if (console != NULL && reading->console == NULL)
    strata_connection_hurry (console);
  if (console == NULL || !strata_sync_refresh (reading->sync, console, NULL, cancellable, error))
    return NULL;

  return g_steal_pointer (&console);
}

static void
set_console (StrataConnection *self,
             StrataConsole    *console)
{
  if (g_set_object (&self->console, console))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONSOLE]);
}

static void
read_cb (StrataConnection *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    {
      set_console (self, strata_job_get_result (self->job));
      self->checked = MAX (self->checked, strata_sync_get_checked (self->sync));
      strata_connection_report (self, NULL);
      strata_profile_list_refresh (self->profiles);
    }
  else if (state == STRATA_JOB_FAILED)
    {
      const GError *error = strata_job_get_error (self->job);

      if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN))
        set_console (self, NULL);
      /* A list that was refused was not read, though somebody answered. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_state (self, judge (error), error);
    }
}

/**
 * strata_connection_refresh:
 * @self: a connection
 *
 * Signs in with what the keyring has, if that is still to be done, and reads the list of profiles in the background. It
 * is also how to ask whether the console is there.
 */
void
strata_connection_refresh (StrataConnection *self)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self));

  if (strata_job_get_state (self->job) == STRATA_JOB_RUNNING)
    return;

  Reading *reading = g_new0 (Reading, 1);

  reading->account = g_object_ref (self->account);
  reading->console = self->console != NULL ? g_object_ref (self->console) : NULL;
  reading->sync = g_object_ref (self->sync);
  if (self->state != STRATA_CONNECTION_ONLINE)
    set_state (self, STRATA_CONNECTION_ASKING, NULL);
  strata_job_run (self->job, read_thread, reading, reading_free, g_object_unref);
}

/* That there is a network says nothing about the console: it is a reason to ask. That there is none is an answer. */
static void
network_changed_cb (StrataConnection *self,
                    gboolean          available)
{
  if (self->state != STRATA_CONNECTION_SIGNED_OUT || self->console != NULL)
    strata_connection_refresh (self);
}

/* Class */

static void
strata_connection_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StrataConnection *self = STRATA_CONNECTION (object);

  switch ((StrataConnectionProperty) id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_CHECKED:
      g_value_set_int64 (value, self->checked);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_CONSOLE:
      g_value_set_object (value, self->console);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_connection_dispose (GObject *object)
{
  StrataConnection *self = STRATA_CONNECTION (object);

  g_clear_handle_id (&self->count_source, g_source_remove);
  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->console);
  g_clear_object (&self->profiles);
  g_clear_object (&self->sync);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (strata_connection_parent_class)->dispose (object);
}

static void
strata_connection_finalize (GObject *object)
{
  StrataConnection *self = STRATA_CONNECTION (object);

  g_clear_pointer (&self->data_dir, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_connection_parent_class)->finalize (object);
}

static void
strata_connection_class_init (StrataConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_connection_get_property;
  object_class->dispose = strata_connection_dispose;
  object_class->finalize = strata_connection_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, STRATA_CONNECTION_TROUBLE, 0, flags);
  properties[PROP_CHECKED] = g_param_spec_int64 ("checked", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_CONSOLE] = g_param_spec_object ("console", NULL, NULL, STRATA_TYPE_CONSOLE, flags);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_connection_init (StrataConnection *self)
{
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_connection_new:
 * @data_dir: the folder of the stores
 * @account: which console and project
 * @store: what of it is on this computer
 * @profiles: the list of @store
 *
 * Returns: (transfer full): a connection that was not used yet
 */
StrataConnection *
strata_connection_new (const char        *data_dir,
                       StrataAccount     *account,
                       StrataStore       *store,
                       StrataProfileList *profiles)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);

  StrataConnection *self = g_object_new (STRATA_TYPE_CONNECTION, NULL);

  self->data_dir = g_strdup (data_dir);
  self->account = g_object_ref (account);
  self->sync = strata_sync_new (store);
  self->profiles = g_object_ref (profiles);
  self->checked = strata_sync_get_checked (self->sync);
  self->state = STRATA_CONNECTION_ASKING;
  g_signal_connect_object (profiles, "items-changed", G_CALLBACK (profiles_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

StrataAccount *
strata_connection_get_account (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), NULL);

  return self->account;
}

/* What compares the store with the console; blocking, any thread. */
StrataSync *
strata_connection_get_sync (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), NULL);

  return self->sync;
}

/* %NULL while nobody is signed in; blocking, any thread. */
StrataConsole *
strata_connection_get_console (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), NULL);

  return self->console;
}

StrataConnectionState
strata_connection_get_state (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), STRATA_CONNECTION_SIGNED_OUT);

  return self->state;
}

/* When the console last answered, µs since 1970; 0 for never. */
gint64
strata_connection_get_checked (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), 0);

  return self->checked;
}

const GError *
strata_connection_get_error (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), NULL);

  return self->error;
}

guint
strata_connection_get_n_waiting (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), 0);

  return self->n_waiting;
}

/**
 * strata_connection_set_console:
 * @self: a connection
 * @account: the account as it is now
 * @console: (nullable): the console, signed in; %NULL to sign out
 *
 * What came of signing in with a key or password that a person typed, or of signing out.
 */
void
strata_connection_set_console (StrataConnection *self,
                               StrataAccount    *account,
                               StrataConsole    *console)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self));
  g_return_if_fail (STRATA_IS_ACCOUNT (account));

  strata_job_cancel (self->job);
  g_set_object (&self->account, account);
  set_console (self, console);
  if (console != NULL)
    strata_connection_refresh (self);
  else
    set_state (self, STRATA_CONNECTION_SIGNED_OUT, NULL);
}
