/* strata-mapping-window.c - where the layers of an imported profile come from at this console, and what was masked in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-mapping-window"

#include "strata-mapping-window.h"

#include <glib/gi18n.h>

#include "strata-console-packs.h"

#define LAYER_KEY "strata-layer"

struct _StrataMappingWindow
{
  AdwWindow             parent_instance;
  StrataConsoleImport  *import;   /* (owned) (not nullable) */
  GPtrArray            *masked;   /* (owned) (not nullable) of StrataVariable: in the order of their rows */
  GPtrArray            *entries;  /* (owned) (not nullable) of GtkEditable (unowned) */
  AdwWindowTitle       *title;    /* (template) */
  AdwPreferencesGroup  *layers;   /* (template) */
  AdwPreferencesGroup  *secrets;  /* (template) */
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataMappingWindow, strata_mapping_window, ADW_TYPE_WINDOW)

/* Layers */

static void
selected_cb (StrataMappingWindow *self,
             GParamSpec          *pspec,
             AdwComboRow         *row)
{
  guint layer = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), LAYER_KEY));
  GPtrArray *matches = strata_console_import_get_matches (self->import, layer);
  guint selected = adw_combo_row_get_selected (row);

  if (selected < matches->len)
    strata_console_import_choose (self->import, layer, ((StrataConsoleRegistry *) matches->pdata[selected])->uid);
}

static GtkWidget *
make_choice (StrataMappingWindow *self,
             guint                layer,
             GPtrArray           *matches)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < matches->len; i++)
    gtk_string_list_append (names, ((StrataConsoleRegistry *) matches->pdata[i])->name);

  g_object_set_data (G_OBJECT (row), LAYER_KEY, GUINT_TO_POINTER (layer));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self, NULL, ADW_COMBO_ROW (row));

  return row;
}

static GtkWidget *
make_warning (void)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                  "dialog-warning-symbolic", NULL);

  gtk_widget_add_css_class (icon, "attention");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("No registry of this console has it"));

  return row;
}

/* What the console has chosen by itself is not asked. */
static void
add_layers (StrataMappingWindow *self)
{
  guint n_layers = strata_profile_get_n_layers (strata_console_import_get_profile (self->import));
  gboolean any = FALSE;

  for (guint i = 0; i < n_layers; i++)
    {
      GPtrArray *matches = strata_console_import_get_matches (self->import, i);

      if (!strata_console_import_is_open (self->import, i))
        continue;

      GtkWidget *row = matches->len > 0 ? make_choice (self, i, matches) : make_warning ();

      /* The name comes from a file, and what was chosen has made another profile of it. */
      StrataProfile *profile = strata_console_import_get_profile (self->import);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     strata_layer_get_name (strata_profile_get_layer (profile, i)));
      adw_preferences_group_add (self->layers, row);
      any = TRUE;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->layers), any);
}

/* Secrets */

static void
add_secrets (StrataMappingWindow *self)
{
  for (guint i = 0; i < self->masked->len; i++)
    {
      GtkWidget *row = adw_password_entry_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), strata_variable_get_name (self->masked->pdata[i]));
      adw_preferences_group_add (self->secrets, row);
      g_ptr_array_add (self->entries, row);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->secrets), self->masked->len > 0);
}

/* (nullable): what was entered for the variable of that name */
static const char *
find_entered (StrataMappingWindow *self,
              const char          *name)
{
  for (guint i = 0; i < self->masked->len; i++)
    if (g_str_equal (strata_variable_get_name (self->masked->pdata[i]), name))
      {
        const char *text = gtk_editable_get_text (self->entries->pdata[i]);
        return *text != '\0' ? text : NULL;
      }

  return NULL;
}

static StrataProfile *
make_profile (StrataMappingWindow *self)
{
  StrataProfile *profile = strata_console_import_get_profile (self->import);
  GPtrArray *variables = strata_profile_get_variables (profile);
  g_autoptr(GPtrArray) entered = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = variables->pdata[i];
      const char *value = find_entered (self, strata_variable_get_name (variable));

      g_ptr_array_add (entered, value != NULL ? strata_variable_with (variable, STRATA_VARIABLE_DEFAULT, value)
                                              : g_object_ref (variable));
    }

  return strata_profile_with_variables (profile, entered);
}

static void
accept_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataMappingWindow *self = STRATA_MAPPING_WINDOW (widget);
  g_autoptr(StrataProfile) profile = make_profile (self);

  g_signal_emit (self, signals[DONE], 0, profile);
  gtk_window_close (GTK_WINDOW (self));
}

/* Class */

static void
strata_mapping_window_dispose (GObject *object)
{
  StrataMappingWindow *self = STRATA_MAPPING_WINDOW (object);

  g_clear_object (&self->import);
  g_clear_pointer (&self->masked, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_mapping_window_parent_class)->dispose (object);
}

static void
strata_mapping_window_class_init (StrataMappingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_mapping_window_dispose;

  signals[DONE] = g_signal_new ("done", STRATA_TYPE_MAPPING_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, STRATA_TYPE_PROFILE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-mapping-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataMappingWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataMappingWindow, layers);
  gtk_widget_class_bind_template_child (widget_class, StrataMappingWindow, secrets);
  gtk_widget_class_install_action (widget_class, "mapping.accept", NULL, accept_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
strata_mapping_window_init (StrataMappingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->entries = g_ptr_array_new ();
}

/* Whether there is anything to choose or to enter. */
gboolean
strata_mapping_window_is_needed (StrataConsoleImport *import)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (import), FALSE);

  g_autoptr(GPtrArray) masked = strata_console_import_get_masked (import);
  guint n_layers = strata_profile_get_n_layers (strata_console_import_get_profile (import));

  for (guint i = 0; i < n_layers; i++)
    if (strata_console_import_is_open (import, i))
      return TRUE;

  return masked->len > 0;
}

GtkWidget *
strata_mapping_window_new (GtkWindow           *parent,
                           StrataConsoleImport *import)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE_IMPORT (import), NULL);

  StrataMappingWindow *self = g_object_new (STRATA_TYPE_MAPPING_WINDOW, "transient-for", parent, NULL);
  StrataProfile *profile = strata_console_import_get_profile (import);
  g_autofree char *name =
    g_strdup_printf ("%s %s", strata_profile_get_name (profile), strata_profile_get_version (profile));

  self->import = g_object_ref (import);
  self->masked = strata_console_import_get_masked (import);
  adw_window_title_set_subtitle (self->title, name);
  add_layers (self);
  add_secrets (self);

  return GTK_WIDGET (self);
}
