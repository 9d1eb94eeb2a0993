/* strata-assistant-page.h - a new system profile in three steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* A page with its own header bar. Property "workspace" (construct), "narrow". Signals "finished" (id), "closed". */
#define STRATA_TYPE_ASSISTANT_PAGE (strata_assistant_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataAssistantPage, strata_assistant_page, STRATA, ASSISTANT_PAGE, GtkWidget)

void strata_assistant_page_start     (StrataAssistantPage  *self);
void strata_assistant_page_resume    (StrataAssistantPage  *self,
                                      const char           *id);
void strata_assistant_page_add_layer (StrataAssistantPage  *self,
                                      const char           *id,
                                      gboolean              manifest);

G_END_DECLS
