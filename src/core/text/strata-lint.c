/* strata-lint.c - what is wrong with a YAML text, found while it is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint"

#include "strata-lint-private.h"
#include "strata-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PROBLEMS 1000  /* nobody reads more, and a stranger's text may have millions */
#define VALUES "values.yaml"

/* YAML ends a line at characters where an editor may not. */
gboolean
strata_lint_has_plain_lines (const char *text)
{
  for (const char *cr = strchr (text, '\r'); cr != NULL; cr = strchr (cr + 1, '\r'))
    if (cr[1] != '\n')
      return FALSE;

  return strstr (text, "\xc2\x85") == NULL && strstr (text, "\xe2\x80\xa8") == NULL &&
         strstr (text, "\xe2\x80\xa9") == NULL;
}

/* @text ends with a NUL and outlives @self, whose problems are the caller's. */
void
strata_lint_init (StrataLint *self,
                  const char *text,
                  gsize       length)
{
  self->text = text;
  self->length = length;
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  self->can_fix = strata_lint_has_plain_lines (text);
}

/* Takes @problem. Returns it as long as it is kept, %NULL when there are too many. */
StrataProblem *
strata_lint_add (StrataLint    *self,
                 StrataProblem *problem)
{
  if (self->problems->len >= MAX_PROBLEMS)
    {
      strata_problem_free (problem);
      return NULL;
    }

  g_ptr_array_add (self->problems, problem);

  return problem;
}

/* A problem with all of a scalar or a collection in brackets, if that ends in its line, or with
 * where a block begins.
 */
StrataProblem *
strata_lint_add_at (StrataLint           *self,
                    StrataSeverity        severity,
                    const StrataYamlNode *node,
                    const char           *source,
                    const char           *sentence)
{
  const char *start = self->text + node->start;
  gsize bytes = node->end - node->start;
  gboolean is_block = node->kind != STRATA_YAML_SCALAR && (node->flags & STRATA_YAML_FLOW) == 0;
  gboolean is_one_line = !is_block && memchr (start, '\n', bytes) == NULL;
  guint length = is_one_line ? (guint) g_utf8_strlen (start, (gssize) bytes) : 0;

  return strata_lint_add (self, strata_problem_new (severity, node->line + 1, node->column + 1,
                                                    length, source, "%s", sentence));
}

/* Says how to repair a problem, where its place means the same to everybody. */
void
strata_lint_set_fix (StrataLint    *self,
                     StrataProblem *problem,
                     const char    *fix,
                     const char    *label)
{
  if (!self->can_fix)
    return;

  problem->fix = g_strdup (fix);
  problem->fix_label = g_strdup (label);
}

/* A text in double quotes, or in single ones when it has double ones itself. */
char *
strata_lint_quote (const char *text,
                   gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);

  if (strpbrk (copy, "\"\\") == NULL)
    return g_strconcat ("\"", copy, "\"", NULL);

  g_auto(GStrv) parts = g_strsplit (copy, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);

  return g_strconcat ("'", doubled, "'", NULL);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const StrataProblem *one = *(const StrataProblem *const *) a;
  const StrataProblem *other = *(const StrataProblem *const *) b;

  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;

  return strcmp (one->message, other->message);
}

/* By line and column, as a person reads. */
void
strata_lint_sort (GPtrArray *problems)
{
  g_ptr_array_sort (problems, compare_places);
}

static StrataYaml *
look_through (StrataLint     *self,
              StrataLintMode  mode)
{
  g_auto(StrataYamlFault) fault = { 0 };
  StrataYaml *yaml = strata_yaml_parse_or_fault (self->text, (gssize) self->length, &fault);

  if (yaml == NULL)
    {
      strata_lint_fault (self, &fault);
      return NULL;
    }

  if (mode == STRATA_LINT_VALUES)
    strata_lint_values (self, yaml);
  else
    strata_lint_manifest (self, yaml);

  strata_lint_tree (self, yaml);
  strata_lint_lines (self, yaml);
  strata_lint_sort (self->problems);

  return yaml;
}

/**
 * strata_lint_text:
 * @text: a text that should be YAML
 * @length: bytes of @text, or -1 when it ends with a NUL
 * @mode: what it should be
 *
 * Looks for what is wrong: text that is not YAML (and then nothing else), keys twice, templates
 * without quotes, tabs, mixed line ends; values that are not one mapping; manifests that are no
 * objects of Kubernetes. At most 1,000 problems are named. Takes a time in proportion to the text;
 * may be called from any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems, by line
 */
GPtrArray *
strata_lint_text (const char     *text,
                  gssize          length,
                  StrataLintMode  mode)
{
  g_return_val_if_fail (text != NULL, NULL);

  return strata_lint_text_to_tree (text, length, mode, NULL);
}

