/* strata-listed.c - the list of a console as it was last read, for when there is no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-listed"

#include "strata-listed.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

#include "strata-disk.h"
#include "strata-entry-private.h"

#define MAGIC "strata-listed 1\n"
#define MAX_SIZE (256 * 1024 * 1024)
#define N_DIGEST 64

struct _StrataListed
{
  gatomicrefcount  refs;
  gint64           checked;  /* in microseconds since 1970, 0 for never */
  GPtrArray       *items;    /* (owned) (element-type StrataListedItem), sorted by uid */
  GPtrArray       *entries;  /* (owned) (element-type StrataEntry): what a list shows of each */
  guint64          inode;    /* of the file it was read from */
  gint64           mtime;    /* of that, in nanoseconds */
};

/* What each item begins with. Its texts follow, each with its NUL, then the kinds: ten thousand are read before a first
 * window can be painted.
 */
typedef struct
{
  gint64  modified;
  guint32 is_published;
  guint32 n_tags;
  guint32 n_kinds;
  guint32 unused;  /* so that all of it is written */
} Record;

/* What is not read yet. */
typedef struct
{
  const char *next;
  const char *end;
} Rest;

/* An empty one, to be filled. */
StrataListedItem *
strata_listed_item_new (void)
{
  return g_new0 (StrataListedItem, 1);
}

/* Frees it and its texts. */
void
strata_listed_item_free (StrataListedItem *item)
{
  g_free (item->uid);
  g_free (item->type);
  g_free (item->name);
  g_free (item->version);
  g_free (item->description);
  g_strfreev (item->tags);
  g_clear_pointer (&item->kinds, g_bytes_unref);
  g_free (item);
}

/* Whether both say the same. */
gboolean
strata_listed_item_equal (const StrataListedItem *item,
                          const StrataListedItem *other)
{
  return item == other ||
         (g_str_equal (item->uid, other->uid) && g_str_equal (item->type, other->type) &&
          g_str_equal (item->name, other->name) && g_str_equal (item->version, other->version) &&
          g_str_equal (item->description, other->description) &&
          g_strv_equal ((const char *const *) item->tags, (const char *const *) other->tags) &&
          g_bytes_equal (item->kinds, other->kinds) && item->modified == other->modified &&
          item->is_published == other->is_published);
}

static int
compare_uids (gconstpointer a,
              gconstpointer b)
{
  const StrataListedItem *const *one = a;
  const StrataListedItem *const *other = b;

  return strcmp ((*one)->uid, (*other)->uid);
}

static StrataEntry *
make_entry (const StrataListedItem *item)
{
  StrataEntry *entry = g_object_new (STRATA_TYPE_ENTRY, NULL);

  entry->id = g_strdup (item->uid);
  entry->uid = g_strdup (item->uid);
  entry->name = g_strdup (item->name);
  entry->version = g_strdup (item->version);
  entry->description = g_strdup (item->description);
  entry->tags = g_strdupv (item->tags);
  entry->registries = g_new0 (char *, 1);
  entry->kinds = g_bytes_ref (item->kinds);
  entry->head = g_strdup ("");
  entry->problem = g_strdup ("");
  entry->changed = item->modified / G_USEC_PER_SEC;
  entry->state = item->is_published ? STRATA_STATE_PUBLISHED : STRATA_STATE_UNPUBLISHED;
  entry->is_away = TRUE;

  return entry;
}

/**
 * strata_listed_new:
 * @checked: when the list was read, in microseconds since 1970
 * @items: (transfer full) (element-type StrataListedItem): all that was in it
 *
 * Returns: (transfer full): the list, sorted by uid
 */
StrataListed *
strata_listed_new (gint64     checked,
                   GPtrArray *items)
{
  StrataListed *self = g_new0 (StrataListed, 1);

  g_atomic_ref_count_init (&self->refs);
  self->checked = checked;
  self->items = items;
  g_ptr_array_sort (self->items, compare_uids);
  self->entries = g_ptr_array_new_full (items->len, g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->entries, make_entry (items->pdata[i]));

  return self;
}

