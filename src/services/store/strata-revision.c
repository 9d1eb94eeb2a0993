/* strata-revision.c - a profile as the store keeps it: a key file that names its texts by digest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-revision"

#include "strata-revision.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-key-text.h"
#include "strata-revision-keys.h"

#define FORMAT 1
#define BODY_START "\n[profile]\n"
#define MAX_SIZE (16 * 1024 * 1024)

const char *const strata_revision_profile_keys[STRATA_PROFILE_N_FIELDS] = {
  [STRATA_PROFILE_ID] = "id",
  [STRATA_PROFILE_NAME] = "name",
  [STRATA_PROFILE_VERSION] = "version",
  [STRATA_PROFILE_DESCRIPTION] = "description",
  [STRATA_PROFILE_TYPE] = "type",
  [STRATA_PROFILE_CLOUD_TYPE] = "cloud-type",
  [STRATA_PROFILE_UID] = "uid",
  [STRATA_PROFILE_PROJECT_UID] = "project-uid",
  [STRATA_PROFILE_EXTRA] = "extra",
};

const char *const strata_revision_variable_keys[STRATA_VARIABLE_N_FIELDS] = {
  [STRATA_VARIABLE_NAME] = "name",
  [STRATA_VARIABLE_DISPLAY_NAME] = "display-name",
  [STRATA_VARIABLE_DESCRIPTION] = "description",
  [STRATA_VARIABLE_FORMAT] = "format",
  [STRATA_VARIABLE_INPUT_TYPE] = "input-type",
  [STRATA_VARIABLE_DEFAULT] = "default",
  [STRATA_VARIABLE_REGEX] = "regex",
  [STRATA_VARIABLE_EXTRA] = "extra",
};

/* In the order of the bits of StrataVariableFlags. */
const char *const strata_revision_flag_keys[STRATA_REVISION_N_FLAGS] = {
  "required", "sensitive", "hidden", "immutable",
};

const char *const strata_revision_layer_keys[STRATA_LAYER_N_FIELDS] = {
  [STRATA_LAYER_NAME] = "name",
  [STRATA_LAYER_TAG] = "tag",
  [STRATA_LAYER_VERSION] = "version",
  [STRATA_LAYER_PACK_LAYER] = "pack-layer",
  [STRATA_LAYER_PACK_UID] = "pack-uid",
  [STRATA_LAYER_REGISTRY_UID] = "registry-uid",
  [STRATA_LAYER_REGISTRY_NAME] = "registry-name",
  [STRATA_LAYER_REGISTRY_KIND] = "registry-kind",
  [STRATA_LAYER_DIGEST] = "digest",
  [STRATA_LAYER_CHART_URL] = "chart-url",
  [STRATA_LAYER_EXTRA] = "extra",
};

static const char *const reasons[] = { "autosave", "save", "publish", "import", "merge" };

/* Frees a step of a history and its texts. */
void
strata_revision_free (StrataRevision *self)
{
  g_free (self->digest);
  g_free (self->parent);
  g_free (self->version);
  g_free (self);
}

/* Whether the default of @variable belongs in the keyring. A console answers asterisks in place of
 * a secret: those are none.
 */
gboolean
strata_revision_is_secret (StrataVariable *variable)
{
  const char *text = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);

  return (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0 &&
         text[strspn (text, "*")] != '\0';
}

/* Whether asterisks stand for the default of @variable. */
gboolean
strata_revision_is_masked (StrataVariable *variable)
{
  return (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0 &&
         *strata_variable_get (variable, STRATA_VARIABLE_DEFAULT) != '\0' &&
         !strata_revision_is_secret (variable);
}

/* Puts in front of a body what was there before it, when it was made and why. */
StrataBlob *
strata_revision_seal (const char   *body,
                      const char   *parent,
                      gint64        time,
                      StrataReason  reason)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  g_key_file_set_integer (file, "revision", "format", FORMAT);
  strata_key_text_set (file, "revision", "parent", parent);
  strata_key_text_set_time (file, "revision", "time", time);
  strata_key_text_set (file, "revision", "reason", reasons[reason]);

  g_autofree char *head = g_key_file_to_data (file, NULL, NULL);
  g_autofree char *whole = g_strconcat (head, "\n", body, NULL);

  return strata_blob_new_text (whole);
}

/* The part of a revision that is the same when the profile is the same, "" when there is none. */
const char *
strata_revision_get_body (StrataBlob *sealed)
{
  const char *start = strstr (strata_blob_get_text (sealed), BODY_START);

  return start != NULL ? start + 1 : "";
}

/* Parses a revision, and refuses one that a newer version wrote. */
GKeyFile *
strata_revision_parse (StrataBlob  *sealed,
                       GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) local_error = NULL;
  gsize size = strata_blob_get_size (sealed);

  if (size > MAX_SIZE ||
      !g_key_file_load_from_data (file, strata_blob_get_text (sealed), size, 0, &local_error))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("revision %s cannot be read: %s"), strata_blob_get_digest (sealed),
                      local_error != NULL ? local_error->message : _("it is too large"));
      return NULL;
    }

  int format = g_key_file_get_integer (file, "revision", "format", NULL);

  if (format > FORMAT)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("it was saved by a newer version of Strata (format %d); nothing was changed, "
                   "update to open it"),
                    format);
  else if (format != FORMAT || !g_key_file_has_group (file, "profile"))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                 _("object %s is no revision of a profile"), strata_blob_get_digest (sealed));
  else
    return g_steal_pointer (&file);

  return NULL;
}

static StrataReason
read_reason (GKeyFile *file)
{
  g_autofree char *text = strata_key_text_get (file, "revision", "reason");

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (text, reasons[i]))
      return i;

  return STRATA_REASON_SAVE;
}

static guint
count_layers (GKeyFile *file)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);
  guint n_layers = 0;

  for (gsize i = 0; groups[i] != NULL; i++)
    n_layers += g_str_has_prefix (groups[i], "layer ");

  return n_layers;
}

/* What a history shows of a revision. */
StrataRevision *
strata_revision_read_step (StrataBlob  *sealed,
                           GError     **error)
{
  g_autoptr(GKeyFile) file = strata_revision_parse (sealed, error);

  if (file == NULL)
    return NULL;

  StrataRevision *self = g_new0 (StrataRevision, 1);
  g_autofree char *parent = strata_key_text_get (file, "revision", "parent");

  self->digest = g_strdup (strata_blob_get_digest (sealed));
  self->parent = *parent != '\0' ? g_steal_pointer (&parent) : NULL;
  self->version = strata_key_text_get (file, "profile", "version");
  self->time = strata_key_text_get_time (file, "revision", "time");
  self->reason = read_reason (file);
  self->n_layers = count_layers (file);

  return self;
}

/* Adds every digest that stands in a revision to a set of texts, under whatever key, so that what a
 * newer version names is kept too.
 */
void
strata_revision_collect_digests (StrataBlob *sealed,
                                 GHashTable *digests)
{
  const char *text = strata_blob_get_text (sealed);

  while (*text != '\0')
    {
      gsize length = strspn (text, "0123456789abcdef");

      if (length == 64)
        g_hash_table_add (digests, g_strndup (text, length));

      text += length > 0 ? length : 1;
    }
}
