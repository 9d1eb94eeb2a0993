/* strata-json.h - JSON from strangers: checked first, then read by json-glib
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define STRATA_JSON_MAX_DEPTH 64
#define STRATA_JSON_MAX_SIZE (64 * 1024 * 1024)

gboolean    strata_json_check     (const char  *text,
                                   gsize        length,
                                   GError     **error);
JsonNode   *strata_json_parse     (const char  *text,
                                   gssize       length,
                                   GError     **error);
JsonNode   *strata_json_from_yaml (const char  *text,
                                   gssize       length,
                                   GError     **error);
char       *strata_json_to_yaml   (JsonNode    *node);
char       *strata_json_to_text   (JsonNode    *node,
                                   gboolean     pretty);

JsonObject *strata_json_get_object (JsonObject *object,
                                    const char *member);
JsonArray  *strata_json_get_array  (JsonObject *object,
                                    const char *member);
const char *strata_json_get_string (JsonObject *object,
                                    const char *member);
gboolean    strata_json_get_bool   (JsonObject *object,
                                    const char *member);

G_END_DECLS
