/* strata-editor-merge.c - what somebody else made of an open profile is merged into it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-merge"

#include "strata-editor-merge.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-conflict-dialog.h"
#include "strata-diff.h"
#include "strata-format.h"
#include "strata-job.h"
#include "strata-merge-window.h"

/* How far back the ancestor of a file is looked for. */
#define MAX_REVISIONS 40

/* A merge: asked for, and answered. */
typedef struct
{
  StrataStore   *store;        /* (owned) */
  char          *id;           /* (owned) */
  GFile         *file;         /* (owned) (nullable): where theirs is; NULL for what the disk has */
  StrataProfile *base;         /* (owned) (nullable) */
  gint64         base_time;    /* 0 when there is none */
  StrataProfile *mine;         /* (owned) */
  StrataProfile *theirs;       /* (owned) (nullable) */
  gint64         theirs_time;
  char          *head;         /* (owned) (nullable): the revision that theirs is */
  StrataMerge   *merge;        /* (owned) (nullable) */
} Order;

static void
order_clear (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->store);
  g_clear_object (&order->file);
  g_clear_object (&order->base);
  g_clear_object (&order->mine);
  g_clear_object (&order->theirs);
  g_clear_object (&order->merge);
  g_clear_pointer (&order->id, g_free);
  g_clear_pointer (&order->head, g_free);
}

static void
order_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, order_clear);
}

static gboolean
load_saved (Order         *order,
            GCancellable  *cancellable,
            GError       **error)
{
  order->theirs = strata_store_checkout (order->store, order->id, &order->head, cancellable, error);

  if (order->theirs == NULL)
    return FALSE;

  g_autoptr(StrataEntry) entry = strata_store_get_entry (order->store, order->id, error);

  if (entry != NULL)
    order->theirs_time = strata_entry_get_changed (entry);

  return entry != NULL;
}

static gsize
count_lines (StrataBlob *blob)
{
  gsize n = 0;

  for (const char *at = strchr (strata_blob_get_text (blob), '\n'); at != NULL; at = strchr (at + 1, '\n'))
    n++;

  return n;
}

/* A layer that came or went weighs what is in it. */
static gsize
weigh_layer (StrataProfile *profile,
             const char    *name)
{
  StrataLayer *layer = strata_profile_find_layer (profile, name, NULL);
  GPtrArray *manifests = layer != NULL ? strata_layer_get_manifests (layer) : NULL;
  gsize n_lines = layer != NULL ? count_lines (strata_layer_get_values (layer)) : 0;

  for (guint i = 0; manifests != NULL && i < manifests->len; i++)
    n_lines += count_lines (strata_manifest_get_content (manifests->pdata[i]));

  return n_lines;
}

/* How far two profiles are apart, in lines. */
static gsize
measure (StrataProfile *old_profile,
         StrataProfile *new_profile)
{
  g_autoptr(GPtrArray) changes = strata_diff_profiles (old_profile, new_profile);
  gsize distance = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const StrataChange *change = changes->pdata[i];

      /* The paths of a text are in its lines. */
      if (change->document == NULL || change->path == NULL)
        distance++;

      for (guint k = 0; change->hunks != NULL && k < change->hunks->len; k++)
        distance += g_array_index (change->hunks, StrataHunk, k).old_count +
                    g_array_index (change->hunks, StrataHunk, k).new_count;

      if (change->layer != NULL && change->document == NULL && change->path == NULL)
        distance += change->kind == STRATA_CHANGE_ADDED     ? weigh_layer (new_profile, change->layer)
                    : change->kind == STRATA_CHANGE_REMOVED ? weigh_layer (old_profile, change->layer)
                                                            : 0;
    }

  return distance;
}

/* A file does not say what it was made of. What it was made of is like it: of the last revisions the one that differs
 * least. None when nothing here ever had its name. */
static void
find_ancestor (Order        *order,
               GCancellable *cancellable)
{
  g_autoptr(GPtrArray) history = strata_store_list_history (order->store, order->id, cancellable, NULL);
  gsize least = G_MAXSIZE;

  for (guint i = 0; history != NULL && i < MIN (history->len, MAX_REVISIONS) && least > 0; i++)
    {
      const StrataRevision *revision = history->pdata[i];
      g_autoptr(StrataProfile) profile =
        strata_store_load_revision (order->store, order->id, revision->digest, cancellable, NULL);

      if (profile == NULL || !g_str_equal (strata_profile_get_name (profile), strata_profile_get_name (order->theirs)))
        continue;

      gsize distance = measure (profile, order->theirs);

      if (distance >= least)
        continue;
      least = distance;
      order->base_time = revision->time;
      g_set_object (&order->base, profile);
    }
}

static gboolean
load_file (Order         *order,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(StrataProfile) read = strata_profile_import (order->file, cancellable, error);

  if (read == NULL)
    return FALSE;

  order->theirs = strata_profile_with (read, STRATA_PROFILE_ID, order->id);
  find_ancestor (order, cancellable);

  return TRUE;
}

/* Runs in a worker thread. */
static gpointer
merge_run (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Order *order = data;
  gboolean done = order->file != NULL ? load_file (order, cancellable, error) : load_saved (order, cancellable, error);

  if (!done)
    return NULL;

  order->merge = strata_merge_new (order->base, order->mine, order->theirs);

  return g_atomic_rc_box_acquire (order);
}

