/* strata-revision.h - a profile as the store keeps it: a key file that names its texts by digest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

/**
 * StrataReason:
 * @STRATA_REASON_AUTOSAVE: nobody asked; the next one of its kind takes its place in the history
 * @STRATA_REASON_SAVE: a person asked
 * @STRATA_REASON_PUBLISH: it is what the console now has
 * @STRATA_REASON_IMPORT: it came from a file or another store
 * @STRATA_REASON_MERGE: it joins two that were changed apart
 *
 * Why a revision was made.
 */
typedef enum
{
  STRATA_REASON_AUTOSAVE,
  STRATA_REASON_SAVE,
  STRATA_REASON_PUBLISH,
  STRATA_REASON_IMPORT,
  STRATA_REASON_MERGE,
} StrataReason;

/* One step of a profile's history. (all fields owned) */
typedef struct
{
  char         *digest;
  char         *parent;   /* (nullable) */
  char         *version;
  gint64        time;     /* seconds since 1970, UTC */
  StrataReason  reason;
  guint         n_layers;
} StrataRevision;

void           strata_revision_free     (StrataRevision  *self);

char          *strata_revision_write    (StrataProfile   *profile,
                                         GHashTable      *kept_secrets,
                                         GHashTable      *blobs,
                                         GError         **error);
StrataBlob    *strata_revision_seal     (const char      *body,
                                         const char      *parent,
                                         gint64           time,
                                         StrataReason     reason);
const char    *strata_revision_get_body (StrataBlob      *sealed);

StrataRevision *strata_revision_read_step (StrataBlob    *sealed,
                                         GError         **error);
StrataProfile *strata_revision_read     (StrataBlob      *sealed,
                                         const char      *objects,
                                         GPtrArray       *secret_names,
                                         GError         **error);
gboolean       strata_revision_check    (StrataBlob      *sealed,
                                         const char      *objects,
                                         GHashTable      *seen,
                                         GPtrArray       *problems,
                                         GError         **error);
void           strata_revision_collect_digests (StrataBlob *sealed,
                                         GHashTable      *digests);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRevision, strata_revision_free)

G_END_DECLS
