/* bench-core.c - how long the core and the store take for what a person waits for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-core archive FILE     build an archive of about 10 MB of texts and charts, and write it to FILE
 *        bench-core save FOLDER      save one edit of a profile of 50 layers
 *        bench-core text             read and lint a manifest of 1 MB
 *        bench-core diff FOLDER      compare and merge texts of 1 MB, and write them to FOLDER
 *        bench-core fill FOLDER N    make a store of N profiles
 *        bench-core list FOLDER      list it
 *
 * Prints one line of JSON: names, and milliseconds, each the median of several runs. For texts it is processor time,
 * which other programs do not change.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "strata-archive.h"
#include "strata-diff.h"
#include "strata-lint.h"
#include "strata-merge.h"
#include "strata-store.h"
#include "strata-yaml.h"

#define N_RUNS 9
#define SEED 7

typedef void (*BenchFunc) (gpointer data);

static void
check (GError *error)
{
  if (error == NULL)
    return;

  fprintf (stderr, "bench-core: %s\n", error->message);
  exit (1);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
get_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
measure (BenchFunc func,
         gpointer  data,
         clockid_t clock)
{
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = get_clock (clock);

      func (data);
      times[i] = get_clock (clock) - start;
    }
  qsort (times, N_RUNS, sizeof *times, compare_times);

  return times[N_RUNS / 2];
}

/* YAML that compresses as real values do: names repeat, some of what is behind them does not. */
static StrataBlob *
make_values (GRand *random,
             gsize  size)
{
  g_autoptr(GString) text = g_string_new ("charts:\n  web:\n");

  while (text->len < size)
    g_string_append_printf (text, "    setting-%u:\n      enabled: true\n      image: registry.example/web:%u.%u\n"
                            "      token: %08x%08x\n",
                            (guint) text->len, g_rand_int (random) % 20, g_rand_int (random) % 100,
                            g_rand_int (random), g_rand_int (random));

  return strata_blob_new_text (text->str);
}

/* What a chart is to a compressor: noise. */
static StrataBlob *
make_chart (GRand *random,
            gsize  size)
{
  g_autofree guint32 *words = g_new (guint32, size / sizeof (guint32));

  for (gsize i = 0; i < size / sizeof (guint32); i++)
    words[i] = g_rand_int (random);

  return strata_blob_new (words, size);
}

static StrataLayer *
make_layer (GRand *random,
            guint  number,
            gsize  values_size,
            gsize  chart_size)
{
  g_autofree char *name = g_strdup_printf ("layer-%u", number);
  g_autofree char *path = g_strdup_printf ("%s-1.0.0.tgz", name);
  g_autoptr(StrataBlob) values = make_values (random, values_size);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_HELM, name);
  g_autoptr(StrataLayer) versioned = strata_layer_with (bare, STRATA_LAYER_VERSION, "1.0.0");
  g_autoptr(StrataLayer) layer = strata_layer_with_values (versioned, values);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (chart_size == 0)
    return g_steal_pointer (&layer);

  g_autoptr(StrataBlob) chart = make_chart (random, chart_size);

  g_ptr_array_add (files, strata_file_new (path, chart));

  return strata_layer_with_files (layer, files);
}

static StrataProfile *
make_profile (const char *name,
              guint       n_layers,
              gsize       values_size,
              gsize       chart_size)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataProfile) bare = strata_profile_new (name, "1.0.0");

  for (guint i = 0; i < n_layers; i++)
    g_ptr_array_add (layers, make_layer (random, i, values_size, i % 4 == 0 ? chart_size : 0));

  return strata_profile_with_layers (bare, layers);
}

/* archive */

typedef struct
{
  StrataProfile *profile;
  GBytes        *archive;  /* (owned) (nullable) */
} ArchiveBench;

static void
build_archive (gpointer data)
{
  ArchiveBench *bench = data;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&bench->archive, g_bytes_unref);
  bench->archive = strata_archive_build (bench->profile, NULL, &error);
  check (error);
}

