/* strata-layer-state.h - one line of the details of an appliance: a layer there, and in its profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-fleet.h"

G_BEGIN_DECLS

/* A value. */
#define STRATA_TYPE_LAYER_STATE (strata_layer_state_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayerState, strata_layer_state, STRATA, LAYER_STATE, GObject)

GPtrArray          *strata_layer_state_list          (StrataAppliance        *appliance,
                                                      StrataApplianceTarget  *target);

const char         *strata_layer_state_get_name      (StrataLayerState       *self);
StrataLayerKind     strata_layer_state_get_kind      (StrataLayerState       *self);
StrataStandingKind  strata_layer_state_get_standing  (StrataLayerState       *self);
const char         *strata_layer_state_get_there     (StrataLayerState       *self);
const char         *strata_layer_state_get_wanted    (StrataLayerState       *self);
const char         *strata_layer_state_get_condition (StrataLayerState       *self);
const char         *strata_layer_state_get_message   (StrataLayerState       *self);
const char         *strata_layer_state_get_icon      (StrataLayerState       *self);
gint64              strata_layer_state_get_since     (StrataLayerState       *self);

G_END_DECLS
