/* strata-entry-cache.c - what was read of each key file, kept until the file is another one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-entry-cache"

#include "strata-entry-cache.h"

#include <gio/gio.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-entry-private.h"

#define FORMAT "a(xttsssssxuuasasay)"
#define MAGIC 0x3165686361437453  /* changes with FORMAT */
#define MAX_SIZE (256 * 1024 * 1024)
#define RACY_NS (100 * 1000 * 1000)  /* longer than the tick of any clock of files */

typedef struct
{
  guint64 magic;
  guint64 sum;
} Header;

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

static StrataCached *
read_one (GVariant *record,
          gboolean  in_trash)
{
  StrataCached *cached = g_new0 (StrataCached, 1);
  StrataEntry *entry = g_object_new (STRATA_TYPE_ENTRY, NULL);
  g_autoptr(GVariant) kinds = NULL;
  guint state;

  g_variant_get (record, "(xttsssssxuu^as^as@ay)", &cached->mtime, &cached->inode, &cached->size,
                 &entry->id, &entry->name, &entry->version, &entry->description, &entry->head,
                 &entry->changed, &entry->draft_step, &state, &entry->tags, &entry->registries,
                 &kinds);

  entry->state = MIN (state, STRATA_STATE_DAMAGED);
  entry->kinds = g_bytes_new (g_variant_get_data (kinds), g_variant_get_size (kinds));
  entry->problem = g_strdup ("");
  entry->in_trash = in_trash;
  cached->entry = entry;

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

  /* The sum holds, so it is what was written here: it need not be checked a second time. */
  g_autoptr(GVariant) records =
    g_variant_new_from_data (G_VARIANT_TYPE (FORMAT), data + sizeof header, size, TRUE, NULL, NULL);
  GVariantIter iter;
  GVariant *record;

  g_variant_iter_init (&iter, records);
  while ((record = g_variant_iter_next_value (&iter)) != NULL)
    {
      StrataCached *cached = read_one (record, in_trash);

      g_hash_table_insert (cache, cached->entry->id, cached);
      g_variant_unref (record);
    }

  return cache;
}

static GVariant *
to_variant (GHashTable *cache)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (FORMAT));
  g_hash_table_iter_init (&iter, cache);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      StrataCached *cached = value;
      StrataEntry *entry = cached->entry;
      gsize n_kinds;
      const void *kinds = g_bytes_get_data (entry->kinds, &n_kinds);

      if (cached->mtime == 0)
        continue;

      g_variant_builder_add (&builder, "(xttsssssxuu^as^as@ay)", cached->mtime, cached->inode,
                             cached->size, entry->id, entry->name, entry->version,
                             entry->description, entry->head, entry->changed, entry->draft_step,
                             (guint) entry->state, entry->tags, entry->registries,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, kinds, n_kinds, 1));
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
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
  g_autoptr(GVariant) records = to_variant (cache);
  gsize size = g_variant_get_size (records);
  g_autofree char *data = g_malloc (sizeof (Header) + size);
  Header header = { .magic = MAGIC };

  g_variant_store (records, data + sizeof header);
  header.sum = sum (data + sizeof header, size);
  memcpy (data, &header, sizeof header);

  if (g_mkdir_with_parents (parent, 0700) == 0)
    g_file_set_contents_full (path, data, (gssize) (sizeof header + size), G_FILE_SET_CONTENTS_NONE,
                              0600, NULL);
}
