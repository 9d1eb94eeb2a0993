/* strata-text-edit.c - what was typed and deleted in a text, as long as it is one piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-edit"

#include "strata-text-edit.h"

#include <string.h>

#define BLOCK 1024

void
strata_text_edit_init (StrataTextEdit *self)
{
  *self = (StrataTextEdit) { .inserted = g_string_new (NULL) };
}

void
strata_text_edit_clear (StrataTextEdit *self)
{
  g_string_free (self->inserted, TRUE);
  self->inserted = NULL;
}

void
strata_text_edit_insert (StrataTextEdit *self,
                         int             offset,
                         const char     *text,
                         int             length)
{
  if (!self->has_any)
    self->start = offset;

  self->has_any = TRUE;

  if (offset != self->start + self->n_inserted)
    self->is_scattered = TRUE;

  if (self->is_scattered)
    return;

  g_string_append_len (self->inserted, text, length);
  self->n_inserted += (int) g_utf8_strlen (text, length);
}

/* What is deleted next to what was deleted before is one piece with it; of what was inserted nothing may go. */
void
strata_text_edit_delete (StrataTextEdit *self,
                         int             start,
                         int             end)
{
  if (!self->has_any)
    self->start = start;

  self->has_any = TRUE;

  if (self->n_inserted > 0 || (start != self->start && end != self->start))
    self->is_scattered = TRUE;

  self->start = MIN (self->start, start);
  self->n_deleted += end - start;
}

void
strata_text_edit_forget (StrataTextEdit *self)
{
  g_string_truncate (self->inserted, 0);
  self->n_deleted = 0;
  self->n_inserted = 0;
  self->has_any = FALSE;
  self->is_scattered = FALSE;
}

/* Whether there is something that strata_text_edit_apply() can do. */
gboolean
strata_text_edit_is_one_piece (const StrataTextEdit *self)
{
  return self->has_any && !self->is_scattered;
}

static gboolean
begins_letter (char byte)
{
  return ((guchar) byte & 0xC0) != 0x80;
}

/* How many bytes of @text the first @n_letters take. By blocks, which the compiler turns into few instructions: letter by
 * letter, the middle of a large text is farther than a frame is long. */
static gsize
count_bytes (const char *text,
             gsize       size,
             gsize       n_letters)
{
  gsize at = 0;

  while (at + BLOCK <= size)
    {
      guint n = 0;

      for (guint i = 0; i < BLOCK; i++)
        n += begins_letter (text[at + i]);

      if (n > n_letters)
        break;

      n_letters -= n;
      at += BLOCK;
    }

  while (at < size && !begins_letter (text[at]))
    at++;

  return (gsize) (g_utf8_offset_to_pointer (text + at, (glong) n_letters) - text);
}

/*
 * strata_text_edit_apply:
 *
 * Returns: (transfer full): @before with the edit, which has to be one piece
 */
StrataBlob *
strata_text_edit_apply (const StrataTextEdit *self,
                        StrataBlob           *before)
{
  g_return_val_if_fail (strata_text_edit_is_one_piece (self), NULL);
  g_return_val_if_fail (STRATA_IS_BLOB (before), NULL);

  const char *text = strata_blob_get_text (before);
  gsize size = strata_blob_get_size (before);
  gsize start = count_bytes (text, size, (gsize) self->start);
  gsize end = start + count_bytes (text + start, size - start, (gsize) self->n_deleted);
  gsize inserted = self->inserted->len;
  char *changed = g_malloc (size - (end - start) + inserted + 1);

  memcpy (changed, text, start);
  memcpy (changed + start, self->inserted->str, inserted);
  memcpy (changed + start + inserted, text + end, size - end + 1);

  return strata_blob_new_take (changed, size - (end - start) + inserted);
}
