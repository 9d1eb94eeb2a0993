/* strata-standing.c - how an appliance stands to its profile, and how sure that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-standing"

#include "strata-standing.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataStanding
{
  GObject             parent_instance;
  StrataStandingKind  kind;
  StrataStandingKind  was;     /* what was last true; @kind itself where that is known */
  StrataLife          life;
  guint               n;
  guint               total;
  char               *layer;   /* (owned) (nullable) */
  GStrv               names;   /* (owned) (nullable) */
  char               *reason;  /* (owned) (nullable) */
  gint64              since;
};

G_DEFINE_FINAL_TYPE (StrataStanding, strata_standing, G_TYPE_OBJECT)

static void
strata_standing_finalize (GObject *object)
{
  StrataStanding *self = STRATA_STANDING (object);

  g_clear_pointer (&self->layer, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (strata_standing_parent_class)->finalize (object);
}

static void
strata_standing_class_init (StrataStandingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_standing_finalize;
}

static void
strata_standing_init (StrataStanding *self)
{
}

/**
 * strata_standing_judge_layer:
 * @layer: a layer of an appliance
 * @target: (nullable): what the profile has
 * @is_detailed: whether the conditions of the appliance were asked for
 *
 * What the appliance says of a layer comes before what a comparison finds: it is the one that runs it. Where its
 * conditions were asked for, a layer that it says nothing of has not come there yet.
 *
 * Returns: how the layer stands: one of `FAILED`, `APPLYING`, `BEHIND` and `CURRENT`
 */
StrataStandingKind
strata_standing_judge_layer (StrataApplianceLayer  *layer,
                             StrataApplianceTarget *target,
                             gboolean               is_detailed)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (layer), STRATA_STANDING_UNKNOWN);

  const StrataApplianceLayerFacts *facts = strata_appliance_layer_get_facts (layer);

  switch (facts->condition)
    {
    case STRATA_CONDITION_ERROR:
      return STRATA_STANDING_FAILED;
    case STRATA_CONDITION_WAITING:
    case STRATA_CONDITION_FETCHED:
    case STRATA_CONDITION_INSTALLED:
      return STRATA_STANDING_APPLYING;
    case STRATA_CONDITION_OUTDATED:
      return STRATA_STANDING_BEHIND;
    case STRATA_CONDITION_UNKNOWN:
    case STRATA_CONDITION_READY:
    default:
      break;
    }

  if (facts->condition == STRATA_CONDITION_UNKNOWN && is_detailed)
    return STRATA_STANDING_APPLYING;
  if (target != NULL && strata_appliance_target_differs (target, layer))
    return STRATA_STANDING_BEHIND;
  if (facts->changed > 0 && facts->said > 0 && facts->said < facts->changed)
    return STRATA_STANDING_BEHIND;
  if (*facts->there != '\0' && *facts->assigned != '\0' &&
      !g_str_equal (facts->there, facts->assigned))
    return STRATA_STANDING_BEHIND;

  return STRATA_STANDING_CURRENT;
}

/* What all the layers say together. */
typedef struct
{
  guint                 n_current;
  guint                 n_applying;
  StrataApplianceLayer *failed;   /* (unowned) (nullable): the lowest */
  guint                 failed_at;
  StrataApplianceLayer *next;     /* (unowned) (nullable): the lowest that is not there yet */
  gint64                applying_since;
} Tally;

static void
count_applying (Tally                *tally,
                StrataApplianceLayer *layer)
{
  gint64 since = strata_appliance_layer_get_facts (layer)->since;

  tally->n_applying++;
  if (tally->next == NULL)
    tally->next = layer;
  if (since > 0 && (tally->applying_since == 0 || since < tally->applying_since))
    tally->applying_since = since;
}

static void
count_layers (Tally                 *tally,
              StrataAppliance       *appliance,
              StrataApplianceTarget *target,
              GStrvBuilder          *behind)
{
  GPtrArray *layers = strata_appliance_get_layers (appliance);
  gboolean is_detailed = strata_appliance_get_facts (appliance)->is_detailed;

  for (guint i = 0; i < layers->len; i++)
    switch (strata_standing_judge_layer (layers->pdata[i], target, is_detailed))
      {
      case STRATA_STANDING_FAILED:
        if (tally->failed == NULL)
          {
            tally->failed = layers->pdata[i];
            tally->failed_at = i + 1;
          }
        break;
      case STRATA_STANDING_APPLYING:
        count_applying (tally, layers->pdata[i]);
        break;
      case STRATA_STANDING_BEHIND:
        g_strv_builder_add (behind, strata_appliance_layer_get_facts (layers->pdata[i])->name);
        break;
      case STRATA_STANDING_UNKNOWN:
      case STRATA_STANDING_UNLINKED:
      case STRATA_STANDING_CURRENT:
      default:
        tally->n_current++;
      }
}

/* A profile may have got layers that the appliance never heard of. */
static void
add_missing (StrataAppliance       *appliance,
             StrataApplianceTarget *target,
             GStrvBuilder          *behind)
{
  GPtrArray *layers = strata_appliance_get_layers (appliance);
  g_autoptr(GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < layers->len; i++)
    g_hash_table_add (there, (char *) strata_appliance_layer_get_facts (layers->pdata[i])->name);

  for (guint i = 0; i < strata_appliance_target_get_n_layers (target); i++)
    {
      const char *name = strata_appliance_target_get_layer (target, i)->name;

      if (!g_hash_table_contains (there, name))
        g_strv_builder_add (behind, name);
    }
}

