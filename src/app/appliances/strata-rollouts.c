/* strata-rollouts.c - tells when a profile has come to all its appliances, and nobody was looking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-rollouts"

#include "strata-rollouts.h"

#include <glib/gi18n.h>

struct _StrataRollouts
{
  GObject     parent_instance;
  GHashTable *open;  /* (owned) (not nullable): uids of profiles that are on their way to somebody */
};

G_DEFINE_FINAL_TYPE (StrataRollouts, strata_rollouts, G_TYPE_OBJECT)

static void
strata_rollouts_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_ROLLOUTS (object)->open, g_hash_table_unref);

  G_OBJECT_CLASS (strata_rollouts_parent_class)->finalize (object);
}

static void
strata_rollouts_class_init (StrataRolloutsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_rollouts_finalize;
}

static void
strata_rollouts_init (StrataRollouts *self)
{
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

StrataRollouts *
strata_rollouts_new (void)
{
  return g_object_new (STRATA_TYPE_ROLLOUTS, NULL);
}

static char *
say_end (const StrataApplianceFacts  *facts,
         const StrataApplianceCounts *counts)
{
  guint n_failed = counts->by_kind[STRATA_STANDING_FAILED];
  guint n_current = counts->by_kind[STRATA_STANDING_CURRENT];

  if (n_failed > 0)
    return g_strdup_printf (
      ngettext ("%s %s: %'u of %'u appliance is current, %'u failed",
                "%s %s: %'u of %'u appliances are current, %'u failed", counts->all),
      facts->profile_name, facts->profile_version, n_current, counts->all, n_failed);

  return g_strdup_printf (ngettext ("%s %s: %'u of %'u appliance is current",
                                    "%s %s: %'u of %'u appliances are current", counts->all),
                          facts->profile_name, facts->profile_version, n_current, counts->all);
}

/**
 * strata_rollouts_find_ends:
 * @self: the roll-outs that were seen before
 * @model: the appliances now
 *
 * A roll-out is open while an appliance that was heard of is behind or takes layers. It has ended when none is.
 *
 * Returns: (transfer full) (element-type utf8): a sentence for each that has ended since the last call
 */
GPtrArray *
strata_rollouts_find_ends (StrataRollouts       *self,
                           StrataApplianceModel *model)
{
  g_return_val_if_fail (STRATA_IS_ROLLOUTS (self), NULL);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_MODEL (model), NULL);

  GPtrArray *ends = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) profiles = strata_appliance_model_list_profiles (model);

  for (guint i = 0; i < profiles->len; i++)
    {
      const StrataApplianceFacts *facts = strata_appliance_get_facts (profiles->pdata[i]);
      StrataApplianceCounts counts;

      strata_appliance_model_get_counts (model, facts->profile_uid, &counts);
      if (counts.by_kind[STRATA_STANDING_BEHIND] + counts.by_kind[STRATA_STANDING_APPLYING] > 0)
        g_hash_table_add (self->open, g_strdup (facts->profile_uid));
      else if (g_hash_table_remove (self->open, facts->profile_uid))
        g_ptr_array_add (ends, say_end (facts, &counts));
    }

  return ends;
}

/* Tells the desktop of what has ended, unless a person sees it anyway. */
void
strata_rollouts_update (StrataRollouts       *self,
                        StrataApplianceModel *model,
                        gboolean              is_looked_at)
{
  g_autoptr(GPtrArray) ends = strata_rollouts_find_ends (self, model);
  GApplication *application = g_application_get_default ();

  for (guint i = 0; i < ends->len && !is_looked_at && application != NULL; i++)
    {
      g_autoptr(GNotification) notification = g_notification_new (_("Roll-Out Ended"));

      g_notification_set_body (notification, ends->pdata[i]);
      g_application_send_notification (application, NULL, notification);
    }
}
