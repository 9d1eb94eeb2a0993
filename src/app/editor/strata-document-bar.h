/* strata-document-bar.h - the documents of the chosen layer: its values and its manifests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-editing.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DOCUMENT_BAR (strata_document_bar_get_type ())

G_DECLARE_FINAL_TYPE (StrataDocumentBar, strata_document_bar, STRATA, DOCUMENT_BAR, GtkWidget)

void strata_document_bar_set_editing (StrataDocumentBar  *self,
                                      StrataEditing      *editing);
void strata_document_bar_set_compact (StrataDocumentBar  *self,
                                      gboolean            compact);

G_END_DECLS
