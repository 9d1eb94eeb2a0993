/* strata-compare-window.c - what is different between two profiles, and one change taken over from the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-compare-window"

#include "strata-compare-window.h"

#include <glib/gi18n.h>

#include "strata-change-row.h"
#include "strata-comparison.h"
#include "strata-diff-pane.h"
#include "strata-history-list.h"
#include "strata-link.h"
#include "strata-version.h"

struct _StrataCompareWindow
{
  AdwWindow            parent_instance;
  StrataStore         *store;      /* (owned) (nullable) */
  StrataEditing       *editing;    /* (owned) (nullable): NULL when both sides are only read */
  StrataCompareSource *subject;    /* (owned) (nullable): what is compared; what is open is asked for each time */
  char                *id;         /* (owned) (nullable): of the subject */
  char                *name;       /* (owned) (nullable): of the subject */
  GPtrArray           *sources;    /* (owned) (element-type StrataCompareSource): in the order of the choice */
  GtkStringList       *labels;     /* (owned): the same in words, and behind them the way to a file */
  guint                chosen;     /* of @sources */
  gboolean             is_filling; /* the choice moves by itself */
  StrataJob           *job;        /* (owned): gives a StrataComparison */
  StrataJob           *link;       /* (owned): gives what is known of the console */
  StrataJob           *history;    /* (owned): gives the revisions */
  GtkFileChooserNative *chooser;   /* (owned) (nullable) */

  AdwWindowTitle      *title;
  GtkDropDown         *choice;
  GtkLabel            *summary;
  GtkStack            *stack;
  StrataDiffPane      *pane;
  AdwStatusPage       *failed;
};

G_DEFINE_FINAL_TYPE (StrataCompareWindow, strata_compare_window, ADW_TYPE_WINDOW)

static void
compare (StrataCompareWindow *self)
{
  g_autoptr(StrataCompareSource) subject = NULL;

  if (self->chosen >= self->sources->len)
    return;

  if (self->editing != NULL)
    subject = strata_compare_source_new_profile (strata_editing_get_profile (self->editing), "");
  else
    subject = g_object_ref (self->subject);

  strata_comparison_run (self->job, self->store, self->sources->pdata[self->chosen], subject);
}

static void
show_summary (StrataCompareWindow *self,
              guint                n_changes)
{
  g_autofree char *text =
    n_changes == 0 ? g_strdup ("")
                   : g_strdup_printf (ngettext ("%u change", "%u changes", n_changes), n_changes);

  gtk_label_set_label (self->summary, text);
}

