/* bench-schema.c - how long it takes to read and check many texts, beside the bare events of the parser below
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-schema SCHEMA FOLDER
 * Prints one line of JSON: milliseconds of processor time for all texts of FOLDER.
 */

#include "strata-problem.h"
#include "strata-schema.h"

#include <time.h>
#include <yaml.h>

#define RUNS 3

typedef double (*Pass) (GPtrArray    *texts,
                        StrataSchema *schema);

static double
milliseconds_since (clock_t start)
{
  return 1000.0 * (double) (clock () - start) / CLOCKS_PER_SEC;
}

static GPtrArray *
read_folder (const char *path)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      char *content = NULL;
      gsize length = 0;

      if (g_file_get_contents (file, &content, &length, NULL))
        g_ptr_array_add (texts, g_bytes_new_take (content, length));
    }

  return texts;
}

static void
take_events (GBytes *text)
{
  gsize length = 0;
  const guchar *data = g_bytes_get_data (text, &length);
  yaml_parser_t parser;
  gboolean at_end = FALSE;

  yaml_parser_initialize (&parser);
  yaml_parser_set_input_string (&parser, data, length);

  while (!at_end)
    {
      yaml_event_t event;

      if (yaml_parser_parse (&parser, &event) == 0)
        g_error ("a text that is no YAML");

      at_end = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }

  yaml_parser_delete (&parser);
}

static double
pass_events (GPtrArray    *texts,
             StrataSchema *schema)
{
  clock_t start = clock ();

  for (guint i = 0; i < texts->len; i++)
    take_events (g_ptr_array_index (texts, i));

  return milliseconds_since (start);
}

static StrataYaml *
parse (GBytes *text)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (text, &length);

  return strata_yaml_parse (data, (gssize) length, NULL);
}

/* As the editor does it: from the text to its problems. */
static double
pass_whole (GPtrArray    *texts,
            StrataSchema *schema)
{
  clock_t start = clock ();

  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
      GBytes *text = g_ptr_array_index (texts, i);
      g_autoptr(StrataYaml) yaml = parse (text);

      strata_schema_validate (schema, g_bytes_get_data (text, NULL), strata_yaml_get_root (yaml, 0),
                              STRATA_SCHEMA_PLAIN, "bench", problems);

      if (problems->len > 0)
        g_error ("%s", ((StrataProblem *) problems->pdata[0])->message);
    }

  return milliseconds_since (start);
}

static double
pass_check (GPtrArray    *texts,
            StrataSchema *schema)
{
  g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_yaml_unref);

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (trees, parse (g_ptr_array_index (texts, i)));

  clock_t start = clock ();

  for (guint i = 0; i < trees->len; i++)
    if (!strata_schema_accepts (schema, strata_yaml_get_root (g_ptr_array_index (trees, i), 0), STRATA_SCHEMA_PLAIN))
      g_error ("a text is refused");

  return milliseconds_since (start);
}

static double
find_best (Pass          pass,
           GPtrArray    *texts,
           StrataSchema *schema)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < RUNS; i++)
    best = MIN (best, pass (texts, schema));

  return best;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *schema_text = NULL;
  g_autoptr(GError) error = NULL;

  if (argc != 3 || !g_file_get_contents (argv[1], &schema_text, NULL, &error))
    g_error ("usage: bench-schema SCHEMA FOLDER: %s", error != NULL ? error->message : "");

  g_autoptr(StrataSchema) schema = strata_schema_compile (schema_text, -1, &error);
  g_autoptr(GPtrArray) texts = read_folder (argv[2]);

  g_assert_no_error (error);
  g_print ("{\"texts\": %u, \"events\": %.3f, \"whole\": %.3f, \"check\": %.3f}\n", texts->len,
           find_best (pass_events, texts, schema), find_best (pass_whole, texts, schema),
           find_best (pass_check, texts, schema));

  return 0;
}
