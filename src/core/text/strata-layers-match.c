/* strata-layers-match.c - which layers of two profiles are the same, also under another name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layers-match"

#include "strata-merge-private.h"

#include <string.h>

/* Of a hundred lines, how many a layer keeps when it is still the same under another name. */
#define MIN_ALIKE 60

/* More layers than that come and go at once in no edit: they are not looked at in pairs. */
#define MAX_PAIRS 1024

static gsize
get_size (StrataLayer *layer)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  gsize size = strata_blob_get_size (strata_layer_get_values (layer));

  for (guint i = 0; i < manifests->len; i++)
    size += strata_blob_get_size (strata_manifest_get_content (manifests->pdata[i]));

  return size;
}

static gboolean
is_equal_but_name (StrataLayer *a,
                   StrataLayer *b)
{
  g_autoptr(StrataLayer) renamed = strata_layer_with (b, STRATA_LAYER_NAME, strata_layer_get_name (a));

  return strata_layer_equal (a, renamed);
}

static char *
get_all_text (StrataLayer *layer)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  g_autoptr(GString) text = g_string_new (strata_layer_get_text (layer));

  for (guint i = 0; i < manifests->len; i++)
    g_string_append (text, strata_manifest_get_text (manifests->pdata[i]));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; n++)
    {
      const char *end = strchr (text, '\n');

      text = end != NULL ? end + 1 : text + strlen (text);
    }

  return n;
}

static gboolean
is_alike (StrataLayer *a,
          StrataLayer *b)
{
  if (strata_layer_get_kind (a) != strata_layer_get_kind (b) || get_size (a) == 0 || get_size (b) == 0)
    return FALSE;
  if (is_equal_but_name (a, b))
    return TRUE;
  /* A pack or a chart has its name from where it came: another name is another thing. */
  if (strata_layer_get_kind (a) != STRATA_LAYER_KIND_MANIFEST)
    return FALSE;

  g_autofree char *old_text = get_all_text (a);
  g_autofree char *new_text = get_all_text (b);
  g_autoptr(GArray) hunks = strata_diff_lines (old_text, new_text);
  guint n_lines = MAX (count_lines (old_text), count_lines (new_text));
  guint n_changed = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);

      n_changed += MAX (hunk->old_count, hunk->new_count);
    }

  return n_lines > n_changed && 100 * (n_lines - n_changed) >= MIN_ALIKE * n_lines;
}

static void
match_renamed (StrataProfile *old_profile,
               StrataProfile *new_profile,
               int           *match,
               guint8        *is_taken)
{
  guint n_old = strata_profile_get_n_layers (old_profile);
  guint n_new = strata_profile_get_n_layers (new_profile);
  guint n_pairs = 0;

  for (guint i = 0; i < n_old; i++)
    for (guint j = 0; match[i] < 0 && j < n_new && n_pairs < MAX_PAIRS; j++)
      {
        if (is_taken[j])
          continue;
        n_pairs++;
        if (!is_alike (strata_profile_get_layer (old_profile, i), strata_profile_get_layer (new_profile, j)))
          continue;
        match[i] = (int) j;
        is_taken[j] = TRUE;
      }
}

/* For each layer of @old_profile its place in @new_profile, -1 when it is gone: by name, and then, @with_renames, what
 * came under a new name but with the same content, or of manifests with most of it. (transfer full) (array) */
int *
strata_layers_match (StrataProfile *old_profile,
                     StrataProfile *new_profile,
                     gboolean       with_renames)
{
  GPtrArray *old_layers = strata_profile_get_layers (old_profile);
  GPtrArray *new_layers = strata_profile_get_layers (new_profile);
  GPtrArray *rows[] = { old_layers, new_layers, new_layers };
  g_autoptr(GArray) threads = strata_merge_threads (rows, (StrataMergeKey) strata_layer_get_name);
  g_autofree guint8 *is_taken = g_new0 (guint8, (gsize) new_layers->len + 1);
  int *match = g_new (int, (gsize) old_layers->len + 1);

  for (guint i = 0; i < threads->len; i++)
    {
      const StrataMergeThread *thread = &g_array_index (threads, StrataMergeThread, i);

      if (thread->at[0] >= 0)
        match[thread->at[0]] = thread->at[1];
      if (thread->at[0] >= 0 && thread->at[1] >= 0)
        is_taken[thread->at[1]] = TRUE;
    }

  if (with_renames)
    match_renamed (old_profile, new_profile, match, is_taken);

  return match;
}

/**
 * strata_diff_match_layers:
 * @old_profile: a profile
 * @new_profile: another
 *
 * Any thread.
 *
 * Returns: (transfer full) (array): for each layer of @old_profile, bottom first, the position of the same layer in
 *   @new_profile, also under a new name; -1 when it is gone
 */
int *
strata_diff_match_layers (StrataProfile *old_profile,
                          StrataProfile *new_profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (old_profile) && STRATA_IS_PROFILE (new_profile), NULL);

  return strata_layers_match (old_profile, new_profile, TRUE);
}
