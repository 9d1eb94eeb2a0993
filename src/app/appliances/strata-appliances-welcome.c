/* strata-appliances-welcome.c - what the board says where there is no console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliances-welcome"

#include "strata-appliances-welcome.h"

struct _StrataAppliancesWelcome
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataAppliancesWelcome, strata_appliances_welcome, ADW_TYPE_BIN)

static void
strata_appliances_welcome_class_init (StrataAppliancesWelcomeClass *klass)
{
  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass), "/io/github/stratadesk/Strata/strata-appliances-welcome.ui");
}

static void
strata_appliances_welcome_init (StrataAppliancesWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
