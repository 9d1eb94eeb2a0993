/* strata-format.h - times, counts and sizes as a person says them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *strata_format_age          (gint64       time);
char *strata_format_age_sentence (gint64       time);
char *strata_format_clock        (gint64       time);
char *strata_format_digest_short (const char  *digest);

G_END_DECLS
