/* strata-text-search.c - searching and replacing in all texts of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Line by line: a line is what is shown of a place, and what a pattern is bounded by.
 */

#define G_LOG_DOMAIN "strata-text-search"

#include "strata-text-search.h"

#include <string.h>

#include "strata-pattern.h"

#define VALUES "values.yaml"
#define MAX_HITS 2000
#define MAX_SHOWN 300        /* characters of a line */
#define CHECK_EVERY 1000     /* lines between two looks at the cancellable */

typedef struct
{
  StrataPattern    *pattern;
  const char       *replacement;  /* (nullable) */
  gboolean          has_groups;   /* `$1` in the replacement means what was in the first brackets */
  GCancellable     *cancellable;
  GError          **error;
  StrataTextSearch *search;
  guint             position;
  const char       *document;
  guint             n_lines;
} Run;

static void
hit_free (gpointer data)
{
  StrataTextHit *hit = data;

  g_free (hit->document);
  g_free (hit->before);
  g_free (hit->after);
  g_free (hit);
}

/**
 * strata_text_search_free:
 * @search: (transfer full): what was found
 *
 * Frees it.
 */
void
strata_text_search_free (StrataTextSearch *search)
{
  g_clear_pointer (&search->hits, g_ptr_array_unref);
  g_clear_object (&search->profile);
  g_free (search);
}

static void
append_replacement (Run               *run,
                    GString           *text,
                    const char        *line,
                    const StrataMatch *match)
{
  for (const char *at = run->replacement; *at != '\0'; at++)
    if (run->has_groups && *at == '$' && g_ascii_isdigit (at[1]))
      {
        guint group = (guint) (*++at - '0');

        if (group < match->n_groups)
          g_string_append_len (text, line + match->starts[group], (gssize) (match->ends[group] - match->starts[group]));
      }
    else if (run->has_groups && *at == '$' && at[1] == '$')
      g_string_append_c (text, *++at);
    else
      g_string_append_c (text, *at);
}

static char *
dup_shown (const char *text,
           gsize       length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SHOWN));
}

static void
add_hit (Run        *run,
         const char *line,
         gsize       length,
         guint       number,
         gsize       first,
         GString    *replaced)
{
  if (run->search->hits->len >= MAX_HITS)
    {
      run->search->is_cut = TRUE;
      return;
    }

  StrataTextHit *hit = g_new0 (StrataTextHit, 1);

  hit->position = run->position;
  hit->document = g_strdup (run->document);
  hit->line = number;
  hit->column = (guint) g_utf8_strlen (line, (gssize) first) + 1;
  hit->before = dup_shown (line, length);
  hit->after = replaced != NULL ? dup_shown (replaced->str, replaced->len) : NULL;
  g_ptr_array_add (run->search->hits, hit);
}

/* All that is found in one line. Returns %FALSE with the run's error. Puts the line into @text as it is then. */
static gboolean
search_line (Run        *run,
             const char *line,
             gsize       length,
             guint       number,
             GString    *text)
{
  g_autoptr(GString) replaced = NULL;
  gsize from = 0, copied = 0, first = 0;
  gboolean found = FALSE;
  StrataMatch match;

  while (from <= length && strata_pattern_find (run->pattern, line, (gssize) length, from, &match, run->error))
    {
      first = found ? first : match.starts[0];
      found = TRUE;

      if (run->replacement == NULL)
        break;

      if (replaced == NULL)
        replaced = g_string_new (NULL);

      g_string_append_len (replaced, line + copied, (gssize) (match.starts[0] - copied));
      append_replacement (run, replaced, line, &match);
      copied = match.ends[0];

      /* Past nothing the next character goes too, or this place would be found for ever. */
      from = match.ends[0] > match.starts[0] || match.ends[0] >= length
               ? match.ends[0] + (match.ends[0] == match.starts[0])
               : (gsize) (g_utf8_next_char (line + match.ends[0]) - line);
    }

  if (*run->error != NULL)
    return FALSE;

  if (replaced != NULL)
    g_string_append_len (replaced, line + copied, (gssize) (length - copied));
  if (found)
    add_hit (run, line, length, number, first, replaced);
  if (text != NULL)
    g_string_append_len (text, replaced != NULL ? replaced->str : line, (gssize) (replaced != NULL ? replaced->len : length));

  return TRUE;
}

