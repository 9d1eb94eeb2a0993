/* strata-entry-cache.c - what was read of each key file, kept until the file is another one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-entry-cache"

#include "strata-entry-cache.h"

#include <gio/gio.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-entry-private.h"

#define MAGIC 0x3365686361437453  /* changes with what is written */
#define MAX_SIZE (256 * 1024 * 1024)
#define RACY_NS (100 * 1000 * 1000)  /* longer than the tick of any clock of files */

typedef struct
{
  guint64 magic;
  guint64 sum;
} Header;

/* What each record begins with. Its texts follow, each with its NUL, then the tags, the registries and the kinds. It
 * is read ten thousand times before a first window can be painted, and a GVariant takes ten times as long.
 */
typedef struct
{
  gint64  mtime;
  guint64 inode;
  guint64 size;
  gint64  changed;
  guint32 draft_step;
  guint32 state;
  guint32 n_tags;
  guint32 n_registries;
  guint32 n_kinds;
  guint16 is_pinned;
  guint16 is_changed;
} Record;

/* What is not read yet. */
typedef struct
{
  const char *next;
  const char *end;
} Rest;

/* @info is of the file @entry was read from, taken before it was read. A file that was just written
 * may be written again within the same tick: it is not trusted to be the same.
 */
StrataCached *
strata_cached_new (const struct stat *info,
                   StrataEntry       *entry)
{
  StrataCached *self = g_new (StrataCached, 1);
  gint64 mtime = (gint64) info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
  gint64 now = g_get_real_time () * 1000;

  self->mtime =
    mtime < now - RACY_NS && strata_entry_get_state (entry) != STRATA_STATE_DAMAGED ? mtime : 0;
  self->inode = info->st_ino;
  self->size = (guint64) info->st_size;
  self->entry = g_object_ref (entry);

  return self;
}

/* Frees it. */
void
strata_cached_free (StrataCached *self)
{
  g_object_unref (self->entry);
  g_free (self);
}

/* Whether the file need not be read again. */
gboolean
strata_cached_is_current (StrataCached      *self,
                          const struct stat *info)
{
  return self->mtime != 0 && self->inode == info->st_ino && self->size == (guint64) info->st_size &&
         self->mtime == (gint64) info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

/* Id -> StrataCached; the id is the one of the entry. */
GHashTable *
strata_entry_cache_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) strata_cached_free);
}

static char *
get_path (const char *folder)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folder, -1);
  g_autofree char *name = g_strdup_printf ("profiles-%.16s.cache", digest);

  return g_build_filename (g_get_user_cache_dir (), "strata", "v1", name, NULL);
}

