/* strata-console-heard.c - whether a console is there: what its last answer was, to whoever asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-private.h"
#include "strata-error.h"

/* Who refuses what was asked is there, and so is who says that it is asked too much. */
static gboolean
is_answer (const GError *reason)
{
  static const StrataError answers[] = { STRATA_ERROR_INVALID,  STRATA_ERROR_FORBIDDEN, STRATA_ERROR_NOT_FOUND,
                                         STRATA_ERROR_CONFLICT, STRATA_ERROR_BUSY,      STRATA_ERROR_TOO_LARGE };

  if (reason == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_error_matches (reason, STRATA_ERROR, (int) answers[i]))
      return TRUE;

  return FALSE;
}

/* What says something about the console, and not about this disk or a person who pressed Stop. */
static gboolean
is_trouble (const GError *reason)
{
  static const StrataError troubles[] = { STRATA_ERROR_OFFLINE, STRATA_ERROR_SIGN_IN, STRATA_ERROR_SERVER,
                                          STRATA_ERROR_BAD_REPLY };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_error_matches (reason, STRATA_ERROR, (int) troubles[i]))
      return TRUE;

  return FALSE;
}

/**
 * strata_console_note_call:
 *
 * Notes what a call came to: @reason is %NULL when it was answered as it should be.
 */
void
strata_console_note_call (StrataConsole *self,
                          const GError  *reason)
{
  gboolean answered = is_answer (reason);

  if (!answered && !is_trouble (reason))
    return;

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_calls++;
  if (answered)
    self->heard = g_get_real_time ();
  g_clear_error (&self->trouble);
  if (!answered)
    self->trouble = g_error_copy (reason);
}

/**
 * strata_console_get_heard:
 * @self: a client
 * @n_calls: (out) (optional): how many calls there were: as many as the last time is no news
 * @error: (optional): return location for why the last call had no answer: `OFFLINE`, `SIGN_IN`, `SERVER` or `BAD_REPLY`
 *
 * Whether the console is there, as the last call found it, whoever it was for. A refusal is an answer, too. What was
 * cancelled, or went wrong on this computer, says nothing and does not count. Any thread.
 *
 * Returns: when it last answered, in microseconds since 1970; 0 for never
 */
gint64
strata_console_get_heard (StrataConsole  *self,
                          guint          *n_calls,
                          GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), 0);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (n_calls != NULL)
    *n_calls = self->n_calls;
  if (self->trouble != NULL)
    g_propagate_error (error, g_error_copy (self->trouble));

  return self->heard;
}
