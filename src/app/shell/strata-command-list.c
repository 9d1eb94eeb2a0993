/* strata-command-list.c - the commands and profiles that fit what was typed, best first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-command-list"

#include "strata-command-list.h"

#include "strata-fuzzy.h"
#include "strata-version.h"

/* A command or an entry, and how well it fits. */
typedef struct
{
  gpointer item;  /* (unowned): StrataCommand or StrataEntry */
  int      score;
  guint    rank;  /* where it stood, to keep equals in order */
} Hit;

/* The versions of one name stand newest first. */
static int
compare_versions (gpointer a,
                  gpointer b)
{
  if (!STRATA_IS_ENTRY (a) || !STRATA_IS_ENTRY (b) ||
      !g_str_equal (strata_entry_get_name (a), strata_entry_get_name (b)))
    return 0;

  return strata_version_compare_text (strata_entry_get_version (b), strata_entry_get_version (a));
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *one = a;
  const Hit *other = b;

  if (one->score != other->score)
    return other->score - one->score;

  int by_version = compare_versions (one->item, other->item);
  if (by_version != 0)
    return by_version;

  return one->rank < other->rank ? -1 : one->rank > other->rank;
}

static void
add_hit (GArray     *hits,
         gpointer    item,
         const char *typed,
         const char *name)
{
  g_autofree char *folded = strata_fuzzy_fold (name);
  Hit hit = { item, strata_fuzzy_score (typed, folded), hits->len };

  if (hit.score > 0)
    g_array_append_val (hits, hit);
}

/**
 * strata_command_list_find:
 * @commands: (element-type StrataCommand): what can be done
 * @entries: (nullable): a list of StrataEntry
 * @typed: what was typed
 * @max: how many are enough
 *
 * Only what is shown becomes an object, so this is quick over many thousands of profiles.
 *
 * Returns: (transfer container) (element-type StrataCommand): what fits, best first
 */
GPtrArray *
strata_command_list_find (GPtrArray  *commands,
                          GListModel *entries,
                          const char *typed,
                          guint       max)
{
  g_return_val_if_fail (commands != NULL && typed != NULL, NULL);

  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree char *folded = strata_fuzzy_fold (typed);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_entries = entries != NULL ? g_list_model_get_n_items (entries) : 0;

  for (guint i = 0; i < commands->len; i++)
    add_hit (hits, commands->pdata[i], folded, strata_command_get_title (commands->pdata[i]));

  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (entries, i);
      add_hit (hits, entry, folded, strata_entry_get_name (entry));
    }

  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < MIN (hits->len, max); i++)
    {
      gpointer item = g_array_index (hits, Hit, i).item;

      g_ptr_array_add (found, STRATA_IS_COMMAND (item) ? g_object_ref (item)
                                                       : strata_command_new_for_entry (item));
    }

  return found;
}
