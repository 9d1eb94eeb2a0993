/* strata-revision-write.c - from a profile to the key file that the store keeps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-revision"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-key-text.h"
#include "strata-objects.h"
#include "strata-revision-keys.h"
#include "strata-revision.h"

typedef struct
{
  GKeyFile   *file;   /* (owned) */
  GHashTable *blobs;  /* (unowned) digest -> StrataBlob: what the key file names */
  GHashTable *kept;   /* (unowned) (nullable): names of variables that the keyring has a secret of */
  GError     *error;  /* (owned) (nullable): the first text that cannot be written */
} Writer;

static gboolean
is_text (Writer     *self,
         const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    return TRUE;

  if (self->error == NULL)
    {
      g_autofree char *shown = g_utf8_make_valid (text, -1);

      g_set_error (
        &self->error, STRATA_ERROR, STRATA_ERROR_INVALID,
        _("“%s” cannot be saved: it holds bytes that are not UTF-8 text; type it again"), shown);
    }

  return FALSE;
}

static void
put_text (Writer     *self,
          const char *group,
          const char *key,
          const char *text)
{
  if (is_text (self, text))
    strata_key_text_set (self->file, group, key, text);
}

static void
put_list (Writer     *self,
          const char *group,
          const char *key,
          GPtrArray  *texts)
{
  for (guint i = 0; i < texts->len; i++)
    if (!is_text (self, g_ptr_array_index (texts, i)))
      return;

  g_ptr_array_add (texts, NULL);
  strata_key_text_set_list (self->file, group, key, (const char *const *) texts->pdata);
}

/* Notes that the revision names @blob, and returns its digest. */
static const char *
name_blob (Writer     *self,
           StrataBlob *blob)
{
  const char *digest = strata_blob_get_digest (blob);

  /* The digest belongs to the blob: both are replaced, or neither. */
  g_hash_table_replace (self->blobs, (gpointer) digest, g_object_ref (blob));

  return digest;
}

static void
put_blob (Writer     *self,
          const char *group,
          const char *key,
          StrataBlob *blob)
{
  if (strata_blob_get_size (blob) > 0)
    strata_key_text_set (self->file, group, key, name_blob (self, blob));
}

static void
put_extra (Writer     *self,
           const char *group,
           const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  put_blob (self, group, "extra", blob);
}

static void
put_profile (Writer        *self,
             StrataProfile *profile)
{
  GPtrArray *tags = strata_profile_get_tags (profile);
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  /* The name is always written, so that the group is there. */
  g_key_file_set_string (self->file, "profile", "name", "");
  for (guint i = 0; i < STRATA_PROFILE_EXTRA; i++)
    put_text (self, "profile", strata_revision_profile_keys[i], strata_profile_get (profile, i));

  put_extra (self, "profile", strata_profile_get (profile, STRATA_PROFILE_EXTRA));

  /* A key may hold a colon where a profile came from elsewhere, so key and value are apart: "k" or
   * "k", "v". */
  for (guint i = 0; i < tags->len; i++)
    {
      StrataTag *tag = g_ptr_array_index (tags, i);
      const char *value = strata_tag_get_value (tag);

      g_ptr_array_add (texts,
                       g_strconcat (value != NULL ? "=" : "-", strata_tag_get_key (tag), NULL));
      if (value != NULL)
        g_ptr_array_add (texts, g_strdup (value));
    }

  put_list (self, "profile", "tags", texts);
}

static void
put_option (Writer               *self,
            const char           *group,
            guint                 position,
            StrataVariableOption *option)
{
  g_autofree char *key = g_strdup_printf ("option-%u", position);
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_add (texts, option->value);
  g_ptr_array_add (texts, option->label);
  g_ptr_array_add (texts, option->description);
  g_ptr_array_add (texts, (gpointer) (option->is_default ? "default" : ""));

  put_list (self, group, key, texts);
}

static gboolean
is_kept (Writer         *self,
         StrataVariable *variable)
{
  return self->kept != NULL && strata_revision_is_masked (variable) &&
         g_hash_table_contains (self->kept, strata_variable_get_name (variable));
}

