/* strata-find-bar.h - finding, replacing and going to a line of the shown text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_FIND,
  STRATA_FIND_AND_REPLACE,
  STRATA_GO_TO_LINE,
} StrataFindMode;

#define STRATA_TYPE_FIND_BAR (strata_find_bar_get_type ())

G_DECLARE_FINAL_TYPE (StrataFindBar, strata_find_bar, STRATA, FIND_BAR, GtkWidget)

void strata_find_bar_set_view (StrataFindBar   *self,
                               GtkSourceView   *view);
void strata_find_bar_open     (StrataFindBar   *self,
                               StrataFindMode   mode);

G_END_DECLS
