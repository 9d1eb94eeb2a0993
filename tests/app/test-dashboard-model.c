/* test-dashboard-model.c - profiles as rows: folded, counted, filtered, sorted, and changed by difference
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-dashboard-columns.h"
#include "strata-dashboard-filter.h"
#include "strata-dashboard-model.h"
#include "strata-format.h"

static char *
save (StoreFixture *fixture,
      const char   *name,
      const char   *version,
      const char   *tag)
{
  g_autoptr(StrataProfile) plain = strata_profile_new (name, version);
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);

  if (tag != NULL)
    g_ptr_array_add (tags, strata_tag_new_raw (tag, NULL));

  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (plain, tags);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, tagged, STRATA_REASON_SAVE);

  return g_strdup (strata_profile_get_id (saved));
}

static GListModel *
list_entries (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, &error);
  GListStore *list = g_list_store_new (STRATA_TYPE_ENTRY);

  g_assert_no_error (error);
  g_list_store_splice (list, 0, 0, entries->pdata, entries->len);

  return G_LIST_MODEL (list);
}

static void
update (StoreFixture         *fixture,
        StrataDashboardModel *model,
        gboolean              fold)
{
  g_autoptr(GListModel) entries = list_entries (fixture);

  strata_dashboard_model_update (model, entries, fold);
}

static StrataDashboardRow *
find_row (StrataDashboardModel *model,
          const char           *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(StrataDashboardRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (g_str_equal (strata_entry_get_name (strata_dashboard_row_get_entry (row)), name))
        return row;
    }

  return NULL;
}

static void
test_folds_versions (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autofree char *a = save (fixture, "kiosk", "1.9.0", NULL);
  g_autofree char *b = save (fixture, "kiosk", "1.10.0", NULL);
  g_autofree char *c = save (fixture, "kiosk", "1.10.0-rc.1", NULL);
  g_autofree char *d = save (fixture, "other", "1.0.0", NULL);

  update (fixture, model, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);

  StrataDashboardRow *row = find_row (model, "kiosk");
  GListModel *older = strata_dashboard_row_get_older (row);
  g_autoptr(StrataDashboardRow) second = g_list_model_get_item (older, 0);

  g_assert_cmpstr (strata_entry_get_version (strata_dashboard_row_get_entry (row)), ==, "1.10.0");
  g_assert_cmpuint (strata_dashboard_row_get_n_older (row), ==, 2);
  g_assert_cmpstr (strata_entry_get_version (strata_dashboard_row_get_entry (second)), ==,
                   "1.10.0-rc.1");
  g_assert_null (strata_dashboard_row_get_older (second));

  update (fixture, model, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 4);
}

static void
note_change_cb (GListModel *model,
                guint       position,
                guint       removed,
                guint       added,
                GString    *log)
{
  g_string_append_printf (log, "-%u+%u ", removed, added);
}

static void
test_keeps_what_is_the_same (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autoptr(GString) log = g_string_new (NULL);
  g_autofree char *a = save (fixture, "a", "1.0.0", NULL);
  g_autofree char *b = save (fixture, "b", "1.0.0", NULL);
  g_autofree char *c = save (fixture, "c", "1.0.0", NULL);

  update (fixture, model, TRUE);
  g_signal_connect (model, "items-changed", G_CALLBACK (note_change_cb), log);

  g_autoptr(StrataDashboardRow) kept = g_object_ref (find_row (model, "a"));
  update (fixture, model, TRUE);
  g_assert_cmpstr (log->str, ==, "");

  g_assert_true (strata_store_trash (fixture->store, b, NULL));
  g_autofree char *newer = save (fixture, "c", "2.0.0", NULL);
  g_autofree char *d = save (fixture, "d", "1.0.0", NULL);
  update (fixture, model, TRUE);

  g_assert_true (find_row (model, "a") == kept);
  g_assert_null (find_row (model, "b"));
  g_assert_cmpuint (strata_dashboard_row_get_n_older (find_row (model, "c")), ==, 1);
  g_assert_nonnull (find_row (model, "d"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  g_assert_cmpstr (log->str, ==, "-3+3 ");
}

static void
test_counts_and_words (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autofree char *a = save (fixture, "a", "1.0.0", "retail");
  g_autofree char *b = save (fixture, "b", "1.0.0", "arm64");
  g_autofree char *c = save (fixture, "c", "1.0.0", "retail");
  StrataDashboardCounts counts;

  update (fixture, model, TRUE);
  strata_dashboard_model_get_counts (model, &counts);
  g_autoptr(GPtrArray) tags = strata_dashboard_model_list_tags (model);

  g_assert_cmpuint (counts.all, ==, 3);
  g_assert_cmpuint (counts.only_here, ==, 3);
  g_assert_cmpuint (counts.attention, ==, 0);
  g_assert_cmpuint (counts.published, ==, 0);
  g_assert_cmpuint (tags->len, ==, 2);
  g_assert_cmpstr (tags->pdata[0], ==, "arm64");
  g_assert_cmpstr (tags->pdata[1], ==, "retail");
}

static gboolean
is_shown (StrataDashboardFilter *filter,
          StrataDashboardModel  *model,
          const char            *name)
{
  return gtk_filter_match (GTK_FILTER (filter), find_row (model, name));
}

static void
test_filters (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autoptr(StrataDashboardFilter) filter = strata_dashboard_filter_new ();
  g_autofree char *a = save (fixture, "Retail-Edge", "2.4.0", "shop");
  g_autofree char *b = save (fixture, "Retail-Edge", "1.7.3", NULL);
  g_autofree char *c = save (fixture, "crane", "1.0.0", "harbour");

  update (fixture, model, TRUE);
  g_assert_false (strata_dashboard_filter_is_on (filter));
  g_assert_true (is_shown (filter, model, "Retail-Edge") && is_shown (filter, model, "crane"));

  strata_dashboard_filter_set_text (filter, "  EDGE ret ");
  g_assert_true (strata_dashboard_filter_is_on (filter));
  g_assert_true (is_shown (filter, model, "Retail-Edge"));
  g_assert_false (is_shown (filter, model, "crane"));

  /* An older version is found in the row it is folded into. */
  strata_dashboard_filter_set_text (filter, "1.7.3");
  g_assert_true (is_shown (filter, model, "Retail-Edge"));

  strata_dashboard_filter_set_text (filter, "harb");
  g_assert_true (is_shown (filter, model, "crane"));

  strata_dashboard_filter_set_text (filter, "");
  strata_dashboard_filter_set_tag (filter, "shop");
  g_assert_true (is_shown (filter, model, "Retail-Edge"));
  g_assert_false (is_shown (filter, model, "crane"));

  strata_dashboard_filter_set_tag (filter, NULL);
  strata_dashboard_filter_set_show (filter, STRATA_DASHBOARD_SHOW_PUBLISHED);
  g_assert_false (is_shown (filter, model, "crane"));
  strata_dashboard_filter_set_show (filter, STRATA_DASHBOARD_SHOW_ONLY_HERE);
  g_assert_true (is_shown (filter, model, "crane"));
}

