/* strata-index-writer-private.h - a writer, as its two halves see it: what is added, and the commit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-private.h"
#include "strata-index-writer.h"

G_BEGIN_DECLS

#define STRATA_INDEX_MAX_ROW G_GINT64_CONSTANT (1000000000)

/* The statements that are run for every version. */
typedef enum
{
  STRATA_INDEX_FIND_NAME,
  STRATA_INDEX_ADD_NAME,
  STRATA_INDEX_FIND_VERSION,
  STRATA_INDEX_ADD_VERSION,
  STRATA_INDEX_CHANGE_VERSION,
  STRATA_INDEX_N_STATEMENTS,
} StrataIndexStatement;

struct _StrataIndexWriter
{
  StrataIndexDb     *db;  /* (owned): in a transaction until the commit */
  sqlite3_stmt      *statements[STRATA_INDEX_N_STATEMENTS];  /* (owned) */
  gint64             registry;
  gint64             now;
  StrataIndexCounts  counts;
  GString           *warnings;      /* (owned): one a line */
  guint              n_warnings;
  GByteArray        *seen;          /* (owned): a bit for each version, by id: a set of two million costs little so */
  GByteArray        *touched;       /* (owned): a bit for each name whose versions changed */
  char              *name;          /* (owned) (nullable): the name of the last version, since they come in a row */
  StrataLayerKind    kind;
  gint64             name_id;
  GString           *key;           /* (owned): room for the version in hand */
  GString           *details;       /* (owned): the same */
  gboolean           forgets_gone;
  char              *url;           /* (owned) (nullable) */
  char              *etag;          /* (owned) (nullable) */
  char              *last_modified; /* (owned) (nullable) */
  char              *digest;        /* (owned) (nullable) */
};

gboolean strata_index_bits_has (GByteArray *bits,
                                gint64      at);
gboolean strata_index_bits_add (GByteArray *bits,
                                gint64      at);

G_END_DECLS
