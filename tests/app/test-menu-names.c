/* test-menu-names.c - each item of a menu that came up has its text as its name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-menu-names.h"

#include <adwaita.h>

#define PATIENCE (20 * G_TIME_SPAN_SECOND)

static void
wait_until_mapped (GtkWidget *widget)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!gtk_widget_get_mapped (widget) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (gtk_widget_get_mapped (widget));
}

/* The items of a menu, in the order in which they stand. */
static void
collect_items (GtkWidget *widget,
               GPtrArray *items)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    g_ptr_array_add (items, widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_items (child, items);
}

static void
assert_is_named (GtkWidget  *item,
                 const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  g_assert_false (
    gtk_test_accessible_has_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
test_names_every_item (void)
{
  static const char *const names[] = { "Copy to Workspace…", "More", "127.0.0.1" };
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GMenu) submenu = g_menu_new ();
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *window = gtk_window_new ();
  guint found = 0;

  g_menu_append (section, "_Copy to Workspace…", NULL);
  g_menu_append (submenu, "127.0.0.1", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_menu_append_submenu (menu, "_More", G_MENU_MODEL (submenu));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_window_set_child (GTK_WINDOW (window), button);

  gtk_window_present (GTK_WINDOW (window));
  wait_until_mapped (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  wait_until_mapped (popover);

  collect_items (popover, items);
  for (guint i = 0; i < items->len; i++)
    {
      GtkWidget *item = g_ptr_array_index (items, i);
      g_autofree char *text = NULL;

      g_object_get (item, "text", &text, NULL);
      assert_is_named (item, text);
      found += g_strv_contains ((const char *const[]){ names[0], names[1], names[2], NULL }, text);
    }
  /* “More” leads there and, above the submenu, back again. */
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (names) + 1);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  strata_menu_names_install ();

  g_test_add_func ("/app/menu-names/names-every-item", test_names_every_item);

  return g_test_run ();
}
