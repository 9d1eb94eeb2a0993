/* strata-revision-read.c - from the key file that the store keeps to a profile, all checked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-revision"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-key-text.h"
#include "strata-objects.h"
#include "strata-problem.h"
#include "strata-revision-keys.h"
#include "strata-revision.h"

typedef struct
{
  GKeyFile   *file;     /* (owned) */
  const char *objects;  /* (unowned) the folder */
  char       *profile;  /* (owned) its name, for messages */
  char       *layer;    /* (owned) (nullable) the name of the layer that is read, for messages */
  GPtrArray  *problems; /* (unowned) (nullable) of StrataProblem: to name all damage */
  GHashTable *seen;     /* (unowned) (nullable) digest -> what is wrong with it, "" for nothing */
  GError     *error;    /* (owned) (nullable) the first thing that is damaged */
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->file, g_key_file_unref);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->layer, g_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static char *
describe (Reader     *self,
          const char *document,
          const char *reason)
{
  if (self->layer != NULL)
    return g_strdup_printf (_("“%s” of layer “%s” in profile “%s” cannot be read: %s"), document,
                               self->layer, self->profile, reason);

  return g_strdup_printf (_("“%s” of profile “%s” cannot be read: %s"), document, self->profile,
                             reason);
}

static void
set_damaged (Reader     *self,
             const char *document,
             int         code,
             const char *reason)
{
  g_autofree char *message = describe (self, document, reason);

  if (self->problems != NULL)
    {
      StrataProblem *problem =
        strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, _("Store"), "%s", message);

      problem->layer = g_strdup (self->layer);
      problem->document = g_strdup (document);
      g_ptr_array_add (self->problems, problem);
    }
  else if (self->error == NULL)
    {
      g_set_error_literal (&self->error, STRATA_ERROR, code, message);
    }
}

/* Looks at an object once, however many name it. */
static void
check_blob (Reader     *self,
            const char *digest,
            const char *document)
{
  const char *reason = g_hash_table_lookup (self->seen, digest);

  if (reason == NULL)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataBlob) blob = strata_objects_read (self->objects, digest, &error);
      char *found = g_strdup (blob != NULL ? "" : error->message);

      g_hash_table_insert (self->seen, g_strdup (digest), found);
      reason = found;
    }

  if (*reason != '\0')
    set_damaged (self, document, STRATA_ERROR_CORRUPT, reason);
}

/* The text, file or chart that @digest names; an empty one, with the error set, when it is damaged.
 */
static StrataBlob *
get_blob (Reader     *self,
          const char *digest,
          const char *document)
{
  g_autoptr(GError) error = NULL;

  if (self->seen != NULL)
    {
      check_blob (self, digest, document);
    }
  else if (self->error == NULL)
    {
      StrataBlob *blob = strata_objects_read (self->objects, digest, &error);

      if (blob != NULL)
        return blob;

      set_damaged (self, document, error->code, error->message);
    }

  return strata_blob_new_text ("");
}

static char *
get_text (Reader     *self,
          const char *group,
          const char *key)
{
  return strata_key_text_get (self->file, group, key);
}

/* What @digest names as a text, "" for no digest. */
static char *
get_extra (Reader     *self,
           const char *digest)
{
  if (*digest == '\0')
    return g_strdup ("");

  g_autoptr(StrataBlob) blob = get_blob (self, digest, "extra");

  return g_strdup (strata_blob_get_text (blob));
}

static char *
get_field (Reader     *self,
           const char *group,
           const char *key,
           gboolean    is_extra)
{
  g_autofree char *text = get_text (self, group, key);

  return is_extra ? get_extra (self, text) : g_steal_pointer (&text);
}

static GPtrArray *
read_tags (Reader *self)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) texts = strata_key_text_get_list (self->file, "profile", "tags");

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      const char *key = texts[i];
      const char *value = *key == '=' && texts[i + 1] != NULL ? texts[++i] : NULL;

      if (*key != '\0')
        g_ptr_array_add (tags, strata_tag_new_raw (key + 1, value));
    }

  return tags;
}

