/* strata-changes-page.c - what is different from an earlier revision, and the way back to one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-changes-page"

#include "strata-changes-page.h"

#include <glib/gi18n.h>

#include "strata-change-row.h"
#include "strata-diff.h"
#include "strata-history-group.h"
#include "strata-job.h"

/* More than a person reads at once; what is beyond is counted. */
#define MAX_CHANGES 100

/* A comparison: asked for, and answered. */
typedef struct
{
  StrataStore   *store;    /* (owned) */
  char          *digest;   /* (owned) (nullable): of the revision to read, NULL when @before is given */
  StrataProfile *before;   /* (owned) (nullable) */
  StrataProfile *after;    /* (owned) */
  GPtrArray     *changes;  /* (owned) (nullable) (element-type StrataChange): the answer */
} Comparison;

struct _StrataChangesPage
{
  GtkWidget           parent_instance;
  StrataEditing      *editing;   /* (owned) (nullable) */
  StrataJob          *compare;   /* (owned) */
  StrataJob          *go_back;   /* (owned) */
  GPtrArray          *shown;     /* (owned) (nullable): the rows point into it */
  char               *revision;  /* (owned) (nullable): compared with; NULL for the last save */
  char               *revision_name;  /* (owned) (nullable): as a person says it */

  GtkStack           *stack;
  GtkLabel           *title;
  GtkLabel           *summary;
  GtkWidget          *compare_base;
  GtkBox             *layers;
  StrataHistoryGroup *history;
  AdwStatusPage      *failed;
};

G_DEFINE_FINAL_TYPE (StrataChangesPage, strata_changes_page, GTK_TYPE_WIDGET)

static void
comparison_clear (gpointer data)
{
  Comparison *self = data;

  g_clear_object (&self->store);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
}

static void
comparison_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, comparison_clear);
}

/* Runs in a worker thread. */
static gpointer
load_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Comparison *self = data;

  return strata_store_load_revision (self->store, strata_profile_get_id (self->after), self->digest,
                                     cancellable, error);
}

/* Runs in a worker thread. */
static gpointer
compare_run (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Comparison *self = data;

  if (self->before == NULL)
    self->before = load_run (data, cancellable, error);

  if (self->before == NULL)
    return NULL;

  self->changes = strata_diff_profiles (self->before, self->after);

  return g_atomic_rc_box_acquire (self);
}

static Comparison *
comparison_new (StrataChangesPage *self,
                const char        *digest)
{
  Comparison *comparison = g_atomic_rc_box_new0 (Comparison);

  comparison->store = g_object_ref (strata_editing_get_store (self->editing));
  comparison->after = g_object_ref (strata_editing_get_profile (self->editing));
  comparison->digest = g_strdup (digest);

  if (digest == NULL)
    comparison->before =
      g_object_ref (strata_draft_get_base (strata_editing_get_draft (self->editing)));

  return comparison;
}

static void
compare (StrataChangesPage *self)
{
  if (self->editing != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    strata_job_run (self->compare, compare_run, comparison_new (self, self->revision),
                    comparison_unref, comparison_unref);
}

static void
clear_rows (StrataChangesPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->layers))) != NULL)
    gtk_box_remove (self->layers, child);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
}

static void
show_summary (StrataChangesPage *self,
              guint              n_changes,
              guint              n_layers)
{
  g_autofree char *changes =
    g_strdup_printf (ngettext ("%u change", "%u changes", n_changes), n_changes);
  g_autofree char *layers =
    g_strdup_printf (ngettext ("%u layer", "%u layers", n_layers), n_layers);
  g_autofree char *text = NULL;

  if (n_changes == 0)
    text = g_strdup (_("No changes"));
  else if (n_layers == 0)
    text = g_strdup (changes);
  else
    /* Translators: "3 changes" in "2 layers" */
    text = g_strdup_printf (_("%s in %s"), changes, layers);

  gtk_label_set_label (self->summary, text);
}

static void
show_title (StrataChangesPage *self)
{
  g_autofree char *title =
    self->revision != NULL ? g_strdup_printf (_("Compared with %s"), self->revision_name)
                           : g_strdup (_("Compared with the last save"));

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->compare_base, self->revision != NULL);
}

