/* strata-validate.c - all that can be said against a profile with no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-validate-private.h"

#include "strata-constraints.h"
#include "strata-kube-check.h"
#include "strata-kube-names.h"
#include "strata-layer-schema.h"
#include "strata-lint.h"
#include "strata-values.h"

#define VALUES "values.yaml"

/* What one layer says alone. A layer never changes, so this holds for as long as what it is held against stays. */
typedef struct
{
  StrataLayer       *layer;     /* (owned) */
  StrataLayerSchema *schema;    /* (owned): also of the next layer that is made of this one */
  StrataKinds       *kinds;     /* (owned) */
  guint              kubernetes;
  GPtrArray         *problems;  /* (owned) (element-type StrataProblem) */
  StrataKubeFacts   *facts;     /* (owned) */
} Findings;

struct _StrataValidation
{
  gatomicrefcount    ref_count;
  GPtrArray         *findings;     /* (owned) (element-type Findings): by position */
  GPtrArray         *constraints;  /* (owned) (element-type StrataConstraints): by position */
  StrataDefinitions *definitions;  /* (owned) */
  GPtrArray         *problems;     /* (owned) (element-type StrataProblem): of all layers and the whole */
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
  g_clear_pointer (&findings->schema, strata_layer_schema_unref);
  g_clear_pointer (&findings->kinds, strata_kinds_unref);
  g_clear_pointer (&findings->problems, g_ptr_array_unref);
  g_clear_pointer (&findings->facts, strata_kube_facts_free);
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
look_through_values (StrataLayer       *layer,
                     StrataLayerSchema *schema)
{
  StrataBlob *blob = strata_layer_get_values (layer);
  const char *text = strata_blob_get_text (blob);
  g_autoptr(StrataYaml) yaml = NULL;
  GPtrArray *problems = strata_lint_text_to_tree (text, (gssize) strata_blob_get_size (blob),
                                                  STRATA_LINT_VALUES, &yaml);

  if (yaml != NULL)
    strata_layer_schema_check (schema, text, yaml, problems);

  return problems;
}

/* A manifest: the lint, then what Kubernetes says of its objects. */
static GPtrArray *
look_through_manifest (Findings       *findings,
                       StrataManifest *manifest,
                       const char     *name_space)
{
  StrataBlob *blob = strata_manifest_get_content (manifest);

  findings->facts->document =
    strata_kube_facts_keep (findings->facts, strata_manifest_get_name (manifest));

  return strata_kube_check (strata_blob_get_text (blob), strata_blob_get_size (blob),
                            findings->kinds, findings->kubernetes, name_space, findings->facts);
}

static void
look_through_layer (Findings *findings)
{
  StrataLayer *layer = findings->layer;
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  const char *name = strata_layer_get_name (layer);
  g_autofree char *said = strata_values_get_namespace (strata_layer_get_text (layer));
  const char *name_space = said != NULL && strata_kube_is_label (said) ? said : NULL;

  take_problems (findings->problems, look_through_values (layer, findings->schema), name, VALUES);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      take_problems (findings->problems, look_through_manifest (findings, manifest, name_space),
                     name, strata_manifest_get_name (manifest));
    }
}

static Findings *
find_before (StrataValidation *before,
             StrataLayer      *layer,
             StrataKinds      *kinds,
             guint             kubernetes)
{
  for (guint i = 0; before != NULL && i < before->findings->len; i++)
    {
      Findings *findings = g_ptr_array_index (before->findings, i);

      if (findings->layer == layer && findings->kinds == kinds &&
          findings->kubernetes == kubernetes)
        return g_atomic_rc_box_acquire (findings);
    }

  return NULL;
}

/* What the layer was before an edit has the same files, whose schemas need not be read again. */
static StrataLayerSchema *
find_schema (StrataValidation *before,
             StrataLayer      *layer)
{
  for (guint i = 0; before != NULL && i < before->findings->len; i++)
    {
      Findings *findings = g_ptr_array_index (before->findings, i);

      if (g_str_equal (strata_layer_get_name (findings->layer), strata_layer_get_name (layer)))
        return findings->schema;
    }

  return NULL;
}

