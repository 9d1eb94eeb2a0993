/* strata-practice-bar.c - says that this is the sandbox, and leads away from it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-practice-bar"

#include "strata-practice-bar.h"

struct _StrataPracticeBar
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataPracticeBar, strata_practice_bar, ADW_TYPE_BIN)

static void
strata_practice_bar_class_init (StrataPracticeBarClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/stratadesk/Strata/strata-practice-bar.ui");
}

static void
strata_practice_bar_init (StrataPracticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