/* FNV-1a over words: finds a file that a crash left half empty. It guards a copy, not a secret. */
static guint64
sum (const char *data,
     gsize       size)
{
  guint64 result = 14695981039346656037u ^ size;

  for (gsize i = 0; i < size; i += sizeof (guint64))
    {
      guint64 word = 0;

      memcpy (&word, data + i, MIN (sizeof word, size - i));
      result = (result ^ word) * 1099511628211u;
    }

  return result;
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

static char *
take_text (Rest *rest)
{
  const char *nul = memchr (rest->next, '\0', (gsize) (rest->end - rest->next));

  return nul != NULL ? g_memdup2 (take (rest, (gsize) (nul + 1 - rest->next)), (gsize) (nul + 1 - rest->next)) : NULL;
}

static char **
take_list (Rest  *rest,
           guint  n_texts)
{
  char **texts = n_texts <= (gsize) (rest->end - rest->next) ? g_new0 (char *, n_texts + 1) : NULL;

  for (guint i = 0; texts != NULL && i < n_texts; i++)
    texts[i] = take_text (rest);

  return texts;
}

static gboolean
read_texts (StrataEntry  *entry,
            const Record *record,
            Rest         *rest)
{
  entry->id = take_text (rest);
  entry->uid = take_text (rest);
  entry->name = take_text (rest);
  entry->version = take_text (rest);
  entry->description = take_text (rest);
  entry->head = take_text (rest);
  entry->tags = take_list (rest, record->n_tags);
  entry->registries = take_list (rest, record->n_registries);

  const char *kinds = take (rest, record->n_kinds);

  /* Texts end where the file does: where the last thing is there, all are. */
  if (kinds == NULL || entry->head == NULL || entry->registries == NULL || entry->tags == NULL)
    return FALSE;

  entry->kinds = g_bytes_new (kinds, record->n_kinds);

  return TRUE;
}

/* (nullable): the next record, NULL at the end */
static StrataCached *
read_one (Rest     *rest,
          gboolean  in_trash)
{
  const char *start = take (rest, sizeof (Record));
  g_autoptr(StrataEntry) entry = NULL;
  Record record;

  if (start == NULL)
    return NULL;

  memcpy (&record, start, sizeof record);
  entry = g_object_new (STRATA_TYPE_ENTRY, NULL);

  if (!read_texts (entry, &record, rest))
    return NULL;

  entry->changed = record.changed;
  entry->draft_step = record.draft_step;
  entry->state = MIN (record.state, STRATA_STATE_DAMAGED);
  entry->problem = g_strdup ("");
  entry->in_trash = in_trash;
  entry->is_pinned = record.is_pinned != 0;
  entry->is_changed = record.is_changed != 0;

  StrataCached *cached = g_new0 (StrataCached, 1);

  cached->mtime = record.mtime;
  cached->inode = record.inode;
  cached->size = record.size;
  cached->entry = g_steal_pointer (&entry);

  return cached;
}

/* What the last listing of @folder left in the cache; empty when there is nothing or it is damaged.
 */
GHashTable *
strata_entry_cache_load (const char *folder,
                         gboolean    in_trash)
{
  GHashTable *cache = strata_entry_cache_new ();
  g_autofree char *path = get_path (folder);
  gsize size;
  g_autofree char *data = strata_disk_read (path, MAX_SIZE, &size, NULL);
  Header header = { 0 };

  if (data == NULL || size < sizeof header)
    return cache;

  memcpy (&header, data, sizeof header);
  size -= sizeof header;
  if (header.magic != MAGIC || header.sum != sum (data + sizeof header, size))
    return cache;

  Rest rest = { data + sizeof header, data + sizeof header + size };
  StrataCached *cached;

  while ((cached = read_one (&rest, in_trash)) != NULL)
    g_hash_table_insert (cache, cached->entry->id, cached);

  return cache;
}

static void
put_text (GByteArray *data,
          const char *text)
{
  g_byte_array_append (data, (const guint8 *) text, (guint) strlen (text) + 1);
}

static void
put_list (GByteArray  *data,
          char       **texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    put_text (data, texts[i]);
}

static void
put_one (GByteArray   *data,
         StrataCached *cached)
{
  StrataEntry *entry = cached->entry;
  gsize n_kinds;
  const guint8 *kinds = g_bytes_get_data (entry->kinds, &n_kinds);
  const Record record = {
    .mtime = cached->mtime,
    .inode = cached->inode,
    .size = cached->size,
    .changed = entry->changed,
    .draft_step = entry->draft_step,
    .state = entry->state,
    .n_tags = g_strv_length (entry->tags),
    .n_registries = g_strv_length (entry->registries),
    .n_kinds = (guint32) n_kinds,
    .is_pinned = (guint16) entry->is_pinned,
    .is_changed = (guint16) entry->is_changed,
  };

  g_byte_array_append (data, (const guint8 *) &record, sizeof record);
  put_text (data, entry->id);
  put_text (data, entry->uid);
  put_text (data, entry->name);
  put_text (data, entry->version);
  put_text (data, entry->description);
  put_text (data, entry->head);
  put_list (data, entry->tags);
  put_list (data, entry->registries);
  g_byte_array_append (data, kinds, record.n_kinds);
}

/* Keeps what was read for the next start. It is a copy: a failure is silent, and it is not waited
 * for.
 */
void
strata_entry_cache_save (GHashTable *cache,
                         const char *folder)
{
  g_autofree char *path = get_path (folder);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr(GByteArray) data = g_byte_array_new ();
  Header header = { .magic = MAGIC };
  GHashTableIter iter;
  gpointer cached;

  g_byte_array_append (data, (const guint8 *) &header, sizeof header);
  g_hash_table_iter_init (&iter, cache);
  while (g_hash_table_iter_next (&iter, NULL, &cached))
    if (((StrataCached *) cached)->mtime != 0)
      put_one (data, cached);

  header.sum = sum ((const char *) data->data + sizeof header, data->len - sizeof header);
  memcpy (data->data, &header, sizeof header);

  if (g_mkdir_with_parents (parent, 0700) == 0)
    g_file_set_contents_full (path, (const char *) data->data, data->len, G_FILE_SET_CONTENTS_NONE, 0600,
                              NULL);
}
