/* strata-variable.h - a value that a profile leaves open until it is used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StrataVariableField:
 *
 * The texts of a variable, as `v1Variable` of the Palette API has them. `EXTRA` is a JSON object of members that are
 * not known here, or "".
 */
typedef enum
{
  STRATA_VARIABLE_NAME,
  STRATA_VARIABLE_DISPLAY_NAME,
  STRATA_VARIABLE_DESCRIPTION,
  STRATA_VARIABLE_FORMAT,
  STRATA_VARIABLE_INPUT_TYPE,
  STRATA_VARIABLE_DEFAULT,
  STRATA_VARIABLE_REGEX,
  STRATA_VARIABLE_EXTRA,
} StrataVariableField;

#define STRATA_VARIABLE_N_FIELDS (STRATA_VARIABLE_EXTRA + 1)

typedef enum
{
  STRATA_VARIABLE_REQUIRED  = 1 << 0,
  STRATA_VARIABLE_SENSITIVE = 1 << 1,
  STRATA_VARIABLE_HIDDEN    = 1 << 2,
  STRATA_VARIABLE_IMMUTABLE = 1 << 3,
} StrataVariableFlags;

/* One choice of a drop-down. (all fields owned, not nullable) */
typedef struct
{
  char    *value;
  char    *label;
  char    *description;
  gboolean is_default;
} StrataVariableOption;

#define STRATA_TYPE_VARIABLE (strata_variable_get_type ())

G_DECLARE_FINAL_TYPE (StrataVariable, strata_variable, STRATA, VARIABLE, GObject)

StrataVariable      *strata_variable_new          (const char            *name);

const char          *strata_variable_get          (StrataVariable        *self,
                                                   StrataVariableField    field);
const char          *strata_variable_get_name     (StrataVariable        *self);
StrataVariableFlags  strata_variable_get_flags    (StrataVariable        *self);
GPtrArray           *strata_variable_get_options  (StrataVariable        *self);

StrataVariable      *strata_variable_with         (StrataVariable        *self,
                                                   StrataVariableField    field,
                                                   const char            *value);
StrataVariable      *strata_variable_with_flags   (StrataVariable        *self,
                                                   StrataVariableFlags    flags);
StrataVariable      *strata_variable_with_options (StrataVariable        *self,
                                                   GPtrArray             *options);

gboolean             strata_variable_equal        (StrataVariable        *self,
                                                   StrataVariable        *other);

StrataVariableOption *strata_variable_option_new  (const char            *value,
                                                   const char            *label,
                                                   const char            *description,
                                                   gboolean               is_default);
gboolean              strata_variable_option_equal (const StrataVariableOption *option,
                                                    const StrataVariableOption *other);
void                  strata_variable_option_free (StrataVariableOption  *option);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataVariableOption, strata_variable_option_free)

G_END_DECLS
