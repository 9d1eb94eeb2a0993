/* strata-text-merge.h - two changes of one text made into one, by line, with the tree as the judge
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-diff-private.h"

G_BEGIN_DECLS

/* The three texts of a merge, as indices. */
enum
{
  STRATA_TEXT_BASE,
  STRATA_TEXT_MINE,
  STRATA_TEXT_THEIRS,
  STRATA_N_TEXTS,
};

typedef enum
{
  STRATA_CHUNK_SAME,
  STRATA_CHUNK_MINE,      /* only mine changed it */
  STRATA_CHUNK_THEIRS,    /* only theirs changed it */
  STRATA_CHUNK_BOTH,      /* both made the same of it */
  STRATA_CHUNK_UNION,     /* both added here, and both stay: the lines are in @text */
  STRATA_CHUNK_CONFLICT,
} StrataChunkKind;

/* Lines of the three texts that belong together, by text. */
typedef struct
{
  StrataChunkKind  kind;
  guint            start[STRATA_N_TEXTS];
  guint            count[STRATA_N_TEXTS];
  char            *text;  /* (owned) (nullable) */
} StrataChunk;

/* Never changes once made; counted; any thread. */
typedef struct _StrataTextMerge StrataTextMerge;

StrataTextMerge   *strata_text_merge_new       (const char       *base,
                                                const char       *mine,
                                                const char       *theirs);
StrataTextMerge   *strata_text_merge_ref       (StrataTextMerge  *self);
void               strata_text_merge_unref     (StrataTextMerge  *self);

guint              strata_text_merge_get_n_chunks (StrataTextMerge *self);
const StrataChunk *strata_text_merge_get_chunk (StrataTextMerge  *self,
                                                guint             index);
char              *strata_text_merge_dup_lines (StrataTextMerge  *self,
                                                guint             index,
                                                guint             side);
char              *strata_text_merge_dup_path  (StrataTextMerge  *self,
                                                guint             index);
char              *strata_text_merge_dup_proposal (StrataTextMerge *self,
                                                guint             index);
char              *strata_text_merge_build     (StrataTextMerge  *self,
                                                const char *const *conflicts);

/* What strata-chunk-list.c does with lines alone. */
GArray            *strata_chunks_make          (const StrataLines *texts,
                                                gboolean           is_strict);
void               strata_chunks_fuse          (GArray            *chunks,
                                                guint              first,
                                                guint              last);
gboolean           strata_chunks_has_conflict  (GArray            *chunks);

/* What strata-merge-check.c finds: chunks [first, last] that cannot stand side by side. */
typedef struct
{
  guint first;
  guint last;
} StrataChunkRange;

/* A text that was put together from @chunks, with where each of them begins. */
typedef struct
{
  char       *text;     /* (owned) */
  gsize      *offsets;  /* (owned) (array): of each chunk, and the end */
  StrataYaml *yaml;     /* (owned) (nullable) */
} StrataChunkText;

GArray            *strata_merge_check          (GArray                *chunks,
                                                const StrataChunkText *base,
                                                const StrataChunkText *mine,
                                                const StrataChunkText *theirs,
                                                const StrataChunkText *result);
void               strata_merge_check_keys     (GArray                *chunks,
                                                const StrataChunkText *text,
                                                GArray                *faults);

char              *strata_merge_propose        (const char            *base,
                                                const char            *mine,
                                                const char            *theirs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTextMerge, strata_text_merge_unref)

G_END_DECLS
