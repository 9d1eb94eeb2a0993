/* strata-appliances-page.c - who runs what, and how sure that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliances-page"

#include "strata-appliances-page.h"

#include <glib/gi18n.h>

#include "strata-appliance-chips.h"
#include "strata-appliance-details.h"
#include "strata-appliance-plan.h"
#include "strata-appliance-table.h"
#include "strata-appliances-welcome.h"
#include "strata-fleet-watch.h"
#include "strata-main-menu.h"
#include "strata-places-button.h"
#include "strata-rollouts.h"
#include "strata-spinner.h"

#define TITLE_SECONDS 20
#define DETAILS_HEIGHT 250

struct _StrataAppliancesPage
{
  GtkWidget               parent_instance;
  StrataWorkspace        *workspace;      /* (owned) (not nullable) */
  StrataFleetWatch       *watch;          /* (owned) (nullable): where there is a console */
  StrataApplianceModel   *model;          /* (owned) (not nullable) */
  StrataAppliancePlan    *plan;           /* (owned) (nullable) */
  StrataRollouts         *rollouts;       /* (owned) (not nullable) */
  gboolean                narrow;
  gboolean                is_alone;       /* the details have the place of the table, as far as it is narrow */
  guint                   title_source;   /* keeps "checked 2 min ago" true while it can be seen */
  GtkWidget              *root;           /* (template) */
  AdwWindowTitle         *title;          /* (template) */
  GtkWidget              *back_button;    /* (template) */
  GtkWidget              *ask_button;     /* (template) */
  GtkWidget              *search_button;  /* (template) */
  GtkSearchBar           *search_bar;     /* (template) */
  GtkEditable            *search_entry;   /* (template) */
  StrataApplianceChips   *chips;          /* (template) */
  GtkLabel               *plan_line;      /* (template) */
  GtkStack               *stack;          /* (template) */
  GtkLabel               *progress;       /* (template) */
  AdwStatusPage          *error_page;     /* (template) */
  GtkPaned               *paned;          /* (template) */
  StrataApplianceTable   *table;          /* (template) */
  StrataApplianceDetails *details;        /* (template) */
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
} StrataAppliancesPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataAppliancesPage, strata_appliances_page, GTK_TYPE_WIDGET)

/* What is shown */

