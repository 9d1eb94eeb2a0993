/* strata-kube-facts.h - what the objects of one layer are called, and which others they count on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kind.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

/* Where something stands. */
typedef struct
{
  const char *document;
  guint       line;    /* from 1 */
  guint       column;  /* from 1 */
  guint       length;  /* in characters, or 0 */
} StrataKubePlace;

/* A key with its value, or the name of a port with its number. */
typedef struct
{
  const char *key;
  const char *value;
} StrataKubePair;

typedef struct
{
  guint first;
  guint n;
} StrataKubeRange;

/* An object. All texts belong to the facts. */
typedef struct
{
  const char          *group;       /* without the version: an object is one, in whatever version it is written */
  const char          *kind;
  const char          *name_space;  /* (nullable): not said, or of the cluster */
  const char          *name;
  StrataKubePlace  place;
  gboolean             has_pods;
  StrataKubeRange  labels;      /* of its pods */
  StrataKubeRange  ports;       /* of its pods, or of a service: name, number */
} StrataKubeObject;

/* An object that another names. */
typedef struct
{
  StrataKindFormat     kind;
  const char          *name_space;  /* (nullable) */
  const char          *name;
  const char          *port;        /* (nullable): of a service */
  StrataKubePlace  place;
} StrataKubeLink;

/* A service and the pods it looks for. */
typedef struct
{
  const char          *name_space;  /* (nullable) */
  StrataKubeRange  labels;
  StrataKubeRange  targets;     /* in @links: names of ports */
  StrataKubePlace  place;
} StrataKubeSelector;

/* Filled while a layer is looked at, then never changed. */
typedef struct
{
  GStringChunk *strings;    /* (owned) */
  GArray       *objects;    /* (owned) (element-type StrataKubeObject) */
  GArray       *links;      /* (owned) (element-type StrataKubeLink) */
  GArray       *selectors;  /* (owned) (element-type StrataKubeSelector) */
  GArray       *targets;    /* (owned) (element-type StrataKubeLink): ports that services send to, by name */
  GArray       *pairs;      /* (owned) (element-type StrataKubePair) */
  const char   *document;   /* the one that is looked at */
} StrataKubeFacts;

StrataKubeFacts *strata_kube_facts_new  (void);
void             strata_kube_facts_free (StrataKubeFacts *self);
const char      *strata_kube_facts_keep (StrataKubeFacts *self,
                                         const char      *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKubeFacts, strata_kube_facts_free)

G_END_DECLS
