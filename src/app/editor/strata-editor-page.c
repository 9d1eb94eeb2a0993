/* strata-editor-page.c - the open profiles as tabs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-page"

#include "config.h"

#include "strata-editor-page.h"

#include <glib/gi18n.h>

#include "strata-editor-keys.h"
#include "strata-editor-title.h"
#include "strata-editor-view.h"
#include "strata-main-menu.h"
#include "strata-places-button.h"

#define TAB_TYPE "(sssuuu)"
#define SESSION_TYPE "(ua" TAB_TYPE ")"  /* which tab is in front, then the tabs */

struct _StrataEditorPage
{
  GtkWidget         parent_instance;
  StrataWorkspace  *workspace;  /* (owned) */
  GSettings        *settings;   /* (owned) */
  guint             focus_idle;
  guint             narrow : 1;
  guint             inspector_visible : 1;

  AdwToastOverlay  *toasts;
  AdwWindowTitle   *title;
  GtkWidget        *undo;
  GtkWidget        *redo;
  AdwTabView       *tabs;
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
  PROP_INSPECTOR_VISIBLE,
} StrataEditorPageProperty;

static GParamSpec *properties[PROP_INSPECTOR_VISIBLE + 1];

G_DEFINE_FINAL_TYPE (StrataEditorPage, strata_editor_page, GTK_TYPE_WIDGET)

static StrataEditorView *
get_nth (StrataEditorPage *self,
         int               n)
{
  return STRATA_EDITOR_VIEW (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, n)));
}

/* The profile in front; NULL when none is open. */
static StrataEditorView *
get_view (StrataEditorPage *self)
{
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  return tab != NULL ? STRATA_EDITOR_VIEW (adw_tab_page_get_child (tab)) : NULL;
}

static void
update_header (StrataEditorPage *self)
{
  /* Tabs that go with the page still tell what becomes of them. */
  if (self->tabs == NULL)
    return;

  StrataEditorView *view = get_view (self);
  StrataEditing *editing = view != NULL ? strata_editor_view_get_editing (view) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (view != NULL)
    g_object_get (view, "title", &title, "subtitle", &subtitle, NULL);

  adw_window_title_set_title (self->title, title != NULL ? title : "");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  strata_editor_title_show_steps (GTK_WIDGET (self), self->undo, self->redo, editing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", editing != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.download", editing != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.publish",
                                 editing != NULL && strata_workspace_get_connection (self->workspace) != NULL);
}

static gboolean
problems_to_icon (GBinding     *binding,
                  const GValue *from,
                  GValue       *to,
                  gpointer      user_data)
{
  if (g_value_get_uint (from) > 0)
    g_value_take_object (to, g_themed_icon_new ("dialog-warning-symbolic"));
  else
    g_value_set_object (to, NULL);

  return TRUE;
}

static AdwTabPage *
find_tab (StrataEditorPage *self,
          const char       *id)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    if (g_str_equal (strata_editor_view_get_id (get_nth (self, i)), id))
      return adw_tab_view_get_nth_page (self->tabs, i);

  return NULL;
}

