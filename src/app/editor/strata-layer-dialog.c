/* strata-layer-dialog.c - when and where a layer is installed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-dialog"

#include "strata-layer-dialog.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-values.h"

/* What the two fields say. */
typedef struct
{
  StrataLayer *layer;       /* (owned) */
  char        *name_space;  /* (owned) */
  int          order;
} Choice;

struct _StrataLayerDialog
{
  AdwWindow       parent_instance;
  StrataLayer    *layer;    /* (owned) */
  StrataJob      *read;     /* (owned) */
  StrataJob      *write;    /* (owned) */

  AdwWindowTitle *title;
  GtkWidget      *accept;
  GtkWidget      *form;
  GtkSpinButton  *order;
  GtkEditable    *name_space;
  GtkLabel       *problem;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataLayerDialog, strata_layer_dialog, ADW_TYPE_WINDOW)

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_object (&choice->layer);
  g_clear_pointer (&choice->name_space, g_free);
  g_free (choice);
}

/* Runs in a worker thread. */
static gpointer
read_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  StrataLayer *layer = data;
  Choice *choice = g_new0 (Choice, 1);

  choice->layer = g_object_ref (layer);
  choice->order = strata_values_get_install_order (strata_layer_get_text (layer));
  choice->name_space = strata_values_get_namespace (strata_layer_get_text (layer));

  return choice;
}

/* Runs in a worker thread. An empty namespace stays as it is: nothing stands for "none". */
static gpointer
write_run (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Choice *choice = data;
  g_autofree char *ordered =
    strata_values_set_install_order (strata_layer_get_text (choice->layer), choice->order, error);

  if (ordered == NULL)
    return NULL;

  g_autofree char *placed = *choice->name_space == '\0'
                              ? g_strdup (ordered)
                              : strata_values_set_namespace (ordered, choice->name_space, error);

  if (placed == NULL)
    return NULL;

  g_autoptr(StrataBlob) values = strata_blob_new_text (placed);

  return strata_layer_with_values (choice->layer, values);
}

static void
read_state_cb (StrataLayerDialog *self)
{
  Choice *choice = strata_job_get_result (self->read);

  if (strata_job_get_state (self->read) != STRATA_JOB_DONE)
    return;

  gtk_spin_button_set_value (self->order, choice->order);
  gtk_editable_set_text (self->name_space, choice->name_space != NULL ? choice->name_space : "");
  gtk_widget_set_sensitive (self->form, TRUE);
  gtk_widget_set_sensitive (self->accept, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->order));
}

static void
write_state_cb (StrataLayerDialog *self)
{
  StrataJobState state = strata_job_get_state (self->write);

  if (state == STRATA_JOB_FAILED)
    gtk_label_set_label (self->problem, strata_job_get_error (self->write)->message);

  if (state != STRATA_JOB_DONE)
    return;

  g_signal_emit (self, signals[DONE], 0, strata_job_get_result (self->write));
  gtk_window_close (GTK_WINDOW (self));
}

static void
accept_cb (StrataLayerDialog *self)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->layer = g_object_ref (self->layer);
  choice->order = gtk_spin_button_get_value_as_int (self->order);
  choice->name_space = g_strstrip (g_strdup (gtk_editable_get_text (self->name_space)));
  strata_job_run (self->write, write_run, choice, choice_free, g_object_unref);
}

static void
strata_layer_dialog_dispose (GObject *object)
{
  StrataLayerDialog *self = STRATA_LAYER_DIALOG (object);

  g_clear_object (&self->read);
  g_clear_object (&self->write);
  g_clear_object (&self->layer);

  G_OBJECT_CLASS (strata_layer_dialog_parent_class)->dispose (object);
}

static void
strata_layer_dialog_class_init (StrataLayerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_layer_dialog_dispose;

  signals[DONE] = g_signal_new ("done", STRATA_TYPE_LAYER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, STRATA_TYPE_LAYER);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-layer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataLayerDialog, title);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerDialog, form);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerDialog, order);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerDialog, name_space);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
strata_layer_dialog_init (StrataLayerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->read = strata_job_new ();
  self->write = strata_job_new ();

  g_signal_connect_object (self->read, "notify::state", G_CALLBACK (read_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->write, "notify::state", G_CALLBACK (write_state_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
strata_layer_dialog_new (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  StrataLayerDialog *self = g_object_new (STRATA_TYPE_LAYER_DIALOG, NULL);

  self->layer = g_object_ref (layer);
  adw_window_title_set_subtitle (self->title, strata_layer_get_name (layer));
  strata_job_run (self->read, read_run, g_object_ref (layer), g_object_unref, choice_free);

  return GTK_WIDGET (self);
}
