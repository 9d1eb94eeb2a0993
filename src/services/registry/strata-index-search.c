/* strata-index-search.c - finds names by what a person types: best first, counted by facet, read a page at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include <string.h>

#include "strata-error.h"
#include "strata-index-private.h"
#include "strata-index-query.h"

#define MAX_WORDS 8
#define NONE G_MAXUINT8  /* the rank of what does not match */
#define MIN_ELSEWHERE 2  /* letters: with one, nearly every description has a word that begins so */
#define MAX_KINDS 8

/* What can narrow a search, as bits. */
typedef enum
{
  FACET_REGISTRY = 1 << 0,
  FACET_KIND = 1 << 1,
  FACET_TYPE = 1 << 2,
  FACET_DEPRECATED = 1 << 3,
  FACET_SIGNED = 1 << 4,
  FACET_KEPT = 1 << 5,
} Facet;

/* What goes to the end: of the same rank, what is of use comes first. */
enum
{
  CLASS_THERE,
  CLASS_DEPRECATED,
  CLASS_GONE,
  N_CLASSES,
};

struct _StrataIndexMatches
{
  GObject           parent_instance;
  StrataIndexNames *names;      /* (owned) */
  GArray           *positions;  /* (owned) (element-type guint32): in the names */
  char            **called;     /* (owned): what the registries of the names are called, "" when it was not said */
  guint             registries[STRATA_INDEX_MAX_FACETS];
  guint             types[STRATA_INDEX_MAX_FACETS];
  guint             kinds[MAX_KINDS];
  guint             deprecated[2];
  guint             is_signed[2];
  guint             kept[2];
};

G_DEFINE_FINAL_TYPE (StrataIndexMatches, strata_index_matches, G_TYPE_OBJECT)

static void
strata_index_matches_finalize (GObject *object)
{
  StrataIndexMatches *self = STRATA_INDEX_MATCHES (object);

  g_clear_pointer (&self->names, strata_index_names_unref);
  g_array_unref (self->positions);
  g_strfreev (self->called);

  G_OBJECT_CLASS (strata_index_matches_parent_class)->finalize (object);
}

static void
strata_index_matches_class_init (StrataIndexMatchesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_index_matches_finalize;
}

static void
strata_index_matches_init (StrataIndexMatches *self)
{
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static char **
split_words (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto(GStrv) parts = g_strsplit_set (valid, " \t\n\r", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0, n = 0; parts[i] != NULL && n < MAX_WORDS; i++)
    if (*parts[i] != '\0')
      {
        g_strv_builder_add (words, parts[i]);
        n++;
      }

  return g_strv_builder_end (words);
}

/* What FTS5 takes for a word, or words that follow each other, of which the last may go on. */
static char *
make_phrase (const char *word)
{
  g_autoptr(GString) phrase = g_string_new (word);

  g_string_replace (phrase, "\"", " ", 0);
  g_string_prepend_c (phrase, '"');
  g_string_append (phrase, "\"*");

  return g_string_free (g_steal_pointer (&phrase), FALSE);
}

/* Marks the names whose keywords, description, long name or application version have @word. */
static gboolean
match_elsewhere (StrataIndexDb     *db,
                 StrataIndexNames  *names,
                 const char        *word,
                 guint8            *ranks,
                 GError           **error)
{
  g_autoptr(sqlite3_stmt) statement =
    strata_index_db_prepare (db, "SELECT rowid FROM words WHERE words MATCH ?", error);
  g_autofree char *phrase = make_phrase (word);
  gboolean is_row = TRUE;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, phrase, -1, SQLITE_STATIC);
  while (is_row)
    {
      if (!strata_index_db_step (db, statement, &is_row, error))
        return FALSE;

      guint64 id = (guint64) sqlite3_column_int64 (statement, 0);
      guint32 position = is_row && id < names->n_ids ? names->by_id[id] : G_MAXUINT32;

      if (position != G_MAXUINT32)
        ranks[position] = MIN (ranks[position], STRATA_INDEX_ELSEWHERE);
    }

  return TRUE;
}

