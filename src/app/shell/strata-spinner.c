/* strata-spinner.c - a spinner that turns only while it is seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-spinner"

#include "strata-spinner.h"

struct _StrataSpinner
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataSpinner, strata_spinner, ADW_TYPE_BIN)

static GtkSpinner *
get_spinner (GtkWidget *widget)
{
  return GTK_SPINNER (adw_bin_get_child (ADW_BIN (widget)));
}

static void
strata_spinner_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_spinner_parent_class)->map (widget);

  gtk_spinner_start (get_spinner (widget));
}

static void
strata_spinner_unmap (GtkWidget *widget)
{
  gtk_spinner_stop (get_spinner (widget));

  GTK_WIDGET_CLASS (strata_spinner_parent_class)->unmap (widget);
}

static void
strata_spinner_class_init (StrataSpinnerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = strata_spinner_map;
  widget_class->unmap = strata_spinner_unmap;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
strata_spinner_init (StrataSpinner *self)
{
  GtkWidget *spinner =
    g_object_new (GTK_TYPE_SPINNER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_bin_set_child (ADW_BIN (self), spinner);
}
