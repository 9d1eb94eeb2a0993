/* strata-index-entry.c - all that a registry says of one version of a pack or chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-entry.h"

#include <string.h>

#include "strata-index-private.h"
#include "strata-yaml.h"

/* Texts are cleaned of control characters before, so these never stand in one. */
#define FIELD_END '\x1f'
#define ITEM_END '\x1e'
#define PART_END '\x1d'

#define N_TEXTS 11
#define N_LISTS 4
#define MAX_TEXT 2048
#define MAX_IMAGES 16384
#define MAX_ITEM 1024
#define MAX_ITEMS 256

/* What an entry that was read owns: the texts of the fields point into @block. */
typedef struct
{
  StrataIndexEntry  entry;
  char             *block;          /* (owned) */
  char            **lists[N_LISTS]; /* (owned) (nullable) */
  char             *location;       /* (owned) (nullable) */
} Loaded;

/* Characters that show nothing, or change how what follows is shown. */
static gboolean
is_plain (gunichar c)
{
  return !g_unichar_iscntrl (c) && g_unichar_type (c) != G_UNICODE_FORMAT && c != 0x2028 &&
         c != 0x2029 && c != 0xfffe && c != 0xffff;
}

/* At most @max bytes of @text, none of them a part of a character. */
static gsize
cut (const char *text,
     gsize       max)
{
  gsize length = strnlen (text, max + 1);

  if (length <= max)
    return length;

  while (max > 0 && ((guchar) text[max] & 0xc0) == 0x80)
    max--;

  return max;
}

static gsize
count_plain_ascii (const char *text,
                   gsize       max)
{
  gsize i = 0;

  while (i < max && text[i] >= ' ' && text[i] < 0x7f)
    i++;

  return i;
}

static void
append_clean (GString    *to,
              const char *text,
              gsize       max,
              gboolean    keeps_lines)
{
  gsize n_plain = count_plain_ascii (text, max);

  g_string_append_len (to, text, (gssize) n_plain);
  if (n_plain == max || text[n_plain] == '\0')
    return;

  g_autofree char *valid =
    g_utf8_make_valid (text + n_plain, (gssize) cut (text + n_plain, max - n_plain));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_plain (c) || (keeps_lines && c == '\n'))
        g_string_append_len (to, p, g_utf8_next_char (p) - p);
      else if (g_ascii_isspace (c))
        g_string_append_c (to, ' ');
    }
}

/**
 * strata_index_clean:
 * @text: what a stranger wrote
 * @max: how many bytes of it to take at most
 *
 * Makes one line of @text that is safe to show as plain text: without control characters, and without those that turn
 * the direction of what is read.
 *
 * Returns: (transfer full): the line, valid UTF-8
 */
char *
strata_index_clean (const char *text,
                    gsize       max)
{
  g_return_val_if_fail (text != NULL, NULL);

  GString *clean = g_string_new (NULL);

  append_clean (clean, text, max, FALSE);

  return g_string_free (clean, FALSE);
}

static void
pack_text (GString    *details,
           const char *text)
{
  if (text != NULL)
    append_clean (details, text, MAX_TEXT, FALSE);
  g_string_append_c (details, FIELD_END);
}

static void
pack_list (GString           *details,
           const char *const *items)
{
  for (gsize i = 0; items != NULL && items[i] != NULL && i < MAX_ITEMS; i++)
    {
      append_clean (details, items[i], MAX_ITEM, FALSE);
      g_string_append_c (details, ITEM_END);
    }
  g_string_append_c (details, FIELD_END);
}