static guint
get_n_all (StrataAppliancesPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static const char *
choose_view (StrataAppliancesPage *self)
{
  if (self->watch == NULL)
    return "local";
  if (get_n_all (self) == 0)
    {
      if (strata_fleet_watch_get_error (self->watch) != NULL)
        return "error";
      if (strata_fleet_watch_is_past (self->watch) && strata_fleet_watch_can_ask (self->watch))
        return "loading";

      return strata_fleet_watch_can_ask (self->watch) ? "empty" : "signed-out";
    }
  if (strata_appliance_list_get_n_shown (strata_appliance_table_get_list (self->table)) == 0)
    return "nothing";

  return "board";
}

static void
update_title (StrataAppliancesPage *self)
{
  guint n_all = get_n_all (self);
  g_autofree char *when =
    self->watch != NULL ? strata_fleet_watch_say_when (self->watch) : g_strdup ("");
  g_autofree char *subtitle = NULL;

  if (n_all == 0)
    subtitle = g_strdup ("");
  else
    {
      guint n_shown =
        strata_appliance_list_get_n_shown (strata_appliance_table_get_list (self->table));
      g_autofree char *count =
        n_shown < n_all
          ? g_strdup_printf (ngettext ("%'u of %'u appliance", "%'u of %'u appliances", n_all),
                             n_shown, n_all)
          : g_strdup_printf (ngettext ("%'u appliance", "%'u appliances", n_all), n_all);

      subtitle = g_strjoin (" · ", count, when, NULL);
    }

  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
update_progress (StrataAppliancesPage *self)
{
  guint done = 0, total = 0;

  strata_fleet_watch_get_progress (self->watch, &done, &total);
  g_autofree char *text =
    total > 0 ? g_strdup_printf (_("%'u of %'u"), done, total) : g_strdup ("");
  gtk_label_set_label (self->progress, text);
}

static void
update_error (StrataAppliancesPage *self)
{
  const GError *error = strata_fleet_watch_get_error (self->watch);
  g_autofree char *reason = error != NULL ? g_markup_escape_text (error->message, -1) : NULL;

  adw_status_page_set_description (self->error_page, reason);
}

/* Below the table; where there is no room for both, one line of them, or all of them in its place. */
static void
arrange_details (StrataAppliancesPage *self,
                 gboolean              is_alone)
{
  strata_appliance_details_set_brief (self->details, self->narrow && !is_alone);
  gtk_widget_set_size_request (GTK_WIDGET (self->details), -1, self->narrow ? -1 : DETAILS_HEIGHT);
  gtk_widget_set_visible (GTK_WIDGET (self->table), !is_alone);
}

static void
update_view (StrataAppliancesPage *self)
{
  gboolean any = get_n_all (self) > 0;
  const char *view = choose_view (self);
  gboolean is_alone = self->narrow && self->is_alone && g_str_equal (view, "board");

  if (self->watch != NULL)
    {
      update_progress (self);
      update_error (self);
      strata_appliance_table_set_is_past (self->table, strata_fleet_watch_is_past (self->watch));
    }

  arrange_details (self, is_alone);
  gtk_stack_set_visible_child_name (self->stack, view);
  gtk_widget_set_visible (self->search_button, any && !is_alone);
  gtk_widget_set_visible (self->ask_button, self->watch != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.reload",
                                 self->watch != NULL && strata_fleet_watch_can_ask (self->watch));
  gtk_widget_set_visible (GTK_WIDGET (self->chips), any && !is_alone);
  gtk_widget_set_visible (self->back_button, is_alone);
  update_title (self);
}

static void
update_details (StrataAppliancesPage *self)
{
  StrataApplianceRow *row = strata_appliance_table_get_selected (self->table);
  StrataAppliance *appliance = row != NULL ? strata_appliance_row_get_appliance (row) : NULL;
  StrataApplianceTarget *target = NULL;

  if (appliance != NULL)
    target = strata_fleet_get_target (strata_fleet_watch_get_fleet (self->watch),
                                      strata_appliance_get_facts (appliance)->profile_uid);

  strata_appliance_details_set_row (self->details, appliance != NULL ? row : NULL, target,
                                    self->watch == NULL ||
                                      strata_fleet_watch_is_past (self->watch));
  if (self->watch != NULL)
    strata_fleet_watch_set_looked_at (
      self->watch, appliance != NULL ? strata_appliance_get_uid (appliance) : NULL);
}

/* If it were published now */

static void
update_plan (StrataAppliancesPage *self)
{
  const char *uid =
    strata_appliance_list_get_profile (strata_appliance_table_get_list (self->table));
  g_autofree char *text = uid != NULL ? strata_appliance_plan_say (self->plan, self->model) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->plan_line), uid != NULL);
  gtk_label_set_label (self->plan_line, text != NULL ? text : "");
  strata_appliance_table_set_plan (
    self->table, uid != NULL ? strata_appliance_plan_get_target (self->plan) : NULL);
}

static void
profile_chosen_cb (StrataAppliancesPage *self)
{
  strata_appliance_plan_set_profile (
    self->plan, strata_appliance_list_get_profile (strata_appliance_table_get_list (self->table)));
  update_plan (self);
}

/* Answers */

static void
fleet_changed_cb (StrataAppliancesPage *self)
{
  StrataFleet *fleet = strata_fleet_watch_get_fleet (self->watch);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  strata_appliance_model_update (self->model, fleet);
  strata_appliance_chips_update (self->chips);
  if (!strata_fleet_watch_is_past (self->watch))
    strata_rollouts_update (self->rollouts, self->model,
                            root != NULL && gtk_window_is_active (GTK_WINDOW (root)));
  update_view (self);
  update_details (self);
  update_plan (self);
}

static gboolean
title_cb (gpointer user_data)
{
  update_title (user_data);

  return G_SOURCE_CONTINUE;
}

static void
strata_appliances_page_map (GtkWidget *widget)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);

  GTK_WIDGET_CLASS (strata_appliances_page_parent_class)->map (widget);

  update_view (self);
  self->title_source = g_timeout_add_seconds (TITLE_SECONDS, title_cb, self);
  if (self->watch != NULL)
    strata_fleet_watch_set_active (self->watch, TRUE);
}

static void
strata_appliances_page_unmap (GtkWidget *widget)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);

  g_clear_handle_id (&self->title_source, g_source_remove);
  if (self->watch != NULL)
    strata_fleet_watch_set_active (self->watch, FALSE);

  GTK_WIDGET_CLASS (strata_appliances_page_parent_class)->unmap (widget);
}

/* The table */

static void
search_changed_cb (StrataAppliancesPage *self)
{
  strata_appliance_list_set_text (strata_appliance_table_get_list (self->table),
                                  gtk_editable_get_text (self->search_entry));
}

/* Down from the search goes to what was found. */
static gboolean
search_key_cb (StrataAppliancesPage *self,
               guint                 keyval)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_Return)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

static void
shown_changed_cb (StrataAppliancesPage *self)
{
  if (self->plan != NULL)
    update_view (self);
}

static void
selection_changed_cb (StrataAppliancesPage *self)
{
  if (self->plan != NULL)
    update_details (self);
}

