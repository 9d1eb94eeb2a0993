/* strata-appliance-model.c - the rows of the board as a list, and how many there are of each kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-model"

#include "strata-appliance-model.h"

struct _StrataApplianceModel
{
  GObject     parent_instance;
  GPtrArray  *rows;   /* (owned) (not nullable) (element-type StrataApplianceRow) */
  GHashTable *by_uid; /* (owned) (not nullable): uid -> row of @rows */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataApplianceModel, strata_appliance_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return STRATA_TYPE_APPLIANCE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return STRATA_APPLIANCE_MODEL (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataApplianceModel *self = STRATA_APPLIANCE_MODEL (model);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
strata_appliance_model_finalize (GObject *object)
{
  StrataApplianceModel *self = STRATA_APPLIANCE_MODEL (object);

  g_clear_pointer (&self->by_uid, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_appliance_model_parent_class)->finalize (object);
}

static void
strata_appliance_model_class_init (StrataApplianceModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_model_finalize;
}

static void
strata_appliance_model_init (StrataApplianceModel *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
}

StrataApplianceModel *
strata_appliance_model_new (void)
{
  return g_object_new (STRATA_TYPE_APPLIANCE_MODEL, NULL);
}

/* The row that is there where nothing about it has changed, else a new one. */
static StrataApplianceRow *
renew_row (StrataApplianceModel *self,
           StrataFleet          *fleet,
           StrataAppliance      *appliance)
{
  g_autoptr(StrataStanding) standing = strata_fleet_judge (fleet, appliance);
  StrataApplianceRow *old =
    g_hash_table_lookup (self->by_uid, strata_appliance_get_uid (appliance));

  if (old != NULL && strata_appliance_row_shows (old, appliance, standing))
    return g_object_ref (old);

  return strata_appliance_row_new (appliance, standing);
}

static void
take_rows (StrataApplianceModel *self,
           GPtrArray            *rows)
{
  guint n_old = self->rows->len;

  g_hash_table_remove_all (self->by_uid);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (self->by_uid, (char *) strata_appliance_row_get_uid (rows->pdata[i]),
                         rows->pdata[i]);
  g_ptr_array_unref (self->rows);
  self->rows = rows;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, rows->len);
}

/**
 * strata_appliance_model_update:
 * @self: a model
 * @fleet: what a console said
 *
 * Makes the rows true to @fleet. What shows the same stays the same row, and where nothing has changed nothing is said;
 * else it is said once for all.
 */
void
strata_appliance_model_update (StrataApplianceModel *self,
                               StrataFleet          *fleet)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_MODEL (self));
  g_return_if_fail (STRATA_IS_FLEET (fleet));

  GPtrArray *appliances = strata_fleet_get_appliances (fleet);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_full (appliances->len, g_object_unref);
  gboolean has_changed = appliances->len != self->rows->len;

  for (guint i = 0; i < appliances->len; i++)
    {
      g_ptr_array_add (rows, renew_row (self, fleet, appliances->pdata[i]));
      has_changed = has_changed || rows->pdata[i] != self->rows->pdata[i];
    }

  if (has_changed)
    take_rows (self, g_steal_pointer (&rows));
}

/**
 * strata_appliance_model_get_counts:
 * @self: a model
 * @profile_uid: (nullable): to count only appliances of one profile
 * @counts: (out): how many stand how
 */
void
strata_appliance_model_get_counts (StrataApplianceModel  *self,
                                   const char            *profile_uid,
                                   StrataApplianceCounts *counts)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_MODEL (self));

  *counts = (StrataApplianceCounts){ 0 };

  for (guint i = 0; i < self->rows->len; i++)
    {
      StrataApplianceRow *row = self->rows->pdata[i];
      StrataAppliance *appliance = strata_appliance_row_get_appliance (row);
      const char *uid = strata_appliance_get_facts (appliance)->profile_uid;

      if (profile_uid != NULL && !g_str_equal (uid, profile_uid))
        continue;

      counts->all++;
      counts->by_kind[strata_standing_get_kind (strata_appliance_row_get_standing (row))]++;
    }
}

static int
compare_profiles (gconstpointer a,
                  gconstpointer b)
{
  const StrataApplianceFacts *one = strata_appliance_get_facts (*(StrataAppliance **) a);
  const StrataApplianceFacts *other = strata_appliance_get_facts (*(StrataAppliance **) b);
  int order = g_utf8_collate (one->profile_name, other->profile_name);

  return order != 0 ? order : g_strcmp0 (one->profile_version, other->profile_version);
}

/**
 * strata_appliance_model_list_profiles:
 * @self: a model
 *
 * Returns: (transfer full) (element-type StrataAppliance): one appliance of each profile, in the order of their names
 */
GPtrArray *
strata_appliance_model_list_profiles (StrataApplianceModel *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_MODEL (self), NULL);

  GPtrArray *examples = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->rows->len; i++)
    {
      StrataAppliance *appliance = strata_appliance_row_get_appliance (self->rows->pdata[i]);
      const char *uid = strata_appliance_get_facts (appliance)->profile_uid;

      if (*uid != '\0' && g_hash_table_add (seen, (char *) uid))
        g_ptr_array_add (examples, g_object_ref (appliance));
    }
  g_ptr_array_sort (examples, compare_profiles);

  return examples;
}

/**
 * strata_appliance_model_find:
 * @self: a model
 * @uid: an appliance
 *
 * Returns: (transfer none) (nullable): its row
 */
StrataApplianceRow *
strata_appliance_model_find (StrataApplianceModel *self,
                             const char           *uid)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_MODEL (self) && uid != NULL, NULL);

  return g_hash_table_lookup (self->by_uid, uid);
}
