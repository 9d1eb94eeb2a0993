/* strata-fleet-ask.c - a fleet from what a console says now, asking only for what moved
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet"

#include "strata-error.h"
#include "strata-fleet-private.h"

#define N_SMALL 500  /* so many are asked for one by one; of more only those with news that matter */
#define DETAILS_AGE (60 * G_USEC_PER_SEC)  /* a console need not say that an appliance reported */

/* Profiles */

static gboolean
is_not_ours (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN);
}

static gint64
find_stamp (GPtrArray  *stamps,
            const char *uid)
{
  for (guint i = 0; i < stamps->len; i++)
    if (g_str_equal (((StrataProfileStamp *) stamps->pdata[i])->uid, uid))
      return ((StrataProfileStamp *) stamps->pdata[i])->modified;

  return 0;
}

/* A profile that is gone, or is not for this account, is one that nothing is known of. */
static gboolean
ask_target (StrataFleet            *self,
            StrataConsole          *console,
            const char             *uid,
            StrataApplianceTarget  *before,
            gint64                  modified,
            GCancellable           *cancellable,
            GError                **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataApplianceTarget) target =
    strata_console_get_target (console, uid, cancellable, &reason);

  if (target == NULL && !is_not_ours (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  g_autoptr(StrataApplianceTarget) dated =
    target != NULL && before != NULL ? strata_appliance_target_new_after (target, before, modified)
                                     : NULL;

  strata_fleet_add_target (self, uid, dated != NULL ? dated : target, modified);

  return TRUE;
}

/* One that did not move since it was read is not asked for again. The stamps are only of what moved lately: one that
 * has none did not. */
static gboolean
add_target (StrataFleet    *self,
            StrataFleet    *old,
            StrataConsole  *console,
            const char     *uid,
            gint64          modified,
            GCancellable   *cancellable,
            GError        **error)
{
  StrataFleetTarget *known = g_hash_table_lookup (old->targets, uid);

  if (known == NULL || (modified != 0 && modified != known->modified))
    return ask_target (self, console, uid, known != NULL ? known->target : NULL, modified,
                       cancellable, error);

  strata_fleet_add_target (self, uid, known->target, known->modified);

  return TRUE;
}

static gboolean
add_targets (StrataFleet    *self,
             StrataFleet    *old,
             StrataConsole  *console,
             GPtrArray      *stamps,
             GCancellable   *cancellable,
             GError        **error)
{
  for (guint i = 0; i < self->appliances->len; i++)
    {
      const char *uid = strata_appliance_get_facts (self->appliances->pdata[i])->profile_uid;

      if (*uid != '\0' && !g_hash_table_contains (self->targets, uid) &&
          !add_target (self, old, console, uid, find_stamp (stamps, uid), cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static void
note_profiles (StrataFleet *self,
               StrataFleet *old,
               GPtrArray   *stamps)
{
  gint64 newest = old->known_profiles != G_MAXINT64 ? old->known_profiles : 0;

  for (guint i = 0; i < stamps->len; i++)
    newest = MAX (newest, ((StrataProfileStamp *) stamps->pdata[i])->modified);

  self->known_profiles = newest > 0 ? newest : G_MAXINT64;
}

/* Appliances */

static void
add_summary (StrataFleet     *self,
             StrataFleet     *old,
             StrataAppliance *summary)
{
  guint place =
    GPOINTER_TO_UINT (g_hash_table_lookup (old->places, strata_appliance_get_uid (summary)));
  StrataFleetItem item = { .appliance = summary };

  if (place == 0)
    return strata_fleet_add (self, &item);

  const StrataFleetItem *known = &g_array_index (old->items, StrataFleetItem, place - 1);
  g_autoptr(StrataAppliance) merged = strata_appliance_with_summary (known->appliance, summary);

  item = *known;
  item.is_stale = known->is_stale || strata_appliance_get_facts (summary)->modified !=
                                       strata_appliance_get_facts (known->appliance)->modified;
  item.appliance = strata_appliance_equal (merged, known->appliance) ? known->appliance : merged;
  strata_fleet_add (self, &item);
}

static void
add_all (StrataFleet *self,
         StrataFleet *old,
         GPtrArray   *list,
         gboolean     is_all)
{
  for (guint i = 0; i < list->len; i++)
    add_summary (self, old, list->pdata[i]);
  for (guint i = 0; !is_all && i < old->items->len; i++)
    strata_fleet_add (self, &g_array_index (old->items, StrataFleetItem, i));
}

/* What a layer has changed in says only the appliance's own record. */
static void
mark_moved (StrataFleet *self,
            StrataFleet *old)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      StrataFleetItem *item = &g_array_index (self->items, StrataFleetItem, i);
      const char *uid = strata_appliance_get_facts (item->appliance)->profile_uid;

      item->is_urgent |= strata_fleet_get_target (old, uid) != NULL &&
                         strata_fleet_get_target (old, uid) != strata_fleet_get_target (self, uid);
    }
}

/**
 * strata_fleet_refresh:
 * @self: what was known before; shared, not changed
 * @console: the console
 * @whole: whether to read the whole list, and not only what moved
 * @progress: (nullable) (scope call): told after each page of appliances
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Asks which appliances there are, what moved, and what their profiles have for them now: two calls where nothing did.
 * A profile is read when it is first needed and after it was changed. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the fleet now, or %NULL with an error as [method@Console.call] sets it
 */
StrataFleet *
strata_fleet_refresh (StrataFleet            *self,
                      StrataConsole          *console,
                      gboolean                whole,
                      StrataConsoleProgress   progress,
                      gpointer                progress_data,
                      GCancellable           *cancellable,
                      GError                **error)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && STRATA_IS_CONSOLE (console), NULL);

  g_autoptr(StrataFleet) fleet = strata_fleet_new ();
  gboolean is_all = FALSE;
  guint count = 0;

  fleet->asked = g_get_real_time ();

  g_autoptr(GPtrArray) stamps =
    strata_console_list_stamps (console, self->known_profiles, cancellable, error);
  if (stamps == NULL)
    return NULL;

  g_autoptr(GPtrArray) list = strata_console_list_appliances (
    console, whole ? 0 : self->known, &is_all, &count, progress, progress_data, cancellable, error);
  if (list == NULL)
    return NULL;

  add_all (fleet, self, list, is_all);

  fleet->n_missing = (int) count - (int) fleet->items->len;

  /* Some went away, or came with a time of long ago: only the whole list tells. */
  if (!is_all && fleet->n_missing != self->n_missing)
    return strata_fleet_refresh (self, console, TRUE, progress, progress_data, cancellable, error);

  if (!add_targets (fleet, self, console, stamps, cancellable, error))
    return NULL;

  note_profiles (fleet, self, stamps);
  mark_moved (fleet, self);
  strata_fleet_judge_all (fleet, self);

  return g_steal_pointer (&fleet);
}

/* Details */

typedef struct
{
  guint  place;
  guint  rank;  /* what matters first has the lowest */
  gint64 detailed;
} Wanted;

#define NOT_WANTED G_MAXUINT

static guint
rank_item (StrataFleet           *self,
           const StrataFleetItem *item,
           const char            *first)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (item->appliance);
  gboolean is_small = self->items->len <= N_SMALL;
  gboolean is_news = item->is_stale || item->is_urgent || !facts->is_detailed;

  if (first != NULL && g_str_equal (facts->uid, first))
    return 0;
  if (*facts->profile_uid == '\0' || !facts->is_paired)
    return NOT_WANTED;
  if (is_news && (facts->health == STRATA_UNHEALTHY || item->is_urgent))
    return 1;

  g_autoptr(StrataStanding) standing = strata_fleet_judge (self, item->appliance);
  StrataStandingKind kind = strata_standing_get_kind (standing);

  if (is_news && kind != STRATA_STANDING_CURRENT && kind != STRATA_STANDING_UNKNOWN)
    return 2;
  if (is_news && is_small)
    return 3;

  return is_small && self->asked - item->detailed > DETAILS_AGE ? 4 : NOT_WANTED;
}

