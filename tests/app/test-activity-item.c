/* test-activity-item.c - what a line of the activity says, copies and is found by
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-activity-item.h"

#include <string.h>

static StrataActivityItem *
make_item (StrataActivityBy  by,
           const char       *result,
           const char       *audit)
{
  StrataActivity activity = {
    .time = G_GINT64_CONSTANT (1764345600) * G_USEC_PER_SEC,
    .action = STRATA_ACTIVITY_PUBLISHED,
    .by = by,
    .id = (char *) "p-1",
    .name = (char *) "quay",
    .version = (char *) "1.0.0",
    .result = (char *) result,
    .audit = (char *) audit,
  };

  return strata_activity_item_new (&activity);
}

static void
test_says_what_was_done (void)
{
  g_autoptr(StrataActivityItem) item = make_item (STRATA_ACTIVITY_PUSH, "", "audit-7");
  g_autofree char *name = strata_activity_item_make_name (item);
  g_autofree char *label = strata_activity_item_make_label (item);

  g_assert_cmpstr (name, ==, "quay 1.0.0");
  g_assert_nonnull (strstr (label, "quay 1.0.0"));
  g_assert_nonnull (strstr (label, "To the console, done"));
  g_assert_false (strata_activity_item_is_failed (item));
}

/* What is copied helps somebody who was not there: when, in UTC, and under which id. */
static void
test_copies_what_helps (void)
{
  g_autoptr(StrataActivityItem) done = make_item (STRATA_ACTIVITY_PUSH, "", "audit-7");
  g_autoptr(StrataActivityItem) failed = make_item (STRATA_ACTIVITY_PULL, "The console has no such profile", "");
  g_autofree char *good = strata_activity_item_make_details (done);
  g_autofree char *bad = strata_activity_item_make_details (failed);

  g_assert_true (g_str_has_prefix (good, "2025-11-28T16:00:00Z"));
  g_assert_nonnull (strstr (good, "audit-7"));
  g_assert_nonnull (strstr (bad, "The console has no such profile"));
  g_assert_null (strstr (bad, "Audit id"));
  g_assert_true (strata_activity_item_is_failed (failed));
  g_assert_cmpstr (strata_activity_item_get_icon (failed), ==, "dialog-error-symbolic");
}

/* What comes and what goes has a shape each, and none of them is that of a profile that is behind. */
static void
test_has_an_icon (void)
{
  g_autoptr(StrataActivityItem) pulled = make_item (STRATA_ACTIVITY_PULL, "", "");
  g_autoptr(StrataActivityItem) pushed = make_item (STRATA_ACTIVITY_PUSH, "", "");

  g_assert_cmpstr (strata_activity_item_get_icon (pulled), ==, "document-save-symbolic");
  g_assert_cmpstr (strata_activity_item_get_icon (pushed), ==, "document-send-symbolic");
}

static void
test_is_found (void)
{
  g_autoptr(StrataActivityItem) item = make_item (STRATA_ACTIVITY_LOCAL, "", "Audit-7");

  g_assert_true (strata_activity_item_matches (item, "quay"));
  g_assert_true (strata_activity_item_matches (item, "audit-7"));
  g_assert_true (strata_activity_item_matches (item, "on this computer"));
  g_assert_false (strata_activity_item_matches (item, "pier"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/activity-item/says-what-was-done", test_says_what_was_done);
  g_test_add_func ("/app/activity-item/copies-what-helps", test_copies_what_helps);
  g_test_add_func ("/app/activity-item/has-an-icon", test_has_an_icon);
  g_test_add_func ("/app/activity-item/is-found", test_is_found);

  return g_test_run ();
}