static AdwTabPage *
add_tab (StrataEditorPage *self,
         const char       *id)
{
  StrataEditorView *view = strata_editor_view_new (self->workspace, id);
  AdwTabPage *tab = adw_tab_view_append (self->tabs, GTK_WIDGET (view));

  g_object_bind_property (view, "title", tab, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (view, "n-problems", tab, "icon", G_BINDING_SYNC_CREATE,
                               problems_to_icon, NULL, NULL, NULL);
  g_object_bind_property (self, "narrow", view, "narrow", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "inspector-visible", view, "inspector-visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (view, "notify", G_CALLBACK (update_header), self, G_CONNECT_SWAPPED);

  return tab;
}

/* A tab goes only when all it has is on the disk. */
static gboolean
close_tab_cb (StrataEditorPage *self,
              AdwTabPage       *tab)
{
  StrataEditorView *view = STRATA_EDITOR_VIEW (adw_tab_page_get_child (tab));
  g_autoptr(GError) error = NULL;
  gboolean saved = strata_editor_view_flush (view, &error);

  if (!saved)
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.notify", "s", error->message);

  adw_tab_view_close_page_finish (self->tabs, tab, saved);

  if (adw_tab_view_get_n_pages (self->tabs) == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-place", "s", "profiles");

  return GDK_EVENT_STOP;
}

/* Whether a profile is in the trash and nothing is here that the trash has not. */
static gboolean
is_trashed (StrataEditorPage *self,
            StrataEditorView *view)
{
  const char *id = strata_editor_view_get_id (view);
  StrataEditing *editing = strata_editor_view_get_editing (view);

  return strata_profile_list_find (strata_workspace_get_trash (self->workspace), id) != NULL
         && strata_profile_list_find (strata_workspace_get_profiles (self->workspace), id) == NULL
         && (editing == NULL || strata_saver_get_state (strata_editing_get_saver (editing)) == STRATA_SAVER_SAVED);
}

/* What another window or program moved to the trash has no tab any more. */
static void
lists_changed_cb (StrataEditorPage *self)
{
  for (int i = self->tabs != NULL ? adw_tab_view_get_n_pages (self->tabs) - 1 : -1; i >= 0; i--)
    if (is_trashed (self, get_nth (self, i)))
      adw_tab_view_close_page (self->tabs, adw_tab_view_get_nth_page (self->tabs, i));
}

static void
focus_idle_cb (gpointer data)
{
  StrataEditorPage *self = data;
  StrataEditorView *view = get_view (self);

  self->focus_idle = 0;

  if (view != NULL && gtk_widget_get_mapped (GTK_WIDGET (view)))
    gtk_widget_grab_focus (GTK_WIDGET (view));
}

/* In an idle: the new tab takes the keyboard only once it is on the screen. */
static void
selected_cb (StrataEditorPage *self)
{
  update_header (self);

  if (self->focus_idle == 0 && self->tabs != NULL)
    self->focus_idle = g_idle_add_once (focus_idle_cb, self);
}

/* Actions */

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataEditorView *view = get_view (STRATA_EDITOR_PAGE (widget));

  if (g_str_equal (action_name, "editor.undo"))
    strata_editor_view_undo (view);
  else
    strata_editor_view_redo (view);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  strata_editor_view_save (get_view (STRATA_EDITOR_PAGE (widget)));
}

/* Done by the window with what is on the disk, so what was typed has to be there first. */
static void
window_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  StrataEditorView *view = get_view (STRATA_EDITOR_PAGE (widget));
  const char *name =
    g_str_equal (action_name, "editor.publish") ? "win.publish-profile" : "win.download-profile";
  g_autoptr(GError) error = NULL;

  if (strata_editor_view_flush (view, &error))
    gtk_widget_activate_action (widget, name, "s", strata_editor_view_get_id (view));
  else
    gtk_widget_activate_action (widget, "editor.notify", "s", error->message);
}

static void
close_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  StrataEditorPage *self = STRATA_EDITOR_PAGE (widget);
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  if (tab != NULL)
    adw_tab_view_close_page (self->tabs, tab);
}

static void
close_profile_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  strata_editor_page_close (STRATA_EDITOR_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
notify_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  /* The title of a toast is markup. */
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);
  AdwToast *toast = adw_toast_new (title);

  if (g_str_equal (action_name, "editor.notify-undo"))
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "editor.undo");
    }

  adw_toast_overlay_add_toast (STRATA_EDITOR_PAGE (widget)->toasts, toast);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  StrataEditorView *view = get_view (STRATA_EDITOR_PAGE (widget));

  if (view != NULL)
    gtk_widget_activate_action (GTK_WIDGET (view), "document.find", NULL);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.download", NULL, window_action);
  gtk_widget_class_install_action (widget_class, "editor.publish", NULL, window_action);
  gtk_widget_class_install_action (widget_class, "editor.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "editor.close-profile", "s", close_profile_action);
  gtk_widget_class_install_action (widget_class, "editor.notify", "s", notify_action);
  gtk_widget_class_install_action (widget_class, "editor.notify-undo", "s", notify_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_property_action (widget_class, "editor.inspector", "inspector-visible");
  strata_editor_keys_add (widget_class);
}

static void
set_inspector_visible (StrataEditorPage *self,
                       gboolean          visible)
{
  if (self->inspector_visible == visible)
    return;

  self->inspector_visible = visible;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSPECTOR_VISIBLE]);

  if (!self->narrow)
    g_settings_set_boolean (self->settings, "inspector-visible", visible);
}

