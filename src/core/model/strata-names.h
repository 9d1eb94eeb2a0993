/* strata-names.h - what profiles, layers and manifests may be called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean strata_name_check_profile  (const char  *name,
                                     GError     **error);
gboolean strata_name_check_layer    (const char  *name,
                                     GError     **error);
gboolean strata_name_check_manifest (const char  *name,
                                     GError     **error);
gboolean strata_name_check_variable (const char  *name,
                                     GError     **error);
char    *strata_name_make_safe      (const char  *name);

G_END_DECLS
