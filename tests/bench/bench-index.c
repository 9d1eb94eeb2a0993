/* bench-index.c - how long the index of a large repository takes to read, and a letter to search it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-index make FILE NAMES VERSIONS   write an index.yaml of so many names and versions, 1.3 KB a version
 *        bench-index pass FILE                  let libyaml read it, and do nothing with what it says
 *        bench-index import FILE INDEX          read it into an index: one that is not there, or one that has it
 *        bench-index confirm INDEX              note that nothing changed
 *        bench-index search INDEX               search it, a letter at a time, up to the first 50 names
 *
 * Prints one line of JSON: milliseconds of processor time, which other programs do not change, but for "confirm", and
 * KiB that were needed at most.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#include "strata-helm-index.h"
#include "strata-index-query.h"

#define REGISTRY "bench"
#define SEED 7

static const char *const words[] = {
  "prometheus", "operator", "cluster", "storage", "metrics", "gateway", "proxy",  "queue",  "database", "monitor",
  "ingress",    "service",  "secure",  "backup",  "network", "policy",  "search", "stream", "cache",    "kubernetes",
};

static void
check (GError *error)
{
  if (error == NULL)
    return;

  fprintf (stderr, "bench-index: %s\n", error->message);
  exit (1);
}

static double
get_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* The most memory that this program had; what started it does not count. */
static long
get_peak (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmHWM:");

  return line != NULL ? strtol (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

static const char *
pick (GRand *random)
{
  return words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];
}

static void
write_version (FILE       *file,
               GRand      *random,
               const char *name,
               guint       number)
{
  guint major = number / 100, minor = number / 10 % 10, patch = number % 10;

  fprintf (
    file,
    "  - annotations:\n      category: Infrastructure\n      images: |\n"
    "        - name: %s\n          image: registry.example/library/%s:%u.%u.%u\n"
    "        - name: os-shell\n          image: "
    "registry.example/library/os-shell:12-debian-12-r%u\n"
    "      licenses: Apache-2.0\n    apiVersion: v2\n    appVersion: %u.%u.%u\n"
    "    created: \"2024-%02u-%02uT10:21:33.%09uZ\"\n"
    "    dependencies:\n    - name: common\n      repository: oci://registry.example/charts\n"
    "      tags:\n      - shared\n      version: 2.x.x\n"
    "    description: The %s is a %s %s for the %s of every site. It has a %s that scales and a %s "
    "that does not.\n",
    name, name, major, minor, patch, number % 50, major, minor, patch, number % 12 + 1,
    number % 28 + 1, g_rand_int (random) % 1000000000, name, words[number % 3], words[3], words[5],
    words[7], words[9]);
  fprintf (file, "    digest: %08x%08x%08x%08x%08x%08x%08x%08x\n", g_rand_int (random),
           g_rand_int (random), g_rand_int (random), g_rand_int (random), g_rand_int (random),
           g_rand_int (random), g_rand_int (random), g_rand_int (random));
  fprintf (file,
           "    home: https://site.example/charts/%s\n    icon: "
           "https://site.example/assets/stacks/%s/img/%s-stack.png\n"
           "    keywords:\n    - %s\n    - %s\n    - infrastructure\n    maintainers:\n    - name: "
           "The People of the Site\n"
           "      url: https://site.example/people\n    name: %s\n    sources:\n"
           "    - https://site.example/tree/main/charts/%s\n    type: application\n    urls:\n"
           "    - https://charts.site.example/files/%s-%u.%u.%u.tgz\n    version: %u.%u.%u\n",
           name, name, name, words[number % 5], words[number % 7], name, name, name, major, minor,
           patch, major, minor, patch);
}

static void
make (const char *path,
      guint       n_names,
      guint       n_versions)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (SEED);
  FILE *file = fopen (path, "w");

  if (file == NULL)
    g_error ("%s cannot be written", path);

  fputs ("apiVersion: v1\nentries:\n", file);
  for (guint i = 0; i < n_names; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s-%u", pick (random), pick (random), i);
      guint n = n_versions / n_names + (i < n_versions % n_names);

      fprintf (file, "  %s:\n", name);
      while (n > 0)
        write_version (file, random, name, n--);
    }
  fputs ("generated: \"2024-05-05T10:21:33Z\"\n", file);
  fclose (file);
}

