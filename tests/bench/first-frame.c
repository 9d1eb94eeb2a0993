/* first-frame.c - start a program, tell when its window is there, painted and at rest, and what it costs then
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: first-frame IDLE_SECONDS COMMAND…
 *
 * Prints one line of JSON. Times are milliseconds since the start:
 *   map      the first large window is mapped
 *   paint    the first time that half of it or more was drawn
 *   settled  the last time that a tenth of it or more was drawn before it was quiet
 * resident is in KiB, of the process that owns the window; wakeups is how often a second one of its threads was woken
 * during IDLE_SECONDS in which nobody did anything.
 */

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LEAST_SIDE 200
#define QUIET_MS 800
#define PATIENCE_MS 30000
#define SERVER_FILL_MS 2  /* so soon after the map it is the server that clears the window */

typedef struct
{
  Display *display;
  int      damage_event;
  gint64   start;
  Window   window;  /* 0 before it is mapped */
  double   area;
  double   map;
  double   paint;
  double   settled;
} Watch;

static double
get_elapsed (Watch *watch)
{
  return (double) (g_get_monotonic_time () - watch->start) / 1000.0;
}

/* Windows of others come and go; that is no reason to end. */
static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  return 0;
}

static void
see_map (Watch     *watch,
         XMapEvent *event)
{
  XWindowAttributes attributes;

  if (watch->window != 0 || event->override_redirect
      || !XGetWindowAttributes (watch->display, event->window, &attributes)
      || attributes.width < LEAST_SIDE || attributes.height < LEAST_SIDE)
    return;

  watch->window = event->window;
  watch->area = (double) attributes.width * attributes.height;
  watch->map = get_elapsed (watch);
  XDamageCreate (watch->display, watch->window, XDamageReportRawRectangles);
}

static void
see_damage (Watch              *watch,
            XDamageNotifyEvent *event)
{
  double now = get_elapsed (watch);
  double share = (double) event->area.width * event->area.height / watch->area;

  if (now - watch->map < SERVER_FILL_MS)
    return;

  if (watch->paint <= 0.0 && share >= 0.5)
    watch->paint = now;
  if (watch->paint > 0.0 && share >= 0.1)
    watch->settled = now;
}

static void
see_event (Watch  *watch,
           XEvent *event)
{
  if (event->type == MapNotify)
    see_map (watch, &event->xmap);
  else if (event->type == ConfigureNotify && event->xconfigure.window == watch->window)
    watch->area = (double) event->xconfigure.width * event->xconfigure.height;
  else if (event->type == watch->damage_event)
    see_damage (watch, (XDamageNotifyEvent *) event);
}

static gboolean
is_quiet (Watch *watch)
{
  return watch->paint > 0.0 && get_elapsed (watch) - watch->settled > QUIET_MS;
}

/* Ends early when the program did. */
static void
watch_until_quiet (Watch *watch,
                   pid_t  child)
{
  while (!is_quiet (watch) && get_elapsed (watch) < PATIENCE_MS && waitpid (child, NULL, WNOHANG) == 0)
    {
      struct pollfd descriptor = { ConnectionNumber (watch->display), POLLIN, 0 };

      if (XPending (watch->display) == 0)
        poll (&descriptor, 1, 20);

      while (XPending (watch->display) > 0)
        {
          XEvent event;

          XNextEvent (watch->display, &event);
          see_event (watch, &event);
        }
    }
}

static pid_t
read_owner (Display *display,
            Window   window)
{
  Atom type;
  int format;
  unsigned long n_items = 0;
  unsigned long rest;
  unsigned char *value = NULL;
  pid_t owner = 0;

  if (XGetWindowProperty (display, window, XInternAtom (display, "_NET_WM_PID", False), 0, 1, False,
                          XA_CARDINAL, &type, &format, &n_items, &rest, &value) == Success
      && n_items == 1)
    owner = (pid_t) *(long *) (gpointer) value;
  if (value != NULL)
    XFree (value);

  return owner;
}

/* A window manager puts its own window around the program's, and that one knows its process. */
static pid_t
find_owner (Display *display,
            Window   window)
{
  Window root;
  Window parent;
  Window *children = NULL;
  unsigned int n_children = 0;
  pid_t owner = read_owner (display, window);

  if (owner == 0 && XQueryTree (display, window, &root, &parent, &children, &n_children))
    for (unsigned int i = 0; i < n_children && owner == 0; i++)
      owner = find_owner (display, children[i]);
  if (children != NULL)
    XFree (children);

  return owner;
}

/* The number behind @key in a file of /proc, or 0. */
static long
read_number (const char *path,
             const char *key)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  const char *found = strstr (text, key);

  return found != NULL ? strtol (found + strlen (key), NULL, 10) : 0;
}

static long
count_wakeups (pid_t pid)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr(GDir) dir = g_dir_open (tasks, 0, NULL);
  const char *name;
  long n_wakeups = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (tasks, name, "status", NULL);

      n_wakeups += read_number (path, "\nvoluntary_ctxt_switches:");
    }

  return n_wakeups;
}

static void
report (Watch *watch,
        pid_t  child,
        int    idle_seconds)
{
  pid_t owner = watch->window != 0 ? find_owner (watch->display, watch->window) : 0;
  g_autofree char *memory = g_strdup_printf ("/proc/%d/smaps_rollup", owner != 0 ? owner : child);
  long resident = read_number (memory, "\nRss:");
  long before = count_wakeups (owner != 0 ? owner : child);

  sleep ((unsigned int) idle_seconds);

  long n_wakeups = count_wakeups (owner != 0 ? owner : child) - before;

  printf ("{\"map\": %.1f, \"paint\": %.1f, \"settled\": %.1f, \"resident\": %ld, \"wakeups\": %.2f}\n",
          watch->map, watch->paint, watch->settled, resident,
          idle_seconds > 0 ? (double) n_wakeups / idle_seconds : 0.0);
}

static pid_t
start (char *const *command)
{
  pid_t child = fork ();

  if (child != 0)
    return child;

  setpgid (0, 0);
  execvp (command[0], command);
  _exit (127);
}

int
main (int   argc,
      char *argv[])
{
  Watch watch = { .display = XOpenDisplay (NULL) };
  int error_base;

  if (argc < 3 || watch.display == NULL
      || !XDamageQueryExtension (watch.display, &watch.damage_event, &error_base))
    {
      fprintf (stderr, "usage: first-frame IDLE_SECONDS COMMAND… (on an X display with the damage extension)\n");
      return 2;
    }

  watch.damage_event += XDamageNotify;
  XSetErrorHandler (ignore_error);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  XSync (watch.display, False);

  watch.start = g_get_monotonic_time ();

  pid_t child = start (argv + 2);

  watch_until_quiet (&watch, child);
  if (watch.paint <= 0.0)
    fprintf (stderr, "first-frame: %s showed no window\n", argv[2]);
  else
    report (&watch, child, atoi (argv[1]));
  kill (-child, SIGTERM);
  waitpid (child, NULL, 0);

  return watch.paint > 0.0 ? 0 : 1;
}
