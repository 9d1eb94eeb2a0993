/* strata-fuzzy.c - how well a few typed letters fit a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fuzzy"

#include "strata-fuzzy.h"

#include <string.h>

#define POINT 1
#define WORD_START 8  /* a letter that begins a word says most */
#define NEXT_TO 7     /* then letters that stand together */
#define AT_START 4

/**
 * strata_fuzzy_fold:
 * @text: what was typed, or a name
 *
 * Returns: (transfer full): @text as strata_fuzzy_score() compares it: without case
 */
char *
strata_fuzzy_fold (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
}

static gboolean
starts_word (const char *name,
             const char *at)
{
  return at == name || strchr (" -_./", at[-1]) != NULL;
}

/* Where the next letter fits best: at the start of a word that comes, or at the first place there is. */
static const char *
find_next (const char *name,
           const char *from,
           char        letter)
{
  for (const char *at = from; *at != '\0'; at++)
    if (*at == letter && starts_word (name, at))
      return at;

  return strchr (from, letter);
}

static int
score_from (const char *typed,
            const char *name,
            gboolean    prefer_words)
{
  const char *at = name;
  const char *last = NULL;
  int score = 0;

  for (const char *letter = typed; *letter != '\0'; letter++)
    {
      if (*letter == ' ')
        continue;

      gboolean together = last != NULL && last[1] == *letter;
      const char *found =
        together || !prefer_words ? strchr (at, *letter) : find_next (name, at, *letter);

      if (found == NULL)
        return 0;

      score += POINT + (starts_word (name, found) ? WORD_START : 0) +
               (last != NULL && found == last + 1 ? NEXT_TO : 0) + (found == name ? AT_START : 0);
      last = found;
      at = found + 1;
    }

  return score;
}

/**
 * strata_fuzzy_score:
 * @typed: what was typed, folded
 * @name: a name, folded
 *
 * Says how well @typed fits @name: all its letters have to be there, in that order. Starts of words count most, so "re"
 * finds "retail-edge" before "store-kiosk". Spaces in @typed do not count.
 *
 * Returns: the score, more is better; 0 when it does not fit
 */
int
strata_fuzzy_score (const char *typed,
                    const char *name)
{
  g_return_val_if_fail (typed != NULL && name != NULL, 0);

  if (*typed == '\0')
    return POINT;

  /* The words first, and where that leads to a dead end, the letters as they come. */
  int by_words = score_from (typed, name, TRUE);
  int by_letters = score_from (typed, name, FALSE);

  return MAX (by_words, by_letters);
}
