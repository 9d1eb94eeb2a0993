/* strata-inspector.c - what is known about the chosen layer, beside its text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-inspector"

#include "config.h"

#include "strata-inspector.h"

#include <glib/gi18n.h>

#include "strata-changes-page.h"
#include "strata-job.h"
#include "strata-pack-reader.h"
#include "strata-presets-page.h"
#include "strata-problems-page.h"
#include "strata-readme-view.h"
#include "strata-variables-page.h"

struct _StrataInspector
{
  GtkWidget            parent_instance;
  StrataEditing       *editing;   /* (owned) (nullable) */
  GPtrArray           *files;     /* (owned) (nullable): what the pack is being read from */
  StrataJob           *job;       /* (owned): reads the pack */
  GSettings           *settings;  /* (owned) */

  GtkWidget           *root;
  AdwViewStack        *pages;
  AdwViewStackPage    *problems_tab;
  StrataProblemsPage  *problems;
  StrataPresetsPage   *presets;
  StrataVariablesPage *variables;
  StrataChangesPage   *changes;
  GtkStack            *readme_stack;
  StrataReadmeView    *readme;
};

enum
{
  PROBLEM_ACTIVATED,
  PROBLEM_REPAIR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataInspector, strata_inspector, GTK_TYPE_WIDGET)

/* Runs in a worker thread. */
static gpointer
read_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return strata_pack_read_layer (data, error);
}

static void
show_pack (StrataInspector *self,
           StrataPack      *pack)
{
  const char *readme = pack != NULL ? strata_pack_get (pack, STRATA_PACK_README) : "";

  strata_presets_page_set_pack (self->presets, pack);
  strata_readme_view_set_text (self->readme, readme);
  gtk_stack_set_visible_child_name (self->readme_stack, *readme != '\0' ? "readme" : "none");
}

static void
job_state_cb (StrataInspector *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  /* A layer that came without its pack is nothing to complain about: there is just nothing to show.
   */
  if (state == STRATA_JOB_DONE || state == STRATA_JOB_FAILED)
    show_pack (self, state == STRATA_JOB_DONE ? strata_job_get_result (self->job) : NULL);
}

static void
follow_layer (StrataInspector *self)
{
  StrataLayer *layer = strata_editing_get_layer (self->editing);
  GPtrArray *files = layer != NULL ? strata_layer_get_files (layer) : NULL;

  if (files != NULL && files == self->files)
    return;

  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files != NULL ? g_ptr_array_ref (files) : NULL;
  strata_job_cancel (self->job);
  show_pack (self, NULL);

  if (layer != NULL)
    strata_job_run (self->job, read_run, g_object_ref (layer), g_object_unref, g_object_unref);
}

static void
checked_cb (StrataInspector *self)
{
  guint n_problems = strata_checker_get_n_problems (strata_editing_get_checker (self->editing));

  adw_view_stack_page_set_badge_number (self->problems_tab, n_problems);
  adw_view_stack_page_set_needs_attention (self->problems_tab, n_problems > 0);
}

static void
problem_activated_cb (StrataInspector *self,
                      StrataProblem   *problem)
{
  g_signal_emit (self, signals[PROBLEM_ACTIVATED], 0, problem);
}

static void
problem_repair_cb (StrataInspector *self,
                   StrataProblem   *problem)
{
  g_signal_emit (self, signals[PROBLEM_REPAIR], 0, problem);
}

static void
strata_inspector_dispose (GObject *object)
{
  StrataInspector *self = STRATA_INSPECTOR (object);

  g_clear_object (&self->job);
  g_clear_object (&self->editing);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_INSPECTOR);

  G_OBJECT_CLASS (strata_inspector_parent_class)->dispose (object);
}

static void
strata_inspector_class_init (StrataInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_inspector_dispose;

  signals[PROBLEM_ACTIVATED] =
    g_signal_new ("problem-activated", STRATA_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, STRATA_TYPE_PROBLEM);
  signals[PROBLEM_REPAIR] =
    g_signal_new ("problem-repair", STRATA_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, STRATA_TYPE_PROBLEM);

  g_type_ensure (STRATA_TYPE_PROBLEMS_PAGE);
  g_type_ensure (STRATA_TYPE_PRESETS_PAGE);
  g_type_ensure (STRATA_TYPE_VARIABLES_PAGE);
  g_type_ensure (STRATA_TYPE_CHANGES_PAGE);
  g_type_ensure (STRATA_TYPE_README_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, root);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, problems_tab);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, problems);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, presets);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, variables);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, changes);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, readme_stack);
  gtk_widget_class_bind_template_child (widget_class, StrataInspector, readme);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_repair_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_inspector_init (StrataInspector *self)
{
  self->job = strata_job_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (self->settings, "inspector-page", self->pages, "visible-child-name",
                   G_SETTINGS_BIND_DEFAULT);

  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
strata_inspector_set_editing (StrataInspector *self,
                              StrataEditing   *editing)
{
  g_return_if_fail (STRATA_IS_INSPECTOR (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  strata_problems_page_set_editing (self->problems, editing);
  strata_presets_page_set_editing (self->presets, editing);
  strata_variables_page_set_editing (self->variables, editing);
  strata_changes_page_set_editing (self->changes, editing);
  g_signal_connect_object (editing, "notify", G_CALLBACK (follow_layer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (checked_cb),
                           self, G_CONNECT_SWAPPED);
  follow_layer (self);
}
