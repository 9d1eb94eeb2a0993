/* strata-fuzzy.h - how well a few typed letters fit a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *strata_fuzzy_fold  (const char *text);
int   strata_fuzzy_score (const char *typed,
                          const char *name);

G_END_DECLS
