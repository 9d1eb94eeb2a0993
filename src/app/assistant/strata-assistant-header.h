/* strata-assistant-header.h - the header bar of the assistant: where one is, and the way on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StrataAssistantState:
 * @step: from 1
 * @profile: (nullable): the profile a layer is added to; %NULL when a new one is made
 * @pane_back: whether Back goes one pane back first
 * @wait: (nullable): why it cannot go on
 */
typedef struct
{
  guint       step;
  const char *profile;
  gboolean    pane_back;
  const char *wait;
} StrataAssistantState;

/* Property "narrow". Its buttons name the actions "assistant.close", "assistant.back", "assistant.next" and
 * "assistant.finish". */
#define STRATA_TYPE_ASSISTANT_HEADER (strata_assistant_header_get_type ())

G_DECLARE_FINAL_TYPE (StrataAssistantHeader, strata_assistant_header, STRATA, ASSISTANT_HEADER, GtkWidget)

void strata_assistant_header_show (StrataAssistantHeader      *self,
                                   const StrataAssistantState *state);

G_END_DECLS
