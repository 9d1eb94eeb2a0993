/* strata-layer-facts.h - what a row says about a layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"

G_BEGIN_DECLS

const char *strata_layer_facts_kind     (StrataLayer  *layer);
char       *strata_layer_facts_subtitle (StrataLayer  *layer);
char       *strata_layer_facts_digest   (StrataLayer  *layer);
char       *strata_layer_facts_label    (StrataLayer  *layer);
gboolean    strata_layer_facts_has_chart (StrataLayer *layer);
char       *strata_layer_facts_images   (StrataLayer  *layer,
                                         guint         n_images);

G_END_DECLS
