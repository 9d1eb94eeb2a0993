/* strata-editor-document.c - the text buffer and the chosen document of a draft, kept the same both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-document"

#include "strata-editor-document.h"

#include <string.h>

#include "strata-tab-stops.h"

#define BLOCK 1024

/* What was changed since the last push, as long as it is one piece: reading a large buffer as a whole takes longer than
 * a frame. Offsets and lengths are in characters. */
typedef struct
{
  int      start;
  int      n_deleted;
  int      n_inserted;
  GString *inserted;     /* (owned) */
  gboolean has_any;
  gboolean is_scattered;  /* it is more than one piece */
} Edit;

struct _StrataEditorDocument
{
  GObject          parent_instance;
  StrataEditing   *editing;    /* (owned) */
  GtkSourceBuffer *buffer;     /* (owned) */
  StrataBlob      *shown;      /* (owned) (nullable): what the buffer holds */
  char            *place;      /* (owned) (nullable): whose text that is */
  GHashTable      *cursors;    /* (owned): place -> offset of the cursor */
  GString         *typed;      /* (owned): since the last push to the draft */
  Edit             edit;
  guint            in_action : 1;
  guint            dirty : 1;
  guint            loading : 1;  /* the buffer follows the draft, not the other way round */
  guint            editable : 1;
};

enum
{
  LEAVING,
  ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataEditorDocument, strata_editor_document, G_TYPE_OBJECT)

static guint
get_cursor_line (StrataEditorDocument *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));

  return (guint) gtk_text_iter_get_line (&cursor);
}

static StrataBlob *
read_buffer (StrataEditorDocument *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);

  char *text = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);

  return strata_blob_new_take (text, strlen (text));
}

static void
forget_edit (StrataEditorDocument *self)
{
  g_string_truncate (self->edit.inserted, 0);
  self->edit.n_deleted = 0;
  self->edit.n_inserted = 0;
  self->edit.has_any = FALSE;
  self->edit.is_scattered = FALSE;
}

static void
note_insert (Edit       *edit,
             int         offset,
             const char *text,
             int         length)
{
  if (!edit->has_any)
    edit->start = offset;

  edit->has_any = TRUE;

  if (offset != edit->start + edit->n_inserted)
    edit->is_scattered = TRUE;

  if (edit->is_scattered)
    return;

  g_string_append_len (edit->inserted, text, length);
  edit->n_inserted += (int) g_utf8_strlen (text, length);
}

/* What is deleted next to what was deleted before is one piece with it; of what was inserted nothing may go. */
static void
note_delete (Edit *edit,
             int   start,
             int   end)
{
  if (!edit->has_any)
    edit->start = start;

  edit->has_any = TRUE;

  if (edit->n_inserted > 0 || (start != edit->start && end != edit->start))
    edit->is_scattered = TRUE;

  edit->start = MIN (edit->start, start);
  edit->n_deleted += end - start;
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

/* The text that was shown, with the edit. */
static StrataBlob *
splice (StrataEditorDocument *self)
{
  const Edit *edit = &self->edit;
  const char *text = strata_blob_get_text (self->shown);
  gsize size = strata_blob_get_size (self->shown);
  gsize start = count_bytes (text, size, (gsize) edit->start);
  gsize end = start + count_bytes (text + start, size - start, (gsize) edit->n_deleted);
  gsize inserted = edit->inserted->len;
  char *changed = g_malloc (size - (end - start) + inserted + 1);

  memcpy (changed, text, start);
  memcpy (changed + start, edit->inserted->str, inserted);
  memcpy (changed + start + inserted, text + end, size - end + 1);

  return strata_blob_new_take (changed, size - (end - start) + inserted);
}

static StrataBlob *
read_change (StrataEditorDocument *self)
{
  gboolean is_one_piece = self->shown != NULL && self->edit.has_any && !self->edit.is_scattered;

  return is_one_piece ? splice (self) : read_buffer (self);
}

static void
push (StrataEditorDocument *self)
{
  g_autofree char *typed = self->typed->len > 0 ? g_strdup (self->typed->str) : NULL;
  g_autoptr(StrataBlob) blob = read_change (self);

  forget_edit (self);
  g_string_truncate (self->typed, 0);
  self->dirty = FALSE;
  g_set_object (&self->shown, blob);
  strata_editing_type (self->editing, blob, get_cursor_line (self), typed);
}

static void
insert_text_cb (StrataEditorDocument *self,
                GtkTextIter          *where,
                const char           *text,
                int                   length)
{
  if (self->loading)
    return;

  note_insert (&self->edit, gtk_text_iter_get_offset (where), text, length);

  /* What a snippet repeats elsewhere was not typed. */
  if (!self->edit.is_scattered || self->typed->len == 0)
    g_string_append_len (self->typed, text, length);
}

static void
delete_range_cb (StrataEditorDocument *self,
                 GtkTextIter          *start,
                 GtkTextIter          *end)
{
  if (!self->loading)
    note_delete (&self->edit, gtk_text_iter_get_offset (start), gtk_text_iter_get_offset (end));
}

static void
changed_cb (StrataEditorDocument *self)
{
  if (self->loading)
    return;

  self->dirty = TRUE;

  if (!self->in_action)
    push (self);
}

static void
begin_action_cb (StrataEditorDocument *self)
{
  self->in_action = TRUE;
}

static void
end_action_cb (StrataEditorDocument *self)
{
  self->in_action = FALSE;

  if (self->dirty)
    push (self);
}

static void
remember_cursor (StrataEditorDocument *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_hash_table_insert (self->cursors, g_strdup (self->place),
                       GINT_TO_POINTER (gtk_text_iter_get_offset (&cursor)));
}

static void
restore_cursor (StrataEditorDocument *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_offset (
    buffer, &cursor, GPOINTER_TO_INT (g_hash_table_lookup (self->cursors, self->place)));
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

static gboolean
is_utf8 (StrataBlob *blob)
{
  return g_utf8_validate_len (strata_blob_get_text (blob), strata_blob_get_size (blob), NULL);
}

/* Text that is not UTF-8 is shown as far as it goes, and cannot be edited: what is there stays as it is. */
static void
load_whole (StrataEditorDocument *self,
            StrataBlob           *blob)
{
  gsize size = blob != NULL ? strata_blob_get_size (blob) : 0;
  const char *text = blob != NULL ? strata_blob_get_text (blob) : "";

  self->editable = blob != NULL && is_utf8 (blob);

  if (self->editable || blob == NULL)
    gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, (int) size);
  else
    {
      g_autofree char *readable = g_utf8_make_valid (text, (gssize) size);

      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), readable, -1);
    }
}

