/* strata-version-choice.h - the versions of a pack or chart to choose from, read in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-index.h"

G_BEGIN_DECLS

/* Main thread only. Signal "loaded" when the versions are there. */
#define STRATA_TYPE_VERSION_CHOICE (strata_version_choice_get_type ())

G_DECLARE_FINAL_TYPE (StrataVersionChoice, strata_version_choice, STRATA, VERSION_CHOICE, GObject)

StrataVersionChoice *strata_version_choice_new          (void);
void                 strata_version_choice_load         (StrataVersionChoice  *self,
                                                         StrataIndex          *index,
                                                         StrataPackSummary    *latest);
void                 strata_version_choice_clear        (StrataVersionChoice  *self);

guint                strata_version_choice_get_n        (StrataVersionChoice  *self);
StrataPackSummary   *strata_version_choice_get          (StrataVersionChoice  *self,
                                                         guint                 position);
StrataPackSummary   *strata_version_choice_get_latest   (StrataVersionChoice  *self);
guint                strata_version_choice_find_latest  (StrataVersionChoice  *self);
GtkStringList       *strata_version_choice_make_names   (StrataVersionChoice  *self);

G_END_DECLS
