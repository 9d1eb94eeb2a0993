/* strata-layer-reports.h - what a console is to be told of each layer, and what of it it knows already
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-layer.h"

G_BEGIN_DECLS

#define STRATA_CONDITION_WAITING "WaitingForOtherLayers"
#define STRATA_CONDITION_TO_INSTALL "ReadyForInstall"
#define STRATA_CONDITION_INSTALLED "Installed"
#define STRATA_CONDITION_READY "Ready"
#define STRATA_CONDITION_ERROR "Error"

typedef struct _StrataLayerReports StrataLayerReports;

StrataLayerReports *strata_layer_reports_new       (void);
void                strata_layer_reports_free      (StrataLayerReports  *self);

gboolean            strata_layer_reports_set       (StrataLayerReports  *self,
                                                    StrataLayer         *layer,
                                                    const char          *condition,
                                                    const char          *message);
void                strata_layer_reports_keep_only (StrataLayerReports  *self,
                                                    GPtrArray           *layers);
const char         *strata_layer_reports_get_error (StrataLayerReports  *self);

JsonNode           *strata_layer_reports_make_body (StrataLayerReports  *self,
                                                    const char          *profile_uid);
void                strata_layer_reports_set_known (StrataLayerReports  *self,
                                                    gboolean             known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLayerReports, strata_layer_reports_free)

G_END_DECLS