static void
show_changes (StrataChangesPage *self,
              Comparison        *comparison)
{
  GPtrArray *changes = comparison->changes;
  g_autoptr(GHashTable) layers = g_hash_table_new (g_str_hash, g_str_equal);
  AdwPreferencesGroup *group = NULL;
  const char *last = NULL;

  clear_rows (self);
  self->shown = g_ptr_array_ref (changes);

  for (guint i = 0; i < changes->len; i++)
    {
      const StrataChange *change = g_ptr_array_index (changes, i);
      const char *layer = change->layer != NULL ? change->layer : "";

      if (change->layer != NULL)
        g_hash_table_add (layers, change->layer);

      if (i >= MAX_CHANGES)
        continue;

      if (group == NULL || !g_str_equal (layer, last))
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, *layer != '\0' ? layer : _("The Profile"));
          gtk_box_append (self->layers, GTK_WIDGET (group));
          last = layer;
        }

      adw_preferences_group_add (
        group, strata_change_row_new (change, comparison->before, comparison->after));
    }

  show_summary (self, strata_change_row_count (changes), g_hash_table_size (layers));
}

static void
compare_state_cb (StrataChangesPage *self)
{
  const GError *error = strata_job_get_error (self->compare);
  g_autofree char *reason = g_markup_escape_text (error != NULL ? error->message : "", -1);

  switch (strata_job_get_state (self->compare))
    {
    case STRATA_JOB_DONE:
      show_title (self);
      show_changes (self, strata_job_get_result (self->compare));
      gtk_stack_set_visible_child_name (self->stack, "changes");
      break;

    case STRATA_JOB_FAILED:
      clear_rows (self);
      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      break;

    case STRATA_JOB_IDLE:
    case STRATA_JOB_RUNNING:
    default:
      break;
    }
}

static void
go_back_state_cb (StrataChangesPage *self)
{
  StrataJobState state = strata_job_get_state (self->go_back);

  if (state == STRATA_JOB_DONE)
    strata_editing_apply (self->editing, strata_job_get_result (self->go_back), _("Go Back"));
  else if (state == STRATA_JOB_FAILED)
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.notify", "s",
                                strata_job_get_error (self->go_back)->message);
}

static void
compare_with_cb (StrataChangesPage *self,
                 const char        *digest,
                 const char        *name)
{
  g_free (self->revision);
  g_free (self->revision_name);
  self->revision = g_strdup (digest);
  self->revision_name = g_strdup (name);
  compare (self);
}

static void
compare_base_cb (StrataChangesPage *self)
{
  compare_with_cb (self, NULL, NULL);
}

static void
go_back_cb (StrataChangesPage *self,
            const char        *digest)
{
  strata_job_run (self->go_back, load_run, comparison_new (self, digest), comparison_unref,
                  g_object_unref);
}

static void
strata_changes_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_changes_page_parent_class)->map (widget);

  compare (STRATA_CHANGES_PAGE (widget));
}

static void
strata_changes_page_dispose (GObject *object)
{
  StrataChangesPage *self = STRATA_CHANGES_PAGE (object);

  g_clear_object (&self->compare);
  g_clear_object (&self->go_back);
  g_clear_object (&self->editing);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_CHANGES_PAGE);

  G_OBJECT_CLASS (strata_changes_page_parent_class)->dispose (object);
}

static void
strata_changes_page_finalize (GObject *object)
{
  StrataChangesPage *self = STRATA_CHANGES_PAGE (object);

  g_clear_pointer (&self->revision, g_free);
  g_clear_pointer (&self->revision_name, g_free);

  G_OBJECT_CLASS (strata_changes_page_parent_class)->finalize (object);
}

static void
strata_changes_page_class_init (StrataChangesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_changes_page_dispose;
  object_class->finalize = strata_changes_page_finalize;
  widget_class->map = strata_changes_page_map;

  g_type_ensure (STRATA_TYPE_HISTORY_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-changes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, title);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, summary);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, compare_base);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, layers);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, history);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, failed);
  gtk_widget_class_bind_template_callback (widget_class, compare_base_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_with_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_changes_page_init (StrataChangesPage *self)
{
  self->compare = strata_job_new ();
  self->go_back = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->compare, "notify::state", G_CALLBACK (compare_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->go_back, "notify::state", G_CALLBACK (go_back_state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
strata_changes_page_set_editing (StrataChangesPage *self,
                                 StrataEditing     *editing)
{
  g_return_if_fail (STRATA_IS_CHANGES_PAGE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  strata_history_group_set_editing (self->history, editing);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (compare),
                           self, G_CONNECT_SWAPPED);
}
