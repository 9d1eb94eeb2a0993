/* strata-appliance.c - one appliance as the console last knew it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance"

#include "strata-appliance.h"

#include <string.h>

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataAppliance
{
  GObject               parent_instance;
  StrataApplianceFacts  facts;   /* (owned): its texts are GRefStrings */
  GPtrArray            *layers;  /* (owned) (not nullable) (element-type StrataApplianceLayer): the bottom first */
};

G_DEFINE_FINAL_TYPE (StrataAppliance, strata_appliance, G_TYPE_OBJECT)

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
strata_appliance_finalize (GObject *object)
{
  StrataAppliance *self = STRATA_APPLIANCE (object);

  release (self->facts.uid);
  release (self->facts.name);
  release (self->facts.site);
  release (self->facts.health_message);
  release (self->facts.profile_uid);
  release (self->facts.profile_name);
  release (self->facts.profile_version);
  g_clear_pointer (&self->layers, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_appliance_parent_class)->finalize (object);
}

static void
strata_appliance_class_init (StrataApplianceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_finalize;
}

static void
strata_appliance_init (StrataAppliance *self)
{
}

/**
 * strata_appliance_new:
 * @facts: what is known of it; copied
 * @layers: (element-type StrataApplianceLayer): its layers, the bottom first
 *
 * Returns: (transfer full): an appliance
 */
StrataAppliance *
strata_appliance_new (const StrataApplianceFacts *facts,
                      GPtrArray                  *layers)
{
  g_return_val_if_fail (facts != NULL && layers != NULL, NULL);

  StrataAppliance *self = g_object_new (STRATA_TYPE_APPLIANCE, NULL);

  self->facts = *facts;
  self->facts.uid = share (facts->uid);
  self->facts.name = share (facts->name);
  self->facts.site = share (facts->site);
  self->facts.health_message = share (facts->health_message);
  self->facts.profile_uid = share (facts->profile_uid);
  self->facts.profile_name = share (facts->profile_name);
  self->facts.profile_version = share (facts->profile_version);
  self->layers = g_ptr_array_ref (layers);

  return self;
}

/**
 * strata_appliance_get_facts:
 * @self: an appliance
 *
 * Returns: (transfer none): all that is known of it but its layers; no text is %NULL
 */
const StrataApplianceFacts *
strata_appliance_get_facts (StrataAppliance *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self), NULL);

  return &self->facts;
}

/**
 * strata_appliance_get_uid:
 * @self: an appliance
 *
 * Returns: (transfer none): what the console knows it by
 */
const char *
strata_appliance_get_uid (StrataAppliance *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self), NULL);

  return self->facts.uid;
}

/**
 * strata_appliance_get_layers:
 * @self: an appliance
 *
 * Returns: (transfer none) (element-type StrataApplianceLayer): its layers, the bottom first
 */
GPtrArray *
strata_appliance_get_layers (StrataAppliance *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self), NULL);

  return self->layers;
}

static gboolean
has_condition (GPtrArray *layers)
{
  for (guint i = 0; i < layers->len; i++)
    if (strata_appliance_layer_get_facts (layers->pdata[i])->condition != STRATA_CONDITION_UNKNOWN)
      return TRUE;

  return FALSE;
}

/**
 * strata_appliance_get_life:
 * @self: an appliance
 * @now: the moment to judge it for, in microseconds since 1970
 *
 * Says what it is doing. A time of it that lies ahead of @now by more than an appliance may be silent says that two
 * clocks differ, and nothing about when it was heard of.
 *
 * Returns: what it is doing
 */
StrataLife
strata_appliance_get_life (StrataAppliance *self,
                           gint64           now)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self), STRATA_LIFE_UNKNOWN);

  gint64 silence = now - self->facts.heard;

  if (!self->facts.is_paired)
    return STRATA_LIFE_UNPAIRED;
  if (self->facts.heard <= 0 || silence < -STRATA_APPLIANCE_SILENT_AFTER)
    return STRATA_LIFE_UNKNOWN;
  if (silence > STRATA_APPLIANCE_SILENT_AFTER)
    return STRATA_LIFE_SILENT;
  if (self->facts.is_detailed && self->layers->len > 0 && !has_condition (self->layers))
    return STRATA_LIFE_STARTING;

  return STRATA_LIFE_RUNNING;
}

