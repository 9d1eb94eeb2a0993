/* strata-pattern.h - a regular expression from a stranger, tried within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StrataPattern:
 *
 * A compiled pattern. A counted value: it never changes, and is safe to use from any thread.
 */
typedef struct _StrataPattern StrataPattern;

#define STRATA_MATCH_MAX_GROUPS 10

/**
 * StrataMatch:
 * @n_groups: how many of the others are set
 * @starts: where the whole match begins, then what each pair of brackets found, in bytes
 * @ends: where that ends; where it begins for brackets that found nothing
 *
 * Where a pattern was found.
 */
typedef struct
{
  guint n_groups;
  gsize starts[STRATA_MATCH_MAX_GROUPS];
  gsize ends[STRATA_MATCH_MAX_GROUPS];
} StrataMatch;

#define STRATA_TYPE_PATTERN (strata_pattern_get_type ())

GType          strata_pattern_get_type (void);
StrataPattern *strata_pattern_new      (const char     *pattern,
                                        GError        **error);
StrataPattern *strata_pattern_ref      (StrataPattern  *self);
void           strata_pattern_unref    (StrataPattern  *self);

gboolean       strata_pattern_matches  (StrataPattern  *self,
                                        const char     *text,
                                        gssize          length,
                                        GError        **error);
gboolean       strata_pattern_find     (StrataPattern  *self,
                                        const char     *text,
                                        gssize          length,
                                        gsize           from,
                                        StrataMatch    *match,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPattern, strata_pattern_unref)

G_END_DECLS
