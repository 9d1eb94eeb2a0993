/* strata-appliance-layer.h - one layer of the profile that an appliance runs, and how far it is there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"

G_BEGIN_DECLS

/**
 * StrataCondition:
 * @STRATA_CONDITION_UNKNOWN: nothing is known of it
 * @STRATA_CONDITION_WAITING: it starts when another layer is ready
 * @STRATA_CONDITION_FETCHED: it is about to be installed
 * @STRATA_CONDITION_INSTALLED: it is installed and not ready yet
 * @STRATA_CONDITION_READY: it runs
 * @STRATA_CONDITION_OUTDATED: the console has a newer one for it
 * @STRATA_CONDITION_ERROR: it could not be installed
 *
 * What an appliance, or the console for it, last said of a layer.
 */
typedef enum
{
  STRATA_CONDITION_UNKNOWN,
  STRATA_CONDITION_WAITING,
  STRATA_CONDITION_FETCHED,
  STRATA_CONDITION_INSTALLED,
  STRATA_CONDITION_READY,
  STRATA_CONDITION_OUTDATED,
  STRATA_CONDITION_ERROR,
} StrataCondition;

/**
 * StrataApplianceLayerFacts:
 * @name: its name within the profile
 * @kind: what it is made of
 * @assigned: the version that the console has for the appliance, or ""
 * @there: the version that the appliance said it has, or ""
 * @digest: SHA-256 of the values that are assigned, or "" where they are not known
 * @stamp: moves with everything that is assigned, where the console tells; or ""
 * @changed: when @stamp was seen to move, in microseconds since 1970; 0 when it never was
 * @condition: how far it is
 * @message: why, in the appliance's own words, or ""
 * @since: when @condition began, in microseconds since 1970; 0 when that is not known
 * @said: when the appliance last did something with it, the same way
 *
 * What is known of a layer of an appliance. A member of it that is %NULL is taken as "".
 */
typedef struct
{
  const char      *name;
  StrataLayerKind  kind;
  const char      *assigned;
  const char      *there;
  const char      *digest;
  const char      *stamp;
  gint64           changed;
  StrataCondition  condition;
  const char      *message;
  gint64           since;
  gint64           said;
} StrataApplianceLayerFacts;

#define STRATA_TYPE_APPLIANCE_LAYER (strata_appliance_layer_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceLayer, strata_appliance_layer, STRATA, APPLIANCE_LAYER, GObject)

StrataApplianceLayer            *strata_appliance_layer_new       (const StrataApplianceLayerFacts *facts);

const StrataApplianceLayerFacts *strata_appliance_layer_get_facts (StrataApplianceLayer            *self);

StrataApplianceLayer            *strata_appliance_layer_new_after (StrataApplianceLayer            *self,
                                                                   StrataApplianceLayer            *before,
                                                                   gint64                           when);
gboolean                         strata_appliance_layer_equal     (StrataApplianceLayer            *self,
                                                                   StrataApplianceLayer            *other);

StrataCondition                  strata_condition_from_string     (const char                      *text);
const char                      *strata_condition_to_string       (StrataCondition                  condition);

G_END_DECLS
