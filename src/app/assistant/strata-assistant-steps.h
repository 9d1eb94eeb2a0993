/* strata-assistant-steps.h - where a person is on the way through the assistant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property "narrow": only "2 of 3". */
#define STRATA_TYPE_ASSISTANT_STEPS (strata_assistant_steps_get_type ())

G_DECLARE_FINAL_TYPE (StrataAssistantSteps, strata_assistant_steps, STRATA, ASSISTANT_STEPS, GtkWidget)

void strata_assistant_steps_set_step (StrataAssistantSteps  *self,
                                      guint                  step);

G_END_DECLS
