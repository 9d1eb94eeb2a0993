/* strata-text-edit.h - what was typed and deleted in a text, as long as it is one piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-blob.h"

G_BEGIN_DECLS

/* Offsets and lengths are in characters, as those of a text buffer. */
typedef struct
{
  int      start;
  int      n_deleted;
  int      n_inserted;
  GString *inserted;      /* (owned) */
  gboolean has_any;
  gboolean is_scattered;  /* it is more than one piece */
} StrataTextEdit;

void        strata_text_edit_init         (StrataTextEdit       *self);
void        strata_text_edit_clear        (StrataTextEdit       *self);

void        strata_text_edit_insert       (StrataTextEdit       *self,
                                           int                   offset,
                                           const char           *text,
                                           int                   length);
void        strata_text_edit_delete       (StrataTextEdit       *self,
                                           int                   start,
                                           int                   end);
void        strata_text_edit_forget       (StrataTextEdit       *self);

gboolean    strata_text_edit_is_one_piece (const StrataTextEdit *self);
StrataBlob *strata_text_edit_apply        (const StrataTextEdit *self,
                                           StrataBlob           *before);

G_END_DECLS
