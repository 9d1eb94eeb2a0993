/* strata-sandbox-page.h - one page of a list that may be longer than an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-call.h"

G_BEGIN_DECLS

/**
 * StrataSandboxPage:
 * @table: what the list is of; it has a column uid
 * @columns: what is read of each row; key and uid come before it
 * @where: which rows, with the texts of @values for each ? in it
 * @values: (element-type utf8): see @where
 * @key: the column that the list is sorted by
 * @is_text: whether that is a text, for which the case of letters does not count
 * @descending: whether the last comes first
 *
 * A list and its order. A page begins after the last row of the one before, also when rows came and went in between.
 */
typedef struct
{
  const char *table;
  const char *columns;
  GString    *where;
  GPtrArray  *values;
  const char *key;
  gboolean    is_text;
  gboolean    descending;
} StrataSandboxPage;

typedef JsonObject *(* StrataSandboxRowFunc) (StrataSandboxCall  *call,
                                              sqlite3_stmt       *row);

/* The first column of @columns is this one. */
#define STRATA_SANDBOX_PAGE_FIRST 2

void strata_sandbox_page_init   (StrataSandboxPage     *self,
                                 const char            *table,
                                 const char            *columns);
void strata_sandbox_page_clear  (StrataSandboxPage     *self);
void strata_sandbox_page_also   (StrataSandboxPage     *self,
                                 const char            *condition,
                                 const char            *value);
void strata_sandbox_page_filter (StrataSandboxPage     *self,
                                 const char            *column,
                                 JsonObject            *filter);
void strata_sandbox_page_answer (StrataSandboxPage     *self,
                                 StrataSandboxCall     *call,
                                 StrataSandboxRowFunc   func);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataSandboxPage, strata_sandbox_page_clear)

G_END_DECLS
