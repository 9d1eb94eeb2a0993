/* strata-tag.c - one label of a profile: a bare word, or key and value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tag"

#include "strata-tag.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define MAX_PART 63  /* the limit Kubernetes sets on a label's name and value */

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataTag
{
  GObject  parent_instance;
  char    *key;    /* (owned) (not nullable) */
  char    *value;  /* (owned) (nullable): NULL for a bare word */
};

G_DEFINE_FINAL_TYPE (StrataTag, strata_tag, G_TYPE_OBJECT)

static gboolean
is_valid_part (const char *part)
{
  gsize length = strlen (part);

  return length > 0 && length <= MAX_PART &&
         strspn (part, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_./") == length;
}

static void
strata_tag_finalize (GObject *object)
{
  StrataTag *self = STRATA_TAG (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->value, g_free);

  G_OBJECT_CLASS (strata_tag_parent_class)->finalize (object);
}

static void
strata_tag_class_init (StrataTagClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_tag_finalize;
}

static void
strata_tag_init (StrataTag *self)
{
}

/**
 * strata_tag_new_raw:
 * @key: the key, or the bare word
 * @value: (nullable): the value
 *
 * For tags that come from a console: what it holds is kept, even where a person could not type it here.
 *
 * Returns: (transfer full): a tag
 */
StrataTag *
strata_tag_new_raw (const char *key,
                    const char *value)
{
  g_return_val_if_fail (key != NULL, NULL);

  StrataTag *self = g_object_new (STRATA_TYPE_TAG, NULL);

  self->key = g_strdup (key);
  self->value = g_strdup (value);

  return self;
}

/**
 * strata_tag_parse:
 * @text: `word` or `key:value`, as a person types it
 * @error: return location for a %STRATA_ERROR_INVALID
 *
 * Reads a tag. Each part has 1 to 63 of the characters that Kubernetes allows in a label.
 *
 * Returns: (transfer full) (nullable): the tag, or %NULL with @error set
 */
StrataTag *
strata_tag_parse (const char  *text,
                  GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  gboolean has_value = parts[0] != NULL && parts[1] != NULL;

  if (parts[0] == NULL || !is_valid_part (parts[0]) || (has_value && !is_valid_part (parts[1])))
    {
      g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 80));

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%s” is not a tag: use letters, digits and -_./, at most 63"), shown);
      return NULL;
    }

  return strata_tag_new_raw (parts[0], has_value ? parts[1] : NULL);
}

/**
 * strata_tag_get_key:
 * @self: a tag
 *
 * Returns: (transfer none): the key, or the bare word
 */
const char *
strata_tag_get_key (StrataTag *self)
{
  g_return_val_if_fail (STRATA_IS_TAG (self), NULL);

  return self->key;
}

/**
 * strata_tag_get_value:
 * @self: a tag
 *
 * Returns: (transfer none) (nullable): the value, %NULL for a bare word
 */
const char *
strata_tag_get_value (StrataTag *self)
{
  g_return_val_if_fail (STRATA_IS_TAG (self), NULL);

  return self->value;
}

/**
 * strata_tag_equal:
 * @self: a tag
 * @other: another
 *
 * Returns: whether both have the same key and the same value
 */
gboolean
strata_tag_equal (StrataTag *self,
                  StrataTag *other)
{
  g_return_val_if_fail (STRATA_IS_TAG (self) && STRATA_IS_TAG (other), FALSE);

  return g_str_equal (self->key, other->key) && g_strcmp0 (self->value, other->value) == 0;
}

/**
 * strata_tag_to_string:
 * @self: a tag
 *
 * Returns: (transfer full): the tag as a person types it
 */
char *
strata_tag_to_string (StrataTag *self)
{
  g_return_val_if_fail (STRATA_IS_TAG (self), NULL);

  return self->value != NULL ? g_strconcat (self->key, ":", self->value, NULL)
                             : g_strdup (self->key);
}
