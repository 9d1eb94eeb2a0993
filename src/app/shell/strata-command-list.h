/* strata-command-list.h - the commands and profiles that fit what was typed, best first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-command.h"

G_BEGIN_DECLS

GPtrArray *strata_command_list_find (GPtrArray  *commands,
                                     GListModel *entries,
                                     const char *typed,
                                     guint       max);

G_END_DECLS
