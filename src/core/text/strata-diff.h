/* strata-diff.h - what is different between two texts, two trees, two profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_CHANGE_ADDED,
  STRATA_CHANGE_REMOVED,
  STRATA_CHANGE_CHANGED,
  STRATA_CHANGE_MOVED,
  STRATA_CHANGE_RENAMED,
} StrataChangeKind;

/**
 * StrataChange:
 * @kind: what happened
 * @layer: (nullable): the layer; %NULL for the profile's own data
 * @document: (nullable): "values.yaml", a manifest's name or a file's path; %NULL for the layer's own data
 * @path: (nullable): what changed in it: a field of the profile or layer, or a dotted path of a document
 * @old_value: (nullable): before: a value, or the whole document where @hunks is set
 * @new_value: (nullable): after
 * @hunks: (nullable) (element-type StrataHunk): the change of a whole document by line
 *
 * One change between two profiles. A boxed value; all fields are owned.
 */
typedef struct
{
  StrataChangeKind  kind;
  char             *layer;
  char             *document;
  char             *path;
  char             *old_value;
  char             *new_value;
  GArray           *hunks;
} StrataChange;

/* Lines [old_start, old_start + old_count) became [new_start, new_start + new_count); starts count from 0. */
typedef struct
{
  guint old_start;
  guint old_count;
  guint new_start;
  guint new_count;
} StrataHunk;

#define STRATA_TYPE_CHANGE (strata_change_get_type ())

GType         strata_change_get_type (void);
StrataChange *strata_change_new      (StrataChangeKind     kind,
                                      const char          *path,
                                      const char          *old_value,
                                      const char          *new_value);
StrataChange *strata_change_copy     (const StrataChange  *change);
void          strata_change_free     (StrataChange        *change);

GArray       *strata_diff_lines      (const char          *old_text,
                                      const char          *new_text);
GArray       *strata_diff_words      (const char          *old_line,
                                      const char          *new_line);
char         *strata_diff_unified    (const char          *old_text,
                                      const char          *new_text,
                                      const char          *old_name,
                                      const char          *new_name);
GPtrArray    *strata_diff_trees      (const char          *old_yaml,
                                      const char          *new_yaml);
GPtrArray    *strata_diff_profiles   (StrataProfile       *old_profile,
                                      StrataProfile       *new_profile);
int          *strata_diff_match_layers (StrataProfile     *old_profile,
                                      StrataProfile       *new_profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataChange, strata_change_free)

G_END_DECLS
