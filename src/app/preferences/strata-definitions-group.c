/* strata-definitions-group.c - files with definitions of kinds: added, listed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-definitions-group"

#include "config.h"

#include "strata-definitions-group.h"

#include <glib/gi18n.h>

#include "strata-crd-list.h"
#include "strata-file.h"

struct _StrataDefinitionsGroup
{
  AdwPreferencesGroup   parent_instance;
  StrataCrdList        *list;     /* (owned) */
  GtkFileChooserNative *chooser;  /* (owned) (nullable) */
  GPtrArray            *rows;     /* (owned) (element-type GtkWidget): of the files */
  GtkLabel             *failed;   /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataDefinitionsGroup, strata_definitions_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (StrataDefinitionsGroup *self,
     const char             *sentence)
{
  gtk_label_set_label (self->failed, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->failed), sentence != NULL);
}

static void
remove_cb (StrataDefinitionsGroup *self,
           GtkWidget              *button)
{
  say (self, NULL);
  strata_crd_list_remove (self->list, g_object_get_data (G_OBJECT (button), "strata-name"));
}

static GtkWidget *
make_row (StrataDefinitionsGroup *self,
          const char             *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "strata-name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
show (StrataDefinitionsGroup *self)
{
  GPtrArray *files = strata_crd_list_get_files (self->list);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));

  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < files->len; i++)
    {
      GtkWidget *row = make_row (self, strata_file_get_path (g_ptr_array_index (files, i)));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, g_object_ref (row));
    }
}

static void
response_cb (StrataDefinitionsGroup *self,
             int                     response)
{
  g_autoptr(GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);

  if (file != NULL)
    strata_crd_list_add (self->list, file);
}

static void
add_cb (StrataDefinitionsGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  say (self, NULL);
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Add Definitions"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Add"), NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
strata_definitions_group_dispose (GObject *object)
{
  StrataDefinitionsGroup *self = STRATA_DEFINITIONS_GROUP (object);

  g_clear_object (&self->list);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_definitions_group_parent_class)->dispose (object);
}

static void
strata_definitions_group_class_init (StrataDefinitionsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_definitions_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-definitions-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDefinitionsGroup, failed);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
strata_definitions_group_init (StrataDefinitionsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = g_object_ref (strata_crd_list_get_default ());
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  show (self);
}