static gsize
count_common_start (const char *a,
                    const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;

  while (n > 0 && (((guchar) a[n] & 0xC0) == 0x80 || ((guchar) b[n] & 0xC0) == 0x80))
    n--;

  return n;
}

static gsize
count_common_end (const char *a,
                  gsize       a_length,
                  const char *b,
                  gsize       b_length)
{
  gsize n = 0;
  gsize most = MIN (a_length, b_length);

  while (n < most && a[a_length - n - 1] == b[b_length - n - 1])
    n++;

  while (n > 0 && ((guchar) a[a_length - n] & 0xC0) == 0x80)
    n--;

  return n;
}

/* Replaces only what differs, so that cursor, marks and scrolling stay, and puts the cursor where it differed. */
static void
load_difference (StrataEditorDocument *self,
                 StrataBlob           *blob)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  const char *old_text = strata_blob_get_text (self->shown);
  const char *new_text = strata_blob_get_text (blob);
  gsize start = count_common_start (old_text, new_text);
  gsize old_rest = strata_blob_get_size (self->shown) - start;
  gsize new_rest = strata_blob_get_size (blob) - start;
  gsize end = count_common_end (old_text + start, old_rest, new_text + start, new_rest);
  int offset = (int) g_utf8_strlen (old_text, (gssize) start);
  int length = (int) g_utf8_strlen (old_text + start, (gssize) (old_rest - end));
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, offset);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, offset + length);
  gtk_text_buffer_delete (buffer, &from, &to);
  gtk_text_buffer_insert (buffer, &from, new_text + start, (int) (new_rest - end));
  gtk_text_buffer_place_cursor (buffer, &from);
}

/* Layers are told apart by name, so that a text stays where it is when its layer moves. */
static char *
make_place (StrataEditorDocument *self)
{
  StrataLayer *layer = strata_editing_get_layer (self->editing);

  if (layer == NULL)
    return NULL;

  return g_strconcat (strata_layer_get_name (layer), "/",
                      strata_editing_get_document (self->editing), NULL);
}

static void
enter (StrataEditorDocument *self,
       StrataBlob           *blob,
       char                 *place)
{
  if (self->place != NULL)
    {
      remember_cursor (self);
      g_signal_emit (self, signals[LEAVING], 0, self->place);
    }

  g_free (self->place);
  self->place = place;
  load_whole (self, blob);
  g_set_object (&self->shown, blob);

  if (place != NULL)
    restore_cursor (self);

  g_signal_emit (self, signals[ENTERED], 0, self->place);
}

