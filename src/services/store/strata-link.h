/* strata-link.h - what is known of a profile at its console: the other two inputs of a merge, and since when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-entry.h"

G_BEGIN_DECLS

/**
 * StrataLink:
 * @uid: (not nullable): which profile of the console, "" when it has none
 * @type: (not nullable): the type that the console lists it under, "" when that is not known
 * @base: (not nullable): the last revision that both had, "" for none
 * @theirs: (not nullable): the revision that the console has and this disk has not joined, "" when there is none or it
 *   was not read
 * @sending: (not nullable): the revision that was being created when it was last heard of, "" for none
 * @base_modified: the console's own time of @base, in microseconds since 1970
 * @theirs_modified: the console's own time of @theirs, 0 for none
 * @seen_modified: the console's own time when the profile was last seen there
 * @is_published: what the console has is what its appliances get
 * @is_gone: the console had it and has it no more
 * @is_taken: it is not at the console, but another of this name and version is
 * @is_pinned: it is kept for when there is no network
 * @new_secrets: (not nullable): the secrets that were changed here and not sent, which no revision says, each with what tells
 *   one change of it from the next; see strata_link_mark_secret()
 *
 * All texts are owned. Times are only compared with each other: they are of another computer's clock.
 */
typedef struct
{
  char     *uid;
  char     *type;
  char     *base;
  char     *theirs;
  char     *sending;
  gint64    base_modified;
  gint64    theirs_modified;
  gint64    seen_modified;
  gboolean  is_published;
  gboolean  is_gone;
  gboolean  is_taken;
  gboolean  is_pinned;
  char    **new_secrets;
} StrataLink;

StrataLink  *strata_link_new       (void);
StrataLink  *strata_link_copy      (const StrataLink  *self);
void         strata_link_free      (StrataLink        *self);
gboolean     strata_link_equal     (const StrataLink  *self,
                                    const StrataLink  *other);

gboolean     strata_link_is_newer  (const StrataLink  *self);
StrataState  strata_link_get_state (const StrataLink  *self,
                                    gboolean           is_changed);

gboolean     strata_link_has_new_secrets (const StrataLink  *self);
gboolean     strata_link_is_new_secret   (const StrataLink  *self,
                                          const char        *name);
void         strata_link_mark_secret     (StrataLink        *self,
                                          const char        *name);
char       **strata_link_dup_secrets     (const StrataLink  *self,
                                          GPtrArray         *but);
void         strata_link_drop_secrets    (StrataLink        *self,
                                          const char *const *sent);

StrataLink  *strata_link_read      (GKeyFile          *file);
void         strata_link_write     (const StrataLink  *self,
                                    GKeyFile          *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLink, strata_link_free)

G_END_DECLS
