/* strata-knowledge-private.h - what the parts of a knowledge hand to one another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kinds.h"
#include "strata-knowledge.h"
#include "strata-layer-schema.h"
#include "strata-validate-private.h"

G_BEGIN_DECLS

struct _StrataKnowledge
{
  StrataLayerSchema *schema;       /* (owned) */
  GHashTable        *comments;     /* (owned) (element-type utf8 utf8): of the values that the layer's files bring */
  GPtrArray         *files;        /* (owned): what the comments were read from */
  StrataDefinitions *definitions;  /* (owned) */
  guint              kubernetes;   /* minor version; 0 when the profile does not say */
  GHashTable        *by_layer;     /* (owned) (element-type StrataLayer GPtrArray): images of each layer */
  GPtrArray         *images;       /* (owned) (element-type utf8): all of them, each once */
  GPtrArray         *variables;    /* (owned) (element-type StrataVariable): the profile's */
  GPtrArray         *layers;       /* (owned) (element-type StrataLayer): the profile's */
};

/* What is suggested so far, and for where. */
typedef struct
{
  StrataKnowledge    *knowledge;
  const StrataCursor *cursor;
  GPtrArray          *found;  /* (element-type StrataSuggestion) */
  GHashTable         *seen;   /* (element-type utf8): labels */
} StrataSuggest;

/* How the lines below a key begin. */
typedef enum
{
  STRATA_SUGGEST_SCALAR,
  STRATA_SUGGEST_MAPPING,
  STRATA_SUGGEST_LIST,
} StrataSuggestForm;

void strata_suggest_add      (StrataSuggest         *self,
                              StrataSuggestionKind   kind,
                              const char            *label,
                              const char            *text,
                              const char            *detail,
                              const char            *description);
void strata_suggest_key      (StrataSuggest         *self,
                              const char            *name,
                              StrataSuggestForm      form,
                              gboolean               as_item,
                              const char            *detail,
                              const char            *description);
void strata_suggest_block    (StrataSuggest         *self,
                              const char            *label,
                              const char            *block,
                              const char            *description);

void strata_suggest_values   (StrataSuggest         *self);
void strata_suggest_manifest (StrataSuggest         *self);
void strata_suggest_template (StrataSuggest         *self);
void strata_suggest_quoted_variables (StrataSuggest *self);
void strata_suggest_objects  (StrataSuggest         *self);
void strata_suggest_parts    (StrataSuggest         *self);

char *strata_explain_values   (StrataKnowledge     *self,
                               const StrataCursor  *key);
char *strata_explain_manifest (StrataKnowledge     *self,
                               const StrataCursor  *key);

G_END_DECLS
