/* test-search.c - what is typed finds the right names in the right order, and the list reads on as it scrolls
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-index-writer.h"
#include "strata-search.h"

#include "../temp-folder.h"
#include "../wait-until.h"

typedef struct
{
  TempFolder   temp;
  StrataIndex *index;  /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  temp_folder_set_up (&self->temp, data);

  g_autofree char *path = temp_folder_get (&self->temp, "index.db");

  self->index = strata_index_new (path);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  /* A worker may still be about to let go of it. */
  for (guint i = 0; i < 60000 && g_atomic_int_get (&G_OBJECT (self->index)->ref_count) > 1; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (G_TIME_SPAN_MILLISECOND);
    }
  g_assert_finalize_object (self->index);
  temp_folder_tear_down (&self->temp, data);
}

static void
put (StrataIndex            *index,
     const char             *registry,
     const StrataIndexEntry *entries,
     gsize                   n_entries)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index, registry, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < n_entries; i++)
    {
      strata_index_writer_add (writer, &entries[i], &error);
      g_assert_no_error (error);
    }
  strata_index_writer_commit (writer, TRUE, NULL, &error);
  g_assert_no_error (error);
}

static const char *const words[] = { "metrics", "monitor", NULL };

static const StrataIndexEntry sample[] = {
  { .kind = STRATA_LAYER_KIND_HELM, .name = "kube-prometheus", .version = "1.0.0", .type = "application" },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "kube-prometheus", .version = "1.10.0", .type = "application" },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "kube-prometheus", .version = "2.0.0-rc.1", .type = "application" },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "prometheus", .version = "3.0.0", .keywords = words, .app_version = "v9.8.7" },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "Prometheus-Adapter", .version = "1.0.0" },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "myprometheus", .version = "1.0.0" },
  { .kind = STRATA_LAYER_KIND_PACK, .name = "grafana", .version = "1.0.0", .description = "Draws what Prometheus knows" },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "prometheus-old", .version = "1.0.0", .deprecated = TRUE, .is_signed = STRATA_INDEX_YES },
  { .kind = STRATA_LAYER_KIND_HELM, .name = "redis", .version = "1.0.0", .type = "library", .description = "Größe zählt" },
};

static StrataIndexMatches *
search (Fixture                *self,
        const StrataIndexQuery *query)
{
  g_autoptr(GError) error = NULL;
  StrataIndexMatches *matches = strata_index_search (self->index, query, NULL, &error);

  g_assert_no_error (error);

  return matches;
}

static void
assert_finds_query (Fixture                *self,
                    const StrataIndexQuery *query,
                    const char             *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(StrataIndexMatches) matches = search (self, query);
  g_autoptr(GPtrArray) found =
    strata_index_load_matches (self->index, matches, 0, 100, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            strata_pack_summary_get_name (found->pdata[i]));
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (strata_index_matches_get_n (matches), ==, found->len);
}

static void
assert_finds (Fixture    *self,
              const char *text,
              const char *expected)
{
  const StrataIndexQuery query = { .text = text, .kind = STRATA_INDEX_ANY_KIND };

  assert_finds_query (self, &query, expected);
}

static void
test_ranks (Fixture       *self,
            gconstpointer  data)
{
  put (self->index, "one", sample, G_N_ELEMENTS (sample));

  assert_finds (
    self, "prometheus",
    "prometheus Prometheus-Adapter kube-prometheus myprometheus grafana prometheus-old");
  assert_finds (
    self, "PROM",
    "prometheus Prometheus-Adapter kube-prometheus myprometheus grafana prometheus-old");
  assert_finds (self, "heus",
                "kube-prometheus myprometheus prometheus Prometheus-Adapter prometheus-old");
  assert_finds (self, "kube prom", "kube-prometheus");
  assert_finds (self, "draws", "grafana");
  assert_finds (self, "raws", "");
  assert_finds (self, "monit", "prometheus");
  assert_finds (self, "v9.8", "prometheus");
  assert_finds (self, "größe", "redis");
  assert_finds (self, "GROSSE", "");
  assert_finds (self, "e",
                "kube-prometheus myprometheus prometheus Prometheus-Adapter redis prometheus-old");
  assert_finds (self, "nothing-like-it", "");
}

