/* strata-problem-walk.c - from problem to problem through all layers and documents
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-problem-walk"

#include "strata-problem-walk.h"

/* A place in the profile: layers from the top, documents in the order of their buttons. */
typedef struct
{
  guint layer;
  guint document;
  guint line;
  guint column;
} Place;

static int
compare_numbers (guint a,
                 guint b)
{
  return (a > b) - (a < b);
}

static int
compare_places (const Place *a,
                const Place *b)
{
  int by_layer = compare_numbers (a->layer, b->layer);
  int by_document = compare_numbers (a->document, b->document);
  int by_line = compare_numbers (a->line, b->line);

  if (by_layer != 0)
    return by_layer;
  if (by_document != 0)
    return by_document;

  return by_line != 0 ? by_line : compare_numbers (a->column, b->column);
}

static guint
find_document (StrataLayer *layer,
               const char  *document)
{
  guint index;

  if (document == NULL || strata_layer_find_manifest (layer, document, &index) == NULL)
    return 0;

  return index + 1;
}

static Place
make_place (StrataProfile *profile,
            guint          position,
            const char    *document,
            guint          line,
            guint          column)
{
  StrataLayer *layer = strata_profile_get_layer (profile, position);

  return (Place){
    strata_profile_get_n_layers (profile) - position,
    find_document (layer, document),
    MAX (line, 1),
    MAX (column, 1),
  };
}

/* Which of two places a walk comes to first after @here, going round at the end. */
static gboolean
is_nearer (const Place *a,
           const Place *b,
           const Place *here,
           gboolean     forward)
{
  int sign = forward ? 1 : -1;
  gboolean a_ahead = sign * compare_places (a, here) > 0;
  gboolean b_ahead = sign * compare_places (b, here) > 0;

  if (a_ahead != b_ahead)
    return a_ahead;

  return sign * compare_places (a, b) < 0;
}

/*
 * strata_problem_walk:
 * @editing: an open profile
 * @line: where the cursor is
 * @column: where the cursor is
 * @forward: to the next one, else to the one before
 * @position: (out): the layer it is in
 *
 * Returns: (nullable): %NULL when there is no problem anywhere
 */
const StrataProblem *
strata_problem_walk (StrataEditing *editing,
                     guint          line,
                     guint          column,
                     gboolean       forward,
                     guint         *position)
{
  g_return_val_if_fail (STRATA_IS_EDITING (editing), NULL);

  StrataProfile *profile = strata_editing_get_profile (editing);
  const StrataProblem *nearest = NULL;
  Place here, nearest_place;

  if (strata_editing_get_layer (editing) == NULL)
    return NULL;

  here = make_place (profile, strata_editing_get_position (editing),
                     strata_editing_get_document (editing), line, column);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      GPtrArray *problems = strata_checker_get_problems (strata_editing_get_checker (editing),
                                                         strata_profile_get_layer (profile, i));

      for (guint j = 0; problems != NULL && j < problems->len; j++)
        {
          const StrataProblem *problem = g_ptr_array_index (problems, j);
          Place place = make_place (profile, i, problem->document, problem->line, problem->column);

          if (nearest != NULL && !is_nearer (&place, &nearest_place, &here, forward))
            continue;

          nearest = problem;
          nearest_place = place;
          *position = i;
        }
    }

  return nearest;
}

/* (nullable): the problem of the shown document on @line that @column is in, or the only one of that line */
const StrataProblem *
strata_problem_at (StrataEditing *editing,
                   guint          line,
                   guint          column)
{
  g_return_val_if_fail (STRATA_IS_EDITING (editing), NULL);

  StrataLayer *layer = strata_editing_get_layer (editing);
  GPtrArray *problems =
    layer != NULL ? strata_checker_get_problems (strata_editing_get_checker (editing), layer)
                  : NULL;
  const StrataProblem *on_line = NULL;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      if (problem->line != line ||
          g_strcmp0 (problem->document, strata_editing_get_document (editing)) != 0)
        continue;

      on_line = problem;

      if (problem->column <= column && column <= problem->column + problem->length)
        return problem;
    }

  return on_line;
}