static void
set_failed (StrataStanding *self,
            const Tally    *tally)
{
  const StrataApplianceLayerFacts *facts = strata_appliance_layer_get_facts (tally->failed);

  self->was = STRATA_STANDING_FAILED;
  self->n = tally->failed_at;
  self->layer = g_strdup (facts->name);
  self->reason = g_strdup (facts->message);
  self->since = facts->since;
}

static void
set_applying (StrataStanding *self,
              const Tally    *tally)
{
  self->was = STRATA_STANDING_APPLYING;
  self->n = MIN (tally->n_current + 1, self->total);
  self->layer = g_strdup (strata_appliance_layer_get_facts (tally->next)->name);
  self->since = tally->applying_since;
}

static void
judge_layers (StrataStanding        *self,
              StrataAppliance       *appliance,
              StrataApplianceTarget *target)
{
  g_autoptr(GStrvBuilder) behind = g_strv_builder_new ();
  Tally tally = { 0 };

  count_layers (&tally, appliance, target, behind);
  if (target != NULL)
    add_missing (appliance, target, behind);

  self->total = strata_appliance_get_layers (appliance)->len;
  self->names = g_strv_builder_end (behind);

  if (tally.failed != NULL)
    set_failed (self, &tally);
  else if (tally.n_applying > 0)
    set_applying (self, &tally);
  else if (*self->names != NULL)
    {
      self->was = STRATA_STANDING_BEHIND;
      self->n = g_strv_length (self->names);
    }
  else
    self->was = target != NULL ? STRATA_STANDING_CURRENT : STRATA_STANDING_UNKNOWN;
}

/**
 * strata_standing_new:
 * @appliance: an appliance
 * @target: (nullable): what its profile has published; %NULL where that is not known
 * @now: the moment to judge it for, in microseconds since 1970: when the console was asked
 *
 * Judges how @appliance stands to its profile. One that was not heard of, or that the console does not say it heard
 * of, is never current: it is unknown, and what was last true is kept beside that.
 *
 * Returns: (transfer full): the standing
 */
StrataStanding *
strata_standing_new (StrataAppliance       *appliance,
                     StrataApplianceTarget *target,
                     gint64                 now)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (appliance), NULL);

  StrataStanding *self = g_object_new (STRATA_TYPE_STANDING, NULL);
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  StrataLife life = strata_appliance_get_life (appliance, now);

  if (*facts->profile_uid == '\0')
    self->was = STRATA_STANDING_UNLINKED;
  else if (life == STRATA_LIFE_UNPAIRED)
    self->was = STRATA_STANDING_UNKNOWN;
  else
    judge_layers (self, appliance, target);

  self->life = life;
  self->kind = self->was;
  if (life != STRATA_LIFE_RUNNING && life != STRATA_LIFE_STARTING)
    {
      self->kind = STRATA_STANDING_UNKNOWN;
      self->since = life == STRATA_LIFE_SILENT ? facts->heard : 0;
    }

  return self;
}

/**
 * strata_standing_get_kind:
 * @self: a standing
 *
 * Returns: how it is
 */
StrataStandingKind
strata_standing_get_kind (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), STRATA_STANDING_UNKNOWN);

  return self->kind;
}

/**
 * strata_standing_get_was:
 * @self: a standing
 *
 * Returns: what was last true of one that is unknown; of every other, how it is
 */
StrataStandingKind
strata_standing_get_was (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), STRATA_STANDING_UNKNOWN);

  return self->was;
}

/**
 * strata_standing_get_life:
 * @self: a standing
 *
 * Returns: what the appliance is doing
 */
StrataLife
strata_standing_get_life (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), STRATA_LIFE_UNKNOWN);

  return self->life;
}

/**
 * strata_standing_get_n:
 * @self: a standing
 *
 * Returns: how many layers are behind; which one failed or is being applied, counted from 1 at the bottom; else 0
 */
guint
strata_standing_get_n (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), 0);

  return self->n;
}

/**
 * strata_standing_get_total:
 * @self: a standing
 *
 * Returns: how many layers the appliance has
 */
guint
strata_standing_get_total (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), 0);

  return self->total;
}

/**
 * strata_standing_get_layer:
 * @self: a standing
 *
 * Returns: (transfer none) (nullable): the layer that failed, or the next one to be applied
 */
const char *
strata_standing_get_layer (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), NULL);

  return self->layer;
}

/**
 * strata_standing_get_names:
 * @self: a standing
 *
 * Returns: (transfer none) (nullable): the layers that are behind
 */
const char *const *
strata_standing_get_names (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), NULL);

  return (const char *const *) self->names;
}

/**
 * strata_standing_get_reason:
 * @self: a standing
 *
 * Returns: (transfer none) (nullable): why it failed, in the appliance's own words
 */
const char *
strata_standing_get_reason (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), NULL);

  return self->reason;
}

/**
 * strata_standing_get_since:
 * @self: a standing
 *
 * Returns: since when it failed, is being applied or was not heard of, in microseconds since 1970; 0 when that is not
 *   known
 */
gint64
strata_standing_get_since (StrataStanding *self)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self), 0);

  return self->since;
}

static gboolean
equal_names (GStrv a,
             GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/**
 * strata_standing_equal:
 * @self: a standing
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_standing_equal (StrataStanding *self,
                       StrataStanding *other)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self) && STRATA_IS_STANDING (other), FALSE);

  return self->kind == other->kind && self->was == other->was && self->life == other->life &&
         self->n == other->n && self->total == other->total && self->since == other->since &&
         g_strcmp0 (self->layer, other->layer) == 0 &&
         g_strcmp0 (self->reason, other->reason) == 0 && equal_names (self->names, other->names);
}