static Findings *
findings_new (StrataLayer      *layer,
              StrataKinds      *kinds,
              guint             kubernetes,
              StrataValidation *before)
{
  Findings *findings = g_atomic_rc_box_new0 (Findings);

  findings->layer = g_object_ref (layer);
  findings->schema = strata_layer_schema_read (layer, find_schema (before, layer));
  findings->kinds = strata_kinds_ref (kinds);
  findings->kubernetes = kubernetes;
  findings->problems = problem_array_new ();
  findings->facts = strata_kube_facts_new ();
  look_through_layer (findings);

  return findings;
}

static void
copy_problems (GPtrArray *problems,
               GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, strata_problem_copy (g_ptr_array_index (found, i)));
}

/* What the manifests of all layers say together. */
static void
look_at_links (StrataValidation *self)
{
  g_autoptr(GArray) sources = g_array_new (FALSE, FALSE, sizeof (StrataValidateSource));

  for (guint i = 0; i < self->findings->len; i++)
    {
      Findings *findings = g_ptr_array_index (self->findings, i);
      StrataValidateSource source = { strata_layer_get_name (findings->layer), findings->facts };

      g_array_append_val (sources, source);
    }

  strata_validate_links (sources, self->problems);
}

/* What no layer can say alone. */
static void
look_at_whole (StrataValidation *self,
               StrataProfile    *profile)
{
  g_ptr_array_extend_and_steal (self->problems, strata_lint_whole (profile));
  g_ptr_array_extend_and_steal (self->problems,
                                strata_constraints_check (profile, self->constraints));
  look_at_links (self);
}

static void
look_at_layers (StrataValidation *self,
                GPtrArray        *layers,
                guint             kubernetes,
                StrataValidation *before)
{
  StrataKinds *kinds = self->definitions->kinds;

  for (guint i = 0; i < layers->len; i++)
    {
      StrataLayer *layer = g_ptr_array_index (layers, i);
      Findings *findings = find_before (before, layer, kinds, kubernetes);

      if (findings == NULL)
        findings = findings_new (layer, kinds, kubernetes, before);

      g_ptr_array_add (self->findings, findings);
    }
}

static guint
get_kubernetes (const StrataValidateOptions *options,
                GPtrArray                   *layers)
{
  return options != NULL && options->kubernetes != 0 ? options->kubernetes
                                                     : strata_validate_find_kubernetes (layers);
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
 * in look_through_manifest(), what needs the whole profile in look_at_whole().
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
  GPtrArray *layers = strata_profile_get_layers (profile);

  g_atomic_ref_count_init (&self->ref_count);
  self->findings = g_ptr_array_new_with_free_func (findings_unref);
  self->problems = problem_array_new ();
  self->definitions = strata_definitions_new (layers, options != NULL ? options->crds : NULL,
                                              before != NULL ? before->definitions : NULL);
  self->constraints =
    strata_constraints_read_profile (profile, before != NULL ? before->constraints : NULL);
  look_at_layers (self, layers, get_kubernetes (options, layers), before);

  for (guint i = 0; i < self->findings->len; i++)
    copy_problems (self->problems, ((Findings *) g_ptr_array_index (self->findings, i))->problems);

  look_at_whole (self, profile);

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

  g_autoptr(GPtrArray) layers = g_ptr_array_new ();

  g_ptr_array_add (layers, layer);

  g_autoptr(StrataDefinitions) definitions =
    strata_definitions_new (layers, options != NULL ? options->crds : NULL, NULL);
  Findings *findings =
    findings_new (layer, definitions->kinds, get_kubernetes (options, layers), NULL);
  GPtrArray *problems = g_ptr_array_ref (findings->problems);

  findings_unref (findings);

  return problems;
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
  g_clear_pointer (&self->definitions, strata_definitions_unref);
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
