/* strata-fleet-private.h - what reading, asking for and keeping a fleet share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-fleet.h"

G_BEGIN_DECLS

/* An appliance, and how fresh its details are. */
typedef struct
{
  StrataAppliance *appliance;  /* (owned) (not nullable) */
  StrataStanding  *standing;   /* (owned) (nullable): NULL while the fleet is made */
  gint64           detailed;   /* when its details were asked for; 0 for never */
  gboolean         is_stale;   /* its record moved since */
  gboolean         is_urgent;  /* what its profile has moved since */
} StrataFleetItem;

/* What a profile has for its appliances. */
typedef struct
{
  StrataApplianceTarget *target;    /* (owned) (nullable): NULL where the console does not give it */
  gint64                 modified;  /* when the profile was changed, as its list says; 0 where that is not known */
} StrataFleetTarget;

struct _StrataFleet
{
  GObject     parent_instance;
  GPtrArray  *appliances;      /* (owned) (not nullable) (element-type StrataAppliance) */
  GArray     *items;           /* (owned) (not nullable) (element-type StrataFleetItem): in the same order */
  GHashTable *places;          /* (owned) (not nullable): uid -> place in both, from 1 on */
  GHashTable *targets;         /* (owned) (not nullable): uid of a profile -> StrataFleetTarget */
  gint64      asked;           /* when the console was asked, 0 for never */
  gint64      known;           /* the newest change of an appliance that was read */
  int         n_missing;       /* by how much the console's count of a list is over what it gave */
  gint64      known_profiles;  /* the newest change of a profile that was read, G_MAXINT64 before the first */
};

void         strata_fleet_add        (StrataFleet            *self,
                                      const StrataFleetItem  *item);
void         strata_fleet_add_target (StrataFleet            *self,
                                      const char             *uid,
                                      StrataApplianceTarget  *target,
                                      gint64                  modified);
void         strata_fleet_judge_all  (StrataFleet            *self,
                                      StrataFleet            *old);
StrataFleet *strata_fleet_read_lines (char                   *text);

G_END_DECLS
