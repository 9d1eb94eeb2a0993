/* strata-copy-dialog.c - asks for the name and version of a profile that is made from another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-copy-dialog"

#include "strata-copy-dialog.h"

#include <glib/gi18n.h>

#include "strata-names.h"
#include "strata-version.h"

struct _StrataCopyDialog
{
  AdwMessageDialog   parent_instance;
  StrataProfileList *profiles;     /* (owned) (nullable) */
  StrataEntry       *entry;        /* (owned) (nullable): what is copied */
  GtkEditable       *name_row;     /* (template) */
  GtkEditable       *version_row;  /* (template) */
  GtkLabel          *reason;       /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataCopyDialog, strata_copy_dialog, ADW_TYPE_MESSAGE_DIALOG)

static gboolean
is_taken (StrataCopyDialog *self,
          const char       *name,
          const char       *version)
{
  guint n_profiles = g_list_model_get_n_items (G_LIST_MODEL (self->profiles));

  for (guint i = 0; i < n_profiles; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->profiles), i);

      if (g_str_equal (strata_entry_get_name (entry), name) &&
          g_str_equal (strata_entry_get_version (entry), version))
        return TRUE;
    }

  return FALSE;
}

static void
mark_row (GtkEditable *row,
          gboolean     wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
check_cb (StrataCopyDialog *self)
{
  const char *name = gtk_editable_get_text (self->name_row);
  const char *version = gtk_editable_get_text (self->version_row);
  g_autoptr(GError) name_error = NULL;
  g_autoptr(GError) version_error = NULL;
  g_autofree char *taken = NULL;

  if (self->profiles == NULL)
    return;

  gboolean name_good = strata_name_check_profile (name, &name_error);
  g_autoptr(StrataVersion) parsed = strata_version_parse (version, &version_error);

  if (name_good && parsed != NULL && is_taken (self, name, version))
    taken = g_strdup_printf (_("“%s %s” is here already"), name, version);

  mark_row (self->name_row, !name_good);
  mark_row (self->version_row, parsed == NULL || taken != NULL);
  gtk_label_set_label (self->reason, name_error != NULL      ? name_error->message
                                     : version_error != NULL ? version_error->message
                                     : taken != NULL         ? taken
                                                             : "");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "create",
                                           name_good && parsed != NULL && taken == NULL);
}

static void
apply_cb (StrataCopyDialog *self)
{
  if (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (self), "create"))
    {
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (self), "create");
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
strata_copy_dialog_dispose (GObject *object)
{
  StrataCopyDialog *self = STRATA_COPY_DIALOG (object);

  g_clear_object (&self->profiles);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (strata_copy_dialog_parent_class)->dispose (object);
}

static void
strata_copy_dialog_class_init (StrataCopyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_copy_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-copy-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataCopyDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, StrataCopyDialog, version_row);
  gtk_widget_class_bind_template_child (widget_class, StrataCopyDialog, reason);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
strata_copy_dialog_init (StrataCopyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel",
                                    _("_Cancel"), "create", _("C_reate"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "create",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "create");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self), "cancel");
}

/* The next version that nobody has taken yet; the same one where there is no next. */
static char *
suggest_version (StrataCopyDialog *self)
{
  const char *name = strata_entry_get_name (self->entry);
  char *version = g_strdup (strata_entry_get_version (self->entry));

  while (is_taken (self, name, version))
    {
      g_autoptr(StrataVersion) parsed = strata_version_parse (version, NULL);
      g_autofree char *next = parsed != NULL ? strata_version_suggest_next (parsed) : NULL;

      if (next == NULL || g_str_equal (next, version))
        break;
      g_free (version);
      version = g_steal_pointer (&next);
    }

  return version;
}

static void
fill_for_version (StrataCopyDialog *self)
{
  g_autofree char *version = suggest_version (self);
  g_autofree char *body = g_strdup_printf (
    _("“%s %s” stays as it is. The new version starts with its layers."),
       strata_entry_get_name (self->entry), strata_entry_get_version (self->entry));

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), _("New Version"));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), FALSE);
  gtk_editable_set_text (self->name_row, strata_entry_get_name (self->entry));
  gtk_editable_set_text (self->version_row, version);
}

static void
fill_for_clone (StrataCopyDialog *self)
{
  g_autofree char *name = g_strconcat (strata_entry_get_name (self->entry), "-copy", NULL);
  g_autofree char *body = g_strdup_printf (_("A profile of its own, with the layers of “%s %s”."),
                                              strata_entry_get_name (self->entry),
                                              strata_entry_get_version (self->entry));

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), _("Clone Profile"));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  gtk_editable_set_text (self->name_row, name);
  gtk_editable_set_text (self->version_row, strata_entry_get_version (self->entry));
}

StrataCopyDialog *
strata_copy_dialog_new (GtkWindow       *parent,
                        StrataWorkspace *workspace,
                        StrataEntry     *entry,
                        gboolean         clone)
{
  StrataCopyDialog *self = g_object_new (STRATA_TYPE_COPY_DIALOG, "transient-for", parent, NULL);

  self->profiles = g_object_ref (strata_workspace_get_profiles (workspace));
  self->entry = g_object_ref (entry);
  if (clone)
    fill_for_clone (self);
  else
    fill_for_version (self);
  check_cb (self);

  return self;
}

StrataEntry *
strata_copy_dialog_get_entry (StrataCopyDialog *self)
{
  g_return_val_if_fail (STRATA_IS_COPY_DIALOG (self), NULL);

  return self->entry;
}

const char *
strata_copy_dialog_get_name (StrataCopyDialog *self)
{
  g_return_val_if_fail (STRATA_IS_COPY_DIALOG (self), NULL);

  return gtk_editable_get_text (self->name_row);
}

const char *
strata_copy_dialog_get_version (StrataCopyDialog *self)
{
  g_return_val_if_fail (STRATA_IS_COPY_DIALOG (self), NULL);

  return gtk_editable_get_text (self->version_row);
}
