/* bench-validate.c - how long it takes to say what is wrong with manifests, beside a bare pass of libyaml over them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-validate manifests   10,000 generated manifests, each a text of its own
 *        bench-validate keystroke   one keystroke in a manifest of 1 MB, in a profile of 20 layers
 *        bench-validate large       a manifest of 5 MB: the lint alone, then with its objects checked
 *
 * Prints one line of JSON: names, and milliseconds of processor time, each the median of several runs; "wall" is what a
 * person waits for where several processors work.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#include "strata-kube-check.h"
#include "strata-lint.h"
#include "strata-validate.h"

#define N_RUNS 7
#define N_MANIFESTS 10000

typedef void (*BenchFunc) (gpointer data);

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

/* What people deploy most: a deployment and its service, by turns with a config map. */
static char *
make_manifest (guint number)
{
  if (number % 3 == 2)
    return g_strdup_printf (
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-%u\n  namespace: shop\n"
      "data:\n  level: \"%u\"\n  text: |\n    some: line\n    other: line\n",
      number, number);

  if (number % 3 == 1)
    return g_strdup_printf (
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: web-%u\n  namespace: shop\nspec:\n"
      "  selector:\n    app: web-%u\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n",
      number, number - 1);

  return g_strdup_printf (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-%u\n  namespace: shop\n"
    "  labels:\n    app: web-%u\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n"
    "      app: web-%u\n  template:\n    metadata:\n      labels:\n        app: web-%u\n"
    "    spec:\n      containers:\n      - name: web\n        image: example/web:1.%u\n"
    "        imagePullPolicy: IfNotPresent\n        ports:\n        - name: http\n"
    "          containerPort: 8080\n        env:\n        - name: LEVEL\n          value: info\n"
    "        resources:\n          limits:\n            cpu: 500m\n            memory: 128Mi\n"
    "        readinessProbe:\n          httpGet:\n            path: /ready\n            port: http\n",
    number, number, number, number, number);
}

static GPtrArray *
make_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_MANIFESTS; i++)
    {
      g_autofree char *text = make_manifest (i);
      g_autofree char *path = g_strdup_printf ("%05u.yaml", i);
      g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

      g_ptr_array_add (files, strata_file_new (path, blob));
    }

  return files;
}

static char *
make_large (gsize size)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; text->len < size; i++)
    {
      g_autofree char *manifest = make_manifest (i);

      g_string_append_printf (text, "---\n%s", manifest);
    }

  return g_string_free (text, FALSE);
}

static void
pass_over (StrataBlob *blob)
{
  yaml_parser_t parser;
  gboolean at_end = FALSE;

  yaml_parser_initialize (&parser);
  yaml_parser_set_input_string (&parser, (const guchar *) strata_blob_get_text (blob),
                                strata_blob_get_size (blob));

  while (!at_end)
    {
      yaml_event_t event;

      if (yaml_parser_parse (&parser, &event) == 0)
        exit (1);

      at_end = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }

  yaml_parser_delete (&parser);
}

static void
run_libyaml (gpointer data)
{
  GPtrArray *files = data;

  for (guint i = 0; i < files->len; i++)
    pass_over (strata_file_get_content (g_ptr_array_index (files, i)));
}

static void
check_blob (StrataBlob *blob)
{
  g_autoptr(StrataKubeFacts) facts = strata_kube_facts_new ();
  g_autoptr(GPtrArray) problems =
    strata_kube_check (strata_blob_get_text (blob), strata_blob_get_size (blob),
                       strata_kinds_get_default (), 30, NULL, facts);

  if (problems->len > 0)
    exit (1);
}

static void
run_check (gpointer data)
{
  GPtrArray *files = data;

  for (guint i = 0; i < files->len; i++)
    check_blob (strata_file_get_content (g_ptr_array_index (files, i)));
}

static void
run_files (gpointer data)
{
  g_autoptr(GPtrArray) problems = strata_validate_files (data, NULL);

  if (problems->len > 0)
    exit (1);
}

static void
bench_manifests (void)
{
  g_autoptr(GPtrArray) files = make_files ();

  strata_kinds_get_default ();
  printf ("{\"libyaml\": %.2f, \"check\": %.2f, \"wall\": %.2f}\n",
          measure (run_libyaml, files, CLOCK_PROCESS_CPUTIME_ID),
          measure (run_check, files, CLOCK_PROCESS_CPUTIME_ID),
          measure (run_files, files, CLOCK_MONOTONIC));
}

static StrataLayer *
make_layer (const char *name,
            const char *text)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, name);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("all", blob);

  return strata_layer_with_manifest (bare, manifest);
}

typedef struct
{
  StrataProfile    *profile;
  StrataValidation *before;
  char             *text;
  guint             n_typed;
} Typing;

/* Another text each time: a letter of a comment at the top. */
static void
run_keystroke (gpointer data)
{
  Typing *typing = data;

  typing->text[2] = (char) ('a' + typing->n_typed++ % 26);

  g_autoptr(StrataLayer) layer = make_layer ("large", typing->text);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer (typing->profile, 0, layer);
  g_autoptr(StrataValidation) validation =
    strata_validate_profile (profile, NULL, typing->before);

  if (strata_validation_get_problems (validation)->len > 0)
    exit (1);
}

static void
bench_keystroke (void)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *large = make_large (1000 * 1000);
  g_autofree char *text = g_strconcat ("# x\n", large, NULL);

  g_ptr_array_add (layers, make_layer ("large", text));

  for (guint i = 0; i < 19; i++)
    {
      g_autofree char *name = g_strdup_printf ("layer-%u", i);
      g_autofree char *manifest = make_manifest (1000002 + 3 * i);

      g_ptr_array_add (layers, make_layer (name, manifest));
    }

  g_autoptr(StrataProfile) profile = strata_profile_with_layers (empty, layers);
  g_autoptr(StrataValidation) before = strata_validate_profile (profile, NULL, NULL);
  Typing typing = { profile, before, text, 0 };

  printf ("{\"keystroke\": %.2f}\n", measure (run_keystroke, &typing, CLOCK_PROCESS_CPUTIME_ID));
}

static void
run_large_lint (gpointer data)
{
  StrataBlob *blob = data;
  g_autoptr(GPtrArray) problems = strata_lint_text (
    strata_blob_get_text (blob), (gssize) strata_blob_get_size (blob), STRATA_LINT_MANIFEST);
}

static void
run_large_check (gpointer data)
{
  check_blob (data);
}

static void
bench_large (void)
{
  g_autofree char *text = make_large (5 * 1000 * 1000);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  strata_kinds_get_default ();
  printf ("{\"lint\": %.2f, \"check\": %.2f}\n",
          measure (run_large_lint, blob, CLOCK_PROCESS_CPUTIME_ID),
          measure (run_large_check, blob, CLOCK_PROCESS_CPUTIME_ID));
}

int
main (int   argc,
      char *argv[])
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_str_equal (what, "manifests"))
    bench_manifests ();
  else if (g_str_equal (what, "keystroke"))
    bench_keystroke ();
  else if (g_str_equal (what, "large"))
    bench_large ();
  else
    return 2;

  return 0;
}
