/* strata-schema-decimal.h - a number as it is written: decimal digits and a power of ten
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @digits times ten to the power of @exponent; no zero stands at the end of @digits. */
typedef struct
{
  guint64     digits;
  int         exponent;
  gboolean    is_negative;
  gboolean    is_cut;  /* it has more digits than these */
  const char *text;    /* as it was written */
} StrataSchemaDecimal;

void     strata_schema_decimal_read       (StrataSchemaDecimal       *self,
                                           const char                *text);
gboolean strata_schema_decimal_is_whole   (const StrataSchemaDecimal *self);
int      strata_schema_decimal_compare    (const StrataSchemaDecimal *self,
                                           const StrataSchemaDecimal *other);
gboolean strata_schema_decimal_is_step    (const StrataSchemaDecimal *self,
                                           const StrataSchemaDecimal *step);

G_END_DECLS
