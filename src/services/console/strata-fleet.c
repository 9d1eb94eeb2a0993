/* strata-fleet.c - all appliances of a console as they were at one moment, and what their profiles have for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet"

#include "strata-fleet-private.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. Asking again makes another
 * one that shares each appliance that did not move. */
G_DEFINE_FINAL_TYPE (StrataFleet, strata_fleet, G_TYPE_OBJECT)

static void
clear_item (gpointer data)
{
  StrataFleetItem *item = data;

  g_clear_object (&item->appliance);
  g_clear_object (&item->standing);
}

static void
free_target (gpointer data)
{
  StrataFleetTarget *target = data;

  g_clear_object (&target->target);
  g_free (target);
}

static void
strata_fleet_finalize (GObject *object)
{
  StrataFleet *self = STRATA_FLEET (object);

  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->appliances, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_hash_table_unref);

  G_OBJECT_CLASS (strata_fleet_parent_class)->finalize (object);
}

static void
strata_fleet_class_init (StrataFleetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_fleet_finalize;
}

static void
strata_fleet_init (StrataFleet *self)
{
  self->appliances = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_array_new (FALSE, FALSE, sizeof (StrataFleetItem));
  g_array_set_clear_func (self->items, clear_item);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_target);
  self->known_profiles = G_MAXINT64;
}

/**
 * strata_fleet_new:
 *
 * Returns: (transfer full): a fleet of nothing, before the console was asked
 */
StrataFleet *
strata_fleet_new (void)
{
  return g_object_new (STRATA_TYPE_FLEET, NULL);
}

/* While it is made: takes another reference. One uid is one appliance. */
void
strata_fleet_add (StrataFleet           *self,
                  const StrataFleetItem *item)
{
  StrataFleetItem copy = *item;
  const char *uid = strata_appliance_get_uid (item->appliance);

  if (g_hash_table_contains (self->places, uid))
    return;

  copy.appliance = g_object_ref (item->appliance);
  copy.standing = NULL;
  g_array_append_val (self->items, copy);
  g_ptr_array_add (self->appliances, g_object_ref (item->appliance));
  g_hash_table_insert (self->places, (char *) uid, GUINT_TO_POINTER (self->items->len));
  self->known = MAX (self->known, strata_appliance_get_facts (item->appliance)->modified);
}

/* While it is made. */
void
strata_fleet_add_target (StrataFleet           *self,
                         const char            *uid,
                         StrataApplianceTarget *target,
                         gint64                 modified)
{
  StrataFleetTarget *entry = g_new0 (StrataFleetTarget, 1);

  g_set_object (&entry->target, target);
  entry->modified = modified;
  g_hash_table_replace (self->targets, g_strdup (uid), entry);
}

/**
 * strata_fleet_get_appliances:
 * @self: a fleet
 *
 * Returns: (transfer none) (element-type StrataAppliance): all appliances, in no order
 */
GPtrArray *
strata_fleet_get_appliances (StrataFleet *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self), NULL);

  return self->appliances;
}

/**
 * strata_fleet_find:
 * @self: a fleet
 * @uid: an appliance
 *
 * Returns: (transfer none) (nullable): the appliance
 */
StrataAppliance *
strata_fleet_find (StrataFleet *self,
                   const char  *uid)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && uid != NULL, NULL);

  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, uid));

  return place > 0 ? self->appliances->pdata[place - 1] : NULL;
}

/**
 * strata_fleet_get_target:
 * @self: a fleet
 * @profile_uid: a profile
 *
 * Returns: (transfer none) (nullable): what it has for its appliances; %NULL where that is not known
 */
StrataApplianceTarget *
strata_fleet_get_target (StrataFleet *self,
                         const char  *profile_uid)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && profile_uid != NULL, NULL);

  StrataFleetTarget *entry = g_hash_table_lookup (self->targets, profile_uid);

  return entry != NULL ? entry->target : NULL;
}

/**
 * strata_fleet_get_asked:
 * @self: a fleet
 *
 * Returns: when the console was asked, in microseconds since 1970; 0 before the first time
 */
gint64
strata_fleet_get_asked (StrataFleet *self)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self), 0);

  return self->asked;
}

/**
 * strata_fleet_judge:
 * @self: a fleet
 * @appliance: one of its appliances
 *
 * Returns: (transfer full): how @appliance stood to its profile when the console was asked
 */
StrataStanding *
strata_fleet_judge (StrataFleet     *self,
                    StrataAppliance *appliance)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && STRATA_IS_APPLIANCE (appliance), NULL);

  guint place =
    GPOINTER_TO_UINT (g_hash_table_lookup (self->places, strata_appliance_get_uid (appliance)));
  const StrataFleetItem *item =
    place > 0 ? &g_array_index (self->items, StrataFleetItem, place - 1) : NULL;
  const char *uid = strata_appliance_get_facts (appliance)->profile_uid;

  if (item != NULL && item->standing != NULL && item->appliance == appliance)
    return g_object_ref (item->standing);

  return strata_standing_new (appliance, strata_fleet_get_target (self, uid), self->asked);
}

static StrataLife
get_life (StrataFleet     *self,
          StrataAppliance *appliance)
{
  return strata_appliance_get_life (appliance, self->asked);
}

/* (transfer full) (nullable): that of @old, where nothing that it is made from differs */
static StrataStanding *
find_standing (StrataFleet     *self,
               StrataFleet     *old,
               StrataAppliance *appliance)
{
  guint place =
    GPOINTER_TO_UINT (g_hash_table_lookup (old->places, strata_appliance_get_uid (appliance)));
  const StrataFleetItem *known =
    place > 0 ? &g_array_index (old->items, StrataFleetItem, place - 1) : NULL;
  const char *uid = strata_appliance_get_facts (appliance)->profile_uid;

  if (known == NULL || known->standing == NULL || known->appliance != appliance ||
      strata_fleet_get_target (old, uid) != strata_fleet_get_target (self, uid) ||
      get_life (old, appliance) != get_life (self, appliance))
    return NULL;

  return g_object_ref (known->standing);
}

/* The end of making it: judges each appliance once, where nobody waits for it. @old (nullable) is the fleet of before. */
void
strata_fleet_judge_all (StrataFleet *self,
                        StrataFleet *old)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      StrataFleetItem *item = &g_array_index (self->items, StrataFleetItem, i);
      StrataStanding *standing =
        old != NULL ? find_standing (self, old, item->appliance) : NULL;

      item->standing =
        standing != NULL ? standing : strata_fleet_judge (self, item->appliance);
    }
}