/* Over the text the inspector comes only when it is asked for; beside it, as it was left. */
static void
set_narrow (StrataEditorPage *self,
            gboolean          narrow)
{
  self->narrow = narrow;
  set_inspector_visible (self,
                         !narrow && g_settings_get_boolean (self->settings, "inspector-visible"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
strata_editor_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataEditorPage *self = STRATA_EDITOR_PAGE (object);

  switch ((StrataEditorPageProperty) prop_id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    case PROP_INSPECTOR_VISIBLE:
      g_value_set_boolean (value, self->inspector_visible);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editor_page_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataEditorPage *self = STRATA_EDITOR_PAGE (object);

  switch ((StrataEditorPageProperty) prop_id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;

    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;

    case PROP_INSPECTOR_VISIBLE:
      set_inspector_visible (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editor_page_constructed (GObject *object)
{
  StrataEditorPage *self = STRATA_EDITOR_PAGE (object);

  G_OBJECT_CLASS (strata_editor_page_parent_class)->constructed (object);

  g_signal_connect_object (strata_workspace_get_profiles (self->workspace), "items-changed",
                           G_CALLBACK (lists_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_workspace_get_trash (self->workspace), "items-changed",
                           G_CALLBACK (lists_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
strata_editor_page_dispose (GObject *object)
{
  StrataEditorPage *self = STRATA_EDITOR_PAGE (object);

  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_EDITOR_PAGE);

  G_OBJECT_CLASS (strata_editor_page_parent_class)->dispose (object);
}

static void
strata_editor_page_class_init (StrataEditorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_editor_page_get_property;
  object_class->set_property = strata_editor_page_set_property;
  object_class->constructed = strata_editor_page_constructed;
  object_class->dispose = strata_editor_page_dispose;

  properties[PROP_WORKSPACE] = g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                                                    flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_INSPECTOR_VISIBLE] =
    g_param_spec_boolean ("inspector-visible", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_actions (widget_class);

  g_type_ensure (STRATA_TYPE_PLACES_BUTTON);
  g_type_ensure (STRATA_TYPE_MAIN_MENU);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-editor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPage, title);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPage, undo);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPage, redo);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorPage, tabs);
  gtk_widget_class_bind_template_callback (widget_class, close_tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_editor_page_init (StrataEditorPage *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->inspector_visible = g_settings_get_boolean (self->settings, "inspector-visible");
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Alt and a digit choose a document. */
  adw_tab_view_remove_shortcuts (self->tabs,
                                 ADW_TAB_VIEW_SHORTCUT_ALT_DIGITS | ADW_TAB_VIEW_SHORTCUT_ALT_ZERO);
  update_header (self);
}

/* Opens a profile in a tab of its own, or shows the tab that it has. */
void
strata_editor_page_open (StrataEditorPage *self,
                         const char       *id)
{
  g_return_if_fail (STRATA_IS_EDITOR_PAGE (self));
  g_return_if_fail (id != NULL);

  AdwTabPage *tab = find_tab (self, id);

  if (tab == NULL)
    tab = add_tab (self, id);

  adw_tab_view_set_selected_page (self->tabs, tab);
  gtk_widget_grab_focus (adw_tab_page_get_child (tab));
}

/* Closes the tab of a profile where it has one and all of it is on the disk. */
void
strata_editor_page_close (StrataEditorPage *self,
                          const char       *id)
{
  g_return_if_fail (STRATA_IS_EDITOR_PAGE (self));
  g_return_if_fail (id != NULL);

  AdwTabPage *tab = find_tab (self, id);

  if (tab != NULL)
    adw_tab_view_close_page (self->tabs, tab);
}

/* (nullable): the profile in front */
StrataEditorView *
strata_editor_page_peek_view (StrataEditorPage *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_PAGE (self), NULL);

  return get_view (self);
}

guint
strata_editor_page_get_n_open (StrataEditorPage *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_PAGE (self), 0);

  return (guint) adw_tab_view_get_n_pages (self->tabs);
}

/* (transfer floating): what is open, for strata_editor_page_set_session() */
GVariant *
strata_editor_page_get_session (StrataEditorPage *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_PAGE (self), NULL);

  AdwTabPage *selected = adw_tab_view_get_selected_page (self->tabs);
  int front = selected != NULL ? adw_tab_view_get_page_position (self->tabs, selected) : 0;
  GVariantBuilder tabs;

  g_variant_builder_init (&tabs, G_VARIANT_TYPE ("a" TAB_TYPE));

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    g_variant_builder_add_value (&tabs, strata_editor_view_get_session (get_nth (self, i)));

  return g_variant_new (SESSION_TYPE, (guint) front, &tabs);
}

/* Opens what was open. Anything but what strata_editor_page_get_session() gave is passed over. */
void
strata_editor_page_set_session (StrataEditorPage *self,
                                GVariant         *session)
{
  g_return_if_fail (STRATA_IS_EDITOR_PAGE (self));

  if (!g_variant_is_of_type (session, G_VARIANT_TYPE (SESSION_TYPE)))
    return;

  g_autoptr(GVariant) tabs = g_variant_get_child_value (session, 1);
  gsize n_tabs = g_variant_n_children (tabs);
  guint front;

  g_variant_get_child (session, 0, "u", &front);

  for (gsize i = 0; i < n_tabs; i++)
    {
      g_autoptr(GVariant) place = g_variant_get_child_value (tabs, i);
      const char *id;

      g_variant_get_child (place, 0, "&s", &id);

      if (find_tab (self, id) != NULL)
        continue;

      AdwTabPage *tab = add_tab (self, id);

      strata_editor_view_set_session (STRATA_EDITOR_VIEW (adw_tab_page_get_child (tab)), place);
    }

  if ((int) front < adw_tab_view_get_n_pages (self->tabs))
    adw_tab_view_set_selected_page (self->tabs,
                                    adw_tab_view_get_nth_page (self->tabs, (int) front));
}

/* Saves what is not saved yet and waits for it. The first failure is reported, the others are tried all the same. */
gboolean
strata_editor_page_flush (StrataEditorPage  *self,
                          GError           **error)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_PAGE (self), FALSE);

  g_autoptr(GError) first = NULL;

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      g_autoptr(GError) failure = NULL;

      if (!strata_editor_view_flush (get_nth (self, i), &failure) && first == NULL)
        first = g_steal_pointer (&failure);
    }

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
