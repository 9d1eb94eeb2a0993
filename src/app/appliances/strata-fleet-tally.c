/* strata-fleet-tally.c - how many appliances of each profile stand how
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet-tally"

#include "strata-fleet-tally.h"

#include <glib/gi18n.h>

struct _StrataFleetTally
{
  GObject     parent_instance;
  GHashTable *counts;    /* (owned) (not nullable): uid of a profile -> StrataApplianceCounts */
  gboolean    is_known;  /* somebody answered: who is not counted is not there */
};

G_DEFINE_FINAL_TYPE (StrataFleetTally, strata_fleet_tally, G_TYPE_OBJECT)

static void
strata_fleet_tally_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_FLEET_TALLY (object)->counts, g_hash_table_unref);

  G_OBJECT_CLASS (strata_fleet_tally_parent_class)->finalize (object);
}

static void
strata_fleet_tally_class_init (StrataFleetTallyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_fleet_tally_finalize;
}

static void
strata_fleet_tally_init (StrataFleetTally *self)
{
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
count (StrataFleetTally *self,
       StrataFleet      *fleet,
       StrataAppliance  *appliance)
{
  const char *uid = strata_appliance_get_facts (appliance)->profile_uid;
  g_autoptr(StrataStanding) standing = strata_fleet_judge (fleet, appliance);
  StrataApplianceCounts *counts = g_hash_table_lookup (self->counts, uid);

  if (counts == NULL)
    {
      counts = g_new0 (StrataApplianceCounts, 1);
      g_hash_table_insert (self->counts, g_strdup (uid), counts);
    }

  counts->all++;
  counts->by_kind[strata_standing_get_kind (standing)]++;
}

StrataFleetTally *
strata_fleet_tally_new (StrataFleet *fleet)
{
  g_return_val_if_fail (STRATA_IS_FLEET (fleet), NULL);

  StrataFleetTally *self = g_object_new (STRATA_TYPE_FLEET_TALLY, NULL);
  GPtrArray *appliances = strata_fleet_get_appliances (fleet);

  self->is_known = strata_fleet_get_asked (fleet) > 0;
  for (guint i = 0; i < appliances->len; i++)
    count (self, fleet, appliances->pdata[i]);

  return self;
}

/* To be freed: "12 of 14 current", "none yet"; "" while nobody was asked. */
char *
strata_fleet_tally_say (StrataFleetTally *self,
                        const char       *profile_uid)
{
  g_return_val_if_fail (STRATA_IS_FLEET_TALLY (self) && profile_uid != NULL, NULL);

  const StrataApplianceCounts *counts = g_hash_table_lookup (self->counts, profile_uid);

  if (counts == NULL)
    return g_strdup (self->is_known ? _("none yet") : "");

  return g_strdup_printf (_("%'u of %'u current"), counts->by_kind[STRATA_STANDING_CURRENT],
                             counts->all);
}

/* To be freed: the worst of what is not current, "2 failed"; "" where there is nothing. */
char *
strata_fleet_tally_say_rest (StrataFleetTally *self,
                             const char       *profile_uid)
{
  g_return_val_if_fail (STRATA_IS_FLEET_TALLY (self) && profile_uid != NULL, NULL);

  const StrataApplianceCounts *counts = g_hash_table_lookup (self->counts, profile_uid);

  if (counts == NULL)
    return g_strdup ("");
  if (counts->by_kind[STRATA_STANDING_FAILED] > 0)
    return g_strdup_printf (_("%'u failed"), counts->by_kind[STRATA_STANDING_FAILED]);
  if (counts->by_kind[STRATA_STANDING_BEHIND] > 0)
    return g_strdup_printf (_("%'u behind"), counts->by_kind[STRATA_STANDING_BEHIND]);
  if (counts->by_kind[STRATA_STANDING_APPLYING] > 0)
    return g_strdup_printf (_("%'u applying"), counts->by_kind[STRATA_STANDING_APPLYING]);
  if (counts->by_kind[STRATA_STANDING_UNKNOWN] > 0)
    return g_strdup_printf (_("%'u unknown"), counts->by_kind[STRATA_STANDING_UNKNOWN]);

  return g_strdup ("");
}
