/* strata-schema-validate.c - a value against a schema: whether it is fine, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Runs once, and once more on the value written out when it has merge keys. */
static gboolean
run_check (StrataSchemaRun      *run,
           const StrataSchema   *schema,
           const StrataYamlNode *root,
           StrataYaml          **written_out)
{
  run->root = root;

  gboolean is_fine = strata_schema_run_check (run, schema->root, root, NULL);

  if (!run->has_merges)
    return is_fine;

  run->has_merges = run->gave_up = FALSE;
  run->n_steps = 0;

  if (run->findings != NULL)
    g_ptr_array_set_size (run->findings, 0);

  *written_out = strata_yaml_new ();
  run->root = strata_schema_write_out (*written_out, root);

  return strata_schema_run_check (run, schema->root, run->root, NULL);
}

/**
 * strata_schema_accepts:
 * @self: a schema
 * @root: a value
 * @flags: what to look at
 *
 * Scalars mean what they mean in YAML 1.2: `no` is a text. May be called from any thread; takes a bounded time.
 *
 * Returns: whether @root is what @self says; %TRUE too when finding out would take too long
 */
gboolean
strata_schema_accepts (StrataSchema         *self,
                       const StrataYamlNode *root,
                       StrataSchemaFlags     flags)
{
  g_return_val_if_fail (self != NULL && root != NULL, FALSE);

  StrataSchemaRun run;
  g_autoptr(StrataYaml) written_out = NULL;

  strata_schema_run_init (&run, self, flags, FALSE);

  gboolean is_fine = run_check (&run, self, strata_schema_follow (root), &written_out) || run.gave_up;

  strata_schema_run_clear (&run);

  return is_fine;
}

static void
explain (StrataSchema         *self,
         const char           *text,
         const StrataYamlNode *root,
         GArray               *path,
         guint                 n_hidden,
         StrataSchemaFlags     flags,
         const char           *source,
         GPtrArray            *problems)
{
  StrataSchemaRun run;
  g_autoptr(StrataYaml) written_out = NULL;
  StrataLint lint = { text, strlen (text), problems, strata_lint_has_plain_lines (text) };

  strata_schema_run_init (&run, self, flags, TRUE);
  run.n_hidden = n_hidden;

  if (path != NULL)
    g_array_append_vals (run.path, path->data, path->len);

  run_check (&run, self, root, &written_out);

  for (guint i = 0; i < run.findings->len; i++)
    strata_schema_explain (g_ptr_array_index (run.findings, i), &lint, source);

  strata_schema_run_clear (&run);
}

/* As strata_schema_validate(), for a value that stands at @path in @text, of which the first steps are not shown. */
gboolean
strata_schema_validate_at (StrataSchema         *self,
                           const char           *text,
                           const StrataYamlNode *root,
                           GArray               *path,
                           guint                 n_hidden,
                           StrataSchemaFlags     flags,
                           const char           *source,
                           GPtrArray            *problems)
{
  StrataSchemaRun run;
  g_autoptr(StrataYaml) written_out = NULL;

  root = strata_schema_follow (root);
  strata_schema_run_init (&run, self, flags, FALSE);

  gboolean is_fine = run_check (&run, self, root, &written_out);
  gboolean gave_up = run.gave_up;

  strata_schema_run_clear (&run);

  if (gave_up)
    g_ptr_array_add (problems,
                     strata_problem_new (STRATA_SEVERITY_WARNING, 0, 0, 0, source, "%s",
                                         _("The schema takes too long to try; the text was not checked against it")));
  else if (!is_fine)
    explain (self, text, root, path, n_hidden, flags, source, problems);

  return is_fine || gave_up;
}

/**
 * strata_schema_validate:
 * @self: a schema
 * @text: the text that @root was read from
 * @root: a value in it
 * @flags: what to look at
 * @source: who says so, translated: "Chart schema"
 * @problems: (element-type StrataProblem): where to add what is wrong
 *
 * Adds a problem for each thing that is wrong with @root, 1,000 at most, each with its place in @text, its path from
 * @root and what to do. Of rules of which one has to hold, the nearest is explained. A value that is fine is looked at
 * once, without asking for memory. May be called from any thread; takes a bounded time, and says so in a warning when
 * that was not enough.
 *
 * Returns: whether @root is what @self says
 */
gboolean
strata_schema_validate (StrataSchema         *self,
                        const char           *text,
                        const StrataYamlNode *root,
                        StrataSchemaFlags     flags,
                        const char           *source,
                        GPtrArray            *problems)
{
  g_return_val_if_fail (self != NULL && text != NULL && root != NULL, FALSE);
  g_return_val_if_fail (source != NULL && problems != NULL, FALSE);

  return strata_schema_validate_at (self, text, root, NULL, 0, flags, source, problems);
}
