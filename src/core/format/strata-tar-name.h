/* strata-tar-name.h - which names an archive may hold, and how a name from a stranger is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <locale.h>

G_BEGIN_DECLS

gboolean strata_tar_name_check (const char  *name,
                                GError     **error);
char    *strata_tar_name_show  (const char  *name);

locale_t strata_tar_name_begin_utf8 (void);
void     strata_tar_name_end_utf8   (locale_t  before);

G_END_DECLS
