/* strata-manifest-import.h - manifests from files that a person picks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-manifest.h"

G_BEGIN_DECLS

/* Signal "loaded" (GPtrArray of StrataManifest). */
#define STRATA_TYPE_MANIFEST_IMPORT (strata_manifest_import_get_type ())

G_DECLARE_FINAL_TYPE (StrataManifestImport, strata_manifest_import, STRATA, MANIFEST_IMPORT, GObject)

StrataManifestImport *strata_manifest_import_new   (GtkWidget             *widget);
void                  strata_manifest_import_ask   (StrataManifestImport  *self);
void                  strata_manifest_import_read  (StrataManifestImport  *self,
                                                    GListModel            *files);
char                 *strata_manifest_name_from_file (const char          *basename);

G_END_DECLS
