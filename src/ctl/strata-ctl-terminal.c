/* strata-ctl-terminal.c - what a person types and nobody is to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "strata-error.h"

#define MAX_LINE 4096

static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };

static volatile sig_atomic_t caught;

static void
caught_cb (int number)
{
  caught = number;
}

/* Whoever is ended while a terminal shows nothing would leave it so: the signal waits until it shows again. Stopping is of
 * no use meanwhile.
 */
static void
hold_signals (struct sigaction *before)
{
  struct sigaction catch = { .sa_handler = caught_cb };
  struct sigaction ignore = { .sa_handler = SIG_IGN };

  caught = 0;
  sigemptyset (&catch.sa_mask);
  sigemptyset (&ignore.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (ending); i++)
    sigaction (ending[i], &catch, &before[i]);
  sigaction (SIGTSTP, &ignore, &before[G_N_ELEMENTS (ending)]);
}

static void
release_signals (struct sigaction *before)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ending); i++)
    sigaction (ending[i], &before[i], NULL);
  sigaction (SIGTSTP, &before[G_N_ELEMENTS (ending)], NULL);

  if (caught != 0)
    raise (caught);
}

static void
say (int         terminal,
     const char *text)
{
  gsize size = strlen (text);

  if (write (terminal, text, size) != (gssize) size)
    g_message ("The terminal takes no text: %s", g_strerror (errno));
}

/* (nullable): one line; NULL when there is none or it has no end */
static char *
read_line (int terminal)
{
  g_autoptr(GString) line = g_string_new (NULL);
  char letter = '\0';

  while (caught == 0 && line->len < MAX_LINE)
    {
      gssize n_read = read (terminal, &letter, 1);

      if (n_read == 1 && letter == '\n')
        return g_string_free (g_steal_pointer (&line), FALSE);
      if (n_read == 1)
        g_string_append_c (line, letter);
      else if (n_read == 0 || errno != EINTR)
        break;
    }

  return NULL;
}

static char *
ask (int         terminal,
     const char *question)
{
  struct sigaction before[G_N_ELEMENTS (ending) + 1];
  struct termios shown;
  struct termios hidden;

  if (tcgetattr (terminal, &shown) != 0)
    return NULL;

  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  hidden.c_lflag |= ICANON;

  hold_signals (before);
  say (terminal, question);

  gboolean is_hidden = tcsetattr (terminal, TCSAFLUSH, &hidden) == 0;
  char *line = is_hidden ? read_line (terminal) : NULL;

  tcsetattr (terminal, TCSAFLUSH, &shown);
  say (terminal, "\n");
  release_signals (before);

  return line;
}

/* Asks the person at the terminal, whatever the input and output of the program are, and does not show what is typed. */
char *
strata_ctl_ask_secret (const char  *question,
                       GError     **error)
{
  int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  char *line = terminal >= 0 ? ask (terminal, question) : NULL;

  if (terminal >= 0)
    g_close (terminal, NULL);

  if (line != NULL && g_utf8_validate (line, -1, NULL))
    return line;

  g_free (line);
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                       terminal >= 0 ? _("No password was typed")
                                     : _("There is no terminal to ask for the password; give it with --password-file"));

  return NULL;
}
