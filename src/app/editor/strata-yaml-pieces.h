/* strata-yaml-pieces.h - what the pieces of one line of YAML are, for the colours of a text that is too large to read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No line before has begun a block of text, "key: |". */
#define STRATA_YAML_NO_BLOCK -1

typedef enum
{
  STRATA_YAML_PIECE_KEY,
  STRATA_YAML_PIECE_STRING,
  STRATA_YAML_PIECE_NUMBER,
  STRATA_YAML_PIECE_BOOLEAN,
  STRATA_YAML_PIECE_NULL,
  STRATA_YAML_PIECE_ANCHOR,
  STRATA_YAML_PIECE_TAG,
  STRATA_YAML_PIECE_COMMENT,
  STRATA_YAML_PIECE_DIRECTIVE,
} StrataYamlPieceKind;

#define STRATA_YAML_N_PIECES (STRATA_YAML_PIECE_DIRECTIVE + 1)

/* In bytes from the start of the line. */
typedef struct
{
  StrataYamlPieceKind kind;
  guint               start;
  guint               end;
} StrataYamlPiece;

void strata_yaml_pieces_find (GArray     *pieces,
                              const char *line,
                              int        *block);

G_END_DECLS
