/* strata-activity-page.c - what was done in a workspace, by whom, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-activity-page"

#include "strata-activity-page.h"

#include <glib/gi18n.h>

#include "strata-activity-columns.h"
#include "strata-activity-item.h"
#include "strata-job.h"
#include "strata-main-menu.h"
#include "strata-places-button.h"
#include "strata-spinner.h"

#define MOST 5000  /* lines that are shown; the file keeps what is older */

struct _StrataActivityPage
{
  GtkWidget           parent_instance;
  StrataWorkspace    *workspace;      /* (owned) (not nullable) */
  GListStore         *items;          /* (owned) (not nullable) of StrataActivityItem, newest first */
  GtkFilterListModel *shown;          /* (owned) (not nullable) */
  GtkSingleSelection *selection;      /* (owned) (not nullable) */
  GtkFilter          *filter;         /* (owned) (not nullable) */
  StrataJob          *job;            /* (owned) (not nullable) */
  GFileMonitor       *monitor;        /* (owned) (nullable) */
  GtkColumnViewColumn *by_column;     /* (owned) (not nullable): not there in a narrow window */
  char               *typed;          /* (owned) (not nullable): in small letters */
  gboolean            narrow;
  GtkWidget          *root;           /* (template) */
  AdwWindowTitle     *title;          /* (template) */
  GtkWidget          *search_button;  /* (template) */
  GtkSearchBar       *search_bar;     /* (template) */
  GtkEditable        *search_entry;   /* (template) */
  GtkWidget          *chips;          /* (template) */
  GtkToggleButton    *local;          /* (template) */
  GtkToggleButton    *pulled;         /* (template) */
  GtkToggleButton    *pushed;         /* (template) */
  GtkToggleButton    *failed;         /* (template) */
  GtkStack           *stack;          /* (template) */
  AdwStatusPage      *error_page;     /* (template) */
  GtkColumnView      *table;          /* (template) */
  GtkWidget          *details_line;   /* (template) */
  GtkLabel           *details;        /* (template) */
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
} StrataActivityPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataActivityPage, strata_activity_page, GTK_TYPE_WIDGET)

/* What is shown */

static gboolean
is_chosen (StrataActivityPage *self,
           StrataActivityItem *item)
{
  StrataActivityBy by = strata_activity_item_get_activity (item)->by;

  if (gtk_toggle_button_get_active (self->local))
    return by == STRATA_ACTIVITY_LOCAL;
  if (gtk_toggle_button_get_active (self->pulled))
    return by == STRATA_ACTIVITY_PULL;
  if (gtk_toggle_button_get_active (self->pushed))
    return by == STRATA_ACTIVITY_PUSH;
  if (gtk_toggle_button_get_active (self->failed))
    return strata_activity_item_is_failed (item);

  return TRUE;
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  StrataActivityPage *self = user_data;

  return is_chosen (self, item) && (*self->typed == '\0' || strata_activity_item_matches (item, self->typed));
}

static void
selected_cb (StrataActivityPage *self)
{
  StrataActivityItem *item = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *details = item != NULL ? strata_activity_item_make_details (item) : g_strdup ("");

  g_strdelimit (g_strchomp (details), "\n", ' ');
  gtk_label_set_label (self->details, details);
  gtk_widget_set_visible (self->details_line, item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.copy", item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.open",
                                 item != NULL && *strata_activity_item_get_activity (item)->id != '\0');
}

static void
update (StrataActivityPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  const GError *error = strata_job_get_error (self->job);
  gboolean loading = strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
  g_autofree char *subtitle =
    n_shown < n_items ? g_strdup_printf (ngettext ("%'u of %'u entry", "%'u of %'u entries", n_items), n_shown, n_items)
                      : g_strdup_printf (ngettext ("%'u entry", "%'u entries", n_items), n_items);

  if (error != NULL)
    {
      g_autofree char *reason = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->error_page, reason);
    }

  adw_window_title_set_subtitle (self->title, n_items > 0 ? subtitle : "");
  gtk_widget_set_visible (self->chips, n_items > 0);
  gtk_widget_set_visible (self->search_button, n_items > 0);
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0                      ? "table"
                                                 : n_items > 0                    ? "nothing"
                                                 : error != NULL                  ? "error"
                                                 : loading                        ? "loading"
                                                                                  : "empty");
  selected_cb (self);
}

