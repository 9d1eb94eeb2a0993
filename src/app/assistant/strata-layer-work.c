/* strata-layer-work.c - from a pack and a person's choices to a layer, in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-work"

#include "strata-layer-work.h"

#include "strata-layer-facts.h"
#include "strata-pack-reader.h"
#include "strata-validate.h"
#include "strata-values.h"

/* Asks for a new look at @layer, which was made of @pack. */
StrataLayerWork *
strata_layer_work_new (StrataLayer *layer,
                       StrataPack  *pack)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  StrataLayerWork *work = g_new0 (StrataLayerWork, 1);

  work->layer = g_object_ref (layer);
  g_set_object (&work->pack, pack);

  return work;
}

/* Asks for the layer that one version of a pack or chart starts as. */
StrataLayerWork *
strata_layer_work_new_fetch (StrataRegistry    *registry,
                             StrataPackSummary *summary)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (registry) && STRATA_IS_PACK_SUMMARY (summary), NULL);

  StrataLayerWork *work = g_new0 (StrataLayerWork, 1);

  work->registry = g_object_ref (registry);
  work->summary = g_object_ref (summary);

  return work;
}

void
strata_layer_work_free (StrataLayerWork *work)
{
  g_clear_object (&work->registry);
  g_clear_object (&work->summary);
  g_clear_object (&work->layer);
  g_clear_object (&work->pack);
  g_free (work->group);
  g_free (work->preset);
  g_free (work->name_space);
  g_clear_object (&work->carry);
  g_free (work);
}

void
strata_layer_outcome_free (StrataLayerOutcome *outcome)
{
  g_clear_object (&outcome->layer);
  g_clear_object (&outcome->pack);
  g_free (outcome->name_space);
  g_clear_pointer (&outcome->presets, g_hash_table_unref);
  g_free (outcome->digest);
  g_clear_pointer (&outcome->images, g_ptr_array_unref);
  g_free (outcome);
}

/* What a person did to one version goes with them to another. */
static void
carry_over (StrataLayerWork *work)
{
  g_autoptr(StrataLayer) fresh = g_steal_pointer (&work->layer);
  g_autoptr(StrataLayer) kept =
    strata_layer_with_manifests (fresh, strata_layer_get_manifests (work->carry));

  work->layer = work->carry_values
                  ? strata_layer_with_values (kept, strata_layer_get_values (work->carry))
                  : g_steal_pointer (&kept);
}

static gboolean
fetch (StrataLayerWork  *work,
       GCancellable     *cancellable,
       GError          **error)
{
  if (work->summary != NULL)
    {
      work->pack = strata_registry_fetch (work->registry, work->summary, cancellable, error);
      if (work->pack == NULL)
        return FALSE;
      work->layer =
        strata_pack_make_layer (work->pack, NULL, strata_registry_get_name (work->registry));
      if (work->carry != NULL)
        carry_over (work);
    }
  else if (work->pack == NULL && strata_layer_get_kind (work->layer) != STRATA_LAYER_KIND_MANIFEST)
    {
      work->pack = strata_pack_read_layer (work->layer, error);
      if (work->pack == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
apply_preset (StrataLayerWork  *work,
              const char       *group,
              const char       *name,
              char            **text,
              GError          **error)
{
  StrataPreset *preset = strata_pack_find_preset (work->pack, group, name);

  if (preset == NULL)
    return TRUE;

  char *changed = strata_values_apply_preset (*text, work->pack, preset, error);

  if (changed == NULL)
    return FALSE;

  g_free (*text);
  *text = changed;

  return TRUE;
}

static GHashTable *
read_presets (StrataPack *pack,
              const char *text)
{
  GHashTable *active = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *presets = pack != NULL ? strata_pack_get_presets (pack) : NULL;

  for (guint i = 0; presets != NULL && i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);
      char *name = g_hash_table_contains (active, preset->group)
                     ? NULL
                     : strata_values_get_preset (text, preset->group);

      if (name != NULL)
        g_hash_table_insert (active, g_strdup (preset->group), name);
    }

  return active;
}

/* The pack's own values, with the presets of all groups but one. */
static gboolean
take_back_preset (StrataLayerWork  *work,
                  char            **text,
                  GError          **error)
{
  g_autoptr(GHashTable) active = read_presets (work->pack, *text);
  GHashTableIter iter;
  gpointer group, name;

  g_free (*text);
  *text = g_strdup (strata_pack_get (work->pack, STRATA_PACK_VALUES));
  g_hash_table_iter_init (&iter, active);
  while (g_hash_table_iter_next (&iter, &group, &name))
    if (!g_str_equal (group, work->group) && !apply_preset (work, group, name, text, error))
      return FALSE;

  return TRUE;
}

static gboolean
replace (char **text,
         char  *changed)
{
  if (changed == NULL)
    return FALSE;

  g_free (*text);
  *text = changed;

  return TRUE;
}

static gboolean
write_choices (StrataLayerWork  *work,
               char            **text,
               GError          **error)
{
  g_autofree char *name_space = strata_values_get_namespace (*text);
  const char *asked = work->name_space;

  if (asked != NULL && *asked != '\0' && g_strcmp0 (asked, name_space) != 0 &&
      !replace (text, strata_values_set_namespace (*text, asked, error)))
    return FALSE;

  if (work->set_order && work->order != strata_values_get_install_order (*text) &&
      !replace (text, strata_values_set_install_order (*text, work->order, error)))
    return FALSE;

  return TRUE;
}

static gboolean
change_text (StrataLayerWork  *work,
             char            **text,
             GError          **error)
{
  if (work->preset != NULL && *work->preset == '\0' && !take_back_preset (work, text, error))
    return FALSE;
  if (work->preset != NULL && *work->preset != '\0' &&
      !apply_preset (work, work->group, work->preset, text, error))
    return FALSE;

  return write_choices (work, text, error);
}

static guint
count_errors (StrataLayer *layer)
{
  g_autoptr(GPtrArray) problems = strata_validate_layer (layer, NULL);

  return strata_problem_count (problems, STRATA_SEVERITY_ERROR);
}

static StrataLayerOutcome *
look_at (StrataLayerWork *work,
         const char      *text)
{
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  StrataLayerOutcome *outcome = g_new0 (StrataLayerOutcome, 1);

  outcome->layer = strata_layer_with_values (work->layer, values);
  g_set_object (&outcome->pack, work->pack);
  outcome->name_space = strata_values_get_namespace (text);
  outcome->order = strata_values_get_install_order (text);
  outcome->presets = read_presets (work->pack, text);
  outcome->n_errors = count_errors (outcome->layer);
  outcome->digest = strata_layer_facts_digest (outcome->layer);
  outcome->images = strata_values_list_images (outcome->layer);

  return outcome;
}

/**
 * strata_layer_work_run:
 * @work: a #StrataLayerWork; changed, so run it once
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Fetches what is not there, changes the values as text, and reads from them what they say now. Blocks; meant for a
 * #StrataJob.
 *
 * Returns: (transfer full) (nullable): a #StrataLayerOutcome
 */
gpointer
strata_layer_work_run (gpointer       work,
                       GCancellable  *cancellable,
                       GError       **error)
{
  StrataLayerWork *self = work;

  if (!fetch (self, cancellable, error))
    return NULL;

  g_autofree char *text = g_strdup (strata_layer_get_text (self->layer));

  if (!change_text (self, &text, error))
    return NULL;

  return look_at (self, text);
}
