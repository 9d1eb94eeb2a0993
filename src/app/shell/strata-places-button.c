/* strata-places-button.c - the button in a page's header bar that brings the places back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-places-button"

#include "strata-places-button.h"

#include <glib/gi18n.h>

struct _StrataPlacesButton
{
  AdwBin    parent_instance;
  GBinding *binding;  /* (unowned) (nullable): to the window it stands in */
};

G_DEFINE_FINAL_TYPE (StrataPlacesButton, strata_places_button, ADW_TYPE_BIN)

static void
strata_places_button_root (GtkWidget *widget)
{
  StrataPlacesButton *self = STRATA_PLACES_BUTTON (widget);

  GTK_WIDGET_CLASS (strata_places_button_parent_class)->root (widget);

  /* Whatever window it stands in, as long as that one has places. */
  GtkRoot *root = gtk_widget_get_root (widget);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (root), "places-shown") != NULL)
    self->binding = g_object_bind_property (root, "places-shown", widget, "visible",
                                            G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

static void
strata_places_button_unroot (GtkWidget *widget)
{
  StrataPlacesButton *self = STRATA_PLACES_BUTTON (widget);

  g_clear_pointer (&self->binding, g_binding_unbind);

  GTK_WIDGET_CLASS (strata_places_button_parent_class)->unroot (widget);
}

static void
strata_places_button_class_init (StrataPlacesButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->root = strata_places_button_root;
  widget_class->unroot = strata_places_button_unroot;
}

static void
strata_places_button_init (StrataPlacesButton *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("sidebar-show-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.toggle-places");
  gtk_widget_set_tooltip_text (button, _("Show Places (F9)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show Places"), -1);
  adw_bin_set_child (ADW_BIN (self), button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
