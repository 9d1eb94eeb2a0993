/* strata-json-names.c - the names of one object: none twice, and none made to be slow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-json"

#include "strata-json-private.h"

#include <string.h>

#define MAX_ALIKE 64

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const StrataJsonName *one = a, *other = b;

  if (one->hash != other->hash)
    return one->hash < other->hash ? -1 : 1;

  int order = strcmp (one->name, other->name);

  if (order == 0 && one->offset != other->offset)
    order = one->offset < other->offset ? -1 : 1;

  return order;
}

/* Sorts the #StrataJsonName in @names from @first on and looks at neighbours: unlike a hash table
 * that takes no longer for names that a stranger has made to collide. json-glib does keep members
 * in a hash table, so many that collide are refused as well. @culprit is the first one found that
 * stands there again.
 */
StrataJsonNames
strata_json_names_check (GArray                *names,
                         guint                  first,
                         const StrataJsonName **culprit)
{
  guint n_alike = 0;

  if (names->len - first < 2)
    return STRATA_JSON_NAMES_FINE;

  const StrataJsonName *sorted = &g_array_index (names, StrataJsonName, first);

  qsort (&g_array_index (names, StrataJsonName, first), names->len - first, sizeof *sorted,
         compare_names);

  for (guint i = 1; i < names->len - first; i++)
    {
      gboolean is_alike = sorted[i].hash == sorted[i - 1].hash;

      *culprit = &sorted[i];
      n_alike = is_alike ? n_alike + 1 : 0;

      if (is_alike && g_str_equal (sorted[i].name, sorted[i - 1].name))
        return STRATA_JSON_NAMES_TWICE;
      if (n_alike > MAX_ALIKE)
        return STRATA_JSON_NAMES_ALIKE;
    }

  return STRATA_JSON_NAMES_FINE;
}