static void
filter_changed_cb (StrataActivityPage *self)
{
  g_free (self->typed);
  self->typed = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

/* Reading */

static gpointer
list_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return strata_activity_list (data, MOST, cancellable, error);
}

static void
reload (StrataActivityPage *self)
{
  strata_job_run (self->job, list_thread, g_object_ref (strata_workspace_get_store (self->workspace)), g_object_unref,
                  (GDestroyNotify) g_ptr_array_unref);
}

static void
listed_cb (StrataActivityPage *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    {
      GPtrArray *activities = strata_job_get_result (self->job);
      g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
      guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->items));

      for (guint i = 0; i < activities->len; i++)
        g_ptr_array_add (items, strata_activity_item_new (activities->pdata[i]));
      g_list_store_splice (self->items, 0, n_before, items->pdata, items->len);
    }

  update (self);
}

/* While nobody looks, nothing is read. */
static void
file_changed_cb (StrataActivityPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
}

static void
follow (StrataActivityPage *self)
{
  g_autofree char *path = strata_activity_dup_path (strata_workspace_get_store (self->workspace));
  g_autoptr(GFile) file = g_file_new_for_path (path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self, G_CONNECT_SWAPPED);
}

/* Actions */

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
reload_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  reload (STRATA_ACTIVITY_PAGE (widget));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataActivityItem *item = gtk_single_selection_get_selected_item (STRATA_ACTIVITY_PAGE (widget)->selection);

  if (item == NULL)
    return;

  g_autofree char *details = strata_activity_item_make_details (item);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataActivityItem *item = gtk_single_selection_get_selected_item (STRATA_ACTIVITY_PAGE (widget)->selection);

  if (item != NULL)
    gtk_widget_activate_action (widget, "win.open-profile", "s", strata_activity_item_get_activity (item)->id);
}

/* Class */

/* A column that is only hidden still counts in the width on this baseline. */
static void
set_narrow (StrataActivityPage *self,
            gboolean            narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  if (narrow)
    gtk_column_view_remove_column (self->table, self->by_column);
  else
    gtk_column_view_insert_column (self->table, 1, self->by_column);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
strata_activity_page_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (object);

  switch ((StrataActivityPageProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_activity_page_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (object);

  switch ((StrataActivityPageProperty) id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* To the lines, where there are some. */
static gboolean
strata_activity_page_grab_focus (GtkWidget *widget)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (widget);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0 &&
         gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
strata_activity_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_activity_page_parent_class)->map (widget);

  reload (STRATA_ACTIVITY_PAGE (widget));
}

static void
strata_activity_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (strata_activity_page_parent_class)->constructed (object);

  follow (STRATA_ACTIVITY_PAGE (object));
}

static void
strata_activity_page_dispose (GObject *object)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->monitor);
  g_clear_object (&self->job);
  g_clear_object (&self->by_column);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->items);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_activity_page_parent_class)->dispose (object);
}

static void
strata_activity_page_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_ACTIVITY_PAGE (object)->typed, g_free);

  G_OBJECT_CLASS (strata_activity_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, root);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, title);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, local);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, pulled);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, pushed);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, failed);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, table);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, details_line);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, details);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
strata_activity_page_class_init (StrataActivityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_activity_page_get_property;
  object_class->set_property = strata_activity_page_set_property;
  object_class->constructed = strata_activity_page_constructed;
  object_class->dispose = strata_activity_page_dispose;
  object_class->finalize = strata_activity_page_finalize;
  widget_class->grab_focus = strata_activity_page_grab_focus;
  widget_class->map = strata_activity_page_map;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_MAIN_MENU);
  g_type_ensure (STRATA_TYPE_PLACES_BUTTON);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/stratadesk/Strata/strata-activity-page.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "page.open", NULL, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "page.copy", NULL);
}

static void
strata_activity_page_init (StrataActivityPage *self)
{
  self->typed = g_strdup ("");
  self->job = strata_job_new ();
  self->items = g_list_store_new (STRATA_TYPE_ACTIVITY_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);

  gtk_widget_init_template (GTK_WIDGET (self));

  strata_activity_columns_add (self->table);
  self->by_column = g_list_model_get_item (gtk_column_view_get_columns (self->table), 1);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}
