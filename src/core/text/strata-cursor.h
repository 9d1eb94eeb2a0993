/* strata-cursor.h - where a place in a text is in the YAML that the text means to be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands for an item of a list in a path. */
#define STRATA_CURSOR_ITEM "[]"

typedef enum
{
  STRATA_CURSOR_NOWHERE,   /* in a comment, in the lines of a text */
  STRATA_CURSOR_KEY,       /* a key is typed, or an item of a list */
  STRATA_CURSOR_VALUE,     /* the value of a key is typed */
  STRATA_CURSOR_TEMPLATE,  /* between `{{` and `}}` */
} StrataCursorPlace;

/**
 * StrataCursor:
 * @place: what is typed there
 * @path: (array zero-terminated=1): for a key: of the mapping or list it is in; else of the value; from the document's root
 *   down, `[]` for an item of a list
 * @word: what stands before the cursor of what is typed
 * @start: where that begins, in bytes of the text
 * @column: where the line's first key or item begins after its dashes, from 0, in characters
 * @quote: the quote that the word stands in, or NUL
 * @bracket: the brace or bracket that is the innermost one open there, or NUL
 * @siblings: (array zero-terminated=1): the keys that the mapping has beside this one
 * @api_version: "apiVersion" of the document, or ""
 * @kind: "kind" of the document, or ""
 *
 * All fields are owned, none is %NULL.
 */
typedef struct
{
  StrataCursorPlace   place;
  char              **path;
  char               *word;
  gsize               start;
  guint               column;
  char                quote;
  char                bracket;
  char              **siblings;
  char               *api_version;
  char               *kind;
} StrataCursor;

StrataCursor *strata_cursor_find        (const char    *text,
                                         gsize          offset);
StrataCursor *strata_cursor_find_key    (const char    *text,
                                         gsize          offset);
StrataCursor *strata_cursor_find_around (const char    *text,
                                         gsize          offset);
void          strata_cursor_free        (StrataCursor  *cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCursor, strata_cursor_free)

G_END_DECLS