/* (nullable) (transfer full): the text with everything replaced; NULL when it stays as it is, or with the run's error */
static StrataBlob *
search_text (Run        *run,
             StrataBlob *blob)
{
  const char *text = strata_blob_get_text (blob);
  g_autoptr(GString) replaced = run->replacement != NULL ? g_string_new (NULL) : NULL;
  guint number = 0;

  if (!g_utf8_validate_len (text, strata_blob_get_size (blob), NULL))
    return NULL;

  for (const char *line = text; *line != '\0';)
    {
      gsize whole = strcspn (line, "\n");
      gsize length = whole > 0 && line[whole - 1] == '\r' ? whole - 1 : whole;

      if (++run->n_lines % CHECK_EVERY == 0 && g_cancellable_set_error_if_cancelled (run->cancellable, run->error))
        return NULL;

      if (!search_line (run, line, length, ++number, replaced))
        return NULL;

      if (replaced != NULL)
        g_string_append_len (replaced, line + length, (gssize) (whole - length + (line[whole] == '\n')));

      line += whole + (line[whole] == '\n');
    }

  if (replaced == NULL || g_str_equal (replaced->str, text))
    return NULL;

  return strata_blob_new (replaced->str, replaced->len);
}

static StrataLayer *
search_layer (Run         *run,
              StrataLayer *layer)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  g_autoptr(StrataBlob) values = NULL;
  StrataLayer *changed = NULL;

  run->document = VALUES;
  values = search_text (run, strata_layer_get_values (layer));
  changed = values != NULL ? strata_layer_with_values (layer, values) : g_object_ref (layer);

  for (guint i = 0; *run->error == NULL && i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);
      g_autoptr(StrataBlob) content = NULL;

      run->document = strata_manifest_get_name (manifest);
      content = search_text (run, strata_manifest_get_content (manifest));

      if (content == NULL)
        continue;

      g_autoptr(StrataManifest) edited = strata_manifest_with_content (manifest, content);
      g_autoptr(StrataLayer) before = changed;

      changed = strata_layer_with_manifest (before, edited);
    }

  return changed;
}

static StrataPattern *
compile (const char             *query,
         StrataTextSearchFlags   flags,
         GError                **error)
{
  g_autofree char *plain =
    (flags & STRATA_TEXT_SEARCH_PATTERN) != 0 ? g_strdup (query) : g_regex_escape_string (query, -1);
  g_autofree char *whole =
    (flags & STRATA_TEXT_SEARCH_MATCH_CASE) != 0 ? g_strdup (plain) : g_strconcat ("(?i)", plain, NULL);

  return strata_pattern_new (whole, error);
}

/**
 * strata_text_search:
 * @profile: a profile
 * @query: what to look for; not ""
 * @replacement: (nullable): what to put in its place; %NULL to look only. With a pattern, `$1` stands for what its first
 *   brackets found, `$0` for all of it, `$$` for a dollar
 * @flags: how
 * @cancellable: (nullable): to stop it
 * @error: return location for a %STRATA_ERROR_INVALID when @query is no pattern, a %STRATA_ERROR_TOO_LARGE when that takes
 *   too long, or a cancellation
 *
 * Looks through values and manifests, line by line. Layers in which nothing is replaced are shared with @profile. At most
 * 2,000 lines are listed; all are replaced. Any thread.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL with @error
 */
StrataTextSearch *
strata_text_search (StrataProfile          *profile,
                    const char             *query,
                    const char             *replacement,
                    StrataTextSearchFlags   flags,
                    GCancellable           *cancellable,
                    GError                **error)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (query != NULL && *query != '\0', NULL);

  g_autoptr(GError) failure = NULL;
  g_autoptr(StrataPattern) pattern = compile (query, flags, error);
  g_autoptr(StrataTextSearch) search = g_new0 (StrataTextSearch, 1);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  search->hits = g_ptr_array_new_with_free_func (hit_free);

  if (pattern == NULL)
    return NULL;

  Run run = {
    .pattern = pattern, .replacement = replacement, .has_groups = (flags & STRATA_TEXT_SEARCH_PATTERN) != 0,
    .cancellable = cancellable, .error = &failure, .search = search,
  };

  for (guint i = strata_profile_get_n_layers (profile); failure == NULL && i > 0; i--)
    {
      run.position = i - 1;
      g_ptr_array_insert (layers, 0, search_layer (&run, strata_profile_get_layer (profile, i - 1)));
    }

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  if (replacement != NULL)
    search->profile = strata_profile_with_layers (profile, layers);

  return g_steal_pointer (&search);
}
