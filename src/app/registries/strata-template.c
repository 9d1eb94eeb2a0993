/* strata-template.c - letting go of what a template made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-template"

#include "strata-template.h"

/* In dispose of a direct subclass of GtkWidget: GTK 4.8 itself lets go only of the children that have a field. */
void
strata_template_clear (GtkWidget *widget,
                       GType      type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
