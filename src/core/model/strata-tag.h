/* strata-tag.h - one label of a profile: a bare word, or key and value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_TYPE_TAG (strata_tag_get_type ())

G_DECLARE_FINAL_TYPE (StrataTag, strata_tag, STRATA, TAG, GObject)

StrataTag  *strata_tag_parse       (const char  *text,
                                    GError     **error);
StrataTag  *strata_tag_new_raw     (const char  *key,
                                    const char  *value);

const char *strata_tag_get_key     (StrataTag   *self);
const char *strata_tag_get_value   (StrataTag   *self);

gboolean    strata_tag_equal       (StrataTag   *self,
                                    StrataTag   *other);
char       *strata_tag_to_string   (StrataTag   *self);

G_END_DECLS
