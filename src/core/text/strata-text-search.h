/* strata-text-search.h - searching and replacing in all texts of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-profile.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_TEXT_SEARCH_PLAIN      = 0,
  STRATA_TEXT_SEARCH_PATTERN    = 1 << 0,  /* a regular expression, for one line */
  STRATA_TEXT_SEARCH_MATCH_CASE = 1 << 1,
} StrataTextSearchFlags;

/**
 * StrataTextHit:
 * @position: the layer
 * @document: "values.yaml" or the manifest's name
 * @line: from 1
 * @column: from 1, in characters
 * @before: the line it is in
 * @after: (nullable): the line with the replacement; %NULL when nothing is to be replaced
 *
 * One line in which something was found, and where first. All texts are owned.
 */
typedef struct
{
  guint  position;
  char  *document;
  guint  line;
  guint  column;
  char  *before;
  char  *after;
} StrataTextHit;

/**
 * StrataTextSearch:
 * @hits: (owned) (element-type StrataTextHit): from the top layer down
 * @profile: (owned) (nullable): the profile with everything replaced; %NULL when nothing was to be
 * @is_cut: whether there are more than were listed
 *
 * What was found.
 */
typedef struct
{
  GPtrArray     *hits;
  StrataProfile *profile;
  gboolean       is_cut;
} StrataTextSearch;

StrataTextSearch *strata_text_search      (StrataProfile          *profile,
                                           const char             *query,
                                           const char             *replacement,
                                           StrataTextSearchFlags   flags,
                                           GCancellable           *cancellable,
                                           GError                **error);
void              strata_text_search_free (StrataTextSearch       *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTextSearch, strata_text_search_free)

G_END_DECLS