/* Takes @next in place of the value that it was made from. */
static void
advance (gpointer place,
         gpointer next)
{
  gpointer *object = place;

  g_object_unref (*object);
  *object = next;
}

static void
read_options (Reader          *self,
              const char      *group,
              StrataVariable **variable)
{
  g_autoptr(GPtrArray) options =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);

  for (guint i = 0;; i++)
    {
      g_autofree char *key = g_strdup_printf ("option-%u", i);
      g_auto(GStrv) texts = strata_key_text_get_list (self->file, group, key);

      if (g_strv_length (texts) != 4)
        break;

      g_ptr_array_add (options, strata_variable_option_new (texts[0], texts[1], texts[2],
                                                            g_str_equal (texts[3], "default")));
    }

  if (options->len > 0)
    advance (variable, strata_variable_with_options (*variable, options));
}

static StrataVariable *
read_variable (Reader     *self,
               const char *group,
               GPtrArray  *secret_names)
{
  StrataVariable *variable = strata_variable_new ("");
  guint flags = 0;

  for (guint i = 0; i < STRATA_VARIABLE_N_FIELDS; i++)
    {
      g_autofree char *text =
        get_field (self, group, strata_revision_variable_keys[i], i == STRATA_VARIABLE_EXTRA);

      advance (&variable, strata_variable_with (variable, i, text));
    }

  for (guint i = 0; i < STRATA_REVISION_N_FLAGS; i++)
    if (g_key_file_get_boolean (self->file, group, strata_revision_flag_keys[i], NULL))
      flags |= 1u << i;

  if (g_key_file_get_boolean (self->file, group, "sensitive-in-keyring", NULL) &&
      secret_names != NULL)
    g_ptr_array_add (secret_names, g_strdup (strata_variable_get_name (variable)));

  advance (&variable, strata_variable_with_flags (variable, flags));
  read_options (self, group, &variable);

  return variable;
}

static GPtrArray *
read_manifests (Reader     *self,
                const char *group)
{
  GPtrArray *manifests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0;; i++)
    {
      g_autofree char *key = g_strdup_printf ("manifest-%u", i);
      g_auto(GStrv) texts = strata_key_text_get_list (self->file, group, key);

      if (g_strv_length (texts) != 4)
        return manifests;

      g_autoptr(StrataBlob) content = get_blob (self, texts[1], texts[0]);
      g_autofree char *extra = get_extra (self, texts[3]);
      StrataManifest *manifest = strata_manifest_new (texts[0], content);

      advance (&manifest, strata_manifest_with_uid (manifest, texts[2]));
      advance (&manifest, strata_manifest_with_extra (manifest, extra));
      g_ptr_array_add (manifests, manifest);
    }
}

static GPtrArray *
read_files (Reader     *self,
            const char *group)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) texts = strata_key_text_get_list (self->file, group, "files");

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      char *colon = strrchr (texts[i], ':');

      if (colon != NULL)
        *colon = '\0';

      g_autoptr(StrataBlob) content = get_blob (self, colon != NULL ? colon + 1 : "", texts[i]);

      g_ptr_array_add (files, strata_file_new (texts[i], content));
    }

  return files;
}

static void
read_layer_texts (Reader       *self,
                  const char   *group,
                  StrataLayer **layer)
{
  g_autofree char *values = get_text (self, group, "values");

  for (guint i = 0; i < STRATA_LAYER_N_FIELDS; i++)
    {
      g_autofree char *text =
        get_field (self, group, strata_revision_layer_keys[i], i == STRATA_LAYER_EXTRA);

      advance (layer, strata_layer_with (*layer, i, text));
    }

  if (*values != '\0')
    {
      g_autoptr(StrataBlob) blob = get_blob (self, values, "values.yaml");

      advance (layer, strata_layer_with_values (*layer, blob));
    }
}

