/* strata-format.c - times, counts and sizes as a person says them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-format"

#include "strata-format.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define WEEK (7 * 24 * HOUR)
#define DIGEST_END 4

static gboolean
is_day_before (GDateTime *day,
               GDateTime *now)
{
  g_autoptr(GDateTime) yesterday = g_date_time_add_days (now, -1);

  return g_date_time_get_year (day) == g_date_time_get_year (yesterday) &&
         g_date_time_get_day_of_year (day) == g_date_time_get_day_of_year (yesterday);
}

/* What both forms say of a time that is hours or more ago; NULL where they count minutes and hours. */
static char *
format_date (gint64      time,
             const char *yesterday,
             const char *day_and_time,
             const char *same_year,
             const char *other_year)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (time);

  if (then == NULL || time <= 0)
    return g_strdup (_("unknown"));

  gint64 age = g_date_time_to_unix (now) - time;
  gboolean same_day = g_date_time_get_year (then) == g_date_time_get_year (now) &&
                      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);

  if (age < HOUR || (same_day && age >= 0))
    return NULL;
  if (is_day_before (then, now))
    return g_strdup (yesterday);
  if (age < WEEK)
    return g_date_time_format (then, day_and_time);
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    return g_date_time_format (then, same_year);

  return g_date_time_format (then, other_year);
}

/**
 * strata_format_age:
 * @time: seconds since 1970, UTC
 *
 * Says how long ago something was, short enough for a column: "4 min ago", "2 h ago", "Yesterday", "Tue 14:05",
 * "12 Nov". A time that is yet to come (the clock was set back) is "just now".
 *
 * Returns: (transfer full): the text
 */
char *
strata_format_age (gint64 time)
{
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - time;
  /* Translators: g_date_time_format() patterns: "Tue 14:05", "12 Nov" and "12 Nov 2024" */
  char *date = format_date (time, _("Yesterday"), _("%a %H:%M"), _("%-d %b"), _("%-d %b %Y"));

  if (date != NULL)
    return date;
  if (age < MINUTE)
    return g_strdup (_("just now"));
  if (age < HOUR)
    return g_strdup_printf (_("%d min ago"), (int) (age / MINUTE));

  return g_strdup_printf (_("%d h ago"), (int) (age / HOUR));
}

/**
 * strata_format_age_sentence:
 * @time: seconds since 1970, UTC
 *
 * The same as [func@format_age] in whole words, for a tooltip or a screen reader: "4 minutes ago", "on 12 November".
 *
 * Returns: (transfer full): the text
 */
char *
strata_format_age_sentence (gint64 time)
{
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - time;
  char *date =
    format_date (time, _("yesterday"), _("on %A at %H:%M"), _("on %-d %B"), _("on %-d %B %Y"));

  if (date != NULL)
    return date;
  if (age < MINUTE)
    return g_strdup (_("just now"));

  int minutes = (int) (age / MINUTE);
  int hours = (int) (age / HOUR);

  if (age < HOUR)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", minutes), minutes);

  return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", hours), hours);
}

/**
 * strata_format_clock:
 * @time: seconds since 1970, UTC
 *
 * Says when something was read, for "as of 09:12": a time of the clock does not grow old while it is shown.
 *
 * Returns: (transfer full): the text: "09:12" today, "Tue 14:05" within a week, "12 Nov" before
 */
char *
strata_format_clock (gint64 time)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (time);

  if (then == NULL || time <= 0)
    return g_strdup (_("unknown"));

  gint64 age = g_date_time_to_unix (now) - time;
  gboolean today = g_date_time_get_year (then) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);

  if (today)
    return g_date_time_format (then, "%H:%M");

  return g_date_time_format (then, age < WEEK ? _("%a %H:%M") : _("%-d %b"));
}

/**
 * strata_format_digest_short:
 * @digest: a digest in hexadecimal, with or without "sha256:" before it
 *
 * Shortens a digest to its two ends, "41c8…d20e", which is enough to compare two of them by eye.
 *
 * Returns: (transfer full): the text
 */
char *
strata_format_digest_short (const char *digest)
{
  g_return_val_if_fail (digest != NULL, NULL);

  const char *colon = strchr (digest, ':');
  const char *hex = colon != NULL ? colon + 1 : digest;
  gsize length = strlen (hex);

  if (length <= 2 * DIGEST_END || !g_str_is_ascii (hex))
    return g_strdup (hex);

  return g_strdup_printf ("%.*s…%s", DIGEST_END, hex, hex + length - DIGEST_END);
}
