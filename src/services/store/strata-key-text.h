/* strata-key-text.h - any text and any list of texts in a key file, and back unchanged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean strata_key_text_has    (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key);

void   strata_key_text_set      (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key,
                                 const char         *text);
char  *strata_key_text_get      (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key);
void   strata_key_text_set_list (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key,
                                 const char *const  *texts);
char **strata_key_text_get_list (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key);

void   strata_key_text_set_time (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key,
                                 gint64              time);
gint64 strata_key_text_get_time (GKeyFile           *file,
                                 const char         *group,
                                 const char         *key);

G_END_DECLS
