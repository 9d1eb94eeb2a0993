/* strata-constraints.c - what packs and charts ask of each other and of the appliance, checked with no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-constraints"

#include "strata-constraints.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-constraints-private.h"
#include "strata-resources.h"

#define SOURCE _("Constraints")

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataConstraints
{
  GObject      parent_instance;
  GPtrArray   *files;  /* (owned) (not nullable): the layer's, from which all was read */
  StrataAsked  asked;
};

G_DEFINE_FINAL_TYPE (StrataConstraints, strata_constraints, G_TYPE_OBJECT)

StrataNeed *
strata_need_new (StrataNeedKind      kind,
                 const char         *name,
                 const char         *layer,
                 const char         *shown,
                 StrataVersionRange *range)
{
  StrataNeed *need = g_new0 (StrataNeed, 1);

  need->kind = kind;
  need->name = g_strdup (name);
  need->layer = g_strdup (layer);
  need->shown = g_strdup (shown);
  need->range = g_object_ref (range);

  return need;
}

void
strata_need_free (StrataNeed *need)
{
  g_free (need->name);
  g_free (need->layer);
  g_free (need->shown);
  g_object_unref (need->range);
  g_free (need);
}

void
strata_asked_problem (StrataAsked    *asked,
                      StrataSeverity  severity,
                      const char     *sentence)
{
  g_ptr_array_add (asked->problems, strata_problem_new (severity, 0, 0, 0, SOURCE, "%s", sentence));
}

static void
strata_constraints_finalize (GObject *object)
{
  StrataConstraints *self = STRATA_CONSTRAINTS (object);

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->asked.name, g_free);
  g_clear_pointer (&self->asked.needs, g_ptr_array_unref);
  g_clear_pointer (&self->asked.resources, g_ptr_array_unref);
  g_clear_pointer (&self->asked.problems, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_constraints_parent_class)->finalize (object);
}

static void
strata_constraints_class_init (StrataConstraintsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_constraints_finalize;
}

static void
strata_constraints_init (StrataConstraints *self)
{
  self->asked.needs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_need_free);
  self->asked.resources = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_resource_free);
  self->asked.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
}

/* A layer of a chart carries its archive; a pack has those of its charts under charts/. */
static void
read_file (StrataConstraints *self,
           StrataFile        *file)
{
  const char *path = strata_file_get_path (file);

  if (g_str_equal (path, "pack.json"))
    strata_constraints_read_pack (&self->asked, file);
  else if (g_str_has_suffix (path, ".tgz") &&
           (strchr (path, '/') == NULL || (g_str_has_prefix (path, "charts/") && strchr (path + 7, '/') == NULL)))
    strata_constraints_read_chart (&self->asked, file);
}

/**
 * strata_constraints_read:
 * @layer: a layer
 *
 * Reads what the pack or chart of @layer asks for, from the files the layer carries. A layer that came without them asks
 * for nothing. Takes as long as unpacking its charts; may be called from any thread.
 *
 * Returns: (transfer full): the constraints; what cannot be read of them is among their problems
 */
StrataConstraints *
strata_constraints_read (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  StrataConstraints *self = g_object_new (STRATA_TYPE_CONSTRAINTS, NULL);

  self->files = g_ptr_array_ref (strata_layer_get_files (layer));

  for (guint i = 0; i < self->files->len; i++)
    read_file (self, self->files->pdata[i]);

  return self;
}

static StrataConstraints *
find_known (GPtrArray   *known,
            StrataLayer *layer)
{
  for (guint i = 0; known != NULL && i < known->len; i++)
    if (STRATA_CONSTRAINTS (known->pdata[i])->files == strata_layer_get_files (layer))
      return g_object_ref (known->pdata[i]);

  return NULL;
}

/**
 * strata_constraints_read_profile:
 * @profile: a profile
 * @known: (nullable) (element-type StrataConstraints): what was read before, of this profile or one it was made from
 *
 * Reads what each layer asks for. A layer that still carries the files it had is not read again, so that an edit of
 * values costs nothing here. May be called from any thread.
 *
 * Returns: (transfer full) (element-type StrataConstraints): the constraints, as the layers are
 */
