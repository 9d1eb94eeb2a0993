/* strata-extra.h - members of a JSON body that are not known here, kept so that they can be sent back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *strata_extra_subtract (JsonObject  *body,
                                   JsonObject  *known);
void        strata_extra_merge    (JsonObject  *known,
                                   const char  *extra);
char       *strata_extra_to_text  (JsonObject  *extra);

JsonObject *strata_extra_copy     (JsonObject  *object);
void        strata_extra_drop_filled (JsonObject *object,
                                   const char  *member);

void        strata_extra_unlink   (JsonObject  *extra,
                                   const char  *path,
                                   const char  *value);
void        strata_extra_link     (JsonObject  *body,
                                   const char  *path,
                                   const char  *value);

G_END_DECLS
