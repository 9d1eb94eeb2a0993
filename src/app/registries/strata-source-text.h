/* strata-source-text.h - a YAML or JSON text with colours and line numbers, to read or to edit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Property "editable" (construct). Signal "changed" when a person typed. */
#define STRATA_TYPE_SOURCE_TEXT (strata_source_text_get_type ())

G_DECLARE_FINAL_TYPE (StrataSourceText, strata_source_text, STRATA, SOURCE_TEXT, GtkWidget)

GtkTextBuffer *strata_source_text_get_buffer (StrataSourceText  *self);
char          *strata_source_text_dup_text   (StrataSourceText  *self);
void           strata_source_text_set_text   (StrataSourceText  *self,
                                              const char        *text,
                                              const char        *language);
void           strata_source_text_set_label  (StrataSourceText  *self,
                                              const char        *label);
void           strata_source_text_go_to_line (StrataSourceText  *self,
                                              guint              line);

G_END_DECLS
