/* strata-editor-document.c - the text buffer and the chosen document of a draft, kept the same both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-document"

#include "strata-editor-document.h"

#include <string.h>

#include "strata-tab-stops.h"
#include "strata-text-edit.h"

/* What is in the buffer before the first frame: more than the largest screen. The rest follows in steps of that size, each
 * a small part of a frame, so that a text of any size is seen at once. */
#define STEP (128 * 1024)

struct _StrataEditorDocument
{
  GObject          parent_instance;
  StrataEditing   *editing;    /* (owned) */
  GtkSourceBuffer *buffer;     /* (owned) */
  StrataBlob      *shown;      /* (owned) (nullable): what the buffer holds */
  char            *place;      /* (owned) (nullable): whose text that is */
  GHashTable      *cursors;    /* (owned): place -> offset of the cursor */
  GString         *typed;      /* (owned): since the last push to the draft */
  StrataTextEdit   edit;
  StrataBlob      *fresh;      /* (owned) (nullable): what the buffer holds in the middle of an action, once asked for */
  StrataBlob      *filling;    /* (owned) (nullable): what is not yet in the buffer as a whole */
  gsize            filled;     /* how many bytes of that are */
  guint            fill_idle;
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

/* Reading a large buffer as a whole takes longer than a frame. */
static StrataBlob *
read_change (StrataEditorDocument *self)
{
  if (self->fresh == NULL)
    self->fresh = self->shown != NULL && strata_text_edit_is_one_piece (&self->edit)
                    ? strata_text_edit_apply (&self->edit, self->shown)
                    : read_buffer (self);

  return g_object_ref (self->fresh);
}

static void
push (StrataEditorDocument *self)
{
  g_autofree char *typed = self->typed->len > 0 ? g_strdup (self->typed->str) : NULL;
  g_autoptr(StrataBlob) blob = read_change (self);

  strata_text_edit_forget (&self->edit);
  g_clear_object (&self->fresh);
  g_string_truncate (self->typed, 0);
  self->dirty = FALSE;
  g_set_object (&self->shown, blob);
  strata_editing_type (self->editing, blob, get_cursor_line (self), typed);
}

/* Puts the next piece of the text into the buffer: whole lines, or letters where a line is longer than that. */
static void
fill (StrataEditorDocument *self,
      gsize                 n_bytes)
{
  const char *text = strata_blob_get_text (self->filling) + self->filled;
  gsize rest = strata_blob_get_size (self->filling) - self->filled;
  gsize n = MIN (rest, n_bytes);
  const char *line = n < rest ? memrchr (text, '\n', n) : NULL;
  gboolean was_loading = self->loading;
  GtkTextIter end;

  if (line != NULL)
    n = (gsize) (line - text) + 1;

  /* Nor between the two characters that end a line together. */
  while (n < rest && (((guchar) text[n] & 0xC0) == 0x80 || text[n] == '\n'))
    n++;

  self->loading = TRUE;
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->buffer), &end, text, (int) n);
  self->loading = was_loading;
  self->filled += n;

  if (n == rest)
    {
      g_clear_object (&self->filling);
      g_clear_handle_id (&self->fill_idle, g_source_remove);
    }
}

static gboolean
fill_idle_cb (gpointer data)
{
  StrataEditorDocument *self = data;

  fill (self, STEP);

  return self->filling != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
stop_filling (StrataEditorDocument *self)
{
  g_clear_handle_id (&self->fill_idle, g_source_remove);
  g_clear_object (&self->filling);
}

/* @start and @end have to be good for what comes after this. */
static void
complete_around (StrataEditorDocument *self,
                 GtkTextIter          *start,
                 GtkTextIter          *end)
{
  int from = gtk_text_iter_get_offset (start);
  int to = gtk_text_iter_get_offset (end);

  if (self->filling == NULL)
    return;

  strata_editor_document_complete (self);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), start, from);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), end, to);
}

static void
insert_text_cb (StrataEditorDocument *self,
                GtkTextIter          *where,
                const char           *text,
                int                   length)
{
  if (self->loading)
    return;

  complete_around (self, where, where);
  g_clear_object (&self->fresh);
  strata_text_edit_insert (&self->edit, gtk_text_iter_get_offset (where), text, length);

  /* What a snippet repeats elsewhere was not typed. */
  if (!self->edit.is_scattered || self->typed->len == 0)
    g_string_append_len (self->typed, text, length);
}

static void
delete_range_cb (StrataEditorDocument *self,
                 GtkTextIter          *start,
                 GtkTextIter          *end)
{
  if (self->loading)
    return;

  complete_around (self, start, end);
  g_clear_object (&self->fresh);
  strata_text_edit_delete (&self->edit, gtk_text_iter_get_offset (start), gtk_text_iter_get_offset (end));
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
  int offset = GPOINTER_TO_INT (g_hash_table_lookup (self->cursors, self->place));
  GtkTextIter cursor;

  if (offset > 0)
    strata_editor_document_complete (self);

  gtk_text_buffer_get_iter_at_offset (buffer, &cursor, offset);
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

static gboolean
is_utf8 (StrataBlob *blob)
{
  return g_utf8_validate_len (strata_blob_get_text (blob), strata_blob_get_size (blob), NULL);
}

static void
begin_filling (StrataEditorDocument *self,
               StrataBlob           *blob)
{
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
  self->filling = g_object_ref (blob);
  self->filled = 0;
  fill (self, STEP);

  /* After the frame, before lines are measured that are not seen yet. */
  if (self->filling != NULL)
    self->fill_idle = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, fill_idle_cb, self, NULL);
}

/* Text that is not UTF-8 is shown as far as it goes, and cannot be edited: what is there stays as it is. */
static void
load_whole (StrataEditorDocument *self,
            StrataBlob           *blob)
{
  gsize size = blob != NULL ? strata_blob_get_size (blob) : 0;
  const char *text = blob != NULL ? strata_blob_get_text (blob) : "";

  stop_filling (self);
  g_clear_object (&self->fresh);
  self->editable = blob != NULL && is_utf8 (blob);

  if (self->editable)
    begin_filling (self, blob);
  else if (blob == NULL)
    gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
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

  strata_editor_document_complete (self);
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

  stop_filling (self);
  g_clear_object (&self->editing);
  g_clear_object (&self->buffer);
  g_clear_object (&self->shown);
  g_clear_object (&self->fresh);

  G_OBJECT_CLASS (strata_editor_document_parent_class)->dispose (object);
}

static void
strata_editor_document_finalize (GObject *object)
{
  StrataEditorDocument *self = STRATA_EDITOR_DOCUMENT (object);

  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->cursors, g_hash_table_unref);
  g_string_free (self->typed, TRUE);
  strata_text_edit_clear (&self->edit);

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
  strata_text_edit_init (&self->edit);
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

/* Has the whole text in the buffer now: the end of a large one comes a moment after it is shown. */
void
strata_editor_document_complete (StrataEditorDocument *self)
{
  g_return_if_fail (STRATA_IS_EDITOR_DOCUMENT (self));

  if (self->filling != NULL)
    fill (self, G_MAXSIZE);
}

static void
get_iter (StrataEditorDocument *self,
          GtkTextIter          *iter,
          guint                 line,
          guint                 column)
{
  strata_editor_document_complete (self);
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
