/* strata-search-window.c - searching and replacing in all layers of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-search-window"

#include "strata-search-window.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-search-hit.h"

/* What the worker is asked. */
typedef struct
{
  StrataProfile         *profile;      /* (owned) */
  char                  *query;        /* (owned) */
  char                  *replacement;  /* (owned) (nullable) */
  StrataTextSearchFlags  flags;
} Order;

struct _StrataSearchWindow
{
  AdwWindow        parent_instance;
  GtkWidget       *view;      /* (weak) (nullable): the editor's, where what is found is shown */
  StrataEditing   *editing;   /* (owned) */
  StrataJob       *job;       /* (owned) */
  StrataProfile   *searched;  /* (owned) (nullable): what the job looks through */
  GListStore      *hits;      /* (owned) (element-type StrataSearchHit) */
  gboolean         accepted;  /* what is found is replaced as soon as it is found */

  GtkEditable     *query;
  GtkEditable     *replacement;
  GtkToggleButton *replace;
  GtkToggleButton *pattern;
  GtkToggleButton *match_case;
  GtkSingleSelection *selection;
  GtkLabel        *count;
  GtkWidget       *replace_all;
};

G_DEFINE_FINAL_TYPE (StrataSearchWindow, strata_search_window, ADW_TYPE_WINDOW)

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->profile);
  g_clear_pointer (&order->query, g_free);
  g_clear_pointer (&order->replacement, g_free);
  g_free (order);
}

/* Runs in a worker thread. */
static gpointer
search_run (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Order *order = data;

  return strata_text_search (order->profile, order->query, order->replacement, order->flags, cancellable, error);
}

static void
show_hits (StrataSearchWindow *self,
           GPtrArray          *hits)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    g_ptr_array_add (shown, strata_search_hit_new (g_ptr_array_index (hits, i), self->searched));

  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)), shown->pdata, shown->len);
}

static gboolean
is_replacing (StrataSearchWindow *self)
{
  return gtk_toggle_button_get_active (self->replace);
}

static void
search_cb (StrataSearchWindow *self)
{
  const char *query = gtk_editable_get_text (self->query);

  gtk_widget_set_visible (GTK_WIDGET (self->replacement), is_replacing (self));
  gtk_widget_set_visible (self->replace_all, is_replacing (self));
  gtk_widget_set_sensitive (self->replace_all, FALSE);
  strata_job_cancel (self->job);
  g_set_object (&self->searched, strata_editing_get_profile (self->editing));

  if (*query == '\0')
    {
      show_hits (self, NULL);
      gtk_label_set_label (self->count, "");
      return;
    }

  Order *order = g_new0 (Order, 1);

  order->profile = g_object_ref (self->searched);
  order->query = g_strdup (query);
  order->replacement = is_replacing (self) ? g_strdup (gtk_editable_get_text (self->replacement)) : NULL;
  order->flags = (gtk_toggle_button_get_active (self->pattern) ? STRATA_TEXT_SEARCH_PATTERN : 0) |
                 (gtk_toggle_button_get_active (self->match_case) ? STRATA_TEXT_SEARCH_MATCH_CASE : 0);
  strata_job_run (self->job, search_run, order, order_free, (GDestroyNotify) strata_text_search_free);
}

static void
show_count (StrataSearchWindow     *self,
            const StrataTextSearch *search)
{
  guint n_lines = search->hits->len;
  g_autofree char *text =
    n_lines == 0     ? g_strdup (_("Not found"))
    : search->is_cut ? g_strdup_printf (_("More than %u lines; the first are listed"), n_lines)
                     : g_strdup_printf (ngettext ("%u line", "%u lines", n_lines), n_lines);

  gtk_label_set_label (self->count, text);
}

/* One step that can be undone. */
static void
put (StrataSearchWindow     *self,
     const StrataTextSearch *search)
{
  guint n_lines = search->hits->len;
  g_autofree char *message =
    search->is_cut ? g_strdup (_("Replaced everywhere"))
                   : g_strdup_printf (ngettext ("Replaced in %u line", "Replaced in %u lines", n_lines), n_lines);
  g_autoptr(StrataProfile) replaced = g_object_ref (search->profile);
  g_autoptr(GtkWidget) view = self->view != NULL ? g_object_ref (self->view) : NULL;

  strata_editing_apply (self->editing, replaced, _("Replace in All Layers"));

  if (view != NULL)
    gtk_widget_activate_action (view, "editor.notify-undo", "s", message);

  gtk_window_close (GTK_WINDOW (self));
}

static void
job_state_cb (StrataSearchWindow *self)
{
  StrataJobState state = strata_job_get_state (self->job);
  StrataTextSearch *search = strata_job_get_result (self->job);

  if (state == STRATA_JOB_FAILED)
    {
      self->accepted = FALSE;
      show_hits (self, NULL);
      gtk_label_set_label (self->count, strata_job_get_error (self->job)->message);
    }

  if (state != STRATA_JOB_DONE)
    return;

  if (self->accepted && search->profile != NULL && self->searched == strata_editing_get_profile (self->editing))
    {
      put (self, search);
      return;
    }

  show_hits (self, search->hits);
  show_count (self, search);
  gtk_widget_set_sensitive (self->replace_all, search->profile != NULL && search->hits->len > 0);

  /* Something was typed meanwhile: replace in that. */
  if (self->accepted)
    search_cb (self);
}

static void
replace_all_cb (StrataSearchWindow *self)
{
  self->accepted = TRUE;
  job_state_cb (self);
}

static void
activate_cb (StrataSearchWindow *self,
             guint               position)
{
  g_autoptr(StrataSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  if (hit != NULL && self->view != NULL)
    gtk_widget_activate_action (self->view, "document.show", "(usuu)", strata_search_hit_get_position (hit),
                                strata_search_hit_get_document (hit), strata_search_hit_get_line (hit),
                                strata_search_hit_get_column (hit));
}

/* The entry takes Escape for itself. */
static void
stop_cb (StrataSearchWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
strata_search_window_dispose (GObject *object)
{
  StrataSearchWindow *self = STRATA_SEARCH_WINDOW (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->job);
  g_clear_object (&self->editing);
  g_clear_object (&self->searched);
  g_clear_object (&self->hits);

  G_OBJECT_CLASS (strata_search_window_parent_class)->dispose (object);
}

static void
strata_search_window_class_init (StrataSearchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_search_window_dispose;

  g_type_ensure (STRATA_TYPE_SEARCH_HIT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-search-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, query);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, replacement);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, replace);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, pattern);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, match_case);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, count);
  gtk_widget_class_bind_template_child (widget_class, StrataSearchWindow, replace_all);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
strata_search_window_init (StrataSearchWindow *self)
{
  self->hits = g_list_store_new (STRATA_TYPE_SEARCH_HIT);
  self->job = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->hits));
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
}

/* @view is the editor's: "document.show" is activated on it. */
GtkWidget *
strata_search_window_new (GtkWidget     *view,
                          StrataEditing *editing)
{
  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);
  g_return_val_if_fail (STRATA_IS_EDITING (editing), NULL);

  StrataSearchWindow *self =
    g_object_new (STRATA_TYPE_SEARCH_WINDOW, "transient-for", gtk_widget_get_root (view), NULL);

  g_set_weak_pointer (&self->view, view);
  self->editing = g_object_ref (editing);
  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->query));

  return GTK_WIDGET (self);
}
