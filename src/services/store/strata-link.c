/* strata-link.c - what is known of a profile at its console: the other two inputs of a merge, and since when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-link"

#include "strata-link.h"

#include <string.h>

#include "strata-key-text.h"
#include "strata-objects.h"

#define GROUP "console"
#define HEADS "profile"  /* where a record names its revisions: the base is one of them */

static const struct
{
  const char *key;
  gsize       offset;
} texts[] = {
  { "uid", G_STRUCT_OFFSET (StrataLink, uid) },
  { "type", G_STRUCT_OFFSET (StrataLink, type) },
}, digests[] = {
  { "theirs", G_STRUCT_OFFSET (StrataLink, theirs) },
  { "sending", G_STRUCT_OFFSET (StrataLink, sending) },
}, times[] = {
  { "base-modified", G_STRUCT_OFFSET (StrataLink, base_modified) },
  { "theirs-modified", G_STRUCT_OFFSET (StrataLink, theirs_modified) },
  { "seen-modified", G_STRUCT_OFFSET (StrataLink, seen_modified) },
}, flags[] = {
  { "published", G_STRUCT_OFFSET (StrataLink, is_published) },
  { "gone", G_STRUCT_OFFSET (StrataLink, is_gone) },
  { "taken", G_STRUCT_OFFSET (StrataLink, is_taken) },
  { "pinned", G_STRUCT_OFFSET (StrataLink, is_pinned) },
  { "new-secret", G_STRUCT_OFFSET (StrataLink, has_new_secret) },
};

#define MEMBER(type, self, row) G_STRUCT_MEMBER (type, self, (row).offset)

/* Of a profile that no console has. */
StrataLink *
strata_link_new (void)
{
  StrataLink *self = g_new0 (StrataLink, 1);

  self->uid = g_strdup ("");
  self->type = g_strdup ("");
  self->base = g_strdup ("");
  self->theirs = g_strdup ("");
  self->sending = g_strdup ("");

  return self;
}

/* A copy, to be changed and given to strata_store_join(). */
StrataLink *
strata_link_copy (const StrataLink *self)
{
  StrataLink *copy = g_memdup2 (self, sizeof *self);

  copy->uid = g_strdup (self->uid);
  copy->type = g_strdup (self->type);
  copy->base = g_strdup (self->base);
  copy->theirs = g_strdup (self->theirs);
  copy->sending = g_strdup (self->sending);

  return copy;
}

/* Frees it and its texts. */
void
strata_link_free (StrataLink *self)
{
  g_free (self->uid);
  g_free (self->type);
  g_free (self->base);
  g_free (self->theirs);
  g_free (self->sending);
  g_free (self);
}

/* Whether both say the same. */
gboolean
strata_link_equal (const StrataLink *self,
                   const StrataLink *other)
{
  gboolean is_equal = g_str_equal (self->base, other->base);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    is_equal &= g_str_equal (MEMBER (char *, self, texts[i]), MEMBER (char *, other, texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    is_equal &= g_str_equal (MEMBER (char *, self, digests[i]), MEMBER (char *, other, digests[i]));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    is_equal &= MEMBER (gint64, self, times[i]) == MEMBER (gint64, other, times[i]);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    is_equal &= !MEMBER (gboolean, self, flags[i]) == !MEMBER (gboolean, other, flags[i]);

  return is_equal;
}

/* Whether the console has something that this disk has not joined, as far as its times say. */
gboolean
strata_link_is_newer (const StrataLink *self)
{
  return *self->uid != '\0' && !self->is_gone &&
         (*self->theirs != '\0' || self->seen_modified != self->base_modified);
}

/* How the profile stands to the console. @is_changed: the newest revision is not what @base is. */
StrataState
strata_link_get_state (const StrataLink *self,
                       gboolean          is_changed)
{
  gboolean is_newer = strata_link_is_newer (self);

  if (*self->base == '\0' || self->is_gone)
    return STRATA_STATE_ONLY_HERE;

  if (is_newer)
    return is_changed ? STRATA_STATE_CONFLICT : STRATA_STATE_BEHIND;

  return is_changed || !self->is_published ? STRATA_STATE_UNPUBLISHED : STRATA_STATE_PUBLISHED;
}

/* Gives the link of a record. What cannot be a digest is left out: the console is asked again. */
StrataLink *
strata_link_read (GKeyFile *file)
{
  StrataLink *self = g_new0 (StrataLink, 1);

  self->base = strata_key_text_get (file, HEADS, "base");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    MEMBER (char *, self, texts[i]) = strata_key_text_get (file, GROUP, texts[i].key);

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      char *text = strata_key_text_get (file, GROUP, digests[i].key);

      if (!strata_objects_is_digest (text))
        *text = '\0';
      MEMBER (char *, self, digests[i]) = text;
    }

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    MEMBER (gint64, self, times[i]) = g_key_file_get_int64 (file, GROUP, times[i].key, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    MEMBER (gboolean, self, flags[i]) = g_key_file_get_boolean (file, GROUP, flags[i].key, NULL);

  /* A profile that was published before it was known at which console. */
  if (*self->uid == '\0' && *self->base != '\0')
    self->is_published = TRUE;

  return self;
}

/* Puts all but the base into a record; nothing where there is nothing to say. */
void
strata_link_write (const StrataLink *self,
                   GKeyFile         *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_key_file_remove_key (file, GROUP, texts[i].key, NULL);
      strata_key_text_set (file, GROUP, texts[i].key, MEMBER (char *, self, texts[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      g_key_file_remove_key (file, GROUP, digests[i].key, NULL);
      strata_key_text_set (file, GROUP, digests[i].key, MEMBER (char *, self, digests[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_key_file_remove_key (file, GROUP, times[i].key, NULL);
      if (MEMBER (gint64, self, times[i]) != 0)
        g_key_file_set_int64 (file, GROUP, times[i].key, MEMBER (gint64, self, times[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_key_file_remove_key (file, GROUP, flags[i].key, NULL);
      if (MEMBER (gboolean, self, flags[i]))
        g_key_file_set_boolean (file, GROUP, flags[i].key, TRUE);
    }
}
