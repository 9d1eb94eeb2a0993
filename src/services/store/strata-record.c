/* strata-record.c - the small key file of a profile: its newest revision, what a list shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-record"

#include "strata-record.h"

#include <glib/gi18n-lib.h>

#include "strata-disk.h"
#include "strata-entry-private.h"
#include "strata-error.h"
#include "strata-key-text.h"
#include "strata-objects.h"

#define FORMAT 1
#define MAX_SIZE (1024 * 1024)
#define MAX_DESCRIPTION 1000  /* characters that a list can be asked to show or to search */
#define HEADS "profile"  /* the group that says which revision is which */
#define SHOWN "shown"    /* the group with what a list shows of head */

/* For a profile that was never saved. */
StrataRecord *
strata_record_new (void)
{
  StrataRecord *self = g_new0 (StrataRecord, 1);

  self->file = g_key_file_new ();
  self->head = g_strdup ("");
  self->parent = g_strdup ("");
  self->aside = g_strdup ("");
  self->link = strata_link_new ();
  g_key_file_set_integer (self->file, HEADS, "format", FORMAT);

  return self;
}

/* Frees a record. */
void
strata_record_free (StrataRecord *self)
{
  g_key_file_unref (self->file);
  g_free (self->head);
  g_free (self->parent);
  g_free (self->aside);
  strata_link_free (self->link);
  g_free (self);
}

static gboolean
check_format (GKeyFile  *file,
              GError   **error)
{
  int format = g_key_file_get_integer (file, HEADS, "format", NULL);

  if (format > FORMAT)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("It was saved by a newer version of Strata (format %d); nothing was changed, "
                   "update to open it"),
                    format);
  else if (format != FORMAT)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                         _("Its key file names no format"));

  return format == FORMAT;
}

/* Gives the digest at @key, "" when there is none; notes in @damaged when there is something else.
 */
static char *
get_digest (GKeyFile   *file,
            const char *key,
            gboolean   *damaged)
{
  g_autofree char *text = strata_key_text_get (file, HEADS, key);

  if (*text != '\0' && !strata_objects_is_digest (text))
    *damaged = TRUE;

  return g_steal_pointer (&text);
}

/* `STRATA_ERROR_CORRUPT` when it is no record, `STRATA_ERROR_INVALID` when a newer version wrote
 * it.
 */
StrataRecord *
strata_record_parse (const char  *data,
                     gsize        size,
                     GError     **error)
{
  g_autoptr(StrataRecord) self = strata_record_new ();
  g_autoptr(GError) local_error = NULL;
  gboolean damaged = FALSE;
  gboolean aside_damaged = FALSE;

  if (!g_key_file_load_from_data (self->file, data, size, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("Its key file cannot be read: %s"), local_error->message);
      return NULL;
    }

  if (!check_format (self->file, error))
    return NULL;

  g_free (self->head);
  g_free (self->parent);
  g_free (self->aside);
  strata_link_free (self->link);
  self->head = get_digest (self->file, "head", &damaged);
  self->parent = get_digest (self->file, "parent", &damaged);
  self->link = strata_link_read (self->file);
  self->is_base = strata_key_text_has (self->file, HEADS, "head-is-base") &&
                  g_key_file_get_boolean (self->file, HEADS, "head-is-base", NULL);
  self->aside = get_digest (self->file, "aside", &aside_damaged);
  if (aside_damaged)
    *self->aside = '\0';
  if (strata_key_text_has (self->file, HEADS, "draft-step"))
    self->draft_step =
      (guint) MAX (0, g_key_file_get_integer (self->file, HEADS, "draft-step", NULL));

  if (*self->link->base != '\0' && !strata_objects_is_digest (self->link->base))
    damaged = TRUE;

  if (damaged || *self->head == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                           _("Its key file names no revision"));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* As strata_disk_read() and strata_record_parse(). */
StrataRecord *
strata_record_load (const char  *path,
                    GError     **error)
{
  gsize size;
  g_autofree char *data = strata_disk_read (path, MAX_SIZE, &size, error);

  return data != NULL ? strata_record_parse (data, size, error) : NULL;
}

static void
add_once (GPtrArray  *list,
          const char *text)
{
  if (*text != '\0' && !g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_ptr_array_add (list, g_strdup (text));
}

static void
set_list (StrataRecord *self,
          const char   *key,
          GPtrArray    *texts)
{
  g_ptr_array_add (texts, NULL);
  strata_key_text_set_list (self->file, SHOWN, key, (const char *const *) texts->pdata);
}

static void
show_layers (StrataRecord  *self,
             StrataProfile *profile)
{
  GPtrArray *layers = strata_profile_get_layers (profile);
  g_autoptr(GPtrArray) kinds = g_ptr_array_new ();
  g_autoptr(GPtrArray) registries = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < layers->len; i++)
    {
      StrataLayer *layer = g_ptr_array_index (layers, i);
      const char *name = strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME);

      g_ptr_array_add (kinds,
                       (gpointer) strata_layer_kind_to_string (strata_layer_get_kind (layer)));
      add_once (registries,
                *name != '\0' ? name : strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID));
    }

  set_list (self, "kinds", kinds);
  set_list (self, "registries", registries);
}