static void
put_variable (Writer         *self,
              guint           position,
              StrataVariable *variable)
{
  g_autofree char *group = g_strdup_printf ("variable %u", position);
  GPtrArray *options = strata_variable_get_options (variable);
  gboolean secret = strata_revision_is_secret (variable) || is_kept (self, variable);

  /* The name is always written, so that the group is there. */
  g_key_file_set_string (self->file, group, "name", "");
  for (guint i = 0; i < STRATA_VARIABLE_EXTRA; i++)
    if (i != STRATA_VARIABLE_DEFAULT || !secret)
      put_text (self, group, strata_revision_variable_keys[i], strata_variable_get (variable, i));

  put_extra (self, group, strata_variable_get (variable, STRATA_VARIABLE_EXTRA));

  for (guint i = 0; i < STRATA_REVISION_N_FLAGS; i++)
    if ((strata_variable_get_flags (variable) & (1 << i)) != 0)
      g_key_file_set_boolean (self->file, group, strata_revision_flag_keys[i], TRUE);

  if (secret)
    g_key_file_set_boolean (self->file, group, "sensitive-in-keyring", TRUE);

  for (guint i = 0; i < options->len; i++)
    put_option (self, group, i, g_ptr_array_index (options, i));
}

static void
put_manifest (Writer         *self,
              const char     *group,
              guint           position,
              StrataManifest *manifest)
{
  g_autofree char *key = g_strdup_printf ("manifest-%u", position);
  g_autoptr(StrataBlob) extra = strata_blob_new_text (strata_manifest_get_extra (manifest));
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_add (texts, (gpointer) strata_manifest_get_name (manifest));
  g_ptr_array_add (texts, (gpointer) name_blob (self, strata_manifest_get_content (manifest)));
  g_ptr_array_add (texts, (gpointer) strata_manifest_get_uid (manifest));
  g_ptr_array_add (texts,
                   (gpointer) (strata_blob_get_size (extra) > 0 ? name_blob (self, extra) : ""));

  put_list (self, group, key, texts);
}

/* A path may hold anything, a digest holds no colon: the last one is what parts them. */
static void
put_files (Writer     *self,
           const char *group,
           GPtrArray  *files)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < files->len; i++)
    {
      StrataFile *file = g_ptr_array_index (files, i);
      const char *digest = name_blob (self, strata_file_get_content (file));

      g_ptr_array_add (texts, g_strconcat (strata_file_get_path (file), ":", digest, NULL));
    }

  put_list (self, group, "files", texts);
}

static void
put_layer (Writer      *self,
           guint        position,
           StrataLayer *layer)
{
  g_autofree char *group = g_strdup_printf ("layer %u", position);
  GPtrArray *manifests = strata_layer_get_manifests (layer);

  strata_key_text_set (self->file, group, "kind",
                       strata_layer_kind_to_string (strata_layer_get_kind (layer)));
  for (guint i = 0; i < STRATA_LAYER_EXTRA; i++)
    put_text (self, group, strata_revision_layer_keys[i], strata_layer_get (layer, i));

  put_extra (self, group, strata_layer_get (layer, STRATA_LAYER_EXTRA));
  put_blob (self, group, "values", strata_layer_get_values (layer));

  for (guint i = 0; i < manifests->len; i++)
    put_manifest (self, group, i, g_ptr_array_index (manifests, i));

  put_files (self, group, strata_layer_get_files (layer));
}

/* The body of a revision: the same text for the same profile. Every blob it names is put in @blobs,
 * digest -> StrataBlob, with the digest owned by the blob. No secret is written; a masked
 * variable whose name is in @kept_secrets stays marked as having one. `STRATA_ERROR_INVALID` for a text that is
 * not UTF-8.
 */
char *
strata_revision_write (StrataProfile  *profile,
                       GHashTable     *kept_secrets,
                       GHashTable     *blobs,
                       GError        **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  Writer writer = { .file = file, .blobs = blobs, .kept = kept_secrets };
  GPtrArray *variables = strata_profile_get_variables (profile);
  GPtrArray *layers = strata_profile_get_layers (profile);

  put_profile (&writer, profile);

  for (guint i = 0; i < variables->len; i++)
    put_variable (&writer, i, g_ptr_array_index (variables, i));

  for (guint i = 0; i < layers->len; i++)
    put_layer (&writer, i, g_ptr_array_index (layers, i));

  if (writer.error != NULL)
    {
      g_propagate_error (error, writer.error);
      return NULL;
    }

  return g_key_file_to_data (file, NULL, NULL);
}
