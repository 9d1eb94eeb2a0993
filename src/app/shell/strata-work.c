/* strata-work.c - something that takes its time: how far it is, and a way to stop it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-work"

#include "strata-work.h"

/* Any thread: the worker says how far it is, the window looks from time to time. */
struct _StrataWork
{
  GObject       parent_instance;
  char         *label;        /* (owned) (not nullable) */
  GCancellable *cancellable;  /* (owned) (not nullable) */
  int           n_done;       /* atomic */
  int           n_all;        /* atomic; 0 where it is not known */
};

G_DEFINE_FINAL_TYPE (StrataWork, strata_work, G_TYPE_OBJECT)

static void
strata_work_finalize (GObject *object)
{
  StrataWork *self = STRATA_WORK (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (strata_work_parent_class)->finalize (object);
}

static void
strata_work_class_init (StrataWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_work_finalize;
}

static void
strata_work_init (StrataWork *self)
{
  self->cancellable = g_cancellable_new ();
}

/* @label says what is done, as "Importing Files". */
StrataWork *
strata_work_new (const char *label)
{
  g_return_val_if_fail (label != NULL, NULL);

  StrataWork *self = g_object_new (STRATA_TYPE_WORK, NULL);

  self->label = g_strdup (label);

  return self;
}

const char *
strata_work_get_label (StrataWork *self)
{
  g_return_val_if_fail (STRATA_IS_WORK (self), NULL);

  return self->label;
}

/* What *Cancel* cancels. */
GCancellable *
strata_work_get_cancellable (StrataWork *self)
{
  g_return_val_if_fail (STRATA_IS_WORK (self), NULL);

  return self->cancellable;
}

/* From 0 to 1; -1 where nobody knows how much there is to do. */
double
strata_work_get_fraction (StrataWork *self)
{
  g_return_val_if_fail (STRATA_IS_WORK (self), -1.0);

  int n_all = g_atomic_int_get (&self->n_all);

  return n_all > 0 ? CLAMP ((double) g_atomic_int_get (&self->n_done) / n_all, 0.0, 1.0) : -1.0;
}

void
strata_work_set_progress (StrataWork *self,
                          guint       n_done,
                          guint       n_all)
{
  g_return_if_fail (STRATA_IS_WORK (self));

  g_atomic_int_set (&self->n_done, (int) n_done);
  g_atomic_int_set (&self->n_all, (int) n_all);
}
