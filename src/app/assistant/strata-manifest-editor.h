/* strata-manifest-editor.h - one or more manifests being written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-manifest.h"

G_BEGIN_DECLS

/* Signal "changed". */
#define STRATA_TYPE_MANIFEST_EDITOR (strata_manifest_editor_get_type ())

G_DECLARE_FINAL_TYPE (StrataManifestEditor, strata_manifest_editor, STRATA, MANIFEST_EDITOR, GtkWidget)

void       strata_manifest_editor_set_manifests (StrataManifestEditor  *self,
                                                 GPtrArray             *manifests);
GPtrArray *strata_manifest_editor_dup_manifests (StrataManifestEditor  *self);
gboolean   strata_manifest_editor_check         (StrataManifestEditor  *self,
                                                 GError               **error);

G_END_DECLS