static void
pack_dependencies (GString   *details,
                   GPtrArray *dependencies)
{
  for (guint i = 0; dependencies != NULL && i < MIN (dependencies->len, MAX_ITEMS); i++)
    {
      const StrataDependency *dependency = g_ptr_array_index (dependencies, i);

      append_clean (details, dependency->name, MAX_ITEM, FALSE);
      g_string_append_c (details, PART_END);
      append_clean (details, dependency->version, MAX_ITEM, FALSE);
      g_string_append_c (details, PART_END);
      append_clean (details, dependency->repository, MAX_ITEM, FALSE);
      g_string_append_c (details, PART_END);
      g_string_append (details, dependency->optional ? "1" : "0");
      g_string_append_c (details, ITEM_END);
    }
  g_string_append_c (details, FIELD_END);
}

static gboolean
is_sha256 (const char *digest)
{
  return digest != NULL && strspn (digest, "0123456789abcdefABCDEF") == 64 && digest[64] == '\0';
}

static void
pack_digest (GString    *details,
             const char *digest)
{
  for (gsize i = 0; is_sha256 (digest) && i < 64; i++)
    g_string_append_c (details, g_ascii_tolower (digest[i]));
  g_string_append_c (details, FIELD_END);
}

/* A path is of any bytes, and must come back as it was. */
static void
pack_location (GString    *details,
               const char *location)
{
  if (location != NULL)
    g_string_append_uri_escaped (details, location, "/", FALSE);
  g_string_append_c (details, FIELD_END);
}

/* Appends all of @entry but its name and version as one text: compared as a whole, it says whether any of it changed.
 */
void
strata_index_pack (GString                *details,
                   const StrataIndexEntry *entry)
{
  pack_digest (details, entry->digest);
  pack_text (details, entry->display_name);
  pack_text (details, entry->app_version);
  pack_text (details, entry->description);
  pack_text (details, entry->home);
  pack_text (details, entry->icon);
  pack_text (details, entry->created);
  pack_text (details, entry->kube_version);
  pack_text (details, entry->type);
  pack_location (details, entry->location);
  if (entry->images != NULL)
    append_clean (details, entry->images, MAX_IMAGES, TRUE);
  g_string_append_c (details, FIELD_END);

  pack_list (details, entry->keywords);
  pack_list (details, entry->urls);
  pack_list (details, entry->maintainers);
  pack_list (details, entry->sources);
  pack_dependencies (details, entry->dependencies);
  g_string_append_c (details, entry->deprecated ? '1' : '0');
  g_string_append_c (details, (char) ('0' + entry->is_signed));
}

/* Cuts off the next field. What is stored is our own writing, but the file it is in may have been written by anybody.
 */
static char *
next_field (char **rest,
            char   end)
{
  char *field = *rest;
  char *stop = strchr (field, end);

  if (stop == NULL)
    {
      *rest = field + strlen (field);
      return field;
    }
  *stop = '\0';
  *rest = stop + 1;

  return field;
}

static const char *
next_text (char **rest)
{
  const char *text = next_field (rest, FIELD_END);

  return *text != '\0' ? text : NULL;
}

/* The items stay in the block; only the array is new. */
static char **
next_list (char **rest)
{
  char *field = next_field (rest, FIELD_END);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  if (*field == '\0')
    return NULL;

  while (*field != '\0')
    g_ptr_array_add (items, next_field (&field, ITEM_END));
  g_ptr_array_add (items, NULL);

  return (char **) g_ptr_array_steal (items, NULL);
}

static GPtrArray *
next_dependencies (char **rest)
{
  char *field = next_field (rest, FIELD_END);
  g_autoptr(GPtrArray) dependencies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);

  while (*field != '\0')
    {
      char *item = next_field (&field, ITEM_END);
      const char *name = next_field (&item, PART_END);
      const char *version = next_field (&item, PART_END);
      const char *repository = next_field (&item, PART_END);

      g_ptr_array_add (dependencies,
                       strata_dependency_new (name, version, repository, *item == '1'));
    }

  return dependencies->len > 0 ? g_steal_pointer (&dependencies) : NULL;
}