static void
job_state_cb (StrataCompareWindow *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    {
      StrataComparison *comparison = strata_job_get_result (self->job);

      strata_diff_pane_show (self->pane, comparison->old_profile, comparison->new_profile, comparison->changes,
                             self->editing != NULL);
      show_summary (self, strata_change_row_count (comparison->changes));
      gtk_stack_set_visible_child_name (self->stack, "changes");
    }
  else if (state == STRATA_JOB_FAILED)
    {
      g_autofree char *reason = g_markup_escape_text (strata_job_get_error (self->job)->message, -1);

      show_summary (self, 0);
      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

/* What was compared is what is open: nothing was typed since, or the comparison is on its way again. */
static void
taken_cb (StrataCompareWindow *self,
          StrataProfile       *profile)
{
  StrataComparison *comparison = strata_job_get_result (self->job);

  if (self->editing != NULL && strata_job_get_state (self->job) == STRATA_JOB_DONE &&
      comparison->new_profile == strata_editing_get_profile (self->editing))
    strata_editing_apply (self->editing, profile, _("Take Change Over"));
}

/* The choice */

static void
add_source (StrataCompareWindow *self,
            StrataCompareSource *source)
{
  const char *words[] = { strata_compare_source_get_label (source), NULL };

  self->is_filling = TRUE;
  gtk_string_list_splice (self->labels, self->sources->len, 0, words);
  g_ptr_array_add (self->sources, source);
  self->is_filling = FALSE;
}

static void
choose (StrataCompareWindow *self,
        guint                index)
{
  self->chosen = index;
  gtk_drop_down_set_selected (self->choice, index);
  compare (self);
}

static void
chooser_response_cb (StrataCompareWindow *self,
                     int                  response)
{
  g_autoptr(GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);

  if (file == NULL)
    {
      gtk_drop_down_set_selected (self->choice, self->chosen);
      return;
    }

  add_source (self, strata_compare_source_new_file (file));
  choose (self, self->sources->len - 1);
}

static void
choose_file (StrataCompareWindow *self)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Profiles"));
  gtk_file_filter_add_suffix (filter, "tgz");
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_add_suffix (filter, "yaml");
  gtk_file_filter_add_suffix (filter, "yml");

  self->chooser = gtk_file_chooser_native_new (_("Compare with a File"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Compare"), NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_object_unref (filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
selected_cb (StrataCompareWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->choice);

  if (self->store == NULL || self->is_filling || selected == self->chosen || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected < self->sources->len)
    choose (self, selected);
  else if (self->chooser == NULL)
    choose_file (self);
}

/* The other versions of the same name first, newest first; then the others by name. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  StrataEntry *one = *(StrataEntry **) a;
  StrataEntry *other = *(StrataEntry **) b;
  const char *name = user_data;
  gboolean one_same = g_str_equal (strata_entry_get_name (one), name);
  gboolean other_same = g_str_equal (strata_entry_get_name (other), name);
  int by_name = g_utf8_collate (strata_entry_get_name (one), strata_entry_get_name (other));

  if (one_same != other_same)
    return other_same - one_same;

  return by_name != 0 ? by_name
                      : strata_version_compare_text (strata_entry_get_version (other), strata_entry_get_version (one));
}

static void
add_profiles (StrataCompareWindow *self,
              GListModel          *profiles)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (profiles, i);

      if (g_strcmp0 (strata_entry_get_id (entry), self->id) != 0)
        g_ptr_array_add (others, g_steal_pointer (&entry));
    }
  g_ptr_array_sort_with_data (others, compare_entries, self->name);

  for (guint i = 0; i < others->len; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %s", strata_entry_get_name (others->pdata[i]),
                                                strata_entry_get_version (others->pdata[i]));

      add_source (self, strata_compare_source_new_stored (strata_entry_get_id (others->pdata[i]), label));
    }
}

/* What comes later stands at the end: the choice that was made stays where it is. */
static void
begin_with_first (StrataCompareWindow *self,
                  guint                n_before)
{
  if (n_before == 0 && self->sources->len > 0)
    choose (self, 0);
}

static void
add_revision (StrataCompareWindow *self,
              const char          *digest,
              const char          *label)
{
  if (*digest != '\0')
    add_source (self, strata_compare_source_new_revision (self->id, digest, label));
}

/* What the console has is on this disk as it was read there last; the list of the console says whether that is still so. */
static void
link_state_cb (StrataCompareWindow *self)
{
  const StrataLink *link = strata_job_get_result (self->link);
  StrataJobState state = strata_job_get_state (self->link);
  guint n_before = self->sources->len;

  if (state == STRATA_JOB_DONE && *link->theirs != '\0')
    {
      add_revision (self, link->theirs, _("What the console has"));
      add_revision (self, link->base, _("What both had last"));
    }
  else if (state == STRATA_JOB_DONE)
    {
      add_revision (self, link->base,
                    strata_link_is_newer (link) || link->is_gone ? _("What the console had last") : _("What the console has"));
    }

  if (state != STRATA_JOB_DONE && state != STRATA_JOB_FAILED)
    return;

  begin_with_first (self, n_before);
  strata_history_list_run (self->history, self->store, self->id);
}

static void
history_state_cb (StrataCompareWindow *self)
{
  GPtrArray *revisions = strata_job_get_result (self->history);
  guint n_before = self->sources->len;

  if (strata_job_get_state (self->history) != STRATA_JOB_DONE)
    return;

  for (guint i = 0; i < revisions->len; i++)
    {
      g_autofree char *label = strata_history_list_describe (revisions->pdata[i]);

      add_revision (self, ((StrataRevision *) revisions->pdata[i])->digest, label);
    }
  begin_with_first (self, n_before);
}

static void
walk_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  strata_diff_pane_walk (STRATA_COMPARE_WINDOW (widget)->pane, g_str_equal (action_name, "change.next"));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataEditing *editing = STRATA_COMPARE_WINDOW (widget)->editing;

  if (editing == NULL)
    return;
  if (g_str_equal (action_name, "change.undo"))
    strata_editing_undo (editing);
  else
    strata_editing_redo (editing);
}

static void
strata_compare_window_dispose (GObject *object)
{
  StrataCompareWindow *self = STRATA_COMPARE_WINDOW (object);

  g_clear_object (&self->job);
  g_clear_object (&self->link);
  g_clear_object (&self->history);
  g_clear_object (&self->chooser);
  g_clear_object (&self->subject);
  g_clear_object (&self->editing);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (strata_compare_window_parent_class)->dispose (object);
}

static void
strata_compare_window_finalize (GObject *object)
{
  StrataCompareWindow *self = STRATA_COMPARE_WINDOW (object);

  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_object (&self->labels);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (strata_compare_window_parent_class)->finalize (object);
}

static void
strata_compare_window_class_init (StrataCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_compare_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_compare_window_finalize;

  g_type_ensure (STRATA_TYPE_DIFF_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, choice);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, StrataCompareWindow, failed);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_cb);

  gtk_widget_class_install_action (widget_class, "change.next", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "change.previous", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "change.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "change.redo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "change.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "change.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "change.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "change.redo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
strata_compare_window_init (StrataCompareWindow *self)
{
  const char *const file[] = { _("A File…"), NULL };

  gtk_widget_init_template (GTK_WIDGET (self));

  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->labels = gtk_string_list_new (file);
  self->chosen = 0;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (self->labels));
  self->job = strata_job_new ();
  self->link = strata_job_new ();
  self->history = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "notify::state", G_CALLBACK (link_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::state", G_CALLBACK (history_state_cb), self, G_CONNECT_SWAPPED);
}

static StrataCompareWindow *
make (GtkWindow       *parent,
      StrataWorkspace *workspace,
      const char      *id,
      const char      *name,
      const char      *version)
{
  StrataCompareWindow *self = g_object_new (STRATA_TYPE_COMPARE_WINDOW, "transient-for", parent, NULL);
  g_autofree char *subtitle = g_strdup_printf ("%s %s", name, version);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->store = g_object_ref (strata_workspace_get_store (workspace));
  adw_window_title_set_subtitle (self->title, subtitle);

  return self;
}

static void
begin (StrataCompareWindow *self,
       StrataWorkspace     *workspace)
{
  add_profiles (self, G_LIST_MODEL (strata_workspace_get_profiles (workspace)));
  strata_history_list_run_link (self->link, self->store, self->id);
  gtk_stack_set_visible_child_name (self->stack, self->sources->len > 0 ? "changes" : "alone");
  if (self->sources->len > 0)
    choose (self, 0);
}

/* A profile of the disk, to be read. */
GtkWidget *
strata_compare_window_new (GtkWindow       *parent,
                           StrataWorkspace *workspace,
                           StrataEntry     *entry)
{
  StrataCompareWindow *self = make (parent, workspace, strata_entry_get_id (entry), strata_entry_get_name (entry),
                                    strata_entry_get_version (entry));

  self->subject = strata_compare_source_new_stored (self->id, "");
  begin (self, workspace);

  return GTK_WIDGET (self);
}

/* What is open, compared anew with each change to it; single changes can be taken over into it. */
GtkWidget *
strata_compare_window_new_editing (GtkWindow       *parent,
                                   StrataWorkspace *workspace,
                                   StrataEditing   *editing)
{
  StrataProfile *profile = strata_editing_get_profile (editing);
  StrataCompareWindow *self = make (parent, workspace, strata_profile_get_id (profile),
                                    strata_profile_get_name (profile), strata_profile_get_version (profile));

  self->editing = g_object_ref (editing);
  add_source (self, strata_compare_source_new_profile (strata_draft_get_base (strata_editing_get_draft (editing)),
                                                       _("The last save")));
  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (compare), self, G_CONNECT_SWAPPED);
  begin (self, workspace);

  return GTK_WIDGET (self);
}
