/* strata-chart-schema.h - what a chart and the charts in it say of their values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-file.h"
#include "strata-schema.h"

G_BEGIN_DECLS

/* A chart that was read from its archive. It never changes; any thread. */
typedef struct _StrataChartSchema StrataChartSchema;

StrataChartSchema *strata_chart_schema_read     (StrataFile            *archive);
void               strata_chart_schema_free     (StrataChartSchema     *self);

const char        *strata_chart_schema_get_name (StrataChartSchema     *self);
void               strata_chart_schema_report   (StrataChartSchema     *self,
                                                 GPtrArray             *problems);
void               strata_chart_schema_check    (StrataChartSchema     *self,
                                                 const char            *text,
                                                 const StrataYamlNode  *key,
                                                 const StrataYamlNode  *values,
                                                 GPtrArray             *problems);
StrataSchemaFacts *strata_chart_schema_lookup   (StrataChartSchema     *self,
                                                 const char *const     *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataChartSchema, strata_chart_schema_free)

G_END_DECLS