static void
test_newest_and_gone (Fixture       *self,
                      gconstpointer  data)
{
  const StrataIndexQuery query = { .text = "kube", .kind = STRATA_INDEX_ANY_KIND };
  g_autoptr(GError) error = NULL;

  put (self->index, "one", sample, G_N_ELEMENTS (sample));

  g_autoptr(StrataIndexMatches) matches = search (self, &query);
  g_autoptr(GPtrArray) found =
    strata_index_load_matches (self->index, matches, 0, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (strata_pack_summary_get_version (found->pdata[0]), ==, "1.10.0");
  g_assert_cmpuint (strata_pack_summary_get_n_versions (found->pdata[0]), ==, 3);
  g_assert_false (strata_pack_summary_get_prerelease (found->pdata[0]));

  /* All but the first two are gone now: they are still found, after what is there. */
  put (self->index, "one", sample, 2);
  assert_finds (
    self, "prometheus",
    "kube-prometheus prometheus Prometheus-Adapter prometheus-old myprometheus grafana");

  g_clear_object (&matches);
  g_clear_pointer (&found, g_ptr_array_unref);

  const StrataIndexQuery other = { .text = "redis", .kind = STRATA_INDEX_ANY_KIND };

  matches = search (self, &other);
  found = strata_index_load_matches (self->index, matches, 0, 10, NULL, &error);
  g_assert_cmpint (strata_pack_summary_get_gone_since (found->pdata[0]), >, 0);
}

static void
test_facets (Fixture       *self,
             gconstpointer  data)
{
  StrataIndexQuery query = { .kind = STRATA_INDEX_ANY_KIND };

  put (self->index, "one", sample, G_N_ELEMENTS (sample));
  put (self->index, "two", sample, 4);
  g_assert_true (strata_index_set_kept (self->index, "two", STRATA_LAYER_KIND_HELM, "prometheus",
                                        "3.0.0", TRUE, NULL));

  g_autoptr(StrataIndexMatches) all = search (self, &query);
  g_autoptr(GPtrArray) types = strata_index_matches_list_types (all);

  g_assert_cmpuint (strata_index_matches_get_n (all), ==, 9);
  g_assert_cmpuint (strata_index_matches_count_registry (all, "one"), ==, 7);
  g_assert_cmpuint (strata_index_matches_count_registry (all, "two"), ==, 2);
  g_assert_cmpuint (strata_index_matches_count_registry (all, "three"), ==, 0);
  g_assert_cmpuint (strata_index_matches_count_registry (all, NULL), ==, 9);
  g_assert_cmpuint (strata_index_matches_count_kind (all, STRATA_LAYER_KIND_PACK), ==, 1);
  g_assert_cmpuint (strata_index_matches_count_kind (all, STRATA_LAYER_KIND_HELM), ==, 8);
  g_assert_cmpuint (strata_index_matches_count_type (all, "application"), ==, 2);
  g_assert_cmpuint (strata_index_matches_count_type (all, "library"), ==, 1);
  g_assert_cmpuint (strata_index_matches_count_type (all, "none"), ==, 0);
  g_assert_cmpuint (types->len, ==, 3);
  g_assert_cmpuint (strata_index_matches_count_deprecated (all, TRUE), ==, 1);
  g_assert_cmpuint (strata_index_matches_count_signed (all, TRUE), ==, 1);
  g_assert_cmpuint (strata_index_matches_count_kept (all, TRUE), ==, 1);

  /* A facet says what choosing it would show: the others narrow it, it does not narrow itself. */
  query.registry_id = "two";

  g_autoptr(StrataIndexMatches) two = search (self, &query);

  g_assert_cmpuint (strata_index_matches_get_n (two), ==, 2);
  g_assert_cmpuint (strata_index_matches_count_registry (two, "one"), ==, 7);
  g_assert_cmpuint (strata_index_matches_count_kind (two, STRATA_LAYER_KIND_PACK), ==, 0);
  assert_finds_query (self, &query, "kube-prometheus prometheus");

  query.kept = STRATA_INDEX_YES;
  assert_finds_query (self, &query, "prometheus");
  query.kept = STRATA_INDEX_NO;
  assert_finds_query (self, &query, "kube-prometheus");
  query = (StrataIndexQuery){ .kind = STRATA_LAYER_KIND_PACK };
  assert_finds_query (self, &query, "grafana");
  query = (StrataIndexQuery){ .kind = STRATA_INDEX_ANY_KIND, .type = "library" };
  assert_finds_query (self, &query, "redis");
  query = (StrataIndexQuery){ .kind = STRATA_INDEX_ANY_KIND, .deprecated = STRATA_INDEX_YES };
  assert_finds_query (self, &query, "prometheus-old");
  query = (StrataIndexQuery){ .kind = STRATA_INDEX_ANY_KIND, .is_signed = STRATA_INDEX_YES };
  assert_finds_query (self, &query, "prometheus-old");
}

/* What is typed is no language: nothing in it is an operator, and nothing fails. */
static void
test_odd_queries (Fixture       *self,
                  gconstpointer  data)
{
  static const char *const odd[] = { "\"", "*",    "a OR b",   "NEAR(a b)", "name:x", "^a",
                                     "-",  "a\"b", "(",        "\xff\xfe",  "''",     "%",
                                     "\n", "AND",  "{a b}: c", "\x1f",      "😀",      "+" };

  put (self->index, "one", sample, G_N_ELEMENTS (sample));
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      const StrataIndexQuery query = { .text = odd[i], .kind = STRATA_INDEX_ANY_KIND };
      g_autoptr(StrataIndexMatches) matches = search (self, &query);

      g_assert_cmpuint (strata_index_matches_get_n (matches), <=, 7);
    }
  assert_finds (self, "prometheus OR redis", "");
  assert_finds (self, "  redis  ", "redis");
}

