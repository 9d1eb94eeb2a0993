/* strata-constraints-private.h - what one layer asks of the others and of the appliance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"
#include "strata-problem.h"
#include "strata-version-range.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_NEED_REQUIRED,       /* has to be there, in a version of the range */
  STRATA_NEED_OPTIONAL,       /* if it is there, in a version of the range */
  STRATA_NEED_NOT_SUPPORTED,  /* must not be there in a version of the range */
  STRATA_NEED_KUBERNETES,     /* what a chart says of the Kubernetes it runs on */
} StrataNeedKind;

typedef struct
{
  StrataNeedKind       kind;
  char                *name;   /* (owned): of the pack that is asked for; of the chart that asks for Kubernetes */
  char                *layer;  /* (owned): where in the stack it is: "k8s", "addon"; "" for anywhere */
  char                *shown;  /* (owned): the range for a person, "" for any version */
  StrataVersionRange  *range;  /* (owned) */
} StrataNeed;

typedef enum
{
  STRATA_RESOURCE_CPU,     /* thousandths of a core */
  STRATA_RESOURCE_MEMORY,  /* MiB */
  STRATA_RESOURCE_DISK,    /* GiB */
} StrataResourceKind;

#define STRATA_N_RESOURCES (STRATA_RESOURCE_DISK + 1)

/* Where in the values a part of a pack says how much it requests and how often it runs. */
typedef struct
{
  char *request;   /* (owned): dotted path */
  char *replicas;  /* (owned): dotted path, "" for once */
} StrataResourcePart;

typedef struct
{
  StrataResourceKind  kind;
  double              least;
  GPtrArray          *parts;  /* (owned) (element-type StrataResourcePart) */
} StrataResource;

/* What was read of one layer. */
typedef struct
{
  char      *name;       /* (owned) (nullable): what pack.json calls the pack */
  GPtrArray *needs;      /* (owned) (element-type StrataNeed) */
  GPtrArray *resources;  /* (owned) (element-type StrataResource) */
  GPtrArray *problems;   /* (owned) (element-type StrataProblem): with the constraints themselves */
} StrataAsked;

StrataNeed     *strata_need_new           (StrataNeedKind       kind,
                                           const char          *name,
                                           const char          *layer,
                                           const char          *shown,
                                           StrataVersionRange  *range);
void            strata_need_free          (StrataNeed          *need);
StrataResource *strata_resource_new       (StrataResourceKind   kind,
                                           double               least);
void            strata_resource_free      (StrataResource      *resource);
void            strata_resource_add_part  (StrataResource      *resource,
                                           const char          *request,
                                           const char          *replicas);
void            strata_asked_problem      (StrataAsked         *asked,
                                           StrataSeverity       severity,
                                           const char          *sentence);

void            strata_constraints_read_pack  (StrataAsked     *asked,
                                               StrataFile      *file);
void            strata_constraints_read_chart (StrataAsked     *asked,
                                               StrataFile      *file);

G_END_DECLS
