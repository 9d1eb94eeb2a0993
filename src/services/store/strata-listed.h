/* strata-listed.h - the list of a console as it was last read, for when there is no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-entry.h"

G_BEGIN_DECLS

#define STRATA_LISTED_FILE "listed"  /* what it is called in the folder of a workspace */

/* All profiles that a console listed, and when. A value, safe to read from any thread. */
typedef struct _StrataListed StrataListed;

/**
 * StrataListedItem:
 * @uid: (not nullable): names it at the console
 * @type: (not nullable): `system` or `add-on`
 * @name: (not nullable): its name
 * @version: (not nullable): its version
 * @description: (not nullable): its description
 * @tags: (not nullable): each `word` or `key:value`
 * @kinds: (not nullable): one byte a layer, bottom first
 * @modified: when the console changed it last, in microseconds since 1970, by its own clock
 * @is_published: appliances get it, and there is no draft of it
 *
 * One of them. All texts are owned.
 */
typedef struct
{
  char      *uid;
  char      *type;
  char      *name;
  char      *version;
  char      *description;
  char     **tags;
  GBytes    *kinds;
  gint64     modified;
  gboolean   is_published;
} StrataListedItem;

StrataListedItem       *strata_listed_item_new   (void);
void                    strata_listed_item_free  (StrataListedItem  *item);
gboolean                strata_listed_item_equal (const StrataListedItem *item,
                                                  const StrataListedItem *other);

StrataListed           *strata_listed_new        (gint64             checked,
                                                  GPtrArray         *items);
StrataListed           *strata_listed_ref        (StrataListed      *self);
void                    strata_listed_unref      (StrataListed      *self);

gint64                  strata_listed_get_checked (StrataListed     *self);
guint                   strata_listed_get_n_items (StrataListed     *self);
const StrataListedItem *strata_listed_get_item   (StrataListed      *self,
                                                  guint              position);
const StrataListedItem *strata_listed_find       (StrataListed      *self,
                                                  const char        *uid);
StrataEntry            *strata_listed_get_entry  (StrataListed      *self,
                                                  guint              position);

char                   *strata_listed_dup_path   (const char        *workspace);
StrataListed           *strata_listed_load       (const char        *workspace,
                                                  StrataListed      *before);
gboolean                strata_listed_save       (StrataListed      *self,
                                                  const char        *workspace,
                                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataListed, strata_listed_unref)

G_END_DECLS
