/* strata-http-retry.c - when to ask a server again, and how long to wait before
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-private.h"

#define MAX_PAUSE_MS 30000

/* Whether a server that answers so is likely to answer otherwise in a moment. */
gboolean
strata_http_retry_is_status (guint status)
{
  return status == STRATA_STATUS_TOO_MANY_REQUESTS || status == SOUP_STATUS_BAD_GATEWAY ||
         status == SOUP_STATUS_SERVICE_UNAVAILABLE || status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

/* How long the server asks us to wait, in milliseconds; -1 when it does not say. It gives seconds or a date. */
gint64
strata_http_retry_read_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds;

  if (text == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds * 1000;

  g_autoptr(GDateTime) date = soup_date_time_new_from_http_string (text);

  if (date == NULL)
    return -1;

  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  return MAX (g_date_time_difference (date, now) / G_TIME_SPAN_MILLISECOND, 0);
}

/* Twice as long each time, and never the same for two who were turned away together. */
static gint64
choose_pause (guint attempt,
              guint first_ms)
{
  gint64 longest = MIN ((gint64) first_ms << MIN (attempt, 10), MAX_PAUSE_MS);

  return longest / 2 + (gint64) (g_random_double () * (double) (longest - longest / 2));
}

static void
wait_ms (gint64        duration_ms,
         GCancellable *cancellable)
{
  GPollFD cancelled;

  if (!g_cancellable_make_pollfd (cancellable, &cancelled))
    {
      g_usleep ((gulong) duration_ms * G_TIME_SPAN_MILLISECOND);
      return;
    }

  g_poll (&cancelled, 1, (int) duration_ms);
  g_cancellable_release_fd (cancellable);
}

/* Waits before the next attempt; @asked_ms is what the server asked for, or -1. Returns at once when that is longer than
 * a person should wait for, or when @cancellable is cancelled, and then returns %FALSE.
 */
gboolean
strata_http_retry_pause (guint         attempt,
                         guint         first_ms,
                         gint64        asked_ms,
                         GCancellable *cancellable)
{
  if (asked_ms > MAX_PAUSE_MS)
    return FALSE;

  wait_ms (MAX (choose_pause (attempt, first_ms), asked_ms), cancellable);

  return !g_cancellable_is_cancelled (cancellable);
}
