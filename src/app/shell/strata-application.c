/* strata-application.c - the process: one workspace, its windows, the actions of the whole application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-application"

#include "config.h"

#include "strata-application.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "strata-first-start.h"
#include "strata-http.h"
#include "strata-import.h"
#include "strata-menu-names.h"
#include "strata-preferences-window.h"
#include "strata-window.h"

#define RESOURCES "/io/github/stratadesk/Strata/"

struct _StrataApplication
{
  AdwApplication   parent_instance;
  char            *data_dir;   /* (owned) (nullable): where the person asked for another one */
  gboolean         practise;   /* begin with the sandbox where nothing is set up yet */
  GSettings       *settings;   /* (owned) (nullable) */
  StrataWorkspace *workspace;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataApplication, strata_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "win.toggle-places", { "F9" } },
  { "win.command-palette", { "<Control>k" } },
  { "win.new-profile", { "<Control>n" } },
  { "win.import", { "<Control>o" } },
  { "win.show-place::profiles", { "<Control>1" } },
  { "win.show-place::registries", { "<Control>2" } },
  { "win.show-place::appliances", { "<Control>3" } },
  { "win.show-place::activity", { "<Control>4" } },
  { "win.show-place::trash", { "<Control>5" } },
  { "win.refresh", { "<Control>r", "F5" } },
  { "win.sync", { "<Control><Shift>s" } },
};

/* Windows */

static void
show_open_error (StrataApplication *self,
                 const GError      *error)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *status = adw_status_page_new ();

  gtk_widget_add_css_class (header, "flat");
  gtk_widget_set_vexpand (status, TRUE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("The Profiles Cannot Be Opened"));

  g_autofree char *reason = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (ADW_STATUS_PAGE (status), reason);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), status);
  gtk_window_set_title (GTK_WINDOW (window), _("Strata"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 400);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static StrataWindow *
ensure_window (StrataApplication *self)
{
  g_autoptr(GError) error = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (STRATA_IS_WINDOW (l->data))
      return l->data;

  if (self->workspace == NULL)
    self->workspace = strata_workspace_new (self->data_dir, &error);

  if (self->workspace == NULL)
    {
      show_open_error (self, error);
      return NULL;
    }

  StrataWindow *window = strata_window_new (GTK_APPLICATION (self), self->workspace);

  if (self->practise)
    strata_first_start_watch (window);
  self->practise = FALSE;

  return window;
}

/* Actions */

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  /* Each window is asked: one that cannot save says so and stays. One that goes may take others with it. */
  g_autolist(GtkWindow) windows = g_list_copy_deep (gtk_application_get_windows (user_data),
                                                    (GCopyFunc) (GCallback) g_object_ref, NULL);

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name",
                         _("Strata"), "application-icon", APPLICATION_ID, "version",
                            PACKAGE_VERSION, "developer-name",
                            _("The Strata developers"), "comments",
                               _("System profiles for edge appliances: model them layer by layer, "
                                       "keep them on this computer, and carry them to any site."),
                                  "license-type", GTK_LICENSE_GPL_3_0, "translator-credits",
                                  _("translator-credits"), NULL);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  StrataApplication *self = STRATA_APPLICATION (user_data);
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->workspace != NULL)
    gtk_window_present (GTK_WINDOW (strata_preferences_window_new (parent, self->workspace)));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "strata-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, gtk_application_get_active_window (user_data));
  gtk_window_present (window);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "about", .activate = about_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
};

/* Start */

static gboolean
get_color_scheme (GValue   *value,
                  GVariant *variant,
                  gpointer  user_data)
{
  const char *scheme = g_variant_get_string (variant, NULL);
  AdwColorScheme color_scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    color_scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    color_scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  g_value_set_enum (value, color_scheme);

  return TRUE;
}

static void
work_offline_cb (GSettings *settings)
{
  strata_http_set_offline (g_settings_get_boolean (settings, "work-offline"));
}

static void
strata_application_startup (GApplication *application)
{
  StrataApplication *self = STRATA_APPLICATION (application);

  G_APPLICATION_CLASS (strata_application_parent_class)->startup (application);
  strata_menu_names_install ();

  if (self->data_dir == NULL)
    self->data_dir = g_build_filename (g_get_user_data_dir (), "strata", NULL);
  self->settings = g_settings_new (APPLICATION_ID);
  g_settings_bind_with_mapping (
    self->settings, "color-scheme", adw_application_get_style_manager (ADW_APPLICATION (self)),
    "color-scheme", G_SETTINGS_BIND_GET, get_color_scheme, NULL, NULL, NULL);
  g_signal_connect (self->settings, "changed::work-offline", G_CALLBACK (work_offline_cb), NULL);
  work_offline_cb (self->settings);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].accels);
}

static void
strata_application_activate (GApplication *application)
{
  StrataWindow *window = ensure_window (STRATA_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static void
strata_application_open (GApplication  *application,
                         GFile        **files,
                         int            n_files,
                         const char    *hint)
{
  StrataWindow *window = ensure_window (STRATA_APPLICATION (application));

  if (window == NULL)
    return;

  gtk_window_present (GTK_WINDOW (window));
  strata_import_files (window, files, (guint) n_files);
}

/* Another store is another application: it has its own window beside the usual one. */
static int
strata_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  StrataApplication *self = STRATA_APPLICATION (application);
  const char *from_environment = g_getenv ("STRATA_DATA_DIR");
  g_autofree char *data_dir = NULL;

  if (!g_variant_dict_lookup (options, "data-dir", "^ay", &data_dir) && from_environment != NULL &&
      *from_environment != '\0')
    data_dir = g_strdup (from_environment);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("strata %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }

  self->practise = g_variant_dict_contains (options, "practise-first");
  if (data_dir != NULL)
    {
      self->data_dir = g_canonicalize_filename (data_dir, NULL);
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }

  return -1;
}

static void
strata_application_dispose (GObject *object)
{
  StrataApplication *self = STRATA_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_application_parent_class)->dispose (object);
}

static void
strata_application_finalize (GObject *object)
{
  StrataApplication *self = STRATA_APPLICATION (object);

  g_clear_pointer (&self->data_dir, g_free);

  G_OBJECT_CLASS (strata_application_parent_class)->finalize (object);
}

static void
strata_application_class_init (StrataApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = strata_application_dispose;
  object_class->finalize = strata_application_finalize;
  application_class->startup = strata_application_startup;
  application_class->activate = strata_application_activate;
  application_class->open = strata_application_open;
  application_class->handle_local_options = strata_application_handle_local_options;
}

static void
strata_application_init (StrataApplication *self)
{
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
  g_application_add_main_option (G_APPLICATION (self), "data-dir", 0, 0, G_OPTION_ARG_FILENAME,
                                 _("Keep the profiles in DIR"), _("DIR"));
  g_application_add_main_option (G_APPLICATION (self), "practise-first", 0, 0, G_OPTION_ARG_NONE,
                                 _("Open the sandbox where nothing is set up yet"), NULL);
  g_application_add_main_option (G_APPLICATION (self), "version", 0, 0, G_OPTION_ARG_NONE,
                                 _("Print the version and end"), NULL);
}

StrataApplication *
strata_application_new (const char *application_id)
{
  g_return_val_if_fail (application_id != NULL, NULL);

  return g_object_new (STRATA_TYPE_APPLICATION, "application-id", application_id, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
