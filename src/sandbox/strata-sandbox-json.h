/* strata-sandbox-json.h - the JSON that the sandbox console keeps, and pieces of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonArray  *strata_sandbox_json_read_array   (const char         *text);
JsonObject *strata_sandbox_json_read_object  (const char         *text);
char       *strata_sandbox_json_write_array  (JsonArray          *array);
char       *strata_sandbox_json_write_object (JsonObject         *object);

void        strata_sandbox_json_copy         (JsonObject         *to,
                                              JsonObject         *from,
                                              const char *const  *members);
void        strata_sandbox_json_copy_typed   (JsonObject         *to,
                                              JsonObject         *from,
                                              const char *const  *members,
                                              GType               type);
JsonObject *strata_sandbox_json_dup          (JsonObject         *object);
JsonObject *strata_sandbox_json_dup_texts    (JsonObject         *object);
JsonObject *strata_sandbox_json_get_item     (JsonArray          *array,
                                              guint               index);
guint       strata_sandbox_json_get_length   (JsonArray          *array);
JsonObject *strata_sandbox_json_find         (JsonArray          *array,
                                              const char         *member,
                                              const char         *value);
void        strata_sandbox_json_set_time     (JsonObject         *object,
                                              const char         *member,
                                              gint64              time);

G_END_DECLS
