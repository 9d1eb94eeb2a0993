/* strata-name-dialog.c - asks for a name and takes only one that may be used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-name-dialog"

#include "strata-name-dialog.h"

#include <glib/gi18n.h>

struct _StrataNameDialog
{
  AdwMessageDialog  parent_instance;
  StrataNameCheck   check;
  gpointer          user_data;
  GDestroyNotify    free_user_data;
  char             *name_before;  /* (owned): may always be kept */
  GtkEditable      *entry;        /* (unowned): the extra child */
};

enum
{
  NAMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataNameDialog, strata_name_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
changed_cb (StrataNameDialog *self)
{
  const char *name = gtk_editable_get_text (self->entry);
  gboolean same = g_str_equal (name, self->name_before);
  g_autoptr(GError) error = NULL;
  gboolean fine = !same && self->check (name, self->user_data, &error);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "accept", fine);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self),
                               same || error == NULL || *name == '\0' ? "" : error->message);
}

static void
response_cb (StrataNameDialog *self,
             const char       *response)
{
  if (g_str_equal (response, "accept"))
    g_signal_emit (self, signals[NAMED], 0, gtk_editable_get_text (self->entry));
}

static void
strata_name_dialog_finalize (GObject *object)
{
  StrataNameDialog *self = STRATA_NAME_DIALOG (object);

  if (self->free_user_data != NULL)
    self->free_user_data (self->user_data);

  g_clear_pointer (&self->name_before, g_free);

  G_OBJECT_CLASS (strata_name_dialog_parent_class)->finalize (object);
}

static void
strata_name_dialog_class_init (StrataNameDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_name_dialog_finalize;

  signals[NAMED] = g_signal_new ("named", STRATA_TYPE_NAME_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_name_dialog_init (StrataNameDialog *self)
{
  GtkWidget *entry = gtk_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name"), -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self, "response", G_CALLBACK (response_cb), NULL);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), entry);
}

/* @name is what stands in the entry at first; @accept the label of the button that takes it. */
GtkWidget *
strata_name_dialog_new (GtkWidget       *parent,
                        const char      *heading,
                        const char      *accept,
                        const char      *name,
                        StrataNameCheck  check,
                        gpointer         user_data,
                        GDestroyNotify   free_user_data)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  StrataNameDialog *self = g_object_new (STRATA_TYPE_NAME_DIALOG, "transient-for",
                                         gtk_widget_get_root (parent), "heading", heading, NULL);

  self->check = check;
  self->user_data = user_data;
  self->free_user_data = free_user_data;
  self->name_before = g_strdup (name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel",
                                    _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "accept",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "accept");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self), "cancel");
  gtk_editable_set_text (self->entry, name);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));

  return GTK_WIDGET (self);
}
