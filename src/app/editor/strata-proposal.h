/* strata-proposal.h - a suggestion as the list of completions takes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "strata-suggestion.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROPOSAL (strata_proposal_get_type ())

G_DECLARE_FINAL_TYPE (StrataProposal, strata_proposal, STRATA, PROPOSAL, GObject)

StrataProposal   *strata_proposal_new            (StrataSuggestion  *suggestion);
StrataSuggestion *strata_proposal_get_suggestion (StrataProposal    *self);
int               strata_proposal_score          (StrataProposal    *self,
                                                  const char        *typed);

G_END_DECLS
