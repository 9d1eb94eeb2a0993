/* strata-slot-list.c - the rows of a table as places that stay while what stands in them changes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-slot-list"

#include "strata-slot-list.h"

#define N_AT_ONCE 24u  /* so many rows of widgets go well within a frame */
#define N_KEPT 256u    /* more than a view makes rows for */
#define N_STEP 12u     /* as many as go beside what else a frame does */
#define STEP 16        /* milliseconds from one step to the next */
#define PAUSE 300      /* milliseconds, so that who types does not lose rows that the next letter brings back */

/* GTK 4.8 makes some two hundred rows of widgets for a view, whatever it shows, and to make or unmake them takes many
 * times as long as a frame. So the items are places that stay, and only what stands in them changes: rows come and go
 * at the end. And of those that go the first stay for a moment as vacant places, which are hidden: who types a word
 * into a filter takes rows away with one letter and brings them back with the next. */
typedef struct
{
  GPtrArray *slots;    /* (owned) (not nullable) (element-type StrataSlot): those taken first, then the vacant */
  guint      n_taken;
  guint      source;   /* lets the vacant go */
} StrataSlotListPrivate;

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (StrataSlotList, strata_slot_list, G_TYPE_OBJECT,
                         G_ADD_PRIVATE (StrataSlotList)
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static StrataSlotListPrivate *
get_private (gpointer self)
{
  return strata_slot_list_get_instance_private (self);
}

static GType
get_item_type (GListModel *model)
{
  return STRATA_TYPE_SLOT;
}

static guint
get_n_items (GListModel *model)
{
  return get_private (model)->slots->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataSlotListPrivate *priv = get_private (model);

  return position < priv->slots->len ? g_object_ref (priv->slots->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* Places that go let their widgets go first: nobody draws what is about to vanish. */
static void
shorten (StrataSlotList *self,
         guint           n_wanted)
{
  StrataSlotListPrivate *priv = get_private (self);
  guint n_old = priv->slots->len;

  if (n_wanted >= n_old)
    return;

  g_ptr_array_set_size (priv->slots, (int) n_wanted);
  g_list_model_items_changed (G_LIST_MODEL (self), n_wanted, n_old - n_wanted, 0);
}

static gboolean
trim_cb (gpointer user_data)
{
  StrataSlotList *self = STRATA_SLOT_LIST (user_data);
  StrataSlotListPrivate *priv = get_private (self);
  guint n_vacant = priv->slots->len - priv->n_taken;

  shorten (self, priv->slots->len - MIN (N_STEP, n_vacant));
  priv->source = n_vacant > N_STEP
                   ? g_timeout_add_full (G_PRIORITY_LOW, STEP, trim_cb, self, NULL)
                   : 0;

  return G_SOURCE_REMOVE;
}

static void
vacate (StrataSlotList *self,
        guint           n_kept)
{
  StrataSlotListPrivate *priv = get_private (self);

  for (guint i = priv->n_taken; i < n_kept; i++)
    strata_slot_set (priv->slots->pdata[i], NULL, FALSE);
  shorten (self, n_kept);

  g_clear_handle_id (&priv->source, g_source_remove);
  if (priv->slots->len > priv->n_taken)
    priv->source = g_timeout_add_full (G_PRIORITY_LOW, PAUSE, trim_cb, self, NULL);
}

static void
strata_slot_list_dispose (GObject *object)
{
  g_clear_handle_id (&get_private (object)->source, g_source_remove);

  G_OBJECT_CLASS (strata_slot_list_parent_class)->dispose (object);
}

static void
strata_slot_list_finalize (GObject *object)
{
  g_clear_pointer (&get_private (object)->slots, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_slot_list_parent_class)->finalize (object);
}

static void
strata_slot_list_class_init (StrataSlotListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_slot_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_slot_list_finalize;
}

static void
strata_slot_list_init (StrataSlotList *self)
{
  get_private (self)->slots = g_ptr_array_new_with_free_func (g_object_unref);
}

/* How many places something stands in; they are the first ones. */
guint
strata_slot_list_get_n_taken (StrataSlotList *self)
{
  g_return_val_if_fail (STRATA_IS_SLOT_LIST (self), 0);

  return get_private (self)->n_taken;
}

/* What stands there; %NULL beyond the last that is taken. */
gpointer
strata_slot_list_get_taken (StrataSlotList *self,
                            guint           position)
{
  g_return_val_if_fail (STRATA_IS_SLOT_LIST (self), NULL);

  StrataSlotListPrivate *priv = get_private (self);

  return position < MIN (priv->n_taken, priv->slots->len)
           ? strata_slot_get_item (priv->slots->pdata[position])
           : NULL;
}

/* Puts @places into the slots, from the first one on. */
void
strata_slot_list_show (StrataSlotList    *self,
                       const StrataPlace *places,
                       guint              n_places)
{
  g_return_if_fail (STRATA_IS_SLOT_LIST (self));
  g_return_if_fail (places != NULL || n_places == 0);

  StrataSlotListPrivate *priv = get_private (self);
  guint n_old = priv->slots->len;

  priv->n_taken = n_places;
  if (n_places + N_AT_ONCE >= n_old)
    vacate (self, n_places);
  else
    vacate (self, MAX (n_places, MIN (n_old, N_KEPT)));

  for (guint i = 0; i < n_places; i++)
    {
      if (i >= n_old)
        g_ptr_array_add (priv->slots, strata_slot_new ());
      strata_slot_set (priv->slots->pdata[i], places[i].item, places[i].is_inner);
    }

  if (n_places > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, n_places - n_old);
}

/* What is there shows something else: time has passed, or it is shown in another way. GTK 4.8 keeps the cells that are
 * there when only the factory of a column is another one. */
void
strata_slot_list_show_anew (StrataSlotList *self)
{
  g_return_if_fail (STRATA_IS_SLOT_LIST (self));

  StrataSlotListPrivate *priv = get_private (self);

  for (guint i = 0; i < priv->n_taken; i++)
    strata_slot_changed (priv->slots->pdata[i]);
}

/* Lets the vacant places go now: for what is about the last row, as to go to it, and about all of them. */
void
strata_slot_list_trim (StrataSlotList *self)
{
  g_return_if_fail (STRATA_IS_SLOT_LIST (self));

  StrataSlotListPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->source, g_source_remove);
  shorten (self, priv->n_taken);
}
