/* strata-entry-private.h - how the store makes an entry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-entry.h"

G_BEGIN_DECLS

/* Filled by whoever makes it, never changed after. */
struct _StrataEntry
{
  GObject      parent_instance;
  char        *id;           /* (owned) (not nullable) */
  char        *uid;          /* (owned) (not nullable) at the console */
  char        *name;         /* (owned) (not nullable) */
  char        *version;      /* (owned) (not nullable) */
  char        *description;  /* (owned) (not nullable) */
  char       **tags;         /* (owned) (not nullable) as strata_tag_to_string() writes them */
  char       **registries;   /* (owned) (not nullable) */
  GBytes      *kinds;        /* (owned) (not nullable) one byte a layer, bottom first */
  char        *head;         /* (owned) (not nullable) */
  char        *problem;      /* (owned) (not nullable) */
  gint64       changed;      /* seconds since 1970, UTC */
  guint        draft_step;
  StrataState  state;
  gboolean     in_trash;
  gboolean     is_away;      /* only the console has it */
  gboolean     is_pinned;
  gboolean     is_changed;   /* it is not what the console had */
};

StrataEntry *strata_entry_new_damaged (const char *id,
                                       const char *problem,
                                       gboolean    in_trash);
StrataEntry *strata_entry_copy        (StrataEntry *self);

G_END_DECLS
