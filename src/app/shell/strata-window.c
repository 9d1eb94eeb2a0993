/* strata-window.c - the window: places beside a page, and what can be done from anywhere in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-window"

#include "strata-window.h"

#include <glib/gi18n.h>

#include "strata-places.h"
#include "strata-session.h"
#include "strata-shrink-bin.h"
#include "strata-space-pages.h"
#include "strata-spaces.h"
#include "strata-window-actions.h"
#include "strata-work-bar.h"

#define NARROW_WIDTH 900
#define REMEMBER_SECONDS 2

struct _StrataWindow
{
  AdwApplicationWindow  parent_instance;
  StrataWorkspace      *workspace;        /* (owned) (not nullable): the one in front */
  StrataSpaces         *spaces;           /* (owned) (not nullable) */
  GSettings            *settings;         /* (owned) (not nullable) */
  StrataSession        *session;          /* (owned) (not nullable) */
  gboolean              narrow;
  gboolean              closing;          /* the person chose to close without saving */
  guint                 narrow_source;
  guint                 remember_source;
  AdwToastOverlay      *toasts;           /* (template) */
  AdwFlap              *flap;             /* (template) */
  StrataPlaces         *places;           /* (template) */
  StrataSpacePages     *space_pages;      /* (template) */
  StrataPages          *pages;            /* (unowned) (not nullable): those in front */
  StrataWorkBar        *work_bar;         /* (template) */
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
  PROP_PLACES_SHOWN,
} StrataWindowProperty;

static GParamSpec *properties[PROP_PLACES_SHOWN + 1];

G_DEFINE_FINAL_TYPE (StrataWindow, strata_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_work_place (const char *place)
{
  return g_str_equal (place, "editor") || g_str_equal (place, "assistant");
}

/* Places */

static void
reveal_changed_cb (StrataWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACES_SHOWN]);
}

static void
update_places (StrataWindow *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, "show-places");

  adw_flap_set_fold_policy (self->flap, self->narrow ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                     : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_reveal_flap (self->flap, wanted && !self->narrow &&
                                          !is_work_place (strata_window_get_place (self)));
}

static gboolean
narrow_changed_cb (gpointer user_data)
{
  StrataWindow *self = STRATA_WINDOW (user_data);

  self->narrow_source = 0;
  self->narrow = !self->narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  update_places (self);

  return G_SOURCE_REMOVE;
}

static void
strata_window_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  gboolean changed = (width < NARROW_WIDTH) != self->narrow;

  GTK_WIDGET_CLASS (strata_window_parent_class)->size_allocate (widget, width, height, baseline);

  /* In an idle: children must not come and go inside an allocation. */
  if (!changed)
    g_clear_handle_id (&self->narrow_source, g_source_remove);
  else if (self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_changed_cb, self, NULL);
}

static void
toggle_places_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  gboolean shown = !adw_flap_get_reveal_flap (self->flap);

  adw_flap_set_reveal_flap (self->flap, shown);
  if (!self->narrow && !is_work_place (strata_window_get_place (self)))
    g_settings_set_boolean (self->settings, "show-places", shown);
  if (shown)
    gtk_widget_child_focus (GTK_WIDGET (self->places), GTK_DIR_TAB_FORWARD);
}

static void
show_place_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  strata_window_show_place (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* What is open */

static gboolean
remember_cb (gpointer user_data)
{
  StrataWindow *self = STRATA_WINDOW (user_data);

  self->remember_source = 0;
  strata_window_remember (self);

  return G_SOURCE_REMOVE;
}

/* Nothing runs while nobody does anything: only a key or a click starts the clock. */
static gboolean
event_cb (GtkEventController *controller,
          GdkEvent           *event,
          StrataWindow       *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if ((type == GDK_KEY_RELEASE || type == GDK_BUTTON_RELEASE) && self->remember_source == 0)
    self->remember_source = g_timeout_add_seconds (REMEMBER_SECONDS, remember_cb, self);

  return GDK_EVENT_PROPAGATE;
}

static void
save_size (StrataWindow *self)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (maximized || width <= 0 || height <= 0)
    return;

  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
}

