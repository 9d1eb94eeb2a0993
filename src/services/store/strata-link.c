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
#define SECRETS "new-secrets"
#define SECRET "new-secret"  /* what was written before it was noted which */
#define MARK 16              /* digits before the name of a secret */

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
  self->new_secrets = g_new0 (char *, 1);

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
  copy->new_secrets = g_strdupv (self->new_secrets);

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
  g_strfreev (self->new_secrets);
  g_free (self);
}

/* Whether both say the same. */
gboolean
strata_link_equal (const StrataLink *self,
                   const StrataLink *other)
{
  gboolean is_equal = g_str_equal (self->base, other->base) &&
                      g_strv_equal ((const char *const *) self->new_secrets,
                                    (const char *const *) other->new_secrets);

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

/* Whether a secret was changed here that the console was not sent. */
gboolean
strata_link_has_new_secrets (const StrataLink *self)
{
  return *self->new_secrets != NULL;
}

/* (nullable): the name in a mark, NULL when it is damaged; a mark without a name is of any secret */
static const char *
get_marked (const char *mark)
{
  return strlen (mark) > MARK && mark[MARK] == ' ' ? mark + MARK + 1 : NULL;
}

/* Whether the secret of the variable @name is one of them. */
gboolean
strata_link_is_new_secret (const StrataLink *self,
                           const char       *name)
{
  for (guint i = 0; self->new_secrets[i] != NULL; i++)
    {
      const char *marked = get_marked (self->new_secrets[i]);

      if (marked != NULL && (*marked == '\0' || g_str_equal (marked, name)))
        return TRUE;
    }

  return FALSE;
}

/* Takes the texts of @marks that are not %NULL. */
static void
set_secrets (StrataLink *self,
             GPtrArray  *marks)
{
  g_ptr_array_add (marks, NULL);
  g_strfreev (self->new_secrets);
  self->new_secrets = (char **) g_ptr_array_free (marks, FALSE);
}

/* Notes that the secret of the variable @name was changed now. Each change has a mark of its own: what was sent before it
 * does not take it back.
 */
void
strata_link_mark_secret (StrataLink *self,
                         const char *name)
{
  GPtrArray *marks = g_ptr_array_new ();

  for (guint i = 0; self->new_secrets[i] != NULL; i++)
    if (g_strcmp0 (get_marked (self->new_secrets[i]), name) != 0)
      g_ptr_array_add (marks, g_strdup (self->new_secrets[i]));

  g_ptr_array_add (marks, g_strdup_printf ("%08x%08x %s", g_random_int (), g_random_int (), name));
  set_secrets (self, marks);
}

/* Gives what is noted of all but the secrets of the variables in @but, for strata_link_drop_secrets(). */
char **
strata_link_dup_secrets (const StrataLink *self,
                         GPtrArray        *but)
{
  GPtrArray *marks = g_ptr_array_new ();

  for (guint i = 0; self->new_secrets[i] != NULL; i++)
    {
      const char *marked = get_marked (self->new_secrets[i]);
      gboolean is_left = marked != NULL &&
                         (*marked != '\0' ? g_ptr_array_find_with_equal_func (but, marked, g_str_equal, NULL)
                                          : but->len > 0);

      if (!is_left)
        g_ptr_array_add (marks, g_strdup (self->new_secrets[i]));
    }

  g_ptr_array_add (marks, NULL);

  return (char **) g_ptr_array_free (marks, FALSE);
}

/* Takes back the marks in @sent: the console has these secrets. */
void
strata_link_drop_secrets (StrataLink        *self,
                          const char *const *sent)
{
  GPtrArray *marks = g_ptr_array_new ();

  for (guint i = 0; self->new_secrets[i] != NULL; i++)
    if (!g_strv_contains (sent, self->new_secrets[i]))
      g_ptr_array_add (marks, g_strdup (self->new_secrets[i]));

  set_secrets (self, marks);
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
    if (strata_key_text_has (file, GROUP, times[i].key))
      MEMBER (gint64, self, times[i]) = g_key_file_get_int64 (file, GROUP, times[i].key, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (strata_key_text_has (file, GROUP, flags[i].key))
      MEMBER (gboolean, self, flags[i]) = g_key_file_get_boolean (file, GROUP, flags[i].key, NULL);

  self->new_secrets = strata_key_text_get_list (file, GROUP, SECRETS);
  if (g_key_file_get_boolean (file, GROUP, SECRET, NULL))
    strata_link_mark_secret (self, "");

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

  g_key_file_remove_key (file, GROUP, SECRET, NULL);
  g_key_file_remove_key (file, GROUP, SECRETS, NULL);
  strata_key_text_set_list (file, GROUP, SECRETS, (const char *const *) self->new_secrets);
}
