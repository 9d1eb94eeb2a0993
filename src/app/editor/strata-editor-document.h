/* strata-editor-document.h - the text buffer and the chosen document of a draft, kept the same both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "strata-editing.h"

G_BEGIN_DECLS

/* Signals "leaving" before and "entered" after another document is put into the buffer, each with its place, a text
 * that names layer and document. */
#define STRATA_TYPE_EDITOR_DOCUMENT (strata_editor_document_get_type ())

G_DECLARE_FINAL_TYPE (StrataEditorDocument, strata_editor_document, STRATA, EDITOR_DOCUMENT, GObject)

StrataEditorDocument *strata_editor_document_new          (StrataEditing         *editing,
                                                           GtkSourceBuffer       *buffer);

StrataEditing        *strata_editor_document_get_editing  (StrataEditorDocument  *self);
GtkSourceBuffer      *strata_editor_document_get_buffer   (StrataEditorDocument  *self);
StrataBlob           *strata_editor_document_dup_blob     (StrataEditorDocument *self);
gboolean              strata_editor_document_get_editable (StrataEditorDocument  *self);

void                  strata_editor_document_complete     (StrataEditorDocument  *self);
void                  strata_editor_document_go_to        (StrataEditorDocument  *self,
                                                           guint                  line,
                                                           guint                  column);
void                  strata_editor_document_replace      (StrataEditorDocument  *self,
                                                           guint                  line,
                                                           guint                  column,
                                                           guint                  length,
                                                           const char            *text,
                                                           const char            *label);

G_END_DECLS
