/* strata-session.c - what was open, kept in the state folder so that a crash does not lose it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-session"

#include "strata-session.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "strata-job.h"

#define GROUP "session"  /* of the profiles on this computer; those of a console have "session ID" */
#define LOCAL "local"

struct _StrataSession
{
  GObject    parent_instance;
  char      *path;       /* (owned) (not nullable) */
  GKeyFile  *file;       /* (owned) (not nullable) */
  char      *group;      /* (owned) (not nullable): of the workspace in front */
  char      *saved;      /* (owned) (nullable): the text that was last handed to the disk */
  StrataJob *job;        /* (owned) (not nullable) */
};

typedef struct
{
  char *path;  /* (owned) */
  char *text;  /* (owned) */
} Write;

G_DEFINE_FINAL_TYPE (StrataSession, strata_session, G_TYPE_OBJECT)

/* Held while a session is written, so that the last word is the one that stays. */
static GMutex write_lock;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  g_free (write->text);
  g_free (write);
}

static gboolean
write_file (const char  *path,
            const char  *text,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;
      g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
                           g_strerror (code));
      return FALSE;
    }

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gpointer
write_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Write *write = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&write_lock);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return GINT_TO_POINTER (write_file (write->path, write->text, error));
}

static void
write_in_background (StrataSession *self)
{
  /* One write at a time, so that an older state never lands on a newer one. */
  if (strata_job_get_state (self->job) == STRATA_JOB_RUNNING)
    return;

  g_autofree char *text = g_key_file_to_data (self->file, NULL, NULL);
  if (g_strcmp0 (text, self->saved) == 0)
    return;

  Write *write = g_new0 (Write, 1);
  write->path = g_strdup (self->path);
  write->text = g_strdup (text);
  g_free (self->saved);
  self->saved = g_steal_pointer (&text);
  strata_job_run (self->job, write_thread, write, write_free, NULL);
}

static void
job_state_cb (StrataSession *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_FAILED)
    g_warning ("The session was not saved: %s", strata_job_get_error (self->job)->message);
  else
    write_in_background (self);
}

static void
strata_session_dispose (GObject *object)
{
  StrataSession *self = STRATA_SESSION (object);

  g_clear_object (&self->job);

  G_OBJECT_CLASS (strata_session_parent_class)->dispose (object);
}

static void
strata_session_finalize (GObject *object)
{
  StrataSession *self = STRATA_SESSION (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->file, g_key_file_unref);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->saved, g_free);

  G_OBJECT_CLASS (strata_session_parent_class)->finalize (object);
}

static void
strata_session_class_init (StrataSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_session_dispose;
  object_class->finalize = strata_session_finalize;
}

static void
strata_session_init (StrataSession *self)
{
  self->file = g_key_file_new ();
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_session_make_path:
 * @data_dir: the folder of the store
 *
 * Where the session of a store is kept: each store has its own.
 *
 * Returns: (transfer full): the path of the file
 */
char *
strata_session_make_path (const char *data_dir)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "strata", NULL);
  if (g_str_equal (data_dir, usual))
    return g_build_filename (g_get_user_state_dir (), "strata", "session", NULL);

  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, data_dir, -1);
  g_autofree char *name = g_strdup_printf ("session-%.16s", digest);

  return g_build_filename (g_get_user_state_dir (), "strata", name, NULL);
}

/**
 * strata_session_new:
 * @path: the file
 *
 * Reads what was open last. A file that is absent or damaged is the same as a first start.
 *
 * Returns: (transfer full): the session
 */
StrataSession *
strata_session_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  StrataSession *self = g_object_new (STRATA_TYPE_SESSION, NULL);
  g_autoptr(GError) error = NULL;

  self->path = g_strdup (path);
  if (!g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("The last session was not read: %s", error->message);
  self->saved = g_key_file_to_data (self->file, NULL, NULL);
  self->group = g_strdup (GROUP);

  return self;
}

static char *
make_group (const char *workspace)
{
  return g_str_equal (workspace, LOCAL) ? g_strdup (GROUP) : g_strdup_printf (GROUP " %s", workspace);
}

/**
 * strata_session_get_workspace:
 * @self: a session
 *
 * Returns: (transfer full): the id of the workspace that was in front; "local" on a first start
 */
char *
strata_session_get_workspace (StrataSession *self)
{
  g_return_val_if_fail (STRATA_IS_SESSION (self), NULL);

  char *workspace = g_key_file_get_string (self->file, "window", "workspace", NULL);

  return workspace != NULL ? workspace : g_strdup (LOCAL);
}

/**
 * strata_session_set_workspace:
 * @self: a session
 * @workspace: the id of the workspace that comes to the front
 *
 * Each workspace has its own place and its own tabs: from now on it is those of @workspace that are read and set.
 */
void
strata_session_set_workspace (StrataSession *self,
                              const char    *workspace)
{
  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (workspace != NULL);

  g_free (self->group);
  self->group = make_group (workspace);
  if (g_str_equal (workspace, LOCAL))
    g_key_file_remove_group (self->file, "window", NULL);
  else
    g_key_file_set_string (self->file, "window", "workspace", workspace);

  write_in_background (self);
}

/**
 * strata_session_forget:
 * @self: a session
 * @workspace: the id of a workspace that was removed
 */
void
strata_session_forget (StrataSession *self,
                       const char    *workspace)
{
  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (workspace != NULL);

  g_autofree char *group = make_group (workspace);

  g_key_file_remove_group (self->file, group, NULL);
  write_in_background (self);
}

/**
 * strata_session_get_place:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the page that was in front
 */
char *
strata_session_get_place (StrataSession *self)
{
  g_return_val_if_fail (STRATA_IS_SESSION (self), NULL);

  return g_key_file_get_string (self->file, self->group, "place", NULL);
}

/**
 * strata_session_get_tabs:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): what the editor gave for its tabs
 */
GVariant *
strata_session_get_tabs (StrataSession *self)
{
  g_return_val_if_fail (STRATA_IS_SESSION (self), NULL);

  g_autofree char *text = g_key_file_get_string (self->file, self->group, "tabs", NULL);

  return text != NULL ? g_variant_parse (NULL, text, NULL, NULL, NULL) : NULL;
}

/**
 * strata_session_set:
 * @self: a session
 * @place: the page in front
 * @tabs: (nullable): what the editor gave for its tabs
 *
 * Remembers what is open; the disk gets it in the background where it has changed.
 */
void
strata_session_set (StrataSession *self,
                    const char    *place,
                    GVariant      *tabs)
{
  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (place != NULL);

  g_autofree char *text = tabs != NULL ? g_variant_print (tabs, TRUE) : NULL;

  g_key_file_set_string (self->file, self->group, "place", place);
  if (text != NULL)
    g_key_file_set_string (self->file, self->group, "tabs", text);
  else
    g_key_file_remove_key (self->file, self->group, "tabs", NULL);

  write_in_background (self);
}

/**
 * strata_session_flush:
 * @self: a session
 *
 * Writes at once what is remembered: the last thing before the application ends.
 */
void
strata_session_flush (StrataSession *self)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_key_file_to_data (self->file, NULL, NULL);

  strata_job_cancel (self->job);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&write_lock);

  if (!write_file (self->path, text, &error))
    g_warning ("The session was not saved: %s", error->message);
}
