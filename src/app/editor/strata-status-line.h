/* strata-status-line.h - the foot of the editor: how far the disk is, problems, images, the cursor, the download
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-editing.h"

G_BEGIN_DECLS

/* Property "narrow": without the images. */
#define STRATA_TYPE_STATUS_LINE (strata_status_line_get_type ())

G_DECLARE_FINAL_TYPE (StrataStatusLine, strata_status_line, STRATA, STATUS_LINE, GtkWidget)

void strata_status_line_set_editing (StrataStatusLine  *self,
                                     StrataEditing     *editing);
void strata_status_line_set_cursor  (StrataStatusLine  *self,
                                     guint              line,
                                     guint              column);

G_END_DECLS
