/* strata-diff-view.c - two texts line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-diff-view"

#include "strata-diff-view.h"

#include <glib/gi18n.h>

#include "strata-diff-model.h"
#include "strata-diff-row.h"
#include "strata-job.h"

struct _StrataDiffView
{
  AdwBin           parent_instance;
  StrataBlob      *old_text;   /* (owned) (nullable) */
  StrataBlob      *new_text;   /* (owned) (nullable) */
  StrataJob       *job;        /* (owned): gives a StrataDiffModel */
  StrataDiffModel *model;      /* (owned) (nullable) */
  int              hunk;       /* where the walk is; -1 before the first */
  gboolean         can_take;
  gboolean         is_inline;
  gboolean         is_whole;

  GtkListView     *list;
};

enum
{
  TAKE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDiffView, strata_diff_view, ADW_TYPE_BIN)

typedef struct
{
  StrataBlob *old_text;  /* (owned) */
  StrataBlob *new_text;  /* (owned) */
  gboolean    is_inline;
  gboolean    is_whole;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->old_text);
  g_clear_object (&order->new_text);
  g_free (order);
}

/* Runs in a worker thread. */
static gpointer
compare_run (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Order *order = data;

  return strata_diff_model_new (strata_blob_get_text (order->old_text), strata_blob_get_text (order->new_text),
                                order->is_inline, order->is_whole);
}

static void
compare (StrataDiffView *self)
{
  if (self->old_text == NULL)
    return;

  Order *order = g_new0 (Order, 1);

  order->old_text = g_object_ref (self->old_text);
  order->new_text = g_object_ref (self->new_text);
  order->is_inline = self->is_inline;
  order->is_whole = self->is_whole;
  strata_job_run (self->job, compare_run, order, order_free, g_object_unref);
}

static void
job_state_cb (StrataDiffView *self)
{
  if (strata_job_get_state (self->job) != STRATA_JOB_DONE)
    return;

  g_set_object (&self->model, strata_job_get_result (self->job));
  self->hunk = -1;

  GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

static void
take_cb (StrataDiffView *self,
         guint           hunk)
{
  if (self->model != NULL && hunk < strata_diff_model_get_n_hunks (self->model))
    g_signal_emit (self, signals[TAKE], 0, strata_diff_model_get_hunk (self->model, hunk));
}

static void
setup_cb (StrataDiffView *self,
          GtkListItem    *item)
{
  GtkWidget *row = strata_diff_row_new ();

  g_signal_connect_object (row, "take", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (StrataDiffView *self,
         GtkListItem    *item)
{
  strata_diff_row_show (STRATA_DIFF_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item),
                        self->can_take);
}

static void
strata_diff_view_dispose (GObject *object)
{
  StrataDiffView *self = STRATA_DIFF_VIEW (object);

  g_clear_object (&self->job);
  g_clear_object (&self->model);
  g_clear_object (&self->old_text);
  g_clear_object (&self->new_text);

  G_OBJECT_CLASS (strata_diff_view_parent_class)->dispose (object);
}

static void
strata_diff_view_class_init (StrataDiffViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_diff_view_dispose;
  signals[TAKE] = g_signal_new ("take", STRATA_TYPE_DIFF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
}

static void
strata_diff_view_init (StrataDiffView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "diff");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Lines"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), scrolled);

  self->hunk = -1;
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
}

/* What is taken over comes from @old_text. */
void
strata_diff_view_set_texts (StrataDiffView *self,
                            StrataBlob     *old_text,
                            StrataBlob     *new_text,
                            gboolean        can_take)
{
  g_return_if_fail (STRATA_IS_DIFF_VIEW (self));
  g_return_if_fail (STRATA_IS_BLOB (old_text) && STRATA_IS_BLOB (new_text));

  g_set_object (&self->old_text, old_text);
  g_set_object (&self->new_text, new_text);
  self->can_take = can_take;
  compare (self);
}

void
strata_diff_view_set_inline (StrataDiffView *self,
                             gboolean        is_inline)
{
  g_return_if_fail (STRATA_IS_DIFF_VIEW (self));

  if (self->is_inline == is_inline)
    return;

  self->is_inline = is_inline;
  compare (self);
}

/* With all the lines that are the same. */
void
strata_diff_view_set_whole (StrataDiffView *self,
                            gboolean        is_whole)
{
  g_return_if_fail (STRATA_IS_DIFF_VIEW (self));

  if (self->is_whole == is_whole)
    return;

  self->is_whole = is_whole;
  compare (self);
}

/* Goes to the next change. Returns FALSE when there is none in this text. */
gboolean
strata_diff_view_walk (StrataDiffView *self,
                       gboolean        forward)
{
  g_return_val_if_fail (STRATA_IS_DIFF_VIEW (self), FALSE);

  int n = self->model != NULL ? (int) strata_diff_model_get_n_hunks (self->model) : 0;
  int next = self->hunk + (forward ? 1 : -1);

  if (next < 0 || next >= n)
    return FALSE;

  self->hunk = next;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                              strata_diff_model_find_hunk (self->model, (guint) next));

  return TRUE;
}
