/* strata-texts.h - the named texts of a value: an array that shares what is not changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

void       strata_texts_init  (char       **texts,
                               gsize        n);
void       strata_texts_clear (char       **texts,
                               gsize        n);
void       strata_texts_copy  (char       **texts,
                               char       **from,
                               gsize        n);
void       strata_texts_set   (char       **texts,
                               gsize        index,
                               const char  *value);
gboolean   strata_texts_equal (char       **a,
                               char       **b,
                               gsize        n);

gboolean   strata_list_equal  (GPtrArray   *a,
                               GPtrArray   *b,
                               GEqualFunc   equal);
GPtrArray *strata_list_copy   (GPtrArray   *list);

G_END_DECLS
