/* strata-suggestion.h - something that could stand where something is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_SUGGESTION_KEY,
  STRATA_SUGGESTION_VALUE,
  STRATA_SUGGESTION_IMAGE,
  STRATA_SUGGESTION_MACRO,
  STRATA_SUGGESTION_SNIPPET,
} StrataSuggestionKind;

#define STRATA_TYPE_SUGGESTION (strata_suggestion_get_type ())

G_DECLARE_FINAL_TYPE (StrataSuggestion, strata_suggestion, STRATA, SUGGESTION, GObject)

StrataSuggestion     *strata_suggestion_new             (StrataSuggestionKind  kind,
                                                         const char           *label,
                                                         const char           *text,
                                                         const char           *detail,
                                                         const char           *description);

StrataSuggestionKind  strata_suggestion_get_kind        (StrataSuggestion     *self);
const char           *strata_suggestion_get_label       (StrataSuggestion     *self);
const char           *strata_suggestion_get_text        (StrataSuggestion     *self);
const char           *strata_suggestion_get_detail      (StrataSuggestion     *self);
const char           *strata_suggestion_get_description (StrataSuggestion     *self);

G_END_DECLS
