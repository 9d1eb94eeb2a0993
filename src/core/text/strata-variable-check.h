/* strata-variable-check.h - whether a variable keeps the rules of the Palette API
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-variable.h"

G_BEGIN_DECLS

gboolean strata_variable_has_default  (StrataVariable  *self);

gboolean strata_variable_check_format (const char      *format,
                                       const char      *value,
                                       GError         **error);
gboolean strata_variable_check_value  (StrataVariable  *self,
                                       const char      *value,
                                       GError         **error);
gboolean strata_variable_check        (StrataVariable  *self,
                                       GError         **error);
gboolean strata_variable_check_names  (StrataVariable  *self,
                                       GPtrArray       *variables,
                                       StrataVariable  *instead,
                                       GError         **error);

G_END_DECLS
