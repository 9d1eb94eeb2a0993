/* test-search.c - what is typed finds the right names in the right order, and the list reads on as it scrolls
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-chart-files.h"
#include "strata-error.h"
#include "strata-index-writer.h"
#include "strata-search.h"

#include "../temp-folder.h"

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
  while (g_main_context_iteration (NULL, FALSE))
    ;
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
  g_autoptr(GPtrArray) found = strata_index_load_matches (self->index, matches, 0, 100, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", strata_pack_summary_get_name (found->pdata[i]));
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

  assert_finds (self, "prometheus",
                "prometheus Prometheus-Adapter kube-prometheus myprometheus grafana prometheus-old");
  assert_finds (self, "PROM", "prometheus Prometheus-Adapter kube-prometheus myprometheus grafana prometheus-old");
  assert_finds (self, "heus", "kube-prometheus myprometheus prometheus Prometheus-Adapter prometheus-old");
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/search/ranks", Fixture, NULL, set_up, test_ranks, tear_down);

  return g_test_run ();
}
