/* strata-schema-table.h - names found by their hash
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  guint       length;
  guint       hash;
  guint       number;  /* from 1; 0 when the slot is free */
} StrataSchemaSlot;

typedef struct
{
  StrataSchemaSlot *slots;  /* (owned) (nullable) */
  guint             mask;
  guint             n_names;
} StrataSchemaTable;

guint    strata_schema_table_hash  (const char              *name,
                                    gsize                    length);
guint    strata_schema_table_add   (StrataSchemaTable       *self,
                                    const char              *name);
guint    strata_schema_table_find  (const StrataSchemaTable *self,
                                    const char              *name,
                                    gsize                    length);
void     strata_schema_table_clear (StrataSchemaTable       *self);

G_END_DECLS
