/* main-sandbox.c - strata-sandbox: the console to practise on as a program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strata-sandbox.h"

typedef struct
{
  StrataSandboxOptions  options;
  char                 *data_dir;     /* (owned) (nullable) */
  char                 *content_dir;  /* (owned) (nullable) */
  char                 *seed;         /* (owned) (nullable) */
  int                   port;
  int                   n_appliances;
  int                   n_profiles;
  int                   latency_ms;
  gboolean              with_parent;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->data_dir);
  g_free (self->content_dir);
  g_free (self->seed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static GOptionContext *
make_context (Arguments *self)
{
  GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &self->port,
      N_("Listen on this port of 127.0.0.1 (any that is free)"), N_("PORT") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &self->data_dir,
      N_("Keep the console in this folder (a folder of your data)"), N_("FOLDER") },
    { "seed", 's', 0, G_OPTION_ARG_STRING, &self->seed,
      N_("Begin a new console with nothing or with an example: none, demo (none)"), N_("SEED") },
    { "appliances", 'a', 0, G_OPTION_ARG_INT, &self->n_appliances,
      N_("Simulate so many appliances in the example (14)"), N_("NUMBER") },
    { "profiles", 0, 0, G_OPTION_ARG_INT, &self->n_profiles,
      N_("Add so many profiles to a new console, for measurements (0)"), N_("NUMBER") },
    { "latency", 0, 0, G_OPTION_ARG_INT, &self->latency_ms,
      N_("Hold each answer back for so long (0)"), N_("MILLISECONDS") },
    { "fail", 0, 0, G_OPTION_ARG_DOUBLE, &self->options.fail_rate,
      N_("Let so many requests fail, from 0 to 1 (0)"), N_("RATE") },
    { "no-rate-limit", 0, 0, G_OPTION_ARG_NONE, &self->options.no_rate_limit,
      N_("Answer however often it is asked"), NULL },
    { "content", 0, 0, G_OPTION_ARG_FILENAME, &self->content_dir,
      N_("Take the packs, charts and profiles of the example from this folder"), N_("FOLDER") },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &self->with_parent,
      N_("End when standard input is closed"), NULL },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _("A console to practise on. It answers on this computer only."));
  g_option_context_set_description (
    context, _("It prints its address, the API key to sign in with, the token that appliances register with, and where\n"
               "its packs and charts are. To sign in by password, take the e-mail admin@sandbox.example and the API\n"
               "key as the password."));

  return context;
}

#define MOST_SIMULATED 1000000
#define MOST_LATENCY_MS 600000

static gboolean
check_number (const char  *name,
              int          number,
              int          most,
              GError     **error)
{
  if (number >= 0 && number <= most)
    return TRUE;

  /* Translators: %s is an option of the command line */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s is a number from 0 to %d, and not %d"), name, most,
               number);

  return FALSE;
}

static gboolean
check (Arguments  *self,
       GError    **error)
{
  if (!check_number ("--port", self->port, G_MAXUINT16, error) ||
      !check_number ("--appliances", self->n_appliances, MOST_SIMULATED, error) ||
      !check_number ("--profiles", self->n_profiles, MOST_SIMULATED, error) ||
      !check_number ("--latency", self->latency_ms, MOST_LATENCY_MS, error))
    return FALSE;

  if (!(self->options.fail_rate >= 0 && self->options.fail_rate <= 1))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("--fail is the share of requests that fail, from 0 to 1, as 0.2"));
  else if (self->seed != NULL && !g_str_equal (self->seed, "none") && !g_str_equal (self->seed, "demo"))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--seed is none or demo, and not “%s”"),
                 self->seed);
  else
    return TRUE;

  return FALSE;
}

static gboolean
read_arguments (Arguments  *self,
                int        *argc,
                char     ***argv,
                GError    **error)
{
  g_autoptr(GOptionContext) context = make_context (self);

  self->n_appliances = 14;
  if (!g_option_context_parse (context, argc, argv, error) || !check (self, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is not expected"), (*argv)[1]);
      return FALSE;
    }

  if (self->data_dir == NULL)
    self->data_dir = g_build_filename (g_get_user_data_dir (), "strata-sandbox", NULL);
  self->options.data_dir = self->data_dir;
  self->options.content_dir = self->content_dir;
  self->options.port = (guint16) self->port;
  self->options.seed = g_strcmp0 (self->seed, "demo") == 0 ? STRATA_SANDBOX_SEED_DEMO : STRATA_SANDBOX_SEED_NONE;
  self->options.n_appliances = (guint) self->n_appliances;
  self->options.n_profiles = (guint) self->n_profiles;
  self->options.latency_ms = (guint) self->latency_ms;

  return TRUE;
}

static gboolean
signal_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_CONTINUE;
}

/* What starts it and dies takes it along: the other end of standard input is closed then. */
static gboolean
parent_cb (int          fd,
           GIOCondition condition,
           gpointer     data)
{
  char bytes[256];

  if ((condition & G_IO_IN) != 0 && read (fd, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

/* Other programs read these lines; they are the same in every language. */
static void
print_lines (StrataSandbox *sandbox)
{
  const char *address = strata_sandbox_get_address (sandbox);

  printf ("address %s\napi-key %s\nedge-token %s\npack-registry %s/registry/packs\nhelm-repository %s/registry/charts\n",
          address, strata_sandbox_get_api_key (sandbox), strata_sandbox_get_token (sandbox), address, address);
  fflush (stdout);
}

static int
complain (GError *error)
{
  g_printerr ("strata-sandbox: %s\n", error->message);

  return error->domain == G_OPTION_ERROR ? 2 : 1;
}

int
main (int   argc,
      char *argv[])
{
  g_auto(Arguments) arguments = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  /* The folder has keys in it. */
  umask (0077);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!read_arguments (&arguments, &argc, &argv, &error))
    return complain (error);

  g_autoptr(StrataSandbox) sandbox = strata_sandbox_new (&arguments.options, &error);

  if (sandbox == NULL || !strata_sandbox_start (sandbox, &error))
    return complain (error);

  g_unix_signal_add (SIGINT, signal_cb, loop);
  g_unix_signal_add (SIGTERM, signal_cb, loop);
  if (arguments.with_parent)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, parent_cb, loop);

  print_lines (sandbox);
  g_main_loop_run (loop);
  strata_sandbox_stop (sandbox);

  return 0;
}
