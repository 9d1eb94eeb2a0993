/* strata-assistant-review.h - the third step: everything once more, and what to look at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ASSISTANT_REVIEW (strata_assistant_review_get_type ())

G_DECLARE_FINAL_TYPE (StrataAssistantReview, strata_assistant_review, STRATA, ASSISTANT_REVIEW, GtkWidget)

void strata_assistant_review_set_profile (StrataAssistantReview  *self,
                                          StrataProfile          *profile);

G_END_DECLS
