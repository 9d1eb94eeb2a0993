/* strata-preferences-window.c - how it looks, how text is edited, and what lies on this disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-preferences-window"

#include "strata-preferences-window.h"

#include "strata-definitions-group.h"
#include "strata-storage-group.h"

struct _StrataPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;
  GSettings            *settings;          /* (owned) (not nullable) */
  AdwComboRow          *scheme_row;        /* (template) */
  GtkAdjustment        *font_size;         /* (template) */
  GtkSwitch            *line_numbers;      /* (template) */
  GtkSwitch            *wrap_text;         /* (template) */
  GtkSwitch            *highlight_line;    /* (template) */
  AdwComboRow          *kubernetes_row;    /* (template) */
  GtkSwitch            *work_offline;      /* (template) */
  StrataStorageGroup   *storage;           /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataPreferencesWindow, strata_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the row. */
static const char *const schemes[] = { "system", "light", "dark" };

/* In the order of its row; the first is what the profile says. */
static const char *const kubernetes_versions[] = { "",     "1.28", "1.29", "1.30", "1.31",
                                                   "1.32", "1.33", "1.34", "1.35", "1.36" };

/* The row that a text of @words, of which there are @n_words, stands in. */
static gboolean
get_position (GValue            *value,
              GVariant          *variant,
              const char *const *words,
              guint              n_words)
{
  const char *word = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i], word))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
get_word (const GValue      *value,
          const char *const *words,
          guint              n_words)
{
  guint selected = g_value_get_uint (value);

  return selected < n_words ? g_variant_new_string (words[selected]) : NULL;
}

static gboolean
get_scheme (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  return get_position (value, variant, schemes, G_N_ELEMENTS (schemes));
}

static GVariant *
set_scheme (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  return get_word (value, schemes, G_N_ELEMENTS (schemes));
}

static gboolean
get_kubernetes (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  return get_position (value, variant, kubernetes_versions, G_N_ELEMENTS (kubernetes_versions));
}

static GVariant *
set_kubernetes (const GValue       *value,
                const GVariantType *type,
                gpointer            user_data)
{
  return get_word (value, kubernetes_versions, G_N_ELEMENTS (kubernetes_versions));
}

static void
strata_preferences_window_dispose (GObject *object)
{
  g_clear_object (&STRATA_PREFERENCES_WINDOW (object)->settings);

  G_OBJECT_CLASS (strata_preferences_window_parent_class)->dispose (object);
}

static void
strata_preferences_window_class_init (StrataPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_preferences_window_dispose;

  g_type_ensure (STRATA_TYPE_DEFINITIONS_GROUP);
  g_type_ensure (STRATA_TYPE_STORAGE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, font_size);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, line_numbers);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, wrap_text);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, highlight_line);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, kubernetes_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, work_offline);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, storage);
}

static void
strata_preferences_window_init (StrataPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new ("io.github.stratadesk.Strata");
  g_settings_bind_with_mapping (self->settings, "color-scheme", self->scheme_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_scheme, set_scheme, NULL, NULL);
  g_settings_bind_with_mapping (self->settings, "kubernetes-version", self->kubernetes_row,
                                "selected", G_SETTINGS_BIND_DEFAULT, get_kubernetes, set_kubernetes,
                                NULL, NULL);
  g_settings_bind (self->settings, "font-size", self->font_size, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-line-numbers", self->line_numbers, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "work-offline", self->work_offline, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "wrap-text", self->wrap_text, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "highlight-current-line", self->highlight_line, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

StrataPreferencesWindow *
strata_preferences_window_new (GtkWindow       *parent,
                               StrataWorkspace *workspace)
{
  StrataPreferencesWindow *self =
    g_object_new (STRATA_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  strata_storage_group_set_store (self->storage, strata_workspace_get_store (workspace));

  return self;
}
