/* strata-sandbox-door.h - takes requests from the network within bounds, and gives the answers back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "strata-sandbox-site.h"
#include "strata-sandbox.h"

G_BEGIN_DECLS

typedef struct _StrataSandboxDoor StrataSandboxDoor;

StrataSandboxDoor *strata_sandbox_door_open  (StrataSandboxSite           *site,
                                              const StrataSandboxOptions  *options,
                                              StrataSandboxObserver        observer,
                                              gpointer                     observer_data,
                                              GError                     **error);
void               strata_sandbox_door_close (StrataSandboxDoor           *self);
guint16            strata_sandbox_door_get_port (StrataSandboxDoor        *self);

G_END_DECLS
