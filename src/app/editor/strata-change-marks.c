/* strata-change-marks.c - what is different in the shown text, beside it, and the way from change to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-change-marks"

#include "strata-change-marks.h"

#include <string.h>

#include "strata-change-bar.h"
#include "strata-job.h"

#define POSITION (GTK_SOURCE_VIEW_GUTTER_POSITION_MARKS + 20)

/* While somebody types, a letter now and a letter soon are one change. */
#define DELAY_MS 120

struct _StrataChangeMarks
{
  GObject               parent_instance;
  StrataEditorDocument *document;  /* (owned) */
  StrataChangeBar      *bar;       /* (owned) */
  StrataJob            *job;       /* (owned) */
  guint                 delay;
};

/* Two texts to compare, and what came of it. */
typedef struct
{
  StrataBlob *before;  /* (owned) */
  StrataBlob *after;   /* (owned) */
  GArray     *hunks;   /* (owned) (nullable) */
} Comparison;

G_DEFINE_FINAL_TYPE (StrataChangeMarks, strata_change_marks, G_TYPE_OBJECT)

static void
comparison_clear (gpointer data)
{
  Comparison *self = data;

  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_clear_pointer (&self->hunks, g_array_unref);
}

static void
comparison_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, comparison_clear);
}

/* What is gone from the end has no line below it: it is told at the last one. */
static void
keep_within (GArray     *hunks,
             const char *text)
{
  guint last = 0;

  for (const char *p = text; (p = strchr (p, '\n')) != NULL; p++)
    last++;

  for (guint i = 0; i < hunks->len; i++)
    {
      StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);

      hunk->new_start = MIN (hunk->new_start, last);
    }
}

/* Runs in a worker thread. */
static gpointer
compare_run (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Comparison *self = data;

  self->hunks = strata_diff_lines (strata_blob_get_text (self->before), strata_blob_get_text (self->after));
  keep_within (self->hunks, strata_blob_get_text (self->after));

  return g_atomic_rc_box_acquire (self);
}

/* (nullable): the same document of the same layer, as it was. What is new as a whole has nothing to be compared with. */
static StrataBlob *
get_before (StrataChangeMarks *self)
{
  StrataEditing *editing = strata_editor_document_get_editing (self->document);
  StrataProfile *base = strata_draft_get_base (strata_editing_get_draft (editing));
  StrataLayer *layer = strata_editing_get_layer (editing);
  guint position;

  if (layer == NULL)
    return NULL;

  StrataLayer *old_layer = strata_profile_find_layer (base, strata_layer_get_name (layer), &position);

  return old_layer != NULL ? strata_editing_find_blob (old_layer, strata_editing_get_document (editing)) : NULL;
}

static void
compared_cb (StrataChangeMarks *self)
{
  Comparison *comparison = strata_job_get_result (self->job);

  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    strata_change_bar_set_hunks (self->bar, comparison->hunks, comparison->before);
}

static void
compare (StrataChangeMarks *self)
{
  StrataBlob *before = get_before (self);
  g_autoptr(StrataBlob) after = strata_editor_document_dup_blob (self->document);

  if (before == NULL || after == NULL || before == after)
    {
      strata_job_cancel (self->job);
      strata_change_bar_set_hunks (self->bar, NULL, NULL);
      return;
    }

  Comparison *comparison = g_atomic_rc_box_new0 (Comparison);

  comparison->before = g_object_ref (before);
  comparison->after = g_steal_pointer (&after);
  strata_job_run (self->job, compare_run, comparison, comparison_unref, comparison_unref);
}

static gboolean
delay_cb (gpointer data)
{
  StrataChangeMarks *self = data;

  self->delay = 0;
  compare (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (StrataChangeMarks *self)
{
  if (self->delay == 0)
    self->delay = g_timeout_add (DELAY_MS, delay_cb, self);
}

/* Marks of another text would lie. */
static void
entered_cb (StrataChangeMarks *self)
{
  strata_change_bar_set_hunks (self->bar, NULL, NULL);
  compare (self);
}

static void
strata_change_marks_dispose (GObject *object)
{
  StrataChangeMarks *self = STRATA_CHANGE_MARKS (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->bar);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (strata_change_marks_parent_class)->dispose (object);
}

static void
strata_change_marks_class_init (StrataChangeMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_change_marks_dispose;
}

static void
strata_change_marks_init (StrataChangeMarks *self)
{
  self->bar = g_object_ref_sink (strata_change_bar_new ());
  self->job = strata_job_new ();
}

StrataChangeMarks *
strata_change_marks_new (StrataEditorDocument *document,
                         GtkSourceView        *view)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (document), NULL);
  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);

  StrataChangeMarks *self = g_object_new (STRATA_TYPE_CHANGE_MARKS, NULL);

  self->document = g_object_ref (document);
  gtk_source_gutter_insert (gtk_source_view_get_gutter (view, GTK_TEXT_WINDOW_LEFT),
                            GTK_SOURCE_GUTTER_RENDERER (self->bar), POSITION);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (compared_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "entered", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editor_document_get_editing (document), "notify", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  compare (self);

  return self;
}

/* Returns: whether anything is different; @to is then the first line of the next or last change from @line, both from 0 */
gboolean
strata_change_marks_walk (StrataChangeMarks *self,
                          guint              line,
                          gboolean           forward,
                          guint             *to)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_MARKS (self), FALSE);
  g_return_val_if_fail (to != NULL, FALSE);

  const StrataHunk *hunk = strata_change_bar_walk (self->bar, line, forward);

  if (hunk == NULL)
    return FALSE;

  *to = hunk->new_start;

  return TRUE;
}