/* The rank of every name: that of the first word, when all words are in the name. */
static guint8 *
rank_names (StrataIndexDb     *db,
            StrataIndexNames  *names,
            const char        *text,
            GError           **error)
{
  guint n_names = names->rows->len;
  g_auto(GStrv) words = split_words (text);
  guint n_words = g_strv_length (words);
  g_autofree guint8 *ranks = g_malloc0 (n_names + 1);
  g_autofree guint8 *of_word = g_malloc (n_names + 1);

  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *folded = strata_index_fold (words[i]);

      memset (of_word, NONE, n_names);
      strata_index_names_match (names, folded, of_word);
      if (g_utf8_strlen (words[i], MIN_ELSEWHERE) >= MIN_ELSEWHERE &&
          !match_elsewhere (db, names, words[i], of_word, error))
        return NULL;
      for (guint j = 0; j < n_names; j++)
        ranks[j] =
          i == 0 || of_word[j] >= STRATA_INDEX_ELSEWHERE ? MAX (ranks[j], of_word[j]) : ranks[j];
    }

  return g_steal_pointer (&ranks);
}

/* Whether a name passes a filter of yes, no or both. */
static gboolean
fits (StrataIndexAnswer wanted,
      gboolean          is)
{
  return wanted == STRATA_INDEX_UNKNOWN || (wanted == STRATA_INDEX_YES) == is;
}

/* The filters that keep a name out. */
static guint
find_misfits (StrataIndexMatches     *self,
              const StrataIndexQuery *query,
              const StrataIndexName  *row)
{
  const char *registry = g_ptr_array_index (self->names->registries, row->registry);
  const char *type = g_ptr_array_index (self->names->types, row->type);
  guint misfits = 0;

  if (query->registry_id != NULL && !g_str_equal (registry, query->registry_id))
    misfits |= FACET_REGISTRY;
  if (query->kind != STRATA_INDEX_ANY_KIND && query->kind != row->kind)
    misfits |= FACET_KIND;
  if (query->type != NULL && !g_str_equal (type, query->type))
    misfits |= FACET_TYPE;
  if (!fits (query->deprecated, row->deprecated))
    misfits |= FACET_DEPRECATED;
  if (!fits (query->is_signed, row->is_signed))
    misfits |= FACET_SIGNED;
  if (!fits (query->kept, row->kept))
    misfits |= FACET_KEPT;

  return misfits;
}

/* A name counts in a facet when nothing but that facet keeps it out: so each says what choosing it would show. */
static void
count (StrataIndexMatches    *self,
       const StrataIndexName *row,
       guint                  misfits)
{
  if ((misfits & ~(guint) FACET_REGISTRY) == 0)
    self->registries[row->registry]++;
  if ((misfits & ~(guint) FACET_KIND) == 0)
    self->kinds[row->kind % MAX_KINDS]++;
  if ((misfits & ~(guint) FACET_TYPE) == 0)
    self->types[row->type]++;
  if ((misfits & ~(guint) FACET_DEPRECATED) == 0)
    self->deprecated[row->deprecated]++;
  if ((misfits & ~(guint) FACET_SIGNED) == 0)
    self->is_signed[row->is_signed]++;
  if ((misfits & ~(guint) FACET_KEPT) == 0)
    self->kept[row->kept]++;
}

/* By position in the registries of the names: whether the registry is among those there are, and how it is called. */
static void
find_registries (StrataIndexMatches     *self,
                 const StrataIndexQuery *query,
                 gboolean               *is_there)
{
  GPtrArray *registries = self->names->registries;

  self->called = g_new0 (char *, registries->len + 1);
  for (guint i = 0; i < registries->len; i++)
    {
      gsize at = 0;

      while (query->registry_ids != NULL && query->registry_ids[at] != NULL &&
             !g_str_equal (query->registry_ids[at], g_ptr_array_index (registries, i)))
        at++;
      is_there[i] = query->registry_ids == NULL || query->registry_ids[at] != NULL;
      self->called[i] =
        g_strdup (query->registry_names != NULL && is_there[i] ? query->registry_names[at] : "");
    }
}

