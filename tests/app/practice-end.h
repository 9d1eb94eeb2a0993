/* practice-end.h - ends a sandbox for a test that goes on without it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-practice.h"

#define PRACTICE_END_US (60 * G_USEC_PER_SEC)

/* Ends the sandbox, and waits until nobody listens there: a signal is only a wish. */
static inline void
practice_end (StrataPractice **practice)
{
  g_autoptr(GUri) uri = g_uri_parse (strata_practice_get_address (*practice), G_URI_FLAGS_NONE, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  gint64 end = g_get_monotonic_time () + PRACTICE_END_US;

  g_clear_object (practice);
  for (;;)
    {
      g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (
        client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);

      if (connection == NULL)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10000);
    }
}
