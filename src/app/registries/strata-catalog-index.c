/* strata-catalog-index.c - the names of a catalog as one text, so that a search is one pass over memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-catalog-index"

#include "strata-catalog-index.h"

#include <string.h>

#define NAME_END '\x1f'  /* between the name and what else is searched; neither it nor a line end is ever typed */
#define ITEM_END '\n'

/* How well a name fits: the order in which results are shown. */
typedef enum
{
  RANK_SAME,
  RANK_STARTS,
  RANK_IN_NAME,
  RANK_ELSEWHERE,
  N_RANKS,
} Rank;

struct _StrataCatalogIndex
{
  GObject    parent_instance;
  GPtrArray *items;       /* (owned) (element-type StrataCatalogItem) */
  GString   *text;        /* (owned): of all items, folded, one after the other */
  GArray    *starts;      /* (owned) (element-type gsize): where each begins, and where the text ends */
  GArray    *registries;  /* (owned) (element-type guint): of each item, as a position in @ids */
  GPtrArray *ids;         /* (owned) (element-type utf8) */
};

G_DEFINE_FINAL_TYPE (StrataCatalogIndex, strata_catalog_index, G_TYPE_OBJECT)

static void
strata_catalog_index_finalize (GObject *object)
{
  StrataCatalogIndex *self = STRATA_CATALOG_INDEX (object);

  g_ptr_array_unref (self->items);
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->registries);
  g_ptr_array_unref (self->ids);

  G_OBJECT_CLASS (strata_catalog_index_parent_class)->finalize (object);
}

static void
strata_catalog_index_class_init (StrataCatalogIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_catalog_index_finalize;
}

static void
strata_catalog_index_init (StrataCatalogIndex *self)
{
  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->registries = g_array_new (FALSE, FALSE, sizeof (guint));
  self->ids = g_ptr_array_new_with_free_func (g_free);
}

static void
add_text (GString    *text,
          const char *part,
          char        end)
{
  g_autofree char *folded = g_utf8_casefold (part, -1);

  g_strdelimit (folded, "\n\x1f", ' ');
  g_string_append (text, folded);
  g_string_append_c (text, end);
}

static guint
find_registry (StrataCatalogIndex *self,
               const char         *id)
{
  guint position;

  if (g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, &position))
    return position;
  g_ptr_array_add (self->ids, g_strdup (id));

  return self->ids->len - 1;
}

static void
add_item (StrataCatalogIndex *self,
          StrataCatalogItem  *item)
{
  StrataPackSummary *newest = strata_catalog_item_get_summary (item, 0);
  guint registry = find_registry (self, strata_catalog_item_get_registry_id (item));

  g_array_append_val (self->starts, self->text->len);
  g_array_append_val (self->registries, registry);
  add_text (self->text, strata_pack_summary_get_name (newest), NAME_END);
  add_text (self->text, strata_pack_summary_get_display_name (newest), ' ');
  add_text (self->text, strata_pack_summary_get_description (newest), ITEM_END);
}

/**
 * strata_catalog_index_new:
 * @items: (element-type StrataCatalogItem): what can be found; never changed afterwards
 *
 * Folds every name and description once. Takes a moment for many: meant for a worker.
 *
 * Returns: (transfer full): the index
 */
StrataCatalogIndex *
strata_catalog_index_new (GPtrArray *items)
{
  g_return_val_if_fail (items != NULL, NULL);

  StrataCatalogIndex *self = g_object_new (STRATA_TYPE_CATALOG_INDEX, NULL);

  self->items = g_ptr_array_ref (items);
  for (guint i = 0; i < items->len; i++)
    add_item (self, g_ptr_array_index (items, i));
  g_array_append_val (self->starts, self->text->len);

  return self;
}

/* Returns: (transfer none) (element-type StrataCatalogItem): what the positions of a search are in */
GPtrArray *
strata_catalog_index_get_items (StrataCatalogIndex *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_INDEX (self), NULL);

  return self->items;
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) parts = g_strsplit_set (folded, " \t\n\x1f", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);

  return g_strv_builder_end (words);
}

static gboolean
has_words (const char         *start,
           const char         *end,
           const char *const  *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (memmem (start, (gsize) (end - start), words[i], strlen (words[i])) == NULL)
      return FALSE;

  return TRUE;
}

/* The name comes first, so the leftmost hit tells all. */
static Rank
rank (const char *start,
      const char *end,
      const char *hit,
      gsize       length)
{
  const char *name_end = memchr (start, NAME_END, (gsize) (end - start));

  if (hit == start)
    return hit + length == name_end ? RANK_SAME : RANK_STARTS;

  return hit < name_end ? RANK_IN_NAME : RANK_ELSEWHERE;
}

static void
add_all (StrataCatalogIndex *self,
         guint               registry,
         GArray             *found)
{
  for (guint i = 0; i < self->items->len; i++)
    if (registry == G_MAXUINT || g_array_index (self->registries, guint, i) == registry)
      g_array_append_val (found, i);
}

/* One pass for the first word; the others are looked for only where it was. */
static void
add_hits (StrataCatalogIndex *self,
          const char *const  *words,
          guint               registry,
          GArray            **ranks)
{
  const char *text = self->text->str;
  const char *end = text + self->text->len;
  const gsize *starts = (const gsize *) (gpointer) self->starts->data;
  gsize length = strlen (words[0]);
  const char *hit = text;
  guint i = 0;

  while ((hit = memmem (hit, (gsize) (end - hit), words[0], length)) != NULL)
    {
      while (text + starts[i + 1] <= hit)
        i++;

      const char *start = text + starts[i];
      const char *stop = text + starts[i + 1];

      if ((registry == G_MAXUINT || g_array_index (self->registries, guint, i) == registry) &&
          has_words (start, stop, words + 1))
        g_array_append_val (ranks[rank (start, stop, hit, length)], i);
      hit = stop;
    }
}

/**
 * strata_catalog_index_search:
 * @self: an index
 * @text: words as a person types them; all of them must be found
 * @registry_id: (nullable): the only registry to look in, or %NULL for all
 *
 * Finds the same name first, then names that start with the first word, then those with it inside, then the rest.
 *
 * Returns: (transfer full) (element-type guint): positions in the items
 */
GArray *
strata_catalog_index_search (StrataCatalogIndex *self,
                             const char         *text,
                             const char         *registry_id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_INDEX (self) && text != NULL, NULL);

  g_auto(GStrv) words = split_words (text);
  GArray *ranks[N_RANKS];
  guint registry = G_MAXUINT;

  for (guint i = 0; i < N_RANKS; i++)
    ranks[i] = g_array_new (FALSE, FALSE, sizeof (guint));

  if (registry_id != NULL &&
      !g_ptr_array_find_with_equal_func (self->ids, registry_id, g_str_equal, &registry))
    registry = self->ids->len;
  if (words[0] == NULL)
    add_all (self, registry, ranks[0]);
  else
    add_hits (self, (const char *const *) words, registry, ranks);

  for (guint i = 1; i < N_RANKS; i++)
    {
      g_array_append_vals (ranks[0], ranks[i]->data, ranks[i]->len);
      g_array_unref (ranks[i]);
    }

  return ranks[0];
}