/* However the words change, narrower or wider, what is shown is what the words say. */
static void
test_filters_as_one_types (StoreFixture  *fixture,
                           gconstpointer  data)
{
  static const char *const typed[] = {
    "c", "cr", "cra", "cr", "cr k", "k", "kiosk 1", "osk", "kiosk x", "kiosk", "", "2.0", "1 ra", "ra", "",
  };
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autoptr(StrataDashboardFilter) filter = strata_dashboard_filter_new ();
  g_autoptr(GtkFilterListModel) shown = gtk_filter_list_model_new (
    g_object_ref (G_LIST_MODEL (model)), g_object_ref (GTK_FILTER (filter)));
  g_autofree char *a = save (fixture, "crane", "1.0.0", NULL);
  g_autofree char *b = save (fixture, "crank", "2.0.0", NULL);
  g_autofree char *c = save (fixture, "kiosk", "1.0.0", NULL);

  update (fixture, model, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guint n_matches = 0;

      strata_dashboard_filter_set_text (filter, typed[i]);
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (model)); j++)
        {
          g_autoptr(StrataDashboardRow) row = g_list_model_get_item (G_LIST_MODEL (model), j);

          n_matches += gtk_filter_match (GTK_FILTER (filter), row);
        }
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shown)), ==, n_matches);
    }
}

static int
compare (StrataDashboardModel  *model,
         StrataDashboardColumn  column,
         const char            *one,
         const char            *other)
{
  g_autoptr(GtkSorter) sorter = strata_dashboard_column_new_sorter (column);

  return (int) gtk_sorter_compare (sorter, find_row (model, one), find_row (model, other));
}

