/* strata-dashboard-welcome.c - what the dashboard shows while there is no profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-welcome"

#include "strata-dashboard-welcome.h"

#include "strata-stack-drawing.h"

struct _StrataDashboardWelcome
{
  AdwBin              parent_instance;
  StrataStackDrawing *drawing;  /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataDashboardWelcome, strata_dashboard_welcome, ADW_TYPE_BIN)

static void
strata_dashboard_welcome_class_init (StrataDashboardWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STRATA_TYPE_STACK_DRAWING);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-dashboard-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardWelcome, drawing);
}

static void
strata_dashboard_welcome_init (StrataDashboardWelcome *self)
{
  const StrataLayerKind example[] = {
    STRATA_LAYER_KIND_PACK,     STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_HELM,
    STRATA_LAYER_KIND_MANIFEST, STRATA_LAYER_KIND_HELM,
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  strata_stack_drawing_set_kinds (self->drawing, example, G_N_ELEMENTS (example));
}
