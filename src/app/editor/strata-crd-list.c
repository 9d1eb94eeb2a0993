/* strata-crd-list.c - the definitions of kinds that a person keeps, for all that check and complete
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-crd-list"

#include "strata-crd-list.h"

#include "strata-crd-shelf.h"
#include "strata-job.h"

struct _StrataCrdList
{
  GObject    parent_instance;
  StrataJob *job;    /* (owned) */
  GPtrArray *files;  /* (owned) (element-type StrataFile) */
  GPtrArray *texts;  /* (owned) (element-type StrataBlob): of those */
};

/* What is to be done before all is read anew. */
typedef struct
{
  GFile *add;     /* (owned) (nullable) */
  char  *remove;  /* (owned) (nullable) */
} Order;

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataCrdList, strata_crd_list, G_TYPE_OBJECT)

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->add);
  g_free (order->remove);
  g_free (order);
}

/* Runs in a worker thread. */
static gpointer
order_run (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Order *order = data;
  g_autofree char *folder = strata_crd_shelf_get_folder ();

  if (order->add != NULL && !strata_crd_shelf_add (folder, order->add, cancellable, error))
    return NULL;

  if (order->remove != NULL && !strata_crd_shelf_remove (folder, order->remove, error))
    return NULL;

  return strata_crd_shelf_read (folder, cancellable, error);
}

static void
take (StrataCrdList *self,
      GPtrArray     *files)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  self->files = g_ptr_array_ref (files);
  self->texts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->texts, g_object_ref (strata_file_get_content (g_ptr_array_index (files, i))));

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
state_cb (StrataCrdList *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    take (self, strata_job_get_result (self->job));
  else if (state == STRATA_JOB_FAILED)
    g_signal_emit (self, signals[FAILED], 0, strata_job_get_error (self->job)->message);
}

static void
run (StrataCrdList *self,
     GFile         *add,
     const char    *name)
{
  Order *order = g_new0 (Order, 1);

  g_set_object (&order->add, add);
  order->remove = g_strdup (name);
  strata_job_run (self->job, order_run, order, order_free, (GDestroyNotify) g_ptr_array_unref);
}

static void
strata_crd_list_dispose (GObject *object)
{
  StrataCrdList *self = STRATA_CRD_LIST (object);

  g_clear_object (&self->job);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_crd_list_parent_class)->dispose (object);
}

static void
strata_crd_list_class_init (StrataCrdListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_crd_list_dispose;

  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_CRD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", STRATA_TYPE_CRD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_crd_list_init (StrataCrdList *self)
{
  self->job = strata_job_new ();
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->texts = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
}

/* (transfer none): there are none in it until they are read, which "changed" tells */
StrataCrdList *
strata_crd_list_get_default (void)
{
  static StrataCrdList *list;

  if (list == NULL)
    {
      list = g_object_new (STRATA_TYPE_CRD_LIST, NULL);
      g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
      run (list, NULL, NULL);
    }

  return list;
}

/* (transfer none) (element-type StrataFile): by name */
GPtrArray *
strata_crd_list_get_files (StrataCrdList *self)
{
  g_return_val_if_fail (STRATA_IS_CRD_LIST (self), NULL);

  return self->files;
}

/* (transfer none) (element-type StrataBlob): what they say; never changed, only replaced */
GPtrArray *
strata_crd_list_get_texts (StrataCrdList *self)
{
  g_return_val_if_fail (STRATA_IS_CRD_LIST (self), NULL);

  return self->texts;
}

/* Keeps a copy of @file. */
void
strata_crd_list_add (StrataCrdList *self,
                     GFile         *file)
{
  g_return_if_fail (STRATA_IS_CRD_LIST (self));
  g_return_if_fail (G_IS_FILE (file));

  run (self, file, NULL);
}

void
strata_crd_list_remove (StrataCrdList *self,
                        const char    *name)
{
  g_return_if_fail (STRATA_IS_CRD_LIST (self));
  g_return_if_fail (name != NULL);

  run (self, NULL, name);
}
