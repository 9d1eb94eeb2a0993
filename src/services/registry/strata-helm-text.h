/* strata-helm-text.h - the bytes of an index, made such that the YAML parser may see them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_HELM_MAX_ESCAPE 12  /* bytes of such a pair */

gsize  strata_helm_text_join  (char        *text,
                               gsize        length,
                               gboolean     at_end,
                               gsize       *n_rest);
gssize strata_helm_text_check (const char  *text,
                               gsize        length);

G_END_DECLS
