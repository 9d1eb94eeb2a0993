/* strata-store-private.h - what the files of the store share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-listed.h"
#include "strata-record.h"
#include "strata-store.h"

G_BEGIN_DECLS

struct _StrataStore
{
  GObject      parent_instance;
  char        *path;      /* (owned) */
  char        *name;      /* (owned) of the workspace */
  char        *workspace; /* (owned) the folder of the workspace */
  char        *objects;   /* (owned) the folder of the objects */
  char        *profiles;  /* (owned) the folder of the key files */
  char        *trash;     /* (owned) the folder of the key files that were deleted */

  GMutex       mutex;     /* for all below */
  GHashTable  *heads;     /* (owned) id -> digest of the revision last loaded or saved here */
  GHashTable  *own;       /* (owned) id -> digest of the revision that this instance last made */
  GHashTable  *unsettled; /* (owned) ids whose key file may not last, though it is in sight */
  GHashTable  *damaged;   /* (owned) id -> what was found damaged when it was last loaded */
  GHashTable  *secrets;   /* (owned) id/variable -> what the keyring holds, "" out of reach */
  GHashTable  *unkept;    /* (owned) ids whose secrets the last save could not keep */
  GHashTable  *problems;  /* (owned) id -> of StrataProblem: secrets that were not reached */
  GHashTable  *listed[2]; /* (owned) (nullable) id -> StrataCached: profiles, trash */
  StrataListed *away;     /* (owned) (nullable) what the console's list had, as it was last read */
};

gboolean      strata_store_check_id        (const char    *id,
                                            GError       **error);
char         *strata_store_get_record_path (StrataStore   *self,
                                            const char    *id,
                                            gboolean       in_trash);
StrataRecord *strata_store_read_record     (StrataStore   *self,
                                            const char    *id,
                                            gboolean      *in_trash,
                                            GError       **error);
char         *strata_store_dup_secret_name (StrataStore *self,
                                            const char    *id);
StrataListed *strata_store_get_listed      (StrataStore   *self);
int           strata_store_lock            (StrataStore   *self,
                                            GCancellable  *cancellable,
                                            GError       **error);

char         *strata_store_get_known_head  (StrataStore   *self,
                                            const char    *id);
void          strata_store_set_known_head  (StrataStore   *self,
                                            const char    *id,
                                            const char    *head,
                                            gboolean       settled);
gboolean      strata_store_is_own_head     (StrataStore   *self,
                                            const char    *id,
                                            const char    *head);
void          strata_store_set_own_head    (StrataStore   *self,
                                            const char    *id,
                                            const char    *head);
gboolean      strata_store_is_settled      (StrataStore   *self,
                                            const char    *id);
void          strata_store_set_settled     (StrataStore   *self,
                                            const char    *id,
                                            gboolean       settled);
char         *strata_store_get_damage      (StrataStore   *self,
                                            const char    *id);
void          strata_store_set_damage      (StrataStore   *self,
                                            const char    *id,
                                            const char    *problem);

G_END_DECLS