GPtrArray *
strata_constraints_read_profile (StrataProfile *profile,
                                 GPtrArray     *known)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  GPtrArray *constraints = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      StrataConstraints *found = find_known (known, layer);

      g_ptr_array_add (constraints, found != NULL ? found : strata_constraints_read (layer));
    }

  return constraints;
}

static const char *
get_pack_name (StrataConstraints *constraints,
               StrataLayer       *layer)
{
  return constraints->asked.name != NULL ? constraints->asked.name : strata_layer_get_name (layer);
}

/* "kubernetes" is how packs call whatever stands in the layer of Kubernetes; there are several such packs. */
static gboolean
is_meant (StrataNeed        *need,
          StrataConstraints *constraints,
          StrataLayer       *layer)
{
  gboolean is_place = g_str_equal (strata_layer_get (layer, STRATA_LAYER_PACK_LAYER), need->layer);
  gboolean is_kubernetes = g_str_equal (need->layer, "k8s") &&
                           (need->kind == STRATA_NEED_KUBERNETES || g_str_equal (need->name, "kubernetes"));

  return is_kubernetes ? is_place
                       : (is_place || *need->layer == '\0') &&
                         g_str_equal (need->name, get_pack_name (constraints, layer));
}

static StrataLayer *
find_meant (StrataProfile *profile,
            GPtrArray     *constraints,
            guint          asker,
            StrataNeed    *need)
{
  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);

      if (i != asker && is_meant (need, constraints->pdata[i], layer))
        return layer;
    }

  return NULL;
}

static StrataProblem *
say_missing (StrataNeed *need,
             const char *asker)
{
  if (*need->shown == '\0')
    return strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, SOURCE,
                               _("“%s” needs the pack “%s”, which is not in this profile; add it as a layer"),
                               asker, need->name);

  return strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, SOURCE,
                             /* Translators: the last is a range of versions, such as "1.2 or later" */
                             _("“%s” needs the pack “%s”, which is not in this profile; add it as a layer, version %s"),
                             asker, need->name, need->shown);
}

static StrataProblem *
say_other_version (StrataNeed  *need,
                   const char  *asker,
                   StrataLayer *found)
{
  StrataSeverity severity = need->kind == STRATA_NEED_OPTIONAL ? STRATA_SEVERITY_WARNING : STRATA_SEVERITY_ERROR;
  const char *name = strata_layer_get_name (found);
  const char *version = strata_layer_get_version (found);

  if (need->kind == STRATA_NEED_KUBERNETES)
    return strata_problem_new (severity, 0, 0, 0, SOURCE,
                               _("The chart “%s” needs Kubernetes %s, but the layer “%s” is %s; "
                                 "choose another version of one of the two"), need->name, need->shown, name, version);

  return strata_problem_new (severity, 0, 0, 0, SOURCE,
                             _("“%s” needs “%s” %s, but the layer is %s; choose another version of one of the two"),
                             asker, name, need->shown, version);
}

static StrataProblem *
say_not_supported (StrataNeed  *need,
                   const char  *asker,
                   StrataLayer *found)
{
  const char *name = strata_layer_get_name (found);

  if (*need->shown == '\0')
    return strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, SOURCE,
                               _("“%s” does not work together with “%s”; remove one of the two layers"), asker, name);

  return strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, SOURCE,
                             _("“%s” does not work together with “%s” %s; choose another version, or remove one of the two layers"),
                             asker, name, need->shown);
}

static StrataProblem *
check_need (StrataProfile *profile,
            GPtrArray     *constraints,
            guint          asker,
            StrataNeed    *need)
{
  StrataLayer *found = find_meant (profile, constraints, asker, need);
  const char *name = strata_layer_get_name (strata_profile_get_layer (profile, asker));
  gboolean with_pre_releases = need->kind != STRATA_NEED_KUBERNETES;
  gboolean fits = found != NULL && strata_version_range_allows (need->range, strata_layer_get_version (found),
                                                                with_pre_releases);

  if (need->kind == STRATA_NEED_NOT_SUPPORTED)
    return fits ? say_not_supported (need, name, found) : NULL;
  if (found != NULL)
    return fits ? NULL : say_other_version (need, name, found);

  return need->kind == STRATA_NEED_REQUIRED ? say_missing (need, name) : NULL;
}