static void
test_sorts (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autofree char *a = save (fixture, "edge-9", "1.10.0", "b");
  g_autofree char *b = save (fixture, "Edge-10", "1.9.0", NULL);

  update (fixture, model, TRUE);
  g_assert_cmpint (compare (model, STRATA_DASHBOARD_COLUMN_NAME, "edge-9", "Edge-10"), ==,
                   GTK_ORDERING_SMALLER);
  g_assert_cmpint (compare (model, STRATA_DASHBOARD_COLUMN_VERSION, "edge-9", "Edge-10"), ==,
                   GTK_ORDERING_LARGER);
  g_assert_cmpint (compare (model, STRATA_DASHBOARD_COLUMN_TAGS, "edge-9", "Edge-10"), ==,
                   GTK_ORDERING_SMALLER);
  g_assert_cmpint (compare (model, STRATA_DASHBOARD_COLUMN_STATE, "edge-9", "Edge-10"), ==,
                   GTK_ORDERING_EQUAL);
}

static void
test_says_the_row (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autoptr(StrataProfile) plain = strata_profile_new ("crane", "1.0.0");
  g_autoptr(StrataProfile) draft = strata_store_save_draft (fixture->store, plain, 2, NULL, NULL);

  update (fixture, model, TRUE);

  StrataDashboardRow *row = find_row (model, "crane");
  g_autofree char *label = strata_dashboard_row_make_label (row, 0);
  g_autofree char *note = strata_dashboard_row_make_state_note (row, 0);
  g_autofree char *version_note = strata_dashboard_row_make_version_note (row);

  g_assert_cmpstr (label, ==,
                   "crane 1.0.0, 0 layers, only here, draft, step 2 of 3, changed just now");
  g_assert_cmpstr (note, ==, "draft, step 2 of 3");
  g_assert_cmpstr (version_note, ==, "draft");
  g_assert_true (strata_dashboard_row_is_draft (row));
}

/* What is shown as published says as of when that was so; what was changed here needs no clock. */
static void
test_says_how_fresh (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataDashboardModel) model = strata_dashboard_model_new ();
  g_autoptr(StrataProfile) plain = strata_profile_new ("crane", "1.0.0");
  g_autoptr(StrataProfile) published = store_fixture_save (fixture, plain, STRATA_REASON_PUBLISH);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *clock = strata_format_clock (now);
  g_autofree char *expected = g_strconcat ("as of ", clock, NULL);

  update (fixture, model, TRUE);

  g_autofree char *fresh = strata_dashboard_row_make_state_note (find_row (model, "crane"), now);
  g_autofree char *unknown = strata_dashboard_row_make_state_note (find_row (model, "crane"), 0);
  g_autofree char *label = strata_dashboard_row_make_label (find_row (model, "crane"), now);
  g_assert_cmpstr (fresh, ==, expected);
  g_assert_cmpstr (unknown, ==, "");
  g_assert_nonnull (strstr (label, ", published, as of "));

  g_autoptr(StrataProfile) other = strata_profile_with (published, STRATA_PROFILE_DESCRIPTION, "other");
  g_autoptr(StrataProfile) changed = store_fixture_save (fixture, other, STRATA_REASON_SAVE);

  update (fixture, model, TRUE);
  g_autofree char *note = strata_dashboard_row_make_state_note (find_row (model, "crane"), now);
  g_assert_cmpstr (note, ==, "changed here");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/app/dashboard-model/folds-versions", test_folds_versions);
  store_fixture_add ("/app/dashboard-model/keeps-what-is-the-same", test_keeps_what_is_the_same);
  store_fixture_add ("/app/dashboard-model/counts-and-words", test_counts_and_words);
  store_fixture_add ("/app/dashboard-model/filters", test_filters);
  store_fixture_add ("/app/dashboard-model/filters-as-one-types", test_filters_as_one_types);
  store_fixture_add ("/app/dashboard-model/sorts", test_sorts);
  store_fixture_add ("/app/dashboard-model/says-the-row", test_says_the_row);
  store_fixture_add ("/app/dashboard-model/says-how-fresh", test_says_how_fresh);

  return g_test_run ();
}
