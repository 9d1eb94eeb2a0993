/* test-format.c - times and digests as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-format.h"

#define MINUTE 60
#define DAY (24 * 60 * 60)

static gint64
ago (gint64 seconds)
{
  return g_get_real_time () / G_USEC_PER_SEC - seconds;
}

static void
assert_age (gint64      time,
            const char *column,
            const char *sentence)
{
  g_autofree char *age = strata_format_age (time);
  g_autofree char *whole = strata_format_age_sentence (time);

  g_assert_cmpstr (age, ==, column);
  g_assert_cmpstr (whole, ==, sentence);
}

static void
test_minutes (void)
{
  assert_age (ago (0), "just now", "just now");
  assert_age (ago (59), "just now", "just now");
  assert_age (ago (MINUTE), "1 min ago", "1 minute ago");
  assert_age (ago (4 * MINUTE + 5), "4 min ago", "4 minutes ago");
  assert_age (ago (59 * MINUTE + 50), "59 min ago", "59 minutes ago");
}

static void
test_hours_of_this_day (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_hour (now) < 3)
    {
      g_test_skip ("it is too early in the day to be hours into it");
      return;
    }

  assert_age (ago (2 * 60 * MINUTE + 5), "2 h ago", "2 hours ago");
}

static void
test_yesterday (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) day = g_date_time_add_days (now, -1);
  g_autoptr(GDateTime) noon =
    g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), 12, 0, 0);

  assert_age (g_date_time_to_unix (noon), "Yesterday", "yesterday");
}

static void
test_dates (void)
{
  g_autoptr(GDateTime) days_ago = g_date_time_new_from_unix_local (ago (3 * DAY));
  g_autoptr(GDateTime) long_ago = g_date_time_new_local (2019, 11, 2, 12, 0, 0);
  g_autofree char *column = g_date_time_format (days_ago, "%a %H:%M");
  g_autofree char *sentence = g_date_time_format (days_ago, "on %A at %H:%M");

  assert_age (g_date_time_to_unix (days_ago), column, sentence);
  assert_age (g_date_time_to_unix (long_ago), "2 Nov 2019", "on 2 November 2019");
}

static void
test_clock_set_back (void)
{
  assert_age (ago (-3 * DAY), "just now", "just now");
}

static void
test_unknown (void)
{
  assert_age (0, "unknown", "unknown");
}

static void
test_digests (void)
{
  g_autofree char *prefixed = strata_format_digest_short ("sha256:41c8ffffffffffffffffd20e");
  g_autofree char *plain = strata_format_digest_short ("41c8ffffffffffffffffd20e");
  g_autofree char *tiny = strata_format_digest_short ("41c8");

  g_assert_cmpstr (prefixed, ==, "41c8…d20e");
  g_assert_cmpstr (plain, ==, "41c8…d20e");
  g_assert_cmpstr (tiny, ==, "41c8");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/format/minutes", test_minutes);
  g_test_add_func ("/app/format/hours-of-this-day", test_hours_of_this_day);
  g_test_add_func ("/app/format/yesterday", test_yesterday);
  g_test_add_func ("/app/format/dates", test_dates);
  g_test_add_func ("/app/format/clock-set-back", test_clock_set_back);
  g_test_add_func ("/app/format/unknown", test_unknown);
  g_test_add_func ("/app/format/digests", test_digests);

  return g_test_run ();
}
