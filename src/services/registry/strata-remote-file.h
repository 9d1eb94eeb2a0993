/* strata-remote-file.h - a registry on the network as registries.ini has it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-remote.h"

G_BEGIN_DECLS

StrataRemote *strata_remote_file_read  (GKeyFile      *file,
                                        const char    *group,
                                        const char    *id);
void          strata_remote_file_write (GKeyFile      *file,
                                        const char    *group,
                                        StrataRemote  *remote);

G_END_DECLS