static void
bench_archive (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = make_profile ("bench", 24, 320 * 1024, 512 * 1024);
  ArchiveBench bench = { profile, NULL };
  double time = measure (build_archive, &bench, CLOCK_MONOTONIC);
  gsize size;
  const char *bytes = g_bytes_get_data (bench.archive, &size);

  g_file_set_contents (path, bytes, (gssize) size, &error);
  check (error);
  g_clear_pointer (&bench.archive, g_bytes_unref);
  printf ("{\"archive\": %.2f}\n", time);
}

/* save */

typedef struct
{
  StrataStore   *store;
  StrataProfile *profile;  /* (owned) */
  guint          n_edits;
} SaveBench;

static void
save_edit (gpointer data)
{
  SaveBench *bench = data;
  g_autoptr(GError) error = NULL;
  StrataLayer *layer = strata_profile_get_layer (bench->profile, 25);
  g_autofree char *text = g_strdup_printf ("%s# edit %u\n", strata_layer_get_text (layer), bench->n_edits++);
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataLayer) edited = strata_layer_with_values (layer, values);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer (bench->profile, 25, edited);
  StrataProfile *saved = strata_store_save (bench->store, profile, STRATA_REASON_SAVE, NULL, &error);

  check (error);
  g_object_unref (bench->profile);
  bench->profile = saved;
}

static double
measure_save (StrataStore *store,
              gsize        others_size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr(StrataProfile) large = make_profile ("large", 50, others_size, 0);
  g_autoptr(StrataLayer) small = make_layer (random, 25, 8 * 1024, 0);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer (large, 25, small);
  SaveBench bench = { store, strata_store_save (store, profile, STRATA_REASON_SAVE, NULL, &error), 0 };

  check (error);

  double time = measure (save_edit, &bench, CLOCK_MONOTONIC);

  g_object_unref (bench.profile);

  return time;
}

static void
bench_save (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (folder, &error);

  check (error);
  printf ("{\"save\": %.2f, \"save-beside-large\": %.2f}\n",
          measure_save (store, 8 * 1024), measure_save (store, 512 * 1024));
}

/* text */

static char *
make_manifest (gsize size)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; text->len < size; i++)
    g_string_append_printf (text,
                            "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings-%u\n"
                            "  labels: {app: web, part: \"%u\"}\ndata:\n  address: 10.0.%u.1  # of the gateway\n"
                            "  script: |\n    #!/bin/sh\n    exec /usr/bin/web --number %u\n", i, i, i % 256, i);

  return g_string_free (text, FALSE);
}

static void
read_text (gpointer text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, &error);

  check (error);
}

static void
lint_text (gpointer text)
{
  g_autoptr(GPtrArray) problems = strata_lint_text (text, -1, STRATA_LINT_MANIFEST);

  if (problems->len > 0)
    fprintf (stderr, "bench-core: %s\n", ((StrataProblem *) problems->pdata[0])->message);
}

static void
bench_text (void)
{
  g_autofree char *text = make_manifest (1024 * 1024);

  printf ("{\"read\": %.2f, \"lint\": %.2f}\n",
          measure (read_text, text, CLOCK_THREAD_CPUTIME_ID),
          measure (lint_text, text, CLOCK_THREAD_CPUTIME_ID));
}

/* diff */

typedef struct
{
  char *base;    /* (owned) */
  char *mine;    /* (owned) */
  char *theirs;  /* (owned) */
} Three;

/* Every 40th line changed, one more or one less here and there: what a new version of a chart brings. */
static char *
change_text (const char *text,
             guint32     seed)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  GString *result = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      int what = g_str_has_prefix (lines[i], "  address:") ? g_rand_int_range (rand, 0, 4) : 3;

      if (what == 0)
        g_string_append_printf (result, "  address: 10.1.%u.1  # moved by %u\n", i % 256, seed);
      else if (what == 1)
        g_string_append_printf (result, "%s\n  added-%u: \"%u\"\n", lines[i], seed, i);
      else
        g_string_append_printf (result, "%s\n", lines[i]);
    }

  return g_string_free (result, FALSE);
}

