/* strata-source-dialog.h - a text in a window of its own: the values of a layer, or one manifest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-lint.h"

G_BEGIN_DECLS

/* Signal "applied" (name, text): a person kept the text. Closing keeps it too; only Cancel throws it away. */
#define STRATA_TYPE_SOURCE_DIALOG (strata_source_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataSourceDialog, strata_source_dialog, STRATA, SOURCE_DIALOG, AdwWindow)

StrataSourceDialog *strata_source_dialog_new (GtkWidget       *parent,
                                              const char      *title,
                                              const char      *name,
                                              const char      *text,
                                              StrataLintMode   mode);

G_END_DECLS