static void
follow (StrataEditorDocument *self)
{
  StrataBlob *blob = strata_editing_get_blob (self->editing);
  g_autofree char *place = make_place (self);

  self->loading = TRUE;

  if (g_strcmp0 (place, self->place) != 0 || blob != self->shown)
    strata_tab_stops_leave (GTK_TEXT_BUFFER (self->buffer));

  if (g_strcmp0 (place, self->place) != 0)
    enter (self, blob, g_steal_pointer (&place));
  else if (blob != self->shown && self->editable && is_utf8 (blob))
    {
      load_difference (self, blob);
      g_set_object (&self->shown, blob);
    }
  else if (blob != self->shown)
    {
      load_whole (self, blob);
      g_set_object (&self->shown, blob);
    }

  self->loading = FALSE;
}

static void
strata_editor_document_dispose (GObject *object)
{
  StrataEditorDocument *self = STRATA_EDITOR_DOCUMENT (object);

  g_clear_object (&self->editing);
  g_clear_object (&self->buffer);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (strata_editor_document_parent_class)->dispose (object);
}

static void
strata_editor_document_finalize (GObject *object)
{
  StrataEditorDocument *self = STRATA_EDITOR_DOCUMENT (object);

  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->cursors, g_hash_table_unref);
  g_string_free (self->typed, TRUE);
  g_string_free (self->edit.inserted, TRUE);

  G_OBJECT_CLASS (strata_editor_document_parent_class)->finalize (object);
}

static void
strata_editor_document_class_init (StrataEditorDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_editor_document_dispose;
  object_class->finalize = strata_editor_document_finalize;

  signals[LEAVING] = g_signal_new ("leaving", STRATA_TYPE_EDITOR_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENTERED] = g_signal_new ("entered", STRATA_TYPE_EDITOR_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_editor_document_init (StrataEditorDocument *self)
{
  self->typed = g_string_new (NULL);
  self->edit.inserted = g_string_new (NULL);
  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* @buffer must not be changed but by the person and through this. Its own undo is turned off: the draft has it. */
StrataEditorDocument *
strata_editor_document_new (StrataEditing   *editing,
                            GtkSourceBuffer *buffer)
{
  g_return_val_if_fail (STRATA_IS_EDITING (editing), NULL);
  g_return_val_if_fail (GTK_SOURCE_IS_BUFFER (buffer), NULL);

  StrataEditorDocument *self = g_object_new (STRATA_TYPE_EDITOR_DOCUMENT, NULL);

  self->editing = g_object_ref (editing);
  self->buffer = g_object_ref (buffer);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), FALSE);

  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "delete-range", G_CALLBACK (delete_range_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "begin-user-action", G_CALLBACK (begin_action_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "end-user-action", G_CALLBACK (end_action_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);

  return self;
}

StrataEditing *
strata_editor_document_get_editing (StrataEditorDocument *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (self), NULL);

  return self->editing;
}

GtkSourceBuffer *
strata_editor_document_get_buffer (StrataEditorDocument *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (self), NULL);

  return self->buffer;
}

gboolean
strata_editor_document_get_editable (StrataEditorDocument *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (self), FALSE);

  return self->editable;
}

/* (transfer full) (nullable): what the buffer holds, also in the middle of a change; NULL when no text is shown */
StrataBlob *
strata_editor_document_dup_blob (StrataEditorDocument *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (self), NULL);

  if (self->shown == NULL || !self->editable)
    return NULL;

  return self->dirty ? read_change (self) : g_object_ref (self->shown);
}

static void
get_iter (StrataEditorDocument *self,
          GtkTextIter          *iter,
          guint                 line,
          guint                 column)
{
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (self->buffer), iter,
                                           (int) MAX (line, 1) - 1, (int) MAX (column, 1) - 1);
}

/* Both count from 1, columns in characters; what is beyond the end stands for the end. */
void
strata_editor_document_go_to (StrataEditorDocument *self,
                              guint                 line,
                              guint                 column)
{
  GtkTextIter iter;

  g_return_if_fail (STRATA_IS_EDITOR_DOCUMENT (self));

  get_iter (self, &iter, line, column);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
}

/* One step that can be undone. */
void
strata_editor_document_replace (StrataEditorDocument *self,
                                guint                 line,
                                guint                 column,
                                guint                 length,
                                const char           *text,
                                const char           *label)
{
  GtkTextIter start, end, first, last;

  g_return_if_fail (STRATA_IS_EDITOR_DOCUMENT (self));

  if (!self->editable)
    return;

  get_iter (self, &start, line, column);
  end = start;
  gtk_text_iter_forward_chars (&end, (int) length);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &first, &last);

  g_autofree char *before = gtk_text_iter_get_text (&first, &start);
  g_autofree char *after = gtk_text_iter_get_text (&end, &last);
  g_autofree char *whole = g_strconcat (before, text, after, NULL);

  strata_editing_apply_text (self->editing, whole, label);
}
