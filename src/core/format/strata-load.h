/* strata-load.h - a file that a person picked, read whole within a bound
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *strata_load_bytes (GFile         *file,
                           gsize          max_size,
                           GCancellable  *cancellable,
                           GError       **error);

void    strata_load_name_file (GFile         *file,
                               GError       **error);

G_END_DECLS
