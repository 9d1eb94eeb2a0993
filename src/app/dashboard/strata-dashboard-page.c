/* strata-dashboard-page.c - every profile of the workspace in one table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-page"

#include "strata-dashboard-page.h"

#include <glib/gi18n.h>

#include "strata-dashboard-actions.h"
#include "strata-dashboard-chips.h"
#include "strata-dashboard-table.h"
#include "strata-dashboard-welcome.h"
#include "strata-format.h"
#include "strata-main-menu.h"
#include "strata-places-button.h"
#include "strata-practice-bar.h"
#include "strata-practice.h"
#include "strata-spinner.h"

struct _StrataDashboardPage
{
  GtkWidget               parent_instance;
  StrataWorkspace        *workspace;       /* (owned) (not nullable) */
  StrataProfileList      *entries;         /* (owned) (not nullable) */
  StrataConnection       *connection;      /* (owned) (nullable): none on this computer */
  StrataDashboardConsole *console;         /* (owned) (nullable): the same, and none in the trash */
  StrataDashboardModel   *model;           /* (owned) (not nullable) */
  StrataDashboardFilter  *filter;          /* (owned) (not nullable) */
  gboolean                trash;
  gboolean                narrow;
  guint                   update_source;
  GtkWidget              *root;            /* (template) */
  AdwWindowTitle         *title;           /* (template) */
  GtkWidget              *search_button;   /* (template) */
  GtkWidget              *new_button;      /* (template) */
  GtkWidget              *purge_button;    /* (template) */
  GtkSearchBar           *search_bar;      /* (template) */
  GtkEditable            *search_entry;    /* (template) */
  StrataDashboardChips   *chips;           /* (template) */
  GtkStack               *stack;           /* (template) */
  AdwStatusPage          *error_page;      /* (template) */
  AdwStatusPage          *unknown_page;    /* (template) */
  GtkWidget              *practice_bar;    /* (template) */
  StrataDashboardTable   *table;           /* (template) */
  GtkWidget              *trash_line;      /* (template) */
  GtkWidget              *sign_in;         /* (template) */
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
  PROP_TRASH,
} StrataDashboardPageProperty;

static GParamSpec *properties[PROP_TRASH + 1];

G_DEFINE_FINAL_TYPE (StrataDashboardPage, strata_dashboard_page, GTK_TYPE_WIDGET)

/* What is shown */

/* That a console was never read is not that it has nothing. */
static const char *
choose_empty_view (StrataDashboardPage *self)
{
  if (self->connection == NULL || strata_connection_get_checked (self->connection) > 0)
    return "empty";

  return strata_connection_get_state (self->connection) == STRATA_CONNECTION_ASKING ? "loading" : "unknown";
}

static const char *
choose_view (StrataDashboardPage *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (strata_profile_list_get_error (self->entries) != NULL && n_rows == 0)
    return "error";
  if (strata_profile_list_get_loading (self->entries) && n_rows == 0)
    return "loading";
  if (n_rows == 0 && self->trash)
    return "trash-empty";
  if (n_rows == 0)
    return choose_empty_view (self);
  if (strata_dashboard_table_get_n_shown (self->table) == 0)
    return "nothing";

  return "table";
}

