/* strata-chart-files.h - chart archives added by hand, as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHART_FILES (strata_chart_files_get_type ())

G_DECLARE_FINAL_TYPE (StrataChartFiles, strata_chart_files, STRATA, CHART_FILES, GObject)

StrataRegistry *strata_chart_files_new       (const char         *id,
                                              const char         *name,
                                              const char *const  *paths);
const char *const *strata_chart_files_get_paths (StrataChartFiles   *self);

gboolean        strata_chart_files_check     (const char         *path,
                                              GError            **error);

G_END_DECLS
