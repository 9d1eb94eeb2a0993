/* strata-appliance-layer.c - one layer of the profile that an appliance runs, and how far it is there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-layer"

#include "strata-appliance-layer.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. Thousands of appliances
 * run the same few layers, so each text is there once. */
struct _StrataApplianceLayer
{
  GObject                    parent_instance;
  StrataApplianceLayerFacts  facts;  /* (owned): its texts are GRefStrings */
};

G_DEFINE_FINAL_TYPE (StrataApplianceLayer, strata_appliance_layer, G_TYPE_OBJECT)

/* As the console's API spells them. */
static const char *const condition_names[] = {
  [STRATA_CONDITION_UNKNOWN] = "",
  [STRATA_CONDITION_WAITING] = "WaitingForOtherLayers",
  [STRATA_CONDITION_FETCHED] = "ReadyForInstall",
  [STRATA_CONDITION_INSTALLED] = "Installed",
  [STRATA_CONDITION_READY] = "Ready",
  [STRATA_CONDITION_OUTDATED] = "UpgradeAvailable",
  [STRATA_CONDITION_ERROR] = "Error",
};

static const char *
share (const char *text)
{
  return g_ref_string_new_intern (text != NULL ? text : "");
}

static void
release (const char *text)
{
  g_ref_string_release ((char *) text);
}

static void
strata_appliance_layer_finalize (GObject *object)
{
  StrataApplianceLayer *self = STRATA_APPLIANCE_LAYER (object);

  release (self->facts.name);
  release (self->facts.assigned);
  release (self->facts.there);
  release (self->facts.digest);
  release (self->facts.stamp);
  release (self->facts.message);

  G_OBJECT_CLASS (strata_appliance_layer_parent_class)->finalize (object);
}

static void
strata_appliance_layer_class_init (StrataApplianceLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_layer_finalize;
}

static void
strata_appliance_layer_init (StrataApplianceLayer *self)
{
}

/**
 * strata_appliance_layer_new:
 * @facts: what is known of it; copied
 *
 * Returns: (transfer full): a layer of an appliance
 */
StrataApplianceLayer *
strata_appliance_layer_new (const StrataApplianceLayerFacts *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);

  StrataApplianceLayer *self = g_object_new (STRATA_TYPE_APPLIANCE_LAYER, NULL);

  self->facts = *facts;
  self->facts.name = share (facts->name);
  self->facts.assigned = share (facts->assigned);
  self->facts.there = share (facts->there);
  self->facts.digest = share (facts->digest);
  self->facts.stamp = share (facts->stamp);
  self->facts.message = share (facts->message);

  return self;
}

/**
 * strata_appliance_layer_get_facts:
 * @self: a layer of an appliance
 *
 * Returns: (transfer none): all that is known of it; no member is %NULL
 */
const StrataApplianceLayerFacts *
strata_appliance_layer_get_facts (StrataApplianceLayer *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (self), NULL);

  return &self->facts;
}

/**
 * strata_appliance_layer_new_after:
 * @self: a layer as it is now
 * @before: the same layer as it was before
 * @when: when the profile was changed, in microseconds since 1970
 *
 * Returns: (transfer full): @self with when what is assigned of it was seen to move
 */
StrataApplianceLayer *
strata_appliance_layer_new_after (StrataApplianceLayer *self,
                                  StrataApplianceLayer *before,
                                  gint64                when)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (self), NULL);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (before), NULL);

  StrataApplianceLayerFacts facts = self->facts;
  gboolean are_known = *facts.stamp != '\0' && *before->facts.stamp != '\0';

  facts.changed = are_known && facts.stamp != before->facts.stamp ? when : before->facts.changed;

  return strata_appliance_layer_new (&facts);
}

/**
 * strata_appliance_layer_equal:
 * @self: a layer of an appliance
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_appliance_layer_equal (StrataApplianceLayer *self,
                              StrataApplianceLayer *other)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (self), FALSE);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (other), FALSE);

  const StrataApplianceLayerFacts *a = &self->facts, *b = &other->facts;

  /* Shared texts are one address. */
  return self == other ||
         (a->name == b->name && a->kind == b->kind && a->assigned == b->assigned &&
          a->there == b->there && a->digest == b->digest && a->condition == b->condition &&
          a->message == b->message && a->since == b->since && a->said == b->said &&
          a->stamp == b->stamp && a->changed == b->changed);
}

/**
 * strata_condition_from_string:
 * @text: (nullable): a condition as the console's API spells it
 *
 * Returns: the condition; %STRATA_CONDITION_UNKNOWN for one that is not known here
 */
StrataCondition
strata_condition_from_string (const char *text)
{
  for (guint i = 1; text != NULL && i < G_N_ELEMENTS (condition_names); i++)
    if (g_str_equal (text, condition_names[i]))
      return (StrataCondition) i;

  return STRATA_CONDITION_UNKNOWN;
}

/**
 * strata_condition_to_string:
 * @condition: a condition
 *
 * Returns: (transfer none): @condition as the console's API spells it; "" for %STRATA_CONDITION_UNKNOWN
 */
const char *
strata_condition_to_string (StrataCondition condition)
{
  g_return_val_if_fail ((guint) condition < G_N_ELEMENTS (condition_names), "");

  return condition_names[condition];
}