static void
test_only_registries_there_are (Fixture       *self,
                                gconstpointer  data)
{
  static const char *const ids[] = { "two", "three", NULL };
  static const char *const names[] = { "The Second", "The Third", NULL };
  const StrataIndexQuery query = { .text = "prometheus",
                                   .kind = STRATA_INDEX_ANY_KIND,
                                   .registry_ids = ids,
                                   .registry_names = names };
  g_autoptr(GError) error = NULL;

  put (self->index, "one", sample, G_N_ELEMENTS (sample));
  put (self->index, "two", sample + 3, 1);

  g_autoptr(StrataIndexMatches) matches = search (self, &query);
  g_autoptr(GPtrArray) found =
    strata_index_load_matches (self->index, matches, 0, 10, NULL, &error);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (strata_pack_summary_get_registry_id (found->pdata[0]), ==, "two");
  g_assert_cmpstr (strata_pack_summary_get_registry_name (found->pdata[0]), ==, "The Second");
  g_assert_cmpuint (strata_index_matches_count_registry (matches, "one"), ==, 0);
}

/* A stranger may make up any number of types; each of the first is a facet, what is beyond is of no type. */
static void
test_many_types (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (self->index, "one", NULL, &error);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("chart-%03u", i);
      const StrataIndexEntry entry = {
        .kind = STRATA_LAYER_KIND_HELM, .name = text, .version = "1.0.0", .type = text
      };

      g_assert_true (strata_index_writer_add (writer, &entry, &error));
    }
  g_assert_true (strata_index_writer_commit (writer, FALSE, NULL, &error));

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *type = g_strdup_printf ("chart-%03u", i);
      const StrataIndexQuery query = { .kind = STRATA_INDEX_ANY_KIND, .type = type };

      assert_finds_query (self, &query, i < 255 ? type : "");
    }

  const StrataIndexQuery none = { .kind = STRATA_INDEX_ANY_KIND, .type = "" };
  g_autoptr(StrataIndexMatches) matches = search (self, &none);

  g_assert_cmpuint (strata_index_matches_get_n (matches), ==, 45);
}

static void
put_many (StrataIndex *index,
          guint        n,
          guint        newer)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index, "many", NULL, &error);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("chart-%05u", i);
      const StrataIndexEntry entry = { .kind = STRATA_LAYER_KIND_HELM,
                                       .name = name,
                                       .version = i == newer ? "2.0.0" : "1.0.0" };

      g_assert_true (strata_index_writer_add (writer, &entry, &error));
    }
  g_assert_true (strata_index_writer_commit (writer, TRUE, NULL, &error));
}

static void
assert_item (StrataSearch *list,
             guint         position,
             const char   *name)
{
  g_autoptr(StrataPackSummary) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_cmpstr (strata_pack_summary_get_name (item), ==, name);
}

static void
remember_change_cb (GListModel *model,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    guint      *changes)
{
  changes[0] = position;
  changes[1] = n_removed;
  changes[2] = n_added;
}

