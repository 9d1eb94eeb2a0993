/* strata-console-sensitive.h - the values that were sent and that nobody is to see, whatever a console says of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A set of texts in memory; wiped when it is freed. Not for several threads at once. */
typedef struct _StrataConsoleSensitive StrataConsoleSensitive;

StrataConsoleSensitive *strata_console_sensitive_new    (void);
void                    strata_console_sensitive_free   (StrataConsoleSensitive  *self);

void                    strata_console_sensitive_note   (StrataConsoleSensitive  *self,
                                                         JsonNode                *body);
char                   *strata_console_sensitive_redact (StrataConsoleSensitive  *self,
                                                         const char              *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleSensitive, strata_console_sensitive_free)

G_END_DECLS