/* Returns: (transfer full): what strata_index_pack() wrote, with a copy of every text. */
StrataIndexEntry *
strata_index_unpack (const char *name,
                     const char *version,
                     const char *details)
{
  Loaded *loaded = g_new0 (Loaded, 1);
  StrataIndexEntry *entry = &loaded->entry;
  const char **texts[N_TEXTS] = {
    &entry->digest, &entry->display_name, &entry->app_version, &entry->description,
    &entry->home,   &entry->icon,         &entry->created,     &entry->kube_version,
    &entry->type,   &entry->location,     &entry->images,
  };
  gsize name_size = strlen (name) + 1, version_size = strlen (version) + 1,
        details_size = strlen (details) + 1;

  loaded->block = g_malloc (name_size + version_size + details_size);
  memcpy (loaded->block, name, name_size);
  memcpy (loaded->block + name_size, version, version_size);
  memcpy (loaded->block + name_size + version_size, details, details_size);

  char *rest = loaded->block + name_size + version_size;

  entry->name = loaded->block;
  entry->version = loaded->block + name_size;
  for (gsize i = 0; i < N_TEXTS; i++)
    *texts[i] = next_text (&rest);
  loaded->location = entry->location != NULL ? g_uri_unescape_string (entry->location, NULL) : NULL;
  entry->location = loaded->location;
  for (gsize i = 0; i < N_LISTS; i++)
    loaded->lists[i] = next_list (&rest);
  entry->keywords = (const char *const *) loaded->lists[0];
  entry->urls = (const char *const *) loaded->lists[1];
  entry->maintainers = (const char *const *) loaded->lists[2];
  entry->sources = (const char *const *) loaded->lists[3];
  entry->dependencies = next_dependencies (&rest);
  entry->deprecated = *rest == '1';
  entry->is_signed = *rest != '\0' && rest[1] >= '0' && rest[1] <= '2'
                       ? (StrataIndexAnswer) (rest[1] - '0')
                       : STRATA_INDEX_UNKNOWN;

  return entry;
}

/**
 * strata_index_entry_list_images:
 * @entry: an entry
 *
 * Reads what an annotation says of the images, a YAML list of mappings with the member `image`. It is what somebody
 * wrote down by hand: it may be incomplete.
 *
 * Returns: (transfer full) (element-type utf8): the images it names, none when the annotation cannot be read
 */
GPtrArray *
strata_index_entry_list_images (const StrataIndexEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  GPtrArray *images = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(StrataYaml) yaml =
    entry->images != NULL ? strata_yaml_parse (entry->images, -1, NULL) : NULL;
  StrataYamlNode *list =
    yaml != NULL && strata_yaml_get_n_documents (yaml) > 0 ? strata_yaml_get_root (yaml, 0) : NULL;

  if (list == NULL || strata_yaml_node_get_kind (list) != STRATA_YAML_SEQUENCE)
    return images;

  for (guint i = 0; i < strata_yaml_node_get_size (list); i++)
    {
      StrataYamlNode *item = strata_yaml_node_get_item (list, i);
      const char *image = strata_yaml_node_get_kind (item) == STRATA_YAML_MAPPING
                            ? strata_yaml_node_get_string (item, "image")
                            : NULL;

      if (image != NULL && *image != '\0')
        g_ptr_array_add (images, strata_index_clean (image, MAX_ITEM));
    }

  return images;
}

/**
 * strata_index_entry_free:
 * @entry: (nullable): what [method@Index.load_entry] returned
 *
 * Frees it with all its texts.
 */
void
strata_index_entry_free (StrataIndexEntry *entry)
{
  Loaded *loaded = (Loaded *) entry;

  if (loaded == NULL)
    return;

  for (gsize i = 0; i < N_LISTS; i++)
    g_free (loaded->lists[i]);
  g_clear_pointer (&loaded->entry.dependencies, g_ptr_array_unref);
  g_free ((char *) loaded->entry.earlier_digest);
  g_free (loaded->location);
  g_free (loaded->block);
  g_free (loaded);
}