static int
compare_wanted (gconstpointer a,
                gconstpointer b)
{
  const Wanted *one = a, *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;

  return (one->detailed > other->detailed) - (one->detailed < other->detailed);
}

static GArray *
list_wanted (StrataFleet *self,
             const char  *first,
             guint        max)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));

  for (guint i = 0; i < self->items->len; i++)
    {
      const StrataFleetItem *item = &g_array_index (self->items, StrataFleetItem, i);
      Wanted one = { i, rank_item (self, item, first), item->detailed };

      if (one.rank != NOT_WANTED)
        g_array_append_val (wanted, one);
    }

  g_array_sort (wanted, compare_wanted);
  if (wanted->len > max)
    g_array_set_size (wanted, max);

  return wanted;
}

/* One that was taken away meanwhile stays until the next list says so. */
static void
ask_one (StrataAppliance  *known,
         StrataConsole    *console,
         GHashTable       *fresh,
         GCancellable     *cancellable,
         GError          **error)
{
  const char *uid = strata_appliance_get_uid (known);
  g_autoptr(GError) reason = NULL;
  StrataAppliance *appliance = strata_console_get_appliance (console, uid, cancellable, &reason);

  if (appliance != NULL)
    g_hash_table_insert (fresh, g_strdup (uid), appliance);
  else if (!is_not_ours (reason))
    g_propagate_error (error, g_steal_pointer (&reason));
}

