/* strata-pattern-names.h - the long names of classes of characters, as the matcher knows them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *strata_pattern_shorten_names (const char *pattern);

G_END_DECLS
