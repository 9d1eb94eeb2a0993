/* strata-variable-options.h - the choices of a variable that is chosen from a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-variable.h"

G_BEGIN_DECLS

/* Signal "changed". */
#define STRATA_TYPE_VARIABLE_OPTIONS (strata_variable_options_get_type ())

G_DECLARE_FINAL_TYPE (StrataVariableOptions, strata_variable_options, STRATA, VARIABLE_OPTIONS, AdwPreferencesGroup)

void       strata_variable_options_set         (StrataVariableOptions  *self,
                                                GPtrArray              *options,
                                                const char             *value);
GPtrArray *strata_variable_options_dup         (StrataVariableOptions  *self);
char      *strata_variable_options_dup_default (StrataVariableOptions  *self);

G_END_DECLS