/* A list names the layers and what is assigned, in the order that details have them. */
static gboolean
has_same_layers (StrataAppliance *self,
                 StrataAppliance *summary)
{
  if (self->facts.profile_uid != summary->facts.profile_uid ||
      self->facts.profile_version != summary->facts.profile_version ||
      self->layers->len != summary->layers->len)
    return FALSE;

  for (guint i = 0; i < self->layers->len; i++)
    {
      const StrataApplianceLayerFacts *a =
        strata_appliance_layer_get_facts (self->layers->pdata[i]);
      const StrataApplianceLayerFacts *b =
        strata_appliance_layer_get_facts (summary->layers->pdata[i]);

      if (a->name != b->name || a->assigned != b->assigned)
        return FALSE;
    }

  return TRUE;
}

/**
 * strata_appliance_with_summary:
 * @self: an appliance whose conditions are known
 * @summary: the same one as a newer list has it, which says nothing of conditions
 *
 * Returns: (transfer full): the appliance as @summary says, with the conditions that @self knows where they are still
 *   about the same layers
 */
StrataAppliance *
strata_appliance_with_summary (StrataAppliance *self,
                               StrataAppliance *summary)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self) && STRATA_IS_APPLIANCE (summary), NULL);

  if (summary->facts.is_detailed || !self->facts.is_detailed || !has_same_layers (self, summary))
    return g_object_ref (summary);

  StrataApplianceFacts facts = summary->facts;

  facts.is_detailed = TRUE;
  facts.heard = MAX (facts.heard, self->facts.heard);

  return strata_appliance_new (&facts, self->layers);
}

static StrataApplianceLayer *
find_layer (StrataAppliance *self,
            const char      *name)
{
  for (guint i = 0; i < self->layers->len; i++)
    if (strata_appliance_layer_get_facts (self->layers->pdata[i])->name == name)
      return self->layers->pdata[i];

  return NULL;
}

/**
 * strata_appliance_new_after:
 * @self: an appliance as it is now
 * @before: the same one as it was before
 * @when: when its profile was last changed, in microseconds since 1970
 *
 * A change of a value alone moves no version. So what was seen to move of what is assigned is remembered: what the
 * appliance said of a layer before that is not about this one.
 *
 * Returns: (transfer full): @self with when each of its layers was changed
 */
StrataAppliance *
strata_appliance_new_after (StrataAppliance *self,
                            StrataAppliance *before,
                            gint64           when)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self) && STRATA_IS_APPLIANCE (before), NULL);

  g_autoptr(GPtrArray) layers = g_ptr_array_new_full (self->layers->len, g_object_unref);

  for (guint i = 0; i < self->layers->len; i++)
    {
      StrataApplianceLayer *layer = self->layers->pdata[i];
      StrataApplianceLayer *old =
        find_layer (before, strata_appliance_layer_get_facts (layer)->name);

      g_ptr_array_add (layers, old != NULL ? strata_appliance_layer_new_after (layer, old, when)
                                           : g_object_ref (layer));
    }

  return strata_appliance_new (&self->facts, layers);
}

static gboolean
equal_facts (const StrataApplianceFacts *a,
             const StrataApplianceFacts *b)
{
  /* Shared texts are one address. */
  return a->uid == b->uid && a->name == b->name && a->site == b->site &&
         a->is_paired == b->is_paired && a->is_detailed == b->is_detailed &&
         a->health == b->health && a->health_message == b->health_message &&
         a->profile_uid == b->profile_uid && a->profile_name == b->profile_name &&
         a->profile_version == b->profile_version && a->heard == b->heard &&
         a->modified == b->modified;
}

/**
 * strata_appliance_equal:
 * @self: an appliance
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_appliance_equal (StrataAppliance *self,
                        StrataAppliance *other)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (self) && STRATA_IS_APPLIANCE (other), FALSE);

  if (self == other)
    return TRUE;
  if (!equal_facts (&self->facts, &other->facts) || self->layers->len != other->layers->len)
    return FALSE;

  for (guint i = 0; i < self->layers->len; i++)
    if (!strata_appliance_layer_equal (self->layers->pdata[i], other->layers->pdata[i]))
      return FALSE;

  return TRUE;
}