static void
restore_size (StrataWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
restore_place (StrataWindow *self)
{
  g_autofree char *place = strata_session_get_place (self->session);
  g_autoptr(GVariant) tabs = strata_session_get_tabs (self->session);

  strata_pages_set_tabs (self->pages, tabs);
  strata_window_show_place (self, strata_pages_can_restore (place, tabs) ? place : "profiles");
}

/* Workspaces */

/* Brings @workspace to the front, with what was open in it. */
static void
show_workspace (StrataWindow    *self,
                StrataWorkspace *workspace)
{
  const char *id = strata_workspace_get_id (workspace);
  StrataPages *pages = strata_space_pages_find (self->space_pages, id);

  g_set_object (&self->workspace, workspace);
  strata_session_set_workspace (self->session, id);
  strata_places_set_workspace (self->places, workspace);
  self->pages = pages != NULL ? pages : strata_space_pages_add (self->space_pages, workspace);
  strata_space_pages_show (self->space_pages, self->pages);

  if (pages == NULL)
    restore_place (self);
  else
    strata_window_show_place (self, strata_pages_get_name (self->pages));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);
}

static void
space_closed_cb (StrataWindow *self,
                 const char   *id)
{
  if (g_str_equal (id, strata_workspace_get_id (self->workspace)))
    strata_window_set_workspace (self, STRATA_SPACES_HOME);
  strata_space_pages_remove (self->space_pages, id);
  strata_session_forget (self->session, id);
}

/* The workspace that was in front last; this computer where that is gone. */
static void
restore_workspace (StrataWindow *self)
{
  g_autofree char *id = strata_session_get_workspace (self->session);
  g_autoptr(GError) error = NULL;
  StrataWorkspace *workspace = strata_spaces_open (self->spaces, id, &error);

  if (workspace == NULL)
    {
      g_message ("The last workspace was not opened: %s", error->message);
      workspace = strata_spaces_get_home (self->spaces);
    }

  show_workspace (self, workspace);
}

static void
close_answered_cb (StrataWindow *self,
                   const char   *response)
{
  if (!g_str_equal (response, "close"))
    return;

  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
ask_to_close (StrataWindow *self,
              const char   *reason)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("Changes Are Not Saved"), reason);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay",
                                    _("_Keep Open"), "close", _("_Close and Lose Changes"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
strata_window_close_request (GtkWindow *window)
{
  StrataWindow *self = STRATA_WINDOW (window);
  g_autoptr(GError) error = NULL;

  if (!self->closing && !strata_space_pages_flush (self->space_pages, &error))
    {
      ask_to_close (self, error->message);
      return GDK_EVENT_STOP;
    }

  save_size (self);
  strata_window_remember (self);
  strata_session_flush (self->session);

  return GTK_WINDOW_CLASS (strata_window_parent_class)->close_request (window);
}

/* Class */

static void
strata_window_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StrataWindow *self = STRATA_WINDOW (object);

  switch ((StrataWindowProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_PLACES_SHOWN:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_window_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  StrataWindow *self = STRATA_WINDOW (object);

  switch ((StrataWindowProperty) id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;
    case PROP_NARROW:
    case PROP_PLACES_SHOWN:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_window_constructed (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  G_OBJECT_CLASS (strata_window_parent_class)->constructed (object);

  g_autofree char *path = strata_session_make_path (strata_workspace_get_data_dir (self->workspace));

  self->session = strata_session_new (path);
  self->spaces = strata_spaces_new (self->workspace);
  g_signal_connect_object (self->spaces, "closed", G_CALLBACK (space_closed_cb), self, G_CONNECT_SWAPPED);
  strata_places_set_accounts (self->places, strata_spaces_get_accounts (self->spaces));
  restore_size (self);
  self->narrow = g_settings_get_int (self->settings, "window-width") < NARROW_WIDTH &&
                 !g_settings_get_boolean (self->settings, "window-maximized");
  g_object_notify_by_pspec (object, properties[PROP_NARROW]);
  restore_workspace (self);
}

static void
strata_window_dispose (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  g_clear_handle_id (&self->narrow_source, g_source_remove);
  g_clear_handle_id (&self->remember_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->workspace);
  g_clear_object (&self->spaces);

  G_OBJECT_CLASS (strata_window_parent_class)->dispose (object);
}

static void
strata_window_class_init (StrataWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_window_get_property;
  object_class->set_property = strata_window_set_property;
  object_class->constructed = strata_window_constructed;
  object_class->dispose = strata_window_dispose;
  widget_class->size_allocate = strata_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = strata_window_close_request;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACES_SHOWN] =
    g_param_spec_boolean ("places-shown", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_PLACES);
  g_type_ensure (STRATA_TYPE_SHRINK_BIN);
  g_type_ensure (STRATA_TYPE_SPACE_PAGES);
  g_type_ensure (STRATA_TYPE_WORK_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, places);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, space_pages);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, work_bar);
  gtk_widget_class_bind_template_callback (widget_class, reveal_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_cb);

  gtk_widget_class_install_action (widget_class, "win.toggle-places", NULL, toggle_places_cb);
  gtk_widget_class_install_action (widget_class, "win.show-place", "s", show_place_cb);
  strata_window_actions_install (widget_class);
}

static void
strata_window_init (StrataWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new ("io.github.stratadesk.Strata");
  strata_window_actions_init (self);
}

StrataWindow *
strata_window_new (GtkApplication  *application,
                   StrataWorkspace *workspace)
{
  return g_object_new (STRATA_TYPE_WINDOW, "application", application, "workspace", workspace,
                       NULL);
}

/* The workspace in front. */
StrataWorkspace *
strata_window_get_workspace (StrataWindow *self)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), NULL);

  return self->workspace;
}

