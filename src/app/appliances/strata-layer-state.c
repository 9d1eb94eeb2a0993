/* strata-layer-state.c - one line of the details of an appliance: a layer there, and in its profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-state"

#include "strata-layer-state.h"

#include <glib/gi18n.h>

#include "strata-standing-text.h"

struct _StrataLayerState
{
  GObject             parent_instance;
  StrataLayerKind     kind;
  StrataStandingKind  standing;
  gboolean            is_waiting;
  char               *name;       /* (owned) (not nullable) */
  char               *there;      /* (owned) (not nullable) */
  char               *wanted;     /* (owned) (not nullable) */
  char               *condition;  /* (owned) (not nullable) */
  char               *message;    /* (owned) (not nullable) */
  gint64              since;
};

G_DEFINE_FINAL_TYPE (StrataLayerState, strata_layer_state, G_TYPE_OBJECT)

static void
strata_layer_state_finalize (GObject *object)
{
  StrataLayerState *self = STRATA_LAYER_STATE (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->there, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->condition, g_free);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (strata_layer_state_parent_class)->finalize (object);
}

static void
strata_layer_state_class_init (StrataLayerStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_layer_state_finalize;
}

static void
strata_layer_state_init (StrataLayerState *self)
{
}

/* A layer of manifests has no version; how many files it has is what there is to say. */
static char *
say_wanted (const StrataTargetLayer *wanted,
            gboolean                 has_target)
{
  if (wanted == NULL)
    return g_strdup (has_target ? _("Removed") : "–");
  if (*wanted->version != '\0')
    return g_strdup (wanted->version);
  if (wanted->n_manifests > 0)
    return g_strdup_printf (ngettext ("%u file", "%u files", wanted->n_manifests),
                            wanted->n_manifests);

  return g_strdup ("–");
}

static char *
say_there (const StrataApplianceLayerFacts *facts)
{
  if (*facts->there != '\0')
    return g_strdup (facts->there);
  if (facts->condition == STRATA_CONDITION_READY)
    return g_strdup (_("Applied"));

  return g_strdup ("–");
}

static char *
say_message (const StrataApplianceLayerFacts *facts,
             StrataStandingKind               standing)
{
  if (*facts->message != '\0')
    return g_strdelimit (g_strdup (facts->message), "\r\n\t", ' ');
  if (facts->condition == STRATA_CONDITION_WAITING)
    return g_strdup (_("Starts when the layer below is ready"));
  if (standing == STRATA_STANDING_BEHIND)
    return g_strdup (_("The profile has another one"));

  return g_strdup ("");
}

static StrataLayerState *
make_state (StrataApplianceLayer  *layer,
            StrataApplianceTarget *target,
            gboolean               is_detailed)
{
  StrataLayerState *self = g_object_new (STRATA_TYPE_LAYER_STATE, NULL);
  const StrataApplianceLayerFacts *facts = strata_appliance_layer_get_facts (layer);
  const StrataTargetLayer *wanted =
    target != NULL ? strata_appliance_target_find (target, facts->name) : NULL;

  self->standing = strata_standing_judge_layer (layer, target, is_detailed);
  self->is_waiting =
    facts->condition == STRATA_CONDITION_WAITING || facts->condition == STRATA_CONDITION_UNKNOWN;
  self->name = g_strdup (facts->name);
  self->kind = facts->kind;
  self->there = say_there (facts);
  self->wanted = say_wanted (wanted, target != NULL);
  self->condition = g_strdup (strata_condition_say (layer, self->standing));
  self->message = say_message (facts, self->standing);
  self->since = facts->since;

  return self;
}

/* A layer of the profile that the appliance has never heard of. */
static StrataLayerState *
make_missing (const StrataTargetLayer *wanted)
{
  StrataLayerState *self = g_object_new (STRATA_TYPE_LAYER_STATE, NULL);

  self->standing = STRATA_STANDING_BEHIND;
  self->name = g_strdup (wanted->name);
  self->kind = wanted->kind;
  self->there = g_strdup ("–");
  self->wanted = say_wanted (wanted, TRUE);
  self->condition = g_strdup (_("Not there"));
  self->message = g_strdup (_("New in the profile"));

  return self;
}

static gboolean
has_layer (GPtrArray  *states,
           const char *name)
{
  for (guint i = 0; i < states->len; i++)
    if (g_str_equal (((StrataLayerState *) states->pdata[i])->name, name))
      return TRUE;

  return FALSE;
}

/**
 * strata_layer_state_list:
 * @appliance: an appliance
 * @target: (nullable): what its profile has
 *
 * Returns: (transfer full) (element-type StrataLayerState): its layers as a stack is drawn, the top first
 */
GPtrArray *
strata_layer_state_list (StrataAppliance       *appliance,
                         StrataApplianceTarget *target)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (appliance), NULL);

  GPtrArray *states = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *layers = strata_appliance_get_layers (appliance);
  gboolean is_detailed = strata_appliance_get_facts (appliance)->is_detailed;
  guint n_wanted = target != NULL ? strata_appliance_target_get_n_layers (target) : 0;

  for (guint i = layers->len; i > 0; i--)
    g_ptr_array_add (states, make_state (layers->pdata[i - 1], target, is_detailed));

  for (guint i = 0; i < n_wanted; i++)
    {
      const StrataTargetLayer *wanted = strata_appliance_target_get_layer (target, i);

      if (!has_layer (states, wanted->name))
        g_ptr_array_insert (states, 0, make_missing (wanted));
    }

  return states;
}

const char *
strata_layer_state_get_name (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), NULL);

  return self->name;
}

StrataLayerKind
strata_layer_state_get_kind (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), STRATA_LAYER_KIND_PACK);

  return self->kind;
}

StrataStandingKind
strata_layer_state_get_standing (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), STRATA_STANDING_UNKNOWN);

  return self->standing;
}

const char *
strata_layer_state_get_there (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), NULL);

  return self->there;
}

const char *
strata_layer_state_get_wanted (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), NULL);

  return self->wanted;
}

const char *
strata_layer_state_get_condition (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), NULL);

  return self->condition;
}

const char *
strata_layer_state_get_message (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), NULL);

  return self->message;
}

const char *
strata_layer_state_get_icon (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), NULL);

  if (self->is_waiting)
    return "content-loading-symbolic";

  return self->standing == STRATA_STANDING_FAILED     ? "dialog-error-symbolic"
         : self->standing == STRATA_STANDING_BEHIND   ? "software-update-available-symbolic"
         : self->standing == STRATA_STANDING_APPLYING ? "emblem-synchronizing-symbolic"
                                                      : "emblem-ok-symbolic";
}

/* When its condition began, in microseconds since 1970; 0 when that is not known. */
gint64
strata_layer_state_get_since (StrataLayerState *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_STATE (self), 0);

  return self->since;
}
