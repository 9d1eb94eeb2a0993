/* strata-text-list.h - lines of text that a person could paste, as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties "model" (a GListModel of GtkStringObject) and "label" (construct): what a screen reader calls it. */
#define STRATA_TYPE_TEXT_LIST (strata_text_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataTextList, strata_text_list, STRATA, TEXT_LIST, GtkWidget)

G_END_DECLS
