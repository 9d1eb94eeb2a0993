/* strata-slot-list.h - the rows of a table as places that stay while what stands in them changes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-slot.h"

G_BEGIN_DECLS

/* A GListModel of StrataSlot, the last of which may be vacant for a moment. */
#define STRATA_TYPE_SLOT_LIST (strata_slot_list_get_type ())

G_DECLARE_DERIVABLE_TYPE (StrataSlotList, strata_slot_list, STRATA, SLOT_LIST, GObject)

struct _StrataSlotListClass
{
  GObjectClass parent_class;
};

/* What stands in a place. */
typedef struct
{
  gpointer item;      /* (unowned) (not nullable) */
  gboolean is_inner;
} StrataPlace;

guint    strata_slot_list_get_n_taken (StrataSlotList    *self);
gpointer strata_slot_list_get_taken   (StrataSlotList    *self,
                                       guint              position);
void     strata_slot_list_show        (StrataSlotList    *self,
                                       const StrataPlace *places,
                                       guint              n_places);
void     strata_slot_list_show_anew   (StrataSlotList    *self);
void     strata_slot_list_trim        (StrataSlotList    *self);

G_END_DECLS
