/* strata-chart-schema-private.h - a chart as its parts share it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-chart-schema.h"
#include "strata-schema-private.h"

G_BEGIN_DECLS

/* A chart in a chart, under the key by which the values of the outer one speak to it. */
typedef struct
{
  char              *key;        /* (owned) */
  char              *condition;  /* (owned): paths that switch it, with commas, or "" */
  char             **tags;       /* (owned): switches that it shares with others */
  StrataChartSchema *chart;      /* (owned by the outer chart's @charts) */
} StrataChartPart;

struct _StrataChartSchema
{
  char                 *name;      /* (owned) */
  StrataSchema         *schema;    /* (owned) (nullable) */
  StrataYaml           *defaults;  /* (owned) (nullable) */
  const StrataYamlNode *root;      /* (nullable): of @defaults: a mapping */
  GPtrArray            *charts;    /* (owned) (element-type StrataChartSchema) */
  GPtrArray            *parts;     /* (owned) (element-type StrataChartPart) */
  GPtrArray            *warnings;  /* (owned) (element-type utf8): what of it cannot be used */
};

gboolean              strata_chart_part_is_on        (const StrataChartPart   *part,
                                                      const StrataYamlNode    *values);
const StrataYamlNode *strata_chart_schema_complete   (const StrataChartSchema *self,
                                                      StrataYaml              *memory,
                                                      const StrataYamlNode    *values);

G_END_DECLS
