/* strata-appliance.h - one appliance as the console last knew it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-layer.h"

G_BEGIN_DECLS

/* The console has no "last seen", so an appliance is silent when nothing of it moved for so long. Appliances report
 * every few minutes at most. */
#define STRATA_APPLIANCE_SILENT_AFTER (10 * G_TIME_SPAN_MINUTE)

typedef enum
{
  STRATA_HEALTH_UNKNOWN,
  STRATA_HEALTHY,
  STRATA_UNHEALTHY,
} StrataHealth;

/**
 * StrataLife:
 * @STRATA_LIFE_UNKNOWN: the console does not say when it last heard of it
 * @STRATA_LIFE_UNPAIRED: the console expects it, and it never called
 * @STRATA_LIFE_STARTING: it called, and nothing of its layers is known yet
 * @STRATA_LIFE_RUNNING: it was heard of
 * @STRATA_LIFE_SILENT: it was not heard of for too long
 *
 * What an appliance is doing, at a moment.
 */
typedef enum
{
  STRATA_LIFE_UNKNOWN,
  STRATA_LIFE_UNPAIRED,
  STRATA_LIFE_STARTING,
  STRATA_LIFE_RUNNING,
  STRATA_LIFE_SILENT,
} StrataLife;

/**
 * StrataApplianceFacts:
 * @uid: what the console knows it by; any text
 * @name: what people call it
 * @site: where it stands, or ""
 * @is_paired: whether it ever called the console
 * @is_detailed: whether the conditions of its layers were asked for, and not only the list that has no conditions
 * @health: how it says it is
 * @health_message: why, in its own words, or ""
 * @profile_uid: the profile it is linked to, or ""
 * @profile_name: its name, or ""
 * @profile_version: its version, or ""
 * @heard: when something of it last moved, in microseconds since 1970; 0 when that is not known
 * @modified: when the console last changed its record of it, the same way: when this moves, there is news
 *
 * What is known of an appliance. A text that is %NULL is taken as "".
 */
typedef struct
{
  const char   *uid;
  const char   *name;
  const char   *site;
  gboolean      is_paired;
  gboolean      is_detailed;
  StrataHealth  health;
  const char   *health_message;
  const char   *profile_uid;
  const char   *profile_name;
  const char   *profile_version;
  gint64        heard;
  gint64        modified;
} StrataApplianceFacts;

#define STRATA_TYPE_APPLIANCE (strata_appliance_get_type ())

G_DECLARE_FINAL_TYPE (StrataAppliance, strata_appliance, STRATA, APPLIANCE, GObject)

StrataAppliance            *strata_appliance_new          (const StrataApplianceFacts  *facts,
                                                           GPtrArray                   *layers);

const StrataApplianceFacts *strata_appliance_get_facts    (StrataAppliance             *self);
const char                 *strata_appliance_get_uid      (StrataAppliance             *self);
GPtrArray                  *strata_appliance_get_layers   (StrataAppliance             *self);
StrataLife                  strata_appliance_get_life     (StrataAppliance             *self,
                                                           gint64                       now);

StrataAppliance            *strata_appliance_with_summary (StrataAppliance             *self,
                                                           StrataAppliance             *summary);
StrataAppliance            *strata_appliance_new_after    (StrataAppliance             *self,
                                                           StrataAppliance             *before,
                                                           gint64                       when);
gboolean                    strata_appliance_equal        (StrataAppliance             *self,
                                                           StrataAppliance             *other);

G_END_DECLS
