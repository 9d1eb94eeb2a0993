/* strata-members.h - members of a JSON object that must be of one type, and the path of the one that is not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define STRATA_MEMBERS_MAX_LIST 1000

/* Each does nothing and gives an empty value once @failure is set, so that a whole object is read before one check. */
const char *strata_members_get_text   (JsonObject  *object,
                                       const char  *path,
                                       const char  *member,
                                       GError     **failure);
gboolean    strata_members_get_bool   (JsonObject  *object,
                                       const char  *path,
                                       const char  *member,
                                       GError     **failure);
JsonObject *strata_members_get_object (JsonObject  *object,
                                       const char  *path,
                                       const char  *member,
                                       GError     **failure);
JsonArray  *strata_members_get_list   (JsonObject  *object,
                                       const char  *path,
                                       const char  *member,
                                       GError     **failure);
JsonObject *strata_members_get_item   (JsonArray   *list,
                                       guint        index,
                                       const char  *path,
                                       GError     **failure);
const char *strata_members_get_name   (JsonObject  *object,
                                       const char  *path,
                                       const char  *member,
                                       GError     **failure);
char       *strata_members_join       (const char  *path,
                                       const char  *member);

G_END_DECLS