static void
activated_cb (StrataAppliancesPage *self)
{
  self->is_alone = self->narrow;
  update_view (self);
  gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

/* Actions */

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);

  if (get_n_all (self) == 0)
    return;

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);

  gtk_editable_set_text (self->search_entry, "");
  strata_appliance_chips_reset (self->chips);
}

static void
ask_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  strata_fleet_watch_ask (STRATA_APPLIANCES_PAGE (widget)->watch);
}

static void
details_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  activated_cb (STRATA_APPLIANCES_PAGE (widget));
}

static void
back_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);

  self->is_alone = FALSE;
  update_view (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  strata_appliance_details_copy (STRATA_APPLIANCES_PAGE (widget)->details);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);
  StrataApplianceRow *row = strata_appliance_table_get_selected (self->table);

  if (row == NULL || strata_appliance_row_get_appliance (row) == NULL)
    return;

  const char *uid =
    strata_appliance_get_facts (strata_appliance_row_get_appliance (row))->profile_uid;
  g_autofree char *id = strata_appliance_plan_find_id (self->plan, uid);

  gtk_widget_activate_action (widget, "win.open-profile", "s", id != NULL ? id : uid);
}

/* Class */

static void
set_narrow (StrataAppliancesPage *self,
            gboolean              narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  self->is_alone = FALSE;
  gtk_paned_set_position (self->paned, -1);
  strata_appliance_table_set_narrow (self->table, narrow);
  strata_appliance_chips_set_narrow (self->chips, narrow);
  strata_appliance_details_set_narrow (self->details, narrow);
  update_view (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* To the rows, where there are some. */
static gboolean
strata_appliances_page_grab_focus (GtkWidget *widget)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (widget);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "board") == 0 &&
         gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
strata_appliances_page_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (object);

  switch ((StrataAppliancesPageProperty) id)
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
strata_appliances_page_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (object);

  switch ((StrataAppliancesPageProperty) id)
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

static void
strata_appliances_page_constructed (GObject *object)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (object);
  StrataFleetWatch *watch = strata_workspace_get_watch (self->workspace);

  G_OBJECT_CLASS (strata_appliances_page_parent_class)->constructed (object);

  strata_appliance_table_set_model (self->table, self->model);
  strata_appliance_chips_set_list (self->chips, strata_appliance_table_get_list (self->table),
                                   self->model);
  self->plan = strata_appliance_plan_new (self->workspace);
  g_signal_connect_object (self->plan, "changed", G_CALLBACK (update_plan), self,
                           G_CONNECT_SWAPPED);

  if (watch != NULL)
    {
      self->watch = g_object_ref (watch);
      g_signal_connect_object (watch, "changed", G_CALLBACK (fleet_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (watch, "state-changed", G_CALLBACK (update_view), self,
                               G_CONNECT_SWAPPED);
      fleet_changed_cb (self);
    }
  update_view (self);
}

static void
strata_appliances_page_dispose (GObject *object)
{
  StrataAppliancesPage *self = STRATA_APPLIANCES_PAGE (object);

  g_clear_handle_id (&self->title_source, g_source_remove);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->plan);
  g_clear_object (&self->rollouts);
  g_clear_object (&self->model);
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_appliances_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, root);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, title);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, ask_button);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, plan_line);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, progress);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, paned);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, table);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliancesPage, details);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, profile_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_changed_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_cb);
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, ask_cb);
  gtk_widget_class_install_action (widget_class, "page.details", NULL, details_cb);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
  gtk_widget_class_install_action (widget_class, "page.copy-details", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "page.open-profile", NULL, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "page.copy-details", NULL);
}

static void
strata_appliances_page_class_init (StrataAppliancesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_appliances_page_get_property;
  object_class->set_property = strata_appliances_page_set_property;
  object_class->constructed = strata_appliances_page_constructed;
  object_class->dispose = strata_appliances_page_dispose;
  widget_class->grab_focus = strata_appliances_page_grab_focus;
  widget_class->map = strata_appliances_page_map;
  widget_class->unmap = strata_appliances_page_unmap;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_APPLIANCE_CHIPS);
  g_type_ensure (STRATA_TYPE_APPLIANCE_DETAILS);
  g_type_ensure (STRATA_TYPE_APPLIANCE_TABLE);
  g_type_ensure (STRATA_TYPE_APPLIANCES_WELCOME);
  g_type_ensure (STRATA_TYPE_MAIN_MENU);
  g_type_ensure (STRATA_TYPE_PLACES_BUTTON);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-appliances-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
strata_appliances_page_init (StrataAppliancesPage *self)
{
  self->model = strata_appliance_model_new ();
  self->rollouts = strata_rollouts_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}