static void
pass (const char *path)
{
  FILE *file = fopen (path, "r");
  long before = get_peak ();
  double start = get_clock (CLOCK_PROCESS_CPUTIME_ID);
  yaml_parser_t parser;
  gboolean at_end = FALSE;

  yaml_parser_initialize (&parser);
  yaml_parser_set_input_file (&parser, file);
  while (!at_end)
    {
      yaml_event_t event;

      if (yaml_parser_parse (&parser, &event) == 0)
        g_error ("%s: %s", path, parser.problem);
      at_end = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&parser);
  fclose (file);
  printf ("{\"pass\": %.1f, \"memory\": %ld}\n", get_clock (CLOCK_PROCESS_CPUTIME_ID) - start,
          get_peak () - before);
}

static void
import (const char *path,
        const char *index_path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndex) index = strata_index_new (index_path);
  StrataIndexCounts counts;
  long before = get_peak ();
  double start = get_clock (CLOCK_PROCESS_CPUTIME_ID);
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index, REGISTRY, NULL, &error);

  check (error);
  strata_helm_index_import_file (path, writer, NULL, NULL, NULL, &error);
  check (error);
  strata_index_writer_commit (writer, TRUE, &counts, &error);
  check (error);
  g_clear_pointer (&writer, strata_index_writer_free);
  printf ("{\"import\": %.1f, \"memory\": %ld, \"new\": %u, \"versions\": %u, \"names\": %u}\n",
          get_clock (CLOCK_PROCESS_CPUTIME_ID) - start, get_peak () - before, counts.n_new,
          counts.n_versions, counts.n_names);
}

/* What a sync does when the server says 304, or the bytes that came have the digest that is known. */
static void
confirm (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndex) index = strata_index_new (path);
  double start = get_clock (CLOCK_MONOTONIC);
  g_autoptr(StrataIndexSource) source = strata_index_get_source (index, REGISTRY, NULL, &error);

  check (error);
  strata_index_confirm (index, REGISTRY, NULL, &error);
  check (error);
  printf ("{\"confirm\": %.2f}\n", get_clock (CLOCK_MONOTONIC) - start);
}

static double
press (StrataIndex *index,
       const char  *text)
{
  const StrataIndexQuery query = { .text = text, .kind = STRATA_INDEX_ANY_KIND };
  g_autoptr(GError) error = NULL;
  double start = get_clock (CLOCK_PROCESS_CPUTIME_ID);
  g_autoptr(StrataIndexMatches) matches = strata_index_search (index, &query, NULL, &error);

  check (error);

  g_autoptr(GPtrArray) found = strata_index_load_matches (index, matches, 0, 50, NULL, &error);
  double took = get_clock (CLOCK_PROCESS_CPUTIME_ID) - start;

  check (error);
  if (g_getenv ("BENCH_VERBOSE") != NULL)
    fprintf (stderr, "%-30s %6u %6.2f ms\n", text, strata_index_matches_get_n (matches), took);

  return took;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

/* Everything that somebody sees between the first letter of each of these and the last. */
static void
search (const char *path)
{
  static const char *const typed[] = { "prometheus", "site",           "scales", "kube proxy",
                                       "7.1",        "infrastructure", "queue-s" };
  g_autoptr(StrataIndex) index = strata_index_new (path);
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double first = press (index, "");

  for (guint round = 0; round < 5; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
      for (gsize length = 1; length <= strlen (typed[i]); length++)
        {
          g_autofree char *text = g_strndup (typed[i], length);
          double took = press (index, text);

          g_array_append_val (times, took);
        }
  g_array_sort (times, compare_times);
  printf ("{\"first\": %.2f, \"median\": %.2f, \"worst\": %.2f}\n", first,
          g_array_index (times, double, times->len / 2),
          g_array_index (times, double, times->len - 1));
}

static int
usage (void)
{
  fputs ("usage: bench-index make FILE NAMES VERSIONS | pass FILE | import FILE INDEX | confirm "
         "INDEX | search INDEX\n",
         stderr);

  return 2;
}

int
main (int   argc,
      char *argv[])
{
  const char *what = argc > 2 ? argv[1] : "";

  if (g_str_equal (what, "make") && argc == 5)
    make (argv[2], (guint) strtoul (argv[3], NULL, 10), (guint) strtoul (argv[4], NULL, 10));
  else if (g_str_equal (what, "pass"))
    pass (argv[2]);
  else if (g_str_equal (what, "import") && argc == 4)
    import (argv[2], argv[3]);
  else if (g_str_equal (what, "confirm"))
    confirm (argv[2]);
  else if (g_str_equal (what, "search"))
    search (argv[2]);
  else
    return usage ();

  return 0;
}