static StrataLayer *
read_layer (Reader     *self,
            const char *group)
{
  g_autofree char *kind_text = get_text (self, group, "kind");
  StrataLayerKind kind;

  self->layer = get_text (self, group, "name");

  if (!strata_layer_kind_from_string (kind_text, &kind))
    {
      g_autofree char *reason = g_strdup_printf (_("“%s” is no kind of layer"), kind_text);

      set_damaged (self, "kind", STRATA_ERROR_CORRUPT, reason);
      kind = STRATA_LAYER_KIND_MANIFEST;
    }

  StrataLayer *layer = strata_layer_new (kind, "");

  read_layer_texts (self, group, &layer);

  g_autoptr(GPtrArray) manifests = read_manifests (self, group);
  g_autoptr(GPtrArray) files = read_files (self, group);

  advance (&layer, strata_layer_with_manifests (layer, manifests));
  advance (&layer, strata_layer_with_files (layer, files));
  g_clear_pointer (&self->layer, g_free);

  return layer;
}

static GPtrArray *
read_layers (Reader *self)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->error == NULL; i++)
    {
      g_autofree char *group = g_strdup_printf ("layer %u", i);

      if (!g_key_file_has_group (self->file, group))
        break;

      g_ptr_array_add (layers, read_layer (self, group));
    }

  return layers;
}

static GPtrArray *
read_variables (Reader    *self,
                GPtrArray *secret_names)
{
  GPtrArray *variables = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->error == NULL; i++)
    {
      g_autofree char *group = g_strdup_printf ("variable %u", i);

      if (!g_key_file_has_group (self->file, group))
        break;

      g_ptr_array_add (variables, read_variable (self, group, secret_names));
    }

  return variables;
}

static StrataProfile *
read_profile (Reader    *self,
              GPtrArray *secret_names)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("", "");

  for (guint i = 0; i < STRATA_PROFILE_N_FIELDS; i++)
    {
      const char *key = strata_revision_profile_keys[i];
      g_autofree char *text = get_field (self, "profile", key, i == STRATA_PROFILE_EXTRA);

      advance (&profile, strata_profile_with (profile, i, text));
    }

  g_autoptr(GPtrArray) tags = read_tags (self);
  g_autoptr(GPtrArray) variables = read_variables (self, secret_names);
  g_autoptr(GPtrArray) layers = read_layers (self);

  advance (&profile, strata_profile_with_tags (profile, tags));
  advance (&profile, strata_profile_with_variables (profile, variables));
  advance (&profile, strata_profile_with_layers (profile, layers));

  return g_steal_pointer (&profile);
}

/* The whole profile, with every text it names read from @objects and checked. The names of
 * variables whose secret is in the keyring are added to @secret_names. `STRATA_ERROR_CORRUPT` names
 * the profile, layer and document that is damaged; `STRATA_ERROR_INVALID` for the format of a newer
 * version.
 */
StrataProfile *
strata_revision_read (StrataBlob  *sealed,
                      const char  *objects,
                      GPtrArray   *secret_names,
                      GError     **error)
{
  g_auto(Reader) reader = { .objects = objects };

  reader.file = strata_revision_parse (sealed, error);
  if (reader.file == NULL)
    return NULL;

  reader.profile = strata_key_text_get (reader.file, "profile", "name");

  g_autoptr(StrataProfile) profile = read_profile (&reader, secret_names);

  if (reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader.error));
      return NULL;
    }

  return g_steal_pointer (&profile);
}

/* Reads every object that a revision names and adds a StrataProblem to @problems for each that is
 * damaged. @seen is kept between calls, text -> text with g_free() for both, so that no object is
 * read twice. `FALSE` with @error set when the revision itself cannot be read.
 */
gboolean
strata_revision_check (StrataBlob  *sealed,
                       const char  *objects,
                       GHashTable  *seen,
                       GPtrArray   *problems,
                       GError     **error)
{
  g_auto(Reader) reader = { .objects = objects, .seen = seen, .problems = problems };

  reader.file = strata_revision_parse (sealed, error);
  if (reader.file == NULL)
    return FALSE;

  reader.profile = strata_key_text_get (reader.file, "profile", "name");

  g_autoptr(StrataProfile) profile = read_profile (&reader, NULL);

  return profile != NULL;
}
