/* strata-proposal.c - a suggestion as the list of completions takes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-proposal"

#include "strata-proposal.h"

#include "strata-fuzzy.h"

#define FROM_THE_START 1000  /* what goes on as it was begun comes before all that has the letters somewhere */

struct _StrataProposal
{
  GObject           parent_instance;
  StrataSuggestion *suggestion;  /* (owned) */
  char             *folded;      /* (owned): its label, to compare */
};

static char *
strata_proposal_get_typed_text (GtkSourceCompletionProposal *proposal)
{
  return g_strdup (strata_suggestion_get_label (STRATA_PROPOSAL (proposal)->suggestion));
}

static void
proposal_init (GtkSourceCompletionProposalInterface *iface)
{
  iface->get_typed_text = strata_proposal_get_typed_text;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataProposal, strata_proposal, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL, proposal_init))

static void
strata_proposal_finalize (GObject *object)
{
  StrataProposal *self = STRATA_PROPOSAL (object);

  g_clear_object (&self->suggestion);
  g_clear_pointer (&self->folded, g_free);

  G_OBJECT_CLASS (strata_proposal_parent_class)->finalize (object);
}

static void
strata_proposal_class_init (StrataProposalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_proposal_finalize;
}

static void
strata_proposal_init (StrataProposal *self)
{
}

StrataProposal *
strata_proposal_new (StrataSuggestion *suggestion)
{
  g_return_val_if_fail (STRATA_IS_SUGGESTION (suggestion), NULL);

  StrataProposal *self = g_object_new (STRATA_TYPE_PROPOSAL, NULL);

  self->suggestion = g_object_ref (suggestion);
  self->folded = strata_fuzzy_fold (strata_suggestion_get_label (suggestion));

  return self;
}

StrataSuggestion *
strata_proposal_get_suggestion (StrataProposal *self)
{
  g_return_val_if_fail (STRATA_IS_PROPOSAL (self), NULL);

  return self->suggestion;
}

/* How well it goes on what is @typed, folded; 0 when it does not, or when nothing is left to put there. */
int
strata_proposal_score (StrataProposal *self,
                       const char     *typed)
{
  g_return_val_if_fail (STRATA_IS_PROPOSAL (self), 0);
  g_return_val_if_fail (typed != NULL, 0);

  gboolean is_done = g_str_equal (typed, self->folded) &&
    g_str_equal (strata_suggestion_get_text (self->suggestion), strata_suggestion_get_label (self->suggestion));

  if (is_done)
    return 0;

  return strata_fuzzy_score (typed, self->folded) +
         (*typed != '\0' && g_str_has_prefix (self->folded, typed) ? FROM_THE_START : 0);
}
