/* strata-quantity.h - an amount as Kubernetes writes it: "250m", "1.5Gi", "2e3"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean strata_quantity_parse (const char *text,
                                double     *amount);

G_END_DECLS