static void
update_title (StrataDashboardPage *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint n_shown = strata_dashboard_table_get_n_shown (self->table);
  g_autofree char *subtitle = NULL;

  if (n_rows == 0)
    subtitle = g_strdup ("");
  else if (n_shown < n_rows)
    subtitle = g_strdup_printf (ngettext ("%'u of %'u profile", "%'u of %'u profiles", n_rows),
                                n_shown, n_rows);
  else
    subtitle = g_strdup_printf (ngettext ("%'u profile", "%'u profiles", n_rows), n_rows);

  if (n_rows > 0 && self->connection != NULL && strata_connection_get_checked (self->connection) > 0)
    {
      g_autofree char *clock =
        strata_format_clock (strata_connection_get_checked (self->connection) / G_USEC_PER_SEC);
      g_autofree char *count = g_steal_pointer (&subtitle);

      /* Translators: "12 profiles · as of 09:12" */
      subtitle = g_strdup_printf (_("%s · as of %s"), count, clock);
    }

  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
show_unknown (StrataDashboardPage *self)
{
  const GError *error = self->connection != NULL ? strata_connection_get_error (self->connection) : NULL;
  g_autofree char *reason = error != NULL ? g_markup_escape_text (error->message, -1) : NULL;

  adw_status_page_set_description (self->unknown_page, reason);
  gtk_widget_set_visible (self->sign_in, self->connection != NULL && strata_connection_get_state (self->connection) ==
                                                                       STRATA_CONNECTION_SIGNED_OUT);
}

static void
update_view (StrataDashboardPage *self)
{
  const char *view = choose_view (self);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  const GError *error = strata_profile_list_get_error (self->entries);

  if (error != NULL)
    {
      g_autofree char *reason = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->error_page, reason);
    }

  show_unknown (self);
  gtk_stack_set_visible_child_name (self->stack, view);
  gtk_widget_set_visible (self->search_button, any);
  gtk_widget_set_visible (GTK_WIDGET (self->chips), any && !self->trash);
  gtk_widget_set_visible (self->new_button, any && !self->trash);
  gtk_widget_set_visible (self->purge_button, any && self->trash);
  gtk_widget_set_visible (self->trash_line, any && self->trash);
  update_title (self);
}

static void
update_rows (StrataDashboardPage *self)
{
  strata_dashboard_model_update (self->model, G_LIST_MODEL (self->entries), !self->trash);
  strata_dashboard_chips_update (self->chips);
  update_view (self);
}

static gboolean
update_rows_cb (gpointer user_data)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (user_data);

  self->update_source = 0;
  update_rows (self);

  return G_SOURCE_REMOVE;
}

/* One update for all the changes of one turn of the loop, and before the next frame. */
static void
entries_changed_cb (StrataDashboardPage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_rows_cb, self, NULL);
}

static void
selection_changed_cb (StrataDashboardPage *self)
{
  strata_dashboard_actions_update (self);
}

static void
search_changed_cb (StrataDashboardPage *self)
{
  strata_dashboard_filter_set_text (self->filter, gtk_editable_get_text (self->search_entry));
}

/* Down from the search goes to what was found. */
static gboolean
search_key_cb (StrataDashboardPage *self,
               guint                keyval)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_Return)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

/* Actions */

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (widget);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    return;

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (widget);

  gtk_editable_set_text (self->search_entry, "");
  strata_dashboard_chips_reset (self->chips);
}

static void
reload_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (widget);

  strata_profile_list_refresh (self->entries);
  if (self->console != NULL)
    strata_dashboard_console_ask (self->console);
  update_view (self);
}

static void
empty_trash_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (widget);
  guint n_entries = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      g_strv_builder_add (ids, strata_entry_get_id (entry));
    }

  g_auto(GStrv) all = g_strv_builder_end (ids);
  gtk_widget_activate_action (widget, "win.purge-profiles", "^as", all);
}

/* Class */

