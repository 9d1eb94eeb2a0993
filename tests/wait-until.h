/* wait-until.h - runs the main loop until something holds, but not for ever
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define WAIT_UNTIL_SECONDS 60

static inline gboolean
wait_until_failed_cb (gpointer condition)
{
  g_error ("what was waited for did not come: %s", (const char *) condition);

  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition)                                                                        \
  G_STMT_START                                                                                       \
  {                                                                                                  \
    guint timeout = g_timeout_add_seconds (WAIT_UNTIL_SECONDS, wait_until_failed_cb, (gpointer) #condition); \
    while (!(condition))                                                                             \
      g_main_context_iteration (NULL, TRUE);                                                         \
    g_source_remove (timeout);                                                                       \
  }                                                                                                  \
  G_STMT_END
