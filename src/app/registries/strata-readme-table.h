/* strata-readme-table.h - tables of pipes, which plain Markdown does not know
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (all fields owned) */
typedef struct
{
  char      *before;  /* lines of the paragraph above the table, or "" */
  GPtrArray *rows;    /* (element-type GStrv): the header first; every row has as many cells as the header */
} StrataReadmeTable;

StrataReadmeTable *strata_readme_table_parse (const char        *paragraph);
void               strata_readme_table_free  (StrataReadmeTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataReadmeTable, strata_readme_table_free)

G_END_DECLS
