/* strata-comments.h - what the comments of a text say of its keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GHashTable *strata_comments_read (const char *text);

G_END_DECLS
