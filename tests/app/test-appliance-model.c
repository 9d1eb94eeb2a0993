/* test-appliance-model.c - the rows of the board: counted, sorted, filtered, grouped, and made true by difference
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fleet-fixture.h"
#include "strata-appliance-columns.h"
#include "strata-appliance-list.h"
#include "strata-rollouts.h"

typedef struct
{
  TempFolder            folder;
  StrataApplianceModel *model;  /* (owned) */
  StrataApplianceList  *list;   /* (owned) */
} Fixture;

static void
update (Fixture    *fixture,
        guint       n,
        const char *shop_version)
{
  g_autoptr(StrataFleet) fleet = fleet_fixture_make (fixture->folder.path, n, shop_version);

  strata_appliance_model_update (fixture->model, fleet);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  temp_folder_set_up (&fixture->folder, data);
  fixture->model = strata_appliance_model_new ();
  update (fixture, 20, "1.0.0");
  fixture->list = strata_appliance_list_new (fixture->model);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->list);
  g_clear_object (&fixture->model);
  temp_folder_tear_down (&fixture->folder, data);
}

static const char *
get_title (Fixture *fixture,
           guint    position)
{
  return strata_appliance_row_get_title (strata_appliance_list_get_row (fixture->list, position));
}

static void
count_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          guint      *n)
{
  (*n)++;
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  StrataApplianceCounts counts;

  strata_appliance_model_get_counts (fixture->model, NULL, &counts);
  g_assert_cmpuint (counts.all, ==, 20);
  g_assert_cmpuint (counts.by_kind[STRATA_STANDING_FAILED], ==, 2);
  g_assert_cmpuint (counts.by_kind[STRATA_STANDING_BEHIND], ==, 4);
  g_assert_cmpuint (counts.by_kind[STRATA_STANDING_APPLYING], ==, 2);
  g_assert_cmpuint (counts.by_kind[STRATA_STANDING_UNKNOWN], ==, 2);
  g_assert_cmpuint (counts.by_kind[STRATA_STANDING_CURRENT], ==, 10);

  strata_appliance_model_get_counts (fixture->model, "p0", &counts);
  g_assert_cmpuint (counts.all, ==, 10);
  g_assert_cmpuint (counts.by_kind[STRATA_STANDING_FAILED], ==, 2);
}

/* What shows the same stays the same row, and where nothing has changed nothing is said. */
static void
test_by_difference (Fixture       *fixture,
                    gconstpointer  data)
{
  StrataApplianceRow *still = strata_appliance_model_find (fixture->model, "edge-00000");
  StrataApplianceRow *current = strata_appliance_model_find (fixture->model, "edge-00004");
  g_autoptr(StrataFleet) fleet = fleet_fixture_make (fixture->folder.path, 20, "1.0.0");
  guint n = 0;

  strata_appliance_model_update (fixture->model, fleet);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (count_cb), &n);
  still = strata_appliance_model_find (fixture->model, "edge-00000");
  current = strata_appliance_model_find (fixture->model, "edge-00004");
  strata_appliance_model_update (fixture->model, fleet);
  g_assert_cmpuint (n, ==, 0);

  /* The profile has got another version: only who was current is behind now. */
  g_autofree char *path = g_build_filename (fixture->folder.path, "appliances.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));

  g_autoptr(GString) changed = g_string_new (text);
  g_string_replace (changed, "\"kind\":1,\"version\":\"1.0.0\"", "\"kind\":1,\"version\":\"1.1.0\"",
                    0);
  g_assert_true (g_file_set_contents (path, changed->str, -1, &error));

  g_autoptr(StrataFleet) newer = strata_fleet_load (path, &error);
  strata_appliance_model_update (fixture->model, newer);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (strata_appliance_model_find (fixture->model, "edge-00000") == still);
  g_assert_true (strata_appliance_model_find (fixture->model, "edge-00004") != current);
}

static void
test_worst_first (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GtkSorter) sorter =
    strata_appliance_column_new_sorter (STRATA_APPLIANCE_COLUMN_CURRENT);

  strata_appliance_list_set_sorter (fixture->list, sorter);
  g_assert_cmpstr (get_title (fixture, 0), ==, "till-0");
  g_assert_cmpstr (get_title (fixture, 1), ==, "till-10");
  g_assert_cmpstr (get_title (fixture, 2), ==, "till-1");
  g_assert_cmpstr (get_title (fixture, 6), ==, "till-3");
  g_assert_cmpstr (get_title (fixture, 8), ==, "till-9");
  g_assert_cmpstr (get_title (fixture, 10), ==, "till-4");
  strata_appliance_list_set_sorter (fixture->list, NULL);
}

