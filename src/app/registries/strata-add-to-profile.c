/* strata-add-to-profile.c - which profile a pack or chart is added to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-add-to-profile"

#include "strata-add-to-profile.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-names.h"
#include "strata-profile-work.h"

struct _StrataAddToProfile
{
  AdwWindow           parent_instance;
  AdwWindowTitle     *title;
  GtkSearchEntry     *search;
  GtkListView        *view;
  GtkSingleSelection *selection;
  GtkFilterListModel *profiles;
  GtkStringFilter    *filter;
  AdwEntryRow        *name;
  GListModel         *all;  /* (owned) (nullable) */
};

enum
{
  CHOSEN,
  NEW_PROFILE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataAddToProfile, strata_add_to_profile, ADW_TYPE_WINDOW)

/* The second line of a row. Called for a list item with its entry. */
static char *
describe_entry (GtkListItem *list_item,
                StrataEntry *entry)
{
  guint n = entry != NULL ? strata_entry_get_n_layers (entry) : 0;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u layer", "%u layers", n), n);
}

static gboolean
is_whole (gpointer item,
          gpointer user_data)
{
  return strata_entry_get_draft_step (item) == 0 &&
         strata_entry_get_state (item) != STRATA_STATE_DAMAGED;
}

static gboolean
search_key_cb (StrataAddToProfile *self,
               guint               keyval)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
  if (gtk_single_selection_get_selected_item (self->selection) == NULL)
    gtk_single_selection_set_selected (self->selection, 0);

  return GDK_EVENT_STOP;
}

static void
search_cb (StrataAddToProfile *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static gboolean
is_taken (StrataAddToProfile *self,
          const char         *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->all); i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (self->all, i);

      if (g_str_equal (strata_entry_get_name (entry), name) &&
          g_str_equal (strata_entry_get_version (entry), STRATA_FIRST_VERSION))
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_name (StrataAddToProfile  *self,
            const char          *name,
            GError             **error)
{
  if (!strata_name_check_profile (name, error))
    return FALSE;
  if (!is_taken (self, name))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("There is a profile “%s” %s already; choose another name"), name,
                  STRATA_FIRST_VERSION);

  return FALSE;
}

static void
update (StrataAddToProfile *self)
{
  g_autoptr(GError) error = NULL;
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  gboolean is_new = *name != '\0';
  gboolean named = is_new && check_name (self, name, &error);
  gboolean chosen = gtk_single_selection_get_selected_item (self->selection) != NULL;

  if (is_new && !named)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), error != NULL ? error->message : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "profile.add", is_new ? named : chosen);
}

/* Writing a name is choosing a new profile: what was chosen in the list is let go. */
static void
name_cb (StrataAddToProfile *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0')
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  update (self);
}

static void
selected_cb (StrataAddToProfile *self)
{
  if (gtk_single_selection_get_selected_item (self->selection) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  update (self);
}

static void
add_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataAddToProfile *self = STRATA_ADD_TO_PROFILE (widget);
  StrataEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (entry != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, strata_entry_get_id (entry));
  else
    g_signal_emit (self, signals[NEW_PROFILE], 0,
                   gtk_editable_get_text (GTK_EDITABLE (self->name)));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
activate_cb (StrataAddToProfile *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "profile.add", NULL);
}

static void
strata_add_to_profile_dispose (GObject *object)
{
  g_clear_object (&STRATA_ADD_TO_PROFILE (object)->all);

  G_OBJECT_CLASS (strata_add_to_profile_parent_class)->dispose (object);
}

static void
strata_add_to_profile_class_init (StrataAddToProfileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_add_to_profile_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW_PROFILE] = g_signal_new ("new-profile", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-add-to-profile.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, title);
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, search);
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, view);
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, profiles);
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, filter);
  gtk_widget_class_bind_template_child (widget_class, StrataAddToProfile, name);
  gtk_widget_class_bind_template_callback (widget_class, describe_entry);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "profile.add", NULL, add_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "profile.add", NULL);
}

static void
strata_add_to_profile_init (StrataAddToProfile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * strata_add_to_profile_new:
 * @parent: a widget of the window it belongs to
 * @workspace: whose profiles can be chosen
 * @layer: what is added
 *
 * Returns: (transfer none): a window that is not shown yet
 */
StrataAddToProfile *
strata_add_to_profile_new (GtkWidget       *parent,
                           StrataWorkspace *workspace,
                           StrataLayer     *layer)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent) && STRATA_IS_WORKSPACE (workspace), NULL);

  StrataAddToProfile *self =
    g_object_new (STRATA_TYPE_ADD_TO_PROFILE, "transient-for", gtk_widget_get_root (parent), NULL);
  GtkFilter *whole = GTK_FILTER (gtk_custom_filter_new (is_whole, NULL, NULL));

  self->all = g_object_ref (G_LIST_MODEL (strata_workspace_get_profiles (workspace)));
  adw_window_title_set_subtitle (self->title, strata_layer_get_name (layer));

  g_autoptr(GtkFilterListModel) profiles =
    gtk_filter_list_model_new (g_object_ref (self->all), whole);

  gtk_filter_list_model_set_model (self->profiles, G_LIST_MODEL (profiles));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));

  return self;
}
