/* strata-standing.h - how an appliance stands to its profile, and how sure that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-target.h"

G_BEGIN_DECLS

/**
 * StrataStandingKind:
 * @STRATA_STANDING_FAILED: a layer could not be installed
 * @STRATA_STANDING_BEHIND: layers are not what the profile has, and nothing is under way
 * @STRATA_STANDING_APPLYING: layers are on their way
 * @STRATA_STANDING_UNKNOWN: it was not heard of for too long, or what it should have is not known
 * @STRATA_STANDING_UNLINKED: it has no profile
 * @STRATA_STANDING_CURRENT: it was heard of, and has what the profile has
 *
 * How an appliance stands to its profile, the worst first.
 */
typedef enum
{
  STRATA_STANDING_FAILED,
  STRATA_STANDING_BEHIND,
  STRATA_STANDING_APPLYING,
  STRATA_STANDING_UNKNOWN,
  STRATA_STANDING_UNLINKED,
  STRATA_STANDING_CURRENT,
} StrataStandingKind;

#define STRATA_STANDING_N_KINDS (STRATA_STANDING_CURRENT + 1)

#define STRATA_TYPE_STANDING (strata_standing_get_type ())

G_DECLARE_FINAL_TYPE (StrataStanding, strata_standing, STRATA, STANDING, GObject)

StrataStanding     *strata_standing_new       (StrataAppliance        *appliance,
                                               StrataApplianceTarget  *target,
                                               gint64                  now);

StrataStandingKind  strata_standing_get_kind  (StrataStanding         *self);
StrataStandingKind  strata_standing_get_was   (StrataStanding         *self);
StrataLife          strata_standing_get_life  (StrataStanding         *self);
guint               strata_standing_get_n     (StrataStanding         *self);
guint               strata_standing_get_total (StrataStanding         *self);
const char         *strata_standing_get_layer (StrataStanding         *self);
const char *const  *strata_standing_get_names (StrataStanding         *self);
const char         *strata_standing_get_reason (StrataStanding        *self);
gint64              strata_standing_get_since (StrataStanding         *self);

gboolean            strata_standing_equal     (StrataStanding         *self,
                                               StrataStanding         *other);

StrataStandingKind  strata_standing_judge_layer (StrataApplianceLayer   *layer,
                                                 StrataApplianceTarget  *target,
                                                 gboolean                is_detailed);

G_END_DECLS
