/* main-appliance.c - strata-appliance: options, signals, and one line for each thing that happens
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "strata-agent.h"
#include "strata-disk.h"
#include "strata-json.h"

#define DEFAULT_INTERVAL_S 10.0
#define MAX_TOKEN (64 * 1024)

/* What was asked for. All texts are owned, and nullable. */
typedef struct
{
  char     *archive;
  char     *console;
  char     *ca_file;
  char     *token_file;
  char     *token;
  char     *state;
  char     *uid;
  char    **labels;
  char     *settings;
  double    interval_s;
  gboolean  once;
  gboolean  json;
  gboolean  with_parent;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->archive, g_free);
  g_clear_pointer (&self->console, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->token_file, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->settings, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What the thread that works and the thread that waits share. */
typedef struct
{
  const Options *options;
  GMainLoop     *loop;
  GCancellable  *cancellable;
  int            status;
} Program;

static void
print_json (const StrataAgentEvent *event)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "event", event->name);
  if (event->layer != NULL)
    json_object_set_string_member (object, "layer", event->layer);
  if (event->condition != NULL)
    json_object_set_string_member (object, "condition", event->condition);
  json_object_set_string_member (object, "message", event->message);

  g_autofree char *text = strata_json_to_text (node, FALSE);

  printf ("%s\n", text);
}

static void
print_event_cb (const StrataAgentEvent *event,
                gpointer                data)
{
  const Options *options = data;

  if (options->json)
    print_json (event);
  else
    printf ("%s\n", event->message);

  fflush (stdout);
}

static int
complain (const GError *error)
{
  fprintf (stderr, "strata-appliance: %s\n", error->message);

  return error->domain == G_OPTION_ERROR ? 2 : 1;
}

static StrataAgent *
make_agent (const Options *options,
            GCancellable  *cancellable,
            GError       **error)
{
  StrataAgentOptions agent = {
    .state = options->state,
    .archive = options->archive,
    .console = options->console,
    .ca_file = options->ca_file,
    .token = options->token,
    .uid = options->uid,
    .labels = (const char *const *) options->labels,
    .settings = options->settings,
    .interval_ms = (guint) (options->interval_s * 1000),
  };

  return strata_agent_new (&agent, cancellable, error);
}

static int
work (Program *program)
{
  const Options *options = program->options;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAgent) agent = make_agent (options, program->cancellable, &error);

  if (agent == NULL)
    return complain (error);

  strata_agent_set_observer (agent, print_event_cb, (gpointer) options);

  gboolean booted = strata_agent_boot (agent, program->cancellable, &error);

  if (!booted && (!strata_agent_has_profile (agent) || options->console == NULL))
    return complain (error);

  g_clear_error (&error);

  if (options->once && !strata_agent_poll (agent, program->cancellable, &error))
    return complain (error);

  if (!options->once)
    strata_agent_run (agent, program->cancellable);

  return options->once && !strata_agent_is_well (agent);
}

static gpointer
work_cb (gpointer data)
{
  Program *program = data;

  program->status = work (program);
  g_main_loop_quit (program->loop);

  return NULL;
}

static gboolean
stop_cb (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_CONTINUE;
}

/* The standard input closes when the program that started this one is gone. */
static gboolean
lose_parent_cb (int          fd,
                GIOCondition condition,
                gpointer     data)
{
  char buffer[64];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static int
run (const Options *options)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Program program = { .options = options, .loop = loop, .cancellable = cancellable };

  g_unix_signal_add (SIGTERM, stop_cb, cancellable);
  g_unix_signal_add (SIGINT, stop_cb, cancellable);

  if (options->with_parent)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, lose_parent_cb, cancellable);

  GThread *thread = g_thread_new ("appliance", work_cb, &program);

  g_main_loop_run (loop);
  g_thread_join (thread);

  return program.status;
}

/* A token is in a file, because the arguments of a program can be read by everybody. */
static gboolean
read_token (Options *options,
            GError **error)
{
  gsize size;

  if (options->token_file == NULL)
    return TRUE;

  options->token = strata_disk_read (options->token_file, MAX_TOKEN, &size, error);

  return options->token != NULL && g_strstrip (options->token) != NULL;
}

static gboolean
check_labels (Options *options,
              GError **error)
{
  for (char **label = options->labels; label != NULL && *label != NULL; label++)
    if (strchr (*label, '=') == NULL || **label == '=')
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _("“%s” is no label: write it as KEY=VALUE"), *label);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check (Options *options,
       GError **error)
{
  if (options->state == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("Say with --state in which folder the appliance lives"));
  else if (options->interval_s <= 0 || options->interval_s > 24 * 60 * 60)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("--interval is a number of seconds, at most a day"));
  else
    return check_labels (options, error);

  return FALSE;
}

static gboolean
parse (Options *options,
       int     *argc,
       char  ***argv,
       GError **error)
{
  const GOptionEntry entries[] = {
    { "archive", 0, 0, G_OPTION_ARG_FILENAME, &options->archive, N_("Archive of the profile to boot from"), N_("FILE") },
    { "console", 0, 0, G_OPTION_ARG_STRING, &options->console, N_("Address of the console; without one no connection is made"), N_("URL") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file, N_("Certificates of authorities to trust there as well"), N_("FILE") },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options->token_file, N_("File with the token to register with"), N_("FILE") },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, N_("Folder that the appliance lives in; one program at a time"), N_("DIR") },
    { "uid", 0, 0, G_OPTION_ARG_STRING, &options->uid, N_("What the console calls it (an id made once)"), N_("UID") },
    { "label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->labels, N_("Label to register with, as site=berlin; can be repeated"), N_("KEY=VALUE") },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &options->settings, N_("File with the variables of this place, a line each"), N_("FILE") },
    { "interval", 0, 0, G_OPTION_ARG_DOUBLE, &options->interval_s, N_("Seconds between two questions (10)"), N_("S") },
    { "once", 0, 0, G_OPTION_ARG_NONE, &options->once, N_("Ask once and end"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("Print JSON, one line for each event"), NULL },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &options->with_parent, N_("End when the standard input closes"), NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _("Keeps the node of an edge appliance like its profile"));
  g_option_context_set_description (
    context, _("All but --state is needed only once: what it was told it remembers there. The exit status is 0 when it was\n"
               "told to end or, with --once, when all layers are in place; 1 when it failed; 2 when it was asked in the\n"
               "wrong way."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is not expected"), (*argv)[1]);
      return FALSE;
    }

  return check (options, error);
}

int
main (int   argc,
      char *argv[])
{
  g_auto(Options) options = { .interval_s = DEFAULT_INTERVAL_S };
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!parse (&options, &argc, &argv, &error) || !read_token (&options, &error))
    return complain (error);

  return run (&options);
}
