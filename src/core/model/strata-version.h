/* strata-version.h - a version as SemVer 2 writes and orders it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_TYPE_VERSION (strata_version_get_type ())

G_DECLARE_FINAL_TYPE (StrataVersion, strata_version, STRATA, VERSION, GObject)

StrataVersion *strata_version_parse        (const char     *text,
                                            GError        **error);

const char    *strata_version_get_text     (StrataVersion  *self);

int            strata_version_compare      (StrataVersion  *self,
                                            StrataVersion  *other);
char          *strata_version_suggest_next (StrataVersion  *self);

int            strata_version_compare_text (const char     *a,
                                            const char     *b);
gboolean       strata_version_append_key   (const char     *text,
                                            GString        *key);

G_END_DECLS