/* What moved since it was last read is told from the two. */
static StrataAppliance *
date_layers (StrataFleet     *self,
             StrataAppliance *appliance,
             StrataAppliance *before)
{
  const char *uid = strata_appliance_get_facts (appliance)->profile_uid;
  StrataFleetTarget *target = g_hash_table_lookup (self->targets, uid);
  gint64 when = target != NULL && target->modified > 0 ? target->modified : self->asked;

  return strata_appliance_new_after (appliance, before, when);
}

static StrataFleet *
copy_with (StrataFleet *self,
           GHashTable  *fresh)
{
  StrataFleet *fleet = strata_fleet_new ();
  GHashTableIter iter;
  gpointer uid, entry;

  for (guint i = 0; i < self->items->len; i++)
    {
      StrataFleetItem item = g_array_index (self->items, StrataFleetItem, i);
      StrataAppliance *appliance =
        g_hash_table_lookup (fresh, strata_appliance_get_uid (item.appliance));

      g_autoptr(StrataAppliance) dated =
        appliance != NULL ? date_layers (self, appliance, item.appliance) : NULL;

      if (dated != NULL)
        item = (StrataFleetItem){ .appliance = dated, .detailed = self->asked };
      strata_fleet_add (fleet, &item);
    }

  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, &uid, &entry))
    strata_fleet_add_target (fleet, uid, ((StrataFleetTarget *) entry)->target,
                             ((StrataFleetTarget *) entry)->modified);

  fleet->asked = self->asked;
  fleet->known = self->known;
  fleet->n_missing = self->n_missing;
  fleet->known_profiles = self->known_profiles;
  strata_fleet_judge_all (fleet, self);

  return fleet;
}

/**
 * strata_fleet_detail:
 * @self: what is known; shared, not changed
 * @console: the console
 * @first: (nullable): the uid of an appliance that somebody looks at
 * @max: the most calls to make
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Asks for how far the layers are, of those appliances first where it matters: @first, those that are unwell or whose
 * profile moved, then what has news. Of a large fleet not all are ever asked for one by one. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the fleet with what was answered; %NULL with an error when nothing was
 */
StrataFleet *
strata_fleet_detail (StrataFleet    *self,
                     StrataConsole  *console,
                     const char     *first,
                     guint           max,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && STRATA_IS_CONSOLE (console), NULL);

  g_autoptr(GArray) wanted = list_wanted (self, first, max);
  g_autoptr(GHashTable) fresh =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr(GError) reason = NULL;

  for (guint i = 0; i < wanted->len && reason == NULL; i++)
    ask_one (self->appliances->pdata[g_array_index (wanted, Wanted, i).place], console, fresh,
             cancellable, &reason);

  if (reason != NULL && g_hash_table_size (fresh) == 0)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return g_hash_table_size (fresh) > 0 ? copy_with (self, fresh) : g_object_ref (self);
}
