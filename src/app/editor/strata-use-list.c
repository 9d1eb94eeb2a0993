/* strata-use-list.c - places of a profile's texts, to go to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-use-list"

#include "strata-use-list.h"

#include <glib/gi18n.h>

#define MAX_ROWS 200
#define MAX_HEIGHT 320

/* Layer, document and line; layers may have changed since @use was found. */
char *
strata_use_list_describe (const StrataVariableUse *use,
                          StrataProfile           *profile)
{
  g_return_val_if_fail (use != NULL, NULL);
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  if (use->position >= strata_profile_get_n_layers (profile))
    return g_strdup (use->document);

  StrataLayer *layer = strata_profile_get_layer (profile, use->position);

  return g_strdup_printf (_("%s · %s · line %u"), strata_layer_get_name (layer), use->document,
                          use->line);
}

/* @widget is one below the editor. */
void
strata_use_list_go_to (GtkWidget               *widget,
                       const StrataVariableUse *use)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (use != NULL);

  gtk_widget_activate_action (widget, "document.show", "(usuu)", use->position, use->document,
                              use->line, use->column);
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row)
{
  GPtrArray *uses = g_object_get_data (G_OBJECT (list), "uses");
  guint index = (guint) gtk_list_box_row_get_index (row);
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  strata_use_list_go_to (GTK_WIDGET (list), g_ptr_array_index (uses, index));
}

static GtkWidget *
make_list (GPtrArray     *uses,
           StrataProfile *profile)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Places"), -1);
  g_object_set_data_full (G_OBJECT (list), "uses", g_ptr_array_ref (uses),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), NULL);

  for (guint i = 0; i < MIN (uses->len, MAX_ROWS); i++)
    {
      g_autofree char *text = strata_use_list_describe (g_ptr_array_index (uses, i), profile);
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize",
                                       PANGO_ELLIPSIZE_MIDDLE, "margin-top", 6, "margin-bottom", 6,
                                       "margin-start", 9, "margin-end", 9, NULL);

      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }

  return list;
}

/* A popover with a row for each of @uses, of which a click goes there. */
GtkWidget *
strata_use_list_popover_new (GPtrArray     *uses,
                             StrataProfile *profile)
{
  g_return_val_if_fail (uses != NULL, NULL);
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                      "propagate-natural-height", TRUE, "propagate-natural-width",
                                      TRUE, "max-content-height", MAX_HEIGHT, "child",
                                      make_list (uses, profile), NULL);

  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_widget_add_css_class (popover, "menu");

  return popover;
}
