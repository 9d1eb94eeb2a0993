/* strata-preset-reader.h - the presets of a pack, from presets.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *strata_preset_read (const char *text,
                               GPtrArray  *warnings);

G_END_DECLS