static StrataSaver *
get_saver (StrataEditorView *view)
{
  return strata_editing_get_saver (strata_editor_view_get_editing (view));
}

/* One step that can be undone. What the disk has is theirs now; the merge is what is saved over it. */
static void
take (StrataEditorView *view,
      Order            *order,
      StrataMerge      *merge)
{
  StrataSaver *saver = get_saver (view);

  strata_editing_apply (strata_editor_view_get_editing (view), strata_merge_get_profile (merge), _("Merge"));

  if (order->head != NULL)
    strata_saver_adopt (saver, order->theirs, order->head, order->theirs_time);
  strata_saver_save (saver, STRATA_REASON_MERGE);
}

static void
say_merged (StrataEditorView *view,
            Order            *order)
{
  guint n = strata_merge_get_merged (order->merge)->len;
  g_autofree char *name = order->file != NULL ? g_file_get_basename (order->file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;
  g_autofree char *message =
    n == 0          ? g_strdup (_("There was nothing to merge"))
    : shown != NULL ? g_strdup_printf (_("Merged with %s: no conflicts"), shown)
                    : g_strdup (_("Merged with what was saved elsewhere: no conflicts"));

  gtk_widget_activate_action (GTK_WIDGET (view), n > 0 ? "editor.notify-undo" : "editor.notify", "s", message);
}

/* The question */

static void
describe (StrataMergeWindow *window,
          StrataSide         side,
          const char        *where,
          gint64             time)
{
  g_autofree char *age = time > 0 ? strata_format_age (time) : NULL;
  g_autofree char *words = age != NULL ? g_strdup_printf ("%s · %s", where, age) : g_strdup (where);

  strata_merge_window_describe (window, side, words);
}

typedef struct
{
  StrataEditorView *view;   /* (not owned): the window is its transient */
  Order            *order;  /* (owned) */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  order_unref (question->order);
  g_free (question);
}

static void
response_cb (StrataMergeWindow *window,
             const char        *response,
             gpointer           data)
{
  Question *question = data;

  if (g_str_equal (response, "merge"))
    take (question->view, question->order, strata_merge_window_get_merge (window));
  else if (g_str_equal (response, "both"))
    strata_conflict_dialog_keep_both (question->view);
}

static void
ask (StrataEditorView *view,
     Order            *order)
{
  GtkWidget *widget = strata_merge_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))), order->merge);
  StrataMergeWindow *window = STRATA_MERGE_WINDOW (widget);
  Question *question = g_new0 (Question, 1);
  g_autofree char *name = order->file != NULL ? g_file_get_basename (order->file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : g_strdup (_("Saved elsewhere"));

  describe (window, STRATA_SIDE_MINE, _("What is open here"), 0);
  describe (window, STRATA_SIDE_BASE,
            order->base == NULL  ? _("Nothing in common is known")
            : order->file != NULL ? _("The revision most like it")
                                  : _("Last in common"),
            order->base_time);
  describe (window, STRATA_SIDE_THEIRS, shown, order->theirs_time);
  strata_merge_window_set_can_keep_both (window, order->file == NULL);

  question->view = view;
  question->order = g_atomic_rc_box_acquire (order);
  g_signal_connect_data (window, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void start (StrataEditorView *view,
                   GFile            *file);

static void
merge_done (gpointer   owner,
            StrataJob *job,
            gpointer   data)
{
  StrataEditorView *view = STRATA_EDITOR_VIEW (owner);
  Order *order = data;

  if (strata_job_get_error (job) != NULL)
    {
      /* What is in the trash or gone is not merged with: that is another question. */
      if (order->file == NULL)
        strata_conflict_dialog_ask (view);
      else
        gtk_widget_activate_action (GTK_WIDGET (view), "editor.notify", "s", strata_job_get_error (job)->message);
      return;
    }

  /* What was typed meanwhile belongs to it too. */
  if (order->mine != strata_editing_get_profile (strata_editor_view_get_editing (view)))
    {
      start (view, order->file);
      return;
    }

  if (strata_merge_get_n_open (order->merge) > 0)
    {
      ask (view, order);
      return;
    }

  if (order->file == NULL || strata_merge_get_merged (order->merge)->len > 0)
    take (view, order, order->merge);
  say_merged (view, order);
}

static void
start (StrataEditorView *view,
       GFile            *file)
{
  StrataEditing *editing = strata_editor_view_get_editing (view);
  Order *order = g_atomic_rc_box_new0 (Order);

  order->store = g_object_ref (strata_editing_get_store (editing));
  order->id = g_strdup (strata_editor_view_get_id (view));
  order->mine = g_object_ref (strata_editing_get_profile (editing));
  if (file != NULL)
    order->file = g_object_ref (file);
  else
    {
      order->base = g_object_ref (strata_saver_get_saved (get_saver (view)));
      order->base_time = strata_saver_get_saved_at (get_saver (view));
    }

  strata_job_start (view, merge_run, order, order_unref, order_unref, merge_done);
}

/* Another window or program saved what is open in @view, where more was typed: both are merged, by itself where no place
 * was changed twice, and else place by place by the person. */
void
strata_editor_merge_saved (StrataEditorView *view)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (view));

  start (view, NULL);
}

/* Merges an archive, or a profile in JSON or YAML, into what is open in @view. */
void
strata_editor_merge_file (StrataEditorView *view,
                          GFile            *file)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (view));
  g_return_if_fail (G_IS_FILE (file));

  start (view, file);
}