static void
test_list_loads_as_it_scrolls (Fixture       *self,
                               gconstpointer  data)
{
  put_many (self->index, 1000, G_MAXUINT);

  g_autoptr(StrataSearch) list = strata_search_new (self->index, NULL);
  GListModel *model = G_LIST_MODEL (list);

  g_assert_true (strata_search_get_loading (list));
  WAIT_UNTIL (!strata_search_get_loading (list));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 50);
  g_assert_cmpuint (strata_search_get_n_found (list), ==, 1000);

  /* A view that makes all its rows does not have all read. */
  assert_item (list, 0, "chart-00000");
  assert_item (list, 49, "chart-00049");
  g_assert_null (g_list_model_get_item (model, 5000));
  g_assert_false (strata_search_get_loading (list));

  while (g_list_model_get_n_items (model) < 1000)
    {
      guint n = g_list_model_get_n_items (model);

      strata_search_load_more (list);
      WAIT_UNTIL (g_list_model_get_n_items (model) > n);
    }
  strata_search_load_more (list);
  assert_item (list, 999, "chart-00999");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1000);

  /* What changes elsewhere leaves the place in the list, and the objects of it. */
  g_autoptr(StrataPackSummary) before = g_list_model_get_item (model, 700);

  put (self->index, "one", sample + 8, 1);
  WAIT_UNTIL (strata_search_get_n_found (list) == 1001);

  g_autoptr(StrataPackSummary) after = g_list_model_get_item (model, 700);

  g_assert_true (before == after);

  /* Only what differs is said to be another. */
  guint changes[3] = { 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (remember_change_cb), changes);
  put_many (self->index, 1000, 500);
  WAIT_UNTIL (changes[1] > 0);
  g_assert_cmpuint (changes[0], ==, 500);
  g_assert_cmpuint (changes[1], ==, 1);
  g_assert_cmpuint (changes[2], ==, 1);
}

static void
test_list_takes_the_last (Fixture       *self,
                          gconstpointer  data)
{
  static const char *const typed[] = { "c",       "ch",       "cha",       "chart-",
                                       "chart-0", "chart-00", "chart-004", "chart-0042" };

  put_many (self->index, 1000, G_MAXUINT);

  g_autoptr(StrataSearch) list = strata_search_new (self->index, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    strata_search_set_text (list, typed[i]);
  WAIT_UNTIL (strata_search_get_n_found (list) == 10);
  assert_item (list, 0, "chart-00420");
  g_assert_no_error (strata_search_get_error (list));

  g_object_set (list, "text", "chart-00421", "kind", STRATA_LAYER_KIND_PACK, NULL);
  WAIT_UNTIL (strata_search_get_n_found (list) == 0);
  g_object_set (list, "kind", STRATA_INDEX_ANY_KIND, "type", "library", NULL);
  g_object_set (list, "type", NULL, "deprecated", STRATA_INDEX_NO, "signed", STRATA_INDEX_NO,
                "kept", STRATA_INDEX_NO, NULL);
  WAIT_UNTIL (strata_search_get_n_found (list) == 1);
  assert_item (list, 0, "chart-00421");
}

/* A list that goes while its search runs is waited for by nobody. */
static void
test_list_goes (Fixture       *self,
                gconstpointer  data)
{
  put_many (self->index, 1000, G_MAXUINT);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(StrataSearch) list = strata_search_new (self->index, NULL);

      strata_search_set_text (list, "chart");
    }

  g_autoptr(StrataSearch) last = strata_search_new (self->index, NULL);

  WAIT_UNTIL (!strata_search_get_loading (last));
}

static void
test_list_says_why_not (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (&self->temp, "file/index.db");
  g_autoptr(StrataIndex) index = strata_index_new (path);

  temp_folder_put (&self->temp, "file", "");

  g_autoptr(StrataSearch) list = strata_search_new (index, NULL);

  WAIT_UNTIL (!strata_search_get_loading (list));
  g_assert_error (strata_search_get_error (list), STRATA_ERROR, STRATA_ERROR_DISK);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  const StrataIndexQuery query = { .text = "a", .kind = STRATA_INDEX_ANY_KIND };
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  put (self->index, "one", sample, G_N_ELEMENTS (sample));
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_index_search (self->index, &query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) g_test_add ("/search/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("ranks", test_ranks);
  ADD ("newest-and-gone", test_newest_and_gone);
  ADD ("facets", test_facets);
  ADD ("many-types", test_many_types);
  ADD ("odd-queries", test_odd_queries);
  ADD ("only-registries-there-are", test_only_registries_there_are);
  ADD ("list-loads-as-it-scrolls", test_list_loads_as_it_scrolls);
  ADD ("list-takes-the-last", test_list_takes_the_last);
  ADD ("list-goes", test_list_goes);
  ADD ("list-says-why-not", test_list_says_why_not);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
