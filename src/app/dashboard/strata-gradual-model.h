/* strata-gradual-model.h - the first rows of a list at once, the others little by little
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STRATA_TYPE_GRADUAL_MODEL (strata_gradual_model_get_type ())

G_DECLARE_FINAL_TYPE (StrataGradualModel, strata_gradual_model, STRATA, GRADUAL_MODEL, GObject)

StrataGradualModel *strata_gradual_model_new    (GListModel *model);
void                strata_gradual_model_finish (StrataGradualModel *self);

G_END_DECLS