/* What moved is sorted into the others: the order is the one that sorting all would give. */
static void
test_order_after_an_answer (Fixture       *fixture,
                            gconstpointer  data)
{
  static const struct { guint n; const char *version; } answers[] = {
    { 20, "1.1.0" }, { 33, "1.1.0" }, { 33, "1.0.0" }, { 7, "1.0.0" }, { 0, "1.0.0" }, { 12, "1.1.0" },
  };
  g_autoptr(GtkSorter) sorter = strata_appliance_column_new_sorter (STRATA_APPLIANCE_COLUMN_CURRENT);

  strata_appliance_list_set_sorter (fixture->list, sorter);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      update (fixture, answers[i].n, answers[i].version);

      g_autoptr(StrataApplianceList) anew = strata_appliance_list_new (fixture->model);

      strata_appliance_list_set_sorter (anew, sorter);
      g_assert_cmpuint (strata_appliance_list_get_n_shown (fixture->list), ==, answers[i].n);
      for (guint j = 0; j < answers[i].n; j++)
        g_assert_true (strata_appliance_list_get_row (fixture->list, j) ==
                       strata_appliance_list_get_row (anew, j));
      strata_appliance_list_set_sorter (anew, NULL);
    }
  strata_appliance_list_set_sorter (fixture->list, NULL);
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  strata_appliance_list_set_kind (fixture->list, STRATA_STANDING_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 2);

  strata_appliance_list_set_kind (fixture->list, STRATA_APPLIANCE_ANY_KIND);
  strata_appliance_list_set_text (fixture->list, "TILL-1");
  g_assert_cmpuint (strata_appliance_list_get_n_shown (fixture->list), ==, 11);
  strata_appliance_list_set_text (fixture->list, "lund 6");
  g_assert_cmpuint (strata_appliance_list_get_n_shown (fixture->list), ==, 2);

  strata_appliance_list_set_text (fixture->list, "");
  strata_appliance_list_set_profile (fixture->list, "p1");
  g_assert_cmpuint (strata_appliance_list_get_n_shown (fixture->list), ==, 10);
  g_assert_cmpuint (strata_appliance_list_find (fixture->list, "edge-00000"), ==,
                    GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (strata_appliance_list_find (fixture->list, "edge-00001"), ==, 0);
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  strata_appliance_list_set_grouped (fixture->list, TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 22);
  g_assert_cmpuint (strata_appliance_list_get_n_shown (fixture->list), ==, 20);
  g_assert_cmpstr (get_title (fixture, 0), ==, "clinic 2.0.0");
  g_assert_null (
    strata_appliance_row_get_appliance (strata_appliance_list_get_row (fixture->list, 0)));
  g_assert_cmpstr (get_title (fixture, 1), ==, "till-1");
  g_assert_cmpstr (get_title (fixture, 11), ==, "retail 2.0.0");
}

/* Places stay where rows only change. */
static void
test_places_stay (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GObject) first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  guint n = 0;

  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (count_cb), &n);
  update (fixture, 20, "1.1.0");
  g_assert_cmpuint (n, ==, 0);
  update (fixture, 25, "1.1.0");
  g_assert_cmpuint (n, ==, 1);

  g_autoptr(GObject) again = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_true (first == again);
}

static void
test_label (Fixture       *fixture,
            gconstpointer  data)
{
  StrataApplianceRow *row = strata_appliance_model_find (fixture->model, "edge-00000");
  g_autofree char *label = strata_appliance_row_make_label (row, g_get_real_time ());

  g_assert_cmpstr (
    label, ==,
    "till-0, Lund 0, Running, Failed: no such image, shop, layer 2 of 2, last heard just now");
}

/* What runs with a part that failed does not look like what is well. */
static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  StrataApplianceRow *failed = strata_appliance_model_find (fixture->model, "edge-00000");
  StrataApplianceRow *well = strata_appliance_model_find (fixture->model, "edge-00004");
  StrataApplianceRow *silent = strata_appliance_model_find (fixture->model, "edge-00009");

  g_assert_true (strata_appliance_row_is_unwell (failed));
  g_assert_cmpstr (strata_appliance_row_say_health (failed), ==, "Layer failing");
  g_assert_cmpstr (strata_appliance_row_get_state_icon (failed), ==, "dialog-warning-symbolic");
  g_assert_cmpstr (strata_appliance_row_get_state_color (failed), ==, "warning_color");
  g_assert_false (strata_appliance_row_is_unwell (well));
  g_assert_cmpstr (strata_appliance_row_get_state_icon (well), ==, "media-playback-start-symbolic");
  g_assert_false (strata_appliance_row_is_unwell (silent));
  g_assert_cmpstr (strata_appliance_row_get_state_icon (silent), ==, "network-offline-symbolic");
  g_assert_null (strata_appliance_row_get_state_color (silent));
}

static void
test_rollout_ends (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataRollouts) rollouts = strata_rollouts_new ();
  g_autoptr(GPtrArray) none = strata_rollouts_find_ends (rollouts, fixture->model);
  g_autoptr(StrataFleet) fleet = fleet_fixture_make (fixture->folder.path, 1, "1.0.0");

  g_assert_cmpuint (none->len, ==, 0);
  strata_appliance_model_update (fixture->model, fleet);

  g_autoptr(GPtrArray) ends = strata_rollouts_find_ends (rollouts, fixture->model);
  g_autoptr(GPtrArray) again = strata_rollouts_find_ends (rollouts, fixture->model);

  g_assert_cmpuint (ends->len, ==, 1);
  g_assert_cmpstr (ends->pdata[0], ==, "retail 2.0.0: 0 of 1 appliance is current, 1 failed");
  g_assert_cmpuint (again->len, ==, 0);
}

#define ADD(name, func) g_test_add ("/app/appliance-model/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("counts", test_counts);
  ADD ("by-difference", test_by_difference);
  ADD ("worst-first", test_worst_first);
  ADD ("order-after-an-answer", test_order_after_an_answer);
  ADD ("filters", test_filters);
  ADD ("groups", test_groups);
  ADD ("places-stay", test_places_stay);
  ADD ("label", test_label);
  ADD ("state", test_state);
  ADD ("rollout-ends", test_rollout_ends);

  return g_test_run ();
}
