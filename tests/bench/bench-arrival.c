/* bench-arrival.c - a list of profiles from a console to the painted dashboard, the first time and the next
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-arrival FOLDER N     from a sandbox console with N profiles, which is kept in FOLDER
 *
 * The console is a process of its own and holds nobody back; the client asks for ten pages in a second, as it promises to
 * every console. Prints one line of JSON. In milliseconds: "first" until the first rows are painted and "all" until the
 * last are, where nothing was known of the console; "warm" until the rows of the last time are painted, and "checked" until
 * the console has said that they are still so. "worst" is the longest turn of the main loop in processor time while rows
 * arrive. Requests: "asked" and "asked_again" for each of the two; "gets" are profiles that were read whole, and
 * "twice" how many of them more than once. "resident" is memory in KiB at the end.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-window.h"
#include "strata-accounts.h"
#include "strata-console-profiles.h"
#include "strata-dashboard-page.h"
#include "strata-listed.h"
#include "strata-sandbox.h"

#define MAX_LINE 1024
#define WAKE_MS 20  /* how often to look whether it is over, where nothing else happens */

/* What the console counts, in memory that both processes see. */
typedef struct
{
  gint n_requests;  /* (atomic) */
  gint n_gets;      /* (atomic) */
  gint n_twice;     /* (atomic) */
} Counts;

/* The console, as the process that asks it sees it. */
typedef struct
{
  Counts *counts;   /* (unowned): shared */
  FILE   *says;     /* (owned) */
  int     stop;     /* to be closed for it to end */
  pid_t   pid;
  char    address[MAX_LINE];
  char    key[MAX_LINE];
} Console;

static void
check (gboolean      is_fine,
       const GError *error)
{
  if (is_fine)
    return;

  fprintf (stderr, "bench-arrival: %s\n", error != NULL ? error->message : "the console does not answer");
  exit (1);
}

/* The process of the console */

static GHashTable *seen;  /* (owned): paths of profiles that were read */

static void
count (const char *method,
       const char *path,
       const char *query,
       GBytes     *request,
       guint       status,
       GBytes     *reply,
       gpointer    data)
{
  Counts *counts = data;
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);

  g_atomic_int_inc (&counts->n_requests);
  if (!g_str_equal (method, "GET") || g_strv_length (parts) != 4 || !g_str_equal (parts[2], "clusterprofiles"))
    return;

  g_atomic_int_inc (&counts->n_gets);
  if (!g_hash_table_add (seen, g_strdup (path)))
    g_atomic_int_inc (&counts->n_twice);
}

static void
serve (const char *folder,
       guint       n_profiles,
       Counts     *counts,
       FILE       *say,
       int         stop)
{
  g_autoptr(GError) error = NULL;
  const StrataSandboxOptions options = {
    .data_dir = folder,
    .seed = STRATA_SANDBOX_SEED_DEMO,
    .n_profiles = n_profiles,
    .no_rate_limit = TRUE,
  };
  g_autoptr(StrataSandbox) sandbox = strata_sandbox_new (&options, &error);
  char nothing;

  check (sandbox != NULL, error);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  strata_sandbox_set_observer (sandbox, count, counts, NULL);
  check (strata_sandbox_start (sandbox, &error), error);
  fprintf (say, "%s\n%s\n", strata_sandbox_get_address (sandbox), strata_sandbox_get_api_key (sandbox));
  fflush (say);

  while (read (stop, &nothing, 1) > 0)
    continue;
  strata_sandbox_stop (sandbox);
}

static Console
start_console (const char *folder,
               guint       n_profiles)
{
  Console console = {
    .counts = mmap (NULL, sizeof (Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
  };
  int says[2], stop[2];

  check (console.counts != MAP_FAILED && pipe (says) == 0 && pipe (stop) == 0, NULL);
  console.pid = fork ();
  if (console.pid == 0)
    {
      close (says[0]);
      close (stop[1]);
      serve (folder, n_profiles, console.counts, fdopen (says[1], "w"), stop[0]);
      exit (0);
    }

  close (says[1]);
  close (stop[0]);
  console.says = fdopen (says[0], "r");
  console.stop = stop[1];
  check (fgets (console.address, MAX_LINE, console.says) != NULL && fgets (console.key, MAX_LINE, console.says) != NULL,
         NULL);
  g_strchomp (console.address);
  g_strchomp (console.key);

  return console;
}

static void
end_console (Console *console)
{
  close (console->stop);
  fclose (console->says);
  waitpid (console->pid, NULL, 0);
}

/* The process that asks */

static StrataAccount *
add_account (const Console *console,
             const char    *data_dir)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) tenant = strata_account_new (console->address, STRATA_ACCOUNT_KEY, &error);

  check (tenant != NULL, error);

  g_autoptr(StrataConsole) client = strata_account_open (tenant, console->key, NULL, &error);

  check (client != NULL, error);

  g_autoptr(GPtrArray) projects = strata_console_list_projects (client, NULL, &error);

  check (projects != NULL && projects->len > 0, error);

  g_autoptr(StrataAccount) account =
    strata_account_with (tenant, STRATA_ACCOUNT_PROJECT_UID, ((StrataConsoleProject *) projects->pdata[0])->uid);
  g_autofree char *id = strata_account_add (data_dir, account, NULL, NULL, NULL, &error);

  check (id != NULL, error);

  return strata_account_with (account, STRATA_ACCOUNT_ID, id);
}

