/* strata-validate-files.c - many texts that belong together, looked through side by side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-validate-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-kube-check.h"
#include "strata-lint.h"

#define FEW_FILES 4  /* are read before threads have started */

/* One file, and what a thread found in it. */
typedef struct
{
  StrataFile      *file;
  GPtrArray       *problems;  /* (owned) (nullable) (element-type StrataProblem) */
  StrataKubeFacts *facts;     /* (owned) */
} Work;

typedef struct
{
  StrataKinds                 *kinds;
  const StrataValidateOptions *options;  /* (nullable) */
} Rules;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->problems, g_ptr_array_unref);
  g_clear_pointer (&work->facts, strata_kube_facts_free);
  g_free (work);
}

static gboolean
has_line (const char *text,
          const char *start)
{
  gsize length = strlen (start);

  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n' ? 1 : 0;

      if (strncmp (line, start, length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A text that says what kind it is is a manifest; another has values. */
static gboolean
is_manifest (const char *text)
{
  return has_line (text, "kind:") || has_line (text, "\"kind\":") ||
         (*text == '{' && strstr (text, "\"kind\"") != NULL &&
          strstr (text, "\"apiVersion\"") != NULL);
}

static GPtrArray *
look_through_values (StrataBlob   *blob,
                     StrataSchema *schema)
{
  g_autoptr(StrataYaml) yaml = NULL;
  GPtrArray *problems = strata_lint_text_to_tree (
    strata_blob_get_text (blob), (gssize) strata_blob_get_size (blob), STRATA_LINT_VALUES, &yaml);
  StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;

  if (schema != NULL && root != NULL)
    strata_schema_validate (schema, strata_blob_get_text (blob), root, STRATA_SCHEMA_TAKE_TEMPLATES,
                            _("Schema"), problems);

  return problems;
}

/* Runs in any thread; what it is told of is its own, and the rules never change. */
static void
work_run (gpointer data,
          gpointer user_data)
{
  Work *work = data;
  const Rules *rules = user_data;
  const StrataValidateOptions *options = rules->options;
  StrataBlob *blob = strata_file_get_content (work->file);
  const char *text = strata_blob_get_text (blob);

  work->facts->document = strata_kube_facts_keep (work->facts, strata_file_get_path (work->file));
  work->problems =
    is_manifest (text)
      ? strata_kube_check (text, strata_blob_get_size (blob), rules->kinds,
                           options != NULL ? options->kubernetes : 0, NULL, work->facts)
      : look_through_values (blob, options != NULL ? options->schema : NULL);
}

static void
run_all (GPtrArray *works,
         Rules     *rules)
{
  if (works->len <= FEW_FILES)
    {
      for (guint i = 0; i < works->len; i++)
        work_run (g_ptr_array_index (works, i), rules);

      return;
    }

  GThreadPool *pool =
    g_thread_pool_new (work_run, rules, (int) g_get_num_processors (), FALSE, NULL);

  for (guint i = 0; i < works->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (works, i), NULL);

  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
take_problems (GPtrArray *problems,
               Work      *work)
{
  for (guint i = 0; i < work->problems->len; i++)
    {
      StrataProblem *problem = g_ptr_array_index (work->problems, i);

      g_free (problem->document);
      problem->document = g_strdup (strata_file_get_path (work->file));
    }

  g_ptr_array_extend_and_steal (problems, g_steal_pointer (&work->problems));
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const StrataProblem *one = *(const StrataProblem *const *) a;
  const StrataProblem *other = *(const StrataProblem *const *) b;
  int order = strcmp (one->document, other->document);

  if (order != 0)
    return order;
  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;

  return strcmp (one->message, other->message);
}

static GPtrArray *
collect (GPtrArray *works)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  g_autoptr(GArray) sources = g_array_new (FALSE, FALSE, sizeof (StrataValidateSource));

  for (guint i = 0; i < works->len; i++)
    {
      Work *work = g_ptr_array_index (works, i);
      StrataValidateSource source = { NULL, work->facts };

      take_problems (problems, work);
      g_array_append_val (sources, source);
    }

  strata_validate_links (sources, problems);
  g_ptr_array_sort (problems, compare_places);

  return problems;
}

static StrataKinds *
find_kinds (GPtrArray                   *files,
            const StrataValidateOptions *options)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; options != NULL && options->crds != NULL && i < options->crds->len; i++)
    g_ptr_array_add (texts, g_ptr_array_index (options->crds, i));

  for (guint i = 0; i < files->len; i++)
    {
      StrataBlob *blob = strata_file_get_content (g_ptr_array_index (files, i));

      if (strata_validate_has_definition (blob))
        g_ptr_array_add (texts, blob);
    }

  return strata_kinds_with_crds (strata_kinds_get_default (), texts);
}

/**
 * strata_validate_files:
 * @files: (element-type StrataFile): YAML texts that belong together, as those of a folder
 * @options: (nullable): what they are checked against
 *
 * Looks through texts without a profile around them: those that say their kind are manifests, the others values. Files
 * are read side by side on all processors, and what they say of one another is looked at then. Same files, same answer.
 * May be called from any thread; blocks until all is done.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems by file and line; the document is the file's path
 */
GPtrArray *
strata_validate_files (GPtrArray                   *files,
                       const StrataValidateOptions *options)
{
  g_return_val_if_fail (files != NULL, NULL);

  g_autoptr(StrataKinds) kinds = find_kinds (files, options);
  g_autoptr(GPtrArray) works = g_ptr_array_new_with_free_func (work_free);
  Rules rules = { kinds, options };

  for (guint i = 0; i < files->len; i++)
    {
      Work *work = g_new0 (Work, 1);

      work->file = g_ptr_array_index (files, i);
      work->facts = strata_kube_facts_new ();
      g_ptr_array_add (works, work);
    }

  run_all (works, &rules);

  return collect (works);
}
