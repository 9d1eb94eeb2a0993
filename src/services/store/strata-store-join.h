/* strata-store-join.h - what came from a console and what it means for a profile, committed in one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-link.h"
#include "strata-store.h"

G_BEGIN_DECLS

/**
 * StrataJoin:
 * @id: which profile
 * @expected: (nullable): the newest revision that this was decided for; %NULL for a profile that is not there yet
 * @head: (nullable): what the profile is from now on; %NULL leaves it
 * @reason: why it becomes that
 * @base: (nullable): what both have now, which may be @head itself; %NULL leaves `link->base`
 * @theirs: (nullable): what the console has and this disk has not joined; %NULL leaves `link->theirs`
 * @link: all else that is known of the console
 * @sent: (nullable): those of `link->new_secrets` that the console was sent; what else is noted of secrets stays, whatever
 *   @link says
 *
 * Filled by the names of its members; nothing of it is owned.
 */
typedef struct
{
  const char       *id;
  const char       *expected;
  StrataProfile    *head;
  StrataReason      reason;
  StrataProfile    *base;
  StrataProfile    *theirs;
  const StrataLink *link;
  const char *const *sent;
} StrataJoin;

char          *strata_store_make_id  (void);
StrataLink    *strata_store_get_link (StrataStore       *self,
                                      const char        *id,
                                      char             **head,
                                      GError           **error);
gboolean       strata_store_join     (StrataStore       *self,
                                      const StrataJoin  *join,
                                      GCancellable      *cancellable,
                                      GError           **error);
gboolean       strata_store_join_both (StrataStore      *self,
                                      const StrataJoin  *first,
                                      const StrataJoin  *second,
                                      GCancellable      *cancellable,
                                      GError           **error);

G_END_DECLS
