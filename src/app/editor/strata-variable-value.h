/* strata-variable-value.h - the default of a variable, in the way that its format and input type ask for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal "changed". */
#define STRATA_TYPE_VARIABLE_VALUE (strata_variable_value_get_type ())

G_DECLARE_FINAL_TYPE (StrataVariableValue, strata_variable_value, STRATA, VARIABLE_VALUE, AdwPreferencesGroup)

const char *strata_variable_value_get_text (StrataVariableValue  *self);
void        strata_variable_value_set_text (StrataVariableValue  *self,
                                              const char             *text);
void        strata_variable_value_set_kind (StrataVariableValue  *self,
                                              const char             *format,
                                              const char             *input_type,
                                              gboolean                is_secret);

G_END_DECLS