static void
diff_text (gpointer data)
{
  Three *three = data;
  g_autofree char *text = strata_diff_unified (three->base, three->mine, "base", "mine");
}

static StrataProfile *
wrap_text (const char *text)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("bench", "1.0.0");
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_PACK, "layer");
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataLayer) filled = strata_layer_with_values (layer, blob);

  return strata_profile_with_layer_inserted (bare, 0, filled);
}

static void
merge_text (gpointer data)
{
  Three *three = data;
  g_autoptr(StrataProfile) base = wrap_text (three->base);
  g_autoptr(StrataProfile) mine = wrap_text (three->mine);
  g_autoptr(StrataProfile) theirs = wrap_text (three->theirs);
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);

  if (strata_merge_get_profile (merge) == NULL)
    fprintf (stderr, "bench-core: no merge\n");
}

static void
bench_diff (const char *folder)
{
  g_autoptr(GError) error = NULL;
  Three three = { make_manifest (1024 * 1024), NULL, NULL };
  g_autofree char *base = g_build_filename (folder, "base", NULL);
  g_autofree char *mine = g_build_filename (folder, "mine", NULL);

  three.mine = change_text (three.base, 1);
  three.theirs = change_text (three.base, 2);
  g_file_set_contents (base, three.base, -1, &error);
  check (error);
  g_file_set_contents (mine, three.mine, -1, &error);
  check (error);

  printf ("{\"diff\": %.2f, \"merge\": %.2f}\n", measure (diff_text, &three, CLOCK_THREAD_CPUTIME_ID),
          measure (merge_text, &three, CLOCK_THREAD_CPUTIME_ID));
  g_free (three.base);
  g_free (three.mine);
  g_free (three.theirs);
}

/* list */

/* Three versions of each name, three layers each, the texts shared as they are by people who copy profiles. */
static void
fill (const char *folder,
      guint       n_profiles)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (folder, &error);
  g_autoptr(StrataProfile) pattern = make_profile ("pattern", 3, 1024, 0);

  check (error);
  for (guint i = 0; i < n_profiles; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%04u", i / 3);
      g_autofree char *version = g_strdup_printf ("1.%u.0", i % 3);
      g_autoptr(StrataProfile) named = strata_profile_with (pattern, STRATA_PROFILE_NAME, name);
      g_autoptr(StrataProfile) profile = strata_profile_with (named, STRATA_PROFILE_VERSION, version);
      g_autoptr(StrataProfile) saved = strata_store_save (store, profile, STRATA_REASON_SAVE, NULL, &error);

      check (error);
    }
}

static void
list_store (gpointer folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (folder, &error);

  check (error);

  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, &error);

  check (error);
}

static int
usage (void)
{
  fprintf (stderr, "usage: bench-core archive FILE | save FOLDER | text | diff FOLDER | fill FOLDER N | list FOLDER\n");

  return 2;
}

int
main (int   argc,
      char *argv[])
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_str_equal (what, "text"))
    bench_text ();
  else if (argc < 3)
    return usage ();
  else if (g_str_equal (what, "diff"))
    bench_diff (argv[2]);
  else if (g_str_equal (what, "archive"))
    bench_archive (argv[2]);
  else if (g_str_equal (what, "save"))
    bench_save (argv[2]);
  else if (g_str_equal (what, "list"))
    printf ("{\"list\": %.2f}\n", measure (list_store, argv[2], CLOCK_MONOTONIC));
  else if (g_str_equal (what, "fill") && argc == 4)
    fill (argv[2], (guint) strtoul (argv[3], NULL, 10));
  else
    return usage ();

  return 0;
}
