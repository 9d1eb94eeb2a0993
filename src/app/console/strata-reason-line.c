/* strata-reason-line.c - one sentence under what it is about: why something did not work
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-reason-line"

#include "strata-reason-line.h"

#include "strata-error.h"

struct _StrataReasonLine
{
  AdwBin    parent_instance;
  GtkLabel *label;  /* (unowned): in the child */
};

G_DEFINE_FINAL_TYPE (StrataReasonLine, strata_reason_line, ADW_TYPE_BIN)

static void
strata_reason_line_class_init (StrataReasonLineClass *klass)
{
}

static GtkWidget *
make_icon (void)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                  "dialog-warning-symbolic", NULL);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_widget_add_css_class (icon, "attention");

  return icon;
}

static void
strata_reason_line_init (StrataReasonLine *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self->label), FALSE);
  gtk_box_append (GTK_BOX (box), make_icon ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_widget_set_margin_top (box, 9);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* %NULL says nothing. */
void
strata_reason_line_set_text (StrataReasonLine *self,
                             const char       *text)
{
  g_return_if_fail (STRATA_IS_REASON_LINE (self));

  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

/* The sentence of @error; what the other side said itself is under the pointer. */
void
strata_reason_line_set_error (StrataReasonLine *self,
                              const GError     *error)
{
  g_return_if_fail (STRATA_IS_REASON_LINE (self));

  strata_reason_line_set_text (self, error != NULL ? error->message : NULL);
  if (error != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), strata_error_get_details (error));
}
