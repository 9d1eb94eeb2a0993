/* strata-ctl-terminal.h - what a person types and nobody is to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *strata_ctl_ask_secret (const char  *question,
                             GError     **error);

G_END_DECLS
