/* strata-source-dialog.c - a text in a window of its own: the values of a layer, or one manifest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-source-dialog"

#include "strata-source-dialog.h"

#include <glib/gi18n.h>

#include "strata-lint-line.h"
#include "strata-names.h"
#include "strata-source-text.h"

struct _StrataSourceDialog
{
  AdwWindow         parent_instance;
  AdwWindowTitle   *title;
  AdwEntryRow      *name_row;
  GtkWidget        *name_group;
  StrataSourceText *text;
  StrataLintLine   *lint;
  gboolean          has_name;
  gboolean          changed;
};

enum
{
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSourceDialog, strata_source_dialog, ADW_TYPE_WINDOW)

static gboolean
check_name (StrataSourceDialog *self)
{
  g_autoptr(GError) error = NULL;
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  gboolean ok = !self->has_name || strata_name_check_manifest (name, &error);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "source.apply", ok);
  if (ok)
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_row), ok ? NULL : error->message);

  return ok;
}

static void
name_changed_cb (StrataSourceDialog *self)
{
  self->changed = TRUE;
  check_name (self);
}

static void
text_changed_cb (StrataSourceDialog *self)
{
  self->changed = TRUE;
}

static void
keep (StrataSourceDialog *self)
{
  g_autofree char *text = strata_source_text_dup_text (self->text);

  self->changed = FALSE;
  g_signal_emit (self, signals[APPLIED], 0, gtk_editable_get_text (GTK_EDITABLE (self->name_row)),
                 text);
}

static void
apply_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  keep (STRATA_SOURCE_DIALOG (widget));
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static gboolean
strata_source_dialog_close_request (GtkWindow *window)
{
  StrataSourceDialog *self = STRATA_SOURCE_DIALOG (window);

  if (self->changed && !check_name (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
      return GDK_EVENT_STOP;
    }
  if (self->changed)
    keep (self);

  return GTK_WINDOW_CLASS (strata_source_dialog_parent_class)->close_request (window);
}

static void
strata_source_dialog_class_init (StrataSourceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = strata_source_dialog_close_request;

  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (STRATA_TYPE_SOURCE_TEXT);
  g_type_ensure (STRATA_TYPE_LINT_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-source-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSourceDialog, title);
  gtk_widget_class_bind_template_child (widget_class, StrataSourceDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, StrataSourceDialog, name_group);
  gtk_widget_class_bind_template_child (widget_class, StrataSourceDialog, text);
  gtk_widget_class_bind_template_child (widget_class, StrataSourceDialog, lint);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_install_action (widget_class, "source.apply", NULL, apply_cb);
  gtk_widget_class_install_action (widget_class, "source.cancel", NULL, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
strata_source_dialog_init (StrataSourceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * strata_source_dialog_new:
 * @parent: a widget of the window it belongs to
 * @title: what the text is
 * @name: (nullable): the name of a manifest, which can be changed; %NULL for values
 * @text: the text
 * @mode: what the text is meant to be
 *
 * Returns: (transfer none): a window that is not shown yet
 */
StrataSourceDialog *
strata_source_dialog_new (GtkWidget      *parent,
                          const char     *title,
                          const char     *name,
                          const char     *text,
                          StrataLintMode  mode)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent) && title != NULL && text != NULL, NULL);

  StrataSourceDialog *self = g_object_new (STRATA_TYPE_SOURCE_DIALOG, "transient-for",
                                           gtk_widget_get_root (parent), "title", title, NULL);

  self->has_name = name != NULL;
  adw_window_title_set_title (self->title, title);
  gtk_widget_set_visible (self->name_group, self->has_name);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name != NULL ? name : "");
  strata_source_text_set_text (self->text, text, "yaml");
  strata_source_text_set_label (self->text, title);
  strata_lint_line_watch (self->lint, self->text, mode);
  check_name (self);
  self->changed = FALSE;
  if (self->has_name && *name == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  else
    strata_source_text_go_to_line (self->text, 1);

  return self;
}