/**
 * strata_lint_text_to_tree:
 * @text: a text that should be YAML
 * @length: bytes of @text, or -1 when it ends with a NUL
 * @mode: what it should be
 * @yaml: (out) (optional) (nullable) (transfer full): its trees; %NULL when it is not YAML
 *
 * Like [func@lint_text], for a caller that goes on to look at the same trees: a large text is
 * parsed once. May be called from any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems, by line
 */
GPtrArray *
strata_lint_text_to_tree (const char      *text,
                          gssize           length,
                          StrataLintMode   mode,
                          StrataYaml     **yaml)
{
  g_return_val_if_fail (text != NULL, NULL);

  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *copy = g_strndup (text, size);
  StrataLint lint;

  strata_lint_init (&lint, copy, size);

  g_autoptr(StrataYaml) tree = look_through (&lint, mode);

  if (yaml != NULL)
    *yaml = g_steal_pointer (&tree);

  return lint.problems;
}

static void
take_problems (GPtrArray  *problems,
               GPtrArray  *found,
               const char *layer,
               const char *document)
{
  for (guint i = 0; i < found->len; i++)
    {
      StrataProblem *problem = g_ptr_array_index (found, i);

      problem->layer = g_strdup (layer);
      problem->document = g_strdup (document);
    }

  g_ptr_array_extend_and_steal (problems, found);
}

static GPtrArray *
look_through_blob (StrataBlob     *blob,
                   StrataLintMode  mode)
{
  return strata_lint_text (strata_blob_get_text (blob), (gssize) strata_blob_get_size (blob), mode);
}

/**
 * strata_lint_layer:
 * @layer: a layer
 *
 * Looks through the values of @layer and its manifests with [func@lint_text]. May be called from
 * any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems, each with its layer and
 * document
 */
GPtrArray *
strata_lint_layer (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  const char *name = strata_layer_get_name (layer);

  take_problems (problems, look_through_blob (strata_layer_get_values (layer), STRATA_LINT_VALUES),
                 name, VALUES);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      take_problems (
        problems, look_through_blob (strata_manifest_get_content (manifest), STRATA_LINT_MANIFEST),
        name, strata_manifest_get_name (manifest));
    }

  return problems;
}

static GPtrArray *
find_undeclared (const char *text,
                 GHashTable *declared)
{
  StrataLint lint;

  strata_lint_init (&lint, text, strlen (text));
  strata_lint_variables (&lint, declared);

  return lint.problems;
}

static void
look_for_variables (GPtrArray   *problems,
                    StrataLayer *layer,
                    GHashTable  *declared)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  const char *name = strata_layer_get_name (layer);

  take_problems (problems, find_undeclared (strata_layer_get_text (layer), declared), name, VALUES);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      take_problems (problems, find_undeclared (strata_manifest_get_text (manifest), declared),
                     name, strata_manifest_get_name (manifest));
    }
}

static GHashTable *
collect_variables (StrataProfile *profile,
                   GPtrArray     *problems)
{
  GHashTable *declared = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *variables = strata_profile_get_variables (profile);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);

      strata_lint_declared (problems, variables, variable);
      g_hash_table_add (declared, (char *) strata_variable_get_name (variable));
    }

  return declared;
}

/* A layer is told from another by its name, or by the name that its values give it to be shown
 * by.
 */
static char *
find_shown_name (StrataLayer *layer)
{
  char *name =
    strata_values_get (strata_layer_get_text (layer), "pack.spectrocloud.com/display-name");

  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = g_strdup (strata_layer_get_name (layer));
    }

  return name;
}

static void
report_same_names (StrataProfile *profile,
                   GPtrArray     *problems)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      char *name = find_shown_name (layer);

      if (g_hash_table_contains (names, name))
        {
          StrataProblem *problem = strata_problem_new (
            STRATA_SEVERITY_ERROR, 0, 0, 0,
            _("Profile"), _("Another layer is called “%s” too; rename one"), name);

          problem->layer = g_strdup (strata_layer_get_name (layer));
          g_ptr_array_add (problems, problem);
        }

      g_hash_table_add (names, name);
    }
}

/**
 * strata_lint_whole:
 * @profile: a profile
 *
 * Looks at what holds the layers of @profile together: layers of one name, variables that are used
 * and not there, that break the rules of the Palette API, or that have to be given and have no
 * value. May be called from any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems; those of the profile itself
 * have no layer
 */
GPtrArray *
strata_lint_whole (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  g_autoptr(GHashTable) declared = collect_variables (profile, problems);

  report_same_names (profile, problems);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    look_for_variables (problems, strata_profile_get_layer (profile, i), declared);

  return problems;
}

/**
 * strata_lint_profile:
 * @profile: a profile
 *
 * Looks through each layer with [func@lint_layer], and at the whole with [func@lint_whole]. May be
 * called from any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems; those of the profile itself
 * have no layer
 */
GPtrArray *
strata_lint_profile (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  GPtrArray *problems = strata_lint_whole (profile);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    g_ptr_array_extend_and_steal (problems,
                                  strata_lint_layer (strata_profile_get_layer (profile, i)));

  return problems;
}