/* One run of the program: what it measures of one workspace. */
typedef struct
{
  double first;  /* until rows are painted */
  double all;    /* until the console has said all, and all of it is painted */
  double worst;  /* turn of the main loop */
} Arrival;

static gboolean
shows_rows (GtkWidget *list)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (list));

  return gtk_widget_get_mapped (list) && model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

/* When the list that is kept was last replaced; 0 where there is none. */
static guint64
get_stamp (StrataWorkspace *workspace)
{
  g_autofree char *path =
    strata_listed_dup_path (strata_store_get_workspace_path (strata_workspace_get_store (workspace)));
  struct stat info;

  return stat (path, &info) == 0 ? (guint64) info.st_ino : 0;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
turn (Arrival *arrival)
{
  double start = bench_get_work ();

  g_main_context_iteration (NULL, TRUE);
  arrival->worst = MAX (arrival->worst, bench_get_work () - start);
}

static double
get_ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static Arrival
measure (const Console   *console,
         StrataWorkspace *home,
         StrataAccount   *account,
         guint            n_profiles)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConsole) client = strata_account_open (account, console->key, NULL, &error);
  BenchWindow window = { 0 };
  Arrival arrival = { 0 };

  check (client != NULL, error);

  gint64 start = g_get_monotonic_time ();
  g_autoptr(StrataWorkspace) workspace = strata_workspace_new_for_account (home, account, &error);

  check (workspace != NULL, error);

  StrataConnection *connection = strata_workspace_get_connection (workspace);
  GListModel *profiles = G_LIST_MODEL (strata_workspace_get_profiles (workspace));
  guint64 stamp = get_stamp (workspace);
  guint waker = g_timeout_add (WAKE_MS, wake_cb, NULL);

  bench_window_show (&window, g_object_new (STRATA_TYPE_DASHBOARD_PAGE, "workspace", workspace, NULL));
  strata_connection_set_console (connection, account, client);

  GtkWidget *list = bench_find_child (window.page, GTK_TYPE_COLUMN_VIEW);

  while (!shows_rows (list) && g_get_monotonic_time () - start < BENCH_PATIENCE)
    g_main_context_iteration (NULL, TRUE);
  bench_window_wait (&window);
  arrival.first = get_ms_since (start);

  while ((get_stamp (workspace) == stamp || g_list_model_get_n_items (profiles) < n_profiles)
         && g_get_monotonic_time () - start < 2 * BENCH_PATIENCE)
    turn (&arrival);
  bench_window_wait (&window);
  arrival.all = get_ms_since (start);
  g_source_remove (waker);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (window.page)));

  return arrival;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  if (argc != 3)
    {
      fprintf (stderr, "usage: bench-arrival FOLDER N\n");
      return 2;
    }

  guint n_profiles = (guint) atoi (argv[2]);
  g_autofree char *site = g_build_filename (argv[1], "console", NULL);
  g_autofree char *data_dir = g_build_filename (argv[1], "data", NULL);
  Console console = start_console (site, n_profiles);

  adw_init ();

  g_autoptr(StrataWorkspace) home = strata_workspace_new (data_dir, &error);

  check (home != NULL, error);

  g_autoptr(StrataAccount) account = add_account (&console, data_dir);
  int before = g_atomic_int_get (&console.counts->n_requests);
  Arrival cold = measure (&console, home, account, n_profiles);
  int between = g_atomic_int_get (&console.counts->n_requests);
  Arrival warm = measure (&console, home, account, n_profiles);
  int after = g_atomic_int_get (&console.counts->n_requests);

  printf ("{\"first\": %.1f, \"all\": %.1f, \"asked\": %d, \"warm\": %.1f, \"checked\": %.1f, \"asked_again\": %d, "
          "\"gets\": %d, \"twice\": %d, \"worst\": %.2f, \"resident\": %ld}\n",
          cold.first, cold.all, between - before, warm.first, warm.all, after - between,
          g_atomic_int_get (&console.counts->n_gets), g_atomic_int_get (&console.counts->n_twice),
          MAX (cold.worst, warm.worst), bench_get_resident ());
  end_console (&console);

  return 0;
}
