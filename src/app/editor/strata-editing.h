/* strata-editing.h - one open profile: its draft, the layer and document chosen, its saver and its checker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-checker.h"
#include "strata-saver.h"

G_BEGIN_DECLS

#define STRATA_VALUES_DOCUMENT "values.yaml"

/* What the panes of an editor follow. Properties "profile", "base", "position" (uint) and "document" change together,
 * never half. Main thread only. */
#define STRATA_TYPE_EDITING (strata_editing_get_type ())

G_DECLARE_FINAL_TYPE (StrataEditing, strata_editing, STRATA, EDITING, GObject)

StrataEditing *strata_editing_new          (StrataStore    *store,
                                            StrataProfile  *profile,
                                            const char     *head,
                                            gint64          saved_at);

StrataStore   *strata_editing_get_store    (StrataEditing  *self);
StrataDraft   *strata_editing_get_draft    (StrataEditing  *self);
StrataSaver   *strata_editing_get_saver    (StrataEditing  *self);
StrataChecker *strata_editing_get_checker  (StrataEditing  *self);
StrataProfile *strata_editing_get_profile  (StrataEditing  *self);
StrataLayer   *strata_editing_get_layer    (StrataEditing  *self);
guint          strata_editing_get_position (StrataEditing  *self);
const char    *strata_editing_get_document (StrataEditing  *self);
gboolean       strata_editing_is_first_document (StrataEditing *self);
StrataBlob    *strata_editing_get_blob     (StrataEditing  *self);
StrataBlob    *strata_editing_find_blob    (StrataLayer    *layer,
                                            const char     *document);
char         **strata_editing_list_documents (StrataEditing *self);

void           strata_editing_select       (StrataEditing  *self,
                                            guint           position,
                                            const char     *document);
void           strata_editing_set_base     (StrataEditing  *self,
                                            StrataProfile  *base);
void           strata_editing_apply        (StrataEditing  *self,
                                            StrataProfile  *profile,
                                            const char     *label);
void           strata_editing_apply_layer  (StrataEditing  *self,
                                            StrataLayer    *layer,
                                            const char     *label);
void           strata_editing_apply_text   (StrataEditing  *self,
                                            const char     *text,
                                            const char     *label);
void           strata_editing_type         (StrataEditing  *self,
                                            StrataBlob     *blob,
                                            guint           line,
                                            const char     *typed);
void           strata_editing_undo         (StrataEditing  *self);
void           strata_editing_redo         (StrataEditing  *self);
void           strata_editing_move_layer   (StrataEditing  *self,
                                            guint           from,
                                            guint           to);

G_END_DECLS