static void
show_tags (StrataRecord  *self,
           StrataProfile *profile)
{
  GPtrArray *tags = strata_profile_get_tags (profile);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tags->len; i++)
    g_ptr_array_add (texts, strata_tag_to_string (g_ptr_array_index (tags, i)));

  set_list (self, "tags", texts);
}

static void
set_digest (StrataRecord  *self,
            char         **field,
            const char    *key,
            const char    *digest)
{
  char *old = *field;

  *field = g_strdup (digest != NULL ? digest : "");
  g_free (old);
  g_key_file_remove_key (self->file, HEADS, key, NULL);
  strata_key_text_set (self->file, HEADS, key, *field);
}

static void
show_description (StrataRecord  *self,
                  StrataProfile *profile)
{
  const char *text = strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION);
  glong length = MIN (g_utf8_strlen (text, -1), MAX_DESCRIPTION);
  g_autofree char *start = g_utf8_substring (text, 0, length);

  strata_key_text_set (self->file, SHOWN, "description", start);
}

/* Makes @head the newest revision, which holds @profile. */
void
strata_record_update (StrataRecord  *self,
                      StrataProfile *profile,
                      const char    *head,
                      const char    *parent,
                      gint64         time)
{
  /* The parent first: it may be the old head itself. */
  set_digest (self, &self->parent, "parent", parent);
  set_digest (self, &self->head, "head", head);
  strata_key_text_set_time (self->file, HEADS, "saved-at", time);

  g_key_file_remove_group (self->file, SHOWN, NULL);
  strata_key_text_set (self->file, SHOWN, "name", strata_profile_get_name (profile));
  strata_key_text_set (self->file, SHOWN, "version", strata_profile_get_version (profile));
  show_description (self, profile);
  show_tags (self, profile);
  show_layers (self, profile);
}

/* Says what the console has, "" for nothing. */
void
strata_record_set_base (StrataRecord *self,
                        const char   *base)
{
  set_digest (self, &self->link->base, "base", base);
}

/* Says all that is known of it at its console. */
void
strata_record_set_link (StrataRecord     *self,
                        const StrataLink *link)
{
  StrataLink *old = self->link;

  self->link = strata_link_copy (link);
  strata_link_free (old);
  strata_record_set_base (self, self->link->base);
  strata_link_write (self->link, self->file);
}

/* Says whether head, which is another revision than the base, says the same as that. */
void
strata_record_set_is_base (StrataRecord *self,
                           gboolean      is_base)
{
  self->is_base = is_base;
  g_key_file_remove_key (self->file, HEADS, "head-is-base", NULL);
  if (is_base)
    g_key_file_set_boolean (self->file, HEADS, "head-is-base", TRUE);
}

/* Whether the newest revision says something else than what the console had, or a secret is another one. */
gboolean
strata_record_is_changed (StrataRecord *self)
{
  return strata_link_has_new_secrets (self->link) ||
         (!self->is_base && !g_str_equal (self->head, self->link->base));
}

/* Says where what was begun for the profile is, "" for nothing. */
void
strata_record_set_aside (StrataRecord *self,
                         const char   *aside)
{
  set_digest (self, &self->aside, "aside", aside);
}

/* Says at which step the assistant was left, 0 when it was finished. */
void
strata_record_set_draft_step (StrataRecord *self,
                              guint         step)
{
  self->draft_step = step;

  if (step > 0)
    g_key_file_set_integer (self->file, HEADS, "draft-step", (int) MIN (step, G_MAXINT));
  else
    g_key_file_remove_key (self->file, HEADS, "draft-step", NULL);
}

/* The record as a file. */
char *
strata_record_to_data (StrataRecord *self,
                       gsize        *size)
{
  return g_key_file_to_data (self->file, size, NULL);
}

static GBytes *
get_kinds (StrataRecord *self)
{
  g_auto(GStrv) texts = strata_key_text_get_list (self->file, SHOWN, "kinds");
  g_autoptr(GByteArray) kinds = g_byte_array_new ();

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      StrataLayerKind kind = STRATA_LAYER_KIND_MANIFEST;

      strata_layer_kind_from_string (texts[i], &kind);
      g_byte_array_append (kinds, &(guint8){ kind }, 1);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&kinds));
}

/* What a list shows of it. */
StrataEntry *
strata_record_to_entry (StrataRecord *self,
                        const char   *id,
                        gboolean      in_trash)
{
  StrataEntry *entry = g_object_new (STRATA_TYPE_ENTRY, NULL);

  entry->id = g_strdup (id);
  entry->name = strata_key_text_get (self->file, SHOWN, "name");
  entry->version = strata_key_text_get (self->file, SHOWN, "version");
  entry->description = strata_key_text_get (self->file, SHOWN, "description");
  entry->tags = strata_key_text_get_list (self->file, SHOWN, "tags");
  entry->registries = strata_key_text_get_list (self->file, SHOWN, "registries");
  entry->kinds = get_kinds (self);
  entry->head = g_strdup (self->head);
  entry->problem = g_strdup ("");
  entry->changed = strata_key_text_get_time (self->file, HEADS, "saved-at");
  entry->draft_step = self->draft_step;
  entry->uid = g_strdup (self->link->uid);
  entry->is_pinned = self->link->is_pinned;
  entry->is_changed = strata_record_is_changed (self);
  entry->state = strata_link_get_state (self->link, strata_record_is_changed (self));
  entry->in_trash = in_trash;

  return entry;
}