/* The names are by the alphabet already, so they need only be dealt out by class and rank, in two passes. */
static void
collect (StrataIndexMatches     *self,
         const StrataIndexQuery *query,
         guint8                 *ranks)
{
  const StrataIndexName *rows = (const StrataIndexName *) (gconstpointer) self->names->rows->data;
  gboolean is_there[STRATA_INDEX_MAX_FACETS] = { FALSE };
  guint ends[N_CLASSES * STRATA_INDEX_N_RANKS + 1] = { 0 };
  guint n_names = self->names->rows->len;

  find_registries (self, query, is_there);
  for (guint i = 0; i < n_names; i++)
    {
      guint misfits = ranks[i] != NONE && is_there[rows[i].registry]
                        ? find_misfits (self, query, &rows[i])
                        : NONE;

      if (misfits != NONE)
        count (self, &rows[i], misfits);
      if (misfits != 0)
        {
          ranks[i] = NONE;
          continue;
        }
      ranks[i] += (guint8) (STRATA_INDEX_N_RANKS * (rows[i].gone         ? CLASS_GONE
                                                    : rows[i].deprecated ? CLASS_DEPRECATED
                                                                         : CLASS_THERE));
      ends[ranks[i] + 1]++;
    }

  for (guint i = 1; i < G_N_ELEMENTS (ends); i++)
    ends[i] += ends[i - 1];
  g_array_set_size (self->positions, ends[G_N_ELEMENTS (ends) - 1]);
  for (guint32 i = 0; i < n_names; i++)
    if (ranks[i] != NONE)
      g_array_index (self->positions, guint32, ends[ranks[i]]++) = i;
}

/**
 * strata_index_search:
 * @index: an index
 * @query: what to look for
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Finds names. Each word must be in the name, or begin a word of the keywords, the description, the long name or the
 * application version. First comes the name that is what was typed, then those that start with it, those with a word
 * that does, those with it inside, and the rest; what is deprecated comes after all, and what is gone last. May be
 * called from any thread.
 *
 * Returns: (transfer full) (nullable): what was found; else `BUSY`, `CORRUPT`, `FORBIDDEN`, `DISK` or cancelled
 */
StrataIndexMatches *
strata_index_search (StrataIndex             *index,
                     const StrataIndexQuery  *query,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (index) && query != NULL, NULL);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (index, cancellable, error);
  g_autoptr(StrataIndexMatches) self = g_object_new (STRATA_TYPE_INDEX_MATCHES, NULL);

  /* All is read from the same state of the file. */
  if (db == NULL || !strata_index_db_run (db, "BEGIN", error))
    return NULL;

  self->names = strata_index_get_names (index, db, error);
  if (self->names == NULL)
    return NULL;

  g_autofree guint8 *ranks = rank_names (db, self->names, query->text, error);

  if (ranks == NULL || !strata_index_db_run (db, "COMMIT", error))
    return NULL;

  collect (self, query, ranks);

  return g_steal_pointer (&self);
}

static StrataPackSummary *
read_summary (StrataIndexMatches    *matches,
              const StrataIndexName *row,
              sqlite3_stmt          *statement)
{
  const char *const texts[] = {
    (const char *) sqlite3_column_text (statement, 0),
    (const char *) sqlite3_column_text (statement, 1),
    (const char *) sqlite3_column_text (statement, 2),
  };

  if (texts[0] == NULL || texts[1] == NULL || texts[2] == NULL)
    return NULL;

  g_autoptr(StrataIndexEntry) entry = strata_index_unpack (texts[0], texts[1], texts[2]);

  entry->kind = (StrataLayerKind) row->kind;
  entry->gone_since = sqlite3_column_int64 (statement, 3);

  return strata_pack_summary_new_for_entry (
    entry, g_ptr_array_index (matches->names->registries, row->registry),
    matches->called[row->registry], (guint) sqlite3_column_int64 (statement, 4),
    sqlite3_column_int (statement, 5) != 0);
}

/**
 * strata_index_load_matches:
 * @index: an index
 * @matches: what a search of it found
 * @first: the first to read
 * @n: how many to read at most
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Reads what a list shows of some of the names that were found: the newest version of each, a release when there is one,
 * and how many versions there are. What was removed since the search is left out. May be called from any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataPackSummary): them, in order; else `BUSY`, `CORRUPT`,
 *   `FORBIDDEN`, `DISK` or cancelled
 */
