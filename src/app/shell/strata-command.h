/* strata-command.h - one line of the command palette: what it says and what it does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-entry.h"

G_BEGIN_DECLS

/* Properties "title", "detail", "icon-name" and "keys", for the row that shows it. */
#define STRATA_TYPE_COMMAND (strata_command_get_type ())

G_DECLARE_FINAL_TYPE (StrataCommand, strata_command, STRATA, COMMAND, GObject)

StrataCommand *strata_command_new           (const char    *title,
                                             const char    *icon_name,
                                             const char    *accelerator,
                                             const char    *detailed_action);
StrataCommand *strata_command_new_with_target (const char  *title,
                                             const char    *detail,
                                             const char    *icon_name,
                                             const char    *action,
                                             GVariant      *target);
StrataCommand *strata_command_new_for_entry (StrataEntry   *entry);
GPtrArray     *strata_command_list_actions  (void);
GPtrArray     *strata_command_list_of_editor (void);

const char    *strata_command_get_title     (StrataCommand *self);
const char    *strata_command_get_action    (StrataCommand *self);
GVariant      *strata_command_get_target    (StrataCommand *self);

G_END_DECLS
