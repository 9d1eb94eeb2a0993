/* strata-values-text.h - a values text with its tree, and the changes that wait to be made to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-yaml-private.h"

G_BEGIN_DECLS

/* Offsets are in bytes of @text. */
typedef struct
{
  char           *text;     /* (owned) */
  gsize           length;
  StrataYaml     *yaml;     /* (owned) */
  StrataYamlNode *root;     /* (nullable): the mapping; %NULL for a text that says nothing */
  const char     *eol;      /* the line break this text uses */
  guint           indent;   /* how far this text indents a level */
  GArray         *splices;  /* (owned): see strata_values_text_splice() */
} StrataValuesText;

/* One step from a node to one of its children. */
typedef struct
{
  StrataYamlNode *node;   /* a mapping or a sequence, no alias */
  guint           index;
} StrataValuesStep;

gboolean strata_values_text_init          (StrataValuesText        *self,
                                           const char              *text,
                                           GError                 **error);
gboolean strata_values_text_init_any      (StrataValuesText        *self,
                                           const char              *text);
gboolean strata_values_text_choose        (StrataValuesText        *self,
                                           guint                    document);
void     strata_values_text_clear         (StrataValuesText        *self);

void     strata_values_text_splice        (StrataValuesText        *self,
                                           gsize                    start,
                                           gsize                    end,
                                           const char              *replacement);
char    *strata_values_text_apply         (StrataValuesText        *self);

gsize    strata_values_text_line_start    (const StrataValuesText  *self,
                                           gsize                    offset);
gsize    strata_values_text_line_end      (const StrataValuesText  *self,
                                           gsize                    offset);
gsize    strata_values_text_next_line     (const StrataValuesText  *self,
                                           gsize                    offset);
gboolean strata_values_text_is_first      (const StrataValuesText  *self,
                                           gsize                    offset);
gboolean strata_values_text_is_comment    (const StrataValuesText  *self,
                                           gsize                    line,
                                           guint                   *column);
gboolean strata_values_text_is_blank      (const StrataValuesText  *self,
                                           gsize                    line);

gsize    strata_values_text_value_end     (const StrataValuesText  *self,
                                           const StrataYamlNode    *value);
gsize    strata_values_text_colon         (const StrataValuesText  *self,
                                           const StrataYamlNode    *key);
gsize    strata_values_text_comments      (const StrataValuesText  *self,
                                           const StrataYamlNode    *key);
const StrataYamlNode *
         strata_values_text_last_leaf     (const StrataYamlNode    *node);

gboolean strata_values_find               (StrataYamlNode          *node,
                                           const char              *dotted_path,
                                           GArray                  *steps);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataValuesText, strata_values_text_clear)

G_END_DECLS
