/* strata-values.h - values.yaml read and changed as text: comments and order are the user's
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"
#include "strata-pack.h"

G_BEGIN_DECLS

char      *strata_values_apply_preset       (const char    *text,
                                             StrataPack    *pack,
                                             StrataPreset  *preset,
                                             GError       **error);
char     **strata_values_get_presets        (const char    *text);
char      *strata_values_get_preset         (const char    *text,
                                             const char    *group);
char      *strata_values_get                (const char    *text,
                                             const char    *dotted_path);
char      *strata_values_set                (const char    *text,
                                             const char    *dotted_path,
                                             const char    *value,
                                             GError       **error);
char      *strata_values_remove             (const char    *text,
                                             const char    *dotted_path,
                                             GError       **error);
int        strata_values_get_install_order  (const char    *text);
char      *strata_values_set_install_order  (const char    *text,
                                             int            order,
                                             GError       **error);
char      *strata_values_get_namespace      (const char    *text);
char      *strata_values_set_namespace      (const char    *text,
                                             const char    *name_space,
                                             GError       **error);
char      *strata_values_wrap_chart         (const char    *chart_name,
                                             const char    *name_space,
                                             const char    *chart_values);
GPtrArray *strata_values_list_images        (StrataLayer   *layer);

G_END_DECLS