StrataSpaces *
strata_window_get_spaces (StrataWindow *self)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), NULL);

  return self->spaces;
}

/* Brings another workspace to the front. What is open in the one before stays open behind it. */
void
strata_window_set_workspace (StrataWindow *self,
                             const char   *id)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  g_autoptr(GError) error = NULL;
  StrataWorkspace *workspace = strata_spaces_open (self->spaces, id, &error);

  if (workspace == NULL)
    {
      strata_window_show_error (self, _("The Workspace Cannot Be Opened"), error->message);
      return;
    }
  if (workspace == self->workspace)
    return;

  strata_window_remember (self);
  show_workspace (self, workspace);
}

/* The editor where it was needed already; %NULL before that. */
StrataEditorPage *
strata_window_peek_editor (StrataWindow *self)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), NULL);

  return strata_pages_peek_editor (self->pages);
}

const char *
strata_window_get_place (StrataWindow *self)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), NULL);

  return strata_pages_get_name (self->pages);
}

GtkWidget *
strata_window_get_page (StrataWindow *self)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), NULL);

  return strata_pages_get_page (self->pages);
}

/* Brings a page to the front, made on the first time, and gives it back. */
GtkWidget *
strata_window_show_place (StrataWindow *self,
                          const char   *place)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  GtkWidget *page = strata_pages_show (self->pages, place);

  strata_places_set_place (self->places, place);
  update_places (self);
  strata_window_remember (self);

  return page;
}

void
strata_window_open_profile (StrataWindow *self,
                            const char   *id)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  GtkWidget *page = strata_window_show_place (self, "editor");

  strata_editor_page_open (STRATA_EDITOR_PAGE (page), id);
  strata_window_remember (self);
}

/* Puts what was typed into the store; says so where that fails. */
gboolean
strata_window_flush_editor (StrataWindow *self)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (self), FALSE);

  StrataEditorPage *editor = strata_window_peek_editor (self);
  g_autoptr(GError) error = NULL;

  if (editor == NULL || strata_editor_page_flush (editor, &error))
    return TRUE;

  strata_window_show_error (self, _("Changes Are Not Saved"), error->message);
  return FALSE;
}

/* Keeps what is open for the next start, also for one after a crash. */
void
strata_window_remember (StrataWindow *self)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));

  g_autoptr(GVariant) tabs = strata_pages_get_tabs (self->pages);

  strata_session_set (self->session, strata_window_get_place (self), tabs);
}

void
strata_window_add_toast (StrataWindow *self,
                         AdwToast     *toast)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  /* What was done last is what an undo is wanted for: it does not wait behind what was said before. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Says how far @work is, when it takes longer than a moment, and lets a person cancel it. */
void
strata_window_begin_work (StrataWindow *self,
                          StrataWork   *work)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));

  strata_work_bar_add (self->work_bar, work);
}

void
strata_window_end_work (StrataWindow *self,
                        StrataWork   *work)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));

  strata_work_bar_remove (self->work_bar, work);
}

void
strata_window_show_error (StrataWindow *self,
                          const char   *heading,
                          const char   *body)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));

  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
