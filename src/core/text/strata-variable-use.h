/* strata-variable-use.h - where the texts of a profile use a variable, and renaming it there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

/**
 * StrataVariableUse:
 * @name: the variable
 * @position: the layer
 * @document: "values.yaml" or the manifest's name
 * @line: from 1
 * @column: from 1, in characters: of `.spectro.var.NAME`
 * @length: of that, in characters
 *
 * One place. A boxed value; all texts are owned.
 */
typedef struct
{
  char  *name;
  guint  position;
  char  *document;
  guint  line;
  guint  column;
  guint  length;
} StrataVariableUse;

#define STRATA_TYPE_VARIABLE_USE (strata_variable_use_get_type ())

GType              strata_variable_use_get_type (void);
StrataVariableUse *strata_variable_use_copy     (const StrataVariableUse  *use);
void               strata_variable_use_free     (StrataVariableUse        *use);

GPtrArray         *strata_variable_find_uses    (StrataProfile            *profile);
GPtrArray         *strata_variable_find_in_text (const char               *text);
char              *strata_variable_rename_text  (const char               *text,
                                                 const char               *name,
                                                 const char               *new_name);
StrataProfile     *strata_variable_rename       (StrataProfile            *profile,
                                                 const char               *name,
                                                 const char               *new_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataVariableUse, strata_variable_use_free)

G_END_DECLS
