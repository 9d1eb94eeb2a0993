/* strata-validate.c - all that can be said against a profile with no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-validate-private.h"

#include "strata-constraints.h"
#include "strata-lint.h"

#define VALUES "values.yaml"

/* What one layer says alone. A layer never changes, so this holds for as long as the layer does. */
typedef struct
{
  StrataLayer *layer;     /* (owned) */
  GPtrArray   *problems;  /* (owned) (element-type StrataProblem) */
} Findings;

struct _StrataValidation
{
  gatomicrefcount  ref_count;
  GPtrArray       *findings;     /* (owned) (element-type Findings): by position */
  GPtrArray       *constraints;  /* (owned) (element-type StrataConstraints): by position */
  GPtrArray       *problems;     /* (owned) (element-type StrataProblem): of all layers and the whole */
};

G_DEFINE_BOXED_TYPE (StrataValidation,
                     strata_validation,
                     strata_validation_ref,
                     strata_validation_unref)

static GPtrArray *
problem_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
}

static void
findings_clear (gpointer data)
{
  Findings *findings = data;

  g_clear_object (&findings->layer);
  g_clear_pointer (&findings->problems, g_ptr_array_unref);
}

static void
findings_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, findings_clear);
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

      g_free (problem->layer);
      g_free (problem->document);
      problem->layer = g_strdup (layer);
      problem->document = g_strdup (document);
    }

  g_ptr_array_extend_and_steal (problems, found);
}

/* The values of a layer: the lint, then what its chart or pack says of them. */
static GPtrArray *
look_through_values (StrataLayer *layer)
{
  StrataBlob *blob = strata_layer_get_values (layer);
  g_autoptr(StrataYaml) yaml = NULL;

  return strata_lint_text_to_tree (strata_blob_get_text (blob),
                                   (gssize) strata_blob_get_size (blob), STRATA_LINT_VALUES, &yaml);
}

/* A manifest: the lint, then what Kubernetes says of its objects. */
static GPtrArray *
look_through_manifest (StrataManifest *manifest)
{
  StrataBlob *blob = strata_manifest_get_content (manifest);
  g_autoptr(StrataYaml) yaml = NULL;

  return strata_lint_text_to_tree (strata_blob_get_text (blob),
                                   (gssize) strata_blob_get_size (blob), STRATA_LINT_MANIFEST,
                                   &yaml);
}

static GPtrArray *
look_through_layer (StrataLayer *layer)
{
  GPtrArray *problems = problem_array_new ();
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  const char *name = strata_layer_get_name (layer);

  take_problems (problems, look_through_values (layer), name, VALUES);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      take_problems (problems, look_through_manifest (manifest), name,
                     strata_manifest_get_name (manifest));
    }

  return problems;
}

static Findings *
find_before (StrataValidation *before,
             StrataLayer      *layer)
{
  for (guint i = 0; before != NULL && i < before->findings->len; i++)
    {
      Findings *findings = g_ptr_array_index (before->findings, i);

      if (findings->layer == layer)
        return g_atomic_rc_box_acquire (findings);
    }

  return NULL;
}

static Findings *
findings_new (StrataLayer *layer)
{
  Findings *findings = g_atomic_rc_box_new0 (Findings);

  findings->layer = g_object_ref (layer);
  findings->problems = look_through_layer (layer);

  return findings;
}

static void
copy_problems (GPtrArray *problems,
               GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, strata_problem_copy (g_ptr_array_index (found, i)));
}

/* What no layer can say alone. */
void
strata_validate_whole (StrataProfile *profile,
                       GPtrArray     *constraints,
                       GPtrArray     *problems)
{
  g_ptr_array_extend_and_steal (problems, strata_lint_whole (profile));
  g_ptr_array_extend_and_steal (problems, strata_constraints_check (profile, constraints));
}

/**
 * strata_validate_profile:
 * @profile: a profile
 * @options: (nullable): what it is checked against; %NULL for what the profile says itself
 * @before: (nullable): what was found in the profile as it was a moment ago, under the same @options
 *
 * Everything that can be said against a profile without asking anybody: the lint of its texts, the
 * values against the schemas of charts and packs, the objects in manifests against the types of
 * Kubernetes, what packs demand of each other, and what holds layers together. A layer that
 * @before knows is not looked at again. Takes a time in proportion to what is new; may be called
 * from any thread.
 *
 * Where each part plugs in: what a layer's values say alone in look_through_values(), what a manifest says alone
 * in look_through_manifest(), what needs the whole profile in strata_validate_whole().
 *
 * Returns: (transfer full): what was found
 */
StrataValidation *
strata_validate_profile (StrataProfile               *profile,
                         const StrataValidateOptions *options,
                         StrataValidation            *before)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  StrataValidation *self = g_new0 (StrataValidation, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->findings = g_ptr_array_new_with_free_func (findings_unref);
  self->problems = problem_array_new ();
  self->constraints =
    strata_constraints_read_profile (profile, before != NULL ? before->constraints : NULL);
  strata_validate_whole (profile, self->constraints, self->problems);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      Findings *findings = find_before (before, layer);

      if (findings == NULL)
        findings = findings_new (layer);

      g_ptr_array_add (self->findings, findings);
      copy_problems (self->problems, findings->problems);
    }

  return self;
}

/**
 * strata_validate_layer:
 * @layer: a layer
 * @options: (nullable): what it is checked against
 *
 * What @layer says alone, without the rest of its profile. May be called from any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems, each with its layer and
 * document
 */
GPtrArray *
strata_validate_layer (StrataLayer                 *layer,
                       const StrataValidateOptions *options)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  return look_through_layer (layer);
}

/**
 * strata_validation_ref:
 * @self: what was found
 *
 * Returns: (transfer full): @self, held once more. Any thread.
 */
StrataValidation *
strata_validation_ref (StrataValidation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * strata_validation_unref:
 * @self: (transfer full): what was found
 *
 * Lets go of @self. Any thread.
 */
void
strata_validation_unref (StrataValidation *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->constraints, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

/**
 * strata_validation_get_problems:
 * @self: what was found
 *
 * Returns: (transfer none) (element-type StrataProblem): the problems; those of the profile itself
 * have no layer
 */
GPtrArray *
strata_validation_get_problems (StrataValidation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problems;
}
