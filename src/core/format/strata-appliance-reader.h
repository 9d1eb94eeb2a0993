/* strata-appliance-reader.h - an appliance from the bodies that the console has for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-appliance.h"

G_BEGIN_DECLS

StrataAppliance *strata_appliance_read      (JsonObject       *body,
                                             gboolean          is_detailed,
                                             GError          **error);

StrataLayerKind  strata_appliance_read_kind (const char       *type);
gint64           strata_appliance_read_time (const char       *text);

G_END_DECLS