static void
take_problem (GPtrArray     *problems,
              StrataProblem *problem,
              StrataLayer   *layer)
{
  problem->layer = g_strdup (strata_layer_get_name (layer));
  g_ptr_array_add (problems, problem);
}

static void
check_layer (StrataProfile *profile,
             GPtrArray     *constraints,
             guint          position,
             GPtrArray     *problems)
{
  StrataLayer *layer = strata_profile_get_layer (profile, position);
  StrataAsked *asked = &STRATA_CONSTRAINTS (constraints->pdata[position])->asked;

  for (guint i = 0; i < asked->problems->len; i++)
    take_problem (problems, strata_problem_copy (asked->problems->pdata[i]), layer);

  for (guint i = 0; i < asked->needs->len; i++)
    {
      StrataProblem *problem = check_need (profile, constraints, position, asked->needs->pdata[i]);

      if (problem != NULL)
        take_problem (problems, problem, layer);
    }
}

/**
 * strata_constraints_check:
 * @profile: a profile
 * @constraints: (element-type StrataConstraints): what strata_constraints_read_profile() read of it
 *
 * Checks what each layer asks for against the other layers: packs that are required, that need another version or do not
 * work together, charts that need another Kubernetes; and says what the appliance needs to have. A profile without a
 * layer of Kubernetes, as most for systems are, says nothing about its version. May be called from any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems, each with a reason and a remedy; what is about the
 *   whole profile has no layer
 */
GPtrArray *
strata_constraints_check (StrataProfile *profile,
                          GPtrArray     *constraints)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (constraints != NULL && constraints->len == strata_profile_get_n_layers (profile), NULL);

  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  double needed[STRATA_N_RESOURCES] = { 0 };

  for (guint i = 0; i < constraints->len; i++)
    {
      check_layer (profile, constraints, i, problems);
      strata_resources_add (needed, STRATA_CONSTRAINTS (constraints->pdata[i])->asked.resources,
                            strata_profile_get_layer (profile, i), problems);
    }

  strata_resources_report (needed, problems);

  return problems;
}

/**
 * strata_constraints_check_profile:
 * @profile: a profile
 *
 * Reads and checks in one go, for who checks a profile once.
 *
 * Returns: (transfer full) (element-type StrataProblem): as strata_constraints_check()
 */
GPtrArray *
strata_constraints_check_profile (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  g_autoptr(GPtrArray) constraints = strata_constraints_read_profile (profile, NULL);

  return strata_constraints_check (profile, constraints);
}

/**
 * strata_constraints_get_n_needs:
 * @self: constraints
 *
 * Returns: how many packs, and Kubernetes versions, it says something about
 */
guint
strata_constraints_get_n_needs (StrataConstraints *self)
{
  g_return_val_if_fail (STRATA_IS_CONSTRAINTS (self), 0);

  return self->asked.needs->len;
}

/**
 * strata_constraints_get_n_resources:
 * @self: constraints
 *
 * Returns: how many resources it asks for
 */
guint
strata_constraints_get_n_resources (StrataConstraints *self)
{
  g_return_val_if_fail (STRATA_IS_CONSTRAINTS (self), 0);

  return self->asked.resources->len;
}

/**
 * strata_constraints_get_problems:
 * @self: constraints
 *
 * Returns: (transfer none) (element-type StrataProblem): what is wrong with the pack or chart by itself, without a layer
 */
GPtrArray *
strata_constraints_get_problems (StrataConstraints *self)
{
  g_return_val_if_fail (STRATA_IS_CONSTRAINTS (self), NULL);

  return self->asked.problems;
}
