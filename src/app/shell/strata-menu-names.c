/* strata-menu-names.c - menu items that a screen reader can name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK names an item of a popover menu after the label in it. GTK 4.18 tells nothing of that label, so the item has no
 * name at all; GTK 4.8 says the label twice, with the underscore of its mnemonic. Whenever a menu comes up, each of its
 * items gets its text as a name of its own.
 */

#define G_LOG_DOMAIN "strata-menu-names"

#include "strata-menu-names.h"

/* The widget of an item is private to GTK, its text is a property like any other. */
static gboolean
is_item (GtkWidget *widget)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton") &&
         g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "text") != NULL;
}

static void
name_item (GtkWidget *item)
{
  g_autofree char *text = NULL;

  g_object_get (item, "text", &text, NULL);
  if (text == NULL || *text == '\0')
    return;

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* The items of submenus are there before they are seen. */
static void
name_items (GtkWidget *widget)
{
  if (is_item (widget))
    name_item (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static void
menu_map_cb (GtkWidget *menu)
{
  GValue chained = G_VALUE_INIT;

  g_value_init (&chained, GTK_TYPE_WIDGET);
  g_value_set_object (&chained, menu);
  g_signal_chain_from_overridden (&chained, NULL);
  g_value_unset (&chained);
  name_items (menu);
}

/**
 * strata_menu_names_install:
 *
 * Lets every popover menu of the program name its items, those of GTK's own entries and text views too. To be called
 * once, on the main thread, when GTK is ready.
 */
void
strata_menu_names_install (void)
{
  /* The signal is known by its name once the class is there; it stays for good. */
  g_type_class_ref (GTK_TYPE_POPOVER_MENU);
  g_signal_override_class_handler ("map", GTK_TYPE_POPOVER_MENU, G_CALLBACK (menu_map_cb));
}
