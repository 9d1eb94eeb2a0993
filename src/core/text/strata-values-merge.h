/* strata-values-merge.h - the merge of one text into another while it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-values-private.h"

G_BEGIN_DECLS

typedef struct
{
  StrataValuesText       target;
  StrataValuesText       add;
  const StrataYamlNode  *whole;  /* (nullable): what of @add replaces a mapping, not joins it */
  GError               **error;
} StrataValuesMerge;

/* A pair of a mapping. */
typedef struct
{
  const StrataYamlNode *mapping;
  guint                 index;
} StrataValuesPair;

const StrataYamlNode *strata_values_follow       (const StrataYamlNode *node);
const StrataYamlNode *strata_values_pair_key     (StrataValuesPair      pair);
const StrataYamlNode *strata_values_pair_value   (StrataValuesPair      pair);

gboolean              strata_values_refuse_at    (StrataValuesMerge    *self,
                                                  const StrataYamlNode *node,
                                                  const char           *sentence);

gboolean              strata_values_has_text_keys
                                                 (const StrataYamlNode *mapping);
gboolean              strata_values_can_join     (StrataValuesMerge    *self,
                                                  const StrataYamlNode *old,
                                                  const StrataYamlNode *add);
gboolean              strata_values_is_merged    (StrataValuesMerge    *self,
                                                  const StrataYamlNode *base,
                                                  const char           *text);

gboolean              strata_values_put_value    (StrataValuesMerge    *self,
                                                  StrataValuesPair      old,
                                                  StrataValuesPair      add);
void                  strata_values_put_pairs    (StrataValuesMerge    *self,
                                                  const StrataYamlNode *mapping,
                                                  GPtrArray            *keys,
                                                  const StrataYamlNode *add);
void                  strata_values_put_pair_after
                                                 (StrataValuesMerge    *self,
                                                  const StrataYamlNode *mapping,
                                                  int                   before,
                                                  StrataValuesPair      add);
void                  strata_values_put_in_empty (StrataValuesMerge    *self,
                                                  const StrataYamlNode *add);

G_END_DECLS