GPtrArray *
strata_index_load_matches (StrataIndex         *index,
                           StrataIndexMatches  *matches,
                           guint                first,
                           guint                n,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (index) && STRATA_IS_INDEX_MATCHES (matches), NULL);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (index, cancellable, error);
  g_autoptr(sqlite3_stmt) statement =
    db != NULL ? strata_index_db_prepare (
                   db,
                   "SELECT name.name, version.version, version.details, name.gone,"
                   " name.n_versions, name.kept"
                   " FROM name JOIN version ON version.id = name.newest WHERE name.id = ?",
                   error)
               : NULL;
  g_autoptr(GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 end = MIN ((guint64) first + n, matches->positions->len);

  if (statement == NULL)
    return NULL;

  for (guint64 i = first; i < end; i++)
    {
      guint32 position = g_array_index (matches->positions, guint32, i);
      const StrataIndexName *row = &g_array_index (matches->names->rows, StrataIndexName, position);
      gboolean is_row = FALSE;

      sqlite3_bind_int64 (statement, 1, row->id);
      if (!strata_index_db_step (db, statement, &is_row, error))
        return NULL;

      StrataPackSummary *summary = is_row ? read_summary (matches, row, statement) : NULL;

      if (summary != NULL)
        g_ptr_array_add (summaries, summary);
      sqlite3_reset (statement);
    }

  return g_steal_pointer (&summaries);
}

/**
 * strata_index_matches_get_n:
 * @self: what a search found
 *
 * Returns: how many names it found
 */
guint
strata_index_matches_get_n (StrataIndexMatches *self)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self), 0);

  return self->positions->len;
}

/**
 * strata_index_matches_count_registry:
 * @self: what a search found
 * @registry_id: (nullable): a registry, or %NULL for all
 *
 * Returns: how many names there would be if the search were narrowed to that registry, its other filters kept
 */
guint
strata_index_matches_count_registry (StrataIndexMatches *self,
                                     const char         *registry_id)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self), 0);

  guint n = 0;

  for (guint i = 0; i < self->names->registries->len; i++)
    if (registry_id == NULL ||
        g_str_equal (g_ptr_array_index (self->names->registries, i), registry_id))
      n += self->registries[i];

  return n;
}

/**
 * strata_index_matches_count_kind:
 * @self: what a search found
 * @kind: packs or charts
 *
 * Returns: how many names there would be if the search were narrowed to that kind, its other filters kept
 */
guint
strata_index_matches_count_kind (StrataIndexMatches *self,
                                 StrataLayerKind     kind)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self) && kind < MAX_KINDS, 0);

  return self->kinds[kind];
}

/**
 * strata_index_matches_list_types:
 * @self: what a search found
 *
 * Returns: (transfer container) (element-type utf8): the types that strata_index_matches_count_type() is not 0 for;
 *   the texts are those of @self
 */
GPtrArray *
strata_index_matches_list_types (StrataIndexMatches *self)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self), NULL);

  GPtrArray *types = g_ptr_array_new ();

  for (guint i = 0; i < self->names->types->len; i++)
    if (self->types[i] > 0)
      g_ptr_array_add (types, g_ptr_array_index (self->names->types, i));

  return types;
}

/**
 * strata_index_matches_count_type:
 * @self: what a search found
 * @type: a type; "" is what says none
 *
 * Returns: how many names there would be if the search were narrowed to that type, its other filters kept
 */
guint
strata_index_matches_count_type (StrataIndexMatches *self,
                                 const char         *type)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self) && type != NULL, 0);

  guint position;

  return g_ptr_array_find_with_equal_func (self->names->types, type, g_str_equal, &position)
           ? self->types[position]
           : 0;
}

/**
 * strata_index_matches_count_deprecated:
 * @self: what a search found
 * @deprecated: yes or no
 *
 * Returns: how many names there would be if only those were shown, the other filters kept
 */
guint
strata_index_matches_count_deprecated (StrataIndexMatches *self,
                                       gboolean            deprecated)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self), 0);

  return self->deprecated[deprecated != FALSE];
}

/**
 * strata_index_matches_count_signed:
 * @self: what a search found
 * @is_signed: yes or no
 *
 * Returns: how many names there would be if only those were shown, the other filters kept
 */
guint
strata_index_matches_count_signed (StrataIndexMatches *self,
                                   gboolean            is_signed)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self), 0);

  return self->is_signed[is_signed != FALSE];
}

/**
 * strata_index_matches_count_kept:
 * @self: what a search found
 * @kept: yes or no
 *
 * Returns: how many names there would be if only those were shown, the other filters kept
 */
guint
strata_index_matches_count_kept (StrataIndexMatches *self,
                                 gboolean            kept)
{
  g_return_val_if_fail (STRATA_IS_INDEX_MATCHES (self), 0);

  return self->kept[kept != FALSE];
}