static void
set_narrow (StrataDashboardPage *self,
            gboolean             narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  strata_dashboard_table_set_narrow (self->table, narrow);
  strata_dashboard_chips_set_narrow (self->chips, narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* To the rows, where there are some. */
static gboolean
strata_dashboard_page_grab_focus (GtkWidget *widget)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (widget);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0 &&
         gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
strata_dashboard_page_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (object);

  switch ((StrataDashboardPageProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_TRASH:
      g_value_set_boolean (value, self->trash);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_dashboard_page_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (object);

  switch ((StrataDashboardPageProperty) id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_TRASH:
      self->trash = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The arrow of the split button has a tooltip but no name, and no property for one. */
static void
name_arrow (GtkWidget *split_button)
{
  for (GtkWidget *child = gtk_widget_get_first_child (split_button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (child)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("More Ways to Make a Profile"), -1);
}

/* What can be done with a row. */
static void
set_menu (StrataDashboardPage *self)
{
  g_autoptr(GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/stratadesk/Strata/strata-dashboard-menus.ui");
  GObject *menu = gtk_builder_get_object (builder, self->trash ? "trash_menu" : "profile_menu");

  strata_dashboard_table_set_menu (self->table, G_MENU_MODEL (menu));
}

static void
follow_console (StrataDashboardPage *self)
{
  self->console = strata_dashboard_console_new (self->connection, strata_workspace_get_watch (self->workspace));
  strata_dashboard_table_set_console (self->table, self->console);
  strata_dashboard_console_ask (self->console);
}

static void
strata_dashboard_page_constructed (GObject *object)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (object);

  G_OBJECT_CLASS (strata_dashboard_page_parent_class)->constructed (object);

  self->entries = g_object_ref (self->trash ? strata_workspace_get_trash (self->workspace)
                                            : strata_workspace_get_profiles (self->workspace));
  if (!self->trash)
    g_set_object (&self->connection, strata_workspace_get_connection (self->workspace));
  gtk_widget_set_visible (self->practice_bar,
                          !self->trash && g_str_equal (strata_workspace_get_id (self->workspace), STRATA_PRACTICE_ID));
  if (self->connection != NULL)
    g_signal_connect_object (self->connection, "notify", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  if (self->trash)
    {
      adw_window_title_set_title (self->title, _("Trash"));
      strata_dashboard_table_set_label (self->table, _("Trash"));
    }

  strata_dashboard_model_update (self->model, G_LIST_MODEL (self->entries), !self->trash);
  strata_dashboard_chips_set_filter (self->chips, self->filter, self->model);
  strata_dashboard_chips_update (self->chips);
  strata_dashboard_table_set_model (self->table, self->model, self->filter);
  if (!self->trash && self->connection != NULL)
    follow_console (self);
  set_menu (self);
  strata_dashboard_actions_update (self);
  name_arrow (self->new_button);
  update_view (self);

  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (entries_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entries, "notify", G_CALLBACK (entries_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
strata_dashboard_page_dispose (GObject *object)
{
  StrataDashboardPage *self = STRATA_DASHBOARD_PAGE (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->filter);
  g_clear_object (&self->model);
  g_clear_object (&self->console);
  g_clear_object (&self->connection);
  g_clear_object (&self->entries);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_dashboard_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, root);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, title);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, purge_button);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, unknown_page);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, practice_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, table);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, trash_line);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardPage, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_view);
}

static void
strata_dashboard_page_class_init (StrataDashboardPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_dashboard_page_get_property;
  object_class->set_property = strata_dashboard_page_set_property;
  object_class->constructed = strata_dashboard_page_constructed;
  object_class->dispose = strata_dashboard_page_dispose;
  widget_class->grab_focus = strata_dashboard_page_grab_focus;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TRASH] =
    g_param_spec_boolean ("trash", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_DASHBOARD_CHIPS);
  g_type_ensure (STRATA_TYPE_DASHBOARD_TABLE);
  g_type_ensure (STRATA_TYPE_DASHBOARD_WELCOME);
  g_type_ensure (STRATA_TYPE_MAIN_MENU);
  g_type_ensure (STRATA_TYPE_PLACES_BUTTON);
  g_type_ensure (STRATA_TYPE_PRACTICE_BAR);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-dashboard-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_cb);
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "page.empty-trash", NULL, empty_trash_cb);
  strata_dashboard_actions_install (widget_class);
}

static void
strata_dashboard_page_init (StrataDashboardPage *self)
{
  self->model = strata_dashboard_model_new ();
  self->filter = strata_dashboard_filter_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}

/**
 * strata_dashboard_page_list_selected:
 * @self: a page
 *
 * Returns: (transfer container) (element-type StrataEntry): the profiles that are selected
 */
GPtrArray *
strata_dashboard_page_list_selected (StrataDashboardPage *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_PAGE (self), NULL);

  return strata_dashboard_table_list_selected (self->table);
}

gboolean
strata_dashboard_page_get_trash (StrataDashboardPage *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_PAGE (self), FALSE);

  return self->trash;
}

/* Whether what is shown is of a console. */
gboolean
strata_dashboard_page_has_console (StrataDashboardPage *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_PAGE (self), FALSE);

  return self->connection != NULL;
}
