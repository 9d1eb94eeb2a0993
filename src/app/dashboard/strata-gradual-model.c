/* strata-gradual-model.c - the first rows of a list at once, the others little by little
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-gradual-model"

#include "strata-gradual-model.h"

#define N_FIRST 16u     /* more than a window of the usual size shows */
#define N_SCREEN 40u    /* more than a tall one shows */
#define N_STEP 6u       /* as many as can be made within one frame */
#define N_KEPT 256u     /* more than that a view does not make rows for, and the rest comes at once */
#define STEP 16         /* milliseconds from one step to the next */
#define PAUSE 300       /* milliseconds, so that who types does not make rows that the next letter takes away */

/* GTK 4.8 keeps some two hundred rows alive whatever the window shows, and to make them all takes many times as long
 * as a frame. So a view is given what it can show, and the rest when there is time for it. */
struct _StrataGradualModel
{
  GObject     parent_instance;
  GListModel *model;   /* (owned) (not nullable) */
  guint       n_items; /* how many of it are there by now */
  guint       source;  /* adds more */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataGradualModel, strata_gradual_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (STRATA_GRADUAL_MODEL (model)->model);
}

static guint
get_n_items (GListModel *model)
{
  return STRATA_GRADUAL_MODEL (model)->n_items;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataGradualModel *self = STRATA_GRADUAL_MODEL (model);

  return position < self->n_items ? g_list_model_get_item (self->model, position) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
grow (StrataGradualModel *self,
      guint               n_wanted)
{
  guint n_old = self->n_items;

  self->n_items = MIN (n_wanted, g_list_model_get_n_items (self->model));
  if (self->n_items > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, self->n_items - n_old);
}

static gboolean step_cb (gpointer user_data);

static void
watch_rest (StrataGradualModel *self,
            guint               delay)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->n_items < g_list_model_get_n_items (self->model))
    self->source = g_timeout_add_full (G_PRIORITY_LOW, delay, step_cb, self, NULL);
}

/* What can be seen comes without a pause. */
static gboolean
step_cb (gpointer user_data)
{
  StrataGradualModel *self = STRATA_GRADUAL_MODEL (user_data);
  gboolean seen = self->n_items < N_SCREEN;

  self->source = 0;
  grow (self, self->n_items < N_KEPT ? self->n_items + N_STEP : G_MAXUINT);
  watch_rest (self, seen && self->n_items >= N_SCREEN ? PAUSE : STEP);

  return G_SOURCE_REMOVE;
}

static void
watch_changes (StrataGradualModel *self)
{
  watch_rest (self, self->n_items < N_SCREEN ? STEP : PAUSE);
}

/* What changes in place, by a little, or comes in between, does so here too: nobody loses the place in the list. */
static gboolean
is_another_list (StrataGradualModel *self,
                 guint               position,
                 guint               n_removed,
                 guint               n_added)
{
  if (n_added <= N_FIRST)
    return FALSE;

  return self->n_items <= N_FIRST || position == self->n_items ||
         (n_removed > 0 && n_removed != n_added);
}

static void
items_changed_cb (StrataGradualModel *self,
                  guint               position,
                  guint               n_removed,
                  guint               n_added)
{
  guint n_old = self->n_items;

  if (position > n_old || (position == n_old && n_removed > 0))
    return watch_changes (self);

  if (is_another_list (self, position, n_removed, n_added))
    {
      n_removed = n_old - position;
      n_added = position < N_FIRST ? N_FIRST - position : 0;
    }
  else if (n_removed > n_old - position)
    {
      /* Only a part of what changes is here yet. */
      n_removed = n_old - position;
      n_added = MIN (n_added, n_removed);
    }

  self->n_items = n_old - n_removed + n_added;
  watch_changes (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
strata_gradual_model_dispose (GObject *object)
{
  StrataGradualModel *self = STRATA_GRADUAL_MODEL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (strata_gradual_model_parent_class)->dispose (object);
}

static void
strata_gradual_model_class_init (StrataGradualModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_gradual_model_dispose;
}

static void
strata_gradual_model_init (StrataGradualModel *self)
{
}

StrataGradualModel *
strata_gradual_model_new (GListModel *model)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  StrataGradualModel *self = g_object_new (STRATA_TYPE_GRADUAL_MODEL, NULL);

  self->model = g_object_ref (model);
  self->n_items = MIN (N_FIRST, g_list_model_get_n_items (model));
  watch_changes (self);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* For what is about all rows, as to select them, or to go to the last one. */
void
strata_gradual_model_finish (StrataGradualModel *self)
{
  g_return_if_fail (STRATA_IS_GRADUAL_MODEL (self));

  g_clear_handle_id (&self->source, g_source_remove);
  grow (self, G_MAXUINT);
}