/* One more owner. */
StrataListed *
strata_listed_ref (StrataListed *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/* One owner less. */
void
strata_listed_unref (StrataListed *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* When the list was read, in microseconds since 1970; 0 when it never was. */
gint64
strata_listed_get_checked (StrataListed *self)
{
  return self->checked;
}

/* How many there are. */
guint
strata_listed_get_n_items (StrataListed *self)
{
  return self->items->len;
}

/* The one at @position, by uid. */
const StrataListedItem *
strata_listed_get_item (StrataListed *self,
                        guint         position)
{
  return self->items->pdata[position];
}

/* What a list shows of it; the same object each time. (transfer none) */
StrataEntry *
strata_listed_get_entry (StrataListed *self,
                         guint         position)
{
  return self->entries->pdata[position];
}

/* The one of @uid, %NULL when it was not listed. */
const StrataListedItem *
strata_listed_find (StrataListed *self,
                    const char   *uid)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const StrataListedItem *item = self->items->pdata[middle];
      int order = strcmp (uid, item->uid);

      if (order == 0)
        return item;

      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/* Where the list of a workspace is kept. */
char *
strata_listed_dup_path (const char *workspace)
{
  return g_build_filename (workspace, STRATA_LISTED_FILE, NULL);
}

/* (nullable): so many bytes, NULL where there are not so many */
static const char *
take (Rest  *rest,
      gsize  size)
{
  const char *taken = rest->next;

  if ((gsize) (rest->end - rest->next) < size)
    return NULL;

  rest->next += size;

  return taken;
}

/* (nullable) */
static char *
take_text (Rest *rest)
{
  const char *nul = memchr (rest->next, '\0', (gsize) (rest->end - rest->next));

  if (nul == NULL)
    return NULL;

  gsize size = (gsize) (nul + 1 - rest->next);

  return g_memdup2 (take (rest, size), size);
}

static gboolean
read_texts (StrataListedItem *item,
            const Record     *record,
            Rest             *rest)
{
  if (record->n_tags > (gsize) (rest->end - rest->next))
    return FALSE;

  item->uid = take_text (rest);
  item->type = take_text (rest);
  item->name = take_text (rest);
  item->version = take_text (rest);
  item->description = take_text (rest);
  item->tags = g_new0 (char *, record->n_tags + 1);
  for (guint i = 0; i < record->n_tags; i++)
    item->tags[i] = take_text (rest);

  const char *kinds = take (rest, record->n_kinds);

  if (kinds == NULL || item->description == NULL ||
      g_strv_length (item->tags) != record->n_tags)
    return FALSE;

  item->kinds = g_bytes_new (kinds, record->n_kinds);

  return TRUE;
}

/* Whether all of it could be read. */
static gboolean
read_items (Rest      *rest,
            GPtrArray *items)
{
  const char *start;

  while ((start = take (rest, sizeof (Record))) != NULL)
    {
      StrataListedItem *item = strata_listed_item_new ();
      Record record;

      memcpy (&record, start, sizeof record);
      item->modified = record.modified;
      item->is_published = record.is_published != 0;
      g_ptr_array_add (items, item);

      if (!read_texts (item, &record, rest))
        return FALSE;
    }

  return rest->next == rest->end;
}

static StrataListed *
parse (const char *data,
       gsize       size)
{
  gsize head = strlen (MAGIC) + N_DIGEST;
  gint64 checked;
  g_autoptr(GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_listed_item_free);

  if (size < head + sizeof checked || memcmp (data, MAGIC, strlen (MAGIC)) != 0)
    return NULL;

  g_autofree char *digest = g_compute_checksum_for_data (
    G_CHECKSUM_SHA256, (const guchar *) data + head, size - head);

  if (memcmp (data + strlen (MAGIC), digest, N_DIGEST) != 0)
    return NULL;

  Rest rest = { data + head + sizeof checked, data + size };

  memcpy (&checked, data + head, sizeof checked);

  return read_items (&rest, items) ? strata_listed_new (checked, g_steal_pointer (&items)) : NULL;
}

static StrataListed *
new_empty (void)
{
  return strata_listed_new (
    0, g_ptr_array_new_with_free_func ((GDestroyNotify) strata_listed_item_free));
}

/* An entry that shows the same stays the same object, so that a list of them does not move. */
static void
keep_entries (StrataListed *self,
              StrataListed *before)
{
  guint position = 0;

  for (guint i = 0; i < before->entries->len; i++)
    {
      StrataEntry *old = before->entries->pdata[i];

      while (position < self->entries->len &&
             strcmp (((StrataEntry *) self->entries->pdata[position])->id, old->id) < 0)
        position++;

      if (position < self->entries->len && strata_entry_equal (self->entries->pdata[position], old))
        g_set_object ((StrataEntry **) &self->entries->pdata[position], old);
    }
}

/**
 * strata_listed_load:
 * @workspace: (type filename): the folder of a workspace
 * @before: (nullable): what the last call gave
 *
 * Reads the list of a workspace, if it is another one than @before. It is a copy of what the console has: when it is
 * damaged, it is as if it had never been read. Blocks; any thread.
 *
 * Returns: (transfer full): the list, empty when there is none
 */
StrataListed *
strata_listed_load (const char   *workspace,
                    StrataListed *before)
{
  g_autofree char *path = strata_listed_dup_path (workspace);
  struct stat info = { 0 };

  /* The file is replaced, never written again: its inode and time say all. */
  if (stat (path, &info) != 0)
    return before != NULL && before->inode == 0 ? strata_listed_ref (before) : new_empty ();

  gint64 mtime = (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;

  if (before != NULL && before->inode == info.st_ino && before->mtime == mtime)
    return strata_listed_ref (before);

  gsize size = 0;
  g_autofree char *data = strata_disk_read (path, MAX_SIZE, &size, NULL);
  StrataListed *self = data != NULL ? parse (data, size) : NULL;

  if (self == NULL)
    self = new_empty ();

  self->inode = info.st_ino;
  self->mtime = mtime;
  if (before != NULL)
    keep_entries (self, before);

  return self;
}

static void
put_text (GByteArray *data,
          const char *text)
{
  g_byte_array_append (data, (const guint8 *) text, (guint) strlen (text) + 1);
}

static void
put_item (GByteArray             *data,
          const StrataListedItem *item)
{
  gsize n_kinds;
  const guint8 *kinds = g_bytes_get_data (item->kinds, &n_kinds);
  const Record record = {
    .modified = item->modified,
    .is_published = item->is_published,
    .n_tags = g_strv_length (item->tags),
    .n_kinds = (guint32) n_kinds,
  };

  g_byte_array_append (data, (const guint8 *) &record, sizeof record);
  put_text (data, item->uid);
  put_text (data, item->type);
  put_text (data, item->name);
  put_text (data, item->version);
  put_text (data, item->description);
  for (guint i = 0; i < record.n_tags; i++)
    put_text (data, item->tags[i]);
  g_byte_array_append (data, kinds, record.n_kinds);
}

/**
 * strata_listed_save:
 * @self: a list
 * @workspace: (type filename): the folder of a workspace
 * @error: return location for a %STRATA_ERROR_DISK or %STRATA_ERROR_FORBIDDEN
 *
 * Puts it in the place of the one before: after a kill there is the old one or the new one. Blocks; any thread.
 *
 * Returns: whether it is kept
 */
gboolean
strata_listed_save (StrataListed  *self,
                    const char    *workspace,
                    GError       **error)
{
  g_autofree char *path = strata_listed_dup_path (workspace);
  g_autoptr(GByteArray) body = g_byte_array_new ();
  g_autoptr(GByteArray) data = g_byte_array_new ();

  g_byte_array_append (body, (const guint8 *) &self->checked, sizeof self->checked);
  for (guint i = 0; i < self->items->len; i++)
    put_item (body, self->items->pdata[i]);

  g_autofree char *digest =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, body->data, body->len);

  g_byte_array_append (data, (const guint8 *) MAGIC, strlen (MAGIC));
  g_byte_array_append (data, (const guint8 *) digest, N_DIGEST);
  g_byte_array_append (data, body->data, body->len);

  return strata_disk_replace (path, data->data, data->len, error);
}
