/* strata-history-group.c - the saved revisions of a profile, newest first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-history-group"

#include "strata-history-group.h"

#include <glib/gi18n.h>

#include "strata-history-list.h"

#define MAX_ROWS 30

struct _StrataHistoryGroup
{
  AdwBin               parent_instance;
  StrataEditing       *editing;  /* (owned) (nullable) */
  StrataJob           *job;      /* (owned) */
  GPtrArray           *rows;     /* (owned) (element-type GtkWidget): in the group */

  AdwPreferencesGroup *group;
};

enum
{
  COMPARE,
  GO_BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataHistoryGroup, strata_history_group, ADW_TYPE_BIN)

static void
list (StrataHistoryGroup *self)
{
  if (self->editing != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    strata_history_list_run (self->job, strata_editing_get_store (self->editing),
                             strata_profile_get_id (strata_editing_get_profile (self->editing)));
}

static void
compare_cb (GtkButton          *button,
            StrataHistoryGroup *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);

  g_signal_emit (self, signals[COMPARE], 0, gtk_widget_get_name (row),
                 adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
go_back_cb (GtkButton          *button,
            StrataHistoryGroup *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);

  g_signal_emit (self, signals[GO_BACK], 0, gtk_widget_get_name (row));
}

static void
add_button (StrataHistoryGroup *self,
            GtkWidget          *row,
            const char         *icon_name,
            const char         *tooltip,
            GCallback           callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_signal_connect (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (StrataHistoryGroup   *self,
         const StrataRevision *revision)
{
  g_autofree char *time = strata_history_list_describe_time (revision);
  g_autofree char *subtitle = strata_history_list_describe_reason (revision);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "name", revision->digest, "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  add_button (self, row, "view-dual-symbolic", _("Compare"), G_CALLBACK (compare_cb));
  add_button (self, row, "document-revert-symbolic",
              _("Go Back to This"), G_CALLBACK (go_back_cb));
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_history (StrataHistoryGroup *self,
              GPtrArray          *history)
{
  guint n_rows = MIN (history->len, MAX_ROWS);
  guint n_more = history->len - n_rows;
  g_autofree char *more =
    n_more == 0
      ? NULL
      : g_strdup_printf (
          ngettext ("%u older revision is kept", "%u older revisions are kept", n_more), n_more);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));

  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < n_rows; i++)
    add_row (self, g_ptr_array_index (history, i));

  adw_preferences_group_set_description (self->group, more);
}

static void
job_state_cb (StrataHistoryGroup *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    show_history (self, strata_job_get_result (self->job));
  else if (state == STRATA_JOB_FAILED)
    {
      g_autofree char *reason = g_markup_escape_text (strata_job_get_error (self->job)->message, -1);

      adw_preferences_group_set_description (self->group, reason);
    }
}

static void
strata_history_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_history_group_parent_class)->map (widget);

  list (STRATA_HISTORY_GROUP (widget));
}

static void
strata_history_group_dispose (GObject *object)
{
  StrataHistoryGroup *self = STRATA_HISTORY_GROUP (object);

  g_clear_object (&self->job);
  g_clear_object (&self->editing);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_history_group_parent_class)->dispose (object);
}

static void
strata_history_group_class_init (StrataHistoryGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_history_group_dispose;
  GTK_WIDGET_CLASS (klass)->map = strata_history_group_map;

  signals[COMPARE] = g_signal_new ("compare", STRATA_TYPE_HISTORY_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[GO_BACK] = g_signal_new ("go-back", STRATA_TYPE_HISTORY_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_history_group_init (StrataHistoryGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->job = strata_job_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("History"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));

  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
saver_state_cb (StrataHistoryGroup *self)
{
  StrataSaver *saver = strata_editing_get_saver (self->editing);

  if (strata_saver_get_state (saver) == STRATA_SAVER_SAVED)
    list (self);
}

void
strata_history_group_set_editing (StrataHistoryGroup *self,
                                  StrataEditing      *editing)
{
  g_return_if_fail (STRATA_IS_HISTORY_GROUP (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (strata_editing_get_saver (editing), "notify::state",
                           G_CALLBACK (saver_state_cb), self, G_CONNECT_SWAPPED);
}
