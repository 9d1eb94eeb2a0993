/* test-foot.c - the foot of the places: what is known of the console, and what waits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-desk.h"
#include "strata-foot.h"
#include "strata-sync-sheet.h"

#include <gtksourceview/gtksource.h>

/* What the foot is to say. */
typedef struct
{
  ConsoleDesk *desk;
  const char  *title;
  const char  *detail;  /* how it begins */
} Said;

static GtkWidget *
find (ConsoleDesk *desk,
      const char  *name)
{
  GtkWidget *foot = console_desk_find (GTK_WIDGET (desk->window), STRATA_TYPE_FOOT, NULL);

  return console_desk_find (foot, GTK_TYPE_WIDGET, name);
}

static gboolean
is_said (gpointer data)
{
  Said *said = data;

  return g_str_equal (gtk_label_get_label (GTK_LABEL (find (said->desk, "title"))), said->title) &&
         g_str_has_prefix (gtk_label_get_label (GTK_LABEL (find (said->desk, "detail"))), said->detail);
}

static void
wait_for (ConsoleDesk *desk,
          const char  *title,
          const char  *detail)
{
  Said said = { desk, title, detail };

  console_desk_wait (is_said, &said);
}

static gboolean
has_sheet (gpointer desk)
{
  return console_desk_find_dialog (desk, STRATA_TYPE_SYNC_SHEET) != NULL;
}

/* On this computer there is nothing to send to; a console is what was read of it, with what waits for it. */
static void
test_says_how_it_is (ConsoleDesk   *desk,
                     gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");

  wait_for (desk, "No Console", "Nothing waits");
  console_desk_open (desk, id);
  wait_for (desk, "Signed Out", "nothing waits");

  StrataWorkspace *workspace = console_desk_sign_in (desk, id);
  StrataConnection *connection = strata_workspace_get_connection (workspace);

  wait_for (desk, "Online", "Everything is sent");
  g_autofree char *quay = console_desk_add_profile (workspace, "quay");
  wait_for (desk, "Online", "1 change waits");
  g_autofree char *pier = console_desk_add_profile (workspace, "pier");
  wait_for (desk, "Online", "2 changes wait");

  practice_end (&desk->practice);
  strata_connection_refresh (connection);
  wait_for (desk, "Offline", "since ");
  strata_connection_set_console (connection, strata_connection_get_account (connection), NULL);
  wait_for (desk, "Signed Out", "2 changes wait");

  strata_window_set_workspace (desk->window, STRATA_SPACES_HOME);
  wait_for (desk, "No Console", "Nothing waits");
}

/* What is changed in a workspace that is behind is not said of the one in front. */
static void
test_is_of_the_one_in_front (ConsoleDesk   *desk,
                             gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, id);
  StrataConnection *connection = strata_workspace_get_connection (workspace);

  strata_window_set_workspace (desk->window, STRATA_SPACES_HOME);
  strata_connection_set_console (connection, strata_connection_get_account (connection), NULL);
  wait_for (desk, "No Console", "Nothing waits");
}

static void
test_opens_the_sheet (ConsoleDesk   *desk,
                      gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");

  console_desk_sign_in (desk, id);
  g_signal_emit_by_name (find (desk, "button"), "clicked");
  console_desk_wait (has_sheet, desk);
}

#define ADD(name, func) g_test_add (name, ConsoleDesk, NULL, console_desk_set_up, func, console_desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  ADD ("/app/foot/says-how-it-is", test_says_how_it_is);
  ADD ("/app/foot/is-of-the-one-in-front", test_is_of_the_one_in_front);
  ADD ("/app/foot/opens-the-sheet", test_opens_the_sheet);

  return g_test_run ();
}
