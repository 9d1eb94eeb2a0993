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
  StrataJob             *recall_job; /* (owned) (not nullable): reads how old the list is that is here */
  GError                *error;      /* (owned) (nullable): why it is not online */
  gint64                 checked;    /* µs */
  StrataConnectionState  state;
  gboolean               is_left;    /* a person signed out: what the keyring has is not asked for */
  guint                  n_waiting;
  guint                  n_calls;    /* of the console: what of it is known here */
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

/* A list that was not read for a reason that is on this computer says nothing about the console. That something is busy
 * is said of both.
 */
static gboolean
is_local (const GError *error)
{
  return error->domain != STRATA_ERROR || error->code == STRATA_ERROR_DISK || error->code == STRATA_ERROR_CORRUPT ||
         error->code == STRATA_ERROR_BUSY;
}

static StrataConnectionState
judge (const GError *error)
{
  if (error == NULL)
    return STRATA_CONNECTION_ONLINE;
  if (is_local (error))
    return STRATA_CONNECTION_UNREAD;
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN))
    return STRATA_CONNECTION_SIGNED_OUT;
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE))
    return STRATA_CONNECTION_OFFLINE;

  return STRATA_CONNECTION_TROUBLE;
}

static void
set_checked (StrataConnection *self,
             gint64            checked)
{
  if (checked <= self->checked)
    return;

  self->checked = checked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
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

/* Whether nobody is signed in at @console any more, or somebody else. */
static gboolean
is_left (StrataConnection *self,
         StrataConsole    *console)
{
  return console == NULL || console != self->console;
}

/**
 * strata_connection_is_to_say:
 * @self: a connection
 * @console: (nullable): what was asked
 * @error: (nullable): what came of it
 *
 * Returns: whether a person is to be told of @error: not where that is what they wanted, by a Stop or by signing out
 */
gboolean
strata_connection_is_to_say (StrataConnection *self,
                             StrataConsole    *console,
                             const GError     *error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), FALSE);

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  return !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN) || !is_left (self, console);
}

/**
 * strata_connection_report:
 * @self: a connection
 * @console: (nullable): what was asked; nothing is learnt from one that was left since
 *
 * Whoever called the console says so, and the state becomes what the last call found: that of a failure on this computer
 * is the one before.
 */
void
strata_connection_report (StrataConnection *self,
                          StrataConsole    *console)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self));

  g_autoptr(GError) trouble = NULL;
  guint n_calls = 0;
  gint64 heard = !is_left (self, console) ? strata_console_get_heard (console, &n_calls, &trouble) : 0;

  if (n_calls == self->n_calls || is_left (self, console))
    return;

  self->n_calls = n_calls;
  set_checked (self, heard);
  set_state (self, judge (trouble), trouble);
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

/* What came of one. */
typedef struct
{
  StrataConsole *console;  /* (owned) (nullable): signed in */
  gint64         checked;  /* µs: when the list was last read to its end */
  GError        *unread;   /* (owned) (nullable): why some of the profiles were not read, though the list was */
} Read;

static Read *
read_new (StrataSync    *sync,
          StrataConsole *console)
{
  Read *read = g_new0 (Read, 1);

  read->console = console != NULL ? g_object_ref (console) : NULL;
  read->checked = strata_sync_get_checked (sync);

  return read;
}

static void
read_free (gpointer data)
{
  Read *read = data;

  g_clear_object (&read->console);
  g_clear_error (&read->unread);
  g_free (read);
}

/* How old is what this computer has of the list. */
static gpointer
recall_thread (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return read_new (data, NULL);
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
  g_autoptr(GError) unread = NULL;

  if (console == NULL || !strata_sync_refresh (reading->sync, console, NULL, &unread, cancellable, error))
    return NULL;

  Read *read = read_new (reading->sync, console);

  read->unread = g_steal_pointer (&unread);

  return read;
}

static void
recalled_cb (StrataConnection *self)
{
  if (strata_job_get_state (self->recall_job) == STRATA_JOB_DONE)
    set_checked (self, ((const Read *) strata_job_get_result (self->recall_job))->checked);
}

static void
set_console (StrataConnection *self,
             StrataConsole    *console)
{
  if (!g_set_object (&self->console, console))
    return;

  self->n_calls = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONSOLE]);
}

static void
read_cb (StrataConnection *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    {
      const Read *read = strata_job_get_result (self->job);

      set_console (self, read->console);
      set_checked (self, read->checked);
      set_state (self, STRATA_CONNECTION_ONLINE, NULL);
      strata_connection_report (self, self->console);
      if (read->unread != NULL)
        set_state (self, STRATA_CONNECTION_ONLINE, read->unread);
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
 * is also how to ask whether the console is there. Who signed out is not signed in by it.
 */
void
strata_connection_refresh (StrataConnection *self)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self));

  if (strata_job_get_state (self->job) == STRATA_JOB_RUNNING || self->is_left)
    return;

  Reading *reading = g_new0 (Reading, 1);

  reading->account = g_object_ref (self->account);
  reading->console = self->console != NULL ? g_object_ref (self->console) : NULL;
  reading->sync = g_object_ref (self->sync);
  if (self->state != STRATA_CONNECTION_ONLINE)
    set_state (self, STRATA_CONNECTION_ASKING, NULL);
  strata_job_run (self->job, read_thread, reading, reading_free, read_free);
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
  if (self->recall_job != NULL)
    strata_job_cancel (self->recall_job);
  g_clear_object (&self->job);
  g_clear_object (&self->recall_job);
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

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, STRATA_CONNECTION_UNREAD, 0, flags);
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
  self->recall_job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recall_job, "notify::state", G_CALLBACK (recalled_cb), self, G_CONNECT_SWAPPED);
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
  self->state = STRATA_CONNECTION_ASKING;
  strata_job_run (self->recall_job, recall_thread, g_object_ref (self->sync), g_object_unref, read_free);
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
 * What came of signing in with a key or password that a person typed, or of signing out: then what is in memory of the
 * key or password is forgotten, and what is being asked is cancelled.
 */
void
strata_connection_set_console (StrataConnection *self,
                               StrataAccount    *account,
                               StrataConsole    *console)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self));
  g_return_if_fail (STRATA_IS_ACCOUNT (account));

  strata_job_cancel (self->job);
  if (console == NULL && self->console != NULL)
    strata_console_sign_out (self->console);
  self->is_left = console == NULL;
  g_set_object (&self->account, account);
  set_console (self, console);
  if (console != NULL)
    strata_connection_refresh (self);
  else
    set_state (self, STRATA_CONNECTION_SIGNED_OUT, NULL);
}
