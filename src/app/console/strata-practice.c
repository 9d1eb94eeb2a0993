/* strata-practice.c - the console to practise with: a program of our own that ends with us
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-practice"

#include "config.h"

#include "strata-practice.h"

#include <glib/gi18n.h>

#include "strata-error.h"

#define PROGRAM "strata-sandbox"
#define N_TRIES 4
#define PAUSE_US 200000

/* What the program says when it is ready, a line each; the last one ends the list. */
typedef enum
{
  LINE_ADDRESS,
  LINE_API_KEY,
  LINE_EDGE_TOKEN,
  LINE_PACK_REGISTRY,
  LINE_HELM_REPOSITORY,
  N_LINES,
} Line;

static const char *const words[N_LINES] = { "address ", "api-key ", "edge-token ", "pack-registry ",
                                            "helm-repository " };

struct _StrataPractice
{
  GObject      parent_instance;
  GSubprocess *process;         /* (owned) (nullable): that ends when its input is closed */
  char        *lines[N_LINES];  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataPractice, strata_practice, G_TYPE_OBJECT)

static void
strata_practice_dispose (GObject *object)
{
  StrataPractice *self = STRATA_PRACTICE (object);

  /* Its input closes with the last reference; a program that hangs is not waited for. */
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);

  G_OBJECT_CLASS (strata_practice_parent_class)->dispose (object);
}

static void
strata_practice_finalize (GObject *object)
{
  StrataPractice *self = STRATA_PRACTICE (object);

  for (guint i = 0; i < N_LINES; i++)
    g_clear_pointer (&self->lines[i], g_free);

  G_OBJECT_CLASS (strata_practice_parent_class)->finalize (object);
}

static void
strata_practice_class_init (StrataPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_practice_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_practice_finalize;
}

static void
strata_practice_init (StrataPractice *self)
{
}

/* Beside this program, as installed and as built. */
static char *
find_beside_us (void)
{
  static const char *const places[] = { ".", "../libexec", "sandbox" };
  g_autofree char *us = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = us != NULL ? g_path_get_dirname (us) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], PROGRAM, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_canonicalize_filename (path, NULL);
    }

  return NULL;
}

/**
 * strata_practice_find_program:
 * @error: return location
 *
 * Blocking. What the environment names comes first, then what is beside this program, then what is in the path.
 *
 * Returns: (transfer full) (nullable) (type filename): the program, or %NULL with %STRATA_ERROR_NOT_FOUND
 */
char *
strata_practice_find_program (GError **error)
{
  const char *named = g_getenv ("STRATA_SANDBOX");
  char *path = named != NULL && *named != '\0' ? g_strdup (named) : find_beside_us ();

  if (path == NULL)
    path = g_find_program_in_path (PROGRAM);
  if (path == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("The sandbox cannot be started: %s is not installed; install Strata again"), PROGRAM);

  return path;
}

/* The example that belongs to the program; NULL for the one it was built with. */
static char *
find_content (const char *program)
{
  const char *named = g_getenv ("STRATA_SANDBOX_CONTENT");
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *beside = g_build_filename (folder, "..", "share", "strata", "sandbox", NULL);

  if (named != NULL && *named != '\0')
    return g_strdup (named);

  return g_file_test (beside, G_FILE_TEST_IS_DIR) ? g_canonicalize_filename (beside, NULL) : NULL;
}

static void
take_line (StrataPractice *self,
           const char     *line)
{
  for (guint i = 0; i < N_LINES; i++)
    if (g_str_has_prefix (line, words[i]))
      {
        g_free (self->lines[i]);
        self->lines[i] = g_strdup (line + strlen (words[i]));
      }
}

/* Reads until the last line; a program that ends before it has failed. */
static gboolean
read_lines (StrataPractice  *self,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr(GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  while (self->lines[LINE_HELM_REPOSITORY] == NULL)
    {
      g_autoptr(GError) failure = NULL;
      g_autofree char *line = g_data_input_stream_read_line_utf8 (output, NULL, cancellable, &failure);

      if (line == NULL)
        {
          if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_propagate_error (error, g_steal_pointer (&failure));
          else
            g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER,
                                 _("The sandbox ended before it was ready; look whether its folder can be written"));
          return FALSE;
        }
      take_line (self, line);
    }

  return self->lines[LINE_ADDRESS] != NULL && self->lines[LINE_API_KEY] != NULL;
}

static StrataPractice *
start_at (const char    *program,
          const char    *folder,
          guint          port,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(StrataPractice) self = g_object_new (STRATA_TYPE_PRACTICE, NULL);
  g_autofree char *number = g_strdup_printf ("%u", port);

  g_autofree char *content = find_content (program);
  const char *arguments[] = { program, "--with-parent", "--data", folder, "--seed", "demo", "--port", number,
                              content != NULL ? "--content" : NULL, content, NULL };

  self->process = g_subprocess_newv (arguments,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                       (port != 0 ? G_SUBPROCESS_FLAGS_STDERR_SILENCE : G_SUBPROCESS_FLAGS_NONE),
                                     error);
  if (self->process == NULL || !read_lines (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* One that just ended may hold its port for a moment. */
static StrataPractice *
start_again (const char   *program,
             const char   *folder,
             guint         port,
             GCancellable *cancellable)
{
  StrataPractice *self = NULL;

  for (guint i = 0; i < N_TRIES && self == NULL && !g_cancellable_is_cancelled (cancellable); i++)
    {
      if (i > 0)
        g_usleep (PAUSE_US);
      self = start_at (program, folder, port, cancellable, NULL);
    }

  return self;
}

/**
 * strata_practice_start:
 * @folder: (type filename): where the sandbox keeps what it knows; made when it is not there
 * @port: where it was the last time, 0 for the first; another is taken when that is in use
 * @cancellable: (nullable): stops waiting
 * @error: return location
 *
 * Blocking, any thread. Starts the program and waits until it answers.
 *
 * Returns: (transfer full) (nullable): the running sandbox, or %NULL with @error set
 */
StrataPractice *
strata_practice_start (const char    *folder,
                       guint          port,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *program = strata_practice_find_program (error);
  if (program == NULL)
    return NULL;

  StrataPractice *self = port != 0 ? start_again (program, folder, port, cancellable) : NULL;

  return self != NULL ? self : start_at (program, folder, 0, cancellable, error);
}

const char *
strata_practice_get_address (StrataPractice *self)
{
  g_return_val_if_fail (STRATA_IS_PRACTICE (self), NULL);

  return self->lines[LINE_ADDRESS];
}

/* It opens nothing but this sandbox, and still it is shown to nobody. */
const char *
strata_practice_get_api_key (StrataPractice *self)
{
  g_return_val_if_fail (STRATA_IS_PRACTICE (self), NULL);

  return self->lines[LINE_API_KEY];
}

const char *
strata_practice_get_pack_registry (StrataPractice *self)
{
  g_return_val_if_fail (STRATA_IS_PRACTICE (self), NULL);

  return self->lines[LINE_PACK_REGISTRY];
}

const char *
strata_practice_get_helm_repository (StrataPractice *self)
{
  g_return_val_if_fail (STRATA_IS_PRACTICE (self), NULL);

  return self->lines[LINE_HELM_REPOSITORY];
}

gboolean
strata_practice_is_running (StrataPractice *self)
{
  g_return_val_if_fail (STRATA_IS_PRACTICE (self), FALSE);

  return g_subprocess_get_identifier (self->process) != NULL;
}
