/* strata-assistant-basics.h - the first step: name, version, description and tags
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-profile-list.h"

G_BEGIN_DECLS

/* Signals "changed" (typed), "checked" (others took or freed the name) and "activate" (Enter in a valid form). */
#define STRATA_TYPE_ASSISTANT_BASICS (strata_assistant_basics_get_type ())

G_DECLARE_FINAL_TYPE (StrataAssistantBasics, strata_assistant_basics, STRATA, ASSISTANT_BASICS, GtkWidget)

void           strata_assistant_basics_set_profiles (StrataAssistantBasics  *self,
                                                     StrataProfileList      *profiles);
void           strata_assistant_basics_set_profile  (StrataAssistantBasics  *self,
                                                     StrataProfile          *profile);
StrataProfile *strata_assistant_basics_apply        (StrataAssistantBasics  *self,
                                                     StrataProfile          *profile);
void           strata_assistant_basics_set_id       (StrataAssistantBasics  *self,
                                                     const char             *id);
gboolean       strata_assistant_basics_finish       (StrataAssistantBasics  *self,
                                                     GError                **error);
const char    *strata_assistant_basics_get_problem  (StrataAssistantBasics  *self);
gboolean       strata_assistant_basics_is_named     (StrataAssistantBasics  *self);
void           strata_assistant_basics_focus        (StrataAssistantBasics  *self);

G_END_DECLS
