/* strata-main-menu.c - the menu button at the end of a page's header bar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-main-menu"

#include "strata-main-menu.h"

struct _StrataMainMenu
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataMainMenu, strata_main_menu, ADW_TYPE_BIN)

static void
strata_main_menu_class_init (StrataMainMenuClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/stratadesk/Strata/strata-main-menu.ui");
}

static void
strata_main_menu_init (StrataMainMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
