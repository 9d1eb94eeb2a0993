/* strata-appliance-plan.c - what a profile on this computer has for its appliances, if it were published now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-plan"

#include "strata-appliance-plan.h"

#include <glib/gi18n.h>

#include "strata-job.h"

struct _StrataAppliancePlan
{
  GObject          parent_instance;
  StrataWorkspace *workspace;  /* (owned) (not nullable) */
  char            *uid;        /* (owned) (nullable): the profile */
  char            *head;       /* (owned) (nullable): the revision of it that was read */
  StrataJob       *job;        /* (owned) (not nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataAppliancePlan, strata_appliance_plan, G_TYPE_OBJECT)

/* What to read; touched by the worker only. */
typedef struct
{
  StrataStore *store;  /* (owned) */
  char        *id;     /* (owned) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->store);
  g_free (reading->id);
  g_free (reading);
}

static gpointer
read_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Reading *reading = data;
  g_autoptr(StrataProfile) profile =
    strata_store_load (reading->store, reading->id, cancellable, error);

  return profile != NULL ? strata_appliance_target_new_for_profile (profile) : NULL;
}

static StrataEntry *
find_entry (StrataAppliancePlan *self,
            const char          *uid)
{
  GListModel *profiles = G_LIST_MODEL (strata_workspace_get_profiles (self->workspace));
  guint n_profiles = g_list_model_get_n_items (profiles);

  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (profiles, i);

      /* One that only the console has is known by that alone. */
      if (g_str_equal (strata_entry_get_uid (entry), uid) ||
          g_str_equal (strata_entry_get_id (entry), uid))
        return g_steal_pointer (&entry);
    }

  return NULL;
}

static void
read_cb (StrataAppliancePlan *self)
{
  if (strata_job_get_state (self->job) != STRATA_JOB_RUNNING)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What is only at the console is what is published: nothing of it is other here. */
static void
read_profile (StrataAppliancePlan *self)
{
  g_autoptr(StrataEntry) entry = self->uid != NULL ? find_entry (self, self->uid) : NULL;
  const char *head =
    entry != NULL && !strata_entry_get_is_away (entry) ? strata_entry_get_head (entry) : NULL;

  if (head != NULL && g_strcmp0 (self->head, head) == 0)
    return;

  g_free (self->head);
  self->head = g_strdup (head);
  strata_job_cancel (self->job);
  if (head == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }

  Reading *reading = g_new0 (Reading, 1);

  reading->store = g_object_ref (strata_workspace_get_store (self->workspace));
  reading->id = g_strdup (strata_entry_get_id (entry));
  strata_job_run (self->job, read_thread, reading, reading_free, g_object_unref);
}

static void
strata_appliance_plan_dispose (GObject *object)
{
  StrataAppliancePlan *self = STRATA_APPLIANCE_PLAN (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_appliance_plan_parent_class)->dispose (object);
}

static void
strata_appliance_plan_finalize (GObject *object)
{
  StrataAppliancePlan *self = STRATA_APPLIANCE_PLAN (object);

  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->head, g_free);

  G_OBJECT_CLASS (strata_appliance_plan_parent_class)->finalize (object);
}

static void
strata_appliance_plan_class_init (StrataAppliancePlanClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_appliance_plan_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_plan_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STRATA_TYPE_APPLIANCE_PLAN, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_appliance_plan_init (StrataAppliancePlan *self)
{
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (read_cb), self,
                           G_CONNECT_SWAPPED);
}

StrataAppliancePlan *
strata_appliance_plan_new (StrataWorkspace *workspace)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (workspace), NULL);

  StrataAppliancePlan *self = g_object_new (STRATA_TYPE_APPLIANCE_PLAN, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (strata_workspace_get_profiles (workspace), "items-changed",
                           G_CALLBACK (read_profile), self, G_CONNECT_SWAPPED);

  return self;
}

/* %NULL for none; the plan follows what is saved of it. */
void
strata_appliance_plan_set_profile (StrataAppliancePlan *self,
                                   const char          *profile_uid)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_PLAN (self));

  if (g_strcmp0 (self->uid, profile_uid) == 0)
    return;

  g_free (self->uid);
  self->uid = g_strdup (profile_uid);
  g_clear_pointer (&self->head, g_free);
  read_profile (self);
}

/* %NULL while it is read, and for a profile that is not on this computer. */
StrataApplianceTarget *
strata_appliance_plan_get_target (StrataAppliancePlan *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_PLAN (self), NULL);

  return self->head != NULL && strata_job_get_state (self->job) == STRATA_JOB_DONE
           ? strata_job_get_result (self->job)
           : NULL;
}

/* The id of a profile in the workspace, to be freed; %NULL where there is none of that uid. */
char *
strata_appliance_plan_find_id (StrataAppliancePlan *self,
                               const char          *profile_uid)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_PLAN (self), NULL);

  g_autoptr(StrataEntry) entry = find_entry (self, profile_uid);

  return entry != NULL ? g_strdup (strata_entry_get_id (entry)) : NULL;
}

static guint
count_changes (StrataAppliancePlan   *self,
               StrataApplianceModel  *model,
               StrataApplianceTarget *plan,
               guint                 *n_all)
{
  guint n = 0;

  *n_all = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(StrataApplianceRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);
      StrataAppliance *appliance = strata_appliance_row_get_appliance (row);

      if (!g_str_equal (strata_appliance_get_facts (appliance)->profile_uid, self->uid))
        continue;

      g_auto(GStrv) names = strata_appliance_target_list_changes (plan, appliance);
      n += names[0] != NULL;
      (*n_all)++;
    }

  return n;
}

/* In one sentence, to be freed: how many of its appliances in @model would change, or why that is not known. */
char *
strata_appliance_plan_say (StrataAppliancePlan  *self,
                           StrataApplianceModel *model)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_PLAN (self) && self->uid != NULL, NULL);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_MODEL (model), NULL);

  StrataApplianceTarget *plan = strata_appliance_plan_get_target (self);
  const GError *error = strata_job_get_error (self->job);
  guint n_all = 0, n = plan != NULL ? count_changes (self, model, plan, &n_all) : 0;
  g_autofree char *id = strata_appliance_plan_find_id (self, self->uid);

  if (error != NULL)
    return g_strdup (error->message);
  if (plan == NULL)
    return g_strdup (
      id != NULL
      ? _("Open the profile to see what publishing it would change: it is only at the console.")
      : _("The profile of these appliances is not in this workspace."));

  return g_strdup_printf (
    ngettext ("If %s %s were published now, %'u of %'u appliance would change.",
              "If %s %s were published now, %'u of %'u appliances would change.", n_all),
    strata_appliance_target_get_name (plan), strata_appliance_target_get_version (plan), n, n_all);
}
