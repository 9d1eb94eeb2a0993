/* strata-change-item.c - one entry in the list of changes: a change, or the layer that the next ones are in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-change-item"

#include "strata-change-item.h"

struct _StrataChangeItem
{
  GObject             parent_instance;
  char               *layer;     /* (owned) (nullable): NULL for the profile's own data */
  const StrataChange *change;    /* (not owned) (nullable): NULL for a heading; lives in the comparison */
  const StrataChange *document;  /* (not owned) (nullable): the change of the whole document that it is in */
};

G_DEFINE_FINAL_TYPE (StrataChangeItem, strata_change_item, G_TYPE_OBJECT)

static void
strata_change_item_finalize (GObject *object)
{
  StrataChangeItem *self = STRATA_CHANGE_ITEM (object);

  g_clear_pointer (&self->layer, g_free);

  G_OBJECT_CLASS (strata_change_item_parent_class)->finalize (object);
}

static void
strata_change_item_class_init (StrataChangeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_change_item_finalize;
}

static void
strata_change_item_init (StrataChangeItem *self)
{
}

StrataChangeItem *
strata_change_item_new_heading (const char *layer)
{
  StrataChangeItem *self = g_object_new (STRATA_TYPE_CHANGE_ITEM, NULL);

  self->layer = g_strdup (layer);

  return self;
}

/* Both changes have to live longer. */
StrataChangeItem *
strata_change_item_new (const StrataChange *change,
                        const StrataChange *document)
{
  StrataChangeItem *self = g_object_new (STRATA_TYPE_CHANGE_ITEM, NULL);

  self->layer = g_strdup (change->layer);
  self->change = change;
  self->document = document;

  return self;
}

const char *
strata_change_item_get_layer (StrataChangeItem *self)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_ITEM (self), NULL);

  return self->layer;
}

/* (nullable): NULL for a heading */
const StrataChange *
strata_change_item_get_change (StrataChangeItem *self)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_ITEM (self), NULL);

  return self->change;
}

/* (nullable): the change itself where it is one of a whole document */
const StrataChange *
strata_change_item_get_document (StrataChangeItem *self)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_ITEM (self), NULL);

  return self->document;
}

/* Whether two entries, of two comparisons, are about the same place. */
gboolean
strata_change_item_is_same (StrataChangeItem *self,
                            StrataChangeItem *other)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_ITEM (self) && STRATA_IS_CHANGE_ITEM (other), FALSE);

  return (self->change == NULL) == (other->change == NULL) && g_strcmp0 (self->layer, other->layer) == 0 &&
         (self->change == NULL || (g_strcmp0 (self->change->document, other->change->document) == 0 &&
                                   g_strcmp0 (self->change->path, other->change->path) == 0));
}
